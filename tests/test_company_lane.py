"""A child with its mother, an elder with whoever stands for them: each an entry, each their own reading."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from station.company import TOGETHER_S
from station.core.explain import explain
from station.core.model import Severity, Vouch
from station.core.outcome import PersonLine, Phase, Recorded, Waiting
from station.journal.batches import Relation
from station.journal.people import ColourFact, Person
from station.picking import Picking, kin_of
from station.ui.roster import Companions, Kin
from tests.lane import OPEN_TEXT, Gate

TODAY = date(2026, 11, 22)


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    """Li Hong's code is red; Wang's is not, and she stands for a child and for her father."""
    made = Gate(tmp_path / "station")
    now = made.clock.now()
    family = [
        Person("mother", "王英", "1-2-201", "resident", ("token-wang",)),
        Person("child", "王小明", "1-2-201", "resident", birth=date(2016, 5, 1)),
        Person("elder", "王德", "1-1-102", "resident", birth=date(1940, 5, 1)),
    ]
    made.people.add(family, as_of=now)
    relations = [Relation("child", "guardian", "mother"), Relation("elder", "proxy", "mother")]
    made.people.relate(relations, now=now)
    yield made
    made.journal.close()


def companions(gate: Gate) -> Companions | None:
    picking = Picking(gate.folder, gate.journal, lambda: gate.checkpoint.party)
    picking.wait()
    return picking.companions()


def offered(gate: Gate) -> list[tuple[str, Kin]]:
    found = companions(gate)
    return [(one.person_id, kin) for one, kin in found.people] if found else []


def mother_passes(gate: Gate) -> None:
    gate.show("token-wang")
    gate.measure(36.5)


def bring(gate: Gate, person_id: str) -> None:
    gate.checkpoint.no_code(Vouch.KNOWN, person_id, "mother")


BOTH = [("child", Kin.CHILD), ("elder", Kin.ELDER)]


def test_after_the_mother_those_she_stands_for_are_offered(gate: Gate) -> None:
    assert offered(gate) == []
    mother_passes(gate)
    assert offered(gate) == BOTH


def test_after_the_first_of_them_the_other_is_left(gate: Gate) -> None:
    mother_passes(gate)
    bring(gate, "child")
    gate.leave()
    gate.measure(36.8)
    assert offered(gate) == [("elder", Kin.ELDER)]


def test_somebody_else_or_two_minutes_later_nobody_is_offered(gate: Gate) -> None:
    mother_passes(gate)
    gate.clock.move(TOGETHER_S)
    assert offered(gate) == []
    mother_passes(gate)
    gate.show("token-zhang")
    assert offered(gate) == []


def test_whose_code_waits_is_told_from_who_has_passed(gate: Gate) -> None:
    gate.show("token-wang")
    held_up = companions(gate)
    assert held_up is not None
    assert held_up.held_up
    gate.measure(36.5)
    passed = companions(gate)
    assert passed is not None
    assert not passed.held_up


def test_child_has_its_own_entry_and_it_says_on_whose_word(gate: Gate) -> None:
    mother_passes(gate)
    bring(gate, "child")
    gate.leave()
    gate.measure(36.8)
    mother, child = (one.stored.entry for one in gate.of(Recorded))
    assert (mother.person_id, child.person_id, child.vouch) == ("mother", "child", "known")
    assert mother.temperature is not None
    assert child.temperature is not None
    assert (mother.temperature.value_c, child.temperature.value_c) == (36.5, 36.8)
    (fact,) = [one for one in child.facts if one.kind == "brought"]
    assert (fact.value, fact.source) == ("guardian", "person:mother")
    assert explain(child, OPEN_TEXT).severity is child.decision


def test_mother_who_stays_before_the_sensor_is_not_measured_for_her_child(gate: Gate) -> None:
    mother_passes(gate)
    bring(gate, "child")
    gate.measure(36.5, seconds=12.0)
    gate.checkpoint.tick()
    child = gate.of(Recorded)[-1].stored.entry
    assert (child.person_id, child.temperature, child.decision) == ("child", None, Severity.RECHECK)


def test_mother_who_steps_back_up_before_the_child_is_named_is_not_its_reading(gate: Gate) -> None:
    mother_passes(gate)
    gate.leave()
    gate.measure(36.5)
    bring(gate, "child")
    gate.clock.move(11)
    gate.checkpoint.tick()
    assert gate.of(Recorded)[-1].stored.entry.temperature is None


def test_screen_names_the_one_who_is_to_step_up(gate: Gate) -> None:
    mother_passes(gate)
    bring(gate, "child")
    waiting = gate.of(Waiting)[-1]
    assert (waiting.phase, waiting.person) == (Phase.NEEDS_TEMPERATURE, PersonLine("王*明", "1-2-201"))


def test_proxys_code_is_held_up_for_an_elder_and_opens_no_passage_of_the_proxy(gate: Gate) -> None:
    gate.show("token-wang")
    bring(gate, "elder")
    gate.leave()
    gate.measure(36.4)
    (elder,) = gate.of(Recorded)
    (fact,) = [one for one in elder.stored.entry.facts if one.kind == "brought"]
    assert (elder.stored.entry.person_id, fact.value) == ("elder", "proxy")


def test_childs_own_colour_counts_whatever_the_mothers_is(gate: Gate) -> None:
    red = ColourFact("red", gate.clock.now(), "center")
    gate.people.set_colour("person", "child", red)
    mother_passes(gate)
    bring(gate, "child")
    mother, child = gate.of(Recorded)
    assert mother.decision.severity is not Severity.STOP
    assert child.decision.severity is Severity.STOP


def test_nobody_is_brought_by_somebody_who_does_not_stand_for_them(gate: Gate) -> None:
    gate.checkpoint.no_code(Vouch.KNOWN, "p1", "mother")
    assert gate.of(Waiting)[-1].person is None
    gate.measure(36.5)
    entry = gate.of(Recorded)[-1].stored.entry
    assert entry.person_id == "p1"
    assert "brought" not in {fact.kind for fact in entry.facts}


@pytest.mark.parametrize(
    ("relation", "birth", "kin"),
    [
        ("guardian", None, Kin.CHILD),
        ("proxy", None, Kin.FAMILY),
        ("guardian", date(2008, 11, 23), Kin.CHILD),
        ("guardian", date(2008, 11, 22), Kin.FAMILY),
        ("proxy", date(1966, 11, 22), Kin.ELDER),
        ("proxy", date(1966, 11, 23), Kin.FAMILY),
    ],
)
def test_what_they_are_called(relation: str, birth: date | None, kin: Kin) -> None:
    assert kin_of(relation, birth, TODAY) is kin


def test_after_a_night_with_the_lid_closed_nobody_is_offered_as_company(gate: Gate) -> None:
    mother_passes(gate)
    gate.checkpoint.woke()
    assert offered(gate) == []
