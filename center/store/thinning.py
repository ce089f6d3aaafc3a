"""Of a batch that holds somebody whose isolation or case is not over, the parts of all others go."""

from __future__ import annotations

from collections import defaultdict

from center.retention_rules import DISPUTED, OF_OPEN
from center.store.database import Database
from center.store.erasing_steps import Opener

_Place = tuple[bytes, int, int]  # station, incarnation, first number of the segment
_WHOLE = (
    "SELECT segment.last FROM segment JOIN chain ON chain.station = segment.station"
    " AND chain.incarnation = segment.incarnation WHERE segment.station = ? AND segment.incarnation = ?"
    " AND segment.first = ? AND chain.projected >= segment.last"
)
_PARTS = "SELECT first, body FROM parts WHERE station = ? AND incarnation = ? AND first BETWEEN ? AND ?"


def thin(database: Database, opener: Opener, before_ms: int) -> int:
    """Of what arrived before this moment, UTC ms; of how many batches. Twice does no more than once."""
    wanted: dict[_Place, set[int]] = defaultdict(set)
    with database.read() as connection:
        for station, incarnation, first, number in connection.rows(
            OF_OPEN, *[before_ms] * OF_OPEN.count("?")
        ):
            wanted[bytes(station), incarnation, first].add(number)
        disputed = {(bytes(station), *place) for station, *place in connection.rows(DISPUTED[1:-1])}
    kept = ((place, numbers) for place, numbers in wanted.items() if place not in disputed)
    return sum(_thin_one(database, opener, place, numbers) for place, numbers in kept)


def _thin_one(database: Database, opener: Opener, place: _Place, numbers: set[int]) -> int:
    """Whether anything went."""
    station, incarnation, begin = place
    with database.write() as connection:
        row = connection.row(_WHOLE, *place)
        rows = connection.rows(_PARTS, *place, row[0]) if row else []
        for first, body in rows:
            others = frozenset(range(begin, row[0] + 1)) - numbers if row else frozenset()
            left = opener(station, incarnation, bytes(body), others)
            if left == bytes(body):
                continue
            where = "WHERE station = ? AND incarnation = ? AND first = ?"
            if left is None:
                connection.run(f"DELETE FROM parts {where}", station, incarnation, first)
            else:
                connection.run(f"UPDATE parts SET body = ? {where}", left, station, incarnation, first)
            return 1
    return 0
