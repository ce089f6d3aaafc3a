"""The rules of the place: how often a household goes out, the night, how many are inside, passback."""

from __future__ import annotations

from station.core.checks.case import Case, Reasons, judged, unless_passed
from station.core.facts import Fact, FactKind
from station.core.moments import HOUR_MS, MINUTE_MS
from station.core.reasons import Reason, ReasonCode, Severity


def check_outing(case: Case) -> Reasons:
    rules = case.rules.outing
    if not rules.limited or not case.lives_here or case.has_occupation(rules.exempt):
        return
    if case.coming_in:
        yield from _check_return(case)
        return
    counted = case.known(FactKind.OUTING)
    for fact in counted:
        yield from _judge_outings(case, fact)
    if not counted:
        yield from unless_passed(rules.missing, ReasonCode.OUTING_UNKNOWN)


def _judge_outings(case: Case, fact: Fact) -> Reasons:
    rules, outings = case.rules.outing, _number(fact.value)
    if outings is None:
        yield Reason(Severity.RECHECK, ReasonCode.OUTING_UNKNOWN)
    elif outings >= rules.outings and not case.is_older(fact, rules.days * 24.0):
        yield from judged(rules.used_up, ReasonCode.OUTING_USED_UP)


def _check_return(case: Case) -> Reasons:
    for fact in case.known(FactKind.INSIDE):
        if fact.value == "out" and case.age_ms(fact) > case.rules.outing.hours * HOUR_MS:
            yield from judged(case.rules.outing.overstayed, ReasonCode.OUTING_OVERSTAYED)


def check_curfew(case: Case) -> Reasons:
    rules = case.rules.curfew
    if case.passage.claim is not None and rules.begins and rules.ends and _is_night(case):
        yield from unless_passed(rules.verdict, ReasonCode.CURFEW)


def _is_night(case: Case) -> bool:
    local_ms = case.now_ms + round(case.rules.utc_offset_hours * HOUR_MS)
    minute = local_ms // MINUTE_MS % (24 * 60)
    begins, ends = _minutes(case.rules.curfew.begins), _minutes(case.rules.curfew.ends)
    # From midnight to midnight is the whole day, not none of it.
    return begins <= minute < ends if begins < ends else minute >= begins or minute < ends


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def check_occupancy(case: Case) -> Reasons:
    """How many are inside; nobody is kept out of their own home by it."""
    if not case.coming_in or case.lives_here:
        return
    for fact in case.known(FactKind.OCCUPANCY):
        yield from _judge_occupancy(case, fact)


def _judge_occupancy(case: Case, fact: Fact) -> Reasons:
    rules = case.rules.occupancy
    inside, _, own_limit = fact.value.partition("/")
    count, limit = _number(inside), _number(own_limit) or rules.limit
    if count is None or not limit:
        return
    if count >= limit:
        yield from judged(rules.full, ReasonCode.OCCUPANCY_FULL)
    elif count >= limit * rules.warn_share:
        yield from judged(rules.nearly, ReasonCode.OCCUPANCY_NEARLY_FULL)


def check_passback(case: Case) -> Reasons:
    rules = case.rules.passback
    for last in case.known(FactKind.LAST_PASSAGE):
        recent = case.age_ms(last) <= rules.within_hours * HOUR_MS
        if recent and last.value == case.passage.direction:
            yield from judged(rules.same_way, ReasonCode.SAME_WAY_AGAIN)


def _number(text: str) -> int | None:
    """A count in ASCII digits; None if it is none, or beyond any crowd."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None
