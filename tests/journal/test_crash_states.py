"""Power cuts while a journal is upgraded, a gate enrolled, a center takes batches: nothing is lost.

What the real programs write is recorded (`powercut`), and disks are made as a cut may leave them. Appending
is in test_powercut.py; forks and pages of the center's lists are in test_sync_crash.py.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from center.backup import verify
from center.backup_file import BackupError
from center.store import open_store
from station.journal.check import check
from station.journal.enrolment import read_enrolment
from station.journal.entries import Journal
from station.journal.errors import JournalError, VaultError
from station.journal.reports import read_made
from station.journal.wrapping import Wrapping
from station.sync.reports import CaseReport, Kind
from tests.center.store.gate import STATION
from tests.center.store.test_chains import ask
from tests.journal.crash_programs import BACKUP, BATCH, PICTURE, pin_key
from tests.journal.powercut import Disk, record
from tests.journal.samples import NOON, open_journal, passage
from tests.journal.test_powercut import ROOT
from tests.journal.test_sync_upgrade import ENTRIES
from tests.journal.test_sync_upgrade import before as before  # a folder of schema 7

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")

SAID = (b"stored ", b"enrolled ", b"acked ", b"told ", b"archived ", b"wrapped ")
LATER = NOON + timedelta(seconds=1)
Look = Callable[[Path, list[str]], int]  # at a state, with what was acknowledged: how much of it is lost
FEW = [
    pytest.param(20, id="some"),
    pytest.param(2000, id="many", marks=pytest.mark.slow),
]  # of a large journal
STATES = [pytest.param(60, id="some"), pytest.param(2000, id="many", marks=pytest.mark.slow)]


def cut(program: str, turns: int, folder: Path, root: Path, count: int, look: Look, *more: str) -> int:
    """How much was lost, at all states together."""
    found: Mapping[str, bytes] = (
        {file.name: file.read_bytes() for file in folder.iterdir()} if folder.exists() else {}
    )
    command = [sys.executable, "-m", "tests.journal.crash_programs", program, str(folder), str(turns), *more]
    calls = record(command, root / "trace", ROOT)
    seed = random.randrange(2**32)
    chance = random.Random(seed)
    ours = [at for at, call in enumerate(calls) if str(folder) in call.path or call.data.startswith(SAID)]
    instants, disk, said, lost = chance.choices(ours, k=count), Disk(folder, found), list[str](), 0
    for instant, call in enumerate(calls):
        disk.apply(call)
        if call.name == "write" and call.data.startswith(SAID):
            said += call.data.decode().splitlines()
        for _ in range(instants.count(instant)):
            disk.after_cut(root / "state", chance)
            try:
                lost += look(root / "state", said)
            except Exception as error:
                error.add_note(f"seed {seed}, call {instant}")
                raise
            shutil.rmtree(root / "state")
    assert said
    return lost


def entries(journal: Journal) -> set[str]:
    return {f"stored {one.hex()}" for (one,) in journal.connection.execute("SELECT id FROM entry")}


def lost_entries(folder: Path, said: list[str]) -> int:
    """Nobody has to repair anything."""
    with open_journal(folder) as journal:
        there = entries(journal)
        journal.append(passage())
    assert check(folder).ok
    return len({line for line in said if line.startswith("stored")} - there)


def lost_by_an_upgrade(folder: Path, said: list[str]) -> int:
    lost = lost_entries(folder, said)
    with open_journal(folder) as journal:
        old = journal.connection.execute("SELECT count(*) FROM entry").fetchone()[0]
    return lost + max(ENTRIES + 1 - int(old), 0)


def lost_enrolments(folder: Path, said: list[str]) -> int:
    """The last that was acknowledged, or the one that was just being stored, and never half of one."""
    with open_journal(folder) as journal:
        found = read_enrolment(journal.connection, journal.vault)
    last = max((int(line.split()[1]) for line in said if line.startswith("enrolled")), default=0)
    is_at = int(found.name.split()[1]) if found else 0
    assert is_at <= last + 1
    return lost_entries(folder, said) + (is_at < last)


def lost_reports(folder: Path, said: list[str]) -> int:
    """What was told is to be sent in this version or the next one, whole, or the center has it."""
    with open_journal(folder) as journal:
        told = read_made(journal.connection, journal.vault, Kind.CASE, CaseReport, NOON, LATER)
    here = {int.from_bytes(one.id, "big"): (one, body) for one, body in told}
    assert all((body.picture == PICTURE) is (one.version == 2) for one, body in here.values())
    lines = [line.split() for line in said if line.startswith("told")]
    versions = {int(turn): int(version) for _, turn, version in lines}
    return sum(turn not in here or here[turn][0].version < version for turn, version in versions.items())


def lost_at_the_center(folder: Path, said: list[str]) -> int:
    acked = max((int(line.split()[1]) for line in said), default=0)
    with closing(open_store(folder / "center.db")) as store:
        assert ask(store, "PRAGMA integrity_check") == [("ok",)]
        found = ask(store, "SELECT durable FROM chain WHERE station = ?", STATION)
        durable = int(found[0][0]) if found else 0
        assert ask(store, "SELECT count(*) FROM entry") == [(durable,)]
    assert durable <= acked + BATCH
    return max(acked - durable, 0)


def lost_by_a_backup(folder: Path, said: list[str]) -> int:
    """Whatever counts as archived, to anybody, is in a backup that is whole."""
    with closing(open_store(folder / "center.db")) as store:
        found = ask(store, "SELECT archived FROM chain WHERE station = ?", STATION)
    counts = max([int(line.split()[1]) for line in said] + [int(one) for (one,) in found], default=0)
    return max(counts - verify(folder / BACKUP).records, 0) if counts else 0


def lost_by_wrapping(folder: Path, said: list[str]) -> int:
    """Each account whose sign-in was done opens all that was sealed."""
    holders = [line.split()[1] for line in said if line.startswith("wrapped")]
    lost = 0
    for holder in holders or ["1"]:
        with open_journal(folder) as journal:
            if not Wrapping(folder, journal.vault).unlock(holder, pin_key(int(holder))):
                lost += 1
                continue
            sealed = journal.connection.execute("SELECT id, sealed FROM entry JOIN personal USING (position)")
            for entry_id, one in sealed.fetchall():
                assert journal.vault.open(one, entry_id)
            lost += len({line for line in said if line.startswith("stored")} - entries(journal))
    return lost


def some_loss(look: Look) -> Look:
    """For controls: a journal that does not open, or does not verify, is lost too."""

    def seen(folder: Path, said: list[str]) -> int:
        try:
            return look(folder, said)
        except (AssertionError, BackupError, JournalError, VaultError, OSError, sqlite3.DatabaseError):
            return 1

    return seen


@pytest.mark.parametrize("count", FEW)
def test_a_cut_while_an_older_journal_is_upgraded(tmp_path: Path, before: Path, count: int) -> None:
    old = Path(shutil.copytree(before, tmp_path / "station"))
    assert cut("upgrade", 5, old, tmp_path, count, lost_by_an_upgrade) == 0


@pytest.mark.parametrize("count", STATES)
def test_a_cut_while_a_station_is_enrolled(tmp_path: Path, folder: Path, count: int) -> None:
    assert cut("enrol", 12, folder, tmp_path, count, lost_enrolments) == 0


@pytest.mark.parametrize("count", STATES)
def test_a_cut_while_somebody_calls_for_help(tmp_path: Path, folder: Path, count: int) -> None:
    assert cut("report", 25, folder, tmp_path, count, lost_reports) == 0


@pytest.mark.parametrize("count", STATES)
def test_a_cut_while_a_center_takes_batches(tmp_path: Path, folder: Path, count: int) -> None:
    folder.mkdir()
    assert cut("center", 30, folder, tmp_path, count, lost_at_the_center) == 0


@pytest.mark.parametrize("count", STATES)
def test_a_cut_while_a_center_is_backed_up(tmp_path: Path, folder: Path, count: int) -> None:
    folder.mkdir()
    assert cut("archive", 12, folder, tmp_path, count, lost_by_a_backup) == 0


@pytest.mark.parametrize("count", STATES)
def test_a_cut_while_accounts_sign_in_for_the_first_time(tmp_path: Path, folder: Path, count: int) -> None:
    assert cut("wrap", 7, folder, tmp_path, count, lost_by_wrapping) == 0


def test_without_an_fsync_of_the_keys_the_same_cuts_shut_accounts_out(tmp_path: Path, folder: Path) -> None:
    assert cut("wrap", 7, folder, tmp_path, 60, some_loss(lost_by_wrapping), "OFF") > 0


def test_without_an_fsync_of_the_backup_the_same_cuts_lose_what_counts_as_archived(
    tmp_path: Path, folder: Path
) -> None:
    folder.mkdir()
    assert cut("archive", 12, folder, tmp_path, 60, some_loss(lost_by_a_backup), "OFF") > 0


def test_without_an_fsync_per_commit_the_same_cuts_lose_enrolments(tmp_path: Path, folder: Path) -> None:
    assert cut("enrol", 12, folder, tmp_path, 40, lost_enrolments, "NORMAL") > 0


@pytest.mark.slow  # the other three controls are not
def test_without_an_fsync_the_same_cuts_lose_entries_of_an_upgrade(tmp_path: Path, before: Path) -> None:
    old = Path(shutil.copytree(before, tmp_path / "station"))
    assert cut("upgrade", 5, old, tmp_path, 40, some_loss(lost_by_an_upgrade), "OFF") > 0


def test_without_an_fsync_per_commit_the_same_cuts_lose_calls(tmp_path: Path, folder: Path) -> None:
    assert cut("report", 25, folder, tmp_path, 40, some_loss(lost_reports), "NORMAL") > 0


def test_without_an_fsync_per_commit_the_same_cuts_lose_batches(tmp_path: Path, folder: Path) -> None:
    folder.mkdir()
    assert cut("center", 30, folder, tmp_path, 40, lost_at_the_center, "NORMAL") > 0
