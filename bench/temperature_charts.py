"""The pictures of docs/temperature.md, from simulated people. What they show is said there."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from bench.charts import Axis, Panel, Point, save
from bench.crowd import LIARS, Crowd, Lie, Thermometer
from bench.strategies import STRATEGIES, FirstComeBaseline, FixedLine, Ours, Strategy
from bench.trial import APART_S, STAFF, Outcome, Situation, run, steady, warming
from station.core.baseline import BaselineRule

_AMBIENTS_C = tuple(half / 2 for half in range(0, 71, 5))
_PER_CENT = (0, 20, 40, 60, 80, 100)
_ALLOWED_C = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.2, 1.5, 2.0)
_LINES_C = tuple(line / 10 for line in range(350, 386, 2))
_FIXED, _FLIR, _OURS = 0, 2, 3  # colours, as in STRATEGIES
_WARMING = Situation("from 17 to 32 °C", warming(17, 32))


def by_ambient(file: Path, days: int) -> None:
    """What each strategy does as it gets warmer."""
    outcomes = [run(Situation("", steady(ambient)), STRATEGIES, days=days) for ambient in _AMBIENTS_C]
    shares: tuple[tuple[str, Callable[[Outcome], float], Sequence[float]], ...] = (
        ("Feverish people who pass unnoticed, %", lambda outcome: outcome.unnoticed, _PER_CENT),
        ("Healthy people called high, %", lambda outcome: 1 - outcome.specificity, (0, 10, 20, 30, 40)),
        ("Healthy people not measured, %", lambda outcome: outcome.unmeasured, _PER_CENT),
    )
    panels = []
    for title, share, marks in shares:
        panel = Panel(title, Axis("ambient, °C", range(0, 36, 5)), Axis("", marks))
        for number, name in enumerate(STRATEGIES):
            values = [100 * share(one[name]) for one in outcomes]
            panel.line(name, list(zip(_AMBIENTS_C, values, strict=True)), number)
        panels.append(panel)
    save(panels, 3, file)


def trade_off(file: Path, days: int) -> None:
    """Every strategy with its line moved, while it gets warmer; a fever that shows fully, and by half."""
    panels = []
    for shown, words in ((1.0, "Skin shows all of a fever"), (0.5, "Skin shows half of a fever")):
        situation = replace(_WARMING, shown=shown)
        panel = Panel(
            words,
            Axis("healthy people called high, %", (0, 5, 10, 15, 20, 25)),
            Axis("fevers called high, %", _PER_CENT),
        )
        families: tuple[tuple[str, int, Sequence[Callable[[], Strategy]]], ...] = (
            ("a fixed line on skin", _FIXED, [partial(FixedLine, line) for line in _LINES_C]),
            ("rolling, first come", _FLIR, [partial(FirstComeBaseline, rule) for rule in _rules()]),
            ("ours", _OURS, [partial(Ours, rule) for rule in _rules()]),
        )
        for name, number, makers in families:
            outcomes = run(situation, {str(place): make for place, make in enumerate(makers)}, days=days)
            panel.line(
                name,
                [(100 - 100 * one.specificity, 100 * one.sensitivity) for one in outcomes.values()],
                number,
            )
        panels.append(panel)
    save(panels, 2, file, width=640, height=460)


def one_day(file: Path) -> None:
    """Readings and limits of a day that begins cold."""
    ours, crowd, thermometer = Ours(), Crowd(random.Random(3), fevers=0.02), Thermometer(random.Random(4))
    ambient = warming(5, 30)
    healthy, feverish, limit = list[Point](), list[Point](), list[Point]()
    for number in range(0, 1440, 3):
        at = number * APART_S
        if ours.wants_staff(ambient(at), at):
            staff = (crowd.healthy(ambient(at)) for _ in range(STAFF))
            ours.seed([thermometer.show(one.forehead_c) for one in staff], ambient(at), at)
        person = crowd.next(ambient(at))
        shown_c = thermometer.show(person.forehead_c)
        (feverish if person.feverish else healthy).append((at / 3600, shown_c))
        limit.append((at / 3600, ours.judge(shown_c, ambient(at), at).limit_c or 0.0))
    panel = Panel(
        "One day from 5 to 30 °C: below 16 °C nothing is measured",
        Axis("hours since the start", range(9)),
        Axis("forehead as shown, °C", range(32, 41)),
    )
    panel.dots("healthy", healthy, 5)
    panel.dots("feverish", feverish, 4, 5.0)
    panel.line("fixed 37.3", [(0, 37.3), (8, 37.3)], 0)
    panel.line("our limit", limit, 3)
    save([panel], 1, file, width=1000, height=520)


def liars(file: Path, ambient_c: float, people: int) -> None:
    """The same foreheads through an honest instrument and through four that lie."""
    kinds: Mapping[str, Lie | None] = {"honest": None, **LIARS}
    panels = []
    for number, (name, lie) in enumerate(kinds.items()):
        crowd, thermometer = Crowd(random.Random(1)), Thermometer(random.Random(2), lie=lie)
        shown = [thermometer.show(crowd.next(ambient_c).forehead_c) for _ in range(people)]
        panel = Panel(name, Axis("shown, °C", range(33, 40)), Axis("people", range(0, 601, 100)))
        tenths = Counter(math.floor(value * 10 + 1e-6) for value in shown)
        panel.bars([(tenth / 10, count) for tenth, count in tenths.items()], 0.1, 3 if number == 0 else 4)
        panels.append(panel)
    save(panels, 3, file, width=470, height=330)


def _rules() -> list[BaselineRule]:
    return [BaselineRule(allowed_c=allowed) for allowed in _ALLOWED_C]
