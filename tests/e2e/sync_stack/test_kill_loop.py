"""kill -9 of station, center and PostgreSQL at random instants: nothing acknowledged is lost, nobody repairs.

KAKOU_KILL_SECONDS=600 ./test tests/e2e/sync_stack/test_kill_loop.py    ten minutes, not ten seconds; CI: one
"""

from __future__ import annotations

import os
import random
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from tests.center.store.server import Server
from tests.e2e.sync_stack.books import assert_nothing_is_lost
from tests.e2e.sync_stack.gate import Gate
from tests.e2e.sync_stack.red_queue import RedQueue
from tests.e2e.sync_stack.running_center import RunningCenter
from tests.patience import PATIENCE_S

SECONDS = float(os.environ.get("KAKOU_KILL_SECONDS", "10"))
SUPERVISOR_S = 0.2  # so often systemd, or whoever started it, looks whether it still runs
LONGEST_PAUSE_S = 0.6  # between a death and the next start
BACK_WITHIN_S = PATIENCE_S + 320.0  # stations wait up to five minutes between attempts


class Mortal(Protocol):
    """What can be killed and started again."""

    def start(self) -> None: ...
    def kill(self) -> None: ...


class Reaper(threading.Thread):
    """Kills one program again and again; in between it keeps it alive, as a supervisor does."""

    def __init__(
        self, name: str, victim: Mortal, longest_life_s: float, chance: random.Random, over: threading.Event
    ) -> None:
        super().__init__(name=name)
        self._victim, self._longest_life_s, self._chance, self._over = victim, longest_life_s, chance, over
        self.kills = self.revivals = 0
        self.trouble: BaseException | None = None

    def run(self) -> None:
        try:
            while not self._over.is_set():
                self._live(self._chance.uniform(0.2, self._longest_life_s))
                self._victim.kill()
                self.kills += 1
                self._over.wait(self._chance.uniform(0, LONGEST_PAUSE_S))
                self._victim.start()
        except BaseException as trouble:
            self.trouble = trouble
            raise

    def _live(self, seconds: float) -> None:
        while seconds > 0 and not self._over.wait(min(seconds, SUPERVISOR_S)):
            seconds -= SUPERVISOR_S
            self.revive()

    def revive(self) -> None:
        """A center that found no database has ended; it is started again."""
        program = getattr(self._victim, "program", None)
        if program and program.has_ended:
            self._victim.kill()
            self._victim.start()
            self.revivals += 1


@pytest.fixture
def queue() -> Iterator[RedQueue]:
    with RedQueue() as queue:
        yield queue


@pytest.mark.parametrize(
    "seconds",
    [pytest.param(SECONDS, id="short"), pytest.param(max(SECONDS, 60.0), id="long", marks=pytest.mark.slow)],
)
def test_kill_9_of_station_center_and_database_loses_nothing(
    seconds: float, tmp_path: Path, postgresql: Server, queue: RedQueue, capsys: pytest.CaptureFixture[str]
) -> None:
    seed = random.randrange(2**32)
    center = RunningCenter(tmp_path / "center", postgresql.url())
    gate = Gate(tmp_path / "station", *queue.devices)
    queue.live_at(gate.folder)
    with center, gate:
        gate.enrol(center)
        begun = time.monotonic()
        gate.start()
        gate.program.until("scanner gm65: working")
        life_s = 2.0 + 3 * (time.monotonic() - begun)  # a busy machine starts slowly; some die while they do
        over = threading.Event()
        victims: tuple[tuple[str, Mortal, float], ...] = (
            ("station", gate, life_s),
            ("center", center, life_s),
            ("postgresql", postgresql, life_s / 2),
        )
        reapers = [
            Reaper(name, victim, life, random.Random(f"{seed} {name}"), over)
            for name, victim, life in victims
        ]
        for reaper in reapers:
            reaper.start()
        over.wait(seconds)
        over.set()
        for reaper in reapers:
            reaper.join()
            assert reaper.trouble is None, f"seed {seed}"
        words = heal(gate, queue, reapers[1], int(seconds))
        kills = {reaper.name: reaper.kills for reaper in reapers}
        with center.store() as store:
            assert_nothing_is_lost(gate.printed, gate.folder, store, f"seed {seed}")
        entries = center.rows()
    restarts, printed = reapers[1].revivals, len(gate.printed)
    with capsys.disabled():
        sys.stdout.write(
            f"\nseed {seed}: kills {kills}, {restarts} restarts of a center without a database,"
            f" {printed} entries printed, {entries} stored\n"
        )
    assert "在线" in words
    assert all(kills.values())
    assert entries >= printed > seconds  # they did get somewhere


def heal(gate: Gate, queue: RedQueue, supervisor: Reaper, people: int) -> str:
    """Nobody is killed any more and nobody does anything; after so many people the last one goes home."""
    supervisor.revive()
    for _ in range(people + 1):
        gate.program.until("stored: stop")
    gate.wait_until(within_s=BACK_WITHIN_S, link="online")
    queue.stop()
    gate.wait_until_synced(BACK_WITHIN_S)
    words = gate.status_words()
    gate.stop()
    return words
