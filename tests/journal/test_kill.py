"""Killed at random instants, many times over: what was acknowledged is there afterwards."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from station.journal.check import check
from station.journal.reader import Reader
from tests.journal.samples import open_journal, passage

ROOT = Path(__file__).parent.parent.parent
KILLS_PER_FOLDER = 8


class Killer:
    """Starts appenders and kills them."""

    def __init__(self, server: subprocess.Popen[str]) -> None:
        self._server = server

    def kill_after(self, folder: Path, entries: int, seconds: float) -> list[str]:
        """Start a station on the folder, kill it so long after so many entries, and return what it said."""
        assert self._server.stdin
        assert self._server.stdout
        self._server.stdin.write(f"{folder}\n")
        self._server.stdin.flush()
        child = int(self._line().removeprefix("pid "))
        said = [self._line() for _ in range(entries)]
        time.sleep(seconds)  # the random instant is the test; nothing is waited for
        os.kill(child, signal.SIGKILL)
        return said + list(iter(self._line, "ended"))

    def _line(self) -> str:
        assert self._server.stdout
        line = self._server.stdout.readline()
        assert line, "the appender ended by itself"
        return line.strip()


@pytest.fixture
def killer() -> Iterator[Killer]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.journal.appender"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        yield Killer(server)
        assert server.stdin
        server.stdin.close()


@pytest.mark.parametrize(
    "folders", [pytest.param(8, id="64 kills"), pytest.param(26, id="208 kills", marks=pytest.mark.slow)]
)
def test_kill_9_at_any_instant_loses_no_acknowledged_entry(
    folders: int, tmp_path: Path, killer: Killer
) -> None:
    seed = random.randrange(2**32)
    chance = random.Random(seed)
    acknowledged = 0
    for number in range(folders):
        folder = tmp_path / str(number)
        said: list[str] = []
        for _ in range(KILLS_PER_FOLDER):
            said += killer.kill_after(folder, chance.randrange(8), chance.uniform(0, 0.01))
            assert_everything_is_there(folder, said, f"seed {seed}, folder {number}")
        acknowledged += len(said)

    assert acknowledged > folders * KILLS_PER_FOLDER  # the appenders did get somewhere


def assert_everything_is_there(folder: Path, said: list[str], where: str) -> None:
    """Opening is all that is done; then every acknowledged entry is there, and the chain is whole."""
    with open_journal(folder) as journal:
        journal.append(passage())
    with Reader.open(folder) as reader:
        there = {f"stored {stored.number} {stored.hash.hex()}" for stored in reader.last(100_000)}
    assert set(said) <= there, where
    assert check(folder).ok, where
