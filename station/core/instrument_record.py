"""What is remembered of one thermometer, bounded, and what looks false about it. Who is told is not here.

A `Stream` keeps one sample: does the value still change, do samples still come? `People` keeps the last 600
measurements at one site: do they look like people, and like those of an hour ago? Times are monotonic
seconds, values are °C. Every threshold stands here with its reason; how often an honest instrument crosses
one, and how soon a liar does, is measured by `python -m bench.temperature` (docs/temperature.md).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from station.core import honesty
from station.core.model import Instrument, Sample, Site, Temperature

# The stream:
STUCK_S = 10.0  # bit-identical so long is no skin and no wall (own rule, devices.md section 6)
STUCK_COARSE_S = 60.0  # … but in steps of 0.1 °C a person who stands still may be
WARM_C = 30.0  # in such steps an empty stand is constant for hours, so only warm values are looked at
GAP_S = 3.0  # a stream that paused says nothing about the time between
SILENT_S = 5.0
STREAM_SAMPLES = 20  # in a row without a gap make a stream; a gun speaks only when it is triggered

# The last people:
PEOPLE = 600
WINDOW = 80  # people; a busy half hour
CROWDED = 0.7  # of them within 0.35 °C; with an honest spread of 0.36 °C it is 0.37 on average
AT_36 = 0.97  # of skin values within 36.0-36.9 °C; with honest ones of a hot day it is 0.83
TENTHS_CHI_SQUARE = 33.72  # 9 degrees of freedom, significance 0.0001
HOLE_EXPECTED = 10.0  # people, and nobody there: by chance once in e^10, 22,000
SAG_LOTS, SAG_LOT, SAG_C = 4, 50, 0.4  # lots of 50 people, each lower than the one before
SAG_S = 4 * 3600.0

# The last hour, and the other instrument:
RECENT, EARLIER = 20, 40  # people
HOUR_S = 3600.0
DRIFT_C = 0.5  # what a field check accepts (NIM, 2020: ±0.5 °C)
BEYOND_CHANCE = 4.5  # standard errors, for every comparison of means
SAME_WEATHER_C = 3.0  # a change of ambient that explains a change of skin

_SKIN = {Site.OBJECT, Site.FOREHEAD, Site.NECK, Site.WRIST}


class FindingCode(StrEnum):
    """What is wrong with an instrument; behind each, its figures in this order."""

    STUCK = "stuck"  # value in °C, seconds
    SILENT = "silent"  # seconds
    CROWDED = "crowded"  # share of people, lowest and highest °C of where they crowd
    ALWAYS_36 = "always_36"  # share of people from 36.0 up to 36.9 °C
    MADE_UP_DIGITS = "made_up_digits"  # chi-square of the tenths, 9 degrees of freedom
    HOLE_BELOW_FEVER = "hole_below_fever"  # people found above 36.9 up to 37.3 °C, people expected
    SAGGING = "sagging"  # °C by which readings fell steadily, as with an empty battery
    DRIFT = "drift"  # °C above the hour before
    DISAGREEMENT = "disagreement"  # °C above the other instrument: one of them is wrong


Found = tuple[FindingCode, tuple[float, ...]]


@dataclass(slots=True)
class Stream:
    """The samples of one instrument."""

    instrument: Instrument
    value_c: float
    same_since: float
    last_at: float
    in_a_row: int = 1
    fine: bool = False  # it has shown hundredths

    @classmethod
    def begin(cls, sample: Sample) -> Stream:
        return cls(sample.instrument, sample.reading.value_c, sample.at, sample.at)

    def feed(self, sample: Sample) -> None:
        value, paused = sample.reading.value_c, sample.at - self.last_at > GAP_S
        if value != self.value_c or paused:
            self.value_c, self.same_since = value, sample.at
        self.fine = self.fine or round(value * 100) % 10 != 0
        self.in_a_row = 1 if paused else min(self.in_a_row + 1, STREAM_SAMPLES)
        self.last_at = sample.at

    def stuck(self) -> Found | None:
        """Bit-identical for longer than anything in front of a sensor is."""
        same_s = self.last_at - self.same_since
        allowed = STUCK_S if self.fine else STUCK_COARSE_S
        if same_s <= allowed or (not self.fine and self.value_c < WARM_C):
            return None
        return FindingCode.STUCK, (self.value_c, same_s)

    def silent(self, now: float) -> Found | None:
        """It used to stream and does not."""
        quiet_s = now - self.last_at
        if self.in_a_row < STREAM_SAMPLES or quiet_s <= SILENT_S:
            return None
        return FindingCode.SILENT, (quiet_s,)


@dataclass(frozen=True, slots=True)
class _Person:
    value_c: float
    ambient_c: float | None
    at: float


@dataclass(slots=True)
class People:
    """Whom one instrument measured at one site, oldest first; raw values only."""

    instrument: Instrument
    site: Site
    last: deque[_Person] = field(default_factory=lambda: deque(maxlen=PEOPLE))

    def add(self, temperature: Temperature) -> None:
        self.last.append(_Person(temperature.raw_c, temperature.ambient_c, temperature.at))

    def findings(self, now: float) -> Iterator[Found]:
        """What looks false about these people's values and their order."""
        everybody = list(self.last)
        if len(everybody) >= WINDOW:
            yield from _of_values(_values(everybody[-WINDOW:]), self.site)
            yield from _of_hole(_values(everybody))
        yield from _of_sagging(_since(everybody, now - SAG_S)[-SAG_LOTS * SAG_LOT :])
        yield from _of_drift(_since(everybody, now - HOUR_S))

    def apart_from(self, other: People, now: float) -> Found | None:
        """Two instruments measured the same crowd at the same site, and differ."""
        mine, theirs = (_since(people.last, now - HOUR_S)[-RECENT:] for people in (self, other))
        if self.site is not other.site or min(len(mine), len(theirs)) < RECENT:
            return None
        apart = honesty.difference(_values(mine), _values(theirs))
        return (FindingCode.DISAGREEMENT, (apart.c,)) if _is_real(apart, DRIFT_C) else None


