"""The embedded database: one writing connection, read-only readers. Knows no table.

SQLite 3.7.0 - 3.51.2 can lose commits when two connections commit or checkpoint at once (WAL-reset fault,
sqlite.org/changes.html, 3.51.3), so one connection makes all checkpoints: the writing one of the open center.
Commands beside it write, one at a time, and leave the log to it; readers never make a checkpoint. Without a
center whoever closes the file last makes one, alone; a command that writes much closes it now and then.
"""

from __future__ import annotations

import os
import queue
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Any, Literal

from center.folder import make_own
from center.store.database import Connection, Database, Values
from center.store.errors import UnavailableError, WrongDatabaseError

LONG_LOG = 1_000  # pages, as SQLite itself would have it
LEFT_LOG = (
    32 * 1024 * 1024
)  # bytes that a command leaves before it looks whether anybody is there to take them
BUSY_TIMEOUT_S = 10.0  # another program (`center station add`) writes
MOST_IDLE_READERS = 8
_MOMENT_MS = 100  # for which the center waits for others before it writes back what they left
_PASSING = {  # primary result codes that speak of the surroundings, not of a fault of ours
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_INTERRUPT,
}
_TYPES = {"bytea": "BLOB", "double precision": "REAL", "smallint": "INTEGER", "bigint": "INTEGER"}
_END_OF_TABLE = re.compile(r"\n\)\s*;")
_ONLY_POSTGRESQL = re.compile(r"/\*postgresql\*/.*?/\*end\*/", re.DOTALL)


class SqliteConnection(Connection):
    row_lock = ""  # a writing transaction has the whole file
    writes_several = False
    reads_text = False

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql, values).fetchall()

    def run(self, sql: str, *values: Any) -> int:
        return self._connection.execute(sql, values).rowcount

    def run_many(self, sql: str, rows: Iterable[Values]) -> None:
        self._connection.executemany(sql, rows)

    def load(self, table: str, columns: Sequence[str], rows: Iterable[Values]) -> None:
        marks = ", ".join("?" * len(columns))
        self.run_many(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)

    def each(self, sql: str, *values: Any) -> Iterator[tuple[Any, ...]]:
        yield from self._connection.execute(sql, values)

    def try_lock(self, name: bytes) -> bool:
        return True  # a writing transaction has the whole file

    def prepare_days(self, days: Iterable[int], today: int) -> None:
        """One file has no partitions."""


def _make(path: Path) -> None:
    """SQLite gives the WAL and its index the mode and owner of this file."""
    try:
        os.close(make_own(path, os.O_RDWR))
    except FileExistsError:
        path.touch()  # opens no second descriptor: closing that would end the locks of the first (POSIX)


