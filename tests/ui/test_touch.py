"""Gloves bounce."""

from __future__ import annotations

from station.ui.touch import BOUNCE_S, Touch
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
