"""Which corrections belong to a table of some days: those of its passages, whenever they were made.

As in the log of the gate. Without those of the next morning a table says what nobody holds any more, and the
next day's has rows that correct nothing in it. One that is dated long before its passage, by a clock without
battery, stays where its own date is. Reads only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from center.projection import DAY_MS
from center.store import standing
from center.store.database import Connection
from center.store.standing import BACK_DAYS

_AT_ONCE = 500  # ids of one query
_MADE = (
    "SELECT entry.station, entry.amends, entry.id, entry.day, entry.at_ms"
    " FROM entry LEFT JOIN station ON station.station = entry.station"
    " WHERE entry.day >= ? AND entry.amends IS NOT NULL AND {where}"
)
_THESE = "{} entry.station = ? AND entry.day IN ({}) AND entry.id IN ({}) ORDER BY entry.at_ms, entry.number"
Place = tuple[bytes, bytes]  # station and id


@dataclass(frozen=True, slots=True)
class Corrections:
    """Beside what is of these days: made later, and made in these days of other days' passages."""

    later: dict[bytes, list[tuple[int, bytes]]]  # by station: day and id
    elsewhere: frozenset[Place]

    @property
    def more(self) -> int:
        """So many rows more than are of these days by their own time; may be negative."""
        return sum(map(len, self.later.values())) - len(self.elsewhere)


def corrections(
    connection: Connection, begin_ms: int, end_ms: int, where: str = "1 = 1", values: Sequence[object] = ()
) -> Corrections:
    """Of the time from `begin_ms` on and before `end_ms`, by the gates' clocks; `where` is about stations."""
    made: dict[bytes, list[tuple[bytes, bytes, int, int]]] = defaultdict(list)
    since = begin_ms // DAY_MS - BACK_DAYS
    for station, amends, *one in connection.rows(_MADE.format(where=where), since, *values):
        id, day, at_ms = one
        made[bytes(station)].append((bytes(amends), bytes(id), day, at_ms))
    later: dict[bytes, list[tuple[int, bytes]]] = {}
    elsewhere = set[Place]()
    for station, some in made.items():
        within = [one for one in some if begin_ms <= one[3] < end_ms]
        of_others = _outside(connection, station, within, begin_ms, end_ms)
        elsewhere.update(
            (station, id)
            for amends, id, day, _ in within
            if amends in of_others and day >= of_others[amends] - BACK_DAYS
        )
        behind = [one for one in some if not begin_ms <= one[3] < end_ms]
        ours = _inside(connection, station, {one[0] for one in behind}, begin_ms, end_ms)
        if found := [(day, id) for amends, id, day, _ in behind if amends in ours]:
            later[station] = found
    return Corrections(later, frozenset(elsewhere))


def rows_of(connection: Connection, select: str, found: Corrections) -> Iterator[tuple[Any, ...]]:
    """Those that were made later; `select` ends with WHERE, and is of `entry`."""
    for station, some in sorted(found.later.items()):
        for first in range(0, len(some), _AT_ONCE):
            part = some[first : first + _AT_ONCE]
            days, ids = sorted({day for day, _ in part}), [id for _, id in part]
            marks = (", ".join("?" * len(those)) for those in (days, ids))
            yield from connection.rows(_THESE.format(select, *marks), station, *days, *ids)


def _outside(
    connection: Connection,
    station: bytes,
    within: Sequence[tuple[bytes, bytes, int, int]],
    begin_ms: int,
    end_ms: int,
) -> dict[bytes, int]:
    """The day of passages of other days that are corrected by these; what never came is of no other day."""
    ids, days = {one[0] for one in within}, {one[2] for one in within}
    found = standing.firsts(connection, station, ids, days) if ids else []
    return {one.id: one.day for one in found if not begin_ms <= one.at_ms < end_ms}


def _inside(
    connection: Connection, station: bytes, ids: set[bytes], begin_ms: int, end_ms: int
) -> set[bytes]:
    days = range(begin_ms // DAY_MS, (end_ms - 1) // DAY_MS + 1)
    found = standing.firsts_of_days(connection, station, ids, days) if ids else []
    return {one.id for one in found if begin_ms <= one.at_ms < end_ms}
