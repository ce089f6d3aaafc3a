"""The data keys of a journal: the first one, by which everything is also looked up, and those that followed.

A newer key seals what is written from then on; the older ones stay, because what is bound into a chain or a
signature cannot be sealed anew. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
ID_BYTES = 16
_MAGIC = b"KKR1"  # begins a ring of more than one key
_MOST = 255  # generations: a byte tells them apart


class RingError(ValueError):
    """These bytes are no ring of keys."""


@dataclass(frozen=True, slots=True)
class Keyring:
    """`root` is generation 0, `newer` are 1, 2 …; the last one seals."""

    root: bytes = field(repr=False)
    newer: tuple[bytes, ...] = field(default=(), repr=False)

    @property
    def keys(self) -> tuple[bytes, ...]:
        """By generation."""
        return (self.root, *self.newer)

    @property
    def generation(self) -> int:
        """The newest."""
        return len(self.newer)

    @property
    def id(self) -> bytes:
        """Tells whether these are the keys of a journal, and nothing else. It outlives every new key."""
        return derive(self.root, b"kakou data key id 1")[:ID_BYTES]

    def with_key(self, key: bytes) -> Keyring:
        """The same with a new key to seal with. Raises RingError after 255 of them."""
        if len(self.newer) >= _MOST:
            raise RingError("no more keys fit")
        return Keyring(self.root, (*self.newer, key))

    def encode(self) -> bytes:
        """A single key is written as it always was."""
        return self.root if not self.newer else b"".join((_MAGIC, *self.keys))


def decode(record: bytes) -> Keyring:
    """Raises RingError."""
    if len(record) == KEY_BYTES:
        return Keyring(record)
    keys = record.removeprefix(_MAGIC)
    if not record.startswith(_MAGIC) or not keys or len(keys) % KEY_BYTES:
        raise RingError(f"{len(record)} bytes")
    each = [keys[at : at + KEY_BYTES] for at in range(0, len(keys), KEY_BYTES)]
    return Keyring(each[0], tuple(each[1:]))


def derive(key: bytes, purpose: bytes) -> bytes:
    """An independent key for each purpose (HKDF, RFC 5869)."""
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=purpose).derive(key)
