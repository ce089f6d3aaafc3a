"""When a person is asked to come nearer."""

from __future__ import annotations

import pytest

from station.devices.distance import NEEDED, WITHIN_S, Distance
from station.devices.readers import SeenCode, Sighting, UnreadCode

SQUARE = ((0.0, 0.0), (50.0, 0.0), (50.0, 50.0), (0.0, 50.0))
NOTHING = Sighting()
READ = Sighting(codes=(SeenCode("token", SQUARE, "zxing"),))


def unread(module_px: float) -> Sighting:
    return Sighting(unread=(UnreadCode(SQUARE, module_px),))


def asked(*sightings: Sighting, rate: float = 30.0) -> list[bool]:
    distance = Distance()
    return [distance.feed(number / rate, sighting) for number, sighting in enumerate(sightings)]


def test_a_small_code_on_its_way_into_the_picture_is_not_talked_to() -> None:
    assert not any(asked(*[unread(1.8)] * (NEEDED - 1), *[NOTHING] * 30))


def test_a_code_held_too_far_away_is_asked_nearer() -> None:
    assert asked(*[unread(1.8)] * (NEEDED + 1))[-2:] == [True, True]


def test_the_advice_does_not_flicker_with_frames_that_show_nothing() -> None:
    assert all(asked(*[unread(1.8), NOTHING] * 10)[2 * NEEDED :])


def test_the_advice_ends_when_the_code_is_read() -> None:
    assert not asked(*[unread(1.8)] * NEEDED, READ, unread(1.8))[-1]


def test_the_advice_ends_when_the_code_has_left() -> None:
    assert not asked(*[unread(1.8)] * NEEDED, *[NOTHING] * round(30 * WITHIN_S + 1))[-1]


def test_a_large_code_that_is_blurred_is_not_asked_nearer() -> None:
    assert not any(asked(*[unread(4.0)] * 30))


@pytest.mark.parametrize("module_px", [1.0, 2.4])
def test_a_slow_camera_asks_too(module_px: float) -> None:
    assert asked(*[unread(module_px)] * NEEDED, rate=5.0)[-1]
