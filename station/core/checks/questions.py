"""What is still to be asked of one person, so that the policy can let them pass."""

from __future__ import annotations

from datetime import datetime

from station.core.asking import Asked, Question
from station.core.checks.case import Case, Facts, Reasons
from station.core.checks.code import check_code
from station.core.checks.health import check_colour, check_test, check_travel, wanted_hours
from station.core.model import CodeKind, Passage
from station.core.policy import Policy
from station.core.reasons import ReasonCode, Severity

_COLOUR = {ReasonCode.COLOUR_MISSING, ReasonCode.COLOUR_STALE}
_TEST = {ReasonCode.TEST_MISSING, ReasonCode.TEST_STALE, ReasonCode.TEST_UNKNOWN, ReasonCode.TEST_NONE}


def questions(passage: Passage, facts: Facts, policy: Policy, now: datetime) -> tuple[Asked, ...]:
    """What the volunteer can see or ask, and what else would hold this person up; most pressing first."""
    case = Case.of(passage, facts, policy, now)
    asked = []
    if _lacks_colour(case):
        asked.append(Asked(Question.COLOUR))
    if _held_by(check_test(case)) & _TEST:
        asked.append(Asked(Question.TEST, wanted_hours(case)))
    if ReasonCode.TRAVEL_NOT_ASKED in _held_by(check_travel(case)):
        asked.append(Asked(Question.TRAVEL))
    return tuple(asked)


def _lacks_colour(case: Case) -> bool:
    """Of a code that does not hold its colour, the colour is also what makes it count."""
    credential = case.passage.claim.credential if case.passage.claim else None
    regional = credential is not None and credential.kind is CodeKind.REGIONAL
    unchecked = regional and ReasonCode.CODE_CANNOT_CHECK in _held_by(check_code(case))
    return unchecked or bool(_held_by(check_colour(case)) & _COLOUR)


def _held_by(reasons: Reasons) -> set[ReasonCode]:
    return {reason.code for reason in reasons if reason.severity is not Severity.PASS}
