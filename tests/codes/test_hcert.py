"""A visitor shows an HC1 certificate."""

from __future__ import annotations

import zlib
from base64 import b64encode
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from station.codes import base45, cose, hcert
from station.codes.inflate import inflate
from station.codes.result import CodeError
from station.codes.signature import ES256, PS256
from station.codes.trust import RevocationList, TrustStore
from station.codes.trustlists import parse_dcc_revocations
from station.core.model import CodeKind, CodeStatus, Credential, Trust
from tests.codes import issuing
from tests.codes.issuing import DCC, NOW, VACCINATION, hcert_claims, hcert_list, seconds, trusting

KEY = issuing.new_key()
TESTS_ONLY, VACCINATIONS_ONLY = "1.3.6.1.4.1.1847.2021.1.1", "1.3.6.1.4.1.0.1847.2021.1.2"
DER = issuing.certificate(KEY)
TRUST = trusting(hcert_list(DER))


def read(claims: dict[object, object], trust: TrustStore = TRUST) -> Credential:
    return hcert.read(issuing.hcert(KEY, DER, claims), trust, NOW)


def test_a_current_certificate_of_a_listed_issuer_is_valid() -> None:
    credential = read(hcert_claims())
    assert credential == Credential(
        CodeKind.HCERT,
        Trust.VERIFIED,
        CodeStatus.VALID,
        issuer="XX",
        subject="Ana Ito",
        made_at=NOW - timedelta(days=1),
        valid_until=NOW + timedelta(days=1),
    )


def test_the_name_is_in_no_log_line() -> None:
    assert "Ana" not in repr(read(hcert_claims()))


def test_without_any_list_nothing_can_be_checked() -> None:
    credential = read(hcert_claims(), trusting())
    assert credential.status is CodeStatus.CANNOT_CHECK
    assert credential.trust is Trust.RECOGNISED
    assert credential.subject is None


def test_a_list_for_gate_passes_verifies_no_health_certificate() -> None:
    assert read(hcert_claims(), trusting(issuing.gate_list(KEY))).status is CodeStatus.CANNOT_CHECK


def test_an_unknown_issuer_is_not_called_a_forger() -> None:
    stranger = issuing.certificate(issuing.new_key())
    credential = read(hcert_claims(), trusting(hcert_list(stranger)))
    assert (credential.status, credential.issuer) == (CodeStatus.UNKNOWN_ISSUER, "XX")


def test_a_forger_who_borrows_a_key_id_is_found_out() -> None:
    forged = issuing.hcert(issuing.new_key(), DER, hcert_claims())
    credential = hcert.read(forged, TRUST, NOW)
    assert credential.status is CodeStatus.BAD_SIGNATURE
    assert credential.subject is None


def test_two_issuers_with_the_same_key_id_are_both_tried() -> None:
    other = issuing.new_key()
    listed = hcert_list(DER)
    ((kid, (mine,)),) = listed.keys.items()
    theirs = replace(mine, public=other.public_key())
    listed = replace(listed, keys={kid: (theirs, mine)})
    assert read(hcert_claims(), trusting(listed)).status is CodeStatus.VALID


def test_an_expired_certificate_is_still_known_to_be_genuine() -> None:
    credential = read(hcert_claims(_4=seconds(NOW) - 1))
    assert (credential.status, credential.trust) == (CodeStatus.EXPIRED, Trust.VERIFIED)
    assert credential.reason == "expired 2022-03-01 07:29 UTC"


def test_the_last_second_of_a_certificate_still_counts() -> None:
    assert read(hcert_claims(_4=seconds(NOW))).status is CodeStatus.VALID


@pytest.mark.parametrize(
    ("ahead", "status"),
    [(timedelta(minutes=4), CodeStatus.VALID), (timedelta(minutes=6), CodeStatus.NOT_YET_VALID)],
)
def test_a_slow_clock_at_the_gate_refuses_no_fresh_certificate(ahead: timedelta, status: CodeStatus) -> None:
    assert read(hcert_claims(_6=seconds(NOW + ahead))).status is status


