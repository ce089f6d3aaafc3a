"""The station's keys, and the sealing of personal data with them. Knows no table.

`data.key` (32 random bytes) gives the AES-256-GCM key for personal data and the HMAC key for looking codes
up; `station.key` is the Ed25519 key that signs entries. Both lie in the data folder, readable by their owner
only. Recording must work before anybody has signed in, so the signing key stays a file of its own; the data
key will be wrapped per operator's PIN by a later issue, and then this folder alone opens nothing.
"""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from station.journal.durable import write_file
from station.journal.errors import KeyProblem, VaultError

DATA_KEY_FILE = "data.key"
STATION_KEY_FILE = "station.key"
_KEY_BYTES = 32
_NONCE_BYTES = (
    12  # NIST SP 800-38D section 5.2.1.1: 96 bits; random ones are safe for 2^32 seals under one key
)


class Vault:
    """What the keys can do; the keys themselves are not to be had from it."""

    def __init__(self, data_key: bytes, station_key: bytes) -> None:
        self._cipher = AESGCM(_derive(data_key, b"kakou personal data 1"))
        self._lookup_key = _derive(data_key, b"kakou code lookup 1")
        self._signer = Ed25519PrivateKey.from_private_bytes(station_key)
        self.data_key_id = _derive(data_key, b"kakou data key id 1")[:16]
        self.public_key = self._signer.public_key().public_bytes_raw()

    def seal(self, plain: bytes, context: bytes) -> bytes:
        """Encrypt; it opens only with the same context, so that it cannot be moved to another row."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, plain, context)

    def open(self, sealed: bytes, context: bytes) -> bytes:
        """Decrypt what `seal` made with this context. Raises VaultError if it was changed or is not ours."""
        try:
            return self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], context)
        except (InvalidTag, ValueError) as error:  # ValueError: shorter than a nonce
            raise VaultError(KeyProblem.DAMAGED, "sealed data does not open with this key") from error

    def code_key(self, text: str) -> str:
        """The keyed hash (HMAC-SHA-256, hex) under which a code is known; the text itself is not stored."""
        return self._keyed_hash(b"code", text)

    def person_key(self, name: str, dwelling: str) -> str:
        """An id for a person who is known by name and dwelling only; it tells neither."""
        return self._keyed_hash(b"person", f"{name}\0{dwelling}")[:32]

    def lookup_key(self, kind: str, text: str) -> str:
        """The keyed hash under which something else is looked up: an ID number, a phone, a dwelling."""
        return self._keyed_hash(kind.encode(), text)[:32]

    def sign(self, message: bytes) -> bytes:
        """The station's Ed25519 signature (RFC 8032), 64 bytes."""
        return self._signer.sign(message)

    def _keyed_hash(self, kind: bytes, text: str) -> str:
        # surrogatepass: a code's bytes may be no valid text, and must still get a key
        message = kind + b"\0" + text.encode("utf-8", "surrogatepass")
        return hmac.digest(self._lookup_key, message, sha256).hex()


def open_vault(folder: Path, *, create: bool) -> Vault:
    """The keys in this folder; with `create`, new ones where there are none.

    Never pass `create` beside an existing journal: new keys would open none of its data. Raises VaultError.
    """
    return Vault(_key(folder / DATA_KEY_FILE, create=create), _key(folder / STATION_KEY_FILE, create=create))


def _key(path: Path, *, create: bool) -> bytes:
    if not path.exists():
        if not create:
            raise VaultError(KeyProblem.MISSING, f"{path.name} is missing beside its journal")
        write_file(path, secrets.token_bytes(_KEY_BYTES))
    key = path.read_bytes()
    if len(key) != _KEY_BYTES:
        raise VaultError(KeyProblem.DAMAGED, f"{path.name} has {len(key)} bytes instead of {_KEY_BYTES}")
    return key


def _derive(key: bytes, purpose: bytes) -> bytes:
    """An independent key for each purpose (HKDF, RFC 5869)."""
    return HKDF(SHA256(), _KEY_BYTES, salt=None, info=purpose).derive(key)
