"""Seals on the rows of all lists, so that nobody changes, drops or puts back a row unseen.

Entries and the audit are chains. Everything else is a list of rows that come and go: each bears a seal of its
key and all its values (`seal`, see row_key.py), and one sealed record says how many rows each list has and
what they add up to, modulo 2^256. That sum is of keyed hashes which lie nowhere (a multiset hash, Clarke et
al., ASIACRYPT 2003), so that no other set of rows, former ones among them, adds up to the same. The record is
written in the transaction of the rows and names the newest entry and audit record of it: an older one, put
back with all its rows, does not fit those.

Triggers of the writing connection do it, so that no statement can forget it. They are temporary: the file has
none of them, and another program that writes to it leaves rows without a seal. Tables that are signed or
bound otherwise have no column for a seal; of these only the sum is kept, to miss what is gone. Verifying is
list_check.py.
"""

from __future__ import annotations

import logging
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b

import msgspec

from station.journal import beside
from station.journal.connection import Writer, transaction
from station.journal.errors import VaultError
from station.journal.row_key import RowKey

log = logging.getLogger(__name__)

SEAL = "seal"
SINCE_SCHEMA = 16
_CHAINED = frozenset({"entry", "audit", "list_state"})  # whose rows hang together by themselves
_MODULUS = 1 << 256
_CONTEXT = b"list state"
_ENTRY_HEAD = "SELECT position, hash FROM entry ORDER BY position DESC LIMIT 1"
_AUDIT_HEAD = "SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class Table:
    """A list: its key, and all columns but the seal in their order."""

    name: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    sealed: bool  # its rows bear a seal each

    @property
    def shape(self) -> str:
        return _shape(self.columns)


class Sum(msgspec.Struct, frozen=True, array_like=True):
    """What there is of a list."""

    shape: str  # of the columns that are sealed, or (once) their names with commas between
    rows: int
    total: bytes  # 32, big-endian

    def plus(self, rows: int, total: int) -> Sum:
        changed = (int.from_bytes(self.total, "big") + total) % _MODULUS
        return Sum(self.shape, self.rows + rows, changed.to_bytes(32, "big"))


class State(msgspec.Struct, frozen=True, array_like=True):
    """The sealed record. The newest entry by position, the newest audit record, with their hashes."""

    entry: tuple[int, bytes]
    audit: tuple[int, bytes]
    lists: dict[str, Sum]


def _shape(columns: Sequence[str]) -> str:
    """A mark of these columns in this order: with their names the record would be two pages at each entry."""
    return "#" + blake2b(",".join(columns).encode(), digest_size=6).hexdigest()


def tables(connection: sqlite3.Connection) -> dict[str, Table]:
    """Every list of the file, also such as a later version adds; views are what lies in rows of entries."""
    names = connection.execute(
        "SELECT name FROM sqlite_schema"
        " WHERE type = 'table' AND name NOT GLOB 'sqlite_*' OR name = ? OR name = ? ORDER BY name",
        tuple(beside.TRIGGERS),
    ).fetchall()
    return {name: table(connection, name) for (name,) in names if name not in _CHAINED}


def table(connection: sqlite3.Connection, name: str) -> Table:
    columns = connection.execute(f"SELECT name, pk FROM pragma_table_info('{name}')").fetchall()
    key = tuple(column for column, place in sorted(columns, key=lambda each: each[1]) if place)
    named = tuple(column for column, _ in columns if column != SEAL)
    return Table(name, key or named[:1], named, len(named) < len(columns))  # a view has no key of its own


def heads(connection: sqlite3.Connection) -> tuple[tuple[int, bytes], tuple[int, bytes]]:
    """The newest entry and the newest audit record; 0: there is none."""
    return _head(connection, _ENTRY_HEAD), _head(connection, _AUDIT_HEAD)


def _head(connection: sqlite3.Connection, query: str) -> tuple[int, bytes]:
    return connection.execute(query).fetchone() or (0, b"")


def read_state(connection: sqlite3.Connection, key: RowKey) -> State | None:
    """None: it was never made, or was taken away. Raises VaultError, msgspec.DecodeError."""
    row = connection.execute("SELECT sealed FROM list_state").fetchone()
    return _states.decode(key.open(row[0], _CONTEXT)) if row else None


def write_state(connection: sqlite3.Connection, key: RowKey, state: State) -> None:
    """Only within a transaction."""
    _write(connection, key, state)
    if isinstance(connection, Writer):
        connection.unchanged_since = 0  # whatever was remembered of it


def _write(connection: sqlite3.Connection, key: RowKey, state: object) -> None:
    connection.execute(
        "INSERT INTO list_state (one, sealed) VALUES (1, ?)"
        " ON CONFLICT (one) DO UPDATE SET sealed = excluded.sealed",
        (key.close(_encode(state), _CONTEXT),),
    )


