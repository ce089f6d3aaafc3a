"""What the rules section needs of the station, without knowing it: `station.policy_office` fills it in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from station.core.entry import Entry
from station.core.hindsight import Verified
from station.core.policy import Policy
from station.core.whatif import WhatIf
from station.ui.admin.work import Progress


class PolicyDeskError(Exception):
    """What could not be done, in words for the admin."""


@dataclass(frozen=True, slots=True)
class InUse:
    """What the gate decides by. Times are of the gate's time zone."""

    policy: Policy  # without codes, while their system is down
    text: str
    since: datetime | None  # None: the settings name it
    by: str
    reason: str = field(repr=False)
    refused: int  # newer ones that are not signed here
    down_since: datetime | None
    down_by: str
    wrong: str = ""  # what would be refused today; in words


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """What was done once. `policy` is None if this program cannot read its text."""

    number: int
    at: datetime
    what: str  # a PolicyEventKind
    by: str
    reason: str = field(repr=False)
    genuine: bool
    policy: Policy | None
    text: str
    before: Policy | None  # what was in force until then


@dataclass(frozen=True, slots=True)
class DrillLine:
    """One time without codes; `end` is None while it lasts."""

    begin: datetime
    end: datetime | None
    by: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of a day under a draft; no day: there are no entries."""

    day: date | None
    tried: WhatIf


class PolicyDesk(Protocol):
    """All methods raise PolicyDeskError. What is activated counts at the gate at once."""

    def in_use(self) -> InUse: ...

    def presets(self) -> Sequence[tuple[str, str]]:
        """Name and text of the policies that come with the program, from mild to strict."""

    def history(self) -> Sequence[HistoryLine]:
        """Newest first."""

    def trial(self, draft: Policy, day: date | None) -> Callable[[Progress], Trial]:
        """A job for a thread of its own: the entries of a day, or of the newest one, under a draft."""

    def who(self, entry: Entry) -> str:
        """Masked name and house of an entry's person; empty for somebody unknown."""

    def now(self) -> datetime:
        """In the gate's time zone."""

    def keep(self, text: str, by: str, reason: str) -> None:
        """Keep a draft in the history; it is not in force."""

    def activate(self, text: str, by: str, reason: str) -> None: ...

    def switch_codes(self, by: str, reason: str, *, down: bool) -> None:
        """The code system is down, or back."""

    def drills(self) -> Sequence[DrillLine]:
        """Newest first."""

    def verify(self, drill: DrillLine) -> Verified:
        """Judge the entries of a drill again by what is known now."""
