"""Events of the audit that somebody else than the writer of the journal has to tell: an export at the command
line beside the gate that runs, or in a thread of its own.

Each is a small signed file in DATA/audit-notes, the typed reason sealed inside, until the writer puts it on
record and takes the file away. A kill between the two tells it twice, with the same `note`.
"""

from __future__ import annotations

import logging
import secrets
from datetime import datetime
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from station.core.audit import Audited, Event
from station.core.entry import from_ms, to_ms
from station.core.operators import Who
from station.core.override import Role
from station.journal import audit
from station.journal.audit import Auditing
from station.journal.durable import make_folder, sync_folder, write_file
from station.journal.errors import VaultError, storage_errors
from station.journal.vault import Vault

log = logging.getLogger(__name__)

FOLDER = "audit-notes"
_ENDING = ".note"
_BAD = ".bad"  # not ours, or changed: kept, for whoever looks into it
_SIGNING = b"kakou audit note 1\0"


class _Note(msgspec.Struct, frozen=True, array_like=True):
    """What is signed. Fields only ever append."""

    schema: int
    id: str
    at_ms: int
    kind: str
    operator: str
    role: str
    subject: str
    facts: tuple[tuple[str, str], ...]
    reason: bytes  # sealed; empty: none


def leave(folder: Path, vault: Vault, event: Event, now: datetime) -> None:
    """For the writer to put on record; on disk when this returns. Raises JournalError."""
    name = secrets.token_hex(8)
    note = _Note(
        1,
        name,
        to_ms(now),
        event.what.value,
        event.who.number,
        event.who.role.value if event.who.role else "",
        event.subject,
        event.facts,
        vault.seal(event.note.encode(), _context(name)) if event.note else b"",
    )
    content = msgspec.msgpack.encode(note)
    with storage_errors():
        make_folder(folder / FOLDER)
        sync_folder(folder)
        signed = msgspec.msgpack.encode((content, vault.sign(_SIGNING + content)))
        write_file(folder / FOLDER / f"{to_ms(now):014}-{name}{_ENDING}", signed)


def collect(folder: Path, journal: Auditing, now: datetime) -> int:
    """Put on record what was left, oldest first; how much. By the writer only.

    What cannot be opened yet, because nobody has signed in, waits. Raises JournalError.
    """
    with storage_errors():
        waiting = sorted((folder / FOLDER).glob(f"*{_ENDING}"))
    return sum(_take(path, journal, now) for path in waiting)


def _take(path: Path, journal: Auditing, now: datetime) -> bool:
    with storage_errors():
        content = path.read_bytes()
    try:
        event = _event(content, journal.vault)
    except VaultError:
        return False
    if event is None:
        log.error("a note for the audit is not ours: %s", path.name)
        with storage_errors():
            path.rename(path.with_suffix(_BAD))
        return False
    audit.put_on_record(journal, event, now)
    with storage_errors():
        path.unlink()
    return True


def _event(content: bytes, vault: Vault) -> Event | None:
    """None: not ours. Raises VaultError if its reason does not open."""
    try:
        inner, signature = msgspec.msgpack.decode(content, type=tuple[bytes, bytes])
        note = msgspec.msgpack.decode(inner, type=_Note)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    try:
        Ed25519PublicKey.from_public_bytes(vault.public_key).verify(signature, _SIGNING + inner)
    except InvalidSignature:
        return None
    if note.kind not in set(Audited):
        return None
    reason = vault.open(note.reason, _context(note.id)).decode(errors="replace") if note.reason else ""
    done = from_ms(note.at_ms).isoformat(timespec="seconds")
    role = Role(note.role) if note.role in set(Role) else None
    facts = (*note.facts, ("at", done), ("note", note.id))
    who = Who(note.operator, role)
    return Event(Audited(note.kind), who, note.subject, facts, reason, by_duty=False)


def _context(name: str) -> bytes:
    return f"audit note file/{name}".encode()
