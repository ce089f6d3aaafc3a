"""How long the camera exposes, from a summer noon to a winter night."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.devices.exposure import (
    AUTOMATIC_S,
    BRIGHT,
    DARK,
    SHUTTERS_S,
    STEADY_S,
    Exposure,
)

RATE = 30.0
NOON, OVERCAST, TENT, LAMP, NIGHT = (
    2000.0,
    40.0,
    10.0,
    3.0,
    0.5,
)  # light, in what 1 s of it does to the sensor


class Gate:
    """A camera with a gamma of 2.2 and nothing but its shutter; its automatic is always right."""

    def __init__(self) -> None:
        self.exposure = Exposure()
        self.shutter: float | None = None
        self.at = 0.0
        self.used: list[float | None] = []

    def brightness(self, light: float) -> float:
        if self.shutter is None:
            return 110.0
        return 255.0 * min(1.0, light * self.shutter) ** (1 / 2.2)

    def wait(self, seconds: float, light: float) -> float | None:
        for _ in range(round(seconds * RATE)):
            self.shutter = self.exposure.feed(self.at, self.brightness(light))
            self.used.append(self.shutter)
            self.at += 1 / RATE
        return self.shutter


@pytest.mark.parametrize(
    ("light", "shutter"),
    [(NOON, 1 / 1000), (OVERCAST, 1 / 100), (TENT, 1 / 100), (LAMP, 1 / 50), (NIGHT, None)],
)
def test_each_light_has_its_shutter_time(light: float, shutter: float | None) -> None:
    assert Gate().wait(20, light) == shutter


def test_a_person_in_a_dark_coat_does_not_change_it() -> None:
    gate = Gate()
    gate.wait(5, OVERCAST)
    before = gate.shutter
    gate.wait(STEADY_S * 0.9, OVERCAST / 100)

    assert gate.wait(1, OVERCAST) == before
    assert set(gate.used) == {before}


def test_dusk_and_dawn_are_followed() -> None:
    gate = Gate()
    assert gate.wait(10, OVERCAST) == 1 / 100
    assert gate.wait(10, NIGHT) is None
    assert gate.wait(AUTOMATIC_S + 10, OVERCAST) == 1 / 100


def test_in_the_dark_the_camera_decides_and_is_disturbed_once_in_ten_minutes() -> None:
    gate = Gate()
    gate.wait(10, NIGHT)
    gate.used.clear()
    gate.wait(AUTOMATIC_S * 3, NIGHT)

    assert sum(shutter is not None for shutter in gate.used) <= 3 * (STEADY_S + 0.1) * RATE


@given(st.floats(0.01, 5000))
def test_no_steady_light_makes_it_hunt(light: float) -> None:
    gate = Gate()
    gate.wait(20, light)
    gate.used.clear()
    gate.wait(20, light)

    assert len(set(gate.used)) == 1


def test_the_band_is_wider_than_a_step() -> None:
    steps = [longer / shorter for shorter, longer in pairwise(SHUTTERS_S)]

    assert max(steps) ** (1 / 2.2) < BRIGHT / DARK
