"""To which center this station belongs, sealed by the station's own keys. How one enrols: `station.sync`."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

import msgspec

from station.core.audit import Audited, Event
from station.journal.audit import write
from station.journal.center_cursor import begin_anew
from station.journal.connection import transaction
from station.journal.entries import Journal
from station.journal.errors import storage_errors
from station.journal.vault import Vault


class Enrolment(msgspec.Struct, frozen=True, array_like=True):
    """Fields are only ever appended. Keys are raw bytes."""

    url: str
    ca: str  # PEM, the only one that the center's TLS certificate may hang on
    center_key: bytes  # Ed25519: signs acks, pages, credentials, sticks
    sealing_key: bytes  # X25519 of the center: what is sealed for it
    district_key: bytes  # makes shared keys
    credential: bytes = b""  # packed `Signed(Credential)`
    opening_key: bytes = b""  # X25519, the station's private one: sticks from the center are sealed to it
    name: str = ""  # how the center calls this station
    at_ms: int = 0

    def __repr__(self) -> str:
        return f"Enrolment({self.url!r}, …)"


def read_enrolment(connection: sqlite3.Connection, vault: Vault) -> Enrolment | None:
    """With any connection. None: this station belongs to none. Raises JournalError, VaultError."""
    with storage_errors():
        row = connection.execute("SELECT sealed FROM enrolment").fetchone()
    return msgspec.msgpack.decode(vault.open(row[0], _CONTEXT), type=Enrolment) if row else None


def put_enrolment(journal: Journal, enrolment: Enrolment) -> None:
    """Belong to this center from now on, or keep what changed. Raises JournalError, VaultError.

    What another center said, and what hangs on another district's key, is gone with it. Enrolled anew at the
    same one this may be another gate's station: everything is asked for again, and stays until it has come.
    """
    before = read_enrolment(journal.connection, journal.vault)
    sealed = journal.vault.seal(msgspec.msgpack.encode(enrolment), _CONTEXT)
    with storage_errors(), transaction(journal.connection):
        if before is None or before.district_key != enrolment.district_key:
            _run(journal.connection, _FORGET_KEYS)
        if before is not None and before.center_key != enrolment.center_key:
            _run(journal.connection, _FORGET_LISTS)
        elif before is not None and before.opening_key != enrolment.opening_key:  # each enrolment has its own
            begin_anew(journal.connection)
        journal.connection.execute("INSERT OR REPLACE INTO enrolment (one, sealed) VALUES (1, ?)", (sealed,))
        if before is None or before.center_key != enrolment.center_key:
            write(journal, Event(Audited.ENROLLED), datetime.now(UTC))


def forget_enrolment(journal: Journal) -> None:
    """Belong to none; what the center said is gone, entries stay. Raises JournalError."""
    with storage_errors(), transaction(journal.connection):
        (enrolled,) = journal.connection.execute("SELECT count(*) FROM enrolment").fetchone()
        _run(journal.connection, (*_FORGET_KEYS, *_FORGET_LISTS, "DELETE FROM enrolment"))
        if enrolled:
            write(journal, Event(Audited.CENTER_LEFT), datetime.now(UTC))


def _run(connection: sqlite3.Connection, steps: tuple[str, ...]) -> None:
    for step in steps:
        connection.execute(step)


SHARED_KEYS_DONE = "shared keys"  # up to which change of the roster they were worked out
_CONTEXT = b"enrolment"
_FORGET_KEYS = (
    "DELETE FROM local_shared_key",
    "DELETE FROM code_pair",
    f"DELETE FROM sync_note WHERE name = '{SHARED_KEYS_DONE}'",
)
# A row that says nothing keeps the highest position of facts, see center_writing.
_FORGET_LISTS = (
    """INSERT INTO fact (about, subject, kind, value, as_of_ms, source, told_at_ms, said)
       VALUES ('code', '', 'withdrawn', '', 0, 'center', 0, x'')""",
    "DELETE FROM fact WHERE source = 'center' AND position < (SELECT max(position) FROM fact)",
    """DELETE FROM pass_revocation WHERE lower(hex(pass_id)) IN (
           SELECT key FROM center_item WHERE list = 'revoked_pass' AND taken)""",
    "DELETE FROM center_item",
    "DELETE FROM center_chunk",
    "DELETE FROM center_run",
    "DELETE FROM sync_note WHERE name = 'people swept'",
    "DELETE FROM center_cursor",
)
