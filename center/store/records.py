"""Entries of the ledger as they came, of one station and a span of time: for what looks at whole entries.

Corrections and what was measured again are of the time of the passage, as in the tables (`of_days`).
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from center.projection import DAY_MS
from center.store.database import Connection, Database
from center.store.of_days import Corrections, corrections, rows_of
from station.core import entry as entries
from station.core.entry import Entry
from station.sync import bundle

_RANGES = (
    "SELECT incarnation, min(number), max(number), count(*) FROM entry"
    " WHERE station = ? AND day >= ? AND day <= ? AND at_ms >= ? AND at_ms < ?"
    " GROUP BY incarnation ORDER BY incarnation"
)
_PLACES = "SELECT incarnation, number, id, station FROM entry WHERE"
_PAYLOADS = (
    "SELECT payload FROM segment WHERE station = ? AND incarnation = ? AND first <= ? AND last >= ?"
    " ORDER BY first"
)


class Records:
    """All methods are transactions of their own. Times are by the station's clock, UTC ms."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def count(self, station: bytes, begin_ms: int, end_ms: int) -> int:
        with self._database.read() as connection:
            found = _corrections(connection, station, begin_ms, end_ms)
            return sum(number for *_, number in _ranges(connection, station, begin_ms, end_ms)) + found.more

    def between(self, station: bytes, begin_ms: int, end_ms: int) -> Iterator[Entry]:
        """In the order in which they were recorded; what was made of them later comes last.

        What is in quarantine is not among them.
        """
        with self._database.read() as connection:
            found = _corrections(connection, station, begin_ms, end_ms)
            for incarnation, first, last, _ in _ranges(connection, station, begin_ms, end_ms):
                for (payload,) in connection.each(_PAYLOADS, station, incarnation, last, first):
                    for record in bundle.unpack(bytes(payload), bundle.Batch).records:
                        entry = _entry(record)
                        if not entry or not begin_ms <= entry.at_ms < end_ms:
                            continue
                        if (station, entry.id) not in found.elsewhere:
                            yield entry
            yield from _later(connection, station, found)


def _corrections(connection: Connection, station: bytes, begin_ms: int, end_ms: int) -> Corrections:
    return corrections(connection, begin_ms, end_ms, "entry.station = ?", (station,))


def _later(connection: Connection, station: bytes, found: Corrections) -> Iterator[Entry]:
    for incarnation, number, *_ in rows_of(connection, _PLACES, found):
        for (payload,) in connection.rows(_PAYLOADS, station, incarnation, number, number):
            batch = bundle.unpack(bytes(payload), bundle.Batch)
            entry = _entry(batch.records[number - batch.first])
            if entry:
                yield entry


def _ranges(
    connection: Connection, station: bytes, begin_ms: int, end_ms: int
) -> list[tuple[int, int, int, int]]:
    days = begin_ms // DAY_MS, (end_ms - 1) // DAY_MS
    rows = connection.rows(_RANGES, station, *days, begin_ms, end_ms)
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def _entry(record: bytes) -> Entry | None:
    try:
        return entries.decode(record)
    except (msgspec.DecodeError, RecursionError):
        return None