def _of_values(values: list[float], site: Site) -> Iterator[Found]:
    crowd = honesty.crowding(values)
    if crowd.share >= CROWDED:
        yield FindingCode.CROWDED, (crowd.share, crowd.lowest_c, crowd.highest_c)
    at_36 = honesty.share_at_36(values)
    if site in _SKIN and at_36 >= AT_36:
        yield FindingCode.ALWAYS_36, (at_36,)
    chi_square = honesty.tenths_chi_square(values)
    if chi_square > TENTHS_CHI_SQUARE:
        yield FindingCode.MADE_UP_DIGITS, (chi_square,)


def _of_hole(values: list[float]) -> Iterator[Found]:
    hole = honesty.hole(values)
    if hole.expected >= HOLE_EXPECTED and hole.found == 0:
        yield FindingCode.HOLE_BELOW_FEVER, (hole.found, hole.expected)


def _of_sagging(people: list[_Person]) -> Iterator[Found]:
    if len(people) < SAG_LOTS * SAG_LOT or not _same_weather(people):
        return
    values = _values(people)
    lots = [values[first : first + SAG_LOT] for first in range(0, len(values), SAG_LOT)]
    fall = honesty.difference(lots[0], lots[-1])
    if honesty.falls_steadily(lots) and _is_real(fall, SAG_C):
        yield FindingCode.SAGGING, (fall.c,)


def _of_drift(hour: list[_Person]) -> Iterator[Found]:
    if len(hour) < EARLIER + RECENT or not _same_weather(hour):
        return
    drift = honesty.difference(_values(hour[-RECENT:]), _values(hour[:-RECENT]))
    if _is_real(drift, DRIFT_C):
        yield FindingCode.DRIFT, (drift.c,)


def _since(people: Iterable[_Person], moment: float) -> list[_Person]:
    return [person for person in people if person.at >= moment]


def _values(people: Iterable[_Person]) -> list[float]:
    return [person.value_c for person in people]


def _is_real(difference: honesty.Difference, least_c: float) -> bool:
    return abs(difference.c) >= max(least_c, BEYOND_CHANCE * difference.error_c)


def _same_weather(people: Iterable[_Person]) -> bool:
    """Ambient did not move enough to explain it. Without an ambient, it is taken for steady."""
    ambients = [person.ambient_c for person in people if person.ambient_c is not None]
    return not ambients or max(ambients) - min(ambients) < SAME_WEATHER_C
