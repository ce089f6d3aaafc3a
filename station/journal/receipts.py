"""What is handed to somebody whose data was erased: when, what kinds, how many; signed, and without a name.

The signature and the head of the chain show that it is of this station, and that the entries behind it are
those of that day. Pure.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

MARK = "#kakou-erasure "  # begins the last line of the text
_CONTEXT = b"kakou erasure 1\0"  # a signature made here means nothing anywhere else


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """One request that was carried out. Fields only ever append. Hashes are hex."""

    v: int = 1
    number: int
    at_ms: int  # UTC
    day: str  # of the gate's time zone, YYYY-MM-DD
    gate: str
    kinds: dict[str, int]  # `erasing.Trace`, and how many
    enrolled: bool  # there is a center, which has to erase what it got
    unsent: int  # entries that the center does not have yet: it gets them without what is personal
    station: str
    incarnation: int
    head_number: int
    head: str


class ReceiptError(ValueError):
    """What should be a receipt is none, is of a newer version, or was not signed here."""


def to_sign(receipt: Receipt) -> bytes:
    """The bytes under the station's signature (Ed25519)."""
    return _CONTEXT + encode(receipt)


def encode(receipt: Receipt) -> bytes:
    return msgspec.json.encode(receipt)


def decode(record: bytes) -> Receipt:
    """Raises ReceiptError."""
    try:
        receipt = msgspec.json.decode(record, type=Receipt)
    except msgspec.DecodeError as error:
        raise ReceiptError(str(error)) from error
    if receipt.v != 1:
        raise ReceiptError(f"version {receipt.v}")
    return receipt


def claim(receipt: Receipt, signature: bytes) -> str:
    """The last line of the text that is handed out: all that can be checked."""
    return f"{MARK}{base64.b64encode(signature).decode()} {encode(receipt).decode()}"


def check(text: str, public_keys: Iterable[bytes]) -> Receipt:
    """The receipt in a text, if one of these keys signed it. Raises ReceiptError."""
    line = next((line for line in text.splitlines() if line.startswith(MARK)), None)
    if line is None:
        raise ReceiptError("it has no signed line")
    signature, _, record = line.removeprefix(MARK).partition(" ")
    receipt = decode(record.encode())
    if not any(_fits(receipt, signature, key) for key in public_keys):
        raise ReceiptError("it was not signed by this station")
    return receipt


def signed(receipt: Receipt, signer: Callable[[bytes], bytes]) -> bytes:
    """The station's signature, 64 bytes."""
    return signer(to_sign(receipt))


def is_signed(record: bytes, signature: bytes, public_keys: Iterable[bytes]) -> bool:
    """Whether a receipt, as it lies in the journal, was signed with one of these keys."""
    for key in public_keys:
        try:
            Ed25519PublicKey.from_public_bytes(key).verify(signature, _CONTEXT + record)
        except InvalidSignature:
            continue
        return True
    return False


def _fits(receipt: Receipt, signature: str, key: bytes) -> bool:
    try:
        given = base64.b64decode(signature, validate=True)
        Ed25519PublicKey.from_public_bytes(key).verify(given, to_sign(receipt))
    except (InvalidSignature, ValueError):
        return False
    return True
