"""What was written while nobody had signed in finds its place, as soon as the data keys are open.

Movements get the person or the code whose they are; what the lane noted is joined to what it had kept before
(how, the lane says). Entries and their sealed parts stay as they were written: `Vault.open` reads them.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Mapping, Sequence

from station.journal import upstream
from station.journal.connection import transaction
from station.journal.entries import Journal
from station.journal.errors import KeyProblem, VaultError, storage_errors
from station.journal.movements import settle_whereabouts
from station.journal.notes import LOCKED, context, put
from station.journal.vault import BOX, Vault

Merge = Callable[[str, bytes | None, Sequence[bytes]], bytes | None]  # name, kept before, noted since
_SETTLED = "settled"  # in sync_note: the position up to which movements found their place
_KEY = re.compile(r"[0-9a-f]{64}")


def settle(journal: Journal, merge: Merge) -> int:
    """All of it or nothing; how many movements found their place. Said twice it changes nothing.

    Raises JournalError; VaultError if the vault is locked.
    """
    connection, vault = journal.connection, journal.vault
    if vault.locked:
        raise VaultError(KeyProblem.LOCKED, "nobody has signed in")
    apart, vault.apart = vault.apart, False
    try:
        with storage_errors(), transaction(connection):
            moved = _movements(connection, vault)
            for name, noted in _noted(connection, vault).items():
                _join(connection, vault, name, noted, merge)
            connection.execute("DELETE FROM lane_memory WHERE name GLOB ?", (f"{LOCKED}*",))
    except BaseException:
        vault.apart = apart
        raise
    return moved


def _movements(connection: sqlite3.Connection, vault: Vault) -> int:
    kept = upstream.note(connection, _SETTLED)
    rows = connection.execute(_BOXED, (int(kept or b"0"), BOX)).fetchall()
    moved = 0
    for position, entry_id, sealed, subject in rows:
        key = _key(vault, sealed, entry_id)
        if not key or not _KEY.fullmatch(subject):
            continue
        owner, household = connection.execute(_OWNER, (key,)).fetchone() or (key, None)
        if owner != subject:
            connection.execute(_MOVE, (owner, household, position))
            settle_whereabouts(connection, subject)
            settle_whereabouts(connection, owner)
            moved += 1
    if rows:
        upstream.put_note(connection, _SETTLED, str(rows[-1][0]).encode())
    return moved


def _key(vault: Vault, sealed: bytes, entry_id: bytes) -> str:
    try:
        return vault.open(sealed, entry_id).decode()
    except VaultError:
        if vault.locked:
            raise
        return ""  # damaged: the journal's check says so


def _noted(connection: sqlite3.Connection, vault: Vault) -> Mapping[str, list[bytes]]:
    """By the name that it would have had, in the order of the runs (`Vault.begin_run`)."""
    found: dict[str, list[bytes]] = {}
    for stored, sealed in connection.execute(_NOTES, (f"{LOCKED}*",)).fetchall():
        name = stored.removeprefix(LOCKED).partition("/")[2]
        found.setdefault(name, []).append(vault.open(sealed, context(stored)))
    return found


def _join(
    connection: sqlite3.Connection, vault: Vault, name: str, noted: Sequence[bytes], merge: Merge
) -> None:
    row = connection.execute("SELECT sealed FROM lane_memory WHERE name = ?", (name,)).fetchone()
    before = vault.open(row[0], context(name)) if row else None
    joined = merge(name, before, noted)
    if joined is not None and joined != before:
        put(connection, vault, name, joined)


_BOXED = """
SELECT movement.position, entry.id, sealed, subject
FROM personal JOIN entry USING (position) JOIN movement USING (position)
WHERE personal.position > ? AND substr(sealed, 1, 3) = ? ORDER BY personal.position
"""
_OWNER = "SELECT person.id, house FROM code JOIN person ON person.id = person_id WHERE key = ?"
_MOVE = "UPDATE movement SET subject = ?, household = ? WHERE position = ?"
_NOTES = "SELECT name, sealed FROM lane_memory WHERE name GLOB ? ORDER BY name"
