"""What is known of a screened reading before it is decided: its value, its limit, what stands in its way.

The order is the rule. A calibration on record derives the value, under its name. Then surroundings: where
nobody can be measured a reading is high by the fixed limits or it is nothing, and it teaches the baseline
nothing. Elsewhere the baseline says from when on a value is high, and follows. One instance per lane; the
decision itself, and the words, are elsewhere. Wall time is passed in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from station.core import calibration as calibrations
from station.core.baseline import Baseline
from station.core.calibration import Calibration
from station.core.measurability import AmbientTrend, LimitsTable, obstacle
from station.core.model import Instrument, Obstacle, Sample, Site, Temperature
from station.core.policy import Policy


class Judgement:
    """The calibrations, surroundings and baselines of a lane's thermometers."""

    def __init__(
        self,
        policy: Policy,
        limits: LimitsTable,
        *,
        known: Iterable[Calibration] = (),
        baselines: Iterable[Baseline] = (),
    ) -> None:
        """`known` are calibrations, oldest first; `baselines` are those of before a restart: what was usual
        before the last calibration is not usual any more."""
        self._policy, self._limits = policy, limits
        self._calibrations = {(one.instrument, one.site): one for one in known}
        self._baselines = {(one.instrument, one.site): self._since_compared(one) for one in baselines}
        self._trends: dict[Instrument, AmbientTrend] = {}

    @property
    def baselines(self) -> tuple[Baseline, ...]:
        """To be stored, so that a restart does not need staff again."""
        return tuple(self._baselines.values())

    def go_on_from(self, before: Judgement) -> None:
        """Of another policy, at the same instruments: how warm it has been around them."""
        self._trends = before._trends

    def sample(self, sample: Sample) -> None:
        """One reading of one instrument, whoever or whatever it shows."""
        self._trends.setdefault(sample.instrument, AmbientTrend()).feed(sample)

    def judge(self, raw: Temperature, now: datetime, *, follow: bool = True) -> Temperature:
        """One person's reading, with its value, its limit and its obstacle. Once for each the baseline is to
        `follow` it."""
        temperature = self._derived(raw)
        if hindering := self._obstacle(temperature):
            return replace(temperature, limit_c=self._policy.limit_c(raw.site), obstacle=hindering)
        limit_c = self._policy.limit_c(raw.site, self._usual_limit_c(raw.instrument, raw.site, now))
        if follow:
            self._follow(temperature, now)
        return replace(temperature, limit_c=limit_c)

    def calibrated(self, calibration: Calibration) -> None:
        """From now on this one counts. What was usual before it is not usual any more."""
        key = calibration.instrument, calibration.site
        self._calibrations[key] = calibration
        self._baselines.pop((calibration.instrument.name, calibration.site), None)

    def wants_staff(self, instrument: Instrument, site: Site, now: datetime) -> bool:
        """Whether healthy staff have to be measured, so that the baseline begins."""
        rule = self._policy.temperature.baseline
        return rule is not None and self._usual_limit_c(instrument, site, now) is None

    def of_staff(self, raw: Temperature) -> Temperature | None:
        """The reading of somebody who is said to be well; None if it does not count: it was hindered, or from
        the regulatory line on, for the unwell define nothing."""
        temperature = self._derived(raw)
        return None if self.is_unwell(raw) or self._obstacle(temperature) else temperature

    def is_unwell(self, raw: Temperature) -> bool:
        """From the regulatory line on, by the calibration: nobody counts as staff who are well."""
        return self._derived(raw).value_c >= self._policy.limit_c(Site.BODY)

    def staff_measured(self, readings: Iterable[Temperature], now: datetime) -> None:
        """Raw readings of healthy staff, of one instrument at one site; others are left out."""
        rule = self._policy.temperature.baseline
        fit = [counted for one in readings if (counted := self.of_staff(one))]
        if rule and fit:
            key = fit[0].instrument.name, fit[0].site
            self._baselines[key] = Baseline(*key).seeded((one.value_c for one in fit), now, rule)

    def _since_compared(self, baseline: Baseline) -> Baseline:
        """`station calibrate` needs the gate closed, so that a calibration comes with the next start."""
        compared = [
            one.at
            for one in self._calibrations.values()
            if (one.instrument.name, one.site) == (baseline.instrument, baseline.site)
        ]
        return baseline.since(max(compared)) if compared else baseline

    def _derived(self, raw: Temperature) -> Temperature:
        return calibrations.offset(raw, self._calibrations.get((raw.instrument, raw.site)))

    def _obstacle(self, temperature: Temperature) -> Obstacle | None:
        lowest = self._policy.temperature.lowest_c
        trend = self._trends.get(temperature.instrument)
        return obstacle(
            temperature,
            self._limits.of(temperature.instrument.family),
            lowest_c=lowest.get(temperature.site, lowest[Site.BODY]),
            ambient_c_per_minute=trend.c_per_minute if trend else None,
        )

    def _usual_limit_c(self, instrument: Instrument, site: Site, now: datetime) -> float | None:
        rule, baseline = self._policy.temperature.baseline, self._baselines.get((instrument.name, site))
        return baseline.limit_c(now, rule) if rule and baseline else None

    def _follow(self, temperature: Temperature, now: datetime) -> None:
        key, rule = (temperature.instrument.name, temperature.site), self._policy.temperature.baseline
        if rule and key in self._baselines:
            self._baselines[key] = self._baselines[key].with_reading(temperature.value_c, now, rule)
