"""Policies of this station: their exact texts, and the history of who brought which into force, and why.

Every event is signed with the station's key over its number, its kind, its time, the whole text and what was
said. A text that was changed in the file fails its signature: it is listed, and never used. Who and why lie
sealed.
Writing goes through the journal's own connection; reading needs no lock.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from station.core.audit import Audited, Event
from station.core.moments import from_ms, to_ms
from station.core.policy import digest
from station.journal.audit import signed_by, write
from station.journal.connection import open_reader, transaction
from station.journal.entries import Journal
from station.journal.errors import storage_errors
from station.journal.migrations import version
from station.journal.vault import Vault, open_vault

_SINCE_SCHEMA = 7
_PURPOSE = b"kakou policy event 1\0"  # so that no other signature of the station can stand for this one
_SAID = b"policy event"  # the context in which who and why are sealed


class PolicyEventKind(StrEnum):
    DRAFT = "draft"  # kept, not in force
    USED = "used"  # the settings named it, and somebody may be judged by it
    ACTIVATED = "activated"
    CODES_DOWN = "codes_down"  # the code system is down: from now on without codes
    CODES_BACK = "codes_back"


@dataclass(frozen=True, slots=True)
class PolicyEvent:
    """One line of the history. If it is not `genuine` nobody here signed it, and who did it is unknown."""

    number: int
    kind: PolicyEventKind
    at: datetime  # UTC
    digest: str
    text: str
    genuine: bool
    by: str = ""  # the operator's number
    reason: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a history comes to."""

    activated: PolicyEvent | None  # the policy in force; None: the settings name it
    codes_down: PolicyEvent | None  # since when and by whom; None: codes are checked
    refused: tuple[PolicyEvent, ...]  # newer than what stands, and not signed here


class _Said(msgspec.Struct, frozen=True, array_like=True):
    by: str
    reason: str


class Policies:
    """The history of a journal that is open for writing. All methods raise JournalError and VaultError."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._connection, self._vault = journal.connection, journal.vault

    def record(
        self, kind: PolicyEventKind, text: str, *, now: datetime, by: str = "", reason: str = ""
    ) -> None:
        """Write a line. Raises ValueError if nobody answers for it, unless the settings name the policy."""
        if not by.strip() and kind is not PolicyEventKind.USED:
            raise ValueError("somebody must answer for a policy")
        said = self._vault.seal(msgspec.msgpack.encode(_Said(by.strip(), reason.strip())), _SAID)
        with storage_errors(), transaction(self._connection):
            (number,) = self._connection.execute(
                "SELECT coalesce(max(position), 0) + 1 FROM policy_event"
            ).fetchone()
            signature = self._vault.sign(_signed(number, kind, to_ms(now), text, said))
            self._connection.execute(
                "INSERT INTO policy_text (digest, text) VALUES (?, ?) ON CONFLICT DO NOTHING",
                (digest(text), text),
            )
            self._connection.execute(
                "INSERT INTO policy_event (position, kind, digest, at_ms, said, signature)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (number, kind.value, digest(text), to_ms(now), said, signature),
            )
            if kind is not PolicyEventKind.USED:
                who, note = signed_by(by, reason)
                event = Event(Audited.POLICY, who, digest(text), (("kind", kind.value),), note)
                write(self._journal, event, now)

    def remember(self, text: str, *, now: datetime) -> None:
        """Keep the text that the settings name, so that entries which were judged by it stay explainable."""
        if self.text_of(digest(text)) is None:
            self.record(PolicyEventKind.USED, text, now=now)

    def history(self) -> list[PolicyEvent]:
        """Every line, oldest first."""
        with storage_errors():
            return history(self._connection, self._vault)

    def text_of(self, digest: str) -> str | None:
        """The policy that an entry names by its digest."""
        with storage_errors():
            row = self._connection.execute(
                "SELECT text FROM policy_text WHERE digest = ?", (digest,)
            ).fetchone()
        return row[0] if row else None


def read_policy_history(folder: Path) -> list[PolicyEvent]:
    """Every line, oldest first, also while the gate is at work.

    Raises NoJournalError, JournalError, VaultError.
    """
    with storage_errors(), closing(open_reader(folder)) as connection:
        if version(connection) < _SINCE_SCHEMA:
            return []
        return history(connection, open_vault(folder, create=False))


def standing(history: Sequence[PolicyEvent]) -> Standing:
    """What is in force after all this. Only genuine lines count."""
    activated = codes_down = None
    refused: list[PolicyEvent] = []
    for event in history:
        if not event.genuine:
            refused.append(event)
        elif event.kind is PolicyEventKind.ACTIVATED:
            activated, refused = event, []
        elif event.kind is PolicyEventKind.CODES_DOWN:
            codes_down = codes_down or event
        elif event.kind is PolicyEventKind.CODES_BACK:
            codes_down = None
    return Standing(activated, codes_down, tuple(refused))


def went_by(history: Iterable[PolicyEvent], text: str) -> bool:
    """Whether this gate has decided by exactly this text, so that it may go on."""
    kinds = {PolicyEventKind.ACTIVATED, PolicyEventKind.USED}
    return any(event.genuine and event.kind in kinds and event.text == text for event in history)


def history(connection: sqlite3.Connection, vault: Vault) -> list[PolicyEvent]:
    """Every line of the history, oldest first. Raises sqlite3.Error, VaultError."""
    key = Ed25519PublicKey.from_public_bytes(vault.public_key)
    rows = connection.execute(
        "SELECT position, kind, digest, at_ms, said, signature, text"
        " FROM policy_event JOIN policy_text USING (digest) ORDER BY position"
    ).fetchall()
    return [_event(vault, key, *row) for row in rows]


def _event(
    vault: Vault,
    key: Ed25519PublicKey,
    number: int,
    kind: str,
    named: str,
    at_ms: int,
    said: bytes,
    signature: bytes,
    text: str,
) -> PolicyEvent:
    what, at = PolicyEventKind(kind), from_ms(at_ms)
    try:
        key.verify(signature, _signed(number, what, at_ms, text, said))
    except InvalidSignature:
        return PolicyEvent(number, what, at, named, text, genuine=False)
    who = _Said("", "") if vault.locked else msgspec.msgpack.decode(vault.open(said, _SAID), type=_Said)
    return PolicyEvent(number, what, at, named, text, True, who.by, who.reason)


def _signed(number: int, kind: PolicyEventKind, at_ms: int, text: str, said: bytes) -> bytes:
    """With its number: no line can be copied to the end of the history."""
    return _PURPOSE + msgspec.msgpack.encode((number, kind.value, at_ms, text, said))
