"""Are the rows of the lists those that this station wrote, all of them and no others? See sealing.py."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import msgspec

from station.journal import sealing
from station.journal.errors import RowChangedError, VaultError
from station.journal.row_key import RowKey
from station.journal.sealing import SEAL, Sum, Table

_AT_ONCE = 200  # rows: about a millisecond


def damages(connection: sqlite3.Connection, key: RowKey) -> Iterator[str]:
    """Everything that is not as it was written; of one moment, if within a transaction."""
    return (what for what in steps(connection, key) if what is not None)


def steps(connection: sqlite3.Connection, key: RowKey) -> Iterator[str | None]:
    """The same in steps of about a millisecond; None: nothing was found in this one."""
    try:
        state = sealing.read_state(connection, key)
    except (VaultError, msgspec.DecodeError):
        yield "the record of what the lists hold was changed"
        return
    if state is None:
        yield "the record of what the lists hold was taken away"
        return
    yield from _heads(connection, state)
    for name, each in sealing.tables(connection).items():
        if name in state.lists:
            yield from _of(connection, key, each, state.lists[name])
        else:
            yield f"table {name} is not of this station"


def _heads(connection: sqlite3.Connection, state: sealing.State) -> Iterator[str]:
    """An old record does not know the newest entry; a cut chain lacks what the record knows."""
    for what, knows, (there, hash) in zip(
        ("entry", "audit record"), (state.entry, state.audit), sealing.heads(connection), strict=True
    ):
        if knows[0] > there:
            yield f"after {what} {there} something was cut off: up to {knows[0]} were there"
        elif knows != (there, hash):
            yield f"the lists were put back to what they were at {what} {knows[0]}"


def _of(connection: sqlite3.Connection, key: RowKey, each: Table, kept: Sum) -> Iterator[str | None]:
    columns = ", ".join((*each.columns, *((SEAL,) if each.sealed else ())))
    cursor = connection.execute(f"SELECT {columns} FROM {each.name} ORDER BY {', '.join(each.key)}")
    found, changed = Sum(kept.shape, 0, bytes(32)), 0
    while page := cursor.fetchmany(_AT_ONCE):
        total = 0
        for row in page:
            values = row[: len(each.columns)]
            seal, part = key.seal(each.name, values)
            total += part
            if each.sealed and row[-1] != seal:
                changed += 1
                yield f"row {_named(each, values)} of {each.name} was changed or put in"
        found = found.plus(len(page), total)
        yield None
    yield from _summed(each, found, kept, changed)


def _summed(each: Table, found: Sum, kept: Sum, changed: int) -> Iterator[str]:
    if found.rows < kept.rows:
        yield f"{kept.rows - found.rows} of {kept.rows} rows of {each.name} were taken away"
    elif found.rows > kept.rows:
        yield f"{found.rows - kept.rows} rows of {each.name} were put in"
    elif found.total != kept.total and not changed:
        yield f"a row of {each.name} was changed, or put back as it was before"


def _named(each: Table, values: tuple[object, ...]) -> str:
    named = (values[each.columns.index(column)] for column in each.key)
    return "/".join(one.hex() if isinstance(one, bytes) else str(one) for one in named)


class Intact:
    """Asked before a row is put to use at the gate. Keeps what the tables look like."""

    def __init__(self, connection: sqlite3.Connection, key: RowKey) -> None:
        self._connection, self._key = connection, key
        self._queries: dict[str, str] = {}

    def require(self, table: str, where: str, *values: object) -> None:
        """Of all rows that match, some microseconds each. Raises RowChangedError."""
        query = self._queries.get(table) or self._query(table)
        for row in self._connection.execute(f"{query} WHERE {where}", values):
            if not self._key.is_sealed(table, row[:-1], row[-1]):
                raise RowChangedError(table)

    def _query(self, table: str) -> str:
        columns = sealing.table(self._connection, table).columns
        return self._queries.setdefault(table, f"SELECT {', '.join(columns)}, {SEAL} FROM {table}")
