"""The checklists that the center gives, as they lie in the journal. Any connection."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from station.journal.center_pages import item_context, read_body
from station.journal.errors import KeyProblem, VaultError, storage_errors
from station.journal.vault import Vault
from station.sync.items import ChecklistItem


@dataclass(frozen=True, slots=True)
class GivenList:
    """One item; without `item` it cannot be read, and `problem` says why."""

    key: str
    version: int
    item: ChecklistItem | None
    problem: str = ""


def given_lists(connection: sqlite3.Connection, vault: Vault) -> list[GivenList]:
    """All that there are, by key. Raises JournalError; VaultError while the vault is locked."""
    with storage_errors():
        rows = connection.execute(
            "SELECT key, version, sealed FROM center_item WHERE list = 'checklist' AND sealed NOT NULL"
            " ORDER BY key"
        ).fetchall()
    return [_given(vault, *row) for row in rows]


def fingerprint(connection: sqlite3.Connection) -> tuple[int, ...]:
    """Another one as soon as one has come, changed or gone. Raises JournalError."""
    query = "SELECT count(*), total(version) FROM center_item WHERE list = 'checklist'"
    with storage_errors():
        return tuple(connection.execute(query).fetchone())


def _given(vault: Vault, key: str, version: int, sealed: bytes) -> GivenList:
    try:
        body = vault.open(sealed, item_context("checklist", key))
        return GivenList(key, version, read_body(body, ChecklistItem))
    except VaultError as error:
        if error.problem is KeyProblem.LOCKED:
            raise
        return GivenList(key, version, None, str(error))
    except ValueError as error:  # msgspec's errors are some, too; whoever asks says it in the log
        return GivenList(key, version, None, str(error))