@pytest.mark.parametrize("date", [True, "2022", float("nan"), float("inf"), 2**70, -(10**15), b"1"])
def test_a_date_that_is_none_is_damage(date: object) -> None:
    with pytest.raises(CodeError) as caught:
        read(hcert_claims(_4=date))
    assert caught.value.problem.status is CodeStatus.DAMAGED


def test_a_key_for_tests_signs_no_vaccination() -> None:
    der = issuing.certificate(KEY, TESTS_ONLY)
    text = issuing.hcert(KEY, der, hcert_claims())
    assert hcert.read(text, trusting(hcert_list(der)), NOW).status is CodeStatus.WRONG_USE


def test_a_key_for_vaccinations_in_the_early_spelling_signs_one() -> None:
    der = issuing.certificate(KEY, TESTS_ONLY, VACCINATIONS_ONLY)
    text = issuing.hcert(KEY, der, hcert_claims())
    assert hcert.read(text, trusting(hcert_list(der)), NOW).status is CodeStatus.VALID


def test_two_certificates_in_one_are_rejected_and_nobody_is_asked_to_wipe_the_screen() -> None:
    """Romania, Slovakia and Spain issued such ones: genuine, whole, and not for use."""
    credential = read(hcert_claims({**DCC, "v": [VACCINATION, VACCINATION]}))
    assert (credential.status, credential.trust) == (CodeStatus.WRONG_USE, Trust.VERIFIED)


def test_empty_groups_written_as_null_are_tolerated() -> None:
    assert read(hcert_claims({**DCC, "t": None, "r": []})).status is CodeStatus.VALID


def test_a_signed_content_of_another_sort_cannot_be_checked() -> None:
    claims = {**hcert_claims(), -260: {-6: {"n": "Ana Ito"}}}
    assert read(claims).status is CodeStatus.CANNOT_CHECK


@pytest.mark.parametrize("named", ["URN:UVCI:01:XX:1#A", "XXURN:UVCI:01:XX:1#A"])
@pytest.mark.parametrize("length", [8, 16, 32])
def test_a_certificate_taken_back_by_its_id_is_revoked(named: str, length: int) -> None:
    """By the whole hash or a prefix of it."""
    digest = b64encode(sha256(named.encode()).digest()[:length]).decode()
    batch = parse_dcc_revocations(f'{{"hashType": "UCI", "entries": [{{"hash": "{digest}"}}]}}', as_of=NOW)
    assert read(hcert_claims(), TrustStore(TRUST.lists, (batch,))).status is CodeStatus.REVOKED


def test_a_certificate_taken_back_by_its_signature_is_revoked() -> None:
    text = issuing.hcert(KEY, DER, hcert_claims())
    signature = cose.parse(inflate(base45.decode(text[4:]))).signed.signature
    handle = sha256(signature[:32]).digest()[:16]
    revoked = RevocationList(CodeKind.HCERT, NOW, {handle: None})
    assert hcert.read(text, TrustStore(TRUST.lists, (revoked,)), NOW).status is CodeStatus.REVOKED


@pytest.mark.parametrize(
    ("key", "algorithm", "status"),
    [
        (issuing.new_key(ec.SECP384R1()), ES256, CodeStatus.VALID),
        (rsa.generate_private_key(65537, 2048), PS256, CodeStatus.VALID),
        (rsa.generate_private_key(65537, 2048), ES256, CodeStatus.BAD_SIGNATURE),
        (issuing.new_key(), PS256, CodeStatus.BAD_SIGNATURE),
        (ed25519.Ed25519PrivateKey.generate(), -8, CodeStatus.CANNOT_CHECK),
    ],
)
def test_algorithms_and_keys(key: issuing.PrivateKey, algorithm: int, status: CodeStatus) -> None:
    """ES256 on any curve and PS256; EdDSA is no algorithm of HC1; a key serves its own algorithm only."""
    der = issuing.certificate(key)
    text = issuing.hcert(key, der, hcert_claims(), algorithm=algorithm)
    assert hcert.read(text, trusting(hcert_list(der)), NOW).status is status


