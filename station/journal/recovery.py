"""The recovery key: printed once, on paper only. Whoever holds it gives an admin a new PIN.

26 characters of Crockford's base32 (no I, L, O, U) are 130 random bits, so that no delay is needed and a
plain key derivation is enough. Each use and each new one ends the former. Where the data keys are wrapped,
the paper opens them too.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from station.core.audit import Audited, Event
from station.core.operators import Who
from station.journal import audit
from station.journal.connection import folder_of, transaction
from station.journal.entries import Journal
from station.journal.errors import KeyProblem, VaultError, storage_errors
from station.journal.pins import derive
from station.journal.wrapped_file import RECOVERY, public_of
from station.journal.wrapping import Wrapping

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH, _GROUP, _SALT_BYTES = 26, 5, 16
_ALIKE = str.maketrans("OIL", "011")
_PURPOSE = b"kakou recovery 1\0"


def new_key(journal: Journal, *, by: Who, now: datetime) -> str:
    """A new recovery key, in groups to be read; the former counts no more.

    Raises JournalError; VaultError if the data keys are locked away.
    """
    text = "".join(secrets.choice(ALPHABET) for _ in range(_LENGTH))
    wrapping, pair = Wrapping(folder_of(journal.connection), journal.vault), pair_of(text)
    wrapping.let_in(RECOVERY, pair)
    salt = secrets.token_bytes(_SALT_BYTES)
    verifier = _verifier(text, salt)
    with storage_errors(), transaction(journal.connection):
        written = audit.write(journal, Event(Audited.RECOVERY_MADE, by), now)
        (last,) = journal.connection.execute("SELECT coalesce(max(position), 0) FROM recovery").fetchone()
        signature = journal.vault.sign(_to_sign(last + 1, written.number, salt, verifier))
        journal.connection.execute(
            "INSERT INTO recovery (position, salt, verifier, audit, signature) VALUES (?, ?, ?, ?, ?)",
            (last + 1, salt, verifier, written.number, signature),
        )
    wrapping.shut_out(RECOVERY, but=public_of(pair))
    return "-".join(text[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def was_wrong(journal: Journal, now: datetime) -> None:
    """What was typed is not the key: that goes on record. Raises JournalError."""
    facts = (("why", "recovery_key"),)
    event = Event(Audited.SIGN_IN_FAILED, subject="recovery", facts=facts, by_duty=False)
    audit.put_on_record(journal, event, now)


def is_key(journal: Journal, typed: str) -> bool:
    """Whether this is the newest recovery key, however its letters were typed. Raises JournalError."""
    with storage_errors():
        row = journal.connection.execute(
            "SELECT position, audit, salt, verifier, signature FROM recovery ORDER BY position DESC LIMIT 1"
        ).fetchone()
        newest = journal.connection.execute(
            "SELECT max(number) FROM audit WHERE kind = ?", (Audited.RECOVERY_MADE.value,)
        ).fetchone()[0]
    if row is None:
        return False
    position, number, salt, verifier, signature = row
    try:
        key = Ed25519PublicKey.from_public_bytes(journal.vault.public_key)
        key.verify(signature, _to_sign(position, number, salt, verifier))
    except InvalidSignature:
        return False
    return number == newest and hmac.compare_digest(_verifier(_plain(typed), salt), verifier)


def unlock(journal: Journal, typed: str) -> None:
    """Open the data keys with the paper, which `is_key` said yes to. Raises VaultError, JournalError."""
    wrapping = Wrapping(folder_of(journal.connection), journal.vault)
    if not wrapping.unlock(RECOVERY, pair_of(typed)):
        raise VaultError(KeyProblem.LOCKED, "the data keys were not wrapped for this recovery key")


def pair_of(typed: str) -> bytes:
    """The private key that opens the data keys, however the letters were typed."""
    return derive(_plain(typed).encode(), b"kakou recovery data key 1")


def _plain(typed: str) -> str:
    return "".join(c for c in typed.upper().translate(_ALIKE) if c.isalnum())


def _verifier(text: str, salt: bytes) -> bytes:
    return derive(salt + text.encode(), b"kakou recovery verifier 1")


def _to_sign(position: int, number: int, salt: bytes, verifier: bytes) -> bytes:
    return _PURPOSE + msgspec.msgpack.encode((position, number, salt, verifier))
