"""Memory, threads and handles over thousands of entries: checkpoint, journal, window, in an own process.

People come a minute apart by the gate's clock: 10,000 of them are a week, without pause.
"""

from __future__ import annotations

import gc
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from time import monotonic

from bench.figures import Table
from bench.frames import Grain, empty_gate
from bench.machine import resident_mb
from bench.stand import Stand
from station.core.model import Scan, View
from station.devices.frame import Image


def table(entries: Sequence[int], folder: Path) -> Table:
    """Resident memory after each of these numbers of entries."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
        measured = apart.submit(measure, tuple(entries), folder).result()
    first = measured[0].mb
    return Table(
        "Memory: one process with checkpoint, journal and window, MB",
        ("entries", "resident", "since the first", "threads", "handles", "seconds"),
        [(f"{one.entries:,}", f"{one.mb:.1f}", f"{one.mb - first:+.1f}", *one.counted()) for one in measured],
    )


@dataclass(frozen=True, slots=True)
class Use:
    """What the process holds after so many entries."""

    entries: int
    mb: float
    threads: int
    handles: int
    took_s: float

    def counted(self) -> tuple[str, str, str]:
        return str(self.threads), str(self.handles), f"{self.took_s:.0f}"


def measure(entries: Sequence[int], folder: Path) -> list[Use]:
    """At each of these numbers of entries."""
    measured: list[Use] = []
    began = monotonic()
    with Stand(folder, ()) as stand:
        grain, empty = Grain(), empty_gate()
        for number in range(1, max(entries) + 1):
            stand.next_person_is_measured()
            text = f"https://kakou.invalid/{number:032x}"
            stand.publish(Scan(text, stand.clock.monotonic(), "bench", "bench"), _view(grain.on(empty)))
            stand.until_verdict_is_painted()
            if number in entries:
                measured.append(use(number, monotonic() - began))
    return measured


def use(entries: int, took_s: float) -> Use:
    """Threads and handles as the kernel counts them (proc(5)); Qt's and SQLite's are among them."""
    gc.collect()
    own = Path("/proc/self")
    threads, handles = (len(list((own / part).iterdir())) for part in ("task", "fd"))
    return Use(entries, resident_mb(), threads, handles, took_s)


def _view(image: Image) -> View:
    height, width = image.shape[:2]
    return View(image.data.cast("B"), width, height, (), brightness=130.0)
