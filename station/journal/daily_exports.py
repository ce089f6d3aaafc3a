"""Which days' logs were exported by themselves."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from station.core.entry import from_ms, to_ms
from station.journal.connection import transaction
from station.journal.entries import Journal
from station.journal.errors import storage_errors

MOST_DAYS = 31  # so far back a gate catches up


@dataclass(frozen=True, slots=True)
class Done:
    """One day's. An empty `file`: the day before the export was switched on, which nobody asked for."""

    day: date
    at: datetime  # UTC
    rows: int
    file: str


def newest(connection: sqlite3.Connection) -> Done | None:
    """Of the last day that was exported. Raises JournalError."""
    with storage_errors():
        row = connection.execute("SELECT * FROM daily_export WHERE file != '' ORDER BY day DESC").fetchone()
    return Done(date.fromisoformat(row[0]), from_ms(row[1]), *row[2:]) if row else None


def waiting(connection: sqlite3.Connection, today: date, now: datetime) -> list[date]:
    """The days before today that were not exported since it was switched on, oldest first.

    What was exported at a later time than now was so by a wrong clock, before that day was over; and where
    it was switched on several times, a clock was wrong before the last. Raises JournalError.
    """
    with storage_errors():
        rows = connection.execute(_DONE, (to_ms(now),)).fetchall()
    done = {date.fromisoformat(day): file for day, file in rows}
    if not done:
        return []
    begun = max((day for day, file in done.items() if not file), default=min(done))
    first = max(begun, today - timedelta(days=MOST_DAYS))
    days = (first + timedelta(days=count) for count in range((today - first).days))
    return [day for day in days if day not in done]


def is_begun(connection: sqlite3.Connection, now: datetime) -> bool:
    """Whether it was ever switched on, by a clock that was not ahead of now. Raises JournalError."""
    with storage_errors():
        return connection.execute(f"{_DONE} LIMIT 1", (to_ms(now),)).fetchone() is not None


def forget_today(journal: Journal, today: date) -> None:
    """A day that goes on was exported by a clock that was ahead: its log lacks whoever comes still.

    Kept until its time comes, the row would be believed by a PC that is off until then. Raises JournalError.
    """
    whose = (today.isoformat(),)
    with storage_errors():
        if journal.connection.execute(f"SELECT 1 {_TOO_EARLY}", whose).fetchone() is None:
            return  # as nearly always: nothing is written
        with transaction(journal.connection):
            journal.connection.execute(f"DELETE {_TOO_EARLY}", whose)


def keep(journal: Journal, done: Done) -> None:
    """Remember a day. Raises JournalError."""
    row = (done.day.isoformat(), to_ms(done.at), done.rows, done.file)
    with storage_errors(), transaction(journal.connection):
        journal.connection.execute("INSERT OR REPLACE INTO daily_export VALUES (?, ?, ?, ?)", row)


_DONE = "SELECT day, file FROM daily_export WHERE at_ms <= ?"
_TOO_EARLY = "FROM daily_export WHERE day = ? AND file != ''"
