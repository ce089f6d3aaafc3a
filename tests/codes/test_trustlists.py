"""An admin brings a new trust list."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed448
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from station.codes.trust import RevocationList, TrustStore, Use
from station.codes.trustlists import (
    TrustError,
    parse_certificates,
    parse_dcc_revocations,
    parse_did_document,
    parse_gate_keys,
    parse_jwks,
    parse_shc_revocations,
)
from station.core.model import CodeKind
from tests.codes import issuing
from tests.codes.issuing import NOW

KEY = issuing.new_key()
DER = issuing.certificate(KEY, "1.3.6.1.4.1.1847.2021.1.3")


def method(jwk: dict[str, Any], *, usage: str = "#DSC", domain: str = "#DCC") -> dict[str, Any]:
    codes = {"participant": "#XXA", "keyusage": usage, "domain": domain}
    return {"publicKeyJwk": jwk, **{name: {"code": code} for name, code in codes.items()}}


def did_document(*methods: dict[str, Any]) -> str:
    return json.dumps({"proof": {"created": "2026-08-22T17:05:01Z"}, "verificationMethod": methods})


LISTED = {**issuing.jwk(KEY, "AQIDBAUGBwg="), "x5c": [b64encode(DER).decode()]}


def test_a_gdhcn_list_gives_signers_with_their_country_and_uses() -> None:
    listed = parse_did_document(did_document(method(LISTED)))
    (key,) = listed.keys[bytes(range(1, 9))]
    assert (key.issuer, key.uses) == ("XXA", frozenset({Use.RECOVERY}))
    assert listed.as_of == datetime(2026, 8, 22, 17, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize("created", ["0001-01-01T00:00:00+08:00", "9999-12-31T23:59:59-08:00"])
def test_a_list_whose_date_is_none_is_refused(created: str) -> None:
    document = json.loads(did_document(method(LISTED))) | {"proof": {"created": created}}
    with pytest.raises(TrustError, match="not a dated"):
        parse_did_document(json.dumps(document))


def test_a_key_without_certificate_is_read_from_its_jwk() -> None:
    listed = parse_did_document(did_document(method(issuing.jwk(KEY, "AQIDBAUGBwg="))))
    assert listed.keys[bytes(range(1, 9))][0].public == KEY.public_key()


def test_national_authorities_and_other_domains_sign_no_codes() -> None:
    with pytest.raises(TrustError, match="no usable key"):
        parse_did_document(did_document(method(LISTED, usage="#CSCA"), method(LISTED, domain="#PH4H")))


@pytest.mark.parametrize(
    "jwk",
    [
        {**LISTED, "x5c": ["AAAA"]},
        {"kid": "AQ=="},
        {**LISTED, "kid": "no base64"},
        {"kid": "AQ==", "kty": "oct"},
        7,
    ],
)
def test_one_broken_key_costs_that_key_only_and_is_named(jwk: Any) -> None:
    listed = parse_did_document(did_document(method(LISTED), method(jwk)))
    assert len(listed.keys) == 1
    assert len(listed.unreadable) == 1
    assert listed.unreadable[0].startswith("key 2: ")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "[]",
        "{}",
        '{"proof": {"created": "2026-08-22T17:05:01"}, "verificationMethod": []}',
        '{"proof": {"created": "soon"}, "verificationMethod": []}',
        "[" * 9999,
    ],
)
def test_no_list_is_made_of_another_text(text: str) -> None:
    with pytest.raises(TrustError, match=r"not JSON|not a dated"):
        parse_did_document(text)


def test_certificates_are_read_from_pem_and_from_plain_base64() -> None:
    plain = b64encode(DER).decode()
    pem = f"-----BEGIN CERTIFICATE-----\n{plain}\n-----END CERTIFICATE-----\n"
    assert parse_certificates(pem, as_of=NOW).keys.keys() == parse_certificates(plain, as_of=NOW).keys.keys()


@pytest.mark.parametrize("text", ["", "AAAA", "no base64!", b64encode(DER[:99]).decode()])
def test_a_list_without_any_certificate_is_refused(text: str) -> None:
    with pytest.raises(TrustError):
        parse_certificates(text, as_of=NOW)


def test_only_p256_keys_sign_health_cards() -> None:
    big = issuing.new_key(ec.SECP384R1())
    jwks = {
        "keys": [
            issuing.jwk(KEY, "good"),
            issuing.jwk(big, "big", "P-384"),
            {**issuing.jwk(KEY, ""), "kid": 7},
        ]
    }
    listed = parse_jwks(json.dumps(jwks), issuer="https://x", as_of=NOW)
    assert list(listed.keys) == [b"good"]
    assert len(listed.unreadable) == 2


@pytest.mark.parametrize("text", ["", "{}", '{"keys": 7}', '{"keys": [7]}', '{"keys": [{"kid": "\\ud800"}]}'])
def test_a_broken_jwk_set_is_refused(text: str) -> None:
    with pytest.raises(TrustError):
        parse_jwks(text, issuer="https://x", as_of=NOW)


def test_a_key_that_signs_no_code_is_no_gate_key() -> None:
    public = ed448.Ed448PrivateKey.generate().public_key()
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    with pytest.raises(TrustError, match="no usable key"):
        parse_gate_keys(pem, issuer="x", as_of=NOW)


@pytest.mark.parametrize("length", [0, 7, 33])
def test_hashes_that_would_match_nothing_or_strangers_are_refused(length: int) -> None:
    revoked = b64encode(bytes(length)).decode()
    with pytest.raises(TrustError, match="length"):
        parse_dcc_revocations(f'{{"hashType": "UCI", "entries": [{{"hash": "{revoked}"}}]}}', as_of=NOW)


@pytest.mark.parametrize(
    "text", ["", "{}", '{"entries": [{}]}', '{"entries": [{"hash": "?"}]}', '{"kid": "k", "rids": ["a.b"]}']
)
def test_a_broken_revocation_list_is_refused(text: str) -> None:
    with pytest.raises(TrustError):
        parse_dcc_revocations(text, as_of=NOW)
    with pytest.raises(TrustError):
        parse_shc_revocations(text, as_of=NOW)


@pytest.mark.parametrize(
    ("issued", "revoked"), [(NOW - timedelta(seconds=1), True), (NOW, False), (None, True)]
)
def test_a_dated_revocation_takes_back_what_was_issued_before_it(
    issued: datetime | None, revoked: bool
) -> None:
    """Issued before it, and what does not say when it was issued."""
    listed = RevocationList(CodeKind.SHC, NOW, {b"kid/rid": NOW})
    assert TrustStore(revocations=(listed,)).revoked(CodeKind.SHC, [b"kid/rid"], issued) is revoked
    assert not TrustStore(revocations=(listed,)).revoked(CodeKind.HCERT, [b"kid/rid"], issued)
