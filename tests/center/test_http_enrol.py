"""How a gate becomes known: one-time codes that are typed with gloves on, used once, and never guessed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st

from center.enrolment import is_due, read_credential
from station.sync import bundle
from station.sync.onetime import CodeError, OneTimeCode, ca_mark, read_code, read_link, write_code, write_link
from tests.center.gate import Gate, hello_answer
from tests.center.office import Center, open_center


@pytest.fixture
def center(tmp_path: Path) -> Iterator[Center]:
    with open_center(tmp_path) as opened:
        yield opened


def wanted(gate: Gate, code: str) -> dict[str, Any]:
    return {
        "code": code,
        "station": gate.station.hex(),
        "public_key": gate.public_key.hex(),
        "sealing_key": bytes(32).hex(),
        "fingerprint": "pc",
        "app": "0.1",
    }


def enrol(center: Center, gate: Gate, code: str) -> tuple[int, dict[str, Any]]:
    answer = center.client.post("/v1/enrol", json=wanted(gate, code))
    return answer.status_code, answer.json()


def test_a_gate_is_enrolled_and_says_hello(center: Center) -> None:
    gate = Gate(2)
    status, answer = enrol(center, gate, center.code("东门").lower().replace("-", " "))

    assert status == 200
    assert answer["name"] == "东门"
    assert bytes.fromhex(answer["district_key"]) == center.keys.district
    assert bytes.fromhex(answer["signing_key"]) == center.keys.public_key
    assert bytes.fromhex(answer["sealing_key"]) == center.keys.sealing_public_key
    gate.credential = bytes.fromhex(answer["credential"])
    credential = read_credential(center.keys.public_key, gate.credential)
    assert credential
    assert not is_due(credential, center.clocks.ms)  # or every hello would bring a newer one
    assert (credential.station, credential.public_key) == (gate.station, gate.public_key)
    hello_answer(gate.post(center.client, "/v1/hello", bundle.pack(gate.hello())))


def test_the_code_names_the_ca_that_the_center_shows(center: Center) -> None:
    pem = center.client.get("/v1/ca").content
    der = x509.load_pem_x509_certificate(pem).public_bytes(Encoding.DER)

    assert read_code(center.code()).ca == ca_mark(der)


def test_an_answer_that_was_lost_may_be_asked_for_again_but_by_nobody_else(center: Center) -> None:
    code = center.code()

    assert enrol(center, Gate(2), code)[0] == 200
    assert enrol(center, Gate(2), code)[0] == 200
    status, answer = enrol(center, Gate(3), code)
    assert (status, answer["problem"]) == (403, "code_used")


def test_a_code_is_good_for_ten_minutes(center: Center) -> None:
    code = center.code()
    center.clocks.forward(601)

    status, answer = enrol(center, Gate(2), code)
    assert (status, answer["problem"]) == (403, "code_expired")


def test_a_code_of_another_center(center: Center) -> None:
    other = write_code(OneTimeCode(read_code(center.code()).secret, bytes(10)))

    status, answer = enrol(center, Gate(2), other)
    assert (status, answer["problem"]) == (403, "code_wrong")


def test_nobody_takes_the_name_of_another_gate(center: Center) -> None:
    center.know(Gate(2))
    thief = Gate(3)
    thief.station = Gate(2).station

    status, answer = enrol(center, thief, center.code())
    assert (status, answer["problem"]) == (409, "other_key")


def test_guessing_is_slowed_down(center: Center) -> None:
    guesses = [enrol(center, Gate(2), center.code()[:-1] + "?")[0] for _ in range(6)]

    assert guesses == [403] * 5 + [429]
    center.clocks.forward(12)
    assert enrol(center, Gate(2), center.code())[0] == 200


@pytest.mark.parametrize("field", ["code", "station", "public_key", "sealing_key"])
def test_a_body_that_lacks_something(center: Center, field: str) -> None:
    body = wanted(Gate(2), center.code())
    del body[field]

    answer = center.client.post("/v1/enrol", json=body)
    assert (answer.status_code, answer.json()["problem"]) == (400, "not_understood")


HALVES = st.binary(min_size=10, max_size=10)


@given(HALVES, HALVES)
def test_a_code_is_read_as_it_was_written(secret: bytes, ca: bytes) -> None:
    text = write_code(OneTimeCode(secret, ca))

    assert [len(group) for group in text.split("-")] == [4] * 7 + [5]
    for typed in (text, text.lower(), text.replace("-", ""), text.replace("0", "o").replace("1", "l")):
        assert read_code(typed) == OneTimeCode(secret, ca)


@given(HALVES, HALVES, st.integers(0, 32), st.integers(1, 31))
def test_one_wrong_character_is_noticed(secret: bytes, ca: bytes, place: int, by: int) -> None:
    letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    text = write_code(OneTimeCode(secret, ca)).replace("-", "")
    wrong = letters[(letters.index(text[place]) + by) % 32]

    with pytest.raises(CodeError):
        read_code(text[:place] + wrong + text[place + 1 :])


@given(st.text())
def test_anything_typed_is_a_code_or_none(text: str) -> None:
    try:
        read_code(text)
    except CodeError:
        return


def test_the_link_in_the_qr_code() -> None:
    assert read_link(write_link("https://10.0.0.2:8443", "A-B")) == ("https://10.0.0.2:8443", "A-B")
    assert read_link("https://10.0.0.2") is None
