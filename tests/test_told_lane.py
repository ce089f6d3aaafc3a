"""A red that the volunteer saw on a telephone is a red for five minutes, whatever happens to the program."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from station.core.asking import Answer, Question
from station.core.facts import TestState
from station.core.model import Direction, ReasonCode, Severity, Vouch
from station.core.outcome import Corrected, Recorded
from station.core.policy import parse_policy
from station.journal.memory import LaneMemory
from station.journal.people import Person
from station.policy_desk import policy_text
from station.told import TOLD
from tests.lane import Gate

RED = Answer(Question.COLOUR, "red")
STOP, RECHECK, PASS = Severity.STOP, Severity.RECHECK, Severity.PASS


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    made = Gate(tmp_path / "station")
    wang = Person("p3", "王明", "2-2-202", "resident", ("token-wang", "pass-wang"))
    made.people.add([wang], as_of=made.clock.now())
    yield made
    made.journal.close()


def come(gate: Gate, text: str) -> Severity:
    """Somebody shows a code, is measured if need be, and steps away."""
    gate.clock.move(31)  # what was decided before is not only shown again
    gate.heard.clear()
    gate.show(text)
    gate.measure(36.4)
    gate.leave()
    return gate.of(Recorded)[-1].decision.severity


def told(gate: Gate, text: str, *answers: Answer) -> None:
    gate.show(text)
    gate.checkpoint.answered(answers or (RED,))
    gate.leave()


def kill(gate: Gate, seconds: float = 20.0) -> None:
    """As kill -9 leaves it: what is on the disk; somebody starts the program again."""
    gate.clock.boot += "'"
    gate.clock.move(seconds)
    gate.clock.mono = 5.0  # the PC, too
    gate.open()


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (RED, STOP),
        (Answer(Question.TEST, TestState.POSITIVE), STOP),
        (Answer(Question.COLOUR, "yellow"), RECHECK),
        (Answer(Question.TRAVEL, "yes"), RECHECK),
    ],
)
def test_what_was_seen_before_the_crash_still_holds_up_who_holds_up_the_same_code(
    gate: Gate, answer: Answer, verdict: Severity
) -> None:
    told(gate, "token-wang", answer)
    kill(gate)
    assert come(gate, "token-wang") is verdict
    kill(gate)
    assert come(gate, "token-wang") is verdict


@pytest.mark.parametrize("again", ["pass-wang", None])
def test_who_tries_another_way_after_the_crash_is_still_red(gate: Gate, again: str | None) -> None:
    """The other code, or to be picked by name."""
    told(gate, "token-wang")
    kill(gate)
    if again:
        assert come(gate, again) is STOP
    else:
        gate.checkpoint.no_code(Vouch.KNOWN, "p3")
        gate.measure(36.4)
        assert gate.of(Recorded)[-1].decision.severity is STOP


def test_red_seen_before_the_crash_is_nobody_elses(gate: Gate) -> None:
    told(gate, "token-wang")
    kill(gate)
    assert come(gate, "token-zhang") is PASS
    assert come(gate, "token-wang") is STOP


def test_red_seen_before_the_crash_is_over_after_five_minutes_of_its_own(gate: Gate) -> None:
    told(gate, "token-wang")
    kill(gate, 200)
    kill(gate, 60)
    assert come(gate, "token-wang") is STOP
    kill(gate, 10)
    assert come(gate, "token-wang") is PASS


def test_nothing_of_a_telephone_stays_on_the_disk_for_longer_than_it_counts(gate: Gate) -> None:
    told(gate, "token-wang")
    memory = LaneMemory(gate.journal)
    kept = memory.load(TOLD)
    gate.clock.move(301)
    gate.checkpoint.tick()
    empty = memory.load(TOLD)
    assert b"red" in (kept or b"")
    assert empty == b"\x90"
    told(gate, "token-wang")
    kill(gate, 301)
    assert memory.load(TOLD) == empty


def test_green_seen_before_the_crash_is_asked_again(gate: Gate) -> None:
    gate.policy = parse_policy(policy_text("controlled"))
    gate.open()
    assert come(gate, "token-zhang") is RECHECK
    gate.see("green")
    assert gate.of(Corrected)[-1].stored.entry.decision is PASS
    kill(gate)
    assert come(gate, "token-zhang") is RECHECK


def test_red_that_was_a_slip_of_the_finger_is_not_back_after_the_crash(gate: Gate) -> None:
    told(gate, "token-wang")
    gate.see("green")
    kill(gate)
    assert come(gate, "token-wang") is PASS


def test_red_seen_while_somebody_waits_and_no_rule_stops_them_yet_is_there_after_the_crash(
    gate: Gate,
) -> None:
    """A yellow one waits for the thermometer: there is no entry yet."""
    gate.show("token-wang")
    gate.see("yellow")
    assert not gate.of(Recorded)
    kill(gate)
    assert come(gate, "token-wang") is RECHECK


def test_red_seen_after_the_passage_is_there_after_the_crash(gate: Gate) -> None:
    assert come(gate, "token-wang") is PASS
    gate.see("red")
    assert gate.of(Corrected)[-1].stored.entry.decision is STOP
    kill(gate)
    assert come(gate, "token-wang") is STOP


@pytest.mark.parametrize("hours", [-400.0, -0.1, 0.1, 400.0])
def test_red_is_red_also_when_the_clock_is_set_within_the_five_minutes(gate: Gate, hours: float) -> None:
    """A PC whose battery is flat hears the time from the center a minute after it began."""
    told(gate, "token-wang")
    gate.clock.wall += timedelta(hours=hours)
    assert come(gate, "token-wang") is STOP
    kill(gate)
    assert come(gate, "token-wang") is STOP
    gate.clock.move(301)
    assert come(gate, "token-wang") is PASS


def test_red_is_red_also_when_the_power_cut_took_the_clock_back(gate: Gate) -> None:
    told(gate, "token-wang")
    gate.clock.wall -= timedelta(days=300)
    kill(gate)
    assert come(gate, "token-wang") is STOP


def test_red_of_last_night_is_none_when_the_lid_is_opened_in_the_morning(gate: Gate) -> None:
    """A PC that sleeps looks like one whose clock was set."""
    told(gate, "token-wang")
    gate.clock.wall += timedelta(hours=8)
    gate.checkpoint.woke()
    gate.checkpoint.tick()
    assert come(gate, "token-wang") is PASS


def test_green_does_not_count_for_longer_because_the_clock_was_set_back(gate: Gate) -> None:
    gate.policy = parse_policy(policy_text("controlled"))
    gate.open()
    come(gate, "token-zhang")
    gate.see("green")
    gate.clock.wall -= timedelta(minutes=10)
    assert come(gate, "token-zhang") is RECHECK


def test_red_that_could_not_be_kept_while_the_disk_was_full_is_kept_with_the_entry(
    gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The memory writes beside the lane's journal: here it is the one whose disk is full."""
    gate.disk.full = True
    monkeypatch.setattr(LaneMemory, "save", lambda self, name, record: None)
    told(gate, "token-wang")
    gate.disk.full = False
    assert come(gate, "token-wang") is STOP
    kill(gate)
    assert come(gate, "token-wang") is STOP


