"""What the center answers about a code while somebody stands at the gate, or after they have gone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from station.core.model import Severity
from station.core.outcome import Recorded
from station.journal.people import Colour, ColourFact
from tests.lane import Gate


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    found = Gate(tmp_path)
    yield found
    found.journal.close()


def learn(gate: Gate, text: str, colour: Colour) -> None:
    """The center's answer is there, as `Asking` tells it."""
    key = gate.journal.vault.code_key(text)
    gate.people.set_colour("code", key, ColourFact(colour, gate.clock.now(), "center"))
    gate.checkpoint.learnt(key)


def verdicts(gate: Gate) -> list[Severity]:
    return [one.decision.severity for one in gate.of(Recorded)]


def test_a_red_answer_stops_whoever_still_waits_for_the_thermometer(gate: Gate) -> None:
    gate.show("token-unknown")
    assert verdicts(gate) == []

    learn(gate, "token-unknown", "red")

    assert verdicts(gate) == [Severity.STOP]


def test_an_answer_in_time_counts_with_the_temperature(gate: Gate) -> None:
    gate.show("token-zhang")
    learn(gate, "token-zhang", "green")
    assert verdicts(gate) == []

    gate.measure(36.5)

    assert verdicts(gate) == [Severity.PASS]


def test_a_late_answer_counts_when_the_code_is_shown_again(gate: Gate) -> None:
    gate.show("token-zhang")
    gate.measure(36.5)
    before = verdicts(gate)
    gate.leave()
    gate.clock.move(3.0)

    learn(gate, "token-zhang", "red")
    gate.show("token-zhang")

    assert verdicts(gate) == [*before, Severity.STOP]


def test_news_of_somebody_else_touches_nobody(gate: Gate) -> None:
    gate.show("token-zhang")

    learn(gate, "token-of-another", "red")

    assert verdicts(gate) == []
