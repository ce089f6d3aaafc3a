"""Facts that are written while somebody is at the gate: what was decided before them is not shown again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from station.core.model import CodeKind, CodeStatus, Credential, Severity, Trust
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


def passes_with(gate: Gate, number: str = "0102") -> None:
    """Somebody passes with a gate pass of this number."""
    gate.credential = Credential(CodeKind.GATE_PASS, Trust.VERIFIED, CodeStatus.VALID, pass_id=number)
    gate.show("GP1:pass")
    gate.measure(36.5)
    gate.leave()
    gate.clock.move(5)


def revoke(gate: Gate, *numbers: str) -> None:
    """What the judge says from now on, and the lane hears of it."""
    if gate.credential.pass_id in numbers:
        gate.credential = replace(gate.credential, status=CodeStatus.REVOKED)
    gate.checkpoint.lists_changed(lambda number: number in numbers)


def test_a_pass_that_was_revoked_after_its_holder_passed_is_stopped_at_once(gate: Gate) -> None:
    passes_with(gate)
    revoke(gate, "0102")
    gate.show("GP1:pass")

    assert [one.decision.severity for one in gate.of(Recorded)] == [Severity.PASS, Severity.STOP]
    assert not gate.of(Repeated)


def test_the_revocation_of_another_pass_does_not_make_a_second_passage(gate: Gate) -> None:
    passes_with(gate)
    revoke(gate, "0aff")
    gate.show("GP1:pass")

    assert len(gate.of(Recorded)) == 1
    assert len(gate.of(Repeated)) == 1


def test_a_revocation_that_is_lifted_counts_at_once(gate: Gate) -> None:
    passes_with(gate)
    revoke(gate, "0102")
    gate.show("GP1:pass")
    gate.clock.move(2)
    gate.credential = replace(gate.credential, status=CodeStatus.VALID)
    gate.checkpoint.lists_changed(lambda number: False)
    gate.show("GP1:pass")

    assert not gate.of(Repeated)


def test_a_pass_that_is_revoked_while_its_holder_waits_is_stopped_at_once(gate: Gate) -> None:
    gate.leave()
    gate.credential = Credential(CodeKind.GATE_PASS, Trust.VERIFIED, CodeStatus.VALID, pass_id="0102")
    gate.show("GP1:pass")
    revoke(gate, "0102")

    assert [one.decision.severity for one in gate.of(Recorded)] == [Severity.STOP]
