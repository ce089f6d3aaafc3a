"""What the entries section needs of the station, without knowing it: `station.entries_desk` fills it in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from station.core.explained import Explained
from station.core.model import Severity
from station.core.override import OverrideReason
from station.ui.admin.desk import DeskError as DeskError
from station.ui.admin.work import Job


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries; nothing said means all of them."""

    day: date | None = None
    verdict: Severity | None = None  # as it stands now
    overridden: bool = False  # only those that somebody changed by hand
    person_id: str | None = None


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One passage in the list, masked. `at` is in the gate's time zone."""

    place: int
    number: int
    at: datetime
    way: str  # in, out
    masked: str = field(repr=False)
    dwelling: str = field(repr=False)
    code: str  # a short name of a code that is nobody's here
    value_c: float | None
    decided: Severity
    stands: Severity  # after corrections
    reason: str  # the first of those that decided


class Entries(Protocol):
    """A list of any length, newest first, of which a page is read when it is looked at."""

    def __len__(self) -> int: ...

    def page(self, first: int, count: int) -> Sequence[EntryLine]:
        """So many lines from this one on. Raises DeskError."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A passage explained. `steps`: what was decided first, then what corrected it, each decided again."""

    line: EntryLine
    steps: tuple[Explained, ...]


Overrides = Mapping[tuple[str, str, Severity], int]  # who, why (an OverrideReason), to what: how often


class EntriesDesk(Protocol):
    """All methods raise DeskError and are called in the GUI thread."""

    def find(self, wanted: Wanted) -> Entries:
        """Of a day, or of a person."""

    def search(self, wanted: Wanted) -> Job:
        """Of everybody on all days: a year of them is read beside the gate. The job returns Entries."""

    def newest_day(self) -> date | None:
        """Of the newest entry; None if there is none."""

    def place_of(self, number: int) -> int | None:
        """Where the entry with this number lies; of a correction, the entry that it corrects."""

    def explain(self, place: int) -> Explanation: ...

    def amend(self, place: int, to: Severity, why: OverrideReason) -> None:
        """Correct a passage; the first verdict stays. Whoever opened the page answers for it."""

    def overrides(self, day: date) -> Overrides: ...
