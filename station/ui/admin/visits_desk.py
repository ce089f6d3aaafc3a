"""What the section about visitors and errands needs of the station; `station.visit_book` gives it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from station.core.errand import Ending, ErrandKind
from station.ui.admin.desk import DeskError as DeskError
from station.ui.admin.work import Progress


@dataclass(frozen=True, slots=True)
class AnnouncedLine:
    """Somebody whom a host expects. Times are of the gate's time zone."""

    id: str
    house: str = field(repr=False)
    name: str = field(repr=False)
    masked: str = field(repr=False)
    phone_tail: str = field(repr=False)
    begins: datetime
    ends: datetime
    people: int
    came: int


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A visitor of the last days."""

    id: str
    house: str = field(repr=False)
    name: str = field(repr=False)
    masked: str = field(repr=False)
    phone: str = field(repr=False)
    phone_masked: str = field(repr=False)
    purpose: str  # in words
    at: datetime
    way: str  # in, out; empty: not let in
    by: str


@dataclass(frozen=True, slots=True)
class ErrandLine:
    """A parcel or an errand. `closed_at` is None while it is open."""

    id: str
    kind: ErrandKind
    house: str = field(repr=False)
    note: str = field(repr=False)
    at: datetime
    late: bool
    by: str
    closed_at: datetime | None
    ending: Ending | None
    closed_by: str


class VisitBook(Protocol):
    """All methods raise DeskError and are called in the GUI thread, but for what `paper` returns."""

    def announced(self) -> Sequence[AnnouncedLine]:
        """Who is expected from now on, soonest first."""

    def announce(self, cells: Mapping[str, str]) -> AnnouncedLine:
        """One that was typed: house, name, phone, begins, ends, people; as in a list."""

    def import_list(self, path: Path) -> tuple[int, Sequence[str]]:
        """How many of a file were taken, and what is wrong with the others. All that is good, or nothing."""

    def withdraw(self, one: AnnouncedLine) -> None: ...

    def visits(self) -> Sequence[VisitLine]:
        """The visitors of the last days, newest first."""

    def errands(self, *, open_only: bool) -> Sequence[ErrandLine]: ...

    def take(self, kind: ErrandKind, house: str, note: str) -> None: ...

    def close(self, errand: ErrandLine, ending: Ending) -> bool: ...

    def paper(self) -> ErrandPaper:
        """What waits, by building, to be carried round."""

    def printers(self) -> Sequence[str]: ...


class ErrandPaper(Protocol):
    """May be used in any one thread."""

    def write(self, path: Path, progress: Progress) -> int:
        """As a PDF; returns the pages. Raises DeskError, CancelledError."""

    def print_on(self, printer: str, progress: Progress) -> None:
        """Raises DeskError, CancelledError."""
