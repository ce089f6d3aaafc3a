"""One writer per folder, across processes.

The lock is SQLite's own lock on an empty file: the operating system releases it when the process ends,
however it ends, so that no stale lock ever waits for an operator. A lock file by existence alone would.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from station.core.problems import StorageProblem
from station.journal.errors import JournalError, storage_errors

FILE_NAME = "writer.lock"


def take_writer_lock(folder: Path) -> sqlite3.Connection:
    """Hold the folder until closed. Raises as `take_lock`."""
    return take_lock(folder / FILE_NAME)


def take_lock(path: Path) -> sqlite3.Connection:
    """Hold this file until closed. Raises sqlite3.OperationalError (SQLITE_BUSY) if another process does."""
    path.touch(mode=0o600)
    connection = sqlite3.connect(path, isolation_level=None, timeout=0)
    try:
        connection.execute("PRAGMA journal_mode = MEMORY")  # nothing is written: no journal file needed
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def try_lock(path: Path) -> sqlite3.Connection | None:
    """Hold this file until closed; None if another process does. Raises JournalError for other troubles."""
    try:
        with storage_errors():
            return take_lock(path)
    except JournalError as error:
        if error.problem is StorageProblem.LOCKED:
            return None
        raise
