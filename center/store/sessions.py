"""Who is signed in to the console. The table holds hashes of session ids only."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from center.store.console_audit import Note, write_note
from center.store.database import Database
from center.store.users import UserRow, get_user

_USED_EVERY_MS = 60_000  # so often a use is written down


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a session lasts."""

    idle_ms: int
    absolute_ms: int


LIMITS = Limits(idle_ms=2 * 3600 * 1000, absolute_ms=12 * 3600 * 1000)  # a duty is 12 h


@dataclass(frozen=True, slots=True)
class SessionRow:
    user: UserRow
    begun_ms: int
    used_ms: int


class Sessions:
    """All methods are transactions of their own. An id is 32 random bytes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, id: bytes, name: str, *, now_ms: int, address: str, note: Note | None = None) -> None:
        with self._database.write() as connection:
            connection.run(
                "INSERT INTO console_session (hash, name, begun_ms, used_ms, address) VALUES (?, ?, ?, ?, ?)",
                _hash(id),
                name,
                now_ms,
                now_ms,
                address,
            )
            write_note(connection, note)

    def get(self, id: bytes, *, now_ms: int, limits: Limits) -> SessionRow | None:
        """The session of this id, if it is not over and its user may still sign in."""
        with self._database.read() as connection:
            row = connection.row(
                "SELECT name, begun_ms, used_ms FROM console_session WHERE hash = ?", _hash(id)
            )
            user = get_user(connection, row[0]) if row else None
        if row is None or user is None or user.disabled_ms is not None:
            return None
        _, begun_ms, used_ms = row
        over = now_ms - used_ms > limits.idle_ms or now_ms - begun_ms > limits.absolute_ms
        return None if over else SessionRow(user, begun_ms, used_ms)

    def use(self, id: bytes, session: SessionRow, now_ms: int) -> None:
        """Somebody did something with it just now."""
        if now_ms - session.used_ms < _USED_EVERY_MS:
            return
        with self._database.write() as connection:
            connection.run("UPDATE console_session SET used_ms = ? WHERE hash = ?", now_ms, _hash(id))

    def end(self, id: bytes, note: Note | None = None) -> None:
        with self._database.write() as connection:
            connection.run("DELETE FROM console_session WHERE hash = ?", _hash(id))
            write_note(connection, note)

    def forget_old(self, now_ms: int, limits: Limits) -> int:
        """Drop those that are over; how many."""
        with self._database.write() as connection:
            return connection.run(
                "DELETE FROM console_session WHERE begun_ms < ? OR used_ms < ?",
                now_ms - limits.absolute_ms,
                now_ms - limits.idle_ms,
            )


def _hash(id: bytes) -> bytes:
    return sha256(b"kakou session\0" + id).digest()
