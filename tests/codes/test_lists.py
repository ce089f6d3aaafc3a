"""An admin brings a file: which kind of list it is, and what it says."""

from __future__ import annotations

import json
from base64 import b64encode
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given, settings
from hypothesis import strategies as st

from station.codes import shc, trustlists
from station.codes.lists import ListKind, kind_of, newest, parse_list, trust_store
from station.codes.trustlists import TrustError
from station.core.model import CodeKind, CodeStatus
from tests.codes import issuing
from tests.codes.issuing import NOW, SHC_ISSUER

KEY = issuing.new_key()
DER = issuing.certificate(KEY)
CERTIFICATE = b64encode(DER).decode()
PUBLIC = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
LISTED_ON = datetime(2022, 2, 1, 12, tzinfo=UTC)

SIGNER = {
    "publicKeyJwk": {"kid": "AQIDBAUGBwg=", "x5c": [CERTIFICATE]},
    "participant": {"code": "#XXA"},
    "keyusage": {"code": "#DSC"},
    "domain": {"code": "#DCC"},
}
TEXTS = {
    ListKind.GDHCN: json.dumps(
        {"id": "did:x", "proof": {"created": LISTED_ON.isoformat()}, "verificationMethod": [SIGNER]}
    ),
    ListKind.CERTIFICATES: f"-----BEGIN CERTIFICATE-----\n{CERTIFICATE}\n-----END CERTIFICATE-----\n",
    ListKind.SHC_DIRECTORY: json.dumps(
        {
            "time": LISTED_ON.isoformat(),
            "issuerInfo": [{"issuer": {"iss": SHC_ISSUER}, "keys": [issuing.jwk(KEY, "k1")]}],
        }
    ),
    ListKind.SHC_KEYS: json.dumps({"keys": [issuing.jwk(KEY, "k1")]}),
    ListKind.GATE_KEYS: PUBLIC,
    ListKind.GATE_REVOCATIONS: trustlists.gate_revocations_text("s1", [b"\x01" * 8], LISTED_ON),
    ListKind.DCC_REVOCATIONS: json.dumps(
        {"hashType": "UCI", "entries": [{"hash": "AQIDBAUGBwgJCgsMDQ4PEA=="}]}
    ),
    ListKind.SHC_REVOCATIONS: json.dumps({"kid": "k1", "rids": ["card7"]}),
    ListKind.SHAPES: "version = '1'\n[[shape]]\nname = 'x'\nkind = 'place'\npattern = 'x'\nexplanation = 'y'",
    ListKind.RULES: json.dumps([issuing.rule()]),
}
DATED = {ListKind.GDHCN, ListKind.SHC_DIRECTORY, ListKind.GATE_REVOCATIONS}


@pytest.mark.parametrize("kind", ListKind)
def test_every_kind_of_list_is_known_by_its_content(kind: ListKind) -> None:
    brought = parse_list(TEXTS[kind], issuer="issuer", as_of=NOW)
    assert (brought.kind, brought.size) == (kind, 1)
    assert brought.as_of == (LISTED_ON if kind in DATED else NOW)


def test_certificates_come_as_plain_base64_too() -> None:
    assert kind_of(f"{CERTIFICATE}\n{CERTIFICATE}\n") is ListKind.CERTIFICATES


def test_a_directory_trusts_each_issuer_with_its_own_keys() -> None:
    brought = parse_list(TEXTS[ListKind.SHC_DIRECTORY], issuer=None, as_of=NOW)
    (key,) = trust_store([brought]).keys(CodeKind.SHC, b"k1")
    assert key.issuer == SHC_ISSUER


@pytest.mark.parametrize(
    "text", ['{"issuerInfo": [{}]}', '{"issuerInfo": [], "time": "2022-02-01 12:00:00"}']
)
def test_a_broken_or_undated_directory_is_refused(text: str) -> None:
    with pytest.raises(TrustError, match="not a dated directory"):
        parse_list(text, issuer=None, as_of=NOW)


def directory(**info: object) -> str:
    """A snapshot of the VCI directory with one issuer."""
    issuer = {"issuer": {"iss": SHC_ISSUER}, "keys": [issuing.jwk(KEY, "k1")], **info}
    return json.dumps({"time": LISTED_ON.isoformat(), "issuerInfo": [issuer]})


CRL = {"kid": "k1", "method": "rid", "ctr": 2, "rids": ["card6", "card7"]}


