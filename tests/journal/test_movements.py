"""Who is inside, who is away, how often a household went out; corrections included."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from station.core.entry import StoredEntry, amendment
from station.core.model import Direction, Fact, FactKind, Severity
from station.journal import migrations
from station.journal.entries import Journal
from station.journal.migrations import apply
from station.journal.movements import Movements, Mover
from station.journal.people import People, Person
from tests.journal.samples import NOON, passage

SCHEMA = Path(migrations.__file__).parent / "schema"
ZHANG, LI = Mover("zhang", "3-2-501"), Mover("li", "3-2-501")
STRANGER = Mover("code of nobody here")


@pytest.fixture
def movements(journal: Journal) -> Movements:
    return Movements(journal.connection)


def go(
    journal: Journal,
    who: Mover,
    way: Direction,
    at: datetime = NOON,
    severity: Severity = Severity.PASS,
) -> StoredEntry:
    return journal.append(passage(at=at, severity=severity, direction=way), mover=who)


def fact(movements: Movements, who: Mover, kind: FactKind, *, at: datetime = NOON) -> Fact | None:
    facts = movements.facts(who, at, outing_days=2, others_than=("resident",))
    return next((one for one in facts if one.kind is kind), None)


def test_whoever_came_in_is_inside_and_whoever_went_out_is_away(
    journal: Journal, movements: Movements
) -> None:
    go(journal, ZHANG, Direction.IN)
    go(journal, LI, Direction.OUT)
    assert [one.subject for one in movements.inside()] == ["zhang"]
    assert [one.subject for one in movements.away()] == ["li"]


def test_whoever_was_stopped_is_where_they_were(journal: Journal, movements: Movements) -> None:
    go(journal, ZHANG, Direction.OUT)
    go(journal, ZHANG, Direction.IN, severity=Severity.STOP)
    assert [one.subject for one in movements.away()] == ["zhang"]


def test_correction_moves_them_too(journal: Journal, movements: Movements) -> None:
    stopped = go(journal, ZHANG, Direction.IN, severity=Severity.STOP)
    for severity, inside in ((Severity.PASS, ["zhang"]), (Severity.STOP, [])):
        amending = amendment(stopped, severity, id=bytes([severity] * 16), at=NOON, mono=1.0, boot="boot")
        journal.append(amending)
        assert [one.subject for one in movements.inside()] == inside


def test_household_goes_out_once_in_two_days(journal: Journal, movements: Movements) -> None:
    go(journal, ZHANG, Direction.OUT, NOON - timedelta(days=3))
    assert fact(movements, LI, FactKind.OUTING) is None
    go(journal, ZHANG, Direction.OUT, NOON - timedelta(hours=5))
    outing = fact(movements, LI, FactKind.OUTING)
    assert outing
    assert (outing.value, outing.as_of) == ("1", NOON - timedelta(hours=5))


def test_everybody_hears_how_many_visitors_are_inside(journal: Journal, movements: Movements) -> None:
    People(journal).add([Person("zhang", "张小强", "3-2-501", "resident")], as_of=NOON)
    go(journal, ZHANG, Direction.IN)
    go(journal, STRANGER, Direction.IN)
    go(journal, Mover("courier"), Direction.IN)
    occupancy = fact(movements, LI, FactKind.OCCUPANCY)
    assert occupancy
    assert occupancy.value == "2"


def test_residents_whom_only_the_center_knows_are_no_visitors(journal: Journal, movements: Movements) -> None:
    go(journal, Mover("center's resident", "their household"), Direction.IN)
    go(journal, Mover("center's courier"), Direction.IN)
    occupancy = fact(movements, LI, FactKind.OCCUPANCY)
    assert occupancy
    assert occupancy.value == "1"


def test_person_with_two_codes_is_one_person(journal: Journal, movements: Movements) -> None:
    go(journal, ZHANG, Direction.IN)
    go(journal, ZHANG, Direction.IN, NOON + timedelta(minutes=5))
    assert len(movements.inside()) == 1
    last = fact(movements, ZHANG, FactKind.LAST_PASSAGE)
    assert last
    assert (last.value, last.as_of) == ("in", NOON + timedelta(minutes=5))


def test_nobody_is_told_of_by_name_or_code(journal: Journal) -> None:
    go(journal, ZHANG, Direction.IN)
    assert "zhang" not in repr(ZHANG)
    assert "zhang" not in repr(Movements(journal.connection).inside())


def test_passages_remembered_by_an_older_version_are_kept() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as old:
        for script in sorted(SCHEMA.glob("000[1-5]*.sql")):
            apply(old, script.read_text("utf-8"))
        old.execute("INSERT INTO last_passage VALUES ('code of nobody', 'in', 7)")
        apply(old, next(SCHEMA.glob("0006*.sql")).read_text("utf-8"))
        assert [one.subject for one in Movements(old).inside()] == ["code of nobody"]


def test_who_was_measured_after_the_clock_was_set_right_was_measured_a_moment_ago(
    journal: Journal, movements: Movements
) -> None:
    go(journal, ZHANG, Direction.IN, at=NOON + timedelta(hours=5))  # by a clock that was ahead
    go(journal, ZHANG, Direction.OUT, at=NOON)
    measured = fact(movements, ZHANG, FactKind.MEASURED)
    assert measured
    assert measured.as_of == NOON


def test_of_two_codes_of_one_person_the_newest_measurement_counts(
    journal: Journal, movements: Movements
) -> None:
    go(journal, STRANGER, Direction.IN, at=NOON)
    go(journal, ZHANG, Direction.OUT, at=NOON + timedelta(minutes=1))
    both = Mover("zhang", former=("code of nobody here", "never seen"))
    measured = fact(movements, both, FactKind.MEASURED)
    assert measured
    assert measured.as_of == NOON + timedelta(minutes=1)
