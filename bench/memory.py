"""Memory over thousands of entries, each through checkpoint, journal and window, in a process of its own."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
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
    first = measured[0][1]
    return Table(
        "Memory: one process with checkpoint, journal and window, MB",
        ("entries", "resident", "since the first", "seconds"),
        [(f"{count:,}", f"{mb:.1f}", f"{mb - first:+.1f}", f"{took:.0f}") for count, mb, took in measured],
    )


def measure(entries: Sequence[int], folder: Path) -> list[tuple[int, float, float]]:
    """Number of entries, MB and seconds so far, at each of `entries`."""
    measured: list[tuple[int, float, float]] = []
    began = monotonic()
    with Stand(folder, ()) as stand:
        grain, empty = Grain(), empty_gate()
        for number in range(1, max(entries) + 1):
            stand.next_person_is_measured()
            text = f"https://kakou.invalid/{number:032x}"
            stand.publish(Scan(text, stand.clock.monotonic(), "bench", "bench"), _view(grain.on(empty)))
            stand.until_verdict_is_painted()
            if number in entries:
                measured.append((number, resident_mb(), monotonic() - began))
    return measured


def _view(image: Image) -> View:
    height, width = image.shape[:2]
    return View(image.data.cast("B"), width, height, (), brightness=130.0)
