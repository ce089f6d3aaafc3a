"""Bodies of lists that tell who somebody is lie sealed in the database; so does what people write freely.

Sealed with AES-256-GCM (NIST SP 800-38D) under a key that only the center's key file gives: whoever has the
database, or a copy of its disk, but not that file, reads keys of people, versions and sizes, no names.
Stations get bodies in clear, within TLS: sealed ones do not compress, and would travel five times as large.
"""

from __future__ import annotations

import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from center.store.errors import StoreError

LISTS = frozenset({"person", "notice", "task", "case", "shift", "checklist"})
_SEALED = b"\x01"  # of key 1; a body in clear is a MessagePack array and begins with 0x90 to 0xdd
_NONCE = 12
_SEALED_TEXT = "\x01"  # what follows is base64; nobody types it


class PrivateItems:
    """Without a key everything stays as it is: for tools that look at other things."""

    def __init__(self, key: bytes | None) -> None:
        self._cipher = AESGCM(key) if key else None

    def kept(self, list: str, key: str, body: bytes | None) -> bytes | None:
        """What is written into the database."""
        if body is None or list not in LISTS:
            return body
        return self.seal(body, _context(list, key))

    def given(self, list: str, key: str, kept: bytes | None) -> bytes | None:
        """The body again. Raises StoreError if it was sealed by another center, or for another item."""
        if kept is None or list not in LISTS:
            return kept
        return self.open(kept, _context(list, key))

    def seal(self, body: bytes, context: bytes) -> bytes:
        """What is written of anything that tells who somebody is, in any table; `context` is its place."""
        if self._cipher is None:
            return body
        nonce = os.urandom(_NONCE)
        return _SEALED + nonce + self._cipher.encrypt(nonce, body, context)

    def open(self, kept: bytes, context: bytes) -> bytes:
        """What `seal` was given. Raises StoreError."""
        if not kept.startswith(_SEALED):
            return kept
        if self._cipher is None:
            raise StoreError("an item is sealed, and there is no key to open it")
        place = 1 + _NONCE
        try:
            return self._cipher.decrypt(kept[1:place], kept[place:], context)
        except InvalidTag as error:
            raise StoreError("an item was sealed with another center's key, or is damaged") from error

    def seal_text(self, text: str, context: bytes) -> str:
        """For a column of text. What is empty stays so."""
        if self._cipher is None or not text:
            return text
        return _SEALED_TEXT + base64.b64encode(self.seal(text.encode(), context)).decode()

    def open_text(self, kept: str, context: bytes) -> str:
        """What `seal_text` was given, or what lay there in clear before it was used. Raises StoreError."""
        if not kept.startswith(_SEALED_TEXT):
            return kept
        return self.open(base64.b64decode(kept[1:]), context).decode()

    def is_as_wanted(self, list: str, kept: bytes | None) -> bool:
        """Whether it lies there as it would be written now: sealed, if it is to be."""
        seals = self._cipher is not None and list in LISTS
        return kept is None or not seals or kept.startswith(_SEALED)


def _context(list: str, key: str) -> bytes:
    """A body cannot be moved to somebody else's place."""
    return f"kakou item {list}/{key}".encode()
