"""The code that was shown: what it proved, and whether it is fresh."""

from __future__ import annotations

from station.core.asking import BY_OPERATOR
from station.core.checks.case import Case, Reasons, judged, unless_passed
from station.core.checks.person import is_expected
from station.core.facts import FactKind
from station.core.model import CodeKind, CodeStatus, Credential, Vouch
from station.core.moments import MINUTE_MS, to_ms
from station.core.reasons import Reason, ReasonCode, Severity

# What a code could not prove by itself, but what a roster that holds this very code can:
_EXCUSED_BY_ROSTER = {CodeStatus.CANNOT_CHECK, CodeStatus.UNKNOWN_ISSUER, CodeStatus.NOT_A_HEALTH_CODE}
_REASONS = {status: ReasonCode(f"code_{status}") for status in CodeStatus}


def check_code(case: Case) -> Reasons:
    claim = case.passage.claim
    if claim is None:
        yield Reason(Severity.RECHECK, ReasonCode.CODE_MISSING)
    elif claim.credential is None:
        if claim.vouch is not Vouch.KNOWN:
            yield from unless_passed(case.rules.code.missing, ReasonCode.CODE_MISSING)
    elif not _excused(case, claim.credential):
        status = claim.credential.status
        yield Reason(case.rules.code.of(status), _REASONS[status])


def _excused(case: Case, credential: Credential) -> bool:
    """Whether the roster, or whoever told the colour, knows what the code itself cannot prove."""
    if credential.kind is CodeKind.REGIONAL and FactKind.COLOUR in case.facts:
        return credential.status is CodeStatus.CANNOT_CHECK
    # A volunteer's word about a visitor says nothing about the code in their hand.
    registered = any(fact.source != BY_OPERATOR for fact in case.facts.get(FactKind.IDENTITY, ()))
    known = registered or (is_expected(case) and FactKind.IDENTITY not in case.facts)
    return known and credential.status in _EXCUSED_BY_ROSTER


def check_freshness(case: Case) -> Reasons:
    credential = case.passage.claim.credential if case.passage.claim else None
    if credential is None or credential.kind is not CodeKind.REGIONAL or credential.made_at is None:
        return
    age_ms = abs(case.now_ms - to_ms(credential.made_at))
    if age_ms > case.rules.freshness.max_age_minutes * MINUTE_MS:
        yield from judged(case.rules.freshness.stale, ReasonCode.CODE_NOT_FRESH)
