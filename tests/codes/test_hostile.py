"""Somebody shows a code that was made to do harm, or no code at all."""

from __future__ import annotations

import json
import time
import zlib

import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station.codes import cbor, inflate
from station.codes.base45 import decode as base45_decode
from station.codes.reading import MAX_CHARACTERS, VERIFIERS, read_code
from station.codes.regional import RegionalShapes
from station.codes.result import CodeError
from station.codes.trust import TrustStore
from station.core.model import CodeKind, CodeStatus, Credential
from tests.codes import issuing
from tests.codes.issuing import ALPHABET, NOW, base45, cose

KEY = issuing.new_key()
DER = issuing.certificate(KEY)
RULE = {"===": [{"var": "payload.v.0.dn"}, {"var": "payload.v.0.sd"}]}
TRUST = TrustStore(
    (issuing.hcert_list(DER), issuing.shc_list(KEY, "k1"), issuing.gate_list(KEY)),
    rules=(issuing.rules(issuing.rule(RULE)),),
)
VALID = (
    issuing.hcert(KEY, DER, issuing.hcert_claims()),
    issuing.shc(KEY, json.dumps(issuing.shc_payload()).encode(), kid="k1"),
    issuing.gate_pass(KEY, issuing.gate_claims()),
)
NO_SHAPES = RegionalShapes("0", ())
FUZZ = settings(deadline=None, max_examples=300)


def read(text: str, shapes: RegionalShapes = NO_SHAPES) -> Credential:
    return read_code(text, trust=TRUST, shapes=shapes, now=NOW)


def test_the_codes_that_are_mutated_below_are_valid() -> None:
    assert [read(text).status for text in VALID] == [CodeStatus.VALID] * 3


PREFIXES = st.sampled_from(["", *(prefix for prefix, _, _ in VERIFIERS)])


@given(
    PREFIXES, st.text(max_size=300) | st.text(ALPHABET, max_size=300) | st.text("0123456789/", max_size=300)
)
@FUZZ
def test_no_text_is_an_error_and_none_is_valid(prefix: str, rest: str) -> None:
    assert read(prefix + rest).status is not CodeStatus.VALID


@given(st.sampled_from(["HC1:", "GP1:", ""]), st.binary(max_size=200))
@FUZZ
def test_no_compressed_content_is_an_error(prefix: str, content: bytes) -> None:
    assert read(prefix + base45(zlib.compress(content))).status is not CodeStatus.VALID


# Every tag that cbor2 gives a meaning to, COSE's own, and one that nobody knows.
TAGS = [0, 1, 2, 3, 4, 5, 16, 18, 25, 28, 29, 30, 35, 36, 37, 61, 100, 256, 258, 260, 261, 1004, 43000, 55799]
CBOR = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.binary() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.integers(-300, 300) | st.text(max_size=3), inner, max_size=4)
        | st.builds(cbor2.CBORTag, st.sampled_from(TAGS), inner)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from([1, 4, 5, 6, 7, 169, -260, -70001]), CBOR))
@FUZZ
def test_whatever_a_trusted_issuer_signs_is_no_error(claims: dict[int, object]) -> None:
    """Claims of any type and depth; an HC1 of them is never valid, for it holds no vaccination."""
    assert read(issuing.hcert(KEY, DER, claims)).status is not CodeStatus.VALID
    read(issuing.gate_pass(KEY, claims))


@given(st.dictionaries(st.sampled_from(["dn", "sd", "dt"]), CBOR))
@FUZZ
def test_whatever_a_vaccination_says_the_rules_raise_nothing(entry: dict[str, object]) -> None:
    dcc = issuing.DCC | {"v": [entry]}
    read(issuing.hcert(KEY, DER, issuing.hcert_claims(dcc)))


@given(CBOR)
@FUZZ
def test_no_cbor_is_an_error(item: object) -> None:
    assert read("GP1:" + base45(cbor2.dumps(item))).status is not CodeStatus.VALID


def says_the_same(changed: str, text: str) -> bool:
    """Of two certificates, whether they unpack to the very same bytes."""
    try:
        return unpacked(changed) == unpacked(text)
    except (CodeError, ValueError, zlib.error):
        return False


def unpacked(text: str) -> bytes:
    if not text.startswith("HC1:"):
        raise ValueError(text)
    return zlib.decompress(base45_decode(text.removeprefix("HC1:")))


@given(st.sampled_from(VALID), st.data())
@FUZZ
def test_no_changed_character_leaves_a_code_valid(text: str, data: st.DataObject) -> None:
    """Without spare bits, which may be written in several ways: of a card's last character, of a zlib
    stream's last byte before its checksum (RFC 1951, section 3.2.3). What was signed is the same then."""
    place = data.draw(st.integers(0, len(text) - 3))
    character = data.draw(st.sampled_from(ALPHABET))
    changed = text[:place] + character + text[place + 1 :]
    if changed != text and not says_the_same(changed, text):
        assert read(changed).status is not CodeStatus.VALID


@given(st.integers(0, 10_000), st.integers(1, 255))
@FUZZ
def test_no_changed_byte_in_what_was_signed_leaves_a_certificate_valid(place: int, flip: int) -> None:
    message = bytearray(zlib.decompress(base45_decode(VALID[0][4:])))
    message[place % len(message)] ^= flip
    assert read("HC1:" + base45(zlib.compress(bytes(message)))).status is not CodeStatus.VALID


