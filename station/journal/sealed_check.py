"""Does everything that is sealed or signed in the lists still hold where it lies? What was changed does not.

What stands in clear beside it, and whole rows that were taken away, are for list_check.py.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from station.journal import incarnation, policies, receipts
from station.journal.errors import VaultError
from station.journal.sealed_columns import NEVER_CHANGED, SEALED_ANEW, SealedColumn
from station.journal.vault import Vault

_AT_ONCE = 1000  # rows held in memory


def damages(connection: sqlite3.Connection, vault: Vault) -> Iterator[str]:
    """Every value that does not. Raises sqlite3.Error; VaultError if the vault is locked."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    for one in (*SEALED_ANEW, *NEVER_CHANGED):
        if one.table in tables:
            yield from _of(connection, vault, one)
    if "policy_event" in tables:
        yield from _policies(connection, vault)
    if "erasure" in tables:
        yield from _receipts(connection)


def _policies(connection: sqlite3.Connection, vault: Vault) -> Iterator[str]:
    """Lines of the history: their numbers are signed too, so that none is missing in between."""
    lines = policies.history(connection, vault)
    for place, line in enumerate(lines, start=1):
        if not line.genuine:
            yield f"line {line.number} of the policies was not signed by this station"
        elif line.number != place:
            yield f"line {place} of the policies is missing"
            return


def _receipts(connection: sqlite3.Connection) -> Iterator[str]:
    keys = {one.public_key for one in incarnation.every(connection).values()}
    for number, record, signature in connection.execute("SELECT number, record, signature FROM erasure"):
        if not receipts.is_signed(record, signature, keys):
            yield f"receipt {number} of an erasure was not signed by this station"


def _of(connection: sqlite3.Connection, vault: Vault, one: SealedColumn) -> Iterator[str]:
    keys = len(one.key)
    rows = connection.execute(
        f"SELECT {', '.join((*one.key, *one.known, one.column))} FROM {one.table}"
        f" WHERE length({one.column}) > 0 ORDER BY {', '.join(one.key)}"
    )
    while page := rows.fetchmany(_AT_ONCE):
        for *known, sealed in page:
            try:
                vault.open(sealed, one.context(*known))
            except VaultError:
                if vault.locked:
                    raise
                named = "/".join(str(value) for value in known[:keys])
                yield f"row {named} of {one.table}: its {one.column} was changed, or is another row's"
