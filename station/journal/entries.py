"""The journal's writer: it appends entries, each committed and on disk before `append` returns.

Reading is reader.py, verifying check.py. A Journal belongs to the thread that opened it.
"""

from __future__ import annotations

import logging
import secrets
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from station.core.audit import Audited, Event
from station.core.entry import AuditPart, Entry, StoredEntry, encode
from station.core.operators import NOBODY, Who
from station.core.override import Role
from station.journal import audit, chain, movements, notes
from station.journal.connection import FILE_NAME, Writer, open_writer, transaction
from station.journal.durable import is_there, make_folder
from station.journal.errors import JournalError, storage_errors
from station.journal.fingerprint import machine_fingerprint
from station.journal.incarnation import MOVED, numbered_anew, resume, tip
from station.journal.lock import take_writer_lock
from station.journal.movements import Moved, Mover
from station.journal.sealing import open_sealed
from station.journal.vault import Vault, open_vault
from station.journal.wrapping import Wrapping

log = logging.getLogger(__name__)

CHECKPOINT_EVERY = 100  # commits; about 20 kB each, so that the WAL stays near 2 MB
_SALT_BYTES = 16
_TRIED_BYTES = 16_384
_INSERT = """
INSERT INTO entry (position, incarnation, number, id, at_ms, amends, severity, direction, record, hash,
    signature, part_salt, part_sealed, mover, mover_household, mover_passed, mover_normal_c, mover_seal)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_NOTHING = (None,) * 5
_PAIR = "INSERT INTO code_pair (local, shared) VALUES (?, ?) ON CONFLICT DO NOTHING"


@dataclass(frozen=True, slots=True)
class _Personal:
    """A sealed personal part with the salt of its commitment."""

    salt: bytes
    sealed: bytes


@dataclass(frozen=True, slots=True)
class _Ends:
    """Of both chains, as a transaction of this run found or left them."""

    turn: int  # of `Writer`
    position: int  # of the newest entry; 0: there is none
    incarnation: int
    number: int
    hash: bytes
    audit: AuditPart | None


class Journal:
    """The one writer of a folder. After any JournalError the next `append` works once the cause is gone."""

    def __init__(
        self,
        connection: Writer,
        vault: Vault,
        resources: ExitStack,
    ) -> None:
        self.connection = connection  # for the other writers of this package
        self.vault = vault
        self.code_pairs: dict[str, str] = {}  # local and shared keys of codes, kept with the next entry
        self.on_duty: Callable[[], Who] = lambda: NOBODY  # who answers for what is written now
        self.clock_off: Callable[[], int | None] = lambda: None  # ms, center minus ours; None: not known
        self.replaced = False  # the disk was pulled out and is back: only a journal opened anew reaches it
        self.staged: dict[str, Callable[[sqlite3.Connection], object]] = {}  # kept with a mover's next entry
        self._resources = resources
        resources.callback(self._try_checkpoint)
        self._commits = 0
        self._audit_named: AuditPart | None = None  # by an entry of this run
        self._ends: _Ends | None = None

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        now: Callable[[], datetime],
        fingerprint: Callable[[Path], str] = machine_fingerprint,
    ) -> Self:
        """Open the journal of a folder, or begin one. After a crash this is all the repair there is to do.

        On another machine than last time, or on a copied disk, a new incarnation begins. Raises JournalError
        (LOCKED if another process writes here) and VaultError.
        """
        with storage_errors(), ExitStack() as resources:
            make_folder(folder)
            resources.enter_context(closing(take_writer_lock(folder)))
            vault = open_vault(folder, create=not is_there(folder / FILE_NAME))
            Wrapping(folder, vault).finish()
            connection = resources.enter_context(closing(open_writer(folder)))
            sealed = open_sealed(connection, vault.rows)
            resume(
                *(connection, vault, now(), fingerprint(folder / FILE_NAME)),
                moved=lambda: _tell_moved(connection, vault, now()),
            )
            if sealed:
                _tell_sealed(connection, vault, sealed, now())
            log.info("journal open, SQLite %s", sqlite3.sqlite_version)
            return cls(connection, vault, resources.pop_all())

    def append(
        self,
        entry: Entry,
        personal: bytes | None = None,
        *,
        mover: Mover | None = None,
        memory: Mapping[str, bytes] | None = None,
    ) -> StoredEntry:
        """Store an entry, with its personal part sealed beside it. When this returns, no power cut undoes it.

        With a `mover`, it is remembered as their movement; `memory` is the lane's, by name, kept with the
        entry or not at all. The entry in the result carries the commitment to
        the personal part. Raises JournalError, and then nothing is stored.
        """
        part = self._seal(entry.id, personal) if personal is not None else None
        if part:
            entry = msgspec.structs.replace(entry, commitment=chain.commitment(part.salt, part.sealed))
        with self._storing():
            ends = self._found()
            entry = self._with_audit(entry, ends.audit)
            stored = self._insert(entry, part, mover, ends)
            for name, record in (memory or {}).items():
                notes.put(self.connection, self.vault, name, record)
            if self.code_pairs:
                self.connection.executemany(_PAIR, self.code_pairs.items())
            if mover and mover.subject in self.staged:
                self.staged[mover.subject](self.connection)
            turn, position = self.connection.turn, ends.position + 1
            self._ends = _Ends(turn, position, ends.incarnation, stored.number, stored.hash, ends.audit)
            if entry.override:  # that was put on record, too
                self._ends = None
        self._audit_named = entry.audit or self._audit_named
        self.code_pairs.clear()
        self.staged.pop(mover.subject if mover else "", None)
        self._count_commit()
        return stored

    def has_room(self) -> bool:
        """Tried, and taken back, by a record that is larger than any entry: a full disk, one that turned
        read-only and one that answers nothing are all asked the same way."""
        try:
            with self._storing():
                notes.put(self.connection, self.vault, notes.TRIED, bytes(_TRIED_BYTES))
            with self._storing():
                notes.put(self.connection, self.vault, notes.TRIED, b"")
        except JournalError as error:
            log.debug("nothing can be stored: %s", error)
            return False
        return True

    @contextmanager
    def _storing(self) -> Iterator[None]:
        """A transaction. What refuses it may be a disk that was pulled out, with another in its place."""
        try:
            with storage_errors(), transaction(self.connection):
                yield
        except JournalError:
            self.replaced = self.connection.is_replaced()
            raise

    def checkpoint(self) -> None:
        """Move what the WAL holds into the main file. Raises JournalError; no entry is at stake."""
        with storage_errors():
            self.connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def close(self) -> None:
        """Release the folder. What was appended stays, whatever happens here."""
        self._resources.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _found(self) -> _Ends:
        """From the file, unless nobody has written since the last entry.

        A fork may have begun another incarnation, and after a COMMIT that failed memory would be wrong.
        """
        if self._ends and self._ends.turn == self.connection.unchanged_since:
            return self._ends
        (position,) = self.connection.execute("SELECT coalesce(max(position), 0) FROM entry").fetchone()
        return _Ends(self.connection.turn, position, *tip(self.connection), audit.newest(self.connection))

    def _with_audit(self, entry: Entry, newest: AuditPart | None) -> Entry:
        if newest is None or newest == self._audit_named:
            return entry
        return msgspec.structs.replace(entry, audit=newest)

    def _seal(self, entry_id: bytes, personal: bytes) -> _Personal:
        return _Personal(secrets.token_bytes(_SALT_BYTES), self.vault.seal(personal, entry_id))

    def _insert(
        self, entry: Entry, part: _Personal | None, mover: Mover | None, after: _Ends | None = None
    ) -> StoredEntry:
        after = after or self._found()
        record = encode(entry)
        stored = StoredEntry(after.number + 1, chain.link(after.hash, record), entry)
        signature = self.vault.sign(chain.to_sign(stored.hash))
        position, moved = after.position + 1, movements.moved(entry, mover)
        self.connection.execute(
            _INSERT,
            (
                *(position, after.incarnation, stored.number, entry.id, entry.at_ms, entry.amends),
                *(entry.severity, entry.direction, record, stored.hash, signature),
                *((part.salt, part.sealed) if part else _NOTHING[:2]),
                *(self._movement(position, entry, moved) if moved else _NOTHING),
            ),
        )
        movements.remember(self.connection, entry, moved)
        if entry.override:
            audit.write(self, _overriding(entry, stored.number), entry.at)
        return stored

    def _movement(self, position: int, entry: Entry, moved: Moved) -> tuple[object, ...]:
        """What the row says of it, with the seal of `movement`: a trigger would write the row twice."""
        values = (position, moved.subject, moved.household, entry.direction, entry.at_ms)
        seal, _ = self.vault.rows.seal("movement", (*values, moved.passed, moved.normal_c))
        return moved.subject, moved.household, moved.passed, moved.normal_c, seal

    def _count_commit(self) -> None:
        self._commits += 1
        if self._commits % CHECKPOINT_EVERY == 0:
            self._try_checkpoint()

    def _try_checkpoint(self) -> None:
        """A checkpoint is housekeeping: the entries are safe in the WAL, and the next one may succeed."""
        try:
            self.checkpoint()
        except JournalError as error:
            log.warning("journal checkpoint put off: %s", error)


def _overriding(entry: Entry, number: int) -> Event:
    """What is put on record of a verdict that was changed by hand: which entry, to what, and why."""
    who, note = audit.signed_by(entry.operator or "")
    role = Role(entry.role) if entry.role in set(Role) else None
    facts = (("entry", str(number)), ("to", entry.decision.word), ("why", entry.override or ""))
    return Event(Audited.OVERRIDE, Who(who.number, role), subject=entry.id.hex(), facts=facts, note=note)


def _tell_sealed(connection: sqlite3.Connection, vault: Vault, rows: int, now: datetime) -> None:
    """What lay in the lists when they were sealed for the first time was proven by nothing."""
    event = Event(Audited.LISTS_SEALED, facts=(("rows", str(rows)),))
    with transaction(connection):
        audit.write(audit.Unattended(connection, vault), event, now)


def _tell_moved(connection: sqlite3.Connection, vault: Vault, now: datetime) -> None:
    """Within the transaction in which the new incarnation begins."""
    event = Event(Audited.NEW_INCARNATION, facts=numbered_anew(connection, MOVED), by_duty=False)
    audit.write(audit.Unattended(connection, vault), event, now)
