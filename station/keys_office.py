"""What an admin does with the data keys: locks them into PINs, takes them out, makes a new one, looks."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from station.core.audit import Audited, Event
from station.core.operators import Operator
from station.journal.audit import put_on_record
from station.journal.connection import folder_of
from station.journal.entries import Journal
from station.journal.errors import storage_errors
from station.journal.operator_rows import newest_rows
from station.journal.operators import Operators, SignIn
from station.journal.recovery import new_key, pair_of
from station.journal.rotating import is_done
from station.journal.vault import Vault
from station.journal.wrapped_file import RECOVERY
from station.journal.wrapping import Wrapping


@dataclass(frozen=True, slots=True)
class KeyStatus:
    """How the data keys lie there."""

    wrapped: bool  # False: the folder alone opens everything
    locked: bool
    generation: int  # of the newest data key
    everything_newest: bool | None  # all that can be is sealed with it; None: nobody can tell while locked
    holders: tuple[str, ...]  # operators who can open them
    waiting: tuple[
        str, ...
    ]  # operators who cannot yet: they sign in once while somebody else has opened them
    recovery: bool  # the paper opens them


def status(connection: sqlite3.Connection, vault: Vault) -> KeyStatus:
    """With any connection. Raises JournalError, VaultError."""
    wrapped = vault.wrapped
    with storage_errors():
        numbers = [row.number for row in newest_rows(connection) if row.active]
    holders = wrapped.holders if wrapped else frozenset(numbers)
    newest = wrapped.generation if wrapped else vault.ring.generation
    return KeyStatus(
        wrapped=wrapped is not None,
        locked=vault.locked,
        generation=newest,
        everything_newest=None if vault.locked else is_done(connection, vault),
        holders=tuple(one for one in numbers if one in holders),
        waiting=tuple(one for one in numbers if one not in holders),
        recovery=wrapped is not None and RECOVERY in wrapped.holders,
    )


def wrap(journal: Journal, admin: SignIn, now: datetime) -> str:
    """From now on the folder alone opens nothing; the new recovery key, to be printed.

    `admin` has just signed in. All others get in when they sign in while somebody has the keys open.
    Raises JournalError, VaultError.
    """
    operator = _operator(admin)
    paper = new_key(journal, by=operator.who, now=now)
    pairs = {operator.number: admin.key, RECOVERY: pair_of(paper)}
    Wrapping(folder_of(journal.connection), journal.vault).turn_on(pairs)
    put_on_record(journal, Event(Audited.KEYS_WRAPPED, operator.who), now)
    return paper


def unwrap(journal: Journal, admin: SignIn, now: datetime) -> None:
    """The keys lie in a file again. Raises JournalError, VaultError."""
    put_on_record(journal, Event(Audited.KEYS_UNWRAPPED, _operator(admin).who), now)
    Wrapping(folder_of(journal.connection), journal.vault).turn_off()


def change(journal: Journal, admin: SignIn, now: datetime) -> int:
    """A new data key; `rotating` seals anew what the former ones sealed. Raises JournalError, VaultError."""
    wrapping = Wrapping(folder_of(journal.connection), journal.vault)
    wrapping.only(one.number for one in Operators(journal).all())
    generation = wrapping.new_key()
    facts = (("generation", str(generation)),)
    put_on_record(journal, Event(Audited.KEY_CHANGED, _operator(admin).who, facts=facts), now)
    return generation


def _operator(signed: SignIn) -> Operator:
    if signed.operator is None or not signed.key:
        raise ValueError("nobody signed for it")
    return signed.operator
