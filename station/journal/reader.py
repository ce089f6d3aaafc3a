"""Reading the journal while the gate goes on writing: lists, days and counts. Changes nothing, ever.

Passages are counted by what is true now: the latest amendment of an entry counts instead of its verdict, and
an amendment is not a passage. Order is by number; wall time only says to which day an entry belongs.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

from station.core.entry import StoredEntry, decode, to_ms
from station.core.model import Severity
from station.core.problems import StorageProblem
from station.journal import incarnation
from station.journal.connection import open_reader
from station.journal.errors import JournalError, storage_errors
from station.journal.spans import within

_Row = tuple[Any, ...]

_SELECT = "SELECT number, hash, record FROM entry"

_NUMBERED = f"""
{_SELECT} WHERE incarnation IN (SELECT id FROM incarnation) AND number = ? ORDER BY position DESC LIMIT 1
"""  # with the incarnations the index of numbers is used, or every entry there is would be read

_DAY = f"SELECT number, hash, record FROM {within('?1', '?2')} ORDER BY position"

_PASSAGES = f"""
SELECT number, hash, record FROM (
    SELECT position, number, hash, record FROM {within("?1", "?2")} WHERE amends IS NULL
    UNION ALL
    SELECT later.position, later.number, later.hash, later.record
    FROM entry AS later CROSS JOIN entry AS first ON first.id = later.amends
    WHERE later.amends IS NOT NULL AND first.at_ms >= ?1 AND first.at_ms < ?2
) ORDER BY position
"""  # amendments in the order of their index, or every entry there is would be read

_COUNTS = f"""
SELECT coalesce(
         (SELECT severity FROM entry AS later WHERE later.amends = entry.id ORDER BY position DESC LIMIT 1),
         severity) AS effective,
       count(*)
FROM {within("?1", "?2")}
WHERE amends IS NULL
GROUP BY effective
"""


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain; number 0 while nothing is recorded."""

    incarnation: int
    number: int
    hash: bytes


class Reader:
    """A read-only view of a folder's journal. Belongs to the thread that opened it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Raises NoJournalError when nothing was ever recorded, JournalError when it cannot be read."""
        with storage_errors():
            return cls(open_reader(folder))

    def last(self, count: int) -> list[StoredEntry]:
        """The newest entries and amendments, newest first."""
        return self._entries(f"{_SELECT} ORDER BY position DESC LIMIT ?", count)

    def day(self, day: date, zone: tzinfo) -> list[StoredEntry]:
        """The entries and amendments of a calendar day in this time zone, in number order."""
        start, end = day_bounds(day, zone)
        return self._entries(_DAY, start, end)

    def passages(self, day: date, zone: tzinfo) -> list[StoredEntry]:
        """The passages of a day with all that was made of them, whenever that was, in number order."""
        return self._entries(_PASSAGES, *day_bounds(day, zone))

    def by_id(self, entry_id: bytes) -> StoredEntry | None:
        return next(iter(self._entries(f"{_SELECT} WHERE id = ?", entry_id)), None)

    def by_number(self, number: int) -> StoredEntry | None:
        """The entry with this number, of the newest incarnation that has one."""
        return next(iter(self._entries(_NUMBERED, number)), None)

    def latest_amendment(self, entry_id: bytes) -> StoredEntry | None:
        """The amendment that counts instead of this entry, if there is one."""
        found = self._entries(f"{_SELECT} WHERE amends = ? ORDER BY position DESC LIMIT 1", entry_id)
        return next(iter(found), None)

    def counts(self, day: date, zone: tzinfo) -> dict[Severity, int]:
        """Passages of a day by what their verdict is now. Every severity is a key."""
        return self._counts(*day_bounds(day, zone))

    def head(self) -> Head:
        """The end of the current incarnation's chain."""
        with storage_errors():
            current = incarnation.current(self._connection)
            if current is None:
                raise JournalError(StorageProblem.CORRUPT, "the journal has no incarnation")
            return Head(current.id, *incarnation.head(self._connection, current))

    def sealed_personal(self, entry_id: bytes) -> bytes | None:
        """The sealed personal part of an entry; None if it has none or retention erased it.

        It opens with `Vault.open(sealed, entry_id)`.
        """
        rows = self._rows(
            "SELECT sealed FROM personal JOIN entry USING (position) WHERE entry.id = ?", entry_id
        )
        return rows[0][0] if rows else None

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _rows(self, query: str, *parameters: object) -> list[_Row]:
        """All rows at once: an open cursor would keep the writer from starting its WAL afresh."""
        with storage_errors():
            return self._connection.execute(query, parameters).fetchall()

    def _entries(self, query: str, *parameters: object) -> list[StoredEntry]:
        return [stored_entry(*row) for row in self._rows(query, *parameters)]

    def _counts(self, start_ms: int, end_ms: int) -> dict[Severity, int]:
        counted = {Severity(severity): count for severity, count in self._rows(_COUNTS, start_ms, end_ms)}
        return {severity: counted.get(severity, 0) for severity in Severity}


def stored_entry(number: int, hash: bytes, record: bytes) -> StoredEntry:
    """The entry of a row. Raises JournalError."""
    try:
        return StoredEntry(number, hash, decode(record))
    except msgspec.DecodeError as error:
        raise JournalError(StorageProblem.CORRUPT, f"entry {number} cannot be read") from error


def day_bounds(day: date, zone: tzinfo) -> tuple[int, int]:
    """First millisecond of the day and of the next; not always 24 h apart."""
    midnight = datetime.combine(day, time.min, tzinfo=zone)
    next_midnight = datetime.combine(day + timedelta(days=1), time.min, tzinfo=zone)
    return to_ms(midnight), to_ms(next_midnight)
