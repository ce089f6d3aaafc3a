"""Health: the code's colour, isolation and contacts, tests, travel."""

from __future__ import annotations

from station.core.asking import BY_OPERATOR
from station.core.checks.case import LIFTED, Case, Reasons, judged, unless_passed
from station.core.facts import Fact, FactKind, IsolationState, TestState
from station.core.moments import HOUR_MS
from station.core.reasons import Reason, ReasonCode, Severity
from station.core.rules import ColourRule, severity

_COLOURS = {
    "green": ReasonCode.COLOUR_GREEN,
    "yellow": ReasonCode.COLOUR_YELLOW,
    "red": ReasonCode.COLOUR_RED,
}
# Leaving home, coming home, and coming from elsewhere:
_ISOLATED = {
    IsolationState.ISOLATION: (
        ReasonCode.ISOLATED_LEAVING, ReasonCode.ISOLATED_RETURNING, ReasonCode.ISOLATED_ENTERING
    ),
    IsolationState.CLOSE_CONTACT: (
        ReasonCode.CONTACT_LEAVING, ReasonCode.CONTACT_RETURNING, ReasonCode.CONTACT_ENTERING
    ),
    IsolationState.SUB_CLOSE_CONTACT: (
        ReasonCode.SUB_CONTACT, ReasonCode.SUB_CONTACT, ReasonCode.SUB_CONTACT
    ),
}  # fmt: skip
_NEGATIVE = {TestState.NEGATIVE, TestState.NEGATIVE_REPORTED}
_DECIDED = {*_NEGATIVE, TestState.POSITIVE}


def check_colour(case: Case) -> Reasons:
    facts, rules = _colours(case), case.rules.colour
    for fact in facts:
        yield from _judge_colour(case, fact)
    if not facts and rules.required and case.passage.claim is not None:
        yield from unless_passed(rules.missing, ReasonCode.COLOUR_MISSING)


def _colours(case: Case) -> list[Fact]:
    """The newest that was told, and what the volunteer saw since.

    An eye can be shown a picture: beside a colour that is fresh enough to count it makes nothing milder.
    Whoever told of a red lifts it, or an override does. What was seen so long ago that it is as old as the
    rest is a word like any other: the newest counts.
    """
    every = case.facts.get(FactKind.COLOUR, ())
    told = case.newest([fact for fact in every if fact.source != BY_OPERATOR])
    seen = case.newest([fact for fact in every if fact.source == BY_OPERATOR])
    if not seen:
        return told
    hours = case.rules.colour.max_age_hours
    counts = [fact for fact in told if not case.is_older(fact, hours)]
    if all(case.is_older(fact, hours) for fact in seen):
        seen = case.newest(every)
    return [*counts, *(fact for fact in seen if fact not in counts)]


def _judge_colour(case: Case, fact: Fact) -> Reasons:
    rules = case.rules.colour
    if case.is_older(fact, rules.max_age_hours):
        yield from _judge_old(rules, fact)
    elif fact.value in _COLOURS:
        verdicts = {"green": Severity.PASS, "yellow": severity(rules.yellow), "red": severity(rules.red)}
        yield Reason(verdicts[fact.value], _COLOURS[fact.value])
    else:
        yield from unless_passed(rules.missing, ReasonCode.COLOUR_MISSING)


def _judge_old(rules: ColourRule, fact: Fact) -> Reasons:
    """Who was red, and is not known to be anything else, is asked also while nobody minds old colours: it is
    no better for lying in the future of a clock that was set back, or for an outage that lasts two days."""
    yield from unless_passed(rules.stale, ReasonCode.COLOUR_STALE)
    was_red = fact.value == "red" and severity(rules.red) is not Severity.PASS
    if was_red and severity(rules.stale) is Severity.PASS:
        yield Reason(Severity.RECHECK, ReasonCode.COLOUR_STALE)


