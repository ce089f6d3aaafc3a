"""Who may change a verdict by hand, to what, and what is recorded of it: always a name and a reason.

Anybody may be more careful than the machine. To be milder takes a volunteer no further than RECHECK; a PASS
is the word of a guard or an admin. Nothing here knows how an operator signed in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from station.core.entry import Entry, StoredEntry, amendment
from station.core.reasons import Severity


class Role(StrEnum):
    VOLUNTEER = "volunteer"
    GUARD = "guard"
    ADMIN = "admin"


class OverrideReason(StrEnum):
    """The short list to choose from."""

    COMMUNITY_AGREED = "community_agreed"  # on the telephone
    EMERGENCY = "emergency"  # ill, giving birth, fire: they go first
    GOING_HOME = "going_home"  # lives here, whatever the lists say
    SEEN_ON_PHONE = "seen_on_phone"  # colour or test, with one's own eyes
    PAPERS_SEEN = "papers_seen"  # identity card, pass, release notice
    MEASURED_AGAIN = "measured_again"
    NO_PHONE = "no_phone"  # an old person or a child without a code
    MISTAKE = "mistake"  # mine, or the machine's
    SUSPICIOUS = "suspicious"  # stricter than the machine
    OTHER = "other"  # needs a note


class OverrideProblem(StrEnum):
    NOT_ALLOWED = "not_allowed"  # call somebody who may
    NOTHING_CHANGES = "nothing_changes"
    NO_NAME = "no_name"
    NO_NOTE = "no_note"  # "other" says nothing by itself


class OverrideError(ValueError):
    """This override is not recorded."""

    def __init__(self, problem: OverrideProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Override:
    """What an operator wants. `note` may name people: seal it beside the amendment, as personal."""

    to: Severity
    reason: OverrideReason
    operator: str
    role: Role
    note: str = field(default="", repr=False)


def may_override(role: Role, before: Severity, after: Severity) -> bool:
    """Whether this role may turn one verdict into another."""
    if after > before:
        return True
    return after < before and (after is not Severity.PASS or role is not Role.VOLUNTEER)


def override(
    of: StoredEntry, before: Severity, wish: Override, *, id: bytes, at: datetime, mono: float, boot: str
) -> Entry:
    """The amendment that records the override of a passage whose verdict stands at `before`.

    Raises OverrideError.
    """
    _check(before, wish)
    return amendment(
        of,
        wish.to,
        id=id,
        at=at,
        mono=mono,
        boot=boot,
        operator=wish.operator,
        override=wish.reason.value,
        role=wish.role.value,
    )


def _check(before: Severity, wish: Override) -> None:
    if wish.to is before:
        raise OverrideError(OverrideProblem.NOTHING_CHANGES)
    if not may_override(wish.role, before, wish.to):
        raise OverrideError(OverrideProblem.NOT_ALLOWED)
    if not wish.operator.strip():
        raise OverrideError(OverrideProblem.NO_NAME)
    if wish.reason is OverrideReason.OTHER and not wish.note.strip():
        raise OverrideError(OverrideProblem.NO_NOTE)


def count_by_role(entries: Iterable[Entry]) -> Counter[str]:
    """How often each role changed a verdict."""
    return Counter(entry.role or "" for entry in entries if entry.override)


def count_overrides(entries: Iterable[Entry]) -> Counter[tuple[str, str, Severity]]:
    """How often each operator gave each reason for each verdict."""
    return Counter(
        (entry.operator or "", entry.override, entry.decision) for entry in entries if entry.override
    )