def test_a_card_that_the_directory_says_was_taken_back_opens_no_gate() -> None:
    """A snapshot holds revoked cards beside the keys; nobody brings them a second time."""
    text = issuing.shc(KEY, json.dumps(issuing.shc_payload()).encode(), kid="k1")
    stores = [
        trust_store([parse_list(directory(**info), issuer=None, as_of=NOW)])
        for info in ({}, {"crls": None}, {"crls": [CRL]})
    ]
    statuses = [shc.read(text, store, NOW).status for store in stores]
    assert statuses == [CodeStatus.VALID, CodeStatus.VALID, CodeStatus.REVOKED]


@pytest.mark.parametrize("crls", [["k1"], [{"kid": "k1"}], [{**CRL, "rids": ["card7.x"]}], 7])
def test_a_directory_whose_revoked_cards_cannot_be_read_is_refused(crls: object) -> None:
    with pytest.raises(TrustError, match="not a dated directory"):
        parse_list(directory(crls=crls), issuer=None, as_of=NOW)


def test_all_lists_together_are_what_codes_are_judged_by() -> None:
    brought = [parse_list(text, issuer="issuer", as_of=NOW) for text in TEXTS.values()]
    store = trust_store(brought)
    assert (len(store.lists), len(store.revocations), len(store.rules)) == (5, 3, 1)


def test_a_newer_version_takes_the_place_of_an_older_one_and_of_no_other_list() -> None:
    ours = [parse_list(PUBLIC, issuer="ours", as_of=NOW + timedelta(days=day)) for day in (0, 1)]
    others = [parse_list(PUBLIC, issuer="neighbours", as_of=NOW)]
    assert newest([*ours, *others]) == [ours[1], *others]


def test_keys_that_another_gate_shared_say_whose_they_are() -> None:
    brought = parse_list(trustlists.gate_keys_text("东门 居委会", [PUBLIC]), issuer=None, as_of=NOW)
    assert (brought.kind, brought.name) == (ListKind.GATE_KEYS, "东门 居委会")


@pytest.mark.parametrize("wrong", ['"zz"', "7", '"0101010101010101", 1'])
def test_passes_taken_back_that_are_none_are_refused(wrong: str) -> None:
    text = f'{{"station": "s1", "asOf": "2022-01-01T00:00:00+00:00", "revokedPasses": [{wrong}]}}'
    with pytest.raises(TrustError, match="gate passes taken back"):
        parse_list(text, issuer=None, as_of=NOW)


def test_batches_of_revocations_add_up() -> None:
    more = TEXTS[ListKind.DCC_REVOCATIONS].replace("AQIDBA", "BQYHCA")
    batches = [parse_list(text, issuer=None, as_of=NOW) for text in (TEXTS[ListKind.DCC_REVOCATIONS], more)]
    assert len(newest(batches)) == 2


@pytest.mark.parametrize("kind", [ListKind.SHC_KEYS, ListKind.GATE_KEYS])
def test_keys_that_do_not_say_whose_they_are_are_refused(kind: ListKind) -> None:
    with pytest.raises(TrustError, match="name their issuer"):
        parse_list(TEXTS[kind], issuer=None, as_of=NOW)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "[[shape]]",
        "{}",
        '{"hashType": "UCI", "entries": ""}',
        '{"rules": []}',
        "你好",
        "PK\x03\x04",
        "\ud800",
        "[" * 9_999,
    ],
)
def test_another_file_is_refused(text: str) -> None:
    with pytest.raises(TrustError):
        parse_list(text, issuer="issuer", as_of=NOW)


WORDS = st.sampled_from(
    ["kid", "rids", "keys", "entries", "hash", "hashType", "proof", "created", "issuerInfo", "id"]
)
VALUES = st.recursive(
    st.none() | st.integers() | st.text(max_size=5) | st.just(LISTED_ON.isoformat()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=10,
)


@given(
    st.dictionaries(WORDS | st.sampled_from(["verificationMethod", "time", "rules"]), VALUES).map(json.dumps)
)
@settings(deadline=None, max_examples=300)
def test_no_file_is_another_error(text: str) -> None:
    with suppress(TrustError):
        parse_list(text, issuer="issuer", as_of=NOW)


def test_shipped_shapes_can_be_brought_as_a_list() -> None:
    shipped = Path(__file__).parents[2] / "assets/codes/regional.toml"
    assert parse_list(shipped.read_text("utf-8"), issuer=None, as_of=NOW).kind is ListKind.SHAPES