_encode = msgspec.msgpack.Encoder().encode
_states = msgspec.msgpack.Decoder(State)


@dataclass(slots=True)
class _Record:
    """What lies in the file after a turn of `Writer`; its lists also in bytes, for most stay as they were."""

    turn: int
    audit: tuple[int, bytes]
    lists: dict[str, Sum]
    encoded: dict[str, msgspec.Raw]

    @classmethod
    def of(cls, state: State) -> _Record:
        encoded = {name: msgspec.Raw(_encode(each)) for name, each in state.lists.items()}
        return cls(0, state.audit, state.lists, encoded)

    def add(self, name: str, rows: int, total: int) -> None:
        """What belongs to no list that is known here stays unknown: the check says so."""
        if name in self.lists:
            self.lists[name] = changed = self.lists[name].plus(rows, total)
            self.encoded[name] = msgspec.Raw(_encode(changed))


class Sealing:
    """What the writing connection adds up until it commits."""

    def __init__(self, connection: Writer, key: RowKey) -> None:
        self._connection, self._key = connection, key
        self._rows, self._totals = defaultdict[str, int](int), defaultdict[str, int](int)
        self._heads = dict[str, tuple[int, bytes]]()  # of the chains that were written to
        self._written: _Record | None = None  # last

    def attach(self) -> None:
        """From now on every row that is written gets its seal."""
        connection = self._connection
        connection.create_function("row_in", -1, self._in)
        connection.create_function("row_out", -1, self._out)
        connection.create_function("row_seal", -1, lambda name, *values: self._key.seal(name, values)[0])
        connection.create_function("entry_in", 10, self._entry_in)
        connection.create_function("audit_on", 2, partial(self._on, "audit"))
        connection.execute("PRAGMA recursive_triggers = ON")  # or a REPLACE takes rows away unnoticed
        for each in tables(connection).values():
            for trigger in beside.TRIGGERS.get(each.name) or _triggers(each):
                connection.execute(trigger)
        connection.execute(beside.CAME)
        connection.execute(
            "CREATE TEMP TRIGGER audit_on AFTER INSERT ON main.audit"
            " BEGIN SELECT audit_on(NEW.number, NEW.hash); END"
        )
        connection.before_commit = self._write
        connection.after_transaction = self._forget

    def _in(self, name: str, *values: object) -> bytes:
        self._note(name)
        seal, part = self._key.seal(name, values)
        self._rows[name] += 1
        self._totals[name] += part
        return seal

    def _out(self, name: str, *values: object) -> None:
        self._note(name)
        self._rows[name] -= 1
        self._totals[name] -= self._key.seal(name, values)[1]

    def _entry_in(
        self, position: int, hash: bytes, salt: object, sealed: object, mover: object, *movement: object
    ) -> None:
        """All that an entry's row holds, by one call."""
        self._on("entry", position, hash)
        if sealed is not None:
            self._in("personal", position, salt, sealed)
        if mover is not None:
            self._in("movement", position, mover, *movement)

    def _on(self, chained: str, number: int, hash: bytes) -> None:
        self._heads[chained] = max(self._heads.get(chained, (0, b"")), (number, hash))

    def _note(self, name: str) -> None:
        if not self._connection.in_transaction:
            log.error("a row of %s is written outside of a transaction", name)

    def _write(self) -> None:
        """The new sums, in the same commit. A record that is damaged stays so, and the check says it."""
        if not (self._heads or self._totals):
            return
        try:
            there = self._there()
        except (VaultError, msgspec.DecodeError) as error:
            log.error("the record of the lists is not readable: %s", error)
            return
        if there is None:
            return
        for name, total in self._totals.items():
            there.add(name, self._rows[name], total)
        entry = self._heads.get("entry") or _head(self._connection, _ENTRY_HEAD)
        if there is self._written:
            there.audit = self._heads.get("audit", there.audit)
        else:
            entry, there.audit = heads(self._connection)
        _write(self._connection, self._key, (entry, there.audit, there.encoded))
        there.turn, self._written = self._connection.turn, there

    def _there(self) -> _Record | None:
        """The record, opened only if anybody has written since it was written here.

        Memory alone would be wrong after a COMMIT that failed: it is changed before, but belongs to the turn
        before until it is written. Raises VaultError, msgspec.DecodeError.
        """
        if self._written and self._written.turn == self._connection.unchanged_since:
            return self._written
        state = read_state(self._connection, self._key)
        return _Record.of(state) if state else None

    def _forget(self) -> None:
        self._rows.clear()
        self._totals.clear()
        self._heads.clear()


def seal_all(connection: sqlite3.Connection, key: RowKey) -> int:
    """Seal every row as it lies there, and count anew; only within a transaction. Returns the rows."""
    lists = {name: _seal_list(connection, key, each) for name, each in tables(connection).items()}
    write_state(connection, key, State(*heads(connection), lists))
    return sum(each.rows for each in lists.values())


