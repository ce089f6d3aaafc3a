"""The figures of a day at the gate: who passed when, how it was decided, how warm, how long they stood. Pure.

Everything is counted, nothing is kept of anybody: a day of any length takes the room of its counters.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from station.core.model import Severity

HOURS = range(24)
WAITS_S = (2, 5, 10, 20, 30, 60)  # upper ends, not included; longer waits are the last group
SETTLES_MIN = (5, 10, 20, 40)  # the same, minutes until somebody who was held back was decided anew

Verdicts = Counter[int]  # how often each Severity


class Counted(NamedTuple):
    """One passage as it is counted. Times are of the gate's own clock."""

    hour: int  # of the day, 0 to 23
    direction: str
    first: int  # Severity that was decided first
    stands: int  # and that counts now
    held: tuple[str, ...]  # reason codes that did not let pass at first
    lane: str
    gate: str
    duty: str = ""  # whose shift it was; empty: nobody's
    corrected: bool = False
    value_c: float | None = None
    high: bool = False  # decided to be a fever
    instrument: str = ""
    waited_ms: int | None = None
    settled_ms: int | None = None  # from the first verdict to the one that counts
    emulated: bool = False
    by_hand: bool = False  # nobody saw it: an operator's word
    pruned: bool = False  # only hour, direction and `stands` are known of it


@dataclass(slots=True)
class Readings:
    """Of one instrument, or of all: tenths of a degree, and how often each was read."""

    tenths: Counter[int] = field(default_factory=Counter)
    high: int = 0  # of them were decided to be a fever

    @property
    def count(self) -> int:
        return self.tenths.total()

    def quantile_c(self, part: float) -> float | None:
        """The reading below or at which this part of them lies, °C to a tenth; None of none."""
        tenths = quantile(self.tenths, part)
        return None if tenths is None else tenths / 10


@dataclass(slots=True)
class DayStatistics:
    """`by_hour` and the others give verdicts that count now; `reasons` are those of the first verdict."""

    passages: int = 0
    corrected: int = 0
    emulated: int = 0
    by_hand: int = 0
    pruned: int = 0  # have left the journal: in no log, and without reasons, temperature or wait
    verdicts: Verdicts = field(default_factory=Counter)
    by_hour: dict[int, Verdicts] = field(default_factory=dict)
    by_direction: dict[str, Verdicts] = field(default_factory=dict)
    by_place: dict[tuple[str, str], Verdicts] = field(default_factory=dict)  # gate and lane
    by_duty: dict[str, Verdicts] = field(default_factory=dict)
    reasons: Counter[str] = field(default_factory=Counter)
    readings: Readings = field(default_factory=Readings)
    by_instrument: dict[str, Readings] = field(default_factory=dict)
    waits: Counter[int] = field(default_factory=Counter)  # tenths of a second
    held: int = 0  # first decided RECHECK, as far as that is known
    held_now: Verdicts = field(default_factory=Counter)  # what became of them
    settles: Counter[int] = field(default_factory=Counter)  # whole seconds until then

    @property
    def busiest(self) -> int | None:
        """The hour with most passages, the first of several; None of an empty day."""
        return max(HOURS, key=lambda hour: (self.in_hour(hour), -hour)) if self.passages else None

    def in_hour(self, hour: int) -> int:
        return self.by_hour.get(hour, Counter()).total()

    def wait_s(self, part: float) -> float | None:
        """So long, s, or shorter stood this part of all whose wait is known."""
        tenths = quantile(self.waits, part)
        return None if tenths is None else tenths / 10

    def settle_min(self, part: float) -> float | None:
        seconds = quantile(self.settles, part)
        return None if seconds is None else seconds / 60

    def wait_groups(self) -> list[int]:
        """How many waited less than each of WAITS_S (and not less than the one before), then the rest."""
        return groups(self.waits, [10 * end for end in WAITS_S])

    def settle_groups(self) -> list[int]:
        return groups(self.settles, [60 * end for end in SETTLES_MIN])


def tenths_of(value_c: float) -> int:
    """As it is shown and printed: 36.45, which is a little more in binary, is 36.5 and not 36.4."""
    return round(10 * round(value_c, 1))


def count(passages: Iterable[Counted]) -> DayStatistics:
    """The figures of these passages."""
    made = DayStatistics()
    for one in passages:
        _add(made, one)
    return made


def quantile(counted: Mapping[int, int], part: float) -> int | None:
    """By nearest rank: the smallest value at or below which at least this part lies. None of nothing."""
    total = sum(counted.values())
    rank, seen = max(1, math.ceil(part * total)), 0
    for value in sorted(counted):
        seen += counted[value]
        if seen >= rank:
            return value
    return None


def groups(counted: Mapping[int, int], ends: list[int]) -> list[int]:
    """How many lie below each end, and not below the one before it; last, those at or above all."""
    made = [0] * (len(ends) + 1)
    for value, times in counted.items():
        made[next((place for place, end in enumerate(ends) if value < end), len(ends))] += times
    return made


def _add(made: DayStatistics, one: Counted) -> None:
    made.passages += 1
    made.corrected += one.corrected
    made.emulated += one.emulated
    made.by_hand += one.by_hand
    made.pruned += one.pruned
    made.verdicts[one.stands] += 1
    made.by_hour.setdefault(one.hour, Counter())[one.stands] += 1
    made.by_direction.setdefault(one.direction, Counter())[one.stands] += 1
    made.by_place.setdefault((one.gate, one.lane), Counter())[one.stands] += 1
    made.by_duty.setdefault(one.duty, Counter())[one.stands] += 1
    made.reasons.update(one.held)
    if one.waited_ms is not None:
        made.waits[round(one.waited_ms / 100)] += 1
    if one.first == Severity.RECHECK and not one.pruned:
        made.held += 1
        made.held_now[one.stands] += 1
        if one.settled_ms is not None:
            made.settles[max(0, round(one.settled_ms / 1000))] += 1
    if one.value_c is not None:
        _add_reading(made, one, one.value_c)


def _add_reading(made: DayStatistics, one: Counted, value_c: float) -> None:
    for readings in (made.readings, made.by_instrument.setdefault(one.instrument, Readings())):
        readings.tenths[tenths_of(value_c)] += 1
        readings.high += one.high
