"""A pass is issued: what is on it, who else can read it, and what is never put on one."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import cbor2
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given, settings
from hypothesis import strategies as st

from station.codes import base45, gatepass, keys
from station.codes.issue import issue
from station.core.model import CodeStatus, Trust
from station.core.passes import GatePass, Holder, PassError, PassKind
from tests.codes import issuing
from tests.codes.issuing import COMMUNITY, NOW, PASS_ID, gate_list, trusting

KEY = issuing.new_key()
TRUST = trusting(gate_list(KEY))
ZHANG = Holder("张小强", "3-2-501", PassKind.TENANT, birth="19500101", id_tail="123X", guardian="张三")
PASS = GatePass(PASS_ID, COMMUNITY, ZHANG, NOW, NOW + timedelta(days=180))
PEM = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


@pytest.fixture(scope="module")
def sdk() -> Any:
    """The Claim 169 SDK, which knows nothing of our program, our prefix or our clock."""
    return pytest.importorskip("claim169", reason="claim169 has no wheel for this machine")


def read_with(sdk: Any, text: str) -> Any:
    return sdk.decode_with_ecdsa_p256_pem(text.removeprefix(gatepass.PREFIX), PEM, validate_timestamps=False)


def message(text: str) -> list[Any]:
    """The four parts of the COSE message."""
    parts: list[Any] = cbor2.loads(base45.decode(text.removeprefix(gatepass.PREFIX))).value
    return parts


def test_an_issued_pass_is_valid_at_our_gates() -> None:
    credential = gatepass.read(issue(PASS, KEY), TRUST, NOW)
    assert (credential.trust, credential.status) == (Trust.VERIFIED, CodeStatus.VALID)
    assert (credential.issuer, credential.subject, credential.dwelling) == (COMMUNITY, "张小强", "3-2-501")
    assert (credential.pass_id, credential.valid_until) == (PASS.number, PASS.valid_until)


def test_an_issued_pass_is_read_by_a_program_that_is_not_ours(sdk: Any) -> None:
    found = read_with(sdk, issue(PASS, KEY))
    person, meta = found.claim169, found.cwt_meta

    assert found.is_verified()
    assert found.key_id == keys.gate_key_id(KEY.public_key())
    assert (person.full_name, person.date_of_birth, person.guardian) == ("张小强", "19500101", "张三")
    assert (meta.issuer, meta.expires_at) == (COMMUNITY, int(PASS.valid_until.timestamp()))
    assert meta.issued_at == meta.not_before == int(NOW.timestamp())


def test_that_program_refuses_a_pass_that_somebody_else_signed(sdk: Any) -> None:
    with pytest.raises(sdk.SignatureError):
        read_with(sdk, issue(PASS, issuing.new_key()))


def test_the_key_is_named_where_the_signature_covers_it() -> None:
    protected, unprotected, _, signature = message(issue(PASS, KEY))
    assert cbor2.loads(protected) == {1: -7, 4: keys.gate_key_id(KEY.public_key())}
    assert unprotected == {}
    assert len(signature) == 64


def test_what_is_not_known_of_the_holder_is_not_on_the_pass() -> None:
    plain = replace(PASS, holder=Holder("王秀英", "1-1-101"))
    claims = cbor2.loads(message(issue(plain, KEY))[2])
    assert claims[169] == {4: "王秀英"}
    assert claims[-70001] == {1: "resident", 2: "1-1-101"}


def test_a_code_reader_sees_one_short_word_in_capitals() -> None:
    """The alphabet of a QR code's alphanumeric mode; a third longer and a card's code grows too large."""
    text = issue(PASS, KEY)
    assert re.fullmatch(r"GP1:[0-9A-Z $%*+./:-]+", text)
    assert len(text) <= 334  # research: a pass with guardian, gates and limits


TEXT = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)


@given(TEXT, TEXT, st.sampled_from(PassKind), st.none() | TEXT)
@settings(deadline=None, max_examples=50)
def test_every_holder_can_be_read_back(
    name: str, dwelling: str, kind: PassKind, guardian: str | None
) -> None:
    holder = Holder(name, dwelling, kind, guardian=guardian)
    credential = gatepass.read(issue(replace(PASS, holder=holder), KEY), TRUST, NOW)
    assert credential.status is CodeStatus.VALID
    assert (credential.subject, credential.dwelling) == (name, dwelling)


@given(st.binary(max_size=300))
def test_base45_is_written_as_others_write_it_and_read_back(data: bytes) -> None:
    assert base45.encode(data) == issuing.base45(data)
    assert base45.decode(base45.encode(data)) == data


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"name": " "}, "name"),
        ({"name": "张" * 41}, "name"),
        ({"name": "张\n小强"}, "name"),
        ({"dwelling": ""}, "dwelling"),
        ({"guardian": ""}, "guardian"),
        ({"birth": "50"}, "birth"),
        ({"id_tail": "330106195001011234"}, "id_tail"),
    ],
)
def test_what_no_pass_can_say_is_refused_without_repeating_it(fields: dict[str, Any], named: str) -> None:
    with pytest.raises(PassError, match=named) as refused:
        replace(ZHANG, **fields)
    assert not [value for value in fields.values() if value.strip() and value in str(refused.value)]


def test_a_pass_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(PassError, match="valid_until"):
        replace(PASS, valid_until=NOW)


def test_nothing_personal_is_in_what_a_log_line_would_show() -> None:
    assert not [text for text in ("张", "3-2-501", "1950", "123X") if text in repr(PASS)]
