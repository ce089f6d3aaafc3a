"""Compounds (小区) and their houses (房屋): what the console knows of them beside who lives there."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec

from center.scope import Scope
from center.store.console_audit import Note, write_note
from center.store.database import Connection, Database
from center.store.errors import StoreError
from center.store.private_items import PrivateItems

HELD = ("", "owner", "let", "shared", "empty", "business")  # by whom a house is used
GRADES = ("", "red", "orange", "yellow", "blue", "green")  # 五色
_HOUSE = "SELECT branch, house, held, grade, body, changed_ms FROM house WHERE branch = ? AND house = ?"
_NEW_HOUSE = (
    "INSERT INTO house (branch, house, held, grade, body, changed_ms) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (branch, house) DO NOTHING"
)
_CHANGE_HOUSE = (
    "UPDATE house SET held = ?, grade = ?, body = ?, changed_ms = ? WHERE branch = ? AND house = ?"
)
_NEW_COMPOUND = (
    "INSERT INTO compound (branch, name, address, note, changed_ms) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (branch) DO NOTHING"
)
_CHANGE_COMPOUND = (
    "UPDATE compound SET name = ?, address = ?, note = ?, changed_ms = ?"
    " WHERE branch = ? AND name = ? AND address = ? AND note = ?"
)


@dataclass(frozen=True, slots=True)
class Compound:
    branch: str
    name: str
    address: str = ""
    note: str = ""
    changed_ms: int = 0


class HouseSays(msgspec.Struct, frozen=True, array_like=True):
    """What is written of a house; it lies sealed."""

    name: str  # 3-2-501
    owner: str = ""
    note: str = ""

    def __repr__(self) -> str:
        return "HouseSays(…)"


@dataclass(frozen=True, slots=True)
class House:
    branch: str
    key: str  # shared key of the dwelling
    held: str
    grade: str
    said: HouseSays = field(repr=False)
    changed_ms: int = 0

    def says_the_same(self, other: House) -> bool:
        return (self.held, self.grade, self.said) == (other.held, other.grade, other.said)


class ChangedError(StoreError):
    """Somebody else has written it since it was looked at."""


class Houses:
    """All methods are transactions of their own."""

    def __init__(self, database: Database, private: PrivateItems) -> None:
        self._database, self._private = database, private

    def compounds(self, scope: Scope) -> list[Compound]:
        where, values = scope.where("branch")
        sql = f"SELECT branch, name, address, note, changed_ms FROM compound WHERE {where} ORDER BY branch"
        with self._database.read() as connection:
            return [Compound(*row) for row in connection.rows(sql, *values)]

    def put_compound(self, compound: Compound, note: Note, was: Compound | None = None) -> None:
        """A new one, or instead of `was`. Raises ChangedError: that is not what is there."""
        values = (compound.name, compound.address, compound.note, compound.changed_ms)
        with self._database.write() as connection:
            if was is None:
                done = connection.run(_NEW_COMPOUND, compound.branch, *values)
            else:
                before = (was.branch, was.name, was.address, was.note)
                done = connection.run(_CHANGE_COMPOUND, *values, *before)
            if not done:
                raise ChangedError
            write_note(connection, note)

    def drop_compound(self, branch: str, note: Note) -> None:
        """Its name goes; houses and people stay where they are."""
        with self._database.write() as connection:
            connection.run("DELETE FROM compound WHERE branch = ?", branch)
            write_note(connection, note)

    def all(self, scope: Scope) -> dict[tuple[str, str], House]:
        """By branch and key."""
        where, values = scope.where("branch")
        sql = f"SELECT branch, house, held, grade, body, changed_ms FROM house WHERE {where}"
        with self._database.read() as connection:
            rows = connection.rows(sql, *values)
        return {(row[0], row[1]): self._house(*row) for row in rows}

    def of_branch(self, branch: str) -> dict[str, House]:
        """Those of this very branch, by key."""
        sql = "SELECT branch, house, held, grade, body, changed_ms FROM house WHERE branch = ?"
        with self._database.read() as connection:
            rows = connection.rows(sql, branch)
        return {row[1]: self._house(*row) for row in rows}

    def keys(self) -> dict[str, set[str]]:
        """Of all houses, by branch; nothing is unsealed."""
        found: dict[str, set[str]] = {}
        with self._database.read() as connection:
            for branch, key in connection.each("SELECT branch, house FROM house"):
                found.setdefault(branch, set()).add(key)
        return found

    def version(self, branch: str | None = None) -> tuple[int, ...]:
        """Another one when a house has changed, anywhere or in this very branch."""
        where, values = ("", ()) if branch is None else (" WHERE branch = ?", (branch,))
        numbers = "count(*), coalesce(max(changed_ms), 0), coalesce(sum(changed_ms), 0)"
        with self._database.read() as connection:
            row = connection.row(f"SELECT {numbers} FROM house{where}", *values)
        return tuple(map(int, row or ()))

    def get(self, branch: str, key: str) -> House | None:
        with self._database.read() as connection:
            row = connection.row(_HOUSE, branch, key)
        return self._house(*row) if row else None

    def put(self, house: House, note: Note, was: House | None = None) -> None:
        """A new one, or instead of `was`. Raises ChangedError: that is not what is there."""
        body = self._private.seal(msgspec.msgpack.encode(house.said), _context(house.branch, house.key))
        place, values = (house.branch, house.key), (house.held, house.grade, body, house.changed_ms)
        with self._database.write() as connection:
            if was is None:
                done = connection.run(_NEW_HOUSE, *place, *values)
            else:
                row = connection.row(_HOUSE + connection.row_lock, *place)
                done = int(row is not None and self._house(*row).says_the_same(was))
                connection.run(_CHANGE_HOUSE, *values, *place)
            if not done:
                raise ChangedError
            write_note(connection, note)

    def drop(self, branch: str, key: str, note: Note) -> None:
        with self._database.write() as connection:
            connection.run("DELETE FROM house WHERE branch = ? AND house = ?", branch, key)
            write_note(connection, note)

    def _house(self, branch: str, key: str, held: str, grade: str, body: bytes, changed_ms: int) -> House:
        return House(branch, key, held, grade, _opened(self._private, branch, key, body), changed_ms)


def forget_owner(
    connection: Connection, private: PrivateItems, branch: str, key: str, name: str, now_ms: int
) -> None:
    """Of a house in which somebody lived, their name as its owner. Only within a transaction."""
    row = connection.row("SELECT body FROM house WHERE branch = ? AND house = ?", branch, key)
    said = _opened(private, branch, key, row[0]) if row else None
    if said and said.owner == name:
        rest = msgspec.msgpack.encode(msgspec.structs.replace(said, owner=""))
        connection.run(
            "UPDATE house SET body = ?, changed_ms = ? WHERE branch = ? AND house = ?",
            *(private.seal(rest, _context(branch, key)), now_ms, branch, key),
        )


def _opened(private: PrivateItems, branch: str, key: str, body: bytes) -> HouseSays:
    return msgspec.msgpack.decode(private.open(bytes(body), _context(branch, key)), type=HouseSays)


def _context(branch: str, key: str) -> bytes:
    return f"kakou house {branch}/{key}".encode()
