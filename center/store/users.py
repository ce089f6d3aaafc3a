"""Who may sign in to the console, with which role in which branch. Passwords come as Argon2id already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from center.scope import Scope
from center.store.console_audit import Note, write_note
from center.store.database import Connection, Database
from center.store.errors import StoreError

_COLUMNS = "name, shown, password, must_change, created_ms, disabled_ms"
_WITHOUT_ROLE = "NOT EXISTS (SELECT 1 FROM console_grant WHERE console_grant.name = console_user.name)"


class NameTakenError(StoreError):
    """Somebody has this name already."""


class LastAdminError(StoreError):
    """After this nobody could give roles any more."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role in a branch and all below it."""

    branch: str
    role: str


@dataclass(frozen=True, slots=True)
class UserRow:
    name: str
    shown: str
    password: str = field(repr=False)
    must_change: bool
    created_ms: int
    disabled_ms: int | None
    grants: tuple[Grant, ...]

    def scope(self, roles: Iterable[str] | None = None) -> Scope:
        """Where they have one of these roles, or any."""
        wanted = None if roles is None else frozenset(roles)
        return Scope(tuple(one.branch for one in self.grants if wanted is None or one.role in wanted))


class Users:
    """All methods are transactions of their own. Names are in lower case."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        name: str,
        *,
        shown: str,
        password: str,
        grants: Iterable[Grant],
        now_ms: int,
        must_change: bool = True,
        note: Note | None = None,
    ) -> None:
        """Somebody new, who as a rule has to choose a password of their own first. Raises NameTakenError."""
        with self._database.write() as connection:
            made = connection.run(
                f"INSERT INTO console_user ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, NULL)"
                " ON CONFLICT (name) DO NOTHING",
                name,
                shown,
                password,
                int(must_change),
                now_ms,
            )
            if not made:
                raise NameTakenError(name)
            for grant in grants:
                _put_grant(connection, name, grant)
            write_note(connection, note)

    def get(self, name: str) -> UserRow | None:
        with self._database.read() as connection:
            return get_user(connection, name)

    def all(self, scope: Scope) -> list[UserRow]:
        """Those who have a role in these branches, by name; who has none is for whoever sees all."""
        where, values = scope.where("branch")
        with self._database.read() as connection:
            grants = _grants(connection)
            nobodys = _WITHOUT_ROLE if scope.holds("") else "1 = 0"
            rows = connection.rows(
                f"SELECT {_COLUMNS} FROM console_user WHERE EXISTS (SELECT 1 FROM console_grant"
                f" WHERE console_grant.name = console_user.name AND {where}) OR {nobodys} ORDER BY name",
                *values,
            )
        return [_row(row, grants.get(row[0], ())) for row in rows]

    def any(self) -> bool:
        """Whether there is anybody."""
        with self._database.read() as connection:
            return connection.row("SELECT 1 FROM console_user LIMIT 1") is not None

    def put_grant(self, name: str, grant: Grant, note: Note | None = None) -> None:
        """A role in a branch, instead of the one that they have there. Raises LastAdminError."""
        with self._database.write() as connection:
            before = _admins(connection)
            _put_grant(connection, name, grant)
            _refuse_none(connection, before)
            write_note(connection, note)

    def take_grant(self, name: str, branch: str, note: Note | None = None) -> None:
        """No role in this branch any more. Raises LastAdminError."""
        with self._database.write() as connection:
            before = _admins(connection)
            connection.run("DELETE FROM console_grant WHERE name = ? AND branch = ?", name, branch)
            _refuse_none(connection, before)
            write_note(connection, note)

    def set_password(self, name: str, password: str, *, must_change: bool, note: Note | None = None) -> None:
        """A new one; whoever was signed in by the former is not any more."""
        with self._database.write() as connection:
            connection.run(
                "UPDATE console_user SET password = ?, must_change = ? WHERE name = ?",
                password,
                int(must_change),
                name,
            )
            connection.run("DELETE FROM console_session WHERE name = ?", name)
            write_note(connection, note)

    def rehash(self, name: str, former: str, password: str) -> None:
        """The same password at today's cost, if it is still that one."""
        with self._database.write() as connection:
            connection.run(
                "UPDATE console_user SET password = ? WHERE name = ? AND password = ?", password, name, former
            )

    def disable(self, name: str, at_ms: int | None, note: Note | None = None) -> None:
        """From now on they cannot sign in; None: they can again. Raises LastAdminError."""
        with self._database.write() as connection:
            before = _admins(connection)
            connection.run("UPDATE console_user SET disabled_ms = ? WHERE name = ?", at_ms, name)
            if at_ms is not None:
                connection.run("DELETE FROM console_session WHERE name = ?", name)
            _refuse_none(connection, before)
            write_note(connection, note)


def get_user(connection: Connection, name: str) -> UserRow | None:
    row = connection.row(f"SELECT {_COLUMNS} FROM console_user WHERE name = ?", name)
    return _row(row, _grants(connection, name).get(name, ())) if row else None


def _grants(connection: Connection, name: str | None = None) -> dict[str, tuple[Grant, ...]]:
    where, values = ("", ()) if name is None else (" WHERE name = ?", (name,))
    found: dict[str, tuple[Grant, ...]] = {}
    rows = connection.rows(
        f"SELECT name, branch, role FROM console_grant{where} ORDER BY name, branch", *values
    )
    for of, branch, role in rows:
        found[of] = (*found.get(of, ()), Grant(branch, role))
    return found


def _put_grant(connection: Connection, name: str, grant: Grant) -> None:
    connection.run(
        "INSERT INTO console_grant (name, branch, role) VALUES (?, ?, ?)"
        " ON CONFLICT (name, branch) DO UPDATE SET role = excluded.role",
        name,
        grant.branch,
        grant.role,
    )


def _admins(connection: Connection) -> int:
    """How many can give roles everywhere; the rows stay as they are until the end."""
    connection.rows("SELECT newest FROM channel WHERE channel = 'quick'" + connection.row_lock)
    row = connection.row(
        "SELECT count(*) FROM console_grant JOIN console_user ON console_user.name = console_grant.name"
        " WHERE role = 'admin' AND branch = '' AND disabled_ms IS NULL"
    )
    return int(row[0]) if row else 0


def _refuse_none(connection: Connection, before: int) -> None:
    if before and not _admins(connection):
        raise LastAdminError("nobody would be left who can give roles")


def _row(row: tuple[Any, ...], grants: tuple[Grant, ...]) -> UserRow:
    name, shown, password, must_change, created_ms, disabled_ms = row
    return UserRow(name, shown, password, bool(must_change), created_ms, disabled_ms, grants)
