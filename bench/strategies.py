"""Four ways to call a forehead reading high. The last is what the station does, by its own code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Protocol

from station.core.baseline import Baseline, BaselineRule
from station.core.measurability import LimitsTable, obstacle, parse_limits
from station.core.model import Instrument, Site, Temperature
from station.core.policy import Policy, parse_policy
from station.core.temperature import RULE_RAW

ASSETS = Path(__file__).parents[1] / "assets"
MODULE = Instrument("simulated", "simulated", emulated=True)
SITE = Site.FOREHEAD
DAWN = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)


class Called(Enum):
    """What becomes of a person."""

    NORMAL = "normal"
    HIGH = "high"
    NOTHING = "not measured"  # asked to measure otherwise


def policy() -> Policy:
    """The shipped policy for an open compound."""
    return parse_policy((ASSETS / "policies" / "open.toml").read_text("utf-8"))


def limits() -> LimitsTable:
    return parse_limits((ASSETS / "thermometers" / "limits.toml").read_text("utf-8"))


def reading(value_c: float, ambient_c: float, at: float = 0.0) -> Temperature:
    """One person's forehead, as the station holds it."""
    return Temperature(value_c, value_c, SITE, ambient_c, MODULE, RULE_RAW, (value_c,), at)


class Strategy(Protocol):
    def wants_staff(self, ambient_c: float, at: float) -> bool:
        """Whether healthy staff have to be measured now."""

    def seed(self, staff: Sequence[float], at: float) -> None:
        """Their readings."""

    def call(self, value_c: float, ambient_c: float, at: float) -> Called:
        """The next person, `at` seconds after the start."""


class _WithoutStaff:
    def wants_staff(self, ambient_c: float, at: float) -> bool:
        return False

    def seed(self, staff: Sequence[float], at: float) -> None:
        raise AssertionError("nobody asked for staff")


@dataclass
class FixedLine(_WithoutStaff):
    """At or above one line is high, wherever the value was taken."""

    line_c: float

    def call(self, value_c: float, ambient_c: float, at: float) -> Called:
        return Called.HIGH if value_c >= self.line_c else Called.NORMAL


@dataclass
class FirstComeBaseline(_WithoutStaff):
    """As FLIR's manuals describe it: the first visitors define normal, and everybody else moves it."""

    rule: BaselineRule = field(default_factory=BaselineRule)
    _last: list[float] = field(default_factory=list)

    def call(self, value_c: float, ambient_c: float, at: float) -> Called:
        last = sorted(self._last[-self.rule.readings :])
        middle = last[1:-1] or last
        self._last = [*self._last[-self.rule.readings + 1 :], value_c]
        high = bool(middle) and value_c >= sum(middle) / len(middle) + self.rule.allowed_c
        return Called.HIGH if high else Called.NORMAL


@dataclass
class Ours:
    """Surroundings first, then a baseline that staff began, or site limits; never over 37.3."""

    rule: BaselineRule = field(default_factory=BaselineRule)
    _policy: Policy = field(default_factory=policy)
    _limits: LimitsTable = field(default_factory=limits)
    _baseline: Baseline = field(default_factory=lambda: Baseline(MODULE.name, SITE))

    def wants_staff(self, ambient_c: float, at: float) -> bool:
        fit = self._limits.of(MODULE.family)
        measurable = fit.ambient_lowest_c <= ambient_c <= fit.ambient_highest_c
        return measurable and self._baseline.mean_c(_wall(at), self.rule) is None

    def seed(self, staff: Sequence[float], at: float) -> None:
        self._baseline = self._baseline.seeded(staff, _wall(at), self.rule)

    def limit_c(self, at: float) -> float:
        """At or above is high, where people can be measured."""
        return self._policy.limit_c(SITE, self._baseline.limit_c(_wall(at), self.rule))

    def call(self, value_c: float, ambient_c: float, at: float) -> Called:
        temperature = reading(value_c, ambient_c, at)
        lowest_c = self._policy.temperature.lowest_c[SITE]
        if obstacle(temperature, self._limits.of(MODULE.family), lowest_c=lowest_c):
            return Called.HIGH if self._policy.is_high(temperature) else Called.NOTHING
        high = value_c >= self.limit_c(at)
        self._baseline = self._baseline.with_reading(value_c, _wall(at), self.rule)
        return Called.HIGH if high else Called.NORMAL


STRATEGIES: dict[str, Callable[[], Strategy]] = {
    "fixed 37.3": lambda: FixedLine(37.3),
    "site limit 36.8": lambda: FixedLine(36.8),
    "rolling, first come": FirstComeBaseline,
    "ours": Ours,
}


def _wall(at: float) -> datetime:
    return DAWN + timedelta(seconds=at)
