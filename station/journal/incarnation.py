"""Which life of the journal the numbers belong to: the row, its first hash, and whether our keys fit it."""

from __future__ import annotations

import secrets
import sqlite3
from dataclasses import dataclass
from datetime import datetime

from station.core.entry import to_ms
from station.journal import chain
from station.journal.connection import transaction
from station.journal.errors import KeyProblem, VaultError
from station.journal.vault import Vault


@dataclass(frozen=True, slots=True)
class Incarnation:
    id: int  # 48 random bits
    station: bytes
    parent_head: bytes
    public_key: bytes
    data_key_id: bytes

    @property
    def genesis(self) -> bytes:
        """hash_0: what the first entry is chained to."""
        return chain.genesis(self.station, self.id, self.parent_head)


_SELECT = "SELECT id, station, parent_head, public_key, data_key_id FROM incarnation"
_CURRENT = f"{_SELECT} AS this WHERE NOT EXISTS (SELECT 1 FROM incarnation WHERE parent = this.id)"


def current(connection: sqlite3.Connection) -> Incarnation | None:
    """The one that no other continues; None before the first start is complete."""
    row = connection.execute(_CURRENT).fetchone()
    return Incarnation(*row) if row else None


def every(connection: sqlite3.Connection) -> dict[int, Incarnation]:
    """All of them, by id."""
    return {row[0]: Incarnation(*row) for row in connection.execute(_SELECT)}


def resume(connection: sqlite3.Connection, vault: Vault, now: datetime) -> Incarnation:
    """Go on with the current incarnation, or begin the first. Raises VaultError if the keys are not its."""
    incarnation = current(connection) or _begin(connection, vault, now)
    if incarnation.data_key_id != vault.data_key_id:
        raise VaultError(KeyProblem.WRONG, "data.key belongs to another journal")
    if incarnation.public_key != vault.public_key:
        raise VaultError(KeyProblem.WRONG, "station.key belongs to another journal")
    return incarnation


def head(connection: sqlite3.Connection, of: Incarnation) -> tuple[int, bytes]:
    """The last number and hash, always read from the file: after a failed COMMIT memory could be wrong."""
    row = connection.execute(
        "SELECT number, hash FROM entry WHERE incarnation = ? ORDER BY number DESC LIMIT 1", (of.id,)
    ).fetchone()
    return row or (0, of.genesis)


def _begin(connection: sqlite3.Connection, vault: Vault, now: datetime) -> Incarnation:
    first = Incarnation(
        secrets.randbits(48), secrets.token_bytes(16), b"", vault.public_key, vault.data_key_id
    )
    with transaction(connection):
        connection.execute(
            "INSERT INTO incarnation (id, station, parent_head, public_key, data_key_id, began_at_ms)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (first.id, first.station, first.parent_head, first.public_key, first.data_key_id, to_ms(now)),
        )
    return first
