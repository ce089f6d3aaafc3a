"""The gate's own side: entries one commit each, and a backlog sent by a gate that runs."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from functools import partial
from math import ceil
from pathlib import Path
from time import perf_counter, sleep

from bench import sync_content, sync_push, sync_station
from bench.figures import HEADINGS, Series, Table
from bench.sync_center import Center, new_place, serving
from station.app import SystemClock
from station.center_alone import alone
from station.center_link import CenterLink
from station.center_shelf import Gate
from station.codekeys import CodeKeys
from station.core.contact import Link
from station.core.entry import Entry
from station.journal.entries import Journal
from station.journal.movements import Mover
from tests.center.store.server import Server

TURN_S = 0.1  # of the lane's loop (headless.py, screen.py)
PAGE = 4096  # bytes; what the file system writes at least
PATIENCE_S = 120.0


def writing(folder: Path, commits: int, rounds: int) -> Table:
    """One commit for each entry, beside append and fsync of a page in the same folder, by turns."""
    plain, bare, ours = Series(), Series(), Series()
    entries = list(sync_content.entries(commits * rounds, seed=4))
    with (
        tempfile.TemporaryDirectory(dir=folder) as place,
        Journal.open(Path(place), now=sync_content.newest_day) as journal,
    ):
        for number in range(rounds):
            plain.begin_round()
            _append(Path(place) / f"plain{number}", plain, commits)
            some = entries[number * commits :][:commits]
            bare.begin_round()
            for entry in some[::2]:
                bare.timed(partial(journal.append, entry))
            ours.begin_round()
            for entry in some[1::2]:
                ours.timed(_storing(journal, entry))
    named = {
        "append and fsync": plain,
        "journal: the entry alone": bare,
        "journal: entry, sealed part, movement": ours,
    }
    rows = [_row(name, series, plain) for name, series in named.items()]
    title = f"Writing: {commits * rounds:,} entries, each committed alone, ms"
    bar = "bar: 90 % of append and fsync of one page of 4 KiB, by medians; p99 stated"
    return Table(title, ("", *HEADINGS, "p99", "a second", "share"), rows, bar)


def _append(path: Path, series: Series, commits: int) -> None:
    page = os.urandom(PAGE)
    with path.open("ab", buffering=0) as file:

        def write() -> None:
            file.write(page)
            os.fsync(file.fileno())

        for _ in range(commits):
            series.timed(write)


def _storing(journal: Journal, entry: Entry) -> Callable[[], object]:
    personal, mover = sync_content.personal_part(entry), Mover(str(entry.person_id), None)
    return lambda: journal.append(entry, personal, mover=mover)


def _row(name: str, series: Series, base: Series) -> tuple[str, ...]:
    every = sorted(series.all)
    p99 = every[ceil(0.99 * len(every)) - 1]
    cells = (f"{1000 * p99:.2f}", f"{1 / series.median:,.0f}", f"{100 * base.median / series.median:.0f} %")
    return name, *(f"{1000 * value:.2f}" for value in (series.median, series.p95, series.quiet)), *cells


def draining(folder: Path, counts: tuple[int, ...], rounds: int, server: Server) -> Table:
    """A running gate finds its center again: from the first try until nothing waits, at its lane's pace."""
    rows = []
    for count in counts:
        series = Series()
        for _ in range(rounds):
            with (
                tempfile.TemporaryDirectory(dir=folder) as place,
                serving(Path(place), new_place(server)) as center,
            ):
                sync_station.fill(Path(place) / "station", sync_content.entries(count, seed=5))
                series.begin_round()
                series.add(_drain(Path(place) / "station", center, count))
                sync_push.await_rows(center)
                sync_push.must_hold(center, count, rows=True)
        rows.append(
            (f"{count:,} entries", *(f"{value:.2f}" for value in (series.median, series.p95, series.quiet)))
        )
    note = "bar: 1,000 in 2 s; the back-off before the first try (1 s to 5 min) is not in it"
    return Table("Draining by a running gate, s", ("", *HEADINGS), rows, note)


def _drain(folder: Path, center: Center, count: int) -> float:
    with alone(folder, "bench") as here:
        sync_station.enrol(here, center)
    clock = SystemClock()
    with Journal.open(folder, now=clock.now) as journal:
        link = CenterLink(
            folder,
            journal,
            CodeKeys(journal),
            clock,
            Gate(lambda: None, lambda: None, lambda: None),
            lambda outcome: None,
            app="bench",
            newest=None,
            learnt=lambda key: None,
        )
        began = perf_counter()
        link.open()
        try:
            while link.status.pending or link.status.link is not Link.ONLINE:
                link.tick()
                sleep(TURN_S)
                if perf_counter() - began > PATIENCE_S:
                    raise sync_station.SyncError(f"{link.status.pending} of {count} still wait")
            return perf_counter() - began
        finally:
            link.close()
