"""Facts that are written while somebody is at the gate: what was decided before them is not shown again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from station.core.model import Severity
from station.core.outcome import Recorded, Repeated
from station.journal.people import Colour, ColourFact
from tests.lane import Gate

CODE = "token-zhang"


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    made = Gate(tmp_path / "station")
    yield made
    made.journal.close()


def turns(gate: Gate, colour: Colour, person: str) -> None:
    gate.people.set_colour("person", person, ColourFact(colour, gate.clock.now(), "center"))
    gate.checkpoint.facts_changed()


def come(gate: Gate) -> None:
    gate.show(CODE)
    gate.measure(36.5)
    gate.leave()


def test_somebody_who_turned_red_after_passing_is_stopped_when_the_code_is_shown_again(gate: Gate) -> None:
    turns(gate, "green", "p1")
    come(gate)
    gate.clock.move(5)
    turns(gate, "red", "p1")
    gate.show(CODE)

    assert [one.decision.severity for one in gate.of(Recorded)] == [Severity.PASS, Severity.STOP]
    assert not gate.of(Repeated)


def test_somebody_who_turns_red_while_waiting_is_stopped_at_once(gate: Gate) -> None:
    turns(gate, "green", "p1")
    gate.show(CODE)
    turns(gate, "red", "p1")

    assert [one.decision.severity for one in gate.of(Recorded)] == [Severity.STOP]


def test_news_of_somebody_else_does_not_make_a_second_passage(gate: Gate) -> None:
    turns(gate, "green", "p1")
    come(gate)
    gate.clock.move(5)
    turns(gate, "green", "p2")
    gate.show(CODE)

    assert len(gate.of(Recorded)) == len(gate.of(Repeated)) == 1
