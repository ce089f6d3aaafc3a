"""The audit: who did what with the data, append-only, in a hash chain of its own.

hash_0 = SHA-256("kakou audit 1" ‖ station), hash_n = SHA-256(hash_{n-1} ‖ record_n); each hash is signed.
A record also holds the number and the hash of the newest entry, and the next entry those of the newest
record, so that neither can be cut off behind the other unseen. What was typed as a reason lies sealed beside
the record, like the personal part of an entry.
Verifying is audit_check.py.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Protocol

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from station.core.audit import Event, Line
from station.core.entry import AuditPart, from_ms, to_ms
from station.core.operators import NOBODY, Who, is_number
from station.journal import chain, incarnation
from station.journal.connection import open_reader, transaction
from station.journal.errors import VaultError, storage_errors
from station.journal.migrations import version
from station.journal.sealing import SEALING_AUDIT
from station.journal.vault import Vault, open_vault

SINCE_SCHEMA = 9
_FIRST = b"kakou audit 1\0"
_SIGNING = b"kakou audit head 1\0"  # a signature made here means nothing anywhere else
_SALT_BYTES = 16
_NAMED = 16  # bytes of a hash that an entry names


class Record(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """One record as it is hashed. Fields only ever append."""

    schema: int = SEALING_AUDIT
    at_ms: int
    kind: str
    operator: str
    role: str
    subject: str
    facts: tuple[tuple[str, str], ...]
    incarnation: int  # of the newest entry then, with its number and hash; 0 and the first hash: none yet
    entry: int
    entry_hash: bytes
    commitment: bytes = b""  # to the sealed note


class Auditing(Protocol):
    """An open journal, as far as the audit needs it. `on_duty` says who answers if nobody is named."""

    @property
    def connection(self) -> sqlite3.Connection: ...
    @property
    def vault(self) -> Vault: ...
    @property
    def on_duty(self) -> Callable[[], Who]: ...


@dataclass(frozen=True, slots=True)
class Unattended:
    """A journal where nobody is on duty: while it is opened, or unpacked."""

    connection: sqlite3.Connection
    vault: Vault
    on_duty: Callable[[], Who] = lambda: NOBODY


@dataclass(frozen=True, slots=True)
class Written:
    """A record at its place."""

    number: int
    hash: bytes


def write(journal: Auditing, event: Event, now: datetime) -> Written:
    """Put an event on record. Only within a transaction: it is on disk with what it is about, or not."""
    connection, vault = journal.connection, journal.vault
    running = incarnation.current(connection)
    assert running is not None  # whoever opened the journal saw to it
    number, previous = _head(connection, running.station)
    sealed = vault.seal(event.note.encode(), note_context(number + 1)) if event.note else b""
    salt = secrets.token_bytes(_SALT_BYTES)
    entry, entry_hash = incarnation.head(connection, running)
    who = event.who or (journal.on_duty() if event.by_duty else NOBODY)
    record = Record(
        at_ms=to_ms(now),
        kind=event.what.value,
        operator=who.number,
        role=who.role.value if who.role else "",
        subject=event.subject,
        facts=event.facts,
        incarnation=running.id,
        entry=entry,
        entry_hash=entry_hash,
        commitment=chain.commitment(salt, sealed) if sealed else b"",
    )
    written = _insert(connection, vault, record, number + 1, previous)
    if sealed:
        connection.execute("INSERT INTO audit_note VALUES (?, ?, ?)", (written.number, salt, sealed))
    return written


def put_on_record(journal: Auditing, event: Event, now: datetime) -> None:
    """Something that changes nothing else in the journal: looking, exporting. Raises JournalError."""
    with storage_errors(), transaction(journal.connection):
        write(journal, event, now)


def signed_by(by: str, note: str = "") -> tuple[Who, str]:
    """Who answers, of what was typed as "by": a number is one; anything else may be a name, and is sealed."""
    by = by.strip()
    if is_number(by):
        return Who(by), note.strip()
    return Who(), "\n".join(part for part in (by, note.strip()) if part)


def _insert(
    connection: sqlite3.Connection, vault: Vault, record: Record, number: int, previous: bytes
) -> Written:
    content = msgspec.msgpack.encode(record)
    head = chain.link(previous, content)
    connection.execute(
        "INSERT INTO audit (number, at_ms, kind, operator, subject, record, hash, signature)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (number, *copies_of(record), content, head, vault.sign(_SIGNING + head)),
    )
    return Written(number, head)


def _head(connection: sqlite3.Connection, station: bytes) -> tuple[int, bytes]:
    """The last number and hash, always read from the file."""
    row = connection.execute("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1").fetchone()
    return row or (0, genesis(station))


def newest(connection: sqlite3.Connection) -> AuditPart | None:
    """What an entry says of the audit; None: there is no record yet."""
    row = connection.execute("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1").fetchone()
    return AuditPart(row[0], row[1][:_NAMED]) if row else None


def is_there(connection: sqlite3.Connection, named: AuditPart) -> bool:
    """Whether the record that an entry names is here, as it was."""
    row = connection.execute("SELECT hash FROM audit WHERE number = ?", (named.number,)).fetchone()
    return row is not None and row[0][:_NAMED] == named.hash


def genesis(station: bytes) -> bytes:
    return sha256(_FIRST + station).digest()


def copies_of(record: Record) -> tuple[int, str, str, str]:
    """What the table repeats of a record, to search by."""
    return (record.at_ms, record.kind, record.operator, record.subject)


def note_context(number: int) -> bytes:
    return f"audit note/{number}".encode()


# --- reading ----------------------------------------------------------------------------------

ROWS = """
SELECT number, record, hash, signature, salt, sealed, at_ms, kind, operator, subject
FROM audit LEFT JOIN audit_note USING (number)
"""


def read(
    connection: sqlite3.Connection,
    vault: Vault,
    begin: datetime,
    end: datetime,
    kinds: Sequence[str] = (),
    told: Callable[[int, int], None] = lambda done, most: None,
) -> list[Line]:
    """The records of a stretch of wall time, oldest first; of some kinds, where a stretch of months is asked
    about: each record costs the check of its signature. `told` may raise to stop. Raises JournalError."""
    of_kinds = f" AND kind IN ({', '.join('?' * len(kinds))})" if kinds else ""
    with storage_errors():
        rows = connection.execute(
            f"{ROWS} WHERE at_ms >= ? AND at_ms < ?{of_kinds} ORDER BY number",
            (to_ms(begin), to_ms(end), *kinds),
        ).fetchall()
        lines = list[Line]()
        for row in rows:
            told(len(lines), len(rows))
            lines.append(_line(connection, vault, row))
        return lines


def read_audit(folder: Path, begin: datetime, end: datetime) -> list[Line]:
    """The same, beside the gate that is at work. Raises NoJournalError, JournalError, VaultError."""
    with storage_errors(), closing(open_reader(folder)) as connection:
        if version(connection) < SINCE_SCHEMA:
            return []
        return read(connection, open_vault(folder, create=False), begin, end)


def _line(connection: sqlite3.Connection, vault: Vault, row: tuple[object, ...]) -> Line:
    number, content, head, signature, _, sealed, *copies = row
    assert isinstance(number, int)
    before = connection.execute("SELECT hash FROM audit WHERE number = ?", (number - 1,)).fetchone()
    try:
        record = msgspec.msgpack.decode(as_bytes(content), type=Record)
    except msgspec.DecodeError:
        at_ms, kind, operator, subject = copies
        at = from_ms(at_ms if isinstance(at_ms, int) else 0)
        return Line(number, at, str(kind), str(operator), "", str(subject), (), 0, genuine=False)
    station = connection.execute("SELECT station FROM incarnation LIMIT 1").fetchone()[0]
    previous = before[0] if before else genesis(station)
    fits = chain.link(previous, as_bytes(content)) == head and tuple(copies) == copies_of(record)
    genuine = fits and is_signed(vault.public_key, as_bytes(head), as_bytes(signature))
    note = _opened(vault, number, as_bytes(sealed)) if sealed else ""
    return Line(
        *(number, from_ms(record.at_ms), record.kind, record.operator, record.role, record.subject),
        *(record.facts, record.entry, genuine, note),
    )


def _opened(vault: Vault, number: int, sealed: bytes) -> str:
    """A note that does not open takes nothing from the record."""
    try:
        return vault.open(sealed, note_context(number)).decode(errors="replace")
    except VaultError:
        return "?"


def facts_of(content: bytes) -> dict[str, str]:
    """Of a record as it lies there; empty: it is none."""
    try:
        return dict(msgspec.msgpack.decode(content, type=Record).facts)
    except msgspec.DecodeError:
        return {}


def as_bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else b""


def is_signed(public_key: bytes, head: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, _SIGNING + head)
    except InvalidSignature:
        return False
    return True
