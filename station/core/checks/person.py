"""Who it is: known here, expected, vouched for or a stranger; and whether they may come to this gate."""

from __future__ import annotations

from station.core.checks.case import Case, Reasons, judged, unless_passed
from station.core.facts import Fact, FactKind
from station.core.model import CodeKind, CodeStatus, Credential, Trust, Vouch
from station.core.moments import to_ms
from station.core.reasons import Reason, ReasonCode, Severity
from station.core.rules import severity

_NOT_ADMITTED = {
    "visitor": ReasonCode.VISITORS_NOT_ADMITTED,
    "courier": ReasonCode.COURIERS_NOT_ADMITTED,
}


def check_lookup(case: Case) -> Reasons:
    """Nobody can be looked up: the lists are locked, their record was changed or is not readable. Nothing is
    guessed."""
    said = {fact.value for fact in case.known(FactKind.LOOKUP)}
    if "locked" in said:
        yield Reason(Severity.RECHECK, ReasonCode.SIGN_IN_FIRST)
    if "changed" in said:
        yield Reason(Severity.RECHECK, ReasonCode.RECORD_CHANGED)
    if "unreadable" in said:
        yield Reason(Severity.RECHECK, ReasonCode.PERSON_UNKNOWN)


def check_identity(case: Case) -> Reasons:
    claim, rules = case.passage.claim, case.rules.identity
    if claim is None:
        return
    if FactKind.IDENTITY in case.facts or _proves_residence(claim.credential):
        yield from _check_category(case)
    elif is_expected(case):
        return  # said by `check_expected`
    elif claim.vouch is Vouch.KNOWN:
        yield from judged(rules.vouched, ReasonCode.PERSON_VOUCHED)
    else:
        yield from judged(rules.unknown, ReasonCode.PERSON_UNKNOWN)


def _check_category(case: Case) -> Reasons:
    """Somebody of the roster: whether their registration holds, and whether their sort may pass this way."""
    rules = case.rules.identity
    if any(case.is_over(fact) for fact in case.known(FactKind.IDENTITY)):
        yield from unless_passed(rules.expired, ReasonCode.PERSON_EXPIRED)
    if severity(rules.known) is Severity.PASS or is_expected(case):
        yield Reason(Severity.PASS, ReasonCode.PERSON_KNOWN)
    elif not case.category and (case.coming_in or case.known(FactKind.LOOKUP)):
        yield from _of_no_known_sort(case)
    else:
        yield from judged(rules.known, _not_admitted(case))


def _of_no_known_sort(case: Case) -> Reasons:
    """Our pass, and no list that says whose: a resident's as well as a courier's. With it nobody is held
    harder than a stranger without one."""
    rules = case.rules.identity
    milder = min(rules.known, rules.unknown, key=severity)
    yield from judged(milder, ReasonCode.PERSON_UNKNOWN)


def _not_admitted(case: Case) -> ReasonCode:
    if not case.coming_in:
        return ReasonCode.NOBODY_LEAVES
    return _NOT_ADMITTED.get(case.category, ReasonCode.OTHERS_NOT_ADMITTED)


def _proves_residence(credential: Credential | None) -> bool:
    """A gate pass that our own issuer signed says who may come in; a foreign certificate does not."""
    return (
        credential is not None
        and credential.kind is CodeKind.GATE_PASS
        and credential.trust is Trust.VERIFIED
        and credential.status is CodeStatus.VALID
    )


def is_expected(case: Case) -> bool:
    """Announced, and here within the time."""
    return case.coming_in and any(_is_in_time(case, fact) for fact in case.known(FactKind.EXPECTED))


def _is_in_time(case: Case, fact: Fact) -> bool:
    return fact.value == "yes" and case.now_ms >= to_ms(fact.as_of) and not case.is_over(fact)


def check_expected(case: Case) -> Reasons:
    rules, facts = case.rules.expected, case.known(FactKind.EXPECTED)
    if not case.coming_in or case.lives_here or case.passage.claim is None:
        return
    if is_expected(case):
        yield from judged(rules.in_time, ReasonCode.PERSON_EXPECTED)
    elif any(fact.value == "yes" for fact in facts):
        yield from judged(rules.other_time, ReasonCode.EXPECTED_OTHER_TIME)
    elif case.category == "visitor":
        yield from unless_passed(rules.missing, ReasonCode.VISITOR_NOT_EXPECTED)


def check_right(case: Case) -> Reasons:
    claim, facts = case.passage.claim, case.known(FactKind.RIGHT)
    if not case.coming_in or claim is None:
        return
    for fact in facts:
        yield from _judge_right(case, fact)
    if not facts and _proves_residence(claim.credential):
        yield from _judge_gates(case, claim.credential.gates if claim.credential else ())
    elif not facts:
        yield from unless_passed(case.rules.right.missing, ReasonCode.RIGHT_MISSING)


def _judge_right(case: Case, fact: Fact) -> Reasons:
    if case.is_over(fact):
        yield from judged(case.rules.right.expired, ReasonCode.RIGHT_EXPIRED)
    elif fact.value == "none":
        yield from judged(case.rules.right.other_gate, ReasonCode.RIGHT_MISSING)
    elif fact.value != "all":
        yield from _judge_gates(case, tuple(name.strip() for name in fact.value.split(",")))


def _judge_gates(case: Case, gates: tuple[str, ...]) -> Reasons:
    """None named means all. A gate that does not know its own name holds nothing against anybody."""
    if gates and case.passage.gate and case.passage.gate not in gates:
        yield from judged(case.rules.right.other_gate, ReasonCode.RIGHT_OTHER_GATE)


def check_block(case: Case) -> Reasons:
    rules = case.rules.block
    verdict = (rules.returning if case.lives_here else rules.entering) if case.coming_in else rules.leaving
    for fact in case.in_force(FactKind.BLOCK):
        if not case.is_over(fact):
            yield from judged(verdict, ReasonCode.BLOCKED)
