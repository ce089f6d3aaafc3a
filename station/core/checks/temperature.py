"""The temperature, and where a recheck of somebody who was too warm stands."""

from __future__ import annotations

from station.core.checks.case import Case, Reasons, judged
from station.core.facts import FactKind, RecheckState
from station.core.model import Closing, Obstacle, Temperature
from station.core.moments import MINUTE_MS
from station.core.reasons import Reason, ReasonCode, Severity
from station.core.rules import Rules, severity


def check_temperature(case: Case) -> Reasons:
    passage, rules = case.passage, case.rules
    if passage.in_doubt:
        yield Reason(Severity.RECHECK, ReasonCode.TEMPERATURE_IN_DOUBT)
        if rules.is_high(passage.in_doubt):
            yield Reason(Severity.RECHECK, ReasonCode.TEMPERATURE_HIGH)
    elif passage.temperature:
        yield _judge(passage.temperature, rules)
    elif was_measured(case):
        yield Reason(Severity.PASS, ReasonCode.TEMPERATURE_MEASURED_BEFORE)
    elif rules.temperature.required and passage.closing is not Closing.CONCLUSIVE:
        yield Reason(Severity.RECHECK, ReasonCode.TEMPERATURE_MISSING)


def was_measured(case: Case) -> bool:
    """Normal, so short a time ago that the policy asks for no second measurement of this sort of person."""
    longest_ms = case.rules.temperature.measured_minutes * MINUTE_MS
    measured = case.known(FactKind.MEASURED) if longest_ms else []
    return bool(measured) and all(
        fact.value == "normal" and 0 <= case.age_ms(fact) <= longest_ms for fact in measured
    )


def _judge(temperature: Temperature, rules: Rules) -> Reason:
    """High comes before all that says "no measurement": nothing takes a fever away."""
    if rules.is_implausible(temperature):
        return Reason(Severity.RECHECK, ReasonCode.TEMPERATURE_IMPLAUSIBLE)
    if rules.is_high(temperature):
        return Reason(severity(rules.temperature.high), ReasonCode.TEMPERATURE_HIGH)
    if temperature.obstacle and temperature.obstacle is not Obstacle.COLD_SKIN:
        return Reason(severity(rules.temperature.not_measured), ReasonCode.TEMPERATURE_NOT_MEASURED)
    if rules.is_too_low(temperature):
        return Reason(Severity.RECHECK, ReasonCode.TEMPERATURE_TOO_LOW)
    return Reason(Severity.PASS, ReasonCode.TEMPERATURE_NORMAL)


def check_recheck(case: Case) -> Reasons:
    """Somebody who measured too high before is not through with one normal reading."""
    for fact in case.known(FactKind.RECHECK):
        if fact.value == RecheckState.CONFIRMED:
            yield from judged(case.rules.temperature.confirmed, ReasonCode.RECHECK_CONFIRMED)
        elif fact.value == RecheckState.CLEARED:
            yield Reason(Severity.PASS, ReasonCode.RECHECK_CLEARED)
        elif fact.value == RecheckState.TOO_EARLY:
            yield Reason(Severity.RECHECK, ReasonCode.RECHECK_TOO_EARLY)
        elif fact.value == RecheckState.OPEN:
            yield Reason(Severity.RECHECK, ReasonCode.RECHECK_OPEN)
