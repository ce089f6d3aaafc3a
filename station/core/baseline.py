"""What is usual at this instrument just now: a rolling baseline of the people who were measured with it.

Skin follows the weather and every instrument has its own error, so a fixed line on skin values is wrong most
of the day. The baseline is the mean of the last readings without the highest and the lowest, and whoever lies
clearly above it is high: FLIR's screening mode (manuals t10 p89 and t6 p70: ten samples, extremes discarded).
FLIR lets the first person define normal. Here staff do, at shift start: until they have been measured, and
again after a long pause, there is no baseline and the fixed limits of the policy hold.

Only times and values live here, so msgspec can store a baseline and read it back. It judges nobody by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated

import msgspec

from station.core.model import Site

Utc = Annotated[datetime, msgspec.Meta(tz=True)]
Degrees = Annotated[float, msgspec.Meta(gt=0, le=10)]
Count = Annotated[int, msgspec.Meta(ge=3, le=1000)]
SomeMinutes = Annotated[float, msgspec.Meta(gt=0, le=7 * 24 * 60)]


class BaselineRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the baseline is kept, as a policy says it."""

    allowed_c: Degrees = 0.8  # this far above the mean is high; chosen with bench/temperature.py
    readings: Count = 10  # FLIR: the last ten
    needed: Count = 3  # below three nothing is left without the extremes
    max_age_minutes: SomeMinutes = 120.0  # by then the weather is another

    @property
    def max_age(self) -> timedelta:
        return timedelta(minutes=self.max_age_minutes)


@dataclass(frozen=True, slots=True)
class Noted:
    value_c: float
    at: Utc


@dataclass(frozen=True, slots=True)
class Baseline:
    """The readings that say what is usual for one instrument at one site, oldest first. Immutable."""

    instrument: str
    site: Site
    noted: tuple[Noted, ...] = ()

    def seeded(self, staff: Iterable[float], now: datetime, rule: BaselineRule) -> Baseline:
        """A new beginning: readings in °C of people who are known to be well."""
        noted = tuple(Noted(value, now) for value in staff)
        return replace(self, noted=noted[-rule.readings :])

    def with_reading(self, value_c: float, now: datetime, rule: BaselineRule) -> Baseline:
        """With one more person's measurement. No visitor begins a baseline: without one nothing changes.

        A high value counts as the limit itself: a fever hardly moves the mean (by 0.1 °C at most, of
        ten), but when the sun comes out and everybody is high, it follows.
        """
        limit = self.limit_c(now, rule)
        if limit is None:
            return self
        noted = Noted(min(value_c, limit), now)
        return replace(self, noted=(*self.noted, noted)[-rule.readings :])

    def since(self, at: datetime) -> Baseline:
        """Without what was noted before this moment."""
        return replace(self, noted=tuple(noted for noted in self.noted if noted.at >= at))

    def mean_c(self, now: datetime, rule: BaselineRule) -> float | None:
        """The usual value in °C, or None while too little is known."""
        values = sorted(noted.value_c for noted in self._fresh(now, rule))
        if len(values) < rule.needed:
            return None
        middle = values[1:-1]
        return sum(middle) / len(middle)

    def limit_c(self, now: datetime, rule: BaselineRule) -> float | None:
        """At or above is high. None: nothing is known, use the fixed limits and measure staff."""
        mean = self.mean_c(now, rule)
        return None if mean is None else mean + rule.allowed_c

    def _fresh(self, now: datetime, rule: BaselineRule) -> list[Noted]:
        """A clock that was set back makes readings of the future; they count as little as old ones."""
        return [noted for noted in self.noted if abs(now - noted.at) <= rule.max_age]
