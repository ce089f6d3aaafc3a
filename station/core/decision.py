"""PASS, RECHECK or STOP: a pure function of the passage, the facts, the policy and the time.

Every check runs and every reason is kept; the worst decides (design invariants 5-7). Missing is not bad
and stale is not valid: both are RECHECK.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from station.core.model import (
    Claim,
    Closing,
    CodeKind,
    CodeStatus,
    Credential,
    Decision,
    Direction,
    Fact,
    FactKind,
    Obstacle,
    Passage,
    Reason,
    ReasonCode,
    RecheckState,
    Severity,
    Temperature,
    Trust,
    Vouch,
)
from station.core.policy import Policy, severity

Facts = Sequence[Fact]

# What a code could not prove by itself, but what a roster that holds this very code can:
_EXCUSED_BY_ROSTER = {CodeStatus.CANNOT_CHECK, CodeStatus.UNKNOWN_ISSUER, CodeStatus.NOT_A_HEALTH_CODE}

_COLOUR_REASONS = {
    "green": ReasonCode.COLOUR_GREEN,
    "yellow": ReasonCode.COLOUR_YELLOW,
    "red": ReasonCode.COLOUR_RED,
}


def decide(passage: Passage, facts: Facts, policy: Policy, now: datetime) -> Decision:
    """The decision on this passage under this policy. Total: it never raises for a valid policy."""
    reasons = [reason for check in _CHECKS for reason in check(passage, facts, policy, now)]
    return Decision(tuple(sorted(reasons, key=lambda reason: -reason.severity)))


def is_conclusive(
    claim: Claim, facts: Facts, policy: Policy, now: datetime, direction: Direction = Direction.IN
) -> bool:
    """The claim alone means STOP, whatever the temperature will be (design section 5)."""
    alone = Passage(claim, None, Closing.CONCLUSIVE, direction=direction)
    return decide(alone, facts, policy, now).severity is Severity.STOP


def _check_code(passage: Passage, facts: Facts, policy: Policy, now: datetime) -> Iterable[Reason]:
    claim = passage.claim
    if claim is None or (claim.credential is None and claim.vouch is not Vouch.KNOWN):
        yield Reason(Severity.RECHECK, ReasonCode.CODE_MISSING)
    elif claim.credential and not _excused(claim.credential, facts):
        status = claim.credential.status
        yield Reason(severity(policy.code[status]), ReasonCode(f"code_{status}"))


def _check_freshness(passage: Passage, facts: Facts, policy: Policy, now: datetime) -> Iterable[Reason]:
    credential = passage.claim.credential if passage.claim else None
    if credential is None or credential.kind is not CodeKind.REGIONAL or credential.made_at is None:
        return
    if abs(now - credential.made_at) > timedelta(minutes=policy.freshness.max_age_minutes):
        yield Reason(severity(policy.freshness.stale), ReasonCode.CODE_NOT_FRESH)


def _excused(credential: Credential, facts: Facts) -> bool:
    """Whether the roster, or whoever told the colour, knows what the code itself cannot prove."""
    if credential.kind is CodeKind.REGIONAL and _find(facts, FactKind.COLOUR):
        return credential.status is CodeStatus.CANNOT_CHECK
    return credential.status in _EXCUSED_BY_ROSTER and _find(facts, FactKind.IDENTITY) is not None


def _check_identity(passage: Passage, facts: Facts, policy: Policy, now: datetime) -> Iterable[Reason]:
    if passage.claim is None:
        return
    if _find(facts, FactKind.IDENTITY) or _proves_residence(passage.claim.credential):
        yield Reason(Severity.PASS, ReasonCode.PERSON_KNOWN)
    elif passage.claim.vouch is Vouch.KNOWN:
        yield Reason(severity(policy.identity.vouched), ReasonCode.PERSON_VOUCHED)
    else:
        yield Reason(severity(policy.identity.unknown), ReasonCode.PERSON_UNKNOWN)


def _proves_residence(credential: Credential | None) -> bool:
    """A gate pass that our own issuer signed says who may come in; a foreign certificate does not."""
    return (
        credential is not None
        and credential.kind is CodeKind.GATE_PASS
        and credential.trust is Trust.VERIFIED
        and credential.status is CodeStatus.VALID
    )


def _check_colour(passage: Passage, facts: Facts, policy: Policy, now: datetime) -> Iterable[Reason]:
    colour = _find(facts, FactKind.COLOUR)
    if colour is None:
        if policy.colour.required and passage.claim is not None:
            yield Reason(Severity.RECHECK, ReasonCode.COLOUR_MISSING)
    elif now - colour.as_of > policy.colour_max_age or colour.as_of > now + policy.colour_max_age:
        yield Reason(Severity.RECHECK, ReasonCode.COLOUR_STALE)
    elif colour.value in _COLOUR_REASONS:
        yield Reason(_colour_severity(colour.value, policy), _COLOUR_REASONS[colour.value])
    else:
        yield Reason(Severity.RECHECK, ReasonCode.COLOUR_MISSING)


def _colour_severity(colour: str, policy: Policy) -> Severity:
    words = {"green": "pass", "yellow": policy.colour.yellow, "red": policy.colour.red}
    return severity(words[colour])


def _check_passback(passage: Passage, facts: Facts, policy: Policy, now: datetime) -> Iterable[Reason]:
    last = _find(facts, FactKind.LAST_PASSAGE)
    recent = last is not None and now - last.as_of <= timedelta(hours=policy.passback.within_hours)
    if last and recent and last.value == passage.direction:
        yield Reason(severity(policy.passback.same_way), ReasonCode.SAME_WAY_AGAIN)


def _check_temperature(passage: Passage, facts: Facts, policy: Policy, now: datetime) -> Iterable[Reason]:
    if passage.in_doubt:
        yield Reason(Severity.RECHECK, ReasonCode.TEMPERATURE_IN_DOUBT)
        if policy.is_high(passage.in_doubt):
            yield Reason(Severity.RECHECK, ReasonCode.TEMPERATURE_HIGH)
    elif passage.temperature:
        yield _judge_temperature(passage.temperature, policy)
    elif policy.temperature.required and passage.closing is not Closing.CONCLUSIVE:
        yield Reason(Severity.RECHECK, ReasonCode.TEMPERATURE_MISSING)


def _judge_temperature(temperature: Temperature, policy: Policy) -> Reason:
    """High comes before all that says "no measurement": nothing takes a fever away."""
    if policy.is_implausible(temperature):
        return Reason(Severity.RECHECK, ReasonCode.TEMPERATURE_IMPLAUSIBLE)
    if policy.is_high(temperature):
        return Reason(severity(policy.temperature.high), ReasonCode.TEMPERATURE_HIGH)
    if temperature.obstacle and temperature.obstacle is not Obstacle.COLD_SKIN:
        return Reason(severity(policy.temperature.not_measured), ReasonCode.TEMPERATURE_NOT_MEASURED)
    if policy.is_too_low(temperature):
        return Reason(Severity.RECHECK, ReasonCode.TEMPERATURE_TOO_LOW)
    return Reason(Severity.PASS, ReasonCode.TEMPERATURE_NORMAL)


def _check_recheck(passage: Passage, facts: Facts, policy: Policy, now: datetime) -> Iterable[Reason]:
    """Somebody who measured too high before is not through with one normal reading."""
    recheck = _find(facts, FactKind.RECHECK)
    if recheck is None:
        return
    if recheck.value == RecheckState.CONFIRMED:
        yield Reason(severity(policy.temperature.confirmed), ReasonCode.RECHECK_CONFIRMED)
    elif recheck.value == RecheckState.CLEARED:
        yield Reason(Severity.PASS, ReasonCode.RECHECK_CLEARED)
    elif recheck.value == RecheckState.TOO_EARLY:
        yield Reason(Severity.RECHECK, ReasonCode.RECHECK_TOO_EARLY)
    elif recheck.value == RecheckState.OPEN:
        yield Reason(Severity.RECHECK, ReasonCode.RECHECK_OPEN)


def _find(facts: Facts, kind: FactKind) -> Fact | None:
    """The newest fact of this kind."""
    return max((fact for fact in facts if fact.kind is kind), key=lambda fact: fact.as_of, default=None)


_Check = Callable[[Passage, Facts, Policy, datetime], Iterable[Reason]]
_CHECKS: tuple[_Check, ...] = (
    _check_code,
    _check_freshness,
    _check_identity,
    _check_colour,
    _check_passback,
    _check_temperature,
    _check_recheck,
)
