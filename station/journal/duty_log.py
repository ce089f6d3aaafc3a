"""What happens during a shift beside the entries: points ticked off, incidents of the lane, where the
stopped were sent. No person is named. Methods raise JournalError.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from station.core.checklist import Tick
from station.core.entry import StoredEntry
from station.core.handover import Incident
from station.core.moments import from_ms, to_ms
from station.journal.connection import transaction
from station.journal.errors import storage_errors
from station.journal.reader import stored_entry
from station.journal.spans import within


class DutyLog:
    """Of the thread of its connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    # --- the checklists -------------------------------------------------------------------------

    def tick(self, tick: Tick) -> None:
        with storage_errors(), transaction(self._connection):
            self._connection.execute(
                "INSERT INTO duty_tick (list, point, at_ms, done, duty, operator) VALUES (?, ?, ?, ?, ?, ?)",
                (tick.list_id, tick.point, to_ms(tick.at), int(tick.done), tick.duty, tick.by),
            )

    def ticks(self, since: datetime) -> list[Tick]:
        """Oldest first."""
        with storage_errors():
            rows = self._connection.execute(
                "SELECT list, point, at_ms, done, operator, duty FROM duty_tick"
                " WHERE at_ms >= ? ORDER BY position",
                (to_ms(since),),
            ).fetchall()
        return [
            Tick(list_id, point, from_ms(at), bool(done), by, duty)
            for list_id, point, at, done, by, duty in rows
        ]

    # --- what went wrong ------------------------------------------------------------------------

    def happened(self, kind: str, subject: str, now: datetime) -> int:
        """Something went wrong; returns what `over` wants."""
        with storage_errors(), transaction(self._connection):
            done = self._connection.execute(
                "INSERT INTO incident (at_ms, kind, subject) VALUES (?, ?, ?)", (to_ms(now), kind, subject)
            )
        assert done.lastrowid is not None  # it was an INSERT
        return done.lastrowid

    def over(self, number: int, now: datetime) -> None:
        """It is as it should be again."""
        with storage_errors(), transaction(self._connection):
            self._connection.execute(
                "UPDATE incident SET ended_ms = max(at_ms, ?) WHERE position = ? AND ended_ms IS NULL",
                (to_ms(now), number),
            )

    def lasting(self, kind: str, since: datetime) -> dict[str, int]:
        """What began after this moment and is not over: the newest of each subject, for `over`."""
        with storage_errors():
            rows = self._connection.execute(_LASTING, (to_ms(since), kind)).fetchall()
        return dict(rows)

    def incidents(self, since: datetime) -> list[Incident]:
        """Those that began after this moment, oldest first."""
        with storage_errors():
            rows = self._connection.execute(
                "SELECT at_ms, kind, subject, ended_ms FROM incident WHERE at_ms >= ? ORDER BY position",
                (to_ms(since),),
            ).fetchall()
        return [Incident(*row) for row in rows]

    # --- the stopped ----------------------------------------------------------------------------

    def sent(self, entry: bytes, place: str, now: datetime, by: str) -> None:
        """Somebody says where whoever this entry is about was sent; empty: it was a mistake."""
        with storage_errors(), transaction(self._connection):
            self._connection.execute(
                "INSERT INTO stop_sent (entry, at_ms, place, operator) VALUES (?, ?, ?, ?)",
                (entry, to_ms(now), place, by),
            )

    def places(self, entries: Iterable[bytes]) -> dict[bytes, str]:
        """Where each was sent, as far as anybody said."""
        found: dict[bytes, str] = {}
        with storage_errors():
            for entry in entries:
                row = self._connection.execute(_SENT, (entry,)).fetchone()
                if row:
                    found[entry] = row[0]
        return found

    # --- the entries ----------------------------------------------------------------------------

    def entries(self, begin: datetime, end: datetime) -> list[StoredEntry]:
        """Entries and amendments of a stretch of wall time, in the order of their numbers."""
        with storage_errors():
            rows = self._connection.execute(_ENTRIES, (to_ms(begin), to_ms(end))).fetchall()
        return [stored_entry(*row) for row in rows]

    def entries_behind(self, entry: bytes) -> list[StoredEntry] | None:
        """What was written after this one, whatever the clock said; None if it is not here any more."""
        with storage_errors():
            there = self._connection.execute("SELECT position FROM entry WHERE id = ?", (entry,)).fetchone()
            rows = self._connection.execute(_BEHIND, there).fetchall() if there else []
        return [stored_entry(*row) for row in rows] if there else None

    def was_later(self, entry: bytes, told: datetime, now: datetime) -> bool:
        """Whether something up to this entry is of after `told`, when all of it was told: the clock was
        behind then, and that time says nothing."""
        with storage_errors():
            row = self._connection.execute(_LATER, (to_ms(told) + 1, to_ms(now), entry)).fetchone()
        return row is not None

    def newest_entry(self) -> bytes:
        """The id of what was written last; empty if there is nothing."""
        with storage_errors():
            row = self._connection.execute("SELECT id FROM entry ORDER BY position DESC LIMIT 1").fetchone()
        return row[0] if row else b""


_LATER = f"""
SELECT 1 FROM {within("?1", "?2")}
AND position <= (SELECT position FROM entry WHERE id = ?3) LIMIT 1
"""
_BEHIND = "SELECT number, hash, record FROM entry WHERE position > ? ORDER BY position"
_LASTING = (
    "SELECT subject, position FROM incident"
    " WHERE at_ms >= ? AND kind = ? AND ended_ms IS NULL ORDER BY position"
)
_SENT = "SELECT place FROM stop_sent WHERE entry = ? ORDER BY position DESC LIMIT 1"
_ENTRIES = f"SELECT number, hash, record FROM {within('?1', '?2')} ORDER BY position"
