"""Sealed records by name, beside the entries. Only within a transaction: the caller says which."""

from __future__ import annotations

import sqlite3

from station.journal.vault import Vault

TRIED = "tried"  # whether there is room: nothing that anybody needs
LOCKED = "locked/"  # what a locked vault's run noted, apart from what it could not read


def put(connection: sqlite3.Connection, vault: Vault, name: str, record: bytes) -> None:
    """Keep a record in the place of the former one of this name.

    Where the vault was locked when the lane began, beside it: nobody read that one (`settling`).
    """
    if vault.apart:
        name = f"{LOCKED}{vault.run}/{name}"
    connection.execute(_PUT, (name, vault.seal(record, context(name))))


def context(name: str) -> bytes:
    """What a sealed record is bound to, so that it cannot be moved to another name."""
    return f"lane/{name}".encode()


_PUT = """
INSERT INTO lane_memory (name, sealed) VALUES (?, ?)
ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed
"""
