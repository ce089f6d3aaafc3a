"""Simulated people and thermometers, honest and lying, for `bench.temperature` and the tests of judgement.

Every figure is from a source or is said to be an assumption. Temperatures are °C. The same seed gives the
same people.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

REGULATORY_C = 37.3  # on the axilla: the report line of 2020
AXILLA_C, AXILLA_SD_C = 36.7, 0.41  # healthy adults: Chen 2022, IJERPH 19:15883
FEVER_C, FEVER_SD_C = 38.2, 0.6  # assumption; below 37.3 it is no fever
SKIN_C, SKIN_SD_C = 36.2, 0.30  # forehead of the same adults; 0.5 below the axilla
COMFORT_C = 23.0  # middle of Chen's 14-32 °C
# Below that, so that at 0 °C healthy foreheads lie within 31.0-35.6 °C (Ng 2005, PMC7115295; outdoors 33-34
# is common), and their spread grows with it. Above: assumption, skin nears the deep body.
COLD_SLOPE, COLD_SPREAD = 0.12, 0.02  # °C per °C
WARM_SLOPE = 0.03


@dataclass(frozen=True, slots=True)
class Person:
    axilla_c: float
    forehead_c: float  # skin, here and now

    @property
    def feverish(self) -> bool:
        return self.axilla_c >= REGULATORY_C


def usual_skin_c(ambient_c: float) -> float:
    """The mean forehead of healthy people who come in from this ambient temperature."""
    if ambient_c < COMFORT_C:
        return SKIN_C - COLD_SLOPE * (COMFORT_C - ambient_c)
    return SKIN_C + WARM_SLOPE * (ambient_c - COMFORT_C)


def skin_spread_c(ambient_c: float) -> float:
    """The standard deviation of the same."""
    return SKIN_SD_C + COLD_SPREAD * max(0.0, COMFORT_C - ambient_c)


@dataclass
class Crowd:
    """People, one after another.

    `shown` is how much of a fever the skin shows: 1 is the assumption behind every skin limit. It was not
    measured at gates, and in healthy people skin hardly follows the deep body (correlation 0.07, Chen 2022).
    """

    rng: random.Random
    shown: float = 1.0
    fevers: float = 0.01

    def next(self, ambient_c: float) -> Person:
        return self.feverish(ambient_c) if self.rng.random() < self.fevers else self.healthy(ambient_c)

    def healthy(self, ambient_c: float) -> Person:
        axilla = min(self.rng.gauss(AXILLA_C, AXILLA_SD_C), REGULATORY_C - 0.01)
        return Person(axilla, self._skin(ambient_c))

    def feverish(self, ambient_c: float) -> Person:
        axilla = max(self.rng.gauss(FEVER_C, FEVER_SD_C), REGULATORY_C)
        return Person(axilla, self._skin(ambient_c) + self.shown * (axilla - AXILLA_C))

    def _skin(self, ambient_c: float) -> float:
        return self.rng.gauss(usual_skin_c(ambient_c), skin_spread_c(ambient_c))


Lie = Callable[[float, random.Random], float]


@dataclass
class Thermometer:
    """What an instrument shows of a forehead: noise, its own error, its steps, and what its software does."""

    rng: random.Random
    noise_c: float = (
        0.3  # 0.2-0.4: limits of error of forehead and screening thermometers (JJF 1107, JJG 1164)
    )
    offset_c: float = 0.0
    step_c: float = 0.1
    lie: Lie | None = None

    def show(self, forehead_c: float) -> float:
        seen = forehead_c + self.offset_c + self.rng.gauss(0, self.noise_c)
        shown = round(round(seen / self.step_c) * self.step_c, 2)
        return self.lie(shown, self.rng) if self.lie else shown


# --- liars, as the YS gate library does it (heef87/TemperatureDemo @199e7d5) -------------------


def always_36(shown_c: float, rng: random.Random) -> float:
    """ProductImp.getValid: 30-36 becomes "36." and the digits."""
    return round(36 + shown_c % 1, 2) if 30 <= shown_c < 36 else shown_c


def one_of_four(shown_c: float, rng: random.Random) -> float:
    """SHTPA_32x32dR2L5_single.check: 35-36 becomes a random choice."""
    return rng.choice((36.0, 36.1, 36.2, 36.3)) if 35 <= shown_c < 36 else shown_c


def cooled(shown_c: float, rng: random.Random) -> float:
    """Half of SMLX90621_YS.check: 0.4 off what is just too warm."""
    return round(shown_c - 0.4, 2) if 36.8 <= shown_c <= 37.3 else shown_c


def warmed_and_cooled(shown_c: float, rng: random.Random) -> float:
    """All of SMLX90621_YS.check: 34-35.9 becomes 36.10-36.39 as well."""
    return round(rng.uniform(36.10, 36.39), 2) if 34 <= shown_c <= 35.9 else cooled(shown_c, rng)


LIARS: dict[str, Lie] = {
    "30-36 becomes 36.x": always_36,
    "35-36 becomes one of 36.0-36.3": one_of_four,
    "0.4 off 36.8-37.3": cooled,
    "34-35.9 becomes 36.1x-36.3x, 0.4 off 36.8-37.3": warmed_and_cooled,
}
