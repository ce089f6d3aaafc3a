"""One public key out of a certificate, a JWK or a PEM block."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from asn1crypto import x509  # type: ignore[import-untyped]
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_public_key,
    load_pem_public_key,
)

from station.codes.signature import PublicKey
from station.codes.trust import Use

_KID_BYTES = 8  # HCERT specification 2.6.2: the first 8 bytes of the SHA-256 of the certificate

# Extended key usage of HC1 document signers (certificate governance, annex to HCERT 5). The second
# root is an early misprint that issuers went on using.
_USES = {
    f"{root}.1847.2021.1.{number}": use
    for root in ("1.3.6.1.4.1", "1.3.6.1.4.1.0")
    for number, use in ((1, Use.TEST), (2, Use.VACCINATION), (3, Use.RECOVERY))
}
_CURVES: Mapping[object, ec.EllipticCurve] = {
    "P-256": ec.SECP256R1(),
    "P-384": ec.SECP384R1(),
    "P-521": ec.SECP521R1(),
}


class UnusableKeyError(ValueError):
    """A key that is broken or of a type that signs no code."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a document signer's certificate says. Its own dates are not read: being listed decides."""

    kid: bytes
    country: str | None
    uses: frozenset[Use]
    public: PublicKey = field(repr=False)


def from_certificate(der: bytes) -> Certificate:
    """The certificate in `der`. Raises UnusableKeyError.

    Read with asn1crypto, because `cryptography` refuses all extensions of a certificate when one is
    not strict DER (pyca/cryptography#14354): 12 of the 501 keys in the GDHCN list of 2026-08-22.
    """
    try:
        certificate = x509.Certificate.load(der)
        usage = certificate.extended_key_usage_value
        country = certificate.subject.native.get("country_name")
        public = certificate.public_key.dump()
    except (ValueError, TypeError, KeyError) as error:
        raise UnusableKeyError("not a certificate") from error
    oids = {purpose.dotted for purpose in usage} if usage is not None else set()
    uses = frozenset(_USES[oid] for oid in oids & _USES.keys())
    return Certificate(sha256(der).digest()[:_KID_BYTES], country, uses, _from_der(public))


def from_jwk(jwk: Mapping[str, Any]) -> PublicKey:
    """An EC or RSA key (RFC 7518 section 6). Raises UnusableKeyError."""
    try:
        match jwk["kty"]:
            case "EC":
                curve = _CURVES[jwk["crv"]]
                return ec.EllipticCurvePublicNumbers(_int(jwk["x"]), _int(jwk["y"]), curve).public_key()
            case "RSA":
                return rsa.RSAPublicNumbers(_int(jwk["e"]), _int(jwk["n"])).public_key()
    except (KeyError, TypeError, ValueError) as error:
        raise UnusableKeyError("not a usable JWK") from error
    raise UnusableKeyError("a key type that signs no code")


def from_pem(pem: str) -> PublicKey:
    """A SubjectPublicKeyInfo in PEM. Raises UnusableKeyError."""
    try:
        return _signing(load_pem_public_key(pem.encode()))
    except (ValueError, UnsupportedAlgorithm) as error:
        raise UnusableKeyError("not a public key") from error


def gate_key_id(public: PublicKey) -> bytes:
    """The key id in a gate pass: first 8 bytes of the SHA-256 of the SubjectPublicKeyInfo (DER)."""
    der = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return sha256(der).digest()[:_KID_BYTES]


def _from_der(der: bytes) -> PublicKey:
    try:
        return _signing(load_der_public_key(der))
    except (ValueError, UnsupportedAlgorithm) as error:
        raise UnusableKeyError("not a public key") from error


def _signing(key: object) -> PublicKey:
    if isinstance(key, ec.EllipticCurvePublicKey | rsa.RSAPublicKey | ed25519.Ed25519PublicKey):
        return key
    raise UnusableKeyError("a key type that signs no code")


def _int(text: str) -> int:
    return int.from_bytes(urlsafe_b64decode(text + "=" * (-len(text) % 4)), "big")