def test_a_stretched_signature_is_another_signature() -> None:
    """Or a revoked certificate would come back under another hash."""
    message = cbor2.loads(inflate(base45.decode(issuing.hcert(KEY, DER, hcert_claims())[4:]))).value
    r, s = message[3][:32], message[3][32:]
    stretched = cbor2.dumps([*message[:3], r + b"\0" + s])
    text = "HC1:" + issuing.base45(zlib.compress(stretched))
    assert hcert.read(text, TRUST, NOW).status is CodeStatus.BAD_SIGNATURE


def test_an_uncompressed_certificate_is_damaged() -> None:
    plain = zlib.decompress(base45.decode(issuing.hcert(KEY, DER, hcert_claims())[4:]))
    with pytest.raises(CodeError, match="compression"):
        hcert.read("HC1:" + issuing.base45(plain), TRUST, NOW)


@pytest.mark.parametrize(
    ("key", "algorithm"),
    [(KEY, ES256), (rsa.generate_private_key(65537, 2048), PS256)],
    ids=["es256", "ps256"],
)
def test_a_certificate_with_a_changed_signature_is_a_forgery(key: issuing.PrivateKey, algorithm: int) -> None:
    der = issuing.certificate(key)
    message = bytearray(
        inflate(base45.decode(issuing.hcert(key, der, hcert_claims(), algorithm=algorithm)[4:]))
    )
    message[-1] ^= 1
    text = "HC1:" + issuing.base45(zlib.compress(bytes(message)))
    assert hcert.read(text, trusting(hcert_list(der)), NOW).status is CodeStatus.BAD_SIGNATURE


def test_an_rsa_certificate_is_taken_back_by_its_whole_signature() -> None:
    key = rsa.generate_private_key(65537, 2048)
    der = issuing.certificate(key)
    text = issuing.hcert(key, der, hcert_claims(), algorithm=PS256)
    signature = cose.parse(inflate(base45.decode(text[4:]))).signed.signature
    revoked = RevocationList(CodeKind.HCERT, NOW, {sha256(signature).digest()[:16]: None})
    trust = TrustStore((hcert_list(der),), (revoked,))
    assert hcert.read(text, trust, NOW).status is CodeStatus.REVOKED


def test_a_revocation_of_another_kind_of_code_concerns_no_certificate() -> None:
    handle = sha256(b"URN:UVCI:01:XX:1#A").digest()[:16]
    other = RevocationList(CodeKind.GATE_PASS, NOW, {handle: None})
    assert read(hcert_claims(), TrustStore(TRUST.lists, (other,))).status is CodeStatus.VALID


def test_a_certificate_that_names_no_issuer_is_its_signers_and_can_be_taken_back() -> None:
    nameless = {claim: value for claim, value in hcert_claims().items() if claim != 1}
    assert (read(nameless).status, read(nameless).issuer) == (CodeStatus.VALID, "XX")
    handle = sha256(b"URN:UVCI:01:XX:1#A").digest()[:16]
    revoked = RevocationList(CodeKind.HCERT, NOW, {handle: None})
    assert read(nameless, TrustStore(TRUST.lists, (revoked,))).status is CodeStatus.REVOKED


def test_of_two_sets_of_rules_both_are_asked() -> None:
    """One that has nothing against somebody does not speak for the other."""
    nobody = issuing.rules(issuing.rule({">=": [{"var": "payload.v.0.dn"}, 9]}))
    for sets in ((issuing.rules(issuing.rule()), nobody), (nobody, issuing.rules(issuing.rule()))):
        trust = TrustStore(TRUST.lists, rules=sets)
        assert read(hcert_claims(), trust).status is not CodeStatus.VALID


def test_a_certificate_whose_entry_is_no_entry_holds_none() -> None:
    assert read(hcert_claims({**DCC, "v": ["two doses"]})).status is CodeStatus.DAMAGED


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ({"gnt": "ANA", "fnt": "ITO"}, "ANA ITO"),
        ({"fn": "Ito"}, "Ito"),
        ({"gn": " "}, None),
        ({"fn": 5}, None),
    ],
)
def test_a_name_is_written_as_far_as_it_is_there(name: dict[str, object], shown: str | None) -> None:
    assert read(hcert_claims({**DCC, "nam": name})).subject == shown
