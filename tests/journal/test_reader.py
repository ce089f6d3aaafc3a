"""Lists, days and counts as the screen and the daily log ask for them."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from station.core.model import Severity
from station.journal import reader as reader_of
from station.journal.connection import READERS_AT_ONCE, reserve_handles
from station.journal.entries import Journal
from station.journal.errors import NoJournalError
from station.journal.gaps import Gaps
from station.journal.reader import Reader
from tests.journal.samples import NOON, correction, open_journal, passage

CHINA = timezone(timedelta(hours=8))
APRIL_1 = date(2022, 4, 1)


def test_a_folder_without_a_journal_says_so(tmp_path: Path) -> None:
    with pytest.raises(NoJournalError):
        Reader.open(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_journal_whose_first_start_was_cut_off_has_nothing_to_read(tmp_path: Path) -> None:
    (tmp_path / "journal.db").touch()

    with pytest.raises(NoJournalError):
        Reader.open(tmp_path)


def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "卡口 #1 100%?mode=memory"
    with open_journal(folder) as journal:
        stored = journal.append(passage())

    with Reader.open(folder) as reader:
        assert reader.last(1) == [stored]


def test_a_new_journal_is_empty_but_has_a_head(journal: Journal, folder: Path) -> None:
    with Reader.open(folder) as reader:
        assert reader.last(5) == []
        assert reader.head().number == 0
        assert len(reader.head().hash) == 32


def test_the_head_is_the_last_entry(journal: Journal, folder: Path) -> None:
    stored = [journal.append(passage()) for _ in range(3)][-1]

    with Reader.open(folder) as reader:
        assert (reader.head().number, reader.head().hash) == (3, stored.hash)


def test_the_newest_entries_come_first(journal: Journal, folder: Path) -> None:
    stored = [journal.append(passage()) for _ in range(4)]

    with Reader.open(folder) as reader:
        assert reader.last(2) == [stored[3], stored[2]]


def test_a_day_is_the_days_of_the_gate_not_of_utc(journal: Journal, folder: Path) -> None:
    before, first, last, after = (
        datetime(2022, 3, 31, 15, 59, 59, 999_000, UTC),
        datetime(2022, 3, 31, 16, 0, tzinfo=UTC),
        datetime(2022, 4, 1, 15, 59, 59, 999_000, UTC),
        datetime(2022, 4, 1, 16, 0, tzinfo=UTC),
    )
    for at in (before, first, last, after):
        journal.append(passage(at=at))

    with Reader.open(folder) as reader:
        assert [stored.entry.at for stored in reader.day(APRIL_1, CHINA)] == [first, last]


def test_a_day_of_23_hours_takes_nothing_from_the_next(journal: Journal, folder: Path) -> None:
    next_midnight = datetime(2022, 3, 27, 22, 0, tzinfo=UTC)  # summer time began in Berlin on the 27th
    journal.append(passage(at=next_midnight))
    journal.append(passage(at=next_midnight - timedelta(milliseconds=1)))

    with Reader.open(folder) as reader:
        assert [stored.number for stored in reader.day(date(2022, 3, 27), ZoneInfo("Europe/Berlin"))] == [2]


def test_a_days_list_keeps_number_order_when_the_clock_went_back(journal: Journal, folder: Path) -> None:
    for hours in (0, -1, 1):
        journal.append(passage(at=NOON + timedelta(hours=hours)))

    with Reader.open(folder) as reader:
        assert [stored.number for stored in reader.day(APRIL_1, UTC)] == [1, 2, 3]


def test_passages_are_counted_by_verdict(journal: Journal, folder: Path) -> None:
    for severity in (Severity.PASS, Severity.PASS, Severity.STOP):
        journal.append(passage(severity))

    with Reader.open(folder) as reader:
        assert reader.counts(APRIL_1, UTC) == {Severity.PASS: 2, Severity.RECHECK: 0, Severity.STOP: 1}
        assert set(reader.counts(date(2022, 4, 2), UTC).values()) == {0}


def test_the_latest_correction_counts_instead_of_the_verdict(journal: Journal, folder: Path) -> None:
    wrong = passage(Severity.STOP)
    journal.append(wrong)
    journal.append(correction(wrong, Severity.RECHECK))
    latest = journal.append(correction(wrong, Severity.PASS, at=NOON - timedelta(hours=1)))  # clock went back

    with Reader.open(folder) as reader:
        assert reader.latest_amendment(wrong.id) == latest
        assert Counter(reader.counts(APRIL_1, UTC)) == Counter({Severity.PASS: 1})


def test_a_correction_made_after_midnight_counts_for_the_day_of_the_passage(
    journal: Journal, folder: Path
) -> None:
    wrong = passage(Severity.STOP)
    journal.append(wrong)
    journal.append(correction(wrong, Severity.PASS, at=NOON + timedelta(days=1)))

    with Reader.open(folder) as reader:
        assert reader.counts(APRIL_1, UTC)[Severity.PASS] == 1
        assert sum(reader.counts(date(2022, 4, 2), UTC).values()) == 0


def test_reading_what_a_crash_left_changes_neither_the_file_nor_its_log(
    journal: Journal, folder: Path, tmp_path: Path
) -> None:
    """Only the writer moves the log into the file (connection.py says why)."""
    stored = journal.append(passage())
    crashed = shutil.copytree(folder, tmp_path / "crashed", ignore=shutil.ignore_patterns("*-shm"))
    files = [crashed / "journal.db", crashed / "journal.db-wal"]
    before = [file.read_bytes() for file in files]

    with Reader.open(crashed) as reader:
        assert reader.last(1) == [stored]
    assert [file.read_bytes() for file in files] == before


def test_an_unknown_entry_is_none(journal: Journal, folder: Path) -> None:
    with Reader.open(folder) as reader:
        assert reader.by_id(bytes(16)) is None
        assert reader.latest_amendment(bytes(16)) is None
        assert reader.sealed_personal(bytes(16)) is None


def test_reading_at_once_and_tidying_at_night_take_no_file_handle_that_the_gate_did_not_hold_before(
    journal: Journal, folder: Path
) -> None:
    in_the_morning = _handles_of(folder / "journal.db")
    reserve_handles(journal.connection)
    opened = _handles_of(folder / "journal.db")

    for _ in range(3):
        with ExitStack() as several:
            for _ in range(READERS_AT_ONCE):
                several.enter_context(Reader.open(folder)).head()

        Gaps(journal.connection).run()

    assert opened == in_the_morning + 1 + READERS_AT_ONCE, "SQLite keeps those of its readers"
    assert _handles_of(folder / "journal.db") == opened


def _handles_of(file: Path) -> int:
    """How many of this process's file handles are of this file (proc(5))."""
    own = Path("/proc/self/fd")
    if not own.exists():
        pytest.skip("this system has no /proc/self/fd to count file handles with")
    with os.scandir(own) as handles:
        return sum(os.path.realpath(handle.path) == str(file.resolve()) for handle in handles)


def test_an_entry_is_found_by_its_number_without_a_walk_through_a_year(
    journal: Journal, folder: Path
) -> None:
    stored = [journal.append(passage()) for _ in range(3)][1]
    plan = journal.connection.execute(f"EXPLAIN QUERY PLAN {reader_of._NUMBERED}", (2,)).fetchall()
    with Reader.open(folder) as reader:
        assert reader.by_number(2) == stored
        assert reader.by_number(4) is None
    assert not [step for *_, step in plan if step.startswith("SCAN entry")], plan