class SqliteDatabase(Database):
    """A file. `path` is made when it is missing, for its owner alone."""

    writers = 1
    batches = 2  # one is verified while the other is written: more would stand in the way of an admin's red

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._leaves_log, self._left = True, 0  # bytes of the log when it was left to others last
        self._readers: queue.SimpleQueue[sqlite3.Connection] = queue.SimpleQueue()
        try:
            _make(path)
        except OSError as error:  # somebody else's, mostly
            raise UnavailableError(str(error)) from error
        with _passing_faults():
            self._writer = self._open_writer()

    def _open_writer(self) -> sqlite3.Connection:
        writer = self._open("rw")
        writer.execute(f"PRAGMA wal_autocheckpoint = {0 if self._leaves_log else LONG_LOG}")
        writer.execute("PRAGMA secure_delete = ON")  # what was erased is not left in the file
        return writer

    def _open(self, mode: Literal["ro", "rw"]) -> sqlite3.Connection:
        uri = f"{self._path.absolute().as_uri()}?mode={mode}"
        connection = sqlite3.connect(
            uri, uri=True, isolation_level=None, timeout=BUSY_TIMEOUT_S, check_same_thread=False
        )
        connection.execute("PRAGMA synchronous = FULL")  # NORMAL loses acknowledged entries at a power cut
        connection.execute("PRAGMA foreign_keys = ON")
        return connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        with self._lock, _passing_faults(), _transaction(self._writer, "BEGIN IMMEDIATE"):
            yield SqliteConnection(self._writer)
        if self._leaves_log and self._log_bytes() > self._left + LEFT_LOG:
            self._close_and_open()

    @contextmanager
    def write_schema(self) -> Iterator[Connection]:
        with self._lock, _passing_faults(), _transaction(self._writer, "BEGIN EXCLUSIVE"):
            yield SqliteConnection(self._writer)
        with self._lock, _passing_faults():  # not before: a foreign file must stay as it was
            self._writer.execute("PRAGMA journal_mode = WAL")

    @contextmanager
    def read(self) -> Iterator[Connection]:
        with _passing_faults():
            reader = self._take_reader()
            try:
                with _transaction(reader, "BEGIN"):
                    yield SqliteConnection(reader)
            except BaseException:
                reader.close()
                raise
            self._put_back(reader)

    def _take_reader(self) -> sqlite3.Connection:
        try:
            return self._readers.get_nowait()
        except queue.Empty:
            return self._open("ro")

    def _put_back(self, reader: sqlite3.Connection) -> None:
        if self._readers.qsize() < MOST_IDLE_READERS:
            self._readers.put(reader)
        else:
            reader.close()

    def tables(self, connection: Connection) -> set[str]:
        return {name for (name,) in connection.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")}

    def run_script(self, connection: Connection, script: str) -> None:
        for statement in statements(script):
            connection.run(statement)

    def keep_log_short(self) -> None:
        with self._lock, _passing_faults():
            self._leaves_log = False
            self._writer.execute(f"PRAGMA wal_autocheckpoint = {LONG_LOG}")

    def shorten_log(self) -> None:
        if not self._leaves_log and self._log_bytes() > LEFT_LOG:
            self._cut_log()

    def empty_log(self) -> None:
        if not self._leaves_log and self._log_bytes():
            with suppress(UnavailableError):  # what was erased is; the log is cut within the hour
                self._cut_log()

    def _cut_log(self) -> None:
        with self._lock, _passing_faults():
            # TRUNCATE lets nobody commit meanwhile; whoever reads holds up the center for a moment only.
            self._writer.execute(f"PRAGMA busy_timeout = {_MOMENT_MS}")
            try:
                self._writer.execute("PRAGMA wal_checkpoint = TRUNCATE").fetchall()
            finally:
                self._writer.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_S * 1000:.0f}")

    def _log_bytes(self) -> int:
        try:
            return self._path.with_name(f"{self._path.name}-wal").stat().st_size
        except OSError:  # there is none
            return 0

    def _close_and_open(self) -> None:
        """SQLite writes back the log if nobody else has the file open, and keeps everybody out meanwhile."""
        self._close_readers()
        with self._lock, _passing_faults():
            self._writer.close()
            self._writer = self._open_writer()
            self._left = self._log_bytes()

    def _close_readers(self) -> None:
        with suppress(queue.Empty):
            while True:
                self._readers.get_nowait().close()

    def close(self) -> None:
        self._close_readers()
        with self._lock:
            self._writer.close()


def statements(script: str) -> Iterator[str]:
    """The statements of a migration in SQLite's words; `executescript` would commit our transaction."""
    script = _ONLY_POSTGRESQL.sub("", script)
    script = _END_OF_TABLE.sub("\n) STRICT;", script)
    for theirs, ours in _TYPES.items():
        script = script.replace(f" {theirs}", f" {ours}")
    begun = ""
    for line in script.splitlines(keepends=True):
        begun += line
        if sqlite3.complete_statement(begun):
            yield begun
            begun = ""


@contextmanager
def _transaction(connection: sqlite3.Connection, begin: str) -> Iterator[None]:
    connection.execute(begin)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite itself rolls back after some faults
            connection.execute("ROLLBACK")
        raise


@contextmanager
def _passing_faults() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in _PASSING:
            raise UnavailableError(str(error)) from error
        if code == sqlite3.SQLITE_NOTADB:
            raise WrongDatabaseError("this file is not a database") from error
        raise
