"""Tokens of the API: 256 random bits for a program, in one branch, with a few rights, until a day."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from center.scope import Scope
from center.store.console_audit import Note, write_note
from center.store.database import Database

PREFIX = "kakou_"  # so that scanners of leaked secrets, and people, see what it is
USED_EVERY_MS = 60_000  # the last use is written down no more often
_COLUMNS = "id, name, branch, scopes, made_ms, made_by, expires_ms, used_ms, revoked_ms"
_SELECT = f"SELECT {_COLUMNS} FROM api_token"
_NOT_REVOKED_FIRST = "ORDER BY CASE WHEN revoked_ms IS NULL THEN 0 ELSE 1 END"


@dataclass(frozen=True, slots=True)
class Token:
    """What is kept of a token; the secret is not."""

    id: bytes
    name: str
    branch: str
    scopes: frozenset[str]
    made_ms: int
    made_by: str
    expires_ms: int
    used_ms: int | None
    revoked_ms: int | None

    def is_good(self, now_ms: int) -> bool:
        return self.revoked_ms is None and now_ms < self.expires_ms


class Tokens:
    """All methods are transactions of their own; `now_ms` is UTC."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def make(
        self, name: str, branch: str, scopes: Sequence[str], *, expires_ms: int, now_ms: int, note: Note
    ) -> tuple[bytes, str]:
        """Its id, and the secret: it is not to be had a second time."""
        id, secret = secrets.token_bytes(16), PREFIX + secrets.token_urlsafe(32)
        values = (id, name, branch, " ".join(sorted(scopes)), now_ms, note.who, expires_ms, None, None)
        with self._database.write() as connection:
            connection.run(
                f"INSERT INTO api_token (hash, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                *(_hash(secret), *values),
            )
            write_note(connection, note)
        return id, secret

    def find(self, secret: str, now_ms: int) -> Token | None:
        """The good token of a secret; that it was used is noted. None: unknown, over, or revoked."""
        with self._database.read() as connection:
            row = connection.row(f"{_SELECT} WHERE hash = ?", _hash(secret))
        token = _token(row) if row else None
        if token is None or not token.is_good(now_ms):
            return None
        if token.used_ms is None or abs(now_ms - token.used_ms) >= USED_EVERY_MS:
            with self._database.write() as connection:
                connection.run("UPDATE api_token SET used_ms = ? WHERE id = ?", now_ms, token.id)
        return token

    def all(self, scope: Scope, most: int = 200) -> list[Token]:
        """Those of these branches: none is left out in favour of a revoked one; the newest first."""
        where, values = scope.where("branch")
        sql = f"{_SELECT} WHERE {where} {_NOT_REVOKED_FIRST}, made_ms DESC, id LIMIT ?"
        with self._database.read() as connection:
            return [_token(row) for row in connection.rows(sql, *values, most)]

    def revoke(self, scope: Scope, id: bytes, now_ms: int, note: Note) -> bool:
        """It opens nothing any more. False: there is none in these branches."""
        where, values = scope.where("branch")
        with self._database.write() as connection:
            sql = f"UPDATE api_token SET revoked_ms = coalesce(revoked_ms, ?) WHERE id = ? AND {where}"
            if not connection.run(sql, now_ms, id, *values):
                return False
            write_note(connection, note)
        return True


def _hash(secret: str) -> bytes:
    return sha256(b"kakou token " + secret.encode("utf-8", "surrogatepass")).digest()


def _token(row: Sequence[Any]) -> Token:
    id, name, branch, scopes, *rest = row
    return Token(bytes(id), name, branch, frozenset(scopes.split()), *rest)
