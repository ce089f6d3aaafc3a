"""What the volunteer sees on a phone or is told, at a whole lane of a controlled zone, on a real journal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from station.core.asking import Answer, Asked, Question
from station.core.explain import explain
from station.core.facts import TestState
from station.core.model import Direction, ReasonCode, Severity, Vouch
from station.core.outcome import Corrected, Recorded, Repeated, Waiting
from station.core.override import Override, OverrideReason, Role
from station.core.policy import parse_policy
from station.journal.people import Person
from station.policy_desk import policy_text
from tests.lane import Gate

CONTROLLED = policy_text("controlled")
GREEN = Answer(Question.COLOUR, "green")
FRESH = Answer(Question.TEST, TestState.NEGATIVE, 48.0)
NOT_AWAY = Answer(Question.TRAVEL, "no")
ALL_THREE = (Question.COLOUR, Question.TEST, Question.TRAVEL)


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    """A member of staff comes, of whom nothing but the name is known."""
    made = Gate(tmp_path / "station", policy=parse_policy(CONTROLLED))
    staff = Person("p5", "赵勇", "", "staff", ("token-zhao",))
    made.people.add([staff], as_of=made.clock.now())
    yield made
    made.journal.close()


def come(gate: Gate, text: str = "token-zhao") -> Recorded:
    gate.show(text)
    gate.measure(36.5)
    gate.leave()
    return gate.of(Recorded)[-1]


def test_three_answers_let_them_in_and_stand_in_the_entry_as_the_volunteers_word(gate: Gate) -> None:
    first = come(gate)
    assert [one.question for one in first.asks] == list(ALL_THREE)
    gate.checkpoint.answered((GREEN, FRESH, NOT_AWAY))
    (then,) = gate.of(Corrected)
    entry = then.stored.entry
    assert (entry.amends, entry.decision) == (first.stored.entry.id, Severity.PASS)
    said = {fact.kind: fact.value for fact in entry.facts if fact.source == "operator"}
    assert said == {"colour": "green", "test": "negative", "travel": "no"}


def test_what_was_decided_by_answers_is_explained_again(gate: Gate) -> None:
    come(gate)
    gate.checkpoint.answered((GREEN, FRESH, NOT_AWAY))
    entry = gate.of(Corrected)[0].stored.entry
    assert explain(entry, CONTROLLED).severity is Severity.PASS


def test_questions_are_known_while_the_person_is_measured_and_the_answers_count(gate: Gate) -> None:
    gate.show("token-zhao")
    assert gate.of(Waiting)[-1].asks == (
        Asked(Question.COLOUR),
        Asked(Question.TEST, 48.0),
        Asked(Question.TRAVEL),
    )
    gate.checkpoint.answered((GREEN, FRESH, NOT_AWAY))
    gate.measure(36.5)
    (recorded,) = gate.of(Recorded)
    assert (recorded.decision.severity, recorded.asks) == (Severity.PASS, ())


def test_positive_result_stops_without_waiting_for_a_temperature(gate: Gate) -> None:
    gate.show("token-zhao")
    gate.checkpoint.answered((Answer(Question.TEST, TestState.POSITIVE),))
    (recorded,) = gate.of(Recorded)
    assert (recorded.decision.severity, recorded.stored.entry.closing) == (Severity.STOP, "conclusive")


def test_answers_are_not_kept_for_the_next_errand_nor_for_the_next_person(gate: Gate) -> None:
    come(gate)
    gate.checkpoint.answered((GREEN, FRESH, NOT_AWAY))
    other = come(gate, "token-zhang")
    assert "operator" not in {fact.source for fact in other.stored.entry.facts}
    gate.clock.move(301)
    again = come(gate)
    assert [one.question for one in again.asks] == list(ALL_THREE)


def test_wrong_answer_is_put_right_by_another(gate: Gate) -> None:
    come(gate)
    gate.checkpoint.answered((GREEN, Answer(Question.TEST, TestState.NONE), NOT_AWAY))
    gate.checkpoint.answered((FRESH,))
    before, after = (one.stored.entry.decision for one in gate.of(Corrected))
    assert (before, after) == (Severity.RECHECK, Severity.PASS)


def test_somebody_picked_by_name_is_asked_as_well(gate: Gate) -> None:
    gate.checkpoint.no_code(Vouch.KNOWN, "p5")
    gate.measure(36.5)
    gate.checkpoint.answered((GREEN, FRESH, NOT_AWAY))
    assert gate.of(Corrected)[0].stored.entry.decision is Severity.PASS


def test_second_look_at_the_phone_does_not_hold_the_first_pass_against_them(gate: Gate) -> None:
    come(gate)
    gate.checkpoint.answered((GREEN, FRESH, NOT_AWAY))
    gate.checkpoint.answered((GREEN,))
    assert [one.stored.entry.decision for one in gate.of(Corrected)] == [Severity.PASS, Severity.PASS]


def test_outing_that_was_just_allowed_does_not_use_up_itself(gate: Gate) -> None:
    gate.checkpoint.turn(Direction.OUT)
    come(gate, "token-zhang")
    gate.checkpoint.answered((GREEN,))
    gate.checkpoint.answered((GREEN,))
    assert [one.stored.entry.decision for one in gate.of(Corrected)] == [Severity.PASS, Severity.PASS]
    gate.clock.move(3600)
    again = come(gate, "token-zhang")
    assert ReasonCode.OUTING_USED_UP in {reason.code for reason in again.decision.reasons}


def test_stop_of_a_guard_is_not_lifted_by_a_look_at_the_phone(gate: Gate) -> None:
    come(gate)
    gate.checkpoint.correct(Override(Severity.STOP, OverrideReason.SUSPICIOUS, "1001", Role.GUARD))
    gate.checkpoint.answered((GREEN, FRESH, NOT_AWAY))
    assert [one.stored.entry.decision for one in gate.of(Corrected)] == [Severity.STOP]


def test_red_code_seen_after_a_guard_let_them_in_stops_them(gate: Gate) -> None:
    come(gate)
    gate.checkpoint.correct(Override(Severity.PASS, OverrideReason.GOING_HOME, "1001", Role.GUARD))
    gate.checkpoint.answered((Answer(Question.COLOUR, "red"),))
    assert gate.of(Corrected)[-1].stored.entry.decision is Severity.STOP


def test_stop_of_a_guard_is_shown_to_the_same_code_after_a_look_at_the_phone(gate: Gate) -> None:
    gate.show("token-zhao")
    gate.checkpoint.answered((Answer(Question.COLOUR, "red"),))
    assert gate.of(Recorded)[-1].stored.entry.closing == "conclusive"
    gate.checkpoint.correct(Override(Severity.RECHECK, OverrideReason.MISTAKE, "1001", Role.GUARD))
    gate.checkpoint.correct(Override(Severity.STOP, OverrideReason.SUSPICIOUS, "1001", Role.GUARD))
    gate.checkpoint.answered((GREEN, FRESH, NOT_AWAY))
    gate.show("token-zhao")
    assert [one.decision.severity for one in gate.of(Repeated)] == [Severity.STOP]
    gate.checkpoint.temperature_by_hand(36.5)
    assert len(gate.of(Recorded)) == 1, "a value typed later is not theirs"


def test_what_is_seen_in_the_morning_is_not_of_who_passed_before_the_pc_slept(gate: Gate) -> None:
    come(gate)
    gate.checkpoint.woke()
    gate.checkpoint.answered((Answer(Question.COLOUR, "red"),))
    assert gate.of(Corrected) == []


def test_who_passed_before_the_pc_slept_is_measured_anew_in_the_morning(gate: Gate) -> None:
    """The clock that repeats are told by stands still meanwhile: yesterday's pass must not be shown again."""
    come(gate)
    gate.checkpoint.woke()
    come(gate)
    assert gate.of(Repeated) == []
    assert len(gate.of(Recorded)) == 2
