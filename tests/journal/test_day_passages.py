"""A day's passages as they are counted: what was corrected counts as it stands, other days do not count."""

from __future__ import annotations

from datetime import date, timedelta, timezone
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station.core.day_statistics import Counted, count
from station.core.entry import Entry, ReasonPart, to_ms
from station.core.model import Severity
from station.journal import day_passages
from station.journal.day_passages import newest_day, read_day
from station.journal.entries import Journal
from station.journal.errors import NoJournalError
from station.journal.reader import Reader
from tests.journal.samples import NOON, correction, open_journal, passage

CHINA = timezone(timedelta(hours=8))
TODAY = date(2022, 4, 1)


def counted(folder: Path) -> list[Counted]:
    return list(read_day(folder, TODAY, CHINA))


def test_what_stands_now_counts_and_both_verdicts_are_known(journal: Journal, folder: Path) -> None:
    held = journal.append(passage(Severity.RECHECK)).entry
    journal.append(correction(held, Severity.STOP, at=NOON + timedelta(minutes=1)))
    journal.append(correction(held, Severity.PASS, at=NOON + timedelta(minutes=9)))

    (one,) = counted(folder)

    assert (one.first, one.stands, one.corrected) == (Severity.RECHECK, Severity.PASS, True)
    assert one.settled_ms == 9 * 60_000
    assert (one.hour, one.value_c, one.instrument) == (20, 36.5, "COM3")


def test_a_day_begins_at_the_gates_own_midnight(journal: Journal, folder: Path) -> None:
    midnight = NOON.replace(hour=16) - timedelta(days=1)  # in China
    for at in (midnight - timedelta(milliseconds=1), midnight, midnight + timedelta(hours=23.99)):
        journal.append(passage(at=at))

    assert [one.hour for one in counted(folder)] == [0, 23]
    assert newest_day(folder, CHINA) == TODAY


def test_whose_shift_it_was(journal: Journal, folder: Path) -> None:
    begin = to_ms(NOON)
    rows = [
        (begin, begin + 3_600_000, "1", "1001"), (begin + 3_600_000, None, "1", ""),
        (begin, None, "2", "2002"),
    ]  # fmt: skip
    for began, ended, lane, operator in rows:
        journal.connection.execute(
            "INSERT INTO duty (began_ms, ended_ms, lane, operator, sealed) VALUES (?, ?, ?, ?, x'00')",
            (began, ended, lane, operator),
        )
    for minutes in (-5, 0, 59, 60):
        journal.append(passage(at=NOON + timedelta(minutes=minutes)))

    assert [one.duty for one in counted(folder)] == ["", "1001", "1001", "?"]


def test_reasons_that_let_pass_are_no_reasons(journal: Journal, folder: Path) -> None:
    reasons = (ReasonPart("temperature_normal", 0), ReasonPart("code_red", 2), ReasonPart("code_red", 2))
    journal.append(msgspec.structs.replace(passage(Severity.STOP), reasons=reasons, waited_ms=4200))

    (one,) = counted(folder)

    assert one.held == ("code_red",)
    assert one.waited_ms == 4200


def test_an_empty_day_and_no_journal_at_all(journal: Journal, folder: Path, tmp_path: Path) -> None:
    assert counted(folder) == []
    with pytest.raises(NoJournalError):
        list(read_day(tmp_path / "elsewhere", TODAY, CHINA))


def test_long_days_are_read_in_pages_with_progress(
    journal: Journal, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(day_passages, "PAGE", 3)
    for number in range(7):
        journal.append(passage(at=NOON + timedelta(seconds=number)))
    told: list[tuple[int, int]] = []

    passages = list(read_day(folder, TODAY, CHINA, lambda done, most: told.append((done, most))))

    assert len(passages) == 7
    assert told == [(3, 7), (6, 7), (7, 7)]


STEPS = st.lists(
    st.tuples(st.sampled_from(Severity), st.integers(-30, 30), st.none() | st.integers(0, 9)), max_size=25
)


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_it_agrees_with_the_counts_of_the_journal_whatever_happened(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[Severity, int, int | None]]
) -> None:
    """Clock changes (hours), amendments of any earlier passage, in any order."""
    folder = tmp_path_factory.mktemp("station")
    with open_journal(folder) as journal:
        first: list[Entry] = []
        for severity, hours, of in steps:
            at = NOON + timedelta(hours=hours)
            if of is not None and of < len(first):
                journal.append(correction(first[of], severity, at=at))
            else:
                first.append(journal.append(passage(severity, at=at)).entry)
        made = count(read_day(folder, TODAY, CHINA))
        with Reader.open(folder) as reader:
            counts = reader.counts(TODAY, CHINA)

    assert {severity: made.verdicts[severity] for severity in Severity} == counts


def test_the_corrections_of_a_day_are_found_without_a_walk_through_a_year(journal: Journal) -> None:
    plan = journal.connection.execute(f"EXPLAIN QUERY PLAN {day_passages._AMENDED}", (0, 1)).fetchall()
    assert not [step for *_, step in plan if step.startswith("SCAN")]
