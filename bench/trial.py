"""Simulated days: one crowd before one instrument, judged by several strategies at once."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bench.crowd import Crowd, Person, Thermometer
from bench.strategies import Called, Strategy

APART_S = 20.0  # three people a minute: a morning rush
STAFF = 3  # measured at shift start, and whenever the station asks for it
HOURS_8 = 8 * 3600.0


@dataclass(frozen=True, slots=True)
class Situation:
    """Under what circumstances people are measured."""

    name: str
    ambient_c: Callable[[float], float]  # by seconds since the start
    offset_c: float = 0.0  # the instrument's own error
    noise_c: float = 0.3
    shown: float = 1.0  # how much of a fever the skin shows
    feverish_first: int = 0


def steady(ambient_c: float) -> Callable[[float], float]:
    return lambda at: ambient_c


def warming(first_c: float, last_c: float) -> Callable[[float], float]:
    """From the first to the last within eight hours."""
    return lambda at: first_c + (last_c - first_c) * min(1.0, at / HOURS_8)


SITUATIONS = (
    Situation("10 °C", steady(10)),
    Situation("17 °C", steady(17)),
    Situation("20 °C", steady(20)),
    Situation("25 °C", steady(25)),
    Situation("32 °C", steady(32)),
    Situation("from 5 to 30 °C in 8 h", warming(5, 30)),
    Situation("25 °C, reads 0.5 °C low", steady(25), offset_c=-0.5),
    Situation("25 °C, reads 0.5 °C high", steady(25), offset_c=0.5),
    Situation("25 °C, noise 0.2 °C", steady(25), noise_c=0.2),
    Situation("25 °C, noise 0.4 °C", steady(25), noise_c=0.4),
)
# Only the beginning of a shift, when four people with a fever come first:
FEVERS_FIRST = Situation("four feverish people first", steady(25), feverish_first=4)


@dataclass
class Outcome:
    """How one strategy called people, feverish and healthy."""

    feverish: Counter[Called] = field(default_factory=Counter)
    healthy: Counter[Called] = field(default_factory=Counter)

    def add(self, person: Person, called: Called) -> None:
        (self.feverish if person.feverish else self.healthy)[called] += 1

    @property
    def sensitivity(self) -> float:
        """The share of feverish people who were called high."""
        return _share(self.feverish, Called.HIGH)

    @property
    def specificity(self) -> float:
        """The share of healthy people who were not called high."""
        return 1.0 - _share(self.healthy, Called.HIGH)

    @property
    def unnoticed(self) -> float:
        """The share of feverish people who were called normal. The others were asked to measure otherwise."""
        return _share(self.feverish, Called.NORMAL)

    @property
    def unmeasured(self) -> float:
        """The share of healthy people who were asked to measure otherwise."""
        return _share(self.healthy, Called.NOTHING)


def run(
    situation: Situation,
    strategies: Mapping[str, Callable[[], Strategy]],
    *,
    days: int,
    people: int = 1440,
    fevers: float = 0.03,
    seed: int = 1,
) -> dict[str, Outcome]:
    """How each strategy called the same readings of the same people; each day begins anew."""
    rng = random.Random(seed)
    crowd = Crowd(rng, situation.shown, fevers)
    thermometer = Thermometer(rng, situation.noise_c, situation.offset_c)
    outcomes = {name: Outcome() for name in strategies}
    for _ in range(days):
        today = {name: make() for name, make in strategies.items()}
        for number in range(people):
            at = number * APART_S
            ambient_c = situation.ambient_c(at)
            first = number < situation.feverish_first
            person = crowd.feverish(ambient_c) if first else crowd.next(ambient_c)
            shown_c = thermometer.show(person.forehead_c)
            for name, strategy in today.items():
                if strategy.wants_staff(ambient_c, at):
                    staff = (crowd.healthy(ambient_c) for _ in range(STAFF))
                    strategy.seed([thermometer.show(one.forehead_c) for one in staff], ambient_c, at)
                outcomes[name].add(person, strategy.call(shown_c, ambient_c, at))
    return outcomes


def _share(counted: Counter[Called], called: Called) -> float:
    return counted[called] / counted.total() if counted else 0.0
