"""A visitor shows a SMART Health Card."""

from __future__ import annotations

import json
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from station.codes import shc
from station.codes.result import CodeError
from station.codes.trust import TrustStore
from station.codes.trustlists import parse_shc_revocations
from station.core.model import CodeKind, CodeStatus, Credential, Trust
from tests.codes import issuing
from tests.codes.issuing import NOW, SHC_ISSUER, seconds, shc_list, shc_payload, trusting

KEY = issuing.new_key()
TRUST = trusting(shc_list(KEY, "k1"))


def card(**changes: Any) -> str:
    return issuing.shc(KEY, json.dumps(shc_payload(**changes)).encode(), kid="k1")


def test_a_card_of_a_listed_issuer_is_valid() -> None:
    assert shc.read(card(), TRUST, NOW) == Credential(
        CodeKind.SHC,
        Trust.VERIFIED,
        CodeStatus.VALID,
        issuer=SHC_ISSUER,
        subject="Ana B. Ito",
        made_at=NOW - timedelta(seconds=60.5),
    )


def test_an_issuer_cannot_sign_in_the_name_of_another() -> None:
    credential = shc.read(card(iss="https://other.example"), TRUST, NOW)
    assert credential.status is CodeStatus.UNKNOWN_ISSUER


def test_a_card_that_somebody_else_signed_is_a_forgery() -> None:
    forged = issuing.shc(issuing.new_key(), json.dumps(shc_payload()).encode(), kid="k1")
    assert shc.read(forged, TRUST, NOW).status is CodeStatus.BAD_SIGNATURE


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"exp": seconds(NOW) - 1}, CodeStatus.EXPIRED),
        ({"nbf": seconds(NOW) + 3600}, CodeStatus.NOT_YET_VALID),
        ({"vc": {"type": ["https://other.example#card"]}}, CodeStatus.CANNOT_CHECK),
    ],
)
def test_genuine_cards_that_do_not_count(changes: dict[str, Any], status: CodeStatus) -> None:
    credential = shc.read(card(**changes), TRUST, NOW)
    assert (credential.status, credential.trust) == (status, Trust.VERIFIED)


@pytest.mark.parametrize(
    ("rid", "status"),
    [
        ("card7", CodeStatus.REVOKED),
        (f"card7.{seconds(NOW)}", CodeStatus.REVOKED),
        (f"card7.{seconds(NOW) - 3600}", CodeStatus.VALID),  # only cards older than that
        ("card8", CodeStatus.VALID),
    ],
)
def test_a_card_that_was_taken_back(rid: str, status: CodeStatus) -> None:
    revoked = parse_shc_revocations(json.dumps({"kid": "k1", "rids": [rid]}), as_of=NOW)
    assert shc.read(card(), TrustStore(TRUST.lists, (revoked,)), NOW).status is status


@pytest.mark.parametrize("rids", list(permutations(["card7", f"card7.{seconds(NOW)}", "card7.1"], 2)))
def test_a_card_that_was_taken_back_twice_stays_so_whichever_entry_comes_last(rids: tuple[str, ...]) -> None:
    """An issuer takes back a first card, later its reissue as well, and adds to its list each time."""
    revoked = parse_shc_revocations(json.dumps({"kid": "k1", "rids": rids}), as_of=NOW)
    assert shc.read(card(), TrustStore(TRUST.lists, (revoked,)), NOW).status is CodeStatus.REVOKED


def test_one_part_of_a_card_in_several_codes_says_so() -> None:
    with pytest.raises(CodeError, match="part 2 of a card cut into 3 codes") as caught:
        shc.read("shc:/2/3/5676", TRUST, NOW)
    assert caught.value.problem.status is CodeStatus.CANNOT_CHECK


def test_a_card_numbered_one_of_one_is_whole() -> None:
    assert shc.read(card().replace("shc:/", "shc:/1/1/"), TRUST, NOW).status is CodeStatus.VALID


@pytest.mark.parametrize(
    "text",
    [
        "shc:/",
        "shc:/5",
        "shc:/567",
        "shc:/56 7",
        "shc:/5²",
        "shc:/1/1/",
        "shc:/0/2/5676",
        "shc:/3/2/5676",
        "shc:/1/0/5676",
        "shc:/1/2/" + "56" * 1192,
        "shc:/999999",
        "shc:/5600560056",
        "shc:/01",
    ],
)
def test_digits_that_are_no_card_are_damaged(text: str) -> None:
    with pytest.raises(CodeError) as caught:
        shc.read(text, TRUST, NOW)
    assert caught.value.problem.status is CodeStatus.DAMAGED


@pytest.mark.parametrize("header", [{"alg": "none"}, {"zip": None}, {"kid": 7}, {"alg": "ES512"}])
def test_a_header_of_another_format_is_damaged(header: dict[str, Any]) -> None:
    with pytest.raises(CodeError, match="header"):
        shc.read(issuing.shc(KEY, json.dumps(shc_payload()).encode(), **({"kid": "k1"} | header)), TRUST, NOW)


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b"\xef\xbb\xbf{}",
        b"[" * 30_000,
        b'{"iss": "\\ud800"}',
        b'{"iss":1,"nbf":1,"vc":{}}',
    ],
)
def test_a_payload_that_is_no_card_is_damaged(payload: bytes) -> None:
    with pytest.raises(CodeError) as caught:
        shc.read(issuing.shc(KEY, payload, kid="k1"), TRUST, NOW)
    assert caught.value.problem.status is CodeStatus.DAMAGED


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ([{"text": "Ana  Ito"}], "Ana Ito"),
        ([{"family": "Ito", "given": ["Ana", None, 7]}], "Ana Ito"),
        ([{}], None),
        ([], None),
        (["Ana"], None),
    ],
)
def test_names_as_issuers_write_them(name: object, subject: str | None) -> None:
    vc = shc_payload()["vc"]
    vc["credentialSubject"]["fhirBundle"]["entry"][0]["resource"]["name"] = name
    assert shc.read(card(vc=vc), TRUST, NOW).subject == subject
