"""Killed, or without power, at any instant: a fork, a page of the center's lists is whole or not there."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from station.journal import upstream
from station.journal.center_cursor import read_cursor
from station.journal.center_people import CenterPeople
from station.journal.check import check
from station.journal.entries import Journal
from station.journal.errors import NoJournalError
from station.journal.outbox import OutboxReader
from tests.journal.powercut import Call, Disk, record
from tests.journal.samples import open_journal
from tests.journal.syncer import A_PAGE
from tests.journal.test_kill import ROOT, Killer

FOLDERS, KILLS_PER_FOLDER = 5, 8
TURNS = 24
SAID = (b"stored ", b"quick ", b"people ", b"forked")


def assert_whole(folder: Path, said: list[str], where: str) -> None:
    """Opening is all that is done."""
    with open_journal(folder) as journal:
        entries = {f"stored {one.hex()}" for (one,) in journal.connection.execute("SELECT id FROM entry")}
        assert {line for line in said if line.startswith("stored")} <= entries, where
        for channel in ("quick", "people"):
            acknowledged = [int(line.split()[1]) for line in said if line.startswith(channel)]
            version = read_cursor(journal.connection, channel).version
            assert version >= max(acknowledged, default=0), where
            assert version % A_PAGE == 0, where
        assert_pages_are_whole(journal, where)
        assert_everything_is_offered_once(folder, journal, where)
    report = check(folder)
    assert report.ok, (where, report.damages)


def assert_pages_are_whole(journal: Journal, where: str) -> None:
    version = read_cursor(journal.connection, "quick").version
    facts = journal.connection.execute("SELECT subject FROM fact WHERE subject <> '' ORDER BY position")
    newest = version // A_PAGE - 1
    assert [one for (one,) in facts] == [f"c{newest}-{place}" for place in range(6) if newest >= 0], where
    people, turns = CenterPeople(journal.connection, journal.vault), 0
    turns = read_cursor(journal.connection, "people").version // A_PAGE
    there = [people.by_id(f"p{turn}-{place}") for turn in range(turns + 1) for place in range(A_PAGE)]
    assert [one is not None for one in there] == [True] * turns * A_PAGE + [False] * A_PAGE, where


def assert_everything_is_offered_once(folder: Path, journal: Journal, where: str) -> None:
    upstream_back = "UPDATE upstream SET acked = 0, archived = 0"
    journal.connection.execute(upstream_back)  # as after a restore of the center
    with OutboxReader.open(folder, journal.vault) as reader:
        offered = [
            one.record for each in reader.chains() for one in reader.records(each.incarnation, 1, 10_000)
        ]
    written = [one for (one,) in journal.connection.execute("SELECT record FROM entry")]
    assert sorted(offered) == sorted(written), where
    assert upstream.status(journal.connection).pending == len(written), where


# --- kill -9 --------------------------------------------------------------------------------------


@pytest.fixture
def killer() -> Iterator[Killer]:
    command = [sys.executable, "-m", "tests.journal.syncer"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, text=True, **pipes) as server:  # type: ignore[call-overload]
        yield Killer(server)
        server.stdin.close()


@pytest.mark.parametrize(
    "folders", [pytest.param(FOLDERS, id="a few"), pytest.param(60, id="many", marks=pytest.mark.slow)]
)
def test_kill_9_leaves_forks_and_pages_whole(tmp_path: Path, killer: Killer, folders: int) -> None:
    seed = random.randrange(2**32)
    chance, forks = random.Random(seed), 0
    for number in range(folders):
        folder, said = tmp_path / str(number), list[str]()
        for _ in range(KILLS_PER_FOLDER):
            said += killer.kill_after(folder, chance.randrange(20), chance.uniform(0, 0.02))
            assert_whole(folder, said, f"seed {seed}, folder {number}")
        forks += said.count("forked")

    assert forks > folders  # they did get somewhere


# --- no power -------------------------------------------------------------------------------------

needs_strace = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")


def syncer(folder: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "tests.journal.syncer", str(folder), str(TURNS), *more]


def cuts(calls: list[Call], folder: Path, root: Path, count: int) -> Iterator[tuple[Path, list[str], str]]:
    """Folders as a cut of power may leave them, with what was acknowledged by then."""
    seed = random.randrange(2**32)
    chance = random.Random(seed)
    instants, disk, said = sorted(chance.choices(range(len(calls)), k=count)), Disk(folder), list[str]()
    for instant, call in enumerate(calls):
        disk.apply(call)
        if call.name == "write" and call.data.startswith(SAID):
            said += call.data.decode().splitlines()
        for _ in range(instants.count(instant)):
            state = root / "state"
            disk.after_cut(state, chance)
            yield state, list(said), f"seed {seed}, call {instant}"
            shutil.rmtree(state)


@needs_strace
@pytest.mark.parametrize(
    "count", [pytest.param(50, id="some"), pytest.param(2000, id="many", marks=pytest.mark.slow)]
)
def test_a_cut_of_power_leaves_forks_and_pages_whole(tmp_path: Path, folder: Path, count: int) -> None:
    calls = record(syncer(folder), tmp_path / "trace", ROOT)
    acknowledged = 0
    for state, said, where in cuts(calls, folder, tmp_path, count):
        if said:
            assert_whole(state, said, where)
        else:
            open_journal(state).close()
        acknowledged += len(said)

    assert acknowledged > count


@needs_strace
def test_without_an_fsync_per_commit_the_same_cuts_lose_pages(tmp_path: Path, folder: Path) -> None:
    """The control: the test above can see a loss."""
    calls = record(syncer(folder, "NORMAL"), tmp_path / "trace", ROOT)
    lost = 0
    for state, said, _ in cuts(calls, folder, tmp_path, 40):
        try:
            with open_journal(state) as journal:
                version = read_cursor(journal.connection, "quick").version
        except NoJournalError:
            version = 0
        lost += any(int(line.split()[1]) > version for line in said if line.startswith("quick"))

    assert lost > 0
