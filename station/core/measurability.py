"""When a reading is no measurement of a person, and what to do then. Decides nothing about anybody.

Infrared sees the mean of whatever fills its spot, and its own housing drifts with the weather. A reading
from too far, of a cold forehead, or by an instrument that comes out of a warm car is neither normal nor high:
it is nothing, and the volunteer needs to hear what to do instead. Limits are data with their sources
(`assets/thermometers/limits.toml`); text comes in, so that reading the file stays at the edge. A value at or
above the policy's limit is high all the same: what is found here never takes a fever away.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Any

import msgspec

from station.core.model import Obstacle, Sample, Site, Temperature

Celsius = Annotated[float, msgspec.Meta(ge=-40, le=125)]  # what an MLX90614 can report of itself
Positive = Annotated[float, msgspec.Meta(gt=0)]
NotNegative = Annotated[float, msgspec.Meta(ge=0)]

NOBODY_C = 2.0  # above ambient; the same rise as in temperature.PresenceDetector


class LimitsError(ValueError):
    """The limits cannot be used; the message names the field."""


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The surroundings within which one family of instruments measures people."""

    ambient_lowest_c: Celsius
    ambient_highest_c: Celsius
    farthest_cm: Positive
    least_contrast_c: NotNegative  # skin less ambient
    steady_c_per_minute: Positive  # faster, and the instrument is still warming up or cooling down


class Advice(StrEnum):
    """What to do; the screen has the words."""

    STEP_CLOSER = "step_closer"
    WRIST_OR_NECK = "wrist_or_neck"  # or some minutes indoors
    WAIT_FOR_INSTRUMENT = "wait_for_instrument"  # and use another one meanwhile
    SHADE_INSTRUMENT = "shade_instrument"  # and use another one meanwhile


ADVICE: Mapping[Obstacle, Advice] = MappingProxyType(
    {
        Obstacle.NOBODY: Advice.STEP_CLOSER,
        Obstacle.TOO_FAR: Advice.STEP_CLOSER,
        Obstacle.COLD_SKIN: Advice.WRIST_OR_NECK,
        Obstacle.NOT_SETTLED: Advice.WAIT_FOR_INSTRUMENT,
        Obstacle.AMBIENT_TOO_COLD: Advice.WRIST_OR_NECK,
        Obstacle.AMBIENT_TOO_HOT: Advice.SHADE_INSTRUMENT,
    }
)

_SKIN = {Site.OBJECT, Site.FOREHEAD, Site.WRIST, Site.NECK}  # other values are computed, or of a cavity
_KEPT_WARM = {Site.WRIST, Site.NECK}  # by sleeve and collar: what to use in the cold (Beijing, as above)


def obstacle(
    temperature: Temperature,
    limits: Limits,
    *,
    lowest_c: float,
    ambient_c_per_minute: float | None = None,
    distance_cm: float | None = None,
) -> Obstacle | None:
    """What keeps this reading from being a measurement; None: it is one, as far as is known.

    `lowest_c` is the policy's for the site. The rate is `AmbientTrend`'s; the distance, a sensor's.
    """
    if hindering := _surroundings(temperature, limits):
        return hindering
    if ambient_c_per_minute is not None and abs(ambient_c_per_minute) > limits.steady_c_per_minute:
        return Obstacle.NOT_SETTLED
    if distance_cm is not None and distance_cm > limits.farthest_cm:
        return Obstacle.TOO_FAR
    return _cool(temperature, limits) if temperature.value_c < lowest_c else None


def _surroundings(temperature: Temperature, limits: Limits) -> Obstacle | None:
    ambient = temperature.ambient_c
    if ambient is None:
        return None
    if ambient < limits.ambient_lowest_c and temperature.site not in _KEPT_WARM:
        return Obstacle.AMBIENT_TOO_COLD
    return Obstacle.AMBIENT_TOO_HOT if ambient > limits.ambient_highest_c else None


def _cool(temperature: Temperature, limits: Limits) -> Obstacle:
    """A value below what skin has: the wall behind, part of it, or cold skin."""
    ambient = temperature.ambient_c
    if ambient is None or temperature.site not in _SKIN:
        return Obstacle.COLD_SKIN
    contrast = temperature.value_c - ambient
    if contrast < NOBODY_C:
        return Obstacle.NOBODY
    return Obstacle.TOO_FAR if contrast < limits.least_contrast_c else Obstacle.COLD_SKIN


class AmbientTrend:
    """How fast an instrument's own temperature changes. Feed its samples; keeps two minutes of them."""

    _EVERY_S, _KEPT, _LEAST_S, _GAP_S = 10.0, 12, 60.0, 30.0

    def __init__(self) -> None:
        self._seen: deque[tuple[float, float]] = deque(maxlen=self._KEPT)

    def feed(self, sample: Sample) -> None:
        ambient = sample.reading.ambient_c
        since = sample.at - self._seen[-1][0] if self._seen else self._EVERY_S
        if ambient is None or since < self._EVERY_S:
            return
        if since > self._GAP_S:
            self._seen.clear()
        self._seen.append((sample.at, ambient))

    @property
    def c_per_minute(self) -> float | None:
        """None while less than a minute is known."""
        if not self._seen:
            return None
        (began, first), (ended, last) = self._seen[0], self._seen[-1]
        return (last - first) / (ended - began) * 60 if ended - began >= self._LEAST_S else None


class LimitsTable:
    """The limits of every family."""

    def __init__(self, default: Limits, families: Mapping[str, Limits]) -> None:
        self._default, self._families = default, families

    @property
    def named(self) -> frozenset[str]:
        """The families that differ from the default."""
        return frozenset(self._families)

    def of(self, family: str) -> Limits:
        return self._families.get(family, self._default)


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    default: Limits
    family: dict[str, dict[str, Any]] = {}


def parse_limits(text: str) -> LimitsTable:
    """The limits in TOML text. Raises LimitsError with the field that is wrong."""
    try:
        file = msgspec.toml.decode(text, type=_File)
        default = msgspec.to_builtins(file.default)
        families = {
            slug: msgspec.convert({**default, **differing}, Limits) for slug, differing in file.family.items()
        }
    except msgspec.DecodeError as error:
        raise LimitsError(str(error)) from error
    return LimitsTable(file.default, families)
