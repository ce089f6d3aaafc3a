"""Does a list of readings look like people? Statistics over many people's values; no state, no time.

Some gate software rewrites readings so that everybody looks healthy. In the code of the YS gate library
(heef87/TemperatureDemo @199e7d5) 30-36 °C becomes 36 and a digit, cool foreheads become a random choice of
36.0-36.3, and 0.4 °C is taken off 36.8-37.3. Each leaves a trace that people do not. All values are °C. The
tenth is looked at and not the hundredth, because an honest MLX90614 counts in steps of 0.02 °C, so that its
hundredths may all be odd (data sheet 3901090614: measurement resolution 0.02 °C).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import NormalDist, fmean, median, pstdev, variance

_ROUNDING = 1e-6  # so that 36.3 counts as 36.3, whatever binary floating point makes of it

CROWD_C = 0.35  # four neighbouring tenths, such as 36.0-36.3
HOLE_C = (36.9, 37.3)  # what "0.4 off 36.8-37.3" leaves empty, without its lower end


@dataclass(frozen=True, slots=True)
class Crowding:
    """The 0.35 °C that hold most people, and their share of all."""

    share: float
    lowest_c: float
    highest_c: float


def crowding(values: Sequence[float]) -> Crowding:
    """Where people crowd. The share is high if something draws them together."""
    ordered = sorted(values)
    best, first = Crowding(0.0, 0.0, 0.0), 0
    for last, value in enumerate(ordered):
        while value - ordered[first] > CROWD_C:
            first += 1
        share = (last - first + 1) / len(ordered)
        if share > best.share:
            best = Crowding(share, ordered[first], value)
    return best


def share_at_36(values: Sequence[float]) -> float:
    """The share of people from 36.0 up to, not including, 37.0 °C."""
    return sum(36.0 - _ROUNDING <= value < 37.0 - _ROUNDING for value in values) / len(values)


def tenths_chi_square(values: Sequence[float]) -> float:
    """Pearson's chi-square of the tenths against all ten being equally likely: 9 degrees of freedom.

    Zero if the spread is too small for that: see `spread_for_tenths`.
    """
    if pstdev(values) < spread_for_tenths(len(values)):
        return 0.0
    expected = len(values) / 10
    counted = Counter(math.floor(value * 10 + _ROUNDING) % 10 for value in values)
    return sum((counted[digit] - expected) ** 2 for digit in range(10)) / expected


def spread_for_tenths(count: int) -> float:
    """From this standard deviation in °C on, the tenths of bell-shaped readings are equally likely enough.

    Wrapped around one degree, a normal density deviates from the uniform by 2 exp(-2 pi² s²) at most, its
    first Fourier coefficient. That adds 2 n exp(-4 pi² s²) to chi-square on average; it must not add more
    than 1.
    """
    return math.sqrt(math.log(2 * count)) / (2 * math.pi)


@dataclass(frozen=True, slots=True)
class Hole:
    """How many people there are, and should be, just above 36.9 and up to 37.3 °C."""

    found: int
    expected: float


def hole(values: Sequence[float]) -> Hole:
    """The place where fevers begin. Expected: of a bell around the median, as wide as the readings spread."""
    lowest, highest = HOLE_C[0] + _ROUNDING, HOLE_C[1] + _ROUNDING
    bell = NormalDist(median(values), max(pstdev(values), 0.05))
    expected = len(values) * (bell.cdf(highest + 0.05) - bell.cdf(lowest + 0.05))
    return Hole(sum(lowest < value <= highest for value in values), expected)


@dataclass(frozen=True, slots=True)
class Difference:
    """Between the means of two lists, in °C, and what it would be by chance alone (one standard error)."""

    c: float
    error_c: float


def difference(some: Sequence[float], others: Sequence[float]) -> Difference:
    """The mean of some less the mean of others, of two values or more each."""
    error = math.sqrt(variance(some) / len(some) + variance(others) / len(others))
    return Difference(fmean(some) - fmean(others), error)


def falls_steadily(lots: Sequence[Sequence[float]]) -> bool:
    """Whether the mean of each lot lies below that of the one before."""
    return all(fmean(later) < fmean(earlier) for earlier, later in pairwise(lots))
