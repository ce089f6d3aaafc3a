"""Entries of the ledger as they came, of one station and a span of time: for what looks at whole entries."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from center.projection import DAY_MS
from center.store.database import Connection, Database
from station.core import entry as entries
from station.core.entry import Entry
from station.sync import bundle

_RANGES = (
    "SELECT incarnation, min(number), max(number), count(*) FROM entry"
    " WHERE station = ? AND day >= ? AND day <= ? AND at_ms >= ? AND at_ms < ?"
    " GROUP BY incarnation ORDER BY incarnation"
)
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
            return sum(number for *_, number in _ranges(connection, station, begin_ms, end_ms))

    def between(self, station: bytes, begin_ms: int, end_ms: int) -> Iterator[Entry]:
        """In the order in which they were recorded. What is in quarantine is not among them."""
        with self._database.read() as connection:
            for incarnation, first, last, _ in _ranges(connection, station, begin_ms, end_ms):
                for (payload,) in connection.each(_PAYLOADS, station, incarnation, last, first):
                    for record in bundle.unpack(bytes(payload), bundle.Batch).records:
                        entry = _entry(record)
                        if entry and begin_ms <= entry.at_ms < end_ms:
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
