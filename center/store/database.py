"""What both databases can do for the store: transactions, and statements in the SQL that they share.

Statements are written with `?`; what only one of them knows (COPY, row locks, partitions) has a name here.
No table is known here.
"""

from __future__ import annotations

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import psycopg

from center.store.errors import UnavailableError

Values = Sequence[Any]
DATABASE_ERRORS = (sqlite3.Error, psycopg.Error)
INTEGRITY_ERRORS = (sqlite3.IntegrityError, psycopg.IntegrityError)
DATA_ERRORS = (sqlite3.DataError, psycopg.DataError, *INTEGRITY_ERRORS)  # of the values, not of the database


class Connection(ABC):
    """A transaction that is under way."""

    row_lock: str  # what follows a SELECT whose row must not change until the end
    writes_several: bool  # whether one statement may write several tables
    reads_text: bool  # whether `load_text` is to be had

    @abstractmethod
    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """All rows of a query, or of a statement with RETURNING."""

    @abstractmethod
    def run(self, sql: str, *values: Any) -> int:
        """Run one statement; how many rows it changed."""

    @abstractmethod
    def run_many(self, sql: str, rows: Iterable[Values]) -> None:
        """Run one statement for each row."""

    @abstractmethod
    def load(self, table: str, columns: Sequence[str], rows: Iterable[Values]) -> None:
        """Append rows, the fastest way there is (COPY)."""

    def load_text(self, table: str, columns: Sequence[str], blocks: Iterable[Sequence[str]]) -> None:
        """The same for lines as COPY reads them, in Latin-1 that stands for UTF-8 (`typed_text`).

        Each block is on its way when the next is asked for; nothing else may be run until the last.
        """
        raise NotImplementedError

    @abstractmethod
    def each(self, sql: str, *values: Any) -> Iterator[tuple[Any, ...]]:
        """The rows of a query that may not fit into memory."""

    @abstractmethod
    def try_lock(self, name: bytes) -> bool:
        """Have this name for oneself until the end of the transaction; False: somebody else has it."""

    @abstractmethod
    def prepare_days(self, days: Iterable[int], today: int) -> None:
        """Make the partitions of these days (since 1970), where there are partitions and the day is sane."""

    def row(self, sql: str, *values: Any) -> tuple[Any, ...] | None:
        """The first row, or None."""
        return next(iter(self.rows(sql, *values)), None)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """What fails inside is undone alone; the error goes on.

        Raises UnavailableError when the whole transaction is lost: the connection broke, or SQLite gave it
        up (sqlite.org/lang_transaction.html: full disk, I/O error).
        """
        self.run("SAVEPOINT inner_part")
        try:
            yield
        except BaseException as error:
            try:
                self.run("ROLLBACK TO SAVEPOINT inner_part")
                self.run("RELEASE SAVEPOINT inner_part")
            except DATABASE_ERRORS:
                raise UnavailableError(f"the transaction was lost: {error}") from error
            raise
        self.run("RELEASE SAVEPOINT inner_part")


class Database(ABC):
    """One of the two. Thread-safe."""

    writers: int  # how many threads with much to write are good for it
    batches: int  # of gates, under work at once

    @abstractmethod
    def write(self) -> AbstractContextManager[Connection]:
        """A transaction that is on disk when it has ended well. Raises UnavailableError."""

    @abstractmethod
    def read(self) -> AbstractContextManager[Connection]:
        """One snapshot to read in. Raises UnavailableError."""

    def look(self) -> AbstractContextManager[Connection]:
        """For a single statement that reads: it needs no transaction around it. Raises UnavailableError."""
        return self.read()

    @abstractmethod
    def write_schema(self) -> AbstractContextManager[Connection]:
        """A writing transaction that no other process can have at the same time."""

    @abstractmethod
    def tables(self, connection: Connection) -> set[str]:
        """The names of the tables that are there."""

    @abstractmethod
    def run_script(self, connection: Connection, script: str) -> None:
        """Run a migration in this transaction."""

    def keep_log_short(self) -> None:  # noqa: B027  a server does it by itself
        """From now on this program, and no other beside it, writes back the log when it is long."""

    def shorten_log(self) -> None:  # noqa: B027  a server does it by itself
        """Write back what others left in the log, if that is long and this program keeps it short."""

    def empty_log(self) -> None:  # noqa: B027  a server's log is its admin's (docs/deploy.md)
        """Cut the log to nothing, if this program keeps it and nobody reads just now.

        It holds pages as they were before something was erased, until others are written in their place.
        """

    @abstractmethod
    def close(self) -> None: ...
