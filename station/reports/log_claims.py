"""What an exported log says about itself, signed, so that whoever reads it can check it. Pure."""

from __future__ import annotations

import base64
from collections.abc import Callable

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

MARK = "#kakou"  # the first cell of the last line
_CONTEXT = b"kakou export 1\0"


class Claims(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One file's. Days are of the gate's time zone; hashes are hex."""

    v: int = 1
    gate: str
    first_day: str
    last_day: str
    language: str
    masked: bool
    verdicts: tuple[int, ...] = ()  # what was chosen; empty: all
    categories: tuple[str, ...] = ()
    house: str = ""
    instruments: tuple[str, ...] = ()
    rows: int
    first: int | None = None  # number of the first row
    last: int | None = None
    counts: dict[str, int]  # by verdict
    incarnation: int  # where the journal stood: what was written later does not count here
    head_number: int
    head: str
    content: str  # SHA-256 over the lines of the rows
    made_at: str
    signature: str = ""


class ClaimsError(ValueError):
    """What should be claims is none, or of a newer version."""


def sign(claims: Claims, signer: Callable[[bytes], bytes]) -> Claims:
    """The claims with the station's signature (Ed25519)."""
    signature = base64.b64encode(signer(_to_sign(claims))).decode()
    return msgspec.structs.replace(claims, signature=signature)


def is_signed(claims: Claims, public_keys: list[bytes]) -> bool:
    """Whether one of these keys signed them."""
    return any(_fits(claims, key) for key in public_keys)


def encode(claims: Claims) -> str:
    return msgspec.json.encode(claims).decode()


def decode(text: str) -> Claims:
    """Raises ClaimsError."""
    try:
        claims = msgspec.json.decode(text, type=Claims)
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        raise ClaimsError(str(error)) from error
    if claims.v != 1:
        raise ClaimsError(f"version {claims.v}")
    return claims


def _fits(claims: Claims, key: bytes) -> bool:
    try:
        signature = base64.b64decode(claims.signature, validate=True)
        Ed25519PublicKey.from_public_bytes(key).verify(signature, _to_sign(claims))
    except (InvalidSignature, ValueError):
        return False
    return True


def _to_sign(claims: Claims) -> bytes:
    return _CONTEXT + msgspec.json.encode(msgspec.structs.replace(claims, signature=""))
