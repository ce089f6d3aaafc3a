"""What the sections about presence need of the station; `station.presence_desk` and others give it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from station.core.visit import short
from station.ui.admin.desk import DeskError as DeskError
from station.ui.admin.work import Progress


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody as the gate saw them last. Name and dwelling are empty for whom the roster does not know."""

    subject: str = field(repr=False)  # person's id or code's key
    name: str = field(repr=False)
    masked: str = field(repr=False)
    dwelling: str = field(repr=False)
    phone_tail: str = field(repr=False)
    category: str  # of the roster; empty: unknown
    since: datetime  # in the gate's time zone
    lives_here: bool
    for_long: timedelta
    late: bool = False  # longer than is usual for a visitor, or than their household may be out

    @property
    def number(self) -> str:
        """How somebody without a name is told from another."""
        return short(self.subject)


@dataclass(frozen=True, slots=True)
class InsideNow:
    """Who is inside and who is away, as far as this gate knows; those who are late first."""

    at: datetime
    others: tuple[Seen, ...]  # visitors, couriers, workers, unknown ones
    residents: tuple[Seen, ...]
    away: tuple[Seen, ...]  # those who live here, and went out
    counts: Mapping[str, int]  # inside, by category
    limit: int  # how many may be inside; 0: no limit
    stay_hours: float  # after which a visitor is late
    outing_hours: float | None  # after which a household is late; None: no limit

    @property
    def total(self) -> int:
        return len(self.others) + len(self.residents)


class InsideDesk(Protocol):
    """All methods raise DeskError and are called in the GUI thread, but for `write_list`."""

    def now(self, *, residents: bool = True) -> InsideNow:
        """Without `residents`, those who live here are counted but not named, which is quicker."""

    def mark(self, seen: Seen, *, left: bool) -> None:
        """Somebody went out, or came home, and nobody saw it: recorded as an operator's word."""

    def evacuation(self, *, with_unseen: bool) -> EvacuationSheet:
        """The list for the rescuers, names in full. Looking at it is put on record."""

    def printers(self) -> Sequence[str]:
        """The usual one first; none if there is none."""


class EvacuationSheet(Protocol):
    """May be used in any one thread."""

    @property
    def people(self) -> int: ...

    @property
    def names(self) -> Sequence[tuple[str, str]]:
        """Of all on it, each with the dwelling."""

    def write(self, path: Path, progress: Progress) -> int:
        """As a PDF, complete or not at all; returns the pages. Raises DeskError, CancelledError."""

    def print_on(self, printer: str, progress: Progress) -> None:
        """Raises DeskError, CancelledError."""


class FeverState(StrEnum):
    WAITS = "waits"
    LEFT = "left"  # went away without a normal reading
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class FeverReading:
    at: datetime
    value_c: float
    high: bool
    site: str
    instrument: str


@dataclass(frozen=True, slots=True)
class Fever:
    """Somebody who measured too high today, and what became of it."""

    state: FeverState
    name: str = field(repr=False)
    masked: str = field(repr=False)
    dwelling: str = field(repr=False)
    phone_tail: str = field(repr=False)
    since: datetime
    readings: tuple[FeverReading, ...]
    overdue: bool = False


class FeverDesk(Protocol):
    """Raises DeskError; called in the GUI thread."""

    def today(self) -> Sequence[Fever]:
        """Who waits, longest first; then who left uncleared; then confirmed fevers."""


class Changed(StrEnum):
    """What one can look back for, as `kind=value`."""

    RED = "colour=red"
    YELLOW = "colour=yellow"
    CLOSE_CONTACT = "isolation=close_contact"
    POSITIVE = "test=positive"


@dataclass(frozen=True, slots=True)
class Asked:
    """A person of the roster to look back for."""

    key: str = field(repr=False)
    masked: str = field(repr=False)
    name: str = field(repr=False)
    dwelling: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One passage to follow up."""

    entry_id: bytes
    number: int
    at: datetime
    way_in: bool
    name: str = field(repr=False)
    masked: str = field(repr=False)
    dwelling: str = field(repr=False)
    phone_tail: str = field(repr=False)
    code: str  # how somebody without a name is told from another; empty: nobody said who they are
    theirs: bool
    before: str  # pass, recheck, stop
    now: str | None  # what it would be today, if that is another one
    inside: bool
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class LookbackLine:
    """One look-back. `facts` are pairs of kind and value."""

    name: str
    made_at: datetime
    person: str = field(repr=False)
    masked: str = field(repr=False)
    facts: tuple[tuple[str, str], ...]
    since: datetime
    open: int  # tasks that nobody has ticked
    tasks: tuple[TaskLine, ...]  # empty for one that is not looked at


class LookbackDesk(Protocol):
    """All methods raise DeskError and are called in the GUI thread."""

    def refresh(self) -> int:
        """Look back for everybody of whom something bad became known; how many look-backs are new."""

    def all(self, show: str | None = None) -> Sequence[LookbackLine]:
        """Newest first; with the tasks of the one of this name, or else of the newest."""

    def who(self, typed: str) -> Sequence[Asked]:
        """Everybody of a house, e.g. 3-2-501, or the holder of the entry with this number."""

    def look(self, asked: Asked, changed: Changed, since: datetime) -> str | None:
        """Look back for this person and keep it; returns its name, None if they never passed since then."""

    def tick(self, name: str, tasks: Sequence[TaskLine], *, done: bool) -> None: ...
