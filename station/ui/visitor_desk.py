"""What the page for visitors, parcels and errands needs of the station; `station.visit_desk` gives it.

Everything that comes from there is masked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from station.core.errand import Ending, ErrandKind
from station.core.visit import Purpose


class VisitorDeskError(Exception):
    """What could not be done, in words for the volunteer."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What is asked of a visitor now, as policy and settings say."""

    coming_in: bool = True  # whether the lane looks at people who come in
    phone: bool = True  # asked; they may say no, unless it is a must
    phone_must: bool = False
    travel: bool = False
    code: bool = False  # without one they would be held up


@dataclass(frozen=True, slots=True)
class Draft:
    """A visitor as the volunteer takes them down, step by step."""

    house: str = field(repr=False)
    purpose: Purpose = Purpose.OTHER
    phone: str = field(default="", repr=False)
    travel: str = ""  # yes, no; empty: not asked
    announced: str = ""  # the id of the announcement


@dataclass(frozen=True, slots=True)
class Guest:
    """A visitor who is inside."""

    id: str
    house: str = field(repr=False)
    name: str = field(repr=False)  # masked; empty: nobody asked
    purpose: Purpose
    for_long: timedelta
    late: bool


@dataclass(frozen=True, slots=True)
class Expected:
    """Somebody who was announced for today and has not come yet."""

    id: str
    house: str = field(repr=False)
    name: str = field(repr=False)  # masked
    phone_tail: str = field(repr=False)
    hours: str  # e.g. 09:00-12:00
    left: int  # how many are still to come
    now: bool  # whether it is their time


@dataclass(frozen=True, slots=True)
class Chore:
    """A parcel that waits, or an errand that is not run yet."""

    id: str
    kind: ErrandKind
    house: str = field(repr=False)
    for_long: timedelta
    late: bool
    parcel: bool
    note: str = field(default="", repr=False)


class VisitorDesk(Protocol):
    """All methods raise VisitorDeskError and are called in the GUI thread."""

    def rules(self) -> Rules: ...

    def houses(self, digits: str) -> Sequence[str]:
        """The houses that may be meant: exactly these, or else those that begin so. None: nobody's."""

    def knows_houses(self) -> bool:
        """Whether there is a list to compare with; without one every number is taken as it is."""

    def guests(self) -> Sequence[Guest]:
        """Who is inside, by house."""

    def expected(self) -> Sequence[Expected]:
        """Who is still to come today, soonest first."""

    def chores(self) -> Sequence[Chore]:
        """What is still to be done, late ones first."""

    def begin(self, draft: Draft, *, with_code: bool) -> str:
        """They were taken down; with a code, the next unknown one that is shown opens their passage.

        Returns the visit's id.
        """

    def awaits_code(self, visit_id: str) -> bool: ...

    def name(self, visit_id: str, surname: str) -> None: ...

    def open(self, visit_id: str) -> None:
        """Their passage, without a code."""

    def cancel(self, visit_id: str) -> None:
        """They went away: nobody was there."""

    def leave(self, guest: Guest) -> None:
        """They go out."""

    def take(self, kind: ErrandKind, house: str) -> None:
        """Something is to be done for this house."""

    def close(self, chore: Chore, ending: Ending) -> bool:
        """It is done; False if somebody else was quicker."""


class NoVisitorDesk:
    """Of a gate whose journal is not open: nothing is there, and nothing can be taken."""

    def rules(self) -> Rules:
        return Rules()

    def houses(self, digits: str) -> Sequence[str]:
        return ()

    def knows_houses(self) -> bool:
        return True

    def guests(self) -> Sequence[Guest]:
        return ()

    def expected(self) -> Sequence[Expected]:
        return ()

    def chores(self) -> Sequence[Chore]:
        return ()

    def begin(self, draft: Draft, *, with_code: bool) -> str:
        return ""

    def awaits_code(self, visit_id: str) -> bool:
        return False

    def name(self, visit_id: str, surname: str) -> None: ...

    def open(self, visit_id: str) -> None: ...

    def cancel(self, visit_id: str) -> None: ...

    def leave(self, guest: Guest) -> None: ...

    def take(self, kind: ErrandKind, house: str) -> None: ...

    def close(self, chore: Chore, ending: Ending) -> bool:
        return False
