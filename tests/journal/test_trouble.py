"""A full, locked, damaged or read-only disk: each has its own word, and recording goes on after it."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from station.core.outcome import StorageProblem
from station.journal.check import check
from station.journal.entries import Journal
from station.journal.errors import JournalError, storage_errors
from station.journal.reader import Reader
from tests.journal.samples import open_journal, passage


def mount(*arguments: str) -> None:
    """Mount a small disk in memory, or skip: only an administrator may."""
    done = subprocess.run(["mount", "-t", "tmpfs", *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip(f"cannot mount a small disk: {done.stderr.strip()}")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    if shutil.which("mount") is None or os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root")
    path = tmp_path / "disk"
    path.mkdir()
    mount("-o", "size=3m", "kakou-test", str(path))
    yield path
    subprocess.run(["umount", str(path)], check=True)


def append_until_refused(journal: Journal) -> tuple[int, StorageProblem]:
    for stored in range(10_000):
        try:
            journal.append(passage(), b"13800000000")
        except JournalError as error:
            return stored, error.problem
    pytest.fail("the disk never became full")


def test_on_a_full_disk_nothing_is_half_stored_and_room_is_all_it_needs(disk: Path) -> None:
    ballast = disk / "ballast"
    ballast.write_bytes(bytes(300_000))
    with open_journal(disk / "station") as journal:
        stored, problem = append_until_refused(journal)
        assert problem is StorageProblem.DISK_FULL
        assert check(disk / "station").entries == stored

        ballast.unlink()
        assert journal.append(passage()).number == stored + 1
    assert check(disk / "station").ok


def test_a_station_can_be_closed_and_opened_while_the_disk_is_full(disk: Path) -> None:
    ballast = disk / "ballast"
    ballast.write_bytes(bytes(300_000))
    with open_journal(disk / "station") as journal:
        stored, _ = append_until_refused(journal)
    with Reader.open(disk / "station") as reader:
        assert reader.head().number == stored

    with open_journal(disk / "station") as journal:
        more, problem = append_until_refused(journal)  # one may still fit where the refused one did not
        assert problem is StorageProblem.DISK_FULL
        ballast.unlink()
        assert journal.append(passage()).number == stored + more + 1


def test_a_first_start_on_a_full_disk_says_so_and_succeeds_later(disk: Path) -> None:
    ballast = disk / "ballast"
    with pytest.raises(OSError, match="No space"):
        ballast.write_bytes(bytes(4_000_000))
    with pytest.raises(JournalError) as refused:
        open_journal(disk / "station")
    assert refused.value.problem is StorageProblem.DISK_FULL

    ballast.unlink()
    with open_journal(disk / "station") as journal:
        assert journal.append(passage()).number == 1


def test_a_read_only_disk_is_said_and_the_entries_are_there_when_it_is_not(disk: Path) -> None:
    with open_journal(disk / "station") as journal:
        journal.append(passage())
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    with pytest.raises(JournalError) as refused:
        open_journal(disk / "station")
    assert refused.value.problem is StorageProblem.READ_ONLY

    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    with open_journal(disk / "station") as journal:
        assert journal.append(passage()).number == 2


def test_a_full_database_is_a_full_disk(journal: Journal) -> None:
    """The same word without root: SQLite's own limit."""
    (pages,) = journal.connection.execute("PRAGMA page_count").fetchone()
    journal.connection.execute(f"PRAGMA max_page_count = {pages}")
    stored, problem = append_until_refused(journal)
    assert problem is StorageProblem.DISK_FULL

    journal.connection.execute("PRAGMA max_page_count = 1000000")
    assert journal.append(passage()).number == stored + 1


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """No file of this process may grow beyond `size`: a real write error in the middle of a COMMIT."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


def test_a_write_error_of_the_disk_stores_nothing_and_the_next_entry_follows(
    journal: Journal, folder: Path
) -> None:
    journal.append(passage())
    with largest_file((folder / "journal.db-wal").stat().st_size + 5_000):
        with pytest.raises(JournalError) as refused:
            journal.append(passage())
        assert refused.value.problem is StorageProblem.FAULT
        assert not journal.connection.in_transaction

    assert journal.append(passage()).number == 2
    assert check(folder).ok


def test_a_second_station_on_the_folder_is_refused_until_the_first_ends(
    journal: Journal, folder: Path
) -> None:
    with pytest.raises(JournalError) as refused:
        open_journal(folder)
    assert refused.value.problem is StorageProblem.LOCKED

    assert journal.append(passage()).number == 1  # the first one is not disturbed
    journal.close()
    open_journal(folder).close()


def test_a_program_that_holds_the_database_delays_one_entry_not_the_rest(
    journal: Journal, folder: Path
) -> None:
    with closing(sqlite3.connect(folder / "journal.db", isolation_level=None)) as stranger:
        stranger.execute("BEGIN IMMEDIATE")
        with pytest.raises(JournalError) as refused:
            journal.append(passage())
        assert refused.value.problem is StorageProblem.LOCKED

    assert journal.append(passage()).number == 1


def test_a_damaged_file_is_refused_and_taken_again_when_repaired(folder: Path) -> None:
    with open_journal(folder) as journal:
        journal.append(passage())
    file = folder / "journal.db"
    whole = file.read_bytes()
    file.write_bytes(bytes(100) + whole[100:])
    with pytest.raises(JournalError) as refused:
        open_journal(folder)
    assert refused.value.problem is StorageProblem.CORRUPT

    file.write_bytes(whole)
    with open_journal(folder) as journal:
        assert journal.append(passage()).number == 2


def test_a_damaged_page_refuses_the_entry_and_says_why(folder: Path) -> None:
    with open_journal(folder) as journal:
        journal.append(passage())
        (page,) = journal.connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'entry'"
        ).fetchone()
    whole = (folder / "journal.db").read_bytes()
    start = (page - 1) * 4096
    (folder / "journal.db").write_bytes(whole[:start] + b"\xff" * 4096 + whole[start + 4096 :])
    with open_journal(folder) as journal:
        with pytest.raises(JournalError) as refused:
            journal.append(passage())
        assert refused.value.problem is StorageProblem.CORRUPT

    (folder / "journal.db").write_bytes(whole)
    with open_journal(folder) as journal:
        assert journal.append(passage()).number == 2


def test_an_unreadable_record_is_damage_to_its_reader(journal: Journal, folder: Path) -> None:
    journal.append(passage())
    journal.connection.execute("DROP TRIGGER entry_is_never_changed")
    journal.connection.execute("UPDATE entry SET record = x'c1'")

    with Reader.open(folder) as reader, pytest.raises(JournalError) as refused:
        reader.last(1)
    assert refused.value.problem is StorageProblem.CORRUPT


def test_a_file_where_the_folder_should_be_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "station").write_bytes(b"")

    with pytest.raises(JournalError) as refused:
        open_journal(tmp_path / "station")
    assert refused.value.problem is StorageProblem.FAULT


def test_a_mistake_of_our_own_is_not_blamed_on_the_disk(journal: Journal) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"), storage_errors():
        journal.connection.execute("SELECT * FROM passages")


def test_a_failed_checkpoint_refuses_no_entry(
    journal: Journal, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    stored = journal.append(passage())
    with largest_file(4096):  # the main file cannot grow
        journal.close()

    assert "checkpoint put off" in caplog.text
    with open_journal(folder), Reader.open(folder) as reader:
        assert reader.last(1) == [stored]
