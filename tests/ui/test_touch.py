"""Gloves bounce, scanners are keyboards."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from station.ui.touch import BOUNCE_S, SCANNER_GAP_S, Touch, Typing
from tests.ui.scenes import Clock


def test_a_bouncing_finger_counts_once() -> None:
    clock = Clock()
    touch = Touch(clock.monotonic)
    assert touch.counts()
    clock.advance(BOUNCE_S - 0.01)
    assert not touch.counts()
    clock.advance(0.02)
    assert touch.counts()


def test_a_finger_on_its_way_hits_nothing_when_the_page_goes_by_itself() -> None:
    clock = Clock()
    touch = Touch(clock.monotonic)
    touch.hold()
    assert not touch.counts()
    clock.advance(BOUNCE_S + 0.01)
    assert touch.counts()


@given(st.text("0123456789", min_size=3, max_size=200), st.floats(0.0005, SCANNER_GAP_S * 0.9))
def test_nothing_of_a_scanners_burst_is_taken_for_typing(code: str, gap_s: float) -> None:
    typing, now = Typing(), 0.0
    for character in code:
        typing.key(character, now)
        now += gap_s
        assert typing.typed(now) == ""
    assert typing.typed(now + 10.0) == ""


@given(st.text("0123456789", min_size=1, max_size=6), st.floats(SCANNER_GAP_S, 5.0))
def test_all_of_a_persons_keys_arrive(digits: str, gap_s: float) -> None:
    typing, now, arrived = Typing(), 0.0, ""
    for digit in digits:
        typing.key(digit, now)
        now += gap_s
        arrived += typing.typed(now + 1e-9)
    assert arrived == digits


def test_two_fast_fingers_are_no_scanner() -> None:
    typing = Typing()
    typing.key("6", 1.0)
    typing.key("5", 1.02)
    assert typing.typed(1.1) == "65"
