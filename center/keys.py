"""Who the center is: its keys and its CA, made once, in one file: never is half of them there.

Ed25519 signs acks, pages and credentials; X25519 opens what is sealed to the center (HPKE); the district key
tells people by keyed hash; the CA (`center.tls`) vouches for the TLS certificate.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from center.folder import create_file, make_folder
from center.tls import Authority, make_authority
from station.sync import bundle, onetime

FILE = "center.key"
Key = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]


class KeysError(Exception):
    """The file of keys cannot be read, or is damaged. Never a reason to make new ones."""


class _Stored(msgspec.Struct, frozen=True):
    """The file, as JSON: bytes in base64."""

    signing: Key
    sealing: Key
    district: Key
    authority_key: str  # PEM
    authority: str  # PEM

    def __repr__(self) -> str:
        return "_Stored(…)"


@dataclass(frozen=True, slots=True)
class CenterKeys:
    signing: Ed25519PrivateKey = field(repr=False)
    sealing: X25519PrivateKey = field(repr=False)
    district: bytes = field(repr=False)
    authority: Authority = field(repr=False)

    @property
    def public_key(self) -> bytes:
        """Ed25519, 32 bytes."""
        return self.signing.public_key().public_bytes_raw()

    @property
    def sealing_public_key(self) -> bytes:
        """X25519, 32 bytes."""
        return self.sealing.public_key().public_bytes_raw()

    @property
    def items_key(self) -> bytes:
        """Seals what lies in the database; no gate has it, as it would if it came of the district key."""
        made = HKDF(SHA256(), length=32, salt=None, info=b"kakou center items 1")
        return made.derive(self.sealing.private_bytes_raw())

    @property
    def ca_mark(self) -> bytes:
        """What a one-time code says of the CA."""
        return onetime.ca_mark(self.authority.certificate.public_bytes(Encoding.DER))

    def sign(self, purpose: bundle.Purpose, payload: bytes) -> bytes:
        return self.signing.sign(bundle.to_sign(purpose, payload))

    def signed(self, purpose: bundle.Purpose, message: Any) -> bundle.Signed:
        """A message of the wire with our signature."""
        payload = bundle.pack(message)
        return bundle.Signed(payload, self.sign(purpose, payload))


def make_keys() -> CenterKeys:
    """New keys: another center."""
    return CenterKeys(
        Ed25519PrivateKey.generate(), X25519PrivateKey.generate(), secrets.token_bytes(32), make_authority()
    )


def open_keys(data: Path) -> CenterKeys:
    """The keys of this folder, made if there are none. Raises KeysError, OSError."""
    try:
        return load_keys(data)
    except FileNotFoundError:
        make_folder(data)
        create_file(data / FILE, encode_keys(make_keys()))
        return load_keys(data)


def load_keys(data: Path) -> CenterKeys:
    """Raises FileNotFoundError if there are none, KeysError, OSError."""
    return decode_keys((data / FILE).read_bytes())


def encode_keys(keys: CenterKeys) -> bytes:
    """The file of keys."""
    private_key = keys.authority.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    stored = _Stored(
        keys.signing.private_bytes_raw(),
        keys.sealing.private_bytes_raw(),
        keys.district,
        private_key.decode(),
        keys.authority.certificate.public_bytes(Encoding.PEM).decode(),
    )
    return msgspec.json.encode(stored)


def decode_keys(content: bytes) -> CenterKeys:
    """Raises KeysError."""
    try:
        stored = msgspec.json.decode(content, type=_Stored)
        key = load_pem_private_key(stored.authority_key.encode(), None)
        certificate = x509.load_pem_x509_certificate(stored.authority.encode())
    except ValueError as error:  # msgspec's and cryptography's errors are of this kind
        raise KeysError("not a file of keys") from error
    if not isinstance(key, EllipticCurvePrivateKey) or key.public_key() != certificate.public_key():
        raise KeysError("the CA's key and certificate do not belong together")
    return CenterKeys(
        Ed25519PrivateKey.from_private_bytes(stored.signing),
        X25519PrivateKey.from_private_bytes(stored.sealing),
        stored.district,
        Authority(key, certificate),
    )
