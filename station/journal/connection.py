"""How the journal's file is opened, and what a transaction is. Knows no table.

Traps this module is built around:
- SQLite 3.7.0 - 3.51.2 can lose commits when two connections commit or checkpoint at once (WAL-reset fault,
  sqlite.org/changes.html, 3.51.3). So one connection writes and also makes every checkpoint; readers are
  read-only and never make one.
- `with connection:` of Python's sqlite3 begins nothing before the first write: `transaction()` says BEGIN.
"""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Literal, TypeVar

from station.core.problems import StorageProblem
from station.journal import migrations, spans
from station.journal.durable import is_there
from station.journal.errors import JournalError, NoJournalError

log = logging.getLogger(__name__)

FILE_NAME = "journal.db"
ENGINE = sqlite3.sqlite_version_info
SAFE_ENGINE = (3, 51, 3)  # from here on the WAL-reset fault is gone
READERS_AT_ONCE = 4  # seen: the list's check, an export, a tracing and what a desk asks just then
_TOLD_EVERY = 100_000  # steps of SQLite's machine: some milliseconds
BUSY_TIMEOUT_S = 1.0  # only a foreign program can make us wait; a queue of people should not wait for it long


_Kind = TypeVar("_Kind", bound=sqlite3.Connection)


class Writer(sqlite3.Connection):
    """The connection that writes. What others do around each of its transactions is put here by them."""

    before_commit: Callable[[], None] | None = None
    after_transaction: Callable[[], None] | None = None
    turn = 0  # of this transaction, or of the last one
    unchanged_since = (
        0  # while a transaction runs: the turn after which nobody changed the file; 0: not known
    )
    _file: int | None = None
    _path = Path()
    _version = 0
    _left: tuple[int, int, int] | None = None  # by the last commit: its turn, `data_version`, `total_changes`

    def begun(self) -> None:
        """The lock that writing needs is ours: does what was remembered still hold?

        `data_version` counts the commits of other connections, `total_changes` every row that this one
        touched, also such as were taken back (sqlite.org/pragma.html, c3ref/total_changes.html). What was
        remembered in a turn holds in the next if that one was committed and neither has moved since.
        """
        self._version = self.execute("PRAGMA data_version").fetchone()[0]
        self.turn += 1
        known = self._left and self._left[1:] == (self._version, self.total_changes)
        self.unchanged_since = self._left[0] if self._left and known else 0
        self._left = None

    def committed(self) -> None:
        """Everything of this turn is on disk; nobody else committed meanwhile, for the lock was ours."""
        self._left = self.turn, self._version, self.total_changes

    def own_file(self) -> int:
        """A descriptor of the file itself, opened once and closed after the connection, never before.

        Whoever closes any descriptor of the file drops SQLite's own locks on it, which POSIX counts by
        process (https://www.sqlite.org/howtocorrupt.html, section 2.2). Raises OSError.
        """
        if self._file is None:
            self._path = folder_of(self) / FILE_NAME
            self._file = os.open(self._path, os.O_RDWR | getattr(os, "O_BINARY", 0))
        return self._file

    def is_replaced(self) -> bool:
        """Whether another file lies where ours did. None at all is no other one; nor is ours known by
        anything, once its disk answers nothing (NTFS and network folders)."""
        if self._file is None:
            return False
        try:
            path = self._path.stat()
        except OSError:
            return False
        try:
            own = os.fstat(self._file)
        except OSError:
            return True
        return (path.st_dev, path.st_ino) != (own.st_dev, own.st_ino)

    def close(self) -> None:
        super().close()
        if self._file is not None:
            file, self._file = self._file, None
            try:
                os.close(file)
            except OSError as error:  # of a disk that was pulled out; it is closed all the same, close(2)
                log.warning("the journal's file: %s", error)


def open_writer(folder: Path) -> Writer:
    """The one writing connection, at the newest schema. Raises JournalError, sqlite3 errors, OSError."""
    path = folder / FILE_NAME
    path.touch(mode=0o600)  # SQLite gives the WAL and its index the mode of this file
    connection = _connect(path, "rw", Writer)
    try:
        _refuse_foreign(connection)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")  # NORMAL loses acknowledged entries at a power cut
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("PRAGMA secure_delete = ON")  # see leftovers.py
        _migrate(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _migrate(connection: Writer) -> None:
    """What a newer table does not take, or lacks, was damaged before: all stays for `salvage`."""
    before = migrations.version(connection)
    try:
        migrations.migrate(connection)
    except (sqlite3.IntegrityError, sqlite3.OperationalError) as error:
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_ERROR):
            raise
        raise JournalError(StorageProblem.CORRUPT, f"it cannot be carried over: {error}") from error
    if 0 < before < migrations.NEWEST:
        _empty_wal(connection)


