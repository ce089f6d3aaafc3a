"""The arithmetic of the chain: what is hashed, what is signed. Pure; any language can repeat it.

hash_0 = SHA-256(station ‖ incarnation ‖ parent head), hash_n = SHA-256(hash_{n-1} ‖ record_n).
"""

from __future__ import annotations

from hashlib import sha256

_SIGNING_CONTEXT = b"kakou journal head 1\0"  # a signature made here means nothing anywhere else


def genesis(station: bytes, incarnation: int, parent_head: bytes) -> bytes:
    """hash_0 of an incarnation: 16 bytes of station, 6 of incarnation, the head that it continues or none."""
    return sha256(station + incarnation.to_bytes(6, "big") + parent_head).digest()


def link(previous: bytes, record: bytes) -> bytes:
    """The hash of an entry from its predecessor's hash and its own bytes."""
    return sha256(previous + record).digest()


def commitment(salt: bytes, sealed: bytes) -> bytes:
    """What binds an erasable personal part to its entry without telling anything about it."""
    return sha256(salt + sealed).digest()


def to_sign(head: bytes) -> bytes:
    """The bytes that the station signs for an entry with this hash."""
    return _SIGNING_CONTEXT + head
