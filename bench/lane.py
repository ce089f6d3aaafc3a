"""What judging costs: from the last sample to the verdict, and eight hours of a stream at full speed."""

from __future__ import annotations

import gc
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
from station.core.model import Instrument, Reading, Sample, Scan, Site
from station.core.temperature import PLATEAU_SAMPLES
from station.devices.thermometers import FAMILIES
from station.thermometry import Seen, Thermometry

HZ = 14.0  # of a GY-MCU90614
HOUR_S = 3600.0
VISIT_S, STAY_S = 30.0, 3.0  # one person every half minute, three seconds before the sensor
MODULE = Instrument("bench", "gy-mcu90614")
EMPTY_C, SKIN_C = 22.4, 36.2
STAFF = 3
_CUT = 4  # bytes
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
    """A day of one instrument: its bytes through decoder, presence, watch and judgement; memory per hour."""
    gate = Gate()
    rows, busy_s = [], 0.0
    tracemalloc.start()
    try:
        for hour in range(math.ceil(hours)):
            pieces = list(heard(hour, VISIT_S))
            began = perf_counter()
            for data, at in pieces:
                gate.hear(data, at)
            busy_s += perf_counter() - began
            del pieces
            gc.collect()  # CPython sets up to 2,000 used tuples of each size aside; this gives them back
            kilobytes = tracemalloc.get_traced_memory()[0] / 1024
            rows.append((f"{hour + 1}", f"{gate.samples:,}", f"{gate.people:,}", f"{kilobytes:,.0f}"))
    finally:
        tracemalloc.stop()
    each_us = 1e6 * busy_s / gate.samples
    core = 100 * each_us * HZ / 1e6
    return Table(
        f"Stream: the bytes of one instrument at {HZ:g} Hz, clock accelerated",
        ("hours", "samples", "people", "memory, kB"),
        rows,
        f"{each_us:.0f} µs a sample with memory tracing on, which at {HZ:g} Hz is {core:.2f} % of a core.",
    )


class Gate:
    """Everything that a lane keeps of its thermometer, from the bytes on. It ticks with every sample."""

    def __init__(self) -> None:
        self.samples = self.people = self._staff = 0
        self._decoder = FAMILIES[MODULE.family].decoder()
        self._thermometry = Thermometry(with_baseline(policy(), BaselineRule()), limits())
        self._thermometry.begin_staff(0.0)

    def hear(self, data: bytes, at: float) -> None:
        """What the line brought at this monotonic time (s). The first to come are staff."""
        now = DAWN + timedelta(seconds=at)
        for result in self._decoder.feed(data):
            if isinstance(result, Reading):
                self.samples += 1
                self._take(self._thermometry.sample(Sample(result, at, MODULE), now))
        self._thermometry.tick(at)

    def _take(self, seen: Seen) -> None:
        self.people += seen.temperature is not None
        if seen.staff:
            self._staff += 1
            if self._staff == STAFF:
                self._thermometry.end_staff()


def heard(part: int, visit_s: float, seconds: float = HOUR_S) -> Iterator[tuple[bytes, float]]:
    """A part of the day: an instrument's bytes with their times (s), cut in the middle of its frames."""
    rest, at = b"", 0.0
    for sample in _samples(part, visit_s, seconds):
        frame, at = FAMILIES[MODULE.family].encode(sample.reading), sample.at
        yield rest + frame[:_CUT], at
        rest = frame[_CUT:]
    yield rest, at


def _samples(part: int, visit_s: float, seconds: float) -> Iterator[Sample]:
    rng = random.Random(part)
    skin_c = SKIN_C
    for number in range(round(seconds * HZ)):
        at = part * seconds + number / HZ
        if at % visit_s < 1 / HZ:
            skin_c = rng.gauss(SKIN_C, 0.42)
        there = at % visit_s < STAY_S
        yield _sample(round((skin_c if there else EMPTY_C) + rng.gauss(0, 0.03), 2), at)


def _sample(value_c: float, at: float) -> Sample:
    return Sample(Reading(value_c, Site.OBJECT, EMPTY_C), at, MODULE)