def test_rules_that_let_yellow_through_are_no_reason_to_remember_it(gate: Gate) -> None:
    text = policy_text("open").replace('yellow = "recheck"', 'yellow = "pass"')
    gate.policy = parse_policy(text)
    gate.open()
    told(gate, "token of a stranger", Answer(Question.COLOUR, "yellow"))
    kill(gate)
    gate.show("token of a stranger")
    gate.measure(36.4)
    reasons = {reason.code for reason in gate.of(Recorded)[-1].decision.reasons}
    assert ReasonCode.CODE_CANNOT_CHECK in reasons


def test_yellow_that_holds_up_only_those_who_leave_is_remembered_for_the_way_out(gate: Gate) -> None:
    text = policy_text("open").replace('yellow = "recheck"', 'yellow = "pass"')
    gate.policy = parse_policy(text + '\n[out.colour]\nyellow = "stop"\n')
    gate.open()
    gate.checkpoint.turn(Direction.OUT)
    told(gate, "token-wang", Answer(Question.COLOUR, "yellow"))
    kill(gate)
    gate.checkpoint.turn(Direction.OUT)
    assert come(gate, "token-wang") is STOP


def test_record_of_telephones_that_does_not_open_locks_nobody_out(gate: Gate) -> None:
    LaneMemory(gate.journal).save(TOLD, b"nonsense")
    kill(gate)
    assert come(gate, "token-wang") is PASS


@pytest.mark.parametrize("crashes", [False, True])
def test_red_is_red_also_when_the_next_persons_telephone_was_looked_at_since(
    gate: Gate, *, crashes: bool
) -> None:
    """The one who was sent away waits until somebody else was asked, and tries again."""
    told(gate, "token-wang")
    told(gate, "token-zhang", Answer(Question.COLOUR, "green"))
    if crashes:
        kill(gate)
    assert come(gate, "pass-wang") is STOP
    assert come(gate, "token-zhang") is PASS


def test_green_is_forgotten_when_the_next_persons_telephone_was_looked_at_since(gate: Gate) -> None:
    gate.policy = parse_policy(policy_text("controlled"))
    gate.open()
    assert come(gate, "token-zhang") is RECHECK
    gate.see("green")
    told(gate, "token-wang")
    assert come(gate, "token-zhang") is RECHECK


def test_what_nobody_is_known_to_have_shown_is_not_taken_and_that_is_said(gate: Gate) -> None:
    """After the crash, while a reading waits for its code, and when the PC has slept."""
    assert come(gate, "token-wang") is PASS
    kill(gate)
    assert not gate.checkpoint.answered((RED,))
    assert come(gate, "token-wang") is PASS
    gate.measure(36.4)
    assert not gate.checkpoint.answered((RED,))
    gate.show("token-wang")
    assert gate.checkpoint.answered((RED,))
    gate.checkpoint.woke()
    assert not gate.checkpoint.answered((RED,))
