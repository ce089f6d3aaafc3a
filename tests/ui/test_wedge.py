"""Scanners are keyboards: a burst is a code, a person's typing is not, and nothing is taken for the other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.codes.reading import VERIFIERS
from station.ui.wedge import FAST_S, LEAST_OF_CODE, ONE_CASE, PAUSE_S, Burst, Keystrokes

CODE = "https://kakou.invalid/0123456789abcdef"
printable = st.characters(min_codepoint=0x20, max_codepoint=0x7E)


def burst(text: str, gap_s: float) -> Burst:
    """What is collected of `text` typed with `gap_s` seconds between the keys."""
    strokes = Keystrokes()
    for number, character in enumerate(text):
        strokes.add(character, 1000.0 + number * gap_s)
    return strokes.take()


@given(st.text(printable, min_size=LEAST_OF_CODE, max_size=300), st.floats(0.0, FAST_S * 0.99))
def test_a_burst_is_a_code_and_nothing_of_it_is_typed(code: str, gap_s: float) -> None:
    scanned = burst(code, gap_s)
    assert (scanned.code, scanned.typed) == (code, "")


@given(st.text(printable, min_size=2, max_size=300), st.floats(FAST_S * 1.01, PAUSE_S * 0.99))
def test_a_quick_typist_is_no_scanner(text: str, gap_s: float) -> None:
    typed = burst(text, gap_s)
    assert (typed.code, typed.typed) == (None, text)


@pytest.mark.parametrize("text", ["6", "65"])
def test_two_quick_fingers_are_no_scanner(text: str) -> None:
    assert burst(text, 0.0).typed == text


@pytest.mark.parametrize("text", ["651", "65136"])
def test_a_burst_too_short_for_a_code_is_nothing(text: str) -> None:
    assert (burst(text, 0.005).code, burst(text, 0.005).typed) == (None, "")


def test_one_hesitation_does_not_spoil_a_burst() -> None:
    strokes = Keystrokes()
    for number, character in enumerate(CODE):
        strokes.add(character, number * 0.005 + (0.09 if number > 20 else 0.0))
    assert strokes.take().code == CODE


def test_a_key_long_after_the_last_one_begins_another_burst() -> None:
    strokes = Keystrokes()
    assert not strokes.is_over(5.0)
    strokes.add("6", 5.0)
    assert not strokes.is_over(5.0 + PAUSE_S * 0.99)
    assert strokes.is_over(5.0 + PAUSE_S * 1.01)


def test_a_burst_is_taken_once() -> None:
    strokes = Keystrokes()
    strokes.add("6", 5.0)
    assert strokes.take() == Burst("6", 0.0)
    assert strokes.take() == Burst()
    assert Burst().typed == ""


def test_full_width_letters_of_an_input_method_become_ascii_and_hanzi_stay() -> None:
    wide = "".join(chr(ord(character) + 0xFEE0) for character in CODE)
    assert burst(wide, 0.001).code == CODE
    assert burst("出入证：\u3000３栋", 0.001).code == "出入证: 3栋"


@pytest.mark.parametrize(
    "code", ["GP1:6BFOXN*TS0BI$ZD-PHQ7I9AD66V5B22CH9M9ESI9XBHXK-%69LQOGI.*V76GCV", "shc:/56762909"]
)
def test_caps_lock_spoils_no_code_with_a_signature(code: str) -> None:
    assert burst(code.swapcase(), 0.001).code == code
    assert burst(code, 0.001).code == code


DINGTALK = "https://h5.dingtalk.com/healthAct/index.html?qrCode=V2" + "a1" * 16 + "#/result"


@pytest.mark.parametrize("code", [DINGTALK, "https://kakou.invalid/q?T=a1B2"])
def test_caps_lock_spoils_no_health_code_that_shows_it(code: str) -> None:
    assert burst(code.swapcase(), 0.001).code == code
    assert burst(code, 0.001).code == code


@pytest.mark.parametrize("code", [DINGTALK, "GP1:6B.O/N$TS 0*", "shc:/56762909"])
def test_chinese_punctuation_of_an_input_method_spoils_no_code(code: str) -> None:
    """Letters of half width and signs of its own, as input methods begin."""
    signs = str.maketrans({":": "：", "/": "、", ".": "。", "?": "？", "$": "￥"})
    assert burst(code.translate(signs), 0.001).code == code


def test_chinese_punctuation_of_a_chinese_text_stays() -> None:
    assert burst("出入证。3栋、张伟", 0.001).code == "出入证。3栋、张伟"


@pytest.mark.parametrize("identifier", ["]Q1", "]q1", "］Ｑ１", "】Q1"])
def test_the_identifier_that_a_scanner_types_before_a_code_is_no_part_of_it(identifier: str) -> None:
    assert burst(identifier + CODE, 0.001).code == CODE
    assert burst("]q1" + "gp1:6bfoxn", 0.001).code == "GP1:6BFOXN"


@pytest.mark.parametrize("text", ["HTTPS://KAKOU.INVALID/AB12", "gp1:Mixed", "HC1: NO", "WANG XIAOMING"])
def test_what_may_well_be_as_it_was_printed_stays(text: str) -> None:
    assert burst(text, 0.001).code == text


def test_every_code_with_a_signature_is_known_by_how_it_begins() -> None:
    assert set(ONE_CASE) == {prefix for prefix, _, _ in VERIFIERS}


def test_the_text_of_a_code_is_in_no_repr() -> None:
    assert CODE not in repr(burst(CODE, 0.001))
