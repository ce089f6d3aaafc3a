"""The power is cut at random instants of a recorded run: no acknowledged entry is lost, at any of them.

The same run with `synchronous = NORMAL` is the control: there, entries must be seen to be lost.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from station.journal.check import check
from station.journal.entries import CHECKPOINT_EVERY
from station.journal.errors import NoJournalError
from station.journal.reader import Reader
from tests.journal.powercut import Call, Disk, record
from tests.journal.samples import open_journal, passage

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")

ROOT = Path(__file__).parent.parent.parent
ENTRIES = 2 * CHECKPOINT_EVERY + 20  # two checkpoints, and two starts of the WAL afresh


@dataclass(frozen=True)
class Cut:
    """A folder as a cut of power may leave it, and what the program had acknowledged by then."""

    folder: Path
    acknowledged: set[str]
    where: str


def appender(folder: Path, entries: int, *synchronous: str) -> list[str]:
    return [sys.executable, "-m", "tests.journal.appender", str(folder), str(entries), *synchronous]


def cuts(calls: list[Call], folder: Path, into: Path, count: int) -> Iterator[Cut]:
    seed = random.randrange(2**32)
    chance = random.Random(seed)
    instants = chance.choices(range(len(calls)), k=count)
    disk, acknowledged = Disk(folder), set[str]()
    for instant, call in enumerate(calls):
        disk.apply(call)
        if call.name == "write" and call.data.startswith(b"stored "):
            acknowledged.add(call.data.decode().strip())
        for number in range(instants.count(instant)):
            state = into / f"{instant}-{number}"
            disk.after_cut(state, chance)
            yield Cut(state, set(acknowledged), f"seed {seed}, call {instant}")
            shutil.rmtree(state)


def stored(folder: Path) -> set[str]:
    try:
        with Reader.open(folder) as reader:
            return {f"stored {each.number} {each.hash.hex()}" for each in reader.last(100_000)}
    except NoJournalError:
        return set()


@pytest.mark.parametrize(
    ("entries", "count"),
    [
        pytest.param(3, 100, id="first start"),
        pytest.param(ENTRIES, 150, id="shift"),
        pytest.param(ENTRIES, 2000, id="long night", marks=pytest.mark.slow),
    ],
)
def test_a_cut_of_power_at_any_instant_loses_no_acknowledged_entry(
    tmp_path: Path, folder: Path, entries: int, count: int
) -> None:
    calls = record(appender(folder, entries), tmp_path / "trace", ROOT)

    for cut in cuts(calls, folder, tmp_path, count):
        with open_journal(cut.folder) as journal:  # nobody has to repair anything
            journal.append(passage())
        assert cut.acknowledged <= stored(cut.folder), cut.where
        assert check(cut.folder).ok, cut.where


def test_without_an_fsync_per_entry_the_same_cuts_lose_entries(tmp_path: Path, folder: Path) -> None:
    calls = record(appender(folder, ENTRIES, "NORMAL"), tmp_path / "trace", ROOT)
    lost = 0
    for cut in cuts(calls, folder, tmp_path, 50):
        open_journal(cut.folder).close()
        lost += len(cut.acknowledged - stored(cut.folder))

    assert lost > 0


@pytest.mark.parametrize(
    "fault",
    [
        "fdatasync:error=EIO:when=60+7",
        "pwrite64:error=EIO:when=500+53",
        "pwrite64:error=ENOSPC:when=500+53",
    ],
)
def test_a_disk_that_fails_now_and_then_loses_no_acknowledged_entry(
    tmp_path: Path, folder: Path, fault: str
) -> None:
    strace = ["strace", "-f", "-o", str(tmp_path / "trace"), "-e", f"inject={fault}"]
    ran = subprocess.run(
        [*strace, *appender(folder, ENTRIES)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    said = ran.stdout.splitlines()
    acknowledged = {line for line in said if line.startswith("stored")}

    assert 0 < len(acknowledged) < len(said) == ENTRIES  # the fault was felt, and most went well
    assert acknowledged == stored(folder)
    assert check(folder).ok


FIU = ["fiu-run", "-x", "-c", "enable_random name=posix/io/rw/pwrite,probability=0.02"]
FIU += ["-c", "enable_random name=posix/io/sync/*,probability=0.02"]


@pytest.mark.skipif(shutil.which("fiu-run") is None, reason="libfiu (fiu-utils) is not installed")
def test_a_disk_that_fails_at_random_loses_no_acknowledged_entry(tmp_path: Path, folder: Path) -> None:
    """One write and one fsync in fifty fails with EIO, from the first file on."""
    open_journal(folder).close()
    command, said = [*FIU, *appender(folder, 300)], list[str]()
    for _ in range(40):  # one in six fails while it opens the journal, and has said nothing
        if len(said) >= 900:
            break
        ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        said += ran.stdout.splitlines()
    acknowledged = {line for line in said if line.startswith("stored")}

    assert 0 < len(acknowledged) < len(said)
    assert acknowledged <= stored(folder)
    assert check(folder).ok
