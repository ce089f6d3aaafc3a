"""`python -m bench.temperature`: how rules of judgement treat a crowd. Writes docs/temperature.md."""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

# Before Qt starts: a benchmark opens no window on the user's screen unless it is told to.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from bench import accused, lane, machine, temperature_charts
from bench.crowd import LIARS
from bench.figures import Table
from bench.stand import application
from bench.strategies import STRATEGIES
from bench.temperature_page import page
from bench.trial import FEVERS_FIRST, SITUATIONS, Outcome, Situation, run, steady

DOCS = Path(__file__).parents[1] / "docs"


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is simulated and measured."""

    days: int  # of 1440 people, for each situation
    mornings: int  # of 800 people, for each liar and kind of instrument
    hours: float  # of a 14 Hz stream
    passages: int  # through the whole gate


FULL = Extent(days=20, mornings=60, hours=8, passages=500)
QUICK = Extent(days=2, mornings=5, hours=1, passages=50)


def strategies(extent: Extent) -> list[Table]:
    """What becomes of feverish and of healthy people, by situation and rule."""
    situations = {situation.name: run(situation, STRATEGIES, days=extent.days) for situation in SITUATIONS}
    first = run(FEVERS_FIRST, STRATEGIES, days=20 * extent.days, people=20)
    less = {
        f"{shown:.0%} of a fever": run(Situation("", steady(25), shown=shown), STRATEGIES, days=extent.days)
        for shown in (1.0, 0.75, 0.5, 0.25)
    }
    return [
        _outcomes("Sensitivity: feverish people called high, %", situations, lambda one: one.sensitivity),
        _outcomes("Specificity: healthy people not called high, %", situations, lambda one: one.specificity),
        _outcomes("Feverish people who pass unnoticed, %", situations, lambda one: one.unnoticed),
        _outcomes("Healthy people sent to be measured otherwise, %", situations, lambda one: one.unmeasured),
        _outcomes(
            "When a shift begins with four feverish people: sensitivity among the first twenty, %",
            {"25 °C": first},
            lambda one: one.sensitivity,
        ),
        _outcomes(
            "If the skin shows less of a fever: sensitivity at 25 °C, %", less, lambda one: one.sensitivity
        ),
    ]


def _outcomes(title: str, rows: dict[str, dict[str, Outcome]], share: Callable[[Outcome], float]) -> Table:
    cells = [
        (name, *(f"{100 * share(outcome):.1f}" for outcome in outcomes.values()))
        for name, outcomes in rows.items()
    ]
    return Table(title, ("", *STRATEGIES), cells)


def watch(extent: Extent) -> list[Table]:
    """How often honest instruments are accused, and how soon others."""
    rows = [("honest, 0 to 35 °C", accused.honest(extent.mornings))]
    for name, lie in LIARS.items():
        for ambient_c in (18.0, 25.0, 32.0):
            rows.append((f"{name}, at {ambient_c:g} °C", accused.lying(lie, ambient_c, extent.mornings)))
    rows += [(name, accused.failing(change, extent.mornings)) for name, change in accused.FAILURES.items()]
    title = f"Accused within a morning of {accused.PEOPLE} people"
    return [
        Table(title, ("", "mornings", "accused", "people until then", "of"), [_accused(*row) for row in rows])
    ]


def _accused(name: str, record: accused.Record) -> tuple[str, ...]:
    until = "-" if record.until is None else f"{record.until:.0f}"
    codes = ", ".join(record.codes) or "-"
    return name, str(record.mornings), f"{100 * record.accused / record.mornings:.1f} %", until, codes


def cost(extent: Extent, folder: Path) -> list[Table]:
    return [lane.verdicts(extent.passages, folder), lane.stream(extent.hours)]


def draw(extent: Extent, folder: Path) -> None:
    """The four pictures of the page."""
    temperature_charts.by_ambient(folder / "temperature-ambient.png", extent.days)
    temperature_charts.trade_off(folder / "temperature-trade-off.png", extent.days // 2)
    temperature_charts.one_day(folder / "temperature-day.png")
    temperature_charts.liars(folder / "temperature-liars.png", 20.0, 2000)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.temperature", description=__doc__)
    parser.add_argument(
        "what", nargs="?", choices=("all", "latency"), default="all", help="latency: only what judging costs"
    )
    parser.add_argument("--quick", action="store_true", help="less of everything, about half a minute")
    parser.add_argument("--docs", type=Path, default=DOCS, help="where the page and its pictures are written")
    parser.add_argument("--folder", type=Path, help="where the journal is written; its disk is measured")
    arguments = parser.parse_args()
    extent = QUICK if arguments.quick else FULL
    application()
    with tempfile.TemporaryDirectory(prefix="kakou-bench-", dir=arguments.folder) as folder:
        if arguments.what == "latency":
            for table in cost(extent, Path(folder)):
                print(*table.lines(), sep="\n")
            return
        described = f"{machine.description(Path(folder))}; {machine.load()}."
        tables = {
            "STRATEGIES": strategies(extent),
            "WATCH": watch(extent),
            "COST": cost(extent, Path(folder)),
        }
    for table in chain.from_iterable(tables.values()):
        print(*table.lines(), sep="\n")
    arguments.docs.mkdir(exist_ok=True)
    draw(extent, arguments.docs)
    (arguments.docs / "temperature.md").write_text(page(described, tables), "utf-8")


if __name__ == "__main__":
    main()
