"""Gate passes (出入证): the keys they are signed with, which were issued, which were taken back.

What a pass says and its code text lie sealed, as does the private key, which is made on first use. Signing
is for `codes.issue`. Writing goes through the journal's own connection; reading needs no lock, so that passes
can be listed, printed and verified while the gate is at work.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)

from station.core.audit import Audited, Event
from station.core.entry import from_ms, to_ms
from station.core.passes import GatePass, Holder, TakenBackError
from station.journal.audit import write
from station.journal.connection import open_reader, transaction
from station.journal.entries import Journal
from station.journal.errors import KeyProblem, VaultError, storage_errors
from station.journal.held_passes import take_back
from station.journal.migrations import version
from station.journal.person import COLUMNS, open_person
from station.journal.vault import Vault, open_vault
from station.roster.house import house_name

_SINCE_SCHEMA = 2

SigningKey = ec.EllipticCurvePrivateKey  # ES256


@dataclass(frozen=True, slots=True)
class SignedPass:
    """A pass with the text of its code."""

    gate_pass: GatePass
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class IssuedPass(SignedPass):
    """A pass as it lies here. `revoked_at` is UTC; None while it was not taken back."""

    revoked_at: datetime | None = None

    def is_current(self, now: datetime) -> bool:
        """Neither taken back nor expired."""
        return self.revoked_at is None and now <= self.gate_pass.valid_until


@dataclass(frozen=True, slots=True)
class IssuerKey:
    """A public key (PEM) and the name under which passes are issued with it."""

    name: str
    pem: str


@dataclass(frozen=True, slots=True)
class PassTrust:
    """What it takes to verify this station's passes: nothing secret, nothing personal."""

    keys: tuple[IssuerKey, ...] = ()
    revoked: frozenset[bytes] = frozenset()
    station: str = ""  # the station's id, in hexadecimal digits


