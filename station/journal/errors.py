"""What can go wrong with the journal, in the words of `core.outcome.StorageProblem`.

The environment's faults (a full disk, a lock, a damaged file) become a JournalError; mistakes of our own
code, such as a broken constraint, pass through unchanged, because nobody at a gate can act on them.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from station.core.problems import StorageProblem

# Primary result codes, https://www.sqlite.org/rescode.html
_BY_RESULT_CODE = {
    sqlite3.SQLITE_FULL: StorageProblem.DISK_FULL,
    sqlite3.SQLITE_BUSY: StorageProblem.LOCKED,
    sqlite3.SQLITE_LOCKED: StorageProblem.LOCKED,
    sqlite3.SQLITE_PROTOCOL: StorageProblem.LOCKED,
    sqlite3.SQLITE_CORRUPT: StorageProblem.CORRUPT,
    sqlite3.SQLITE_NOTADB: StorageProblem.CORRUPT,
    sqlite3.SQLITE_READONLY: StorageProblem.READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: StorageProblem.READ_ONLY,
    sqlite3.SQLITE_PERM: StorageProblem.READ_ONLY,
    sqlite3.SQLITE_IOERR: StorageProblem.FAULT,
}

_BY_ERRNO = {
    errno.ENOSPC: StorageProblem.DISK_FULL,
    errno.EDQUOT: StorageProblem.DISK_FULL,
    errno.EROFS: StorageProblem.READ_ONLY,
    errno.EACCES: StorageProblem.READ_ONLY,
    errno.EPERM: StorageProblem.READ_ONLY,
}


class JournalError(Exception):
    """The journal cannot be read or written; `problem` has words on the screen, `detail` is for the log."""

    def __init__(self, problem: StorageProblem, detail: str) -> None:
        super().__init__(f"{problem}: {detail}")
        self.problem = problem
        self.detail = detail


class NoJournalError(Exception):
    """There is nothing to read in this folder yet."""


class KeyProblem(StrEnum):
    MISSING = "missing"  # the key file is not there, the journal is
    WRONG = "wrong"  # a key of another journal
    DAMAGED = "damaged"  # not a key at all, or sealed bytes that the key does not open
    LOCKED = "locked"  # nobody has signed in, and the data key is wrapped


class VaultError(Exception):
    """A key is missing, wrong, damaged or locked away; `detail` names the file, never what is in it."""

    def __init__(self, problem: KeyProblem, detail: str) -> None:
        super().__init__(f"{problem}: {detail}")
        self.problem = problem
        self.detail = detail


class RowChangedError(VaultError):
    """A row of a list is not as this station wrote it: who or what it is about is not known."""

    def __init__(self, table: str) -> None:
        super().__init__(KeyProblem.DAMAGED, f"a row of {table} was changed by another program")


@contextmanager
def storage_errors() -> Iterator[None]:
    """Turn faults of SQLite and of the file system into JournalError."""
    try:
        yield
    except sqlite3.Error as error:
        problem = _problem_of_sqlite(error)
        if problem is None:
            raise
        name = getattr(error, "sqlite_errorname", "")
        raise JournalError(problem, f"{name}: {error}") from error
    except OSError as error:
        problem = _BY_ERRNO.get(error.errno or 0, StorageProblem.FAULT)
        raise JournalError(problem, f"{error.strerror} ({error.filename})") from error
    except UnicodeDecodeError as error:  # a flipped bit in a text of the file
        raise JournalError(StorageProblem.CORRUPT, str(error)) from error


def _problem_of_sqlite(error: sqlite3.Error) -> StorageProblem | None:
    code: int | None = getattr(error, "sqlite_errorcode", None)  # absent when Python itself complains
    if (
        code is None
    ):  # Python's own complaint; an OperationalError is "Could not decode to UTF-8", a flipped bit
        return StorageProblem.CORRUPT if isinstance(error, sqlite3.OperationalError) else None
    if code == sqlite3.SQLITE_IOERR_SHMSIZE:  # "out of space" for the wal-index, see rescode.html
        return StorageProblem.DISK_FULL
    return _BY_RESULT_CODE.get(code & 0xFF)
