"""What a look-back reads and keeps: spans without a gap, sealed records, ticks never lost quietly."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.core.entry import to_ms
from station.core.model import Direction, Severity
from station.journal import lookbacks
from station.journal.entries import Journal
from station.journal.errors import JournalError
from station.journal.lookbacks import Kept, Lookbacks, Passages, Task, _merged
from station.journal.movements import Mover
from station.journal.reports import to_send
from station.sync.reports import LookbackReport, decode_body
from tests.journal.samples import NOON, correction, passage

QUARTER = timedelta(minutes=15)
TASK = Task(b"entry", 7, 1000, "in", "zhang", theirs=True, before=0, now=2)
KEPT = Kept("", 1000, "zhang", 0, (("colour", "red"),), (TASK,), "open/1")


def go(journal: Journal, subject: str, minutes: float, severity: Severity = Severity.PASS) -> bytes:
    entry = passage(severity, at=NOON + timedelta(minutes=minutes), direction=Direction.IN)
    return journal.append(entry, mover=Mover(subject)).entry.id


def test_only_the_quarter_hours_around_a_person_are_read(journal: Journal) -> None:
    near = [go(journal, who, minutes) for who, minutes in (("li", -15), ("zhang", 0), ("wang", 15))]
    go(journal, "late", 15.1)
    go(journal, "early", -15.1)
    read = Passages(journal.connection).around("zhang", NOON, QUARTER)
    assert set(read.numbers) == set(near)
    assert read.theirs == {near[1]}
    assert read.subjects == dict(zip(near, ("li", "zhang", "wang"), strict=True))


def test_a_stop_and_its_correction_an_hour_later_are_read_too(journal: Journal) -> None:
    stopped = passage(Severity.STOP)
    journal.append(stopped, mover=Mover("zhang"))
    amendment = correction(stopped, Severity.PASS, at=NOON + timedelta(hours=1))
    journal.append(amendment)
    read = Passages(journal.connection).around("zhang", NOON, QUARTER)
    assert amendment.id in read.numbers


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 9)), max_size=8))
def test_spans_are_joined_and_nothing_between_is_missed(pairs: list[tuple[int, int]]) -> None:
    spans = [(begin, begin + length) for begin, length in pairs]
    merged = list(_merged(spans))
    covered = {moment for begin, end in spans for moment in range(begin, end + 1)}
    again = [moment for begin, end in merged for moment in range(begin, end + 1)]
    assert sorted(again) == sorted(covered)  # each once


def test_a_tick_stays_and_another_look_back_is_not_touched(journal: Journal) -> None:
    kept = Lookbacks(journal)
    first, second = kept.add(KEPT), kept.add(KEPT)
    kept.tick(first.name, [b"entry"], by="07", now=NOON)
    by_name = {one.name: one for one in Lookbacks(journal).all()}
    assert (by_name[first.name].open, by_name[second.name].open) == (0, 1)
    assert by_name[first.name].tasks[0].done_by == "07"


def test_a_tick_that_cannot_be_written_is_an_error(journal: Journal) -> None:
    kept = Lookbacks(journal)
    name = kept.add(KEPT).name
    journal.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(JournalError):
        kept.tick(name, [b"entry"], by="07", now=NOON)


def test_who_it_is_about_cannot_be_read_without_the_key(journal: Journal) -> None:
    Lookbacks(journal).add(KEPT)
    rows: list[tuple[bytes]] = journal.connection.execute("SELECT sealed FROM lane_memory").fetchall()
    assert all(b"zhang" not in sealed for (sealed,) in rows)


def test_the_center_hears_of_a_look_back_and_when_all_of_it_is_done(journal: Journal) -> None:
    theirs, other = go(journal, "p1", 0), go(journal, "p2", 5)
    tasks = (
        Task(theirs, 1, 0, "in", "p1", theirs=True, before=0, now=2),
        Task(other, 2, 0, "in", "p2", theirs=False, before=0),
    )
    kept = Lookbacks(journal).add(Kept("", 1_700_000_000_000, "p1", 0, (("colour", "red"),), tasks, "open"))
    (first,) = [decode_body(one.body, LookbackReport) for one in to_send(journal.connection, journal.vault)]
    Lookbacks(journal).tick(kept.name, [theirs, other], by="1007", now=NOON)
    (after,) = [decode_body(one.body, LookbackReport) for one in to_send(journal.connection, journal.vault)]

    assert (first.passages, first.beside, first.entries, first.cause) == (1, 1, (theirs,), "colour red")
    assert set(first.still_inside) == {"p1", "p2"}
    assert (first.seen_ms, after.seen_ms is None) == (None, False)


def test_a_look_back_is_announced_though_one_was_opened_while_the_clock_was_ahead(journal: Journal) -> None:
    kept = Lookbacks(journal)
    kept.add(msgspec.structs.replace(KEPT, made_at_ms=4_000_000_000_000))  # a clock in 2096
    kept.open_all()
    assert kept.unopened() == 0

    kept.add(msgspec.structs.replace(KEPT, made_at_ms=to_ms(NOON), subject="li"))
    assert kept.unopened() == 1
    kept.open_all()
    assert kept.unopened() == 0


def test_what_a_former_version_saw_opened_is_not_announced_again(journal: Journal) -> None:
    kept = Lookbacks(journal)
    kept._save("lookback-opened", kept.add(KEPT).name.encode())
    assert kept.unopened() == 0


def test_an_entry_is_found_by_its_number_without_a_walk_through_a_year(journal: Journal) -> None:
    go(journal, "zhang", 0)
    found = Passages(journal.connection).numbered(1)
    assert found == ("zhang", NOON)
    plan = journal.connection.execute(f"EXPLAIN QUERY PLAN {lookbacks._NUMBERED}", (1,)).fetchall()
    assert not [step for *_, step in plan if step.startswith("SCAN")]