BOMB = zlib.compress(bytes(8_000_000))[:5_000]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(zlib.compress(bytes(2_000_000)), id="two megabytes of zeros"),
        pytest.param(BOMB, id="a longer one, cut"),
        pytest.param(zlib.compress(b"\x81" * 30_000), id="30,000 nested arrays"),
        pytest.param(zlib.compress(b"\xc2" * 30_000), id="30,000 nested tags"),
        pytest.param(zlib.compress(b"\x9b\x7f" + b"\xff" * 7), id="an array of 2^63"),
        pytest.param(zlib.compress(b"\x5b\x7f" + b"\xff" * 7), id="a string of 2^63 bytes"),
        pytest.param(zlib.compress(bytes.fromhex("d81c81d81d00")), id="an array that holds itself"),
        pytest.param(zlib.compress(cbor2.dumps(cbor2.CBORTag(35, "(a+)+$"))), id="a regular expression"),
        pytest.param(zlib.compress(bytes.fromhex("c5821b7fffffffffffffff01")), id="2 to the power of 2^63"),
        pytest.param(zlib.compress(bytes.fromhex("d823d8d8a0")), id="a regular expression that is a tag"),
        pytest.param(
            zlib.compress(cbor2.dumps(cbor2.CBORTag(35, "(?i)" + "[b-\uffff\U00010000-\U0010ffff]" * 1_000))),
            id="regular expressions that take long to compile",
        ),
        pytest.param(
            zlib.compress(bytes.fromhex("9fd9d9f7bf61617f6161ffd82363") + b"a+b"),
            id="a tag after open strings",
        ),
        pytest.param(
            zlib.compress(cbor2.dumps({2**61 * k - k: 0 for k in range(1, 2_500)})), id="colliding keys"
        ),
    ],
)
@pytest.mark.parametrize("prefix", ["HC1:", "GP1:", ""])
def test_a_bomb_is_damaged_and_soon_over(prefix: str, content: bytes) -> None:
    started = time.process_time()
    assert read(prefix + base45(content)).status in (CodeStatus.DAMAGED, CodeStatus.NOT_A_HEALTH_CODE)
    assert time.process_time() - started < 0.5


WRITTEN_BY_CBOR2 = {2, 3, 25}  # by itself: big numbers, and a string's repetition within tag 256


def tags_in(item: object) -> set[int]:
    match item:
        case cbor2.CBORTag(tag=int(tag), value=value):
            return {tag} | tags_in(value)
        case list():
            return set[int]().union(*map(tags_in, item))
        case dict():
            return tags_in(list(item.values()))
    return set()


@given(CBOR)
@FUZZ
def test_no_tag_is_overlooked(item: object) -> None:
    """Wherever it stands: behind strings and numbers of any length, in arrays, in maps, in other tags."""
    assert tags_in(item) | WRITTEN_BY_CBOR2 == set(cbor.tags(cbor2.dumps(item))) | WRITTEN_BY_CBOR2


def test_a_huge_number_where_a_date_belongs_is_damage() -> None:
    claims = cbor2.dumps({4: 2**20_000})
    text = "GP1:" + base45(zlib.compress(cose(KEY, claims, {1: -7, 4: b"x"})))
    assert read(text).status is CodeStatus.DAMAGED


@pytest.mark.parametrize("date", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
@pytest.mark.parametrize("prefix", ["HC1:", "GP1:", ""])
def test_a_date_that_its_zone_takes_out_of_the_calendar_is_damage(prefix: str, date: str) -> None:
    claims = cbor2.dumps({4: cbor2.CBORTag(0, date)})
    text = prefix + base45(zlib.compress(cose(KEY, claims, {1: -7, 4: b"x"})))
    assert read(text).status in (CodeStatus.DAMAGED, CodeStatus.NOT_A_HEALTH_CODE)


def test_cut_content_is_not_taken_for_the_whole() -> None:
    with pytest.raises(CodeError, match="cut"):
        inflate.inflate(zlib.compress(b"the whole content")[:-4])


def test_content_of_the_largest_size_is_unpacked_and_one_byte_more_is_not() -> None:
    assert len(inflate.inflate(zlib.compress(bytes(inflate.MAX_BYTES)))) == inflate.MAX_BYTES
    with pytest.raises(CodeError, match="more than a code may hold"):
        inflate.inflate(zlib.compress(bytes(inflate.MAX_BYTES + 1)))


@pytest.mark.parametrize(
    "text", ["", "\0", "HC1:\0", "😷" * 50, "你好" * 1_500, "\ud800", "HC1:\ud800", "shc:/\ud800", " ", "\n"]
)
def test_texts_that_are_no_code(text: str, shapes: RegionalShapes) -> None:
    assert read(text, shapes).status in (CodeStatus.DAMAGED, CodeStatus.NOT_A_HEALTH_CODE)


def test_a_text_longer_than_any_qr_code_is_not_even_looked_at() -> None:
    credential = read("HC1:" + "0" * MAX_CHARACTERS)
    assert (credential.kind, credential.status) == (CodeKind.OTHER, CodeStatus.DAMAGED)


def test_an_issuer_that_writes_into_the_log_does_not() -> None:
    name = "XX\r\n2022-03-01 PASS\x1b[31m\u202e" + "x" * 500
    credential = read(issuing.hcert(KEY, DER, issuing.hcert_claims(_1=name)))
    assert credential.issuer is not None
    assert credential.issuer.isprintable()
    assert len(credential.issuer) <= 80


def test_no_reason_repeats_what_the_code_says() -> None:
    secret = "URN:SECRET:1234"
    for text in (f"HC1:{secret}", f"shc:/{secret}", f"GP1:{secret}", secret):
        assert "SECRET" not in repr(read(text))
