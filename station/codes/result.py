"""How reading a code ends: a Credential, by way of the Problem that stands in its way, if any.

The words of a problem never hold personal data.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from station.core.model import CodeKind, CodeStatus, Credential, Trust

_MAX_LINE = 80  # characters


class Missing(StrEnum):
    """What this station lacks for checking a code: the reason of "cannot check", word for word."""

    TRUST_LIST = "no trust list for this kind of code"
    ALGORITHM = "a signature algorithm that this format does not allow"
    COVID_CERTIFICATE = "signed, but not a COVID certificate"
    HEALTH_CARD = "signed, but not a health card"
    ONE_CARD = "the parts that were shown are not of one card, or not of a genuine one"
    IDENTITY_TRUST = "an identity code (Claim 169) without a public trust list"


@dataclass(frozen=True, slots=True)
class Problem:
    """A status other than valid, with what is missing or broken."""

    status: CodeStatus
    reason: str


class CodeError(Exception):
    """A text that cannot be taken apart. `read_code` turns it into a Credential."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.reason)
        self.problem = problem


def damaged(reason: str) -> CodeError:
    return CodeError(Problem(CodeStatus.DAMAGED, reason))


def proved(
    kind: CodeKind,
    problem: Problem | None,
    *,
    issuer: str | None,
    subject: str | None,
    made_at: datetime | None,
    valid_until: datetime | None,
) -> Credential:
    """A code whose signature was verified; it may still be expired, revoked …"""
    return Credential(
        kind,
        Trust.VERIFIED,
        problem.status if problem else CodeStatus.VALID,
        issuer=_one_line(issuer),
        subject=_one_line(subject),
        reason=problem.reason if problem else None,
        made_at=made_at,
        valid_until=valid_until,
    )


def unproved(
    kind: CodeKind,
    problem: Problem,
    *,
    issuer: str | None = None,
    region: str | None = None,
    made_at: datetime | None = None,
) -> Credential:
    """A code that proved nothing. Its issuer is only what it claims, and a name is not even that."""
    trust = Trust.UNKNOWN if problem.status is CodeStatus.DAMAGED else Trust.RECOGNISED
    return Credential(
        kind,
        trust,
        problem.status,
        issuer=_one_line(issuer),
        region=region,
        reason=problem.reason,
        made_at=made_at,
    )


def _one_line(text: str | None) -> str | None:
    """Anybody can make a code: names in it become one printable, bounded line, on screen and in logs."""
    if text is None:
        return None
    words = " ".join(text.split())
    return "".join(character for character in words if character.isprintable())[:_MAX_LINE] or None
