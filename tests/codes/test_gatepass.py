"""A resident shows a gate pass."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa

from station.codes import base45, gatepass
from station.codes.result import CodeError
from station.codes.signature import EDDSA
from station.codes.trust import RevocationList, TrustStore
from station.core.model import CodeKind, CodeStatus, Credential, Trust
from tests.codes import issuing
from tests.codes.issuing import COMMUNITY, NOW, PASS_ID, gate_claims, gate_list, gate_pass, seconds, trusting

KEY = issuing.new_key()
TRUST = trusting(gate_list(KEY))


@pytest.mark.parametrize("compressed", [False, True])
def test_a_pass_of_this_community_is_valid(compressed: bool) -> None:
    text = gate_pass(KEY, gate_claims(), compressed=compressed)
    assert gatepass.read(text, TRUST, NOW) == Credential(
        CodeKind.GATE_PASS,
        Trust.VERIFIED,
        CodeStatus.VALID,
        issuer=COMMUNITY,
        subject="张小强",
        made_at=NOW - timedelta(days=1),
        valid_until=NOW + timedelta(days=180),
        pass_id=PASS_ID.hex(),
        dwelling="3-2-501",
        gates=("east",),
    )


def test_where_a_person_lives_is_in_no_log_line() -> None:
    assert "3-2-501" not in repr(gatepass.read(gate_pass(KEY, gate_claims()), TRUST, NOW))


@pytest.mark.parametrize("gate", [{}, {2: 501, 4: "east"}, {2: None, 4: None}])
def test_a_pass_without_a_house_or_gates_names_none(gate: dict[int, Any]) -> None:
    credential = gatepass.read(gate_pass(KEY, gate_claims(_minus70001=gate)), TRUST, NOW)
    assert (credential.status, credential.dwelling, credential.gates) == (CodeStatus.VALID, None, ())


def test_a_gate_by_number_is_a_gate() -> None:
    """Left out it would open all gates."""
    text = gate_pass(KEY, gate_claims(_minus70001={4: [2]}))
    assert gatepass.read(text, TRUST, NOW).gates == ("2",)


def test_a_pass_signed_with_the_other_curve_of_the_table_is_valid() -> None:
    key = ed25519.Ed25519PrivateKey.generate()
    credential = gatepass.read(gate_pass(key, gate_claims()), trusting(gate_list(key)), NOW)
    assert credential.status is CodeStatus.VALID


def test_an_algorithm_outside_the_table_is_not_accepted() -> None:
    key = rsa.generate_private_key(65537, 2048)
    credential = gatepass.read(gate_pass(key, gate_claims()), trusting(gate_list(key)), NOW)
    assert credential.status is CodeStatus.CANNOT_CHECK


def test_a_health_ministry_cannot_issue_gate_passes() -> None:
    """Even with our name and our key id in its list."""
    (ours,) = gate_list(KEY).keys.values()
    ministry = replace(gate_list(KEY), kind=CodeKind.HCERT, keys={ours[0].kid: ours})
    text, another_gate = gate_pass(KEY, gate_claims()), gate_list(issuing.new_key())
    assert gatepass.read(text, trusting(ministry), NOW).status is CodeStatus.CANNOT_CHECK
    assert gatepass.read(text, trusting(ministry, another_gate), NOW).status is CodeStatus.UNKNOWN_ISSUER


def test_a_neighbour_community_cannot_issue_passes_in_our_name() -> None:
    neighbour = issuing.new_key()
    trust = trusting(gate_list(KEY), gate_list(neighbour, issuer="330106-NEXT"))
    assert gatepass.read(gate_pass(neighbour, gate_claims()), trust, NOW).status is CodeStatus.UNKNOWN_ISSUER


def test_a_pass_that_names_no_issuer_is_nobodys() -> None:
    assert gatepass.read(gate_pass(KEY, gate_claims(_1=None)), TRUST, NOW).status is CodeStatus.UNKNOWN_ISSUER


def test_a_lost_pass_that_was_taken_back_is_revoked() -> None:
    revoked = RevocationList(CodeKind.GATE_PASS, NOW, {PASS_ID: None})
    credential = gatepass.read(gate_pass(KEY, gate_claims()), TrustStore(TRUST.lists, (revoked,)), NOW)
    assert (credential.status, credential.subject) == (CodeStatus.REVOKED, "张小强")


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"_4": seconds(NOW) - 1}, CodeStatus.EXPIRED),
        ({"_5": seconds(NOW) + 3600}, CodeStatus.NOT_YET_VALID),
        ({"_4": None}, CodeStatus.DAMAGED),
        ({"_7": None}, CodeStatus.DAMAGED),
        ({"_169": {8: "1950"}}, CodeStatus.DAMAGED),
        ({"_169": "张小强"}, CodeStatus.DAMAGED),
        ({"minus70001": None}, CodeStatus.DAMAGED),
    ],
)
def test_genuine_passes_that_do_not_count(changes: dict[str, Any], status: CodeStatus) -> None:
    """A pass without an end, an id, a name or its gate claim could be neither checked nor taken back."""
    assert gatepass.read(gate_pass(KEY, gate_claims(**changes)), TRUST, NOW).status is status


@pytest.mark.parametrize("text", ["GP1:", "GP1:A", "GP1:gp1", "GP1:0", "GP1:NCF", "GP1:WF0"])
def test_a_torn_pass_is_damaged(text: str) -> None:
    with pytest.raises(CodeError):
        gatepass.read(text, TRUST, NOW)


def changed(text: str) -> str:
    """The pass with one bit of its signature turned."""
    message = bytearray(base45.decode(text.removeprefix("GP1:")))
    message[-1] ^= 1
    return "GP1:" + issuing.base45(bytes(message))


@pytest.mark.parametrize("key", [KEY, ed25519.Ed25519PrivateKey.generate()], ids=["es256", "eddsa"])
def test_a_forged_pass_is_found_out_whatever_our_issuers_key_is(key: issuing.PrivateKey) -> None:
    text, trust = gate_pass(key, gate_claims()), trusting(gate_list(key))
    assert gatepass.read(text, trust, NOW).status is CodeStatus.VALID
    assert gatepass.read(changed(text), trust, NOW).status is CodeStatus.BAD_SIGNATURE


def test_a_pass_that_says_another_algorithm_than_our_key_has_is_a_forgery() -> None:
    """EdDSA is allowed, but the key with this id is one for ES256."""
    forger = ed25519.Ed25519PrivateKey.generate()
    (ours,) = gate_list(KEY).keys
    message = issuing.cose(forger, cbor2.dumps(gate_claims()), {1: EDDSA, 4: ours})
    text = "GP1:" + issuing.base45(message)
    assert gatepass.read(text, TRUST, NOW).status is CodeStatus.BAD_SIGNATURE


def test_a_pass_for_next_week_opens_nothing_today() -> None:
    """Made yesterday (iat), for a time that begins later (nbf): the later one counts."""
    claims = gate_claims(_6=seconds(NOW - timedelta(days=1)), _5=seconds(NOW + timedelta(days=7)))
    assert gatepass.read(gate_pass(KEY, claims), TRUST, NOW).status is CodeStatus.NOT_YET_VALID


@pytest.mark.parametrize("changes", [{"_7": "0102"}, {"_169": {4: 5}}])
def test_a_pass_with_an_id_or_a_name_of_the_wrong_type_is_incomplete(changes: dict[str, Any]) -> None:
    """By such an id it could never be taken back."""
    assert gatepass.read(gate_pass(KEY, gate_claims(**changes)), TRUST, NOW).status is CodeStatus.DAMAGED


@pytest.mark.parametrize("kid", [[1], {}, "text", 5, None])
def test_a_key_id_that_is_none_names_nobody(kid: object) -> None:
    message = issuing.cose(KEY, cbor2.dumps(gate_claims()), {1: -7, 4: kid})
    text = "GP1:" + issuing.base45(message)
    assert gatepass.read(text, TRUST, NOW).status is CodeStatus.UNKNOWN_ISSUER


def test_a_pass_without_a_beginning_holds_to_its_end() -> None:
    assert gatepass.read(gate_pass(KEY, gate_claims(_5=None)), TRUST, NOW).status is CodeStatus.VALID


@pytest.mark.parametrize(("late_s", "status"), [(300, CodeStatus.VALID), (301, CodeStatus.NOT_YET_VALID)])
def test_a_pass_issued_a_minute_ago_is_not_refused_by_a_slow_clock(late_s: int, status: CodeStatus) -> None:
    claims = gate_claims(_5=seconds(NOW) + late_s)
    assert gatepass.read(gate_pass(KEY, claims), TRUST, NOW).status is status