def _seal_list(connection: sqlite3.Connection, key: RowKey, each: Table) -> Sum:
    rows, total = 0, 0
    where = " AND ".join(f"{name} = ?" for name in each.key)
    update = f"UPDATE {each.name} SET {SEAL} = ? WHERE {where}"
    places = [each.columns.index(name) for name in each.key]
    for row in connection.execute(f"SELECT {', '.join(each.columns)} FROM {each.name}").fetchall():
        seal, part = key.seal(each.name, row)
        if each.sealed:
            connection.execute(update, (seal, *(row[place] for place in places)))
        rows, total = rows + 1, total + part
    return Sum(each.shape, 0, bytes(32)).plus(rows, total)


def _triggers(each: Table) -> tuple[str, str, str]:
    name = each.name
    came, gone = (f"'{name}', {_of(side, each.columns)}" for side in ("NEW", "OLD"))
    where = " AND ".join(f"{column} = NEW.{column}" for column in each.key)
    sealed = f"UPDATE {name} SET {SEAL} = row_in({came}) WHERE {where}"
    taken = sealed if each.sealed else f"SELECT row_in({came})"
    return (
        f"CREATE TEMP TRIGGER came_{name} AFTER INSERT ON main.{name} BEGIN {taken}; END",
        f"CREATE TEMP TRIGGER changed_{name} AFTER UPDATE OF {', '.join(each.columns)} ON main.{name}"
        f" BEGIN SELECT row_out({gone}); {taken}; END",
        f"CREATE TEMP TRIGGER gone_{name} AFTER DELETE ON main.{name} BEGIN SELECT row_out({gone}); END",
    )


def _of(side: str, columns: tuple[str, ...]) -> str:
    return ", ".join(f"{side}.{column}" for column in columns)


def open_sealed(connection: Writer, key: RowKey) -> int | None:
    """Attach the seals to a connection that was just opened, and make those of a journal that has none yet.

    Returns how many rows were sealed now; None: they were before. What belongs to seals that were taken
    away is not sealed again: that is for an admin to say (`seal_all`).
    """
    made = None
    if not connection.execute("SELECT 1 FROM list_state").fetchone() and not _was_sealed(connection):
        with transaction(connection):
            made = seal_all(connection, key)
    else:
        _follow_schema(connection, key)
    Sealing(connection, key).attach()
    return made


def _was_sealed(connection: sqlite3.Connection) -> bool:
    """Whether a row bears a seal, or the audit was written by a version that seals rows."""
    sealed = (each.name for each in tables(connection).values() if each.sealed)
    if any(
        connection.execute(f"SELECT 1 FROM {name} WHERE {SEAL} NOTNULL LIMIT 1").fetchone() for name in sealed
    ):
        return True
    row = connection.execute("SELECT record FROM audit ORDER BY number DESC LIMIT 1").fetchone()
    return row is not None and _schema_of(row[0]) >= SEALING_AUDIT


SEALING_AUDIT = 2  # `schema` of audit records since rows are sealed


def _schema_of(record: bytes) -> int:
    try:
        fields = msgspec.msgpack.decode(record)
    except msgspec.DecodeError:
        return SEALING_AUDIT
    return int(fields[0]) if isinstance(fields, list) and fields else SEALING_AUDIT


def _follow_schema(connection: Writer, key: RowKey) -> None:
    """A new version gave a list more columns, or made a list: what was as it was sealed is sealed so."""
    try:
        state = read_state(connection, key)
    except (VaultError, msgspec.DecodeError):
        return  # the check says so
    there = tables(connection)
    if state is None or {name: one.shape for name, one in state.lists.items()} == {
        name: each.shape for name, each in there.items()
    }:
        return
    with transaction(connection):
        lists = {
            name: _followed(connection, key, each, state.lists.get(name)) for name, each in there.items()
        }
        write_state(connection, key, State(state.entry, state.audit, lists))


def _followed(connection: Writer, key: RowKey, each: Table, before: Sum | None) -> Sum:
    """A list that does not add up is left as it is: its rows will not fit their seals."""
    if before is None:
        return _seal_list(connection, key, each)
    sealed = _columns_of(before, each)
    if sealed is None or sealed == each.columns:
        return Sum(each.shape, before.rows, before.total) if sealed else before
    rows = connection.execute(f"SELECT {', '.join(sealed)} FROM {each.name}").fetchall()
    total = sum(key.seal(each.name, row)[1] for row in rows)
    found = Sum(before.shape, 0, bytes(32)).plus(len(rows), total)
    return _seal_list(connection, key, each) if found == before else before


def _columns_of(before: Sum, each: Table) -> tuple[str, ...] | None:
    """The columns that were sealed, to which others were added at the end; None: the list was another."""
    firsts = (each.columns[:count] for count in range(len(each.columns), 0, -1))
    return next((some for some in firsts if before.shape in (_shape(some), ",".join(some))), None)
