"""A policy is signed by its issuer: a detached Ed25519 signature (RFC 8032) over the exact bytes of its TOML.

A comment that is changed breaks the signature, as does a different line ending: what was signed is what is
read. Where the keys lie, and who may issue, is decided elsewhere; the signature is kept beside the policy
as one line of base64.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from enum import StrEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


class SignatureProblem(StrEnum):
    DAMAGED = "damaged"  # this is no signature
    NOBODYS = "nobodys"  # changed after it was signed, or signed by none of the issuers that are trusted here


class PolicySignatureError(ValueError):
    """The policy is not the word of any issuer that is trusted here."""

    def __init__(self, problem: SignatureProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


def sign_policy(toml: bytes, key: Ed25519PrivateKey) -> str:
    """The signature of a policy as one line of text."""
    return base64.b64encode(key.sign(toml)).decode() + "\n"


def verify_policy(toml: bytes, signature: str, issuers: Mapping[str, Ed25519PublicKey]) -> str:
    """The name of the issuer that signed exactly this. Raises PolicySignatureError."""
    try:
        raw = base64.b64decode(signature.strip(), validate=True)
    except (binascii.Error, ValueError) as error:
        raise PolicySignatureError(SignatureProblem.DAMAGED) from error
    for name, key in issuers.items():
        if _verifies(key, raw, toml):
            return name
    raise PolicySignatureError(SignatureProblem.NOBODYS)


def _verifies(key: Ed25519PublicKey, signature: bytes, signed: bytes) -> bool:
    try:
        key.verify(signature, signed)
    except InvalidSignature:
        return False
    return True
