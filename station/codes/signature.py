"""Signature algorithms by their COSE number (IANA registry "COSE Algorithms", RFC 9053).

A new algorithm is one function and one line of the table; which of them a format allows is the
format's own affair.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

PublicKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey | ed25519.Ed25519PublicKey

ES256 = -7
EDDSA = -8
PS256 = -37


def verifies(algorithm: int, key: PublicKey, signature: bytes, signed: bytes) -> bool:
    """Whether `signature` over `signed` was made with `key`. A key of another type verifies nothing."""
    try:
        return _VERIFIERS[algorithm](key, signature, signed)
    except InvalidSignature:
        return False


def _es256(key: PublicKey, signature: bytes, signed: bytes) -> bool:
    """ECDSA with SHA-256 over any curve: RFC 9053 section 2.1 does not tie the hash to P-256."""
    if not isinstance(key, ec.EllipticCurvePublicKey):
        return False
    size = (key.curve.key_size + 7) // 8
    if len(signature) != 2 * size:  # r ‖ s, each as long as the curve
        return False
    r, s = int.from_bytes(signature[:size], "big"), int.from_bytes(signature[size:], "big")
    key.verify(encode_dss_signature(r, s), signed, ec.ECDSA(SHA256()))
    return True


def _eddsa(key: PublicKey, signature: bytes, signed: bytes) -> bool:
    if not isinstance(key, ed25519.Ed25519PublicKey):
        return False
    key.verify(signature, signed)
    return True


def _ps256(key: PublicKey, signature: bytes, signed: bytes) -> bool:
    """RSASSA-PSS with SHA-256 and a salt as long as the hash (RFC 8230 section 2)."""
    if not isinstance(key, rsa.RSAPublicKey):
        return False
    key.verify(signature, signed, padding.PSS(padding.MGF1(SHA256()), SHA256().digest_size), SHA256())
    return True


_VERIFIERS: Mapping[int, Callable[[PublicKey, bytes, bytes], bool]] = {
    ES256: _es256,
    EDDSA: _eddsa,
    PS256: _ps256,
}
