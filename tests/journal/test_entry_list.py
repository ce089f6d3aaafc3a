"""Past passages as a list: by day, by what their verdict is now, by person, and only a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest

from station.core.model import Direction
from station.core.override import OverrideReason
from station.core.reasons import Severity
from station.journal import entry_list
from station.journal.entry_list import EntryList, Filter, Passed
from station.journal.people import People
from station.ui.admin.work import CancelledError
from tests.compound import MORNING, Compound
from tests.ui.admin.entries_office import change, morning
from tests.ui.scenes import ZONE

TODAY = date(2022, 4, 16)


@pytest.fixture
def compound(tmp_path: Path) -> Iterator[Compound]:
    made = Compound.open(tmp_path / "station")
    yield made
    made.journal.close()


def steps(compound: Compound, ask: Callable[[], object]) -> list[str]:
    """How SQLite goes about what is asked."""
    asked, connection = list[str](), compound.journal.connection
    connection.set_trace_callback(asked.append)
    ask()
    connection.set_trace_callback(None)
    return [row[3] for sql in asked for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}")]


def found(compound: Compound, wanted: Filter) -> list[Passed]:
    entries = EntryList(compound.journal)
    return entries.at(entries.places(wanted, ZONE))


def test_the_newest_stands_first_and_corrections_are_no_passages(compound: Compound) -> None:
    morning(compound)
    everything = found(compound, Filter())
    numbers = [one.stored.number for one in everything]
    assert numbers == sorted(numbers, reverse=True)
    assert len(everything) == compound.count - 4, "four of them are corrections"


def test_a_day_is_the_gates_own_day(compound: Compound) -> None:
    late = MORNING - timedelta(hours=10, minutes=25)  # 23:59 of the day before at the gate
    compound.go("李红", Direction.IN, late)
    compound.go("李红", Direction.OUT, late + timedelta(minutes=2))
    days = [len(found(compound, Filter(day=day))) for day in (TODAY - timedelta(days=1), TODAY)]
    assert days == [1, 1]
    assert EntryList(compound.journal).newest_day(ZONE) == TODAY


def test_what_was_changed_by_hand_is_found_by_what_it_is_now(compound: Compound) -> None:
    stopped = compound.go("李红", Direction.IN, MORNING, colour="red")
    assert stopped.entry.decision is Severity.STOP
    change(compound, stopped, Severity.RECHECK, OverrideReason.GOING_HOME, "王秀兰")
    assert found(compound, Filter(verdict=Severity.STOP)) == []
    (one,) = found(compound, Filter(verdict=Severity.RECHECK))
    assert (one.stored.entry.decision, one.stands) == (Severity.STOP, Severity.RECHECK)
    assert [one.stored.number for one in found(compound, Filter(overridden=True))] == [stopped.number]


def test_what_the_gate_itself_measured_again_was_not_changed_by_hand(compound: Compound) -> None:
    first = compound.go("李红", Direction.IN, MORNING, colour="yellow")
    again = compound.go("周凤", Direction.IN, MORNING)
    compound.count += 1
    amended = msgspec.structs.replace(
        again.entry, id=compound.count.to_bytes(16, "big"), amends=first.entry.id, commitment=None
    )
    compound.journal.append(amended, None)
    assert found(compound, Filter(overridden=True)) == []
    assert [one.stands for one in found(compound, Filter(verdict=Severity.PASS))] == [Severity.PASS] * 2


def test_a_person_is_found_by_the_codes_that_were_theirs_before_they_were_known(compound: Compound) -> None:
    compound.go("somebody", Direction.IN, MORNING)
    compound.go("李红", Direction.IN, MORNING)
    people = People(compound.journal)
    people.bind("李红", "code of somebody", now=MORNING)
    subjects = ("李红", *people.code_keys("李红"))
    assert [one.subject for one in found(compound, Filter(subjects=subjects))] == [
        "李红",
        compound.key("somebody"),
    ]
    assert found(compound, Filter(subjects=())) == []


def test_an_entry_is_found_by_its_number_and_a_correction_leads_to_what_it_corrects(
    compound: Compound,
) -> None:
    entries = EntryList(compound.journal)
    stopped = compound.go("李红", Direction.IN, MORNING, colour="red")
    later = change(compound, stopped, Severity.RECHECK, OverrideReason.GOING_HOME, "王秀兰")
    place = entries.place_of(stopped.number)
    assert place is not None
    assert entries.place_of(later.number) == place
    assert entries.place_of(later.number + 1) is None
    assert entries.corrections(stopped.entry.id) == [later]
    assert [one.stored for one in entries.at([place, 99_999])] == [stopped]


def test_a_number_is_found_without_reading_a_year_of_passages_while_people_stand_at_the_gate(
    compound: Compound,
) -> None:
    stopped = compound.go("李红", Direction.IN, MORNING, colour="red")
    entries = EntryList(compound.journal)
    taken = steps(compound, lambda: entries.place_of(stopped.number))
    assert any("entry_by_number (incarnation=? AND number=?)" in step for step in taken), taken
    assert "SCAN entry" not in taken


def test_what_was_changed_by_hand_on_a_day_is_found_without_reading_a_year_of_corrections(
    compound: Compound,
) -> None:
    morning(compound)
    yesterday = compound.go("李红", Direction.IN, MORNING - timedelta(days=1, hours=1), colour="red")
    change(compound, yesterday, Severity.RECHECK, OverrideReason.GOING_HOME, "王秀兰")
    assert len(found(compound, Filter(overridden=True))) == 5
    assert len(found(compound, Filter(TODAY, overridden=True))) == 4
    (one,) = found(compound, Filter(TODAY - timedelta(days=1), overridden=True))
    assert one.stored == yesterday
    taken = steps(compound, lambda: found(compound, Filter(TODAY, overridden=True)))
    assert not any("(amends>?)" in step or step == "SCAN entry" for step in taken), taken


def test_all_days_are_read_piece_by_piece_and_may_be_stopped_between(
    compound: Compound, monkeypatch: pytest.MonkeyPatch
) -> None:
    morning(compound)
    monkeypatch.setattr(entry_list, "AT_ONCE", 3)
    entries, told = EntryList(compound.journal), list[tuple[int, int]]()
    for wanted in (Filter(), Filter(verdict=Severity.RECHECK), Filter(overridden=True)):
        found = entries.every_day(wanted, ZONE, lambda done, most: told.append((done, most)))
        assert found == entries.places(wanted, ZONE)
    assert told[:3] == [(0, compound.count), (3, compound.count), (6, compound.count)]

    def stop(done: int, most: int) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        entries.every_day(Filter(), ZONE, stop)


def test_corrections_are_counted_on_the_day_on_which_they_were_made(compound: Compound) -> None:
    late = MORNING - timedelta(hours=10, minutes=25)
    stopped = compound.go("李红", Direction.IN, late, colour="red")
    change(compound, stopped, Severity.RECHECK, OverrideReason.GOING_HOME, "王秀兰")  # two minutes later
    entries = EntryList(compound.journal)
    assert entries.overridden_on(TODAY - timedelta(days=1), ZONE) == []
    assert [one.operator for one in entries.overridden_on(TODAY, ZONE)] == ["王秀兰"]


def test_nothing_is_listed_before_anybody_passed(compound: Compound) -> None:
    assert found(compound, Filter()) == []
    assert EntryList(compound.journal).newest_day(ZONE) is None
