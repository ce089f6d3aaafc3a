"""PASS, RECHECK or STOP: a pure function of the passage, the facts, the policy and the time.

Every check runs and every reason is kept; the worst decides (design invariants 5-7). Missing is not bad
and stale is not valid: both are RECHECK, unless the policy says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from station.core.checks.case import Case, Facts, Reasons
from station.core.checks.code import check_code, check_freshness
from station.core.checks.health import check_colour, check_isolation, check_test, check_travel
from station.core.checks.person import check_block, check_expected, check_identity, check_lookup, check_right
from station.core.checks.place import check_curfew, check_occupancy, check_outing, check_passback
from station.core.checks.temperature import check_recheck, check_temperature, was_measured
from station.core.facts import FactKind
from station.core.model import Claim, Closing, Direction, Passage
from station.core.policy import Policy
from station.core.reasons import Decision, Reason, ReasonCode, Severity

_CHECKS: tuple[Callable[[Case], Reasons], ...] = (
    check_lookup,
    check_isolation,
    check_block,
    check_code,
    check_freshness,
    check_identity,
    check_expected,
    check_right,
    check_colour,
    check_test,
    check_travel,
    check_outing,
    check_curfew,
    check_occupancy,
    check_passback,
    check_temperature,
    check_recheck,
)


def decide(passage: Passage, facts: Facts, policy: Policy, now: datetime) -> Decision:
    """The decision on this passage under this policy. Total: it never raises for a valid policy."""
    case = Case.of(passage, facts, policy, now)
    reasons = [reason for check in _CHECKS for reason in check(case)]
    if policy.codes_down:
        reasons.append(Reason(Severity.PASS, ReasonCode.CODE_SYSTEM_DOWN))
    return Decision(tuple(sorted(dict.fromkeys(reasons), key=lambda reason: -reason.severity)))


def limited(passage: Passage, facts: Facts, policy: Policy, now: datetime) -> Passage:
    """The same with the limits that hold for this sort of person on this way."""
    rules = Case.of(passage, facts, policy, now).rules
    reading, in_doubt = passage.temperature, passage.in_doubt
    return replace(
        passage,
        temperature=reading and policy.limited(reading, rules),
        in_doubt=in_doubt and policy.limited(in_doubt, rules),
    )


def is_conclusive(
    claim: Claim,
    facts: Facts,
    policy: Policy,
    now: datetime,
    direction: Direction = Direction.IN,
    gate: str = "",
) -> bool:
    """The claim alone means STOP, whatever the temperature will be (design section 5)."""
    alone = Passage(claim, None, Closing.CONCLUSIVE, direction=direction, gate=gate)
    return decide(alone, facts, policy, now).severity is Severity.STOP


def wants_temperature(
    claim: Claim, facts: Facts, policy: Policy, now: datetime, direction: Direction = Direction.IN
) -> bool:
    """Whether this person has to be measured: not where the policy asks for none of their sort on this way,
    nor a short time after a normal value, if the policy says so (a courier's sixth parcel of the morning).
    Whoever was too warm comes back to be measured."""
    case = Case.of(Passage(claim, None, Closing.PAIRED, direction=direction), facts, policy, now)
    waits = bool(case.known(FactKind.RECHECK))
    return waits or (case.rules.temperature.required and not was_measured(case))
