"""How far each channel of the center's lists has come here. Knows no list."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from datetime import datetime

from station.core.entry import from_ms, to_ms

NO_EPOCH = bytes(16)


@dataclass(frozen=True, slots=True)
class Cursor:
    """Ask with `epoch` and `version`. What is of an older generation than `live` counts as gone."""

    epoch: bytes = NO_EPOCH  # 16 bytes
    version: int = 0
    generation: int = 1  # of what comes now
    live: int = 0
    complete: bool = False  # all that the center had at `as_of` is here
    as_of: datetime | None = None  # UTC, the center's clock; None: nothing was ever complete
    heard: datetime | None = None  # UTC, ours at that moment
    skipped: int = 0

    @property
    def is_fetching(self) -> bool:
        """Everything comes anew, and what was here is still in force."""
        return self.generation > self.live

    def center_ms(self, now: datetime) -> int:
        """What time it is at the center, as far as our clock has run on since the lists came from there.

        If it was set meanwhile it tells nothing before they came, or is right by now.
        """
        now_ms, run_on_ms = to_ms(now), self.run_on_ms(now)
        if self.as_of is None or self.heard is None:
            return now_ms
        if now < self.heard:
            return max(now_ms, to_ms(self.as_of))
        return min(now_ms, run_on_ms) if now >= self.as_of else run_on_ms

    def run_on_ms(self, now: datetime) -> int:
        """The same if our clock was not set meanwhile."""
        if self.as_of is None or self.heard is None:
            return to_ms(now)
        return to_ms(self.as_of) + to_ms(now) - to_ms(self.heard)

    def anew(self) -> Cursor:
        """From the beginning."""
        return replace(self, version=0, generation=self.generation + 1, complete=False, skipped=0)


def read_cursor(connection: sqlite3.Connection, channel: str) -> Cursor:
    """With any connection."""
    row = connection.execute(_READ, (channel,)).fetchone()
    if row is None:
        return Cursor()
    epoch, version, generation, live, complete, as_of_ms, heard_ms, skipped = row
    as_of, heard = (None if moment is None else from_ms(moment) for moment in (as_of_ms, heard_ms))
    return Cursor(epoch, version, generation, live, bool(complete), as_of, heard, skipped)


def write_cursor(connection: sqlite3.Connection, channel: str, cursor: Cursor) -> None:
    """Only within a transaction."""
    connection.execute(
        _WRITE,
        (
            *(channel, cursor.epoch, cursor.version, cursor.generation, cursor.live, int(cursor.complete)),
            None if cursor.as_of is None else to_ms(cursor.as_of),
            None if cursor.heard is None else to_ms(cursor.heard),
            cursor.skipped,
        ),
    )


def begin_anew(connection: sqlite3.Connection) -> None:
    """All channels, from the beginning. Only within a transaction."""
    for (channel,) in connection.execute("SELECT channel FROM center_cursor").fetchall():
        write_cursor(connection, channel, read_cursor(connection, channel).anew())


_READ = """
SELECT epoch, version, generation, live, complete, as_of_ms, heard_ms, skipped
FROM center_cursor WHERE channel = ?
"""
_WRITE = """
INSERT OR REPLACE INTO center_cursor
(channel, epoch, version, generation, live, complete, as_of_ms, heard_ms, skipped)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
