"""Personal parts on their way: sealed at the station, opened at the center, and by nobody between.

One AES-256-GCM key per batch, sealed to the center's X25519 key by HPKE (RFC 9180: DHKEM(X25519),
HKDF-SHA256, AES-256-GCM). Station, incarnation and number are bound to each part, so that none passes for
another's.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from station.sync.bundle import Part, Parts

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_INFO = b"kakou parts 1\0"
_KEY_BYTES = 32
_NONCE_BYTES = 12


class SealError(Exception):
    """It was not sealed to this key, or not for this place, or was changed since."""


def seal_parts(
    center_key: bytes, station: bytes, incarnation: int, parts: Sequence[tuple[int, bytes]]
) -> Parts:
    """Seal (number, personal part in clear) of one batch to the center's public key (32 bytes, X25519).

    Raises ValueError if a number comes twice, or the key is none.
    """
    if not parts:
        return Parts()
    if len({number for number, _ in parts}) != len(parts):
        raise ValueError("a number twice: its nonce would be used twice")
    key = secrets.token_bytes(_KEY_BYTES)
    cipher = AESGCM(key)
    return Parts(
        _SUITE.encrypt(
            key, X25519PublicKey.from_public_bytes(center_key), info=_binding(station, incarnation)
        ),
        tuple(
            Part(number, cipher.encrypt(_nonce(number), clear, _place(station, incarnation, number)))
            for number, clear in parts
        ),
    )


def open_part(
    private_key: X25519PrivateKey, station: bytes, incarnation: int, key: bytes, number: int, sealed: bytes
) -> bytes:
    """A personal part in clear; `key` is the batch's sealed one. Raises SealError."""
    try:
        opened = _SUITE.decrypt(key, private_key, info=_binding(station, incarnation))
        return AESGCM(opened).decrypt(_nonce(number), sealed, _place(station, incarnation, number))
    except (InvalidTag, ValueError) as error:
        raise SealError(f"part {number} of incarnation {incarnation} cannot be opened") from error


def _nonce(number: int) -> bytes:
    """Each key seals each number once, so the number is nonce enough."""
    return number.to_bytes(_NONCE_BYTES, "big")


def _binding(station: bytes, incarnation: int) -> bytes:
    return _INFO + station + incarnation.to_bytes(6, "big")


def _place(station: bytes, incarnation: int, number: int) -> bytes:
    return _binding(station, incarnation) + number.to_bytes(8, "big")
