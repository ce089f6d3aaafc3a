"""PostgreSQL: a pool of connections, COPY, a partition for each day. Of tables, only `entry` is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from time import monotonic
from typing import Any

import psycopg
from psycopg import errors, sql
from psycopg_pool import ConnectionPool

from center.store.database import Connection, Database, Values
from center.store.errors import UnavailableError, WrongDatabaseError

MOST_CONNECTIONS = 8
POOL_TIMEOUT_S = 5.0  # then 503: the station comes again
# After this the next request tries anew; were it longer, the pauses between would grow to minutes.
RECONNECT_S = 4.0
SANE_PAST_DAYS = 400  # days outside of this lie in the default partition: clocks of 1970 and 2100
SANE_FUTURE_DAYS = 2
UNCHECKED_S = 0.5  # so long a connection that answered is believed: who is unlucky is told to try again
_LOCK_SCHEMA, _LOCK_PARTITIONS = 0x4B414B01, 0x4B414B02  # numbers of advisory locks

_PASSING = (
    psycopg.OperationalError,
    errors.ReadOnlySqlTransaction,
    errors.IdleInTransactionSessionTimeout,  # an admin's settings: the server hung up
    errors.TransactionTimeout,
)


@lru_cache(maxsize=512)
def _placeholders(text: str) -> str:
    return text.replace("%", "%%").replace("?", "%s")


@lru_cache(maxsize=8)
def _copy_of_text(table: str, *columns: str) -> sql.Composed:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL("COPY {} ({}) FROM STDIN (ENCODING 'UTF8')").format(sql.Identifier(table), names)


class PostgresqlConnection(Connection):
    row_lock = " FOR UPDATE"
    writes_several = True
    reads_text = True

    def __init__(self, connection: psycopg.Connection[tuple[Any, ...]], known_days: set[int]) -> None:
        self._connection = connection
        self._known_days = known_days
        self._made_days = set[int]()  # which are gone again if this transaction is undone

    def _execute(self, text: str, values: Values) -> psycopg.Cursor[tuple[Any, ...]]:
        # The statements are constants of this package, never text from outside. Without values the server
        # takes many at once.
        if not values:
            return self._connection.execute(text)
        # As binary: bytes come as they are, not as twice as many hexadecimal digits.
        return self._connection.execute(_placeholders(text), values, binary=True)

    def rows(self, text: str, *values: Any) -> list[tuple[Any, ...]]:
        return self._execute(text, values).fetchall()

    def run(self, text: str, *values: Any) -> int:
        return self._execute(text, values).rowcount

    def run_many(self, text: str, rows: Iterable[Values]) -> None:
        with self._connection.cursor() as cursor:
            cursor.executemany(_placeholders(text), rows)

    def load(self, table: str, columns: Sequence[str], rows: Iterable[Values]) -> None:
        # As text: binary COPY stores 99999 as -31073 in a smallint, without a word.
        command = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
        )
        with self._connection.cursor() as cursor, cursor.copy(command) as copy:
            for row in rows:
                copy.write_row(row)

    def load_text(self, table: str, columns: Sequence[str], blocks: Iterable[Sequence[str]]) -> None:
        with self._connection.cursor() as cursor, cursor.copy(_copy_of_text(table, *columns)) as copy:
            for lines in blocks:
                copy.write("".join(lines).encode("latin-1"))

    def each(self, text: str, *values: Any) -> Iterator[tuple[Any, ...]]:
        with self._connection.cursor("each_row") as cursor:
            cursor.execute(_placeholders(text), values)
            yield from cursor

    def try_lock(self, name: bytes) -> bool:
        key = "hashtextextended(current_schema() || encode(?, 'hex'), 0)"  # two centers may share a database
        return bool(self.rows(f"SELECT pg_try_advisory_xact_lock({key})", name)[0][0])

    def prepare_days(self, days: Iterable[int], today: int) -> None:
        wanted = {day for day in days if -SANE_PAST_DAYS <= day - today <= SANE_FUTURE_DAYS}
        for day in sorted(wanted - self._known_days):
            if not self._has_partition(day):
                self._make_partition(day)
                self._made_days.add(day)
            elif day not in self._made_days:
                self._known_days.add(day)

    def _has_partition(self, day: int) -> bool:
        # Not to_regclass(): it answers from a cache that another session's commit does not renew.
        query = "SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = ?"
        return bool(self.rows(query, partition(day)))

    def _make_partition(self, day: int) -> None:
        """Also for a day that lies in the default partition already, from when it was still absurd."""
        self.run("SELECT pg_advisory_xact_lock(?)", _LOCK_PARTITIONS)
        if self._has_partition(day):
            return
        name = sql.Identifier(partition(day))
        for command in (
            "CREATE TABLE {name} (LIKE entry INCLUDING ALL)",
            "WITH gone AS (DELETE FROM entry_default WHERE day = {day} RETURNING *)"
            " INSERT INTO {name} SELECT * FROM gone",
            "ALTER TABLE entry ATTACH PARTITION {name} FOR VALUES FROM ({day}) TO ({after})",
        ):
            self._connection.execute(
                sql.SQL(command).format(name=name, day=sql.Literal(day), after=sql.Literal(day + 1))
            )


def partition(day: int) -> str:
    """The table of a day of entries."""
    return f"entry_{day}"


class PostgresqlDatabase(Database):
    """A database of a server, by its URL. Raises WrongDatabaseError for a server that would lose entries."""

    writers = 2  # one works while the other waits; a third won nothing
    batches = 8

    def __init__(self, url: str) -> None:
        self._known_days: set[int] = set()
        self._pool = ConnectionPool(
            url,
            min_size=1,
            max_size=MOST_CONNECTIONS,
            timeout=POOL_TIMEOUT_S,
            reconnect_timeout=RECONNECT_S,
            kwargs={"autocommit": True, "application_name": "kakou center"},
            configure=_configure,
            connection_class=_Line,
            check=_check,
            open=True,
        )
        try:
            self._refuse_unfit(url)
        except BaseException:
            self.close()
            raise

    def _refuse_unfit(self, url: str) -> None:
        try:
            with _passing_faults(), self._pool.connection() as connection:
                self._refuse_forgetful(connection)
        except UnavailableError as error:
            raise UnavailableError(_why_away(url) or str(error)) from error

    def _refuse_forgetful(self, connection: psycopg.Connection[Any]) -> None:
        encoding = connection.info.parameter_status("server_encoding")
        if encoding != "UTF8":  # by what the server said at once: of SQL_ASCII texts would come as bytes
            raise WrongDatabaseError(
                f"its encoding is {encoding}, and not every name can be written in it; make a new one:"
                " createdb --encoding UTF8 --template template0"
            )
        for setting in ("fsync", "full_page_writes"):
            value = connection.execute("SELECT current_setting(%s)", [setting]).fetchone()
            if value != ("on",):
                raise WrongDatabaseError(
                    f"this server runs with {setting} = off and would lose entries; set it on"
                )

    @contextmanager
    def write(self) -> Iterator[Connection]:
        with _passing_faults(), self._pool.connection() as connection, connection.transaction():
            yield PostgresqlConnection(connection, self._known_days)

    @contextmanager
    def write_schema(self) -> Iterator[Connection]:
        try:
            with self.write() as connection:
                connection.run("SELECT pg_advisory_xact_lock(?)", _LOCK_SCHEMA)
                yield connection
        except (errors.InsufficientPrivilege, errors.InvalidSchemaName) as error:
            raise WrongDatabaseError(
                "this user may not make tables in it; let it be theirs: createdb --owner USER,"
                " or ALTER DATABASE … OWNER TO …"
            ) from error

    @contextmanager
    def read(self) -> Iterator[Connection]:
        with _passing_faults(), self._pool.connection() as connection:  # which ends the transaction, too
            connection.execute("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield PostgresqlConnection(connection, self._known_days)

    @contextmanager
    def look(self) -> Iterator[Connection]:
        with _passing_faults(), self._pool.connection() as connection:
            yield PostgresqlConnection(connection, self._known_days)

    def tables(self, connection: Connection) -> set[str]:
        query = "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()"
        return {name for (name,) in connection.rows(query)}

    def run_script(self, connection: Connection, script: str) -> None:
        connection.run(script)

    def close(self) -> None:
        self._pool.close()


def _why_away(url: str) -> str:
    """In the server's words; the pool only knows that it waited. Empty: it answers by now."""
    try:
        psycopg.connect(url, connect_timeout=int(POOL_TIMEOUT_S)).close()
    except psycopg.OperationalError as error:
        return " ".join(str(error).split())
    except psycopg.ProgrammingError:  # whose words hold a part of it, perhaps of the password
        return "its address cannot be read; signs like % and @ in the password must be written as %25 and %40"
    return ""


class _Line(psycopg.Connection[tuple[Any, ...]]):
    """A connection that remembers when it was known to be whole, s (monotonic)."""

    whole_at = -UNCHECKED_S


def _check(line: _Line) -> None:
    """The server may have been killed since. Raises what psycopg raises; the pool then opens another."""
    if monotonic() - line.whole_at >= UNCHECKED_S:
        ConnectionPool.check_connection(line)
        line.whole_at = monotonic()


def _configure(connection: psycopg.Connection[Any]) -> None:
    # A role or a database may have it off; what is acknowledged must be on disk (and on the standbys).
    connection.execute("SET synchronous_commit = on")
    connection.execute("SET lock_timeout = '10s'")  # then 503, rather than every thread waiting for an admin


@contextmanager
def _passing_faults() -> Iterator[None]:
    try:
        yield
    except _PASSING as error:
        raise UnavailableError(str(error).strip()) from error
