"""Personal parts on their way: sealed at the station, opened at the center, and by nobody between.

One AES-256-GCM key per batch, sealed to the center's X25519 key by HPKE (RFC 9180: DHKEM(X25519),
HKDF-SHA256, AES-256-GCM). Station, incarnation and number are bound to each part, so that none passes for
another's.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Any

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from station.sync.bundle import Part, Parts

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_INFO = b"kakou parts 1\0"
_KEY_BYTES = 32
_NONCE_BYTES = 12
_TOGETHER = b"together\0"
_HEX_DIGITS = 64


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
        _sealed_key(key, center_key, station, incarnation),
        tuple(
            Part(number, cipher.encrypt(_nonce(number), clear, _place(station, incarnation, number)))
            for number, clear in parts
        ),
    )


def seal_together(
    center_key: bytes, station: bytes, incarnation: int, parts: Sequence[tuple[int, bytes]]
) -> Parts:
    """The same, numbers rising, sealed as one: without a number and a tag for each, and hex as its bytes.

    Raises ValueError if the numbers do not rise, or the key is none.
    """
    if not parts:
        return Parts()
    numbers = [number for number, _ in parts]
    if any(one >= other for one, other in pairwise(numbers)):
        raise ValueError("numbers that do not rise")
    first, key = numbers[0], secrets.token_bytes(_KEY_BYTES)
    skipped = (
        [other - one - 1 for one, other in pairwise(numbers)] if numbers[-1] - first >= len(parts) else []
    )
    clear = msgspec.msgpack.encode((skipped, [_shorter(part) for _, part in parts]))
    sealed = AESGCM(key).encrypt(_nonce(first), clear, _TOGETHER + _place(station, incarnation, first))
    return Parts(_sealed_key(key, center_key, station, incarnation), first=first, together=sealed)


def open_parts(
    private_key: X25519PrivateKey, station: bytes, incarnation: int, parts: Parts
) -> list[tuple[int, bytes]]:
    """Number and personal part in clear, however they were sealed. Raises SealError."""
    if not parts.together:
        return [
            (one.number, open_part(private_key, station, incarnation, parts.key, one.number, one.sealed))
            for one in parts.parts
        ]
    place, nonce = _TOGETHER + _place(station, incarnation, parts.first), _nonce(parts.first)
    try:
        key = _SUITE.decrypt(parts.key, private_key, info=_binding(station, incarnation))
        clear = AESGCM(key).decrypt(nonce, parts.together, place)
        skipped, each = msgspec.msgpack.decode(clear, type=tuple[list[int], list[Any]])
    except (InvalidTag, ValueError, msgspec.DecodeError) as error:
        raise SealError(f"parts of incarnation {incarnation} cannot be opened") from error
    steps = [step + 1 for step in skipped] or [1] * len(each)
    numbers = accumulate(steps[: len(each) - 1], initial=parts.first)
    return [(number, _whole(part)) for number, part in zip(numbers, each, strict=False)]


def _shorter(part: bytes) -> bytes | str:
    """The key of a code is 64 hexadecimal digits: half as many bytes. Whatever else as text of one to one."""
    text = part.decode("latin-1")
    if len(text) != _HEX_DIGITS:
        return text
    try:
        short = bytes.fromhex(text)
    except ValueError:
        return text
    return short if short.hex() == text else text  # capitals and spaces would not come back


def _whole(part: bytes | str) -> bytes:
    return part.hex().encode() if isinstance(part, bytes) else part.encode("latin-1")


def _sealed_key(key: bytes, center_key: bytes, station: bytes, incarnation: int) -> bytes:
    public = X25519PublicKey.from_public_bytes(center_key)
    return _SUITE.encrypt(key, public, info=_binding(station, incarnation))


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
