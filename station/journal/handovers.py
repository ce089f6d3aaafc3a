"""Hand-over sheets in a journal: sealed, signed by both parties, each signature bound to the audit.

The outgoing one signs what stands on the sheet; from then on it waits for the incoming one. A newer sheet
takes the place of one that nobody took over. Methods raise JournalError, VaultError.
"""

from __future__ import annotations

import secrets
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import msgspec

from station.core.audit import Audited, Event
from station.core.handover import Party, Sheet, Signature, decode, encode
from station.core.moments import from_ms, to_ms
from station.core.operators import Who
from station.journal import audit, chain
from station.journal.connection import open_reader, transaction
from station.journal.duties import Comer, Duties
from station.journal.entries import Journal
from station.journal.errors import storage_errors
from station.journal.migrations import version
from station.journal.shifts import SINCE_SCHEMA
from station.journal.vault import Vault, open_vault

_SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Kept:
    """A sheet as it lies there. `genuine`: it is what was signed, word for word."""

    id: str
    at: datetime
    sheet: Sheet = field(repr=False)
    signatures: tuple[Signature, ...] = field(repr=False)
    genuine: bool = True

    def signed(self, party: Party) -> Signature | None:
        return next((one for one in self.signatures if one.party is party), None)

    @property
    def waits(self) -> bool:
        """Nobody has taken over on it."""
        return self.signed(Party.IN) is None


class Handovers:
    """Of the journal's thread, as the journal itself."""

    def __init__(self, journal: Journal) -> None:
        self._journal, self._connection, self._vault = journal, journal.connection, journal.vault

    def hand_over(self, sheet: Sheet, who: Who, name: str, now: datetime) -> str:
        """The outgoing one signs; without number and name nobody was there. Returns the sheet's id."""
        handover_id, salt = secrets.token_hex(8), secrets.token_bytes(_SALT_BYTES)
        sealed = self._vault.seal(encode(sheet), _context(handover_id))
        bound = chain.commitment(salt, sealed)
        with storage_errors(), transaction(self._connection):
            self._connection.execute(
                "INSERT INTO handover (id, at_ms, sealed, salt, commitment) VALUES (?, ?, ?, ?, ?)",
                (handover_id, to_ms(now), sealed, salt, bound),
            )
            self._sign(handover_id, Party.OUT, who, name, bound, now)
        return handover_id

    def take_over(self, kept: Kept, comer: Comer, now: datetime) -> None:
        """The incoming one signs, and is on duty from now on."""
        with storage_errors(), transaction(self._connection):
            (bound,) = self._connection.execute(
                "SELECT commitment FROM handover WHERE id = ?", (kept.id,)
            ).fetchone()
            self._sign(kept.id, Party.IN, comer.who, comer.name, bound, now)
            Duties(self._journal).write_begin(comer, now)

    def _sign(self, handover_id: str, party: Party, who: Who, name: str, bound: bytes, now: datetime) -> None:
        what = Audited.HANDED_OVER if party is Party.OUT else Audited.TOOK_OVER
        facts = (("sheet", bound.hex()),) + (() if who or name else (("why", "absent"),))
        note = "" if who else name.strip()  # a name that was typed is sealed
        written = audit.write(self._journal, Event(what, who, handover_id, facts, note), now)
        sealed = self._vault.seal(name.strip().encode(), _sign_context(handover_id, party))
        self._connection.execute(
            "INSERT INTO handover_sign (handover, party, at_ms, operator, sealed, audit)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (handover_id, party.value, to_ms(now), who.number, sealed, written.number),
        )

    def newest(self) -> Kept | None:
        return next(iter(self._read(f"{_SELECT} ORDER BY position DESC LIMIT 1")), None)

    def waiting(self) -> Kept | None:
        """The newest sheet, if nobody has taken over on it."""
        newest = self.newest()
        return newest if newest and newest.waits else None

    def last_taken(self) -> Kept | None:
        """The newest sheet on which somebody took over: up to there all is told."""
        return next(iter(self._read(_TAKEN)), None)

    def between(self, begin: datetime, end: datetime) -> list[Kept]:
        """Newest first."""
        return self._read(_BETWEEN, to_ms(begin), to_ms(end))

    def find(self, handover_id: str) -> Kept | None:
        return next(iter(self._read(f"{_SELECT} WHERE id = ?", handover_id)), None)

    def _read(self, query: str, *values: object) -> list[Kept]:
        return read_sheets(self._connection, self._vault, query, *values)


def read_between(folder: Path, begin: datetime, end: datetime) -> list[Kept]:
    """Beside the gate that is at work, newest first. Raises NoJournalError too."""
    with storage_errors(), closing(open_reader(folder)) as connection:
        if version(connection) < SINCE_SCHEMA:
            return []
        vault = open_vault(folder, create=False)
        return read_sheets(connection, vault, _BETWEEN, to_ms(begin), to_ms(end))


def read_sheets(connection: sqlite3.Connection, vault: Vault, query: str, *values: object) -> list[Kept]:
    with storage_errors():
        rows = connection.execute(query, values).fetchall()
        return [_kept(connection, vault, *row) for row in rows]


def _kept(
    connection: sqlite3.Connection,
    vault: Vault,
    handover_id: str,
    at_ms: int,
    sealed: bytes,
    salt: bytes,
    bound: bytes,
) -> Kept:
    sheet = decode(vault.open(sealed, _context(handover_id)))
    rows = connection.execute(_SIGNED, (handover_id,)).fetchall()
    signatures = tuple(
        Signature(
            Party(party),
            from_ms(signed_ms),
            number,
            vault.open(name, _sign_context(handover_id, party)).decode(),
        )
        for party, signed_ms, number, name, _ in rows
    )
    told = [_told(record) for *_, record in rows]
    genuine = chain.commitment(salt, sealed) == bound and told == [bound.hex()] * len(rows)
    return Kept(handover_id, from_ms(at_ms), sheet, signatures, genuine)


def _told(record: bytes) -> str:
    """Which sheet the audit says was signed."""
    try:
        return dict(msgspec.msgpack.decode(record, type=audit.Record).facts).get("sheet", "")
    except msgspec.DecodeError:
        return ""


def _context(handover_id: str) -> bytes:
    return f"handover/{handover_id}".encode()


def _sign_context(handover_id: str, party: str) -> bytes:
    return f"handover/{handover_id}/{party}".encode()


_SELECT = "SELECT id, at_ms, sealed, salt, commitment FROM handover"
_TAKEN = f"""{_SELECT}
WHERE EXISTS (SELECT 1 FROM handover_sign WHERE handover = handover.id AND party = 'in')
ORDER BY position DESC LIMIT 1"""
_BETWEEN = f"{_SELECT} WHERE at_ms >= ? AND at_ms < ? ORDER BY position DESC"
_SIGNED = """
SELECT party, handover_sign.at_ms, handover_sign.operator, sealed, record
FROM handover_sign JOIN audit ON audit.number = handover_sign.audit
WHERE handover = ? ORDER BY party DESC
"""
