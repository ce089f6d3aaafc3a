"""Who was near: through restarts, a turned clock, corrections and people whom nobody let in."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from station.core.entry import StoredEntry, to_ms
from station.core.model import Direction, Severity
from station.journal.entries import Journal
from station.journal.movements import Mover
from station.journal.people import People, Person
from station.journal.tracing import Tracing
from tests.journal.samples import correction, passage

NOON = datetime(2022, 4, 1, 12, 0, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


@dataclass
class Gate:
    """A gate whose wall clock can be turned while its monotonic clock goes on."""

    journal: Journal
    true: datetime = NOON
    wrong_by: timedelta = timedelta()
    boot: str = "first start"
    pc_started: datetime = NOON - timedelta(days=3)
    names: dict[int, str] = field(default_factory=dict)

    def wait(self, minutes: float) -> None:
        self.true += timedelta(minutes=minutes)

    def start_program(self) -> None:
        self.boot = secrets.token_hex(4)

    def start_pc(self) -> None:
        self.start_program()
        self.pc_started = self.true

    def go(
        self, who: str | None, severity: Severity = Severity.PASS, way: Direction = Direction.IN
    ) -> StoredEntry:
        entry = msgspec.structs.replace(
            passage(severity, at=self.true + self.wrong_by, direction=way),
            boot=self.boot,
            mono_ms=(self.true - self.pc_started) // timedelta(milliseconds=1),
            person_id=who,
        )
        stored = self.journal.append(entry, mover=Mover(who) if who else None)
        self.names[stored.number] = who or "nobody"
        return stored

    def near(self, who: str, minutes: float = 15) -> dict[str, bool]:
        """Whom a trace of this person finds, and whether it is sure."""
        tracing = Tracing(self.journal.connection, self.journal.vault)
        far = timedelta(days=40_000)
        own = tracing.passages_of(tracing.subjects(who), to_ms(NOON - far / 2), to_ms(NOON + far))
        lines = tracing.lines(tracing.around(own, int(minutes * 60_000)))
        return {self.names[one.number]: one.found.sure for one in lines if one.subject != who}

    def near_time(self, at: datetime, minutes: float = 15) -> dict[str, bool]:
        tracing = Tracing(self.journal.connection, self.journal.vault)
        lines = tracing.lines(tracing.around_time(to_ms(at), int(minutes * 60_000)))
        return {self.names[one.number]: one.found.sure for one in lines}


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    with Journal.open(tmp_path / "station", now=lambda: NOON) as journal:
        yield Gate(journal)


def test_whoever_passed_in_the_quarter_hour_before_or_after_is_found(gate: Gate) -> None:
    for who, minutes in (("early", 0), ("before", 5), ("case", 12), ("after", 14), ("late", 16)):
        gate.wait(minutes)
        gate.go(who)

    assert gate.near("case") == {"before": True, "after": True}


def test_exactly_a_quarter_hour_counts(gate: Gate) -> None:
    gate.go("case")
    gate.wait(15)
    gate.go("just")
    gate.wait(0.01)
    gate.go("too late")

    assert gate.near("case") == {"just": True}


def test_who_was_held_back_stood_there_too(gate: Gate) -> None:
    gate.go("case", Severity.STOP)
    gate.go("feverish", Severity.RECHECK)
    gate.go(None)

    assert gate.near("case") == {"feverish": True, "nobody": True}


def test_a_clock_set_back_hides_nobody(gate: Gate) -> None:
    gate.go("case")
    gate.wrong_by = timedelta(hours=-2)
    gate.wait(5)
    gate.go("after")
    gate.wait(30)
    gate.go("late")

    assert gate.near("case") == {"after": True}


def test_a_clock_set_forward_hides_nobody_and_is_said(gate: Gate) -> None:
    """The PC may also have slept for so long: then the monotonic clock stood still."""
    gate.go("case")
    gate.wrong_by = timedelta(hours=8)
    gate.wait(5)
    gate.go("after")

    assert gate.near("case") == {"after": False}
    assert gate.near("after") == {"case": False}


def test_the_program_was_started_anew_between_them(gate: Gate) -> None:
    gate.go("case")
    gate.start_program()
    gate.wait(10)
    gate.go("after")
    gate.wait(10)
    gate.go("late")

    assert gate.near("case") == {"after": True}
    assert gate.near("after") == {"case": True, "late": True}


def test_the_clock_was_turned_while_the_program_was_started_anew(gate: Gate) -> None:
    gate.go("case")
    gate.start_program()
    gate.wrong_by = timedelta(hours=5)
    gate.wait(10)
    gate.go("after")

    assert gate.near("case") == {"after": False}


def test_a_pc_that_was_off_all_night_brings_nobody_near(gate: Gate) -> None:
    gate.go("case")
    gate.wait(8 * 60)
    gate.start_pc()
    gate.wait(1)
    gate.go("morning")

    assert gate.near("case") == {}
    assert gate.near("morning") == {}


def test_a_pc_that_was_off_for_five_minutes(gate: Gate) -> None:
    gate.go("case")
    gate.wait(4)
    gate.start_pc()
    gate.wait(1)
    gate.go("after")

    assert gate.near("case") == {"after": True}
    assert gate.near("after") == {"case": True}


@pytest.mark.parametrize("wrong_by", [timedelta(days=-8000), timedelta(days=8000), timedelta(hours=-3)])
def test_a_pc_whose_battery_is_dead_hides_nobody(gate: Gate, wrong_by: timedelta) -> None:
    gate.go("case")
    gate.wait(4)
    gate.start_pc()
    gate.wrong_by = wrong_by
    gate.wait(1)
    gate.go("after")
    gate.wait(20)
    gate.go("late")

    assert gate.near("case") == {"after": False}
    assert gate.near("after") == {"case": False}


def test_whoever_is_near_two_of_their_passages_stands_there_once_with_the_nearest(gate: Gate) -> None:
    first = gate.go("case")
    gate.wait(10)
    between = gate.go("between")
    gate.wait(2)
    second = gate.go("case", way=Direction.OUT)

    tracing = Tracing(gate.journal.connection, gate.journal.vault)
    own = tracing.passages_of(["case"], 0, to_ms(NOON + timedelta(days=1)))
    found = {one.position: one for one in tracing.around(own, 900_000)}

    assert len(found) == 3
    assert (found[between.number].apart_ms, found[between.number].anchor) == (-120_000, second.number)
    assert found[first.number].apart_ms == 0


def test_corrections_are_no_passages_but_what_they_say_counts(gate: Gate) -> None:
    gate.go("case")
    held = gate.go("held", Severity.RECHECK)
    gate.journal.append(correction(held.entry, Severity.PASS, at=gate.true))
    tracing = Tracing(gate.journal.connection, gate.journal.vault)

    lines = tracing.lines(tracing.around_time(to_ms(gate.true), 60_000))

    assert [(one.subject, one.stands) for one in lines] == [("case", Severity.PASS), ("held", Severity.PASS)]
    number = tracing.numbered(3)
    assert number is not None
    assert number[0].position == 2
    assert number[1] == "held"


def test_everybody_around_a_time(gate: Gate) -> None:
    for who, minutes in (("a", 0), ("b", 10), ("c", 10), ("d", 10)):
        gate.wait(minutes)
        gate.go(who)

    assert gate.near_time(NOON + timedelta(minutes=12), 9) == {"b": True, "c": True}
    assert gate.near_time(NOON + timedelta(hours=9)) == {}


def test_a_time_that_the_clock_jumped_over(gate: Gate) -> None:
    """12:00, then the clock was set to 13:00: at 12:30 by the right clock it said one or the other."""
    gate.go("before")
    gate.wrong_by = timedelta(hours=1)
    gate.wait(2)
    gate.go("after")

    assert gate.near_time(NOON + timedelta(minutes=30)) == {"before": False, "after": False}


def test_a_time_just_before_the_clock_jumped(gate: Gate) -> None:
    gate.go("before")
    gate.wrong_by = timedelta(hours=1)
    gate.wait(2)
    gate.go("after")

    assert gate.near_time(NOON) == {"before": True, "after": False}


def test_a_time_that_the_clock_said_twice(gate: Gate) -> None:
    gate.go("first round")
    gate.wait(60)
    gate.wrong_by = timedelta(hours=-1)
    gate.go("second round")

    assert gate.near_time(NOON) == {"first round": False, "second round": False}


def test_everybody_of_the_household(gate: Gate) -> None:
    People(gate.journal).add(
        [Person(name, name, "3-2-501", "resident") for name in ("one", "two")], as_of=NOON
    )
    tracing = Tracing(gate.journal.connection, gate.journal.vault)

    assert tracing.members([*tracing.households(["one"])]) == ["one", "two"]


def test_people_without_a_dwelling_are_no_household(gate: Gate) -> None:
    People(gate.journal).add([Person(name, name, "", "worker") for name in ("one", "two")], as_of=NOON)
    gate.journal.append(passage(), mover=Mover("one", ""))
    tracing = Tracing(gate.journal.connection, gate.journal.vault)

    assert tracing.households(["one"]) == set()
