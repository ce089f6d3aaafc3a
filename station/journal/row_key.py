"""The key by which the station knows the rows that it wrote itself. Knows no table.

It is made of `station.key`, which signs the entries, and not of the data keys: a locked gate writes too, and
its rows can be checked without anybody's PIN. Whoever has that file can make rows as they can sign entries.
"""

from __future__ import annotations

import hmac
import secrets
from hashlib import blake2b

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from station.journal.errors import KeyProblem, VaultError
from station.journal.keyring import derive

SEAL_BYTES, PART_BYTES = 16, 32
_NONCE_BYTES = 12
_encode = msgspec.msgpack.Encoder().encode


class RowKey:
    """Seals rows, and the record of what they add up to."""

    def __init__(self, station_key: bytes) -> None:
        self._rows = derive(station_key, b"kakou list rows 1")
        self._cipher = AESGCM(derive(station_key, b"kakou list state 1"))

    def seal(self, table: str, values: tuple[object, ...]) -> tuple[bytes, int]:
        """Of a row: its seal, which lies beside it, and what it adds to the sum of its list, which does not.

        Keyed BLAKE2b (RFC 7693) of the table's name and all values with their types.
        """
        digest = blake2b(_encode((table, values)), key=self._rows, digest_size=SEAL_BYTES + PART_BYTES)
        made = digest.digest()
        return made[:SEAL_BYTES], int.from_bytes(made[SEAL_BYTES:], "big")

    def is_sealed(self, table: str, values: tuple[object, ...], seal: object) -> bool:
        """Whether this station wrote the row with these values."""
        return isinstance(seal, bytes) and hmac.compare_digest(self.seal(table, values)[0], seal)

    def close(self, record: bytes, context: bytes) -> bytes:
        """Encrypted and bound to its place (AES-256-GCM)."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, record, context)

    def open(self, sealed: bytes, context: bytes) -> bytes:
        """Raises VaultError if it was changed or is another station's."""
        try:
            return self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], context)
        except (InvalidTag, ValueError) as error:
            raise VaultError(KeyProblem.DAMAGED, "what was sealed does not open with station.key") from error
