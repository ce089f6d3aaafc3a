"""Rules come from whom they say they come from."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from station.codes.policy_signature import (
    PolicySignatureError,
    SignatureProblem,
    sign_policy,
    verify_policy,
)

DISTRICT, STREET, STRANGER = (Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in (1, 2, 3))
ISSUERS = {"区防控办": DISTRICT.public_key(), "街道": STREET.public_key()}
POLICY = 'name = "open" # 开放\nversion = 3\n'.encode()


def problem(policy: bytes, signature: str) -> SignatureProblem:
    with pytest.raises(PolicySignatureError) as raised:
        verify_policy(policy, signature, ISSUERS)
    return raised.value.problem


def test_the_issuer_is_told_by_name() -> None:
    assert verify_policy(POLICY, sign_policy(POLICY, DISTRICT), ISSUERS) == "区防控办"
    assert verify_policy(POLICY, sign_policy(POLICY, STREET), ISSUERS) == "街道"


def test_a_changed_comment_breaks_the_signature_as_does_a_line_ending() -> None:
    signature = sign_policy(POLICY, DISTRICT)
    assert problem(POLICY.replace("开放".encode(), b""), signature) is SignatureProblem.NOBODYS
    assert problem(POLICY.replace(b"\n", b"\r\n"), signature) is SignatureProblem.NOBODYS


def test_a_stranger_issues_nothing() -> None:
    assert problem(POLICY, sign_policy(POLICY, STRANGER)) is SignatureProblem.NOBODYS


@pytest.mark.parametrize("signature", ["", "签名", "AAAA", base64.b64encode(bytes(64)).decode(), "a" * 87])
def test_what_is_no_signature_verifies_nothing(signature: str) -> None:
    assert problem(POLICY, signature) in SignatureProblem


def test_the_signature_is_ed25519_over_the_exact_bytes() -> None:
    """RFC 8032: any other program with the public key can check it."""
    DISTRICT.public_key().verify(base64.b64decode(sign_policy(POLICY, DISTRICT)), POLICY)
