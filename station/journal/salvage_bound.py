"""Of a damaged journal: hand-over sheets with their signatures, and receipts of what was erased on request.

A signature on a sheet is bound to a record of the audit, and the audit is lost. The sheet still fits its
commitment and opens with our keys, and so does the name under it: a new record says that it was saved.
A receipt is signed by itself; which entries lost their part by it goes by the entries that were saved.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from station.core.audit import Audited, Event
from station.core.handover import decode
from station.core.operators import NOBODY, Who
from station.journal import audit, chain, receipts
from station.journal.connection import transaction
from station.journal.errors import VaultError
from station.journal.vault import Vault

Row = dict[str, object]
Rows = Callable[[sqlite3.Connection, str, str], Iterator[Row]]  # of a query, in an order, as far as it goes


@dataclass(frozen=True, slots=True)
class NewJournal:
    """As far as the audit needs one."""

    connection: sqlite3.Connection
    vault: Vault
    on_duty: Callable[[], Who] = lambda: NOBODY


def copy_bound(damaged: sqlite3.Connection, to: NewJournal, rows: Rows, now: datetime) -> dict[str, int]:
    """How many rows of which table. Raises sqlite3.Error if the new journal cannot be written."""
    with transaction(to.connection):
        bound = dict(_sheets(damaged, to, rows))
        signed = sum(_signed(to, row, bound, now) for row in rows(damaged, _SIGNED, "handover, party"))
        receipts_saved = sum(_receipt(to, row) for row in rows(damaged, _RECEIPTS, "number"))
        erased = _erased(damaged, to, rows)
    return {
        "handover": len(bound), "handover_sign": signed, "erasure": receipts_saved, "erased_entry": erased,
    }  # fmt: skip


_SHEETS = "SELECT position, id, at_ms, sealed, salt, commitment FROM handover"
_SIGNED = "SELECT handover, party, at_ms, operator, sealed FROM handover_sign"
_RECEIPTS = "SELECT number, at_ms, record, signature FROM erasure"
_ERASED = "SELECT id, erasure FROM erased_entry JOIN entry USING (position)"


def _sheets(damaged: sqlite3.Connection, to: NewJournal, rows: Rows) -> Iterator[tuple[str, bytes]]:
    """The ids of those that were saved, with what binds each to its signatures."""
    for row in rows(damaged, _SHEETS, "position"):
        one, sealed, salt, commitment = row["id"], row["sealed"], row["salt"], row["commitment"]
        if not (isinstance(sealed, bytes) and isinstance(salt, bytes) and isinstance(commitment, bytes)):
            continue
        fits = chain.commitment(salt, sealed) == commitment and _opens(to.vault, sealed, f"handover/{one}")
        if fits and _put(to.connection, "handover", row):
            yield str(one), commitment


def _opens(vault: Vault, sealed: bytes, context: str) -> bool:
    try:
        plain = vault.open(sealed, context.encode())
        return context.count("/") > 1 or decode(plain) is not None
    except (VaultError, ValueError):
        return False


def _signed(to: NewJournal, row: Row, bound: dict[str, bytes], now: datetime) -> bool:
    handover, party, sealed = str(row["handover"]), str(row["party"]), row["sealed"]
    commitment = bound.get(handover)
    if commitment is None or not isinstance(sealed, bytes):
        return False
    if not _opens(to.vault, sealed, f"handover/{handover}/{party}"):
        return False
    facts = (("sheet", commitment.hex()), ("party", party))
    written = audit.write(to, Event(Audited.SALVAGED, Who(), handover, facts), now)
    return _put(to.connection, "handover_sign", row | {"audit": written.number})


def _receipt(to: NewJournal, row: Row) -> bool:
    record, signature = row["record"], row["signature"]
    if not (isinstance(record, bytes) and isinstance(signature, bytes)):
        return False
    genuine = receipts.is_signed(record, signature, [to.vault.public_key])
    return genuine and _put(to.connection, "erasure", row)


def _erased(damaged: sqlite3.Connection, to: NewJournal, rows: Rows) -> int:
    """By the ids of entries: their places are others now."""
    places = dict(to.connection.execute("SELECT id, position FROM entry").fetchall())
    found = 0
    for row in rows(damaged, _ERASED, "position"):
        place = places.get(row["id"])
        if place is not None:
            found += _put(to.connection, "erased_entry", {"position": place, "erasure": row["erasure"]})
    return found


def _put(connection: sqlite3.Connection, table: str, row: Row) -> bool:
    marks = ", ".join("?" * len(row))
    try:
        put = connection.execute(
            f"INSERT OR IGNORE INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values())
        )
    except sqlite3.Error:  # a flipped bit made it something that this table does not take
        return False
    return put.rowcount > 0
