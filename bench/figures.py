"""Durations and how they are printed: median, 95th percentile, and the quietest round. Measures nothing."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter
from typing import TypeVar

T = TypeVar("T")

HEADINGS = ("median", "p95", "quiet")


@dataclass(slots=True)
class Series:
    """Durations of one kind in seconds, kept by round.

    Another program that loads the machine disturbs some rounds and not others, so the smallest median of a
    round (`quiet`) says what the code costs, and the median of all what this machine gave just now.
    """

    rounds: list[list[float]] = field(default_factory=lambda: [[]])

    def begin_round(self) -> None:
        if self.rounds[-1]:
            self.rounds.append([])

    def add(self, seconds: float) -> None:
        self.rounds[-1].append(seconds)

    def timed(self, work: Callable[[], T]) -> T:
        """Do the work and keep how long it took."""
        began = perf_counter()
        result = work()
        self.add(perf_counter() - began)
        return result

    @property
    def all(self) -> list[float]:
        return [seconds for one in self.rounds for seconds in one]

    @property
    def median(self) -> float:
        return median(self.all)

    @property
    def p95(self) -> float:
        """The smallest value that 95 % of all do not exceed (nearest rank)."""
        return sorted(self.all)[math.ceil(0.95 * len(self.all)) - 1]

    @property
    def quiet(self) -> float:
        return min(median(one) for one in self.rounds if one)

    def cells(self) -> tuple[str, ...]:
        """As printed under HEADINGS, in milliseconds; dashes if there is nothing."""
        if not self.all:
            return ("-",) * len(HEADINGS)
        return tuple(f"{1000 * seconds:.1f}" for seconds in (self.median, self.p95, self.quiet))


@dataclass(frozen=True, slots=True)
class Table:
    """One section of the report. The first cell of a row is its name, flush left; the others are figures."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""

    def lines(self) -> Iterable[str]:
        widths = [max(map(len, column)) for column in zip(self.headings, *self.rows, strict=True)]
        yield f"== {self.title}"
        for row in (self.headings, *self.rows):
            name, *figures = (
                cell.ljust(width) if column == 0 else cell.rjust(width)
                for column, (cell, width) in enumerate(zip(row, widths, strict=True))
            )
            yield "  ".join((name, *figures)).rstrip()
        if self.note:
            yield self.note
        yield ""


def ratio(seconds: float, base: float) -> str:
    """How many times the base, e.g. x3.1; a dash without a base."""
    return f"x{seconds / base:.1f}" if base else "-"


def share(part: float, whole: float) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "-"
