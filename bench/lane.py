"""What judging costs: from the last sample to the verdict, and eight hours of a stream at full speed."""

from __future__ import annotations

import math
import random
import tracemalloc
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from time import perf_counter

from bench.figures import HEADINGS, Series, Table
from bench.stand import Stand
from bench.strategies import DAWN, limits, policy, with_baseline
from station.core.baseline import BaselineRule
from station.core.instrument_watch import InstrumentWatch
from station.core.judgement import Judgement
from station.core.model import Instrument, Reading, Sample, Scan, Site, Temperature
from station.core.temperature import PLATEAU_SAMPLES, RULE_RAW, PresenceDetector

HZ = 14.0  # of a GY-MCU90614
HOUR_S = 3600.0
VISIT_S, STAY_S = 30.0, 3.0  # one person every half minute, three seconds before the sensor
MODULE = Instrument("bench", "gy-mcu90614")
EMPTY_C, SKIN_C = 22.4, 36.2
_STEP_S = 0.1  # between the samples of a measured passage: a plateau's last sample is then its fifth


def verdicts(people: int, folder: Path) -> Table:
    """The code is shown first; the clock runs from the sample that completes the plateau."""
    stored, painted = Series(), Series()
    codes = [f"https://kakou.invalid/{number:032x}" for number in range(people)]
    with Stand(folder, ()) as stand:
        for code in codes:
            _approach(stand, code)
            began = perf_counter()
            stand.checkpoint.sample(_sample(SKIN_C, stand.clock.monotonic()))
            stored.add(perf_counter() - began)
            stand.until_verdict_is_painted()
            painted.add(perf_counter() - began)
    return Table(
        f"Verdict: from the last sample of a measurement, ms ({people} people)",
        ("", *HEADINGS),
        [("decided and on disk", *stored.cells()), ("painted", *painted.cells())],
    )


def _approach(stand: Stand, code: str) -> None:
    """The lane is empty, somebody shows a code and is measured but for the last sample."""
    clock = stand.clock
    clock.move(60.0)
    stand.checkpoint.tick()
    for _ in range(PLATEAU_SAMPLES):
        clock.move(_STEP_S)
        stand.checkpoint.sample(_sample(EMPTY_C, clock.monotonic()))
    stand.publish(Scan(code, clock.monotonic(), "bench", "bench"))
    stand.settle()
    for _ in range(PLATEAU_SAMPLES - 1):
        clock.move(_STEP_S)
        stand.checkpoint.sample(_sample(SKIN_C, clock.monotonic()))
    stand.settle()
    clock.move(_STEP_S)


def stream(hours: float) -> Table:
    """A day of one instrument through presence, watch and judgement; memory of all of them per hour."""
    judged = _Judged()
    rows, busy_s = [], 0.0
    tracemalloc.start()
    try:
        for hour in range(math.ceil(hours)):
            samples = list(_hour(hour))
            began = perf_counter()
            for sample in samples:
                judged.take(sample)
            busy_s += perf_counter() - began
            del samples
            kilobytes = tracemalloc.get_traced_memory()[0] / 1024
            rows.append((f"{hour + 1}", f"{judged.samples:,}", f"{judged.people:,}", f"{kilobytes:,.0f}"))
    finally:
        tracemalloc.stop()
    each_us = 1e6 * busy_s / judged.samples
    core = 100 * each_us * HZ / 1e6
    return Table(
        f"Stream: one instrument at {HZ:g} Hz, clock accelerated",
        ("hours", "samples", "people", "memory, kB"),
        rows,
        f"{each_us:.0f} µs a sample with memory tracing on, which at {HZ:g} Hz is {core:.2f} % of a core.",
    )


class _Judged:
    """Everything that sees a sample, as a lane holds it."""

    def __init__(self) -> None:
        self.samples = self.people = 0
        self._presence, self._watch = PresenceDetector(), InstrumentWatch()
        self._judgement = Judgement(with_baseline(policy(), BaselineRule()), limits())
        staff = (
            Temperature(value_c, value_c, Site.OBJECT, EMPTY_C, MODULE, RULE_RAW, (value_c,), 0.0)
            for value_c in (36.0, 36.2, 36.4)
        )
        self._judgement.staff_measured(staff, DAWN)

    def take(self, sample: Sample) -> None:
        self.samples += 1
        self._watch.sample(sample)
        self._judgement.sample(sample)
        if temperature := self._presence.feed(sample):
            self.people += 1
            self._watch.measured(temperature)
            self._judgement.judge(temperature, DAWN + timedelta(seconds=sample.at))


def _hour(hour: int) -> Iterator[Sample]:
    rng = random.Random(hour)
    skin_c = SKIN_C
    for number in range(round(HOUR_S * HZ)):
        at = hour * HOUR_S + number / HZ
        if at % VISIT_S < 1 / HZ:
            skin_c = rng.gauss(SKIN_C, 0.42)
        there = at % VISIT_S < STAY_S
        yield _sample(round((skin_c if there else EMPTY_C) + rng.gauss(0, 0.03), 2), at)


def _sample(value_c: float, at: float) -> Sample:
    return Sample(Reading(value_c, Site.OBJECT, EMPTY_C), at, MODULE)
