"""What the volunteer is sent to look at or to ask, and what their word counts for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.core.asking import COUNTS_FOR, Answer, Asked, Question
from station.core.checks.questions import questions
from station.core.decision import decide
from station.core.facts import Fact, FactKind, TestState
from station.core.model import (
    Claim,
    Closing,
    CodeKind,
    CodeStatus,
    Credential,
    Direction,
    Passage,
    Trust,
)
from station.core.policy import parse_policy
from station.core.reasons import ReasonCode, Severity
from tests.core.crowd import facts as some_facts
from tests.core.crowd import passages as some_passages

POLICIES = Path(__file__).parents[2] / "assets" / "policies"
CONTROLLED = parse_policy((POLICIES / "controlled.toml").read_text("utf-8"))
OPEN = parse_policy((POLICIES / "open.toml").read_text("utf-8"))
NOW = datetime(2022, 4, 16, 2, 0, tzinfo=UTC)
TOKEN = Credential(CodeKind.REGIONAL, Trust.RECOGNISED, CodeStatus.CANNOT_CHECK)
COMING = Passage(Claim("key", 0.0, TOKEN), None, Closing.PAIRED)


def told(kind: FactKind, value: str, hours_ago: float = 1.0) -> Fact:
    return Fact(kind, value, NOW - timedelta(hours=hours_ago), "center")


WELL_KNOWN = (
    told(FactKind.IDENTITY, "staff"),
    told(FactKind.RIGHT, "all"),
    told(FactKind.COLOUR, "green"),
    told(FactKind.TEST, "negative"),
    told(FactKind.TRAVEL, "no"),
)


def without(*kinds: FactKind) -> tuple[Fact, ...]:
    return tuple(fact for fact in WELL_KNOWN if fact.kind not in kinds)


def asked(*facts: Fact, passage: Passage = COMING) -> list[Question]:
    return [one.question for one in questions(passage, facts, CONTROLLED, NOW)]


def test_nothing_is_asked_of_somebody_of_whom_all_is_known() -> None:
    assert asked(*WELL_KNOWN) == []


@pytest.mark.parametrize(
    ("missing", "question"),
    [
        (FactKind.COLOUR, Question.COLOUR),
        (FactKind.TEST, Question.TEST),
        (FactKind.TRAVEL, Question.TRAVEL),
    ],
)
def test_what_is_not_known_is_asked(missing: FactKind, question: Question) -> None:
    assert asked(*without(missing)) == [question]


def test_travel_is_not_asked_on_the_way_out() -> None:
    out = replace(COMING, direction=Direction.OUT)
    assert Question.TRAVEL not in asked(*without(FactKind.TRAVEL), passage=out)


def test_what_no_rule_wants_is_not_asked() -> None:
    facts = without(FactKind.TEST, FactKind.TRAVEL)
    assert questions(COMING, facts, OPEN, NOW) == ()


@pytest.mark.parametrize(("kind", "looked_at"), [(CodeKind.REGIONAL, True), (CodeKind.HCERT, False)])
def test_the_colour_makes_a_health_code_count_also_where_no_colour_is_asked_for(
    kind: CodeKind, looked_at: bool
) -> None:
    stranger = Passage(Claim("key", 0.0, replace(TOKEN, kind=kind)), None, Closing.PAIRED)
    wanted = [one.question for one in questions(stranger, (), OPEN, NOW)]
    assert wanted == ([Question.COLOUR] if looked_at else [])


def test_test_is_asked_as_fresh_as_the_persons_work_wants_it() -> None:
    facts = without(FactKind.TEST)
    assert questions(COMING, facts, CONTROLLED, NOW) == (Asked(Question.TEST, 48.0),)
    driver = (*facts, told(FactKind.OCCUPATION, "driver"))
    assert questions(COMING, driver, CONTROLLED, NOW) == (Asked(Question.TEST, 24.0),)


def test_classes_are_those_that_are_good_enough() -> None:
    assert Asked(Question.TEST, 24.0).classes_h == (24.0,)
    assert Asked(Question.TEST, 72.0).classes_h == (24.0, 48.0, 72.0)
    assert Asked(Question.TEST, 36.0).classes_h == (24.0, 36.0)


def after(*answers: Answer, later: timedelta = timedelta()) -> set[ReasonCode]:
    """Why somebody of whom only the name is known is held up, some time after these answers."""
    facts = (*without(FactKind.COLOUR, FactKind.TEST, FactKind.TRAVEL), *(one.fact(NOW) for one in answers))
    decision = decide(COMING, facts, CONTROLLED, NOW + later)
    return {reason.code for reason in decision.reasons if reason.severity is not Severity.PASS}


GREEN = Answer(Question.COLOUR, "green")
FRESH = Answer(Question.TEST, TestState.NEGATIVE, 48.0)
HOME_ALL_THE_TIME = Answer(Question.TRAVEL, "no")


def test_three_answers_leave_nothing_but_the_temperature() -> None:
    assert after(GREEN, FRESH, HOME_ALL_THE_TIME) == {ReasonCode.TEMPERATURE_MISSING}


def test_a_test_that_was_just_fresh_enough_stays_so_while_the_answer_counts() -> None:
    assert ReasonCode.TEST_STALE not in after(GREEN, FRESH, HOME_ALL_THE_TIME, later=COUNTS_FOR)
    assert ReasonCode.TEST_STALE in after(GREEN, FRESH, HOME_ALL_THE_TIME, later=2 * COUNTS_FOR)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(Question.TEST, TestState.NEGATIVE, 72.0), ReasonCode.TEST_STALE),
        (Answer(Question.TEST, TestState.NONE), ReasonCode.TEST_NONE),
        (Answer(Question.TEST, TestState.UNKNOWN), ReasonCode.TEST_UNKNOWN),
        (Answer(Question.TEST, TestState.POSITIVE), ReasonCode.TEST_POSITIVE),
        (Answer(Question.TRAVEL, "yes"), ReasonCode.TRAVEL_DECLARED),
    ],
)
def test_what_is_seen_or_heard_is_what_holds_them(answer: Answer, reason: ReasonCode) -> None:
    assert reason in after(GREEN, answer)


def test_positive_result_of_today_is_not_outweighed_by_what_a_phone_shows() -> None:
    facts = (*without(FactKind.TEST), told(FactKind.TEST, "positive", 3.0), FRESH.fact(NOW))
    assert decide(COMING, facts, CONTROLLED, NOW).severity is Severity.STOP


def test_nobody_is_asked_on_after_a_red_code_or_a_positive_test() -> None:
    assert Answer(Question.COLOUR, "red").settles
    assert Answer(Question.TEST, TestState.POSITIVE).settles
    assert not any(one.settles for one in (GREEN, FRESH, Answer(Question.TRAVEL, "yes")))


@given(passage=some_passages, known=st.lists(some_facts, max_size=8))
def test_whoever_would_be_let_through_is_asked_nothing(passage: Passage, known: list[Fact]) -> None:
    if decide(passage, known, CONTROLLED, NOW).severity is Severity.PASS:
        assert questions(passage, known, CONTROLLED, NOW) == ()
