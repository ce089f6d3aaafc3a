"""What SQLite leaves behind when rows go, and how it is got rid of.

A deleted row lies on in its page, in free pages and in the WAL until something else is written there. The
writing connection has `secure_delete` on (https://www.sqlite.org/pragma.html#pragma_secure_delete): what is
deleted is overwritten with zeros in the same commit. The WAL holds the pages as they were before, until a
checkpoint cuts it to nothing. What a disk keeps beneath its files (worn cells, snapshots) no program reaches.
"""

from __future__ import annotations

import sqlite3

from station.journal.errors import storage_errors


def empty_wal(connection: sqlite3.Connection) -> bool:
    """Cut the WAL to nothing; False if somebody reads and it has to wait. Writer only; raises JournalError.

    The busy time-out is not waited for: a queue of people stands before the same connection.
    """
    with storage_errors():
        (before,) = connection.execute("PRAGMA busy_timeout").fetchone()
        connection.execute("PRAGMA busy_timeout = 0")
        try:
            busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            connection.execute(f"PRAGMA busy_timeout = {before}")
    return not busy