def check_isolation(case: Case) -> Reasons:
    for fact in case.in_force(FactKind.ISOLATION):
        yield from _judge_isolation(case, fact)
    said = [fact for fact in case.facts.get(FactKind.ISOLATION, ()) if not case.is_ahead(fact)]
    settled = max((fact.as_of for fact in said), default=None)
    for pending in case.facts.get(FactKind.ISOLATION_PENDING, ()):
        # What one person wants lifted is not lifted: neither the isolation nor another's report of one.
        if pending.value != LIFTED and (settled is None or pending.as_of > settled):
            yield from judged(case.rules.isolation.pending, ReasonCode.ISOLATION_PENDING)


def _judge_isolation(case: Case, fact: Fact) -> Reasons:
    if fact.value not in _ISOLATED:
        yield Reason(Severity.RECHECK, ReasonCode.ISOLATION_UNCLEAR)
    elif case.is_over(fact):
        yield from judged(case.rules.isolation.over, ReasonCode.ISOLATION_OVER)
    else:
        yield _isolated(case, IsolationState(fact.value))


def _isolated(case: Case, state: IsolationState) -> Reason:
    """Whoever comes home is never judged harder than on the way out: home is where they belong."""
    rules = case.rules.isolation
    leaving, returning, entering = _ISOLATED[state]
    verdict = severity(getattr(rules, state.value))
    if case.coming_home:
        return Reason(min(verdict, severity(rules.returning)), returning)
    return Reason(verdict, entering if case.coming_in else leaving)


def check_test(case: Case) -> Reasons:
    """The newest result counts; a sample that has none yet does not undo the result before it."""
    taken = [fact for fact in case.facts.get(FactKind.TEST, ()) if fact.value != TestState.NONE]
    decided = [fact for fact in taken if fact.value in _DECIDED]
    results = case.newest(decided)
    if any(_is_positive(case, fact) for fact in results):
        yield from judged(case.rules.test.positive, ReasonCode.TEST_POSITIVE)
    elif (hours := wanted_hours(case)) and case.passage.claim is not None:
        yield from _judge_age(case, results, hours, [fact for fact in taken if fact not in decided])


def _judge_age(case: Case, results: list[Fact], hours: float, waiting: list[Fact]) -> Reasons:
    """A sample that waits for its result counts for as long as the result would."""
    rules = case.rules.test
    if results and all(_is_fresh(case, fact, hours) for fact in results):
        yield Reason(Severity.PASS, ReasonCode.TEST_NEGATIVE)
    elif any(not case.is_older(fact, hours) for fact in waiting):
        yield from unless_passed(rules.unknown, ReasonCode.TEST_UNKNOWN)
    elif results or waiting:
        yield from unless_passed(rules.stale, ReasonCode.TEST_STALE)
    else:
        asked = FactKind.TEST in case.facts  # and the answer was: none
        yield from unless_passed(rules.missing, ReasonCode.TEST_NONE if asked else ReasonCode.TEST_MISSING)


def wanted_hours(case: Case) -> float:
    """The shortest time since the sampling that is asked of this person; 0 if none is."""
    rules = case.rules.test
    wanted = [rules.hours.get(fact.value, 0.0) for fact in case.known(FactKind.OCCUPATION)]
    hours = [one for one in (rules.everyone_hours, *wanted) if one]
    return min(hours) if rules.asked and hours else 0.0


def _is_positive(case: Case, fact: Fact) -> bool:
    return fact.value == TestState.POSITIVE and not case.is_older(fact, case.rules.test.positive_hours)


def _is_fresh(case: Case, fact: Fact, hours: float) -> bool:
    lag = case.rules.test.report_lag_hours if fact.value == TestState.NEGATIVE_REPORTED else 0.0
    since_sampling = case.age_ms(fact) + lag * HOUR_MS
    return fact.value in _NEGATIVE and abs(since_sampling) <= hours * HOUR_MS


def check_travel(case: Case) -> Reasons:
    facts, rules = case.known(FactKind.TRAVEL), case.rules.travel
    if not case.coming_in or case.passage.claim is None:
        return
    declared = {fact.value for fact in facts if not case.is_older(fact, rules.max_age_hours)}
    if "yes" in declared:
        yield from judged(rules.declared, ReasonCode.TRAVEL_DECLARED)
    elif rules.asked and declared != {"no"}:
        yield from unless_passed(rules.missing, ReasonCode.TRAVEL_NOT_ASKED)
