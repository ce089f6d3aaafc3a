"""Personal links: 128 random bits in an address let somebody without an account do one thing, until a day."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from center.scope import Scope
from center.store.console_audit import Note, write_note
from center.store.database import Database

_COLUMNS = "id, purpose, branch, about, made_ms, made_by, expires_ms, revoked_ms"
_SELECT = f"SELECT {_COLUMNS} FROM link"


@dataclass(frozen=True, slots=True)
class Link:
    """What is kept of a link. `id` is a hash: nobody can make the address of it."""

    id: bytes
    purpose: str
    branch: str
    about: str
    made_ms: int
    made_by: str
    expires_ms: int
    revoked_ms: int | None

    def is_open(self, now_ms: int) -> bool:
        return self.revoked_ms is None and now_ms < self.expires_ms


class Links:
    """All methods are transactions of their own; `now_ms` is UTC."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def make(
        self, purpose: str, branch: str, *, about: str = "", expires_ms: int, now_ms: int, note: Note
    ) -> str:
        """The secret for the address; it is not to be had a second time."""
        secret = secrets.token_urlsafe(16)
        values = (_id(secret), purpose, branch, about, now_ms, note.who, expires_ms)
        with self._database.write() as connection:
            connection.run(f"INSERT INTO link ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, NULL)", *values)
            write_note(connection, note)
        return secret

    def open(self, purpose: str, secret: str, now_ms: int) -> Link | None:
        """The link of an address; None: unknown, of another purpose, over or taken back."""
        with self._database.read() as connection:
            row = connection.row(f"{_SELECT} WHERE id = ? AND purpose = ?", _id(secret), purpose)
        link = _link(row) if row else None
        return link if link and link.is_open(now_ms) else None

    def all_open(self, purpose: str, scope: Scope, now_ms: int, *, about: str | None = None) -> list[Link]:
        """All of these branches that open something, the newest first; `about`: of one person alone.

        One that is left out could not be taken back.
        """
        where, values = scope.where("branch")
        where, values = f"{where} AND revoked_ms IS NULL AND expires_ms > ?", [*values, now_ms]
        if about is not None:
            where, values = f"{where} AND about = ?", [*values, about]
        with self._database.read() as connection:
            rows = connection.rows(
                f"{_SELECT} WHERE purpose = ? AND {where} ORDER BY made_ms DESC, id",
                *(purpose, *values),
            )
        return [_link(row) for row in rows]

    def revoke(self, scope: Scope, id: bytes, now_ms: int, note: Note) -> bool:
        """It opens nothing any more. False: there is none in these branches."""
        where, values = scope.where("branch")
        with self._database.write() as connection:
            sql = f"UPDATE link SET revoked_ms = coalesce(revoked_ms, ?) WHERE id = ? AND {where}"
            if not connection.run(sql, now_ms, id, *values):
                return False
            write_note(connection, note)
        return True


def _id(secret: str) -> bytes:
    return sha256(b"kakou link " + secret.encode("utf-8", "surrogatepass")).digest()


def _link(row: Sequence[Any]) -> Link:
    id, *rest = row
    return Link(bytes(id), *rest)