def _empty_wal(connection: Writer) -> None:
    """A table made anew has filled it with the whole file: it goes back now, while nobody waits."""
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except sqlite3.Error as error:  # housekeeping: the upgrade is on disk already
        log.warning("what the upgrade wrote is taken into the file later: %s", error)


def open_reader(folder: Path) -> sqlite3.Connection:
    """A connection that can only read. Raises NoJournalError, JournalError, sqlite3.Error."""
    path = folder / FILE_NAME
    if not is_there(path):
        raise NoJournalError(f"{path} does not exist")
    connection = _connect(path, "ro", sqlite3.Connection)
    try:
        _refuse_foreign(connection)
        connection.execute("PRAGMA query_only = ON")
        found = migrations.version(connection)
        if found == 0:
            raise NoJournalError(f"{path} was never begun")
        if found < spans.SINCE_SCHEMA:
            connection.execute("PRAGMA query_only = OFF")
            connection.execute(spans.OF_BEFORE)
            connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def told_meanwhile(connection: sqlite3.Connection, tell: Callable[[], None]) -> Iterator[None]:
    """`tell` is called also while SQLite works at one long question; what it raises ends that at once, and so
    does Ctrl-C, of which Python otherwise hears only when SQLite has answered."""
    raised = list[BaseException]()

    def ask() -> bool:
        try:
            tell()
        except BaseException as error:  # noqa: BLE001 - it goes on from where SQLite was asked
            raised.append(error)
        return bool(raised)

    connection.set_progress_handler(ask, _TOLD_EVERY)
    try:
        yield
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", None) != sqlite3.SQLITE_INTERRUPT:
            raise
        raise (raised[0] if raised else KeyboardInterrupt) from None  # it may come before the first line
    finally:
        connection.set_progress_handler(None, 0)


def reserve_handles(writer: Writer, readers: int = READERS_AT_ONCE) -> None:
    """Take the file handles of so many readers at once, and of what tidies the file, now and not at night.

    SQLite does not close the handle of a reader while the process holds a lock on the file, for that would
    drop the lock (sqlite.org/src, os_unix.c, "pUnused"); it keeps it for the next one. So a gate would hold
    one more from the hour on in which two first read together. Raises as `open_reader`, and OSError.
    """
    writer.own_file()
    with ExitStack() as reading:
        for _ in range(readers):
            reading.enter_context(closing(open_reader(folder_of(writer))))


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is written inside is committed and on disk at the end, or nothing is."""
    writer = connection if isinstance(connection, Writer) else None
    connection.execute("BEGIN IMMEDIATE")
    try:
        if writer:
            writer.begun()
        yield
        if writer and writer.before_commit:
            writer.before_commit()
        connection.execute("COMMIT")
        if writer:
            writer.committed()
    except BaseException:
        if connection.in_transaction:  # SQLite itself rolls back after some faults
            connection.execute("ROLLBACK")
        raise
    finally:
        if writer and writer.after_transaction:
            writer.after_transaction()


def folder_of(connection: sqlite3.Connection) -> Path:
    """Where the file of a connection lies."""
    _, _, path = connection.execute("PRAGMA database_list").fetchone()
    return Path(path).parent


def _connect(path: Path, mode: Literal["ro", "rw"], kind: type[_Kind]) -> _Kind:
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_TIMEOUT_S, factory=kind)


def _refuse_foreign(connection: sqlite3.Connection) -> None:
    """Before anything is written: no other program's file, and none of a newer version of ours."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if _table_count(connection) and application != migrations.APPLICATION_ID:
        raise JournalError(StorageProblem.CORRUPT, "the file is not a journal of this program")
    if migrations.version(connection) > migrations.NEWEST:
        raise JournalError(StorageProblem.NEWER_SCHEMA, f"schema {migrations.version(connection)}")
    if migrations.version(connection) == migrations.NEWEST and not migrations.has_our_tables(connection):
        raise JournalError(StorageProblem.CORRUPT, "the tables are not described as they were made")


def _table_count(connection: sqlite3.Connection) -> int:
    try:
        count: int = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_ERROR:  # how SQLite reports some damaged headers
            raise JournalError(StorageProblem.CORRUPT, str(error)) from error
        raise
    return count