class Passes:
    """Writes passes through a journal. All methods raise JournalError; the sealed ones VaultError."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._connection = journal.connection
        self._vault = journal.vault

    def signing_key(self, issuer: str, *, now: datetime) -> SigningKey:
        """The key of this issuer, made and stored on first use."""
        with storage_errors(), transaction(self._connection):
            row = self._connection.execute(
                "SELECT private_key FROM pass_issuer WHERE name = ?", (issuer,)
            ).fetchone()
            return self._opened(row[0], issuer) if row else self._new_key(issuer, now)

    def all(self) -> list[IssuedPass]:
        """Every pass, in the order of issue."""
        with storage_errors():
            return _all(self._connection, self._vault)

    def add(self, passes: Iterable[SignedPass], *, now: datetime) -> None:
        """Store passes, all or none; their issuer's key is here already.

        A holder whom the roster knows by name and dwelling is from now on known by the code as well: whoever
        lives there now, not a namesake who moved away.
        """
        new = list(passes)
        with storage_errors(), transaction(self._connection):
            for signed in new:
                self._insert(signed)
            if new:
                write(self._journal, issued(new), now)

    def revoke(self, ids: Iterable[bytes], *, now: datetime) -> None:
        """Take passes back, all or none; a pass that was taken back before keeps its date."""
        with storage_errors(), transaction(self._connection):
            for pass_id in ids:
                take_back(self._journal, pass_id, now)

    def replace(self, old: bytes, new: SignedPass, *, now: datetime) -> None:
        """A new pass for a lost one, which is taken back in the same commit. Raises TakenBackError."""
        with storage_errors(), transaction(self._connection):
            if not take_back(self._journal, old, now):
                raise TakenBackError("taken back already")
            self._insert(new)
            write(self._journal, issued([new]), now)

    def _opened(self, sealed: bytes, issuer: str) -> SigningKey:
        key = load_der_private_key(self._vault.open(sealed, _issuer_context(issuer)), password=None)
        if not isinstance(key, SigningKey):
            raise VaultError(KeyProblem.DAMAGED, "the key that signs passes is of another kind")
        return key

    def _new_key(self, issuer: str, now: datetime) -> SigningKey:
        key = ec.generate_private_key(ec.SECP256R1())
        private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        self._connection.execute(
            "INSERT INTO pass_issuer (name, public_key, private_key, made_at_ms) VALUES (?, ?, ?, ?)",
            (issuer, public.decode(), self._vault.seal(private, _issuer_context(issuer)), to_ms(now)),
        )
        return key

    def _insert(self, signed: SignedPass) -> None:
        gate_pass, holder = signed.gate_pass, signed.gate_pass.holder
        content = self._vault.seal(_encoder.encode(signed), _pass_context(gate_pass.id))
        self._connection.execute(
            "INSERT INTO gate_pass (id, issuer, valid_until_ms, content)"
            " VALUES (?, (SELECT id FROM pass_issuer WHERE name = ?), ?, ?)",
            (gate_pass.id, gate_pass.issuer, to_ms(gate_pass.valid_until), content),
        )
        if owner := self._owner(holder):
            self._connection.execute(
                "INSERT INTO code (key, person_id) VALUES (?, ?)",
                (self._vault.code_key(signed.text), owner),
            )

    def _owner(self, holder: Holder) -> str | None:
        """An id is made of where somebody lived when they came; it stays theirs when they move."""
        written = holder.dwelling
        while row := self._connection.execute(
            f"SELECT {COLUMNS} FROM person WHERE id = ?", (self._vault.person_key(holder.name, written),)
        ).fetchone():
            person = open_person(self._vault, row)
            if (person.name, person.dwelling) == (holder.name, house_name(holder.dwelling)):
                return person.id
            written += "\0"
        return None


def issued(passes: Sequence[SignedPass]) -> Event:
    """What goes on record of new passes: how many, and of one its number."""
    number = passes[0].gate_pass.id.hex() if len(passes) == 1 else ""
    return Event(Audited.PASSES_ISSUED, subject=number, facts=(("passes", str(len(passes))),))


def read_passes(folder: Path) -> list[IssuedPass]:
    """Every pass of a folder, in the order of issue. Raises NoJournalError, JournalError, VaultError."""
    with storage_errors(), closing(open_reader(folder)) as connection:
        if version(connection) < _SINCE_SCHEMA:
            return []
        return _all(connection, open_vault(folder, create=False))


def read_pass_trust(folder: Path) -> PassTrust:
    """The keys and revocations of a folder. Raises NoJournalError, JournalError."""
    with storage_errors(), closing(open_reader(folder)) as connection:
        if version(connection) < _SINCE_SCHEMA:
            return PassTrust()
        keys = connection.execute("SELECT name, public_key FROM pass_issuer ORDER BY id").fetchall()
        revoked = connection.execute("SELECT pass_id FROM pass_revocation").fetchall()
        (station,) = connection.execute("SELECT lower(hex(station)) FROM incarnation LIMIT 1").fetchone()
    return PassTrust(tuple(IssuerKey(*row) for row in keys), frozenset(row[0] for row in revoked), station)


def _all(connection: sqlite3.Connection, vault: Vault) -> list[IssuedPass]:
    rows = connection.execute(
        "SELECT id, content, at_ms FROM gate_pass LEFT JOIN pass_revocation ON pass_id = id ORDER BY position"
    ).fetchall()
    return [_issued(vault.open(content, _pass_context(id)), revoked_ms) for id, content, revoked_ms in rows]


def _issued(content: bytes, revoked_ms: int | None) -> IssuedPass:
    signed = _decoder.decode(content)
    return IssuedPass(signed.gate_pass, signed.text, None if revoked_ms is None else from_ms(revoked_ms))


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(SignedPass)


def _pass_context(pass_id: bytes) -> bytes:
    """What a sealed pass is bound to, so that it cannot be moved to another number."""
    return b"pass/" + pass_id


def _issuer_context(name: str) -> bytes:
    return f"pass issuer/{name}".encode()
