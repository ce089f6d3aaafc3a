"""How often the instrument watch accuses an honest thermometer, and how soon it finds a liar. Simulated."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median

from bench.crowd import Crowd, Lie, Thermometer
from bench.strategies import reading
from station.core.instrument_record import FindingCode
from station.core.instrument_watch import InstrumentWatch

PEOPLE = 800  # a morning at a food market
APART_S = 36.0
AMBIENTS_C = (0.0, 10.0, 18.0, 25.0, 30.0, 35.0)
KINDS = ((0.2, 0.1), (0.4, 0.02))  # noise and steps in °C: a quiet coarse one, a noisy fine one

Change = Callable[[int], float]  # the instrument's own error in °C, by number of people


@dataclass(frozen=True, slots=True)
class Accusation:
    people: int  # measured until then
    code: FindingCode


def morning(
    seed: int,
    ambient_c: float,
    *,
    lie: Lie | None = None,
    noise_c: float = 0.3,
    step_c: float = 0.1,
    error_c: Change = lambda number: 0.0,
    people: int = PEOPLE,
) -> Iterator[Accusation]:
    """What the watch says of one instrument that measures these people, in order."""
    rng = random.Random(seed)
    crowd, watch = Crowd(rng), InstrumentWatch()
    thermometer = Thermometer(rng, noise_c, 0.0, step_c, lie)
    for number in range(people):
        thermometer.offset_c = error_c(number)
        shown_c = thermometer.show(crowd.next(ambient_c).forehead_c)
        for finding in watch.measured(reading(shown_c, ambient_c, number * APART_S)):
            yield Accusation(number + 1, finding.code)


@dataclass(frozen=True, slots=True)
class Record:
    """Many mornings of one instrument."""

    mornings: int
    accused: int  # mornings with an accusation
    until: float | None  # people until the first one, on half of those mornings
    codes: tuple[FindingCode, ...]  # the most frequent first


def record(mornings: Iterator[Iterator[Accusation]]) -> Record:
    heard = [list(accusations) for accusations in mornings]
    first = [accusations[0].people for accusations in heard if accusations]
    codes = Counter(code for accusations in heard for code in {one.code for one in accusations})
    ordered = tuple(code for code, _ in codes.most_common())
    return Record(len(heard), len(first), median(first) if first else None, ordered)


def honest(mornings: int) -> Record:
    """So many mornings at every ambient temperature and of each kind."""
    return record(
        morning(seed, ambient_c, noise_c=noise_c, step_c=step_c)
        for seed in range(mornings)
        for ambient_c in AMBIENTS_C
        for noise_c, step_c in KINDS
    )


def lying(lie: Lie, ambient_c: float, mornings: int) -> Record:
    return record(morning(seed, ambient_c, lie=lie) for seed in range(mornings))


def failing(error_c: Change, mornings: int) -> Record:
    """An instrument whose own error changes, at 25 °C."""
    return record(morning(seed, 25.0, error_c=error_c) for seed in range(mornings))


FAILURES: dict[str, Change] = {
    "sags by 0.8 °C over 200 people": lambda number: -0.8 * min(1.0, max(0, number - 200) / 200),
    "0.7 °C higher from one person to the next": lambda number: 0.7 if number >= 200 else 0.0,
}
