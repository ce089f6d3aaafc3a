"""Four ways to call a forehead reading high. The last is what the station does, by its own code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Protocol

import msgspec

from station.core.baseline import BaselineRule
from station.core.judgement import Judgement
from station.core.measurability import LimitsTable, parse_limits
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


@cache
def policy() -> Policy:
    """The shipped policy for an open compound."""
    return parse_policy((ASSETS / "policies" / "open.toml").read_text("utf-8"))


def with_baseline(policy: Policy, rule: BaselineRule) -> Policy:
    """The same policy with a rolling baseline."""
    temperature = msgspec.structs.replace(policy.temperature, baseline=rule)
    return msgspec.structs.replace(policy, temperature=temperature)


@cache
def limits() -> LimitsTable:
    return parse_limits((ASSETS / "thermometers" / "limits.toml").read_text("utf-8"))


def reading(value_c: float, ambient_c: float, at: float = 0.0) -> Temperature:
    """One person's forehead, as the station holds it."""
    return Temperature(value_c, value_c, SITE, ambient_c, MODULE, RULE_RAW, (value_c,), at)


class Strategy(Protocol):
    def wants_staff(self, ambient_c: float, at: float) -> bool:
        """Whether healthy staff have to be measured now."""

    def seed(self, staff: Sequence[float], ambient_c: float, at: float) -> None:
        """Their readings."""

    def call(self, value_c: float, ambient_c: float, at: float) -> Called:
        """The next person, `at` seconds after the start."""


class _WithoutStaff:
    def wants_staff(self, ambient_c: float, at: float) -> bool:
        return False

    def seed(self, staff: Sequence[float], ambient_c: float, at: float) -> None:
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


class Ours:
    """The station's own judgement: surroundings first, then a baseline that staff began, or site limits."""

    def __init__(self, rule: BaselineRule | None = None) -> None:
        self._limits = limits().of(MODULE.family)
        self._policy = with_baseline(policy(), rule or BaselineRule())
        self._judgement = Judgement(self._policy, limits())

    def wants_staff(self, ambient_c: float, at: float) -> bool:
        measurable = self._limits.ambient_lowest_c <= ambient_c <= self._limits.ambient_highest_c
        return measurable and self._judgement.wants_staff(MODULE, SITE, _wall(at))

    def seed(self, staff: Sequence[float], ambient_c: float, at: float) -> None:
        self._judgement.staff_measured((reading(one, ambient_c, at) for one in staff), _wall(at))

    def judge(self, value_c: float, ambient_c: float, at: float) -> Temperature:
        return self._judgement.judge(reading(value_c, ambient_c, at), _wall(at))

    def call(self, value_c: float, ambient_c: float, at: float) -> Called:
        judged = self.judge(value_c, ambient_c, at)
        if self._policy.is_high(judged):
            return Called.HIGH
        return Called.NOTHING if judged.obstacle else Called.NORMAL


STRATEGIES: dict[str, Callable[[], Strategy]] = {
    "fixed 37.3": lambda: FixedLine(37.3),
    "site limit 36.8": lambda: FixedLine(36.8),
    "rolling, first come": FirstComeBaseline,
    "ours": Ours,
}


def _wall(at: float) -> datetime:
    return DAWN + timedelta(seconds=at)
