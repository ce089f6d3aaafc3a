"""What erasing somebody needs of the center's keys: taking one part out of a sealed batch, signing a receipt.

The receipt says when, by whom, how many of what, and where: nobody's name, so that it may be kept for ever.
"""

from __future__ import annotations

import base64
from collections.abc import Callable

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from center.keys import CenterKeys
from center.store.console_audit import Note
from center.store.erasing_steps import Opener
from center.store.erasures import Erasure
from station.sync.bundle import Parts
from station.sync.sealing import SealError, open_parts, seal_together

MARK = "#kakou-center-erasure "  # begins the line of a receipt that can be checked
_CONTEXT = b"kakou center erasure 1\0"  # a signature made here means nothing anywhere else
_encode = msgspec.msgpack.Encoder().encode


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """One request that was carried out. Fields only ever append."""

    v: int = 1
    number: int
    at_ms: int  # UTC
    branch: str
    asked_by: str
    asked_ms: int
    confirmed_by: str
    kinds: dict[str, int]  # `retention_rules.Kind` or `list`, and how many


class ReceiptError(ValueError):
    """What should be a receipt is none, or was not signed by this center."""


def opener(keys: CenterKeys) -> Opener:
    """Takes parts out of a batch. One that our keys do not open is of no use to anybody: it goes whole."""

    def without(station: bytes, incarnation: int, body: bytes, numbers: frozenset[int]) -> bytes | None:
        try:
            kept = msgspec.msgpack.decode(body, type=Parts)
            if not kept.together:
                parts = tuple(part for part in kept.parts if part.number not in numbers)
                if len(parts) == len(kept.parts):
                    return body
                return _encode(msgspec.structs.replace(kept, parts=parts)) if parts else None
            clear = open_parts(keys.sealing, station, incarnation, kept)
        except (msgspec.DecodeError, SealError):
            return None
        left = [(number, part) for number, part in clear if number not in numbers]
        if len(left) == len(clear):
            return body
        return _encode(seal_together(keys.sealing_public_key, station, incarnation, left)) if left else None

    return without


def signer(keys: CenterKeys, erasure: Erasure) -> Callable[[int, Note, dict[str, int]], str]:
    """Makes the receipt's line, once all of it is known."""

    def sign(number: int, note: Note, kinds: dict[str, int]) -> str:
        receipt = Receipt(
            number=number,
            at_ms=note.at_ms,
            branch=erasure.branch,
            asked_by=erasure.who,
            asked_ms=erasure.at_ms,
            confirmed_by=note.who,
            kinds=kinds,
        )
        record = msgspec.json.encode(receipt)
        signature = base64.b64encode(keys.signing.sign(_CONTEXT + record)).decode()
        return f"{MARK}{signature} {record.decode()}"

    return sign


def check(text: str, public_key: bytes) -> Receipt:
    """The receipt in a text, if this key signed it. Raises ReceiptError."""
    line = next((line for line in text.splitlines() if line.startswith(MARK)), None)
    if line is None:
        raise ReceiptError("it has no signed line")
    signature, _, record = line.removeprefix(MARK).partition(" ")
    try:
        given = base64.b64decode(signature, validate=True)
        Ed25519PublicKey.from_public_bytes(public_key).verify(given, _CONTEXT + record.encode())
        return msgspec.json.decode(record, type=Receipt)
    except (InvalidSignature, ValueError) as error:
        raise ReceiptError("it was not signed by this center") from error
