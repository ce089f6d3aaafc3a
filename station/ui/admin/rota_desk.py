"""What the section about shifts needs of the station; `station.rota_desk` gives it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from PySide6.QtGui import QImage

from station.core.shift import Plan, Shift
from station.ui.admin.desk import DeskError as DeskError
from station.ui.admin.work import Progress


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A hand-over sheet in the list; names are masked. `state` in words."""

    id: str
    began: datetime  # in the gate's time zone
    at: datetime
    outgoing: str = field(repr=False)
    incoming: str = field(repr=False)
    passages: int
    pressing: int  # things that somebody had to act on
    state: str
    genuine: bool = True


class RotaDesk(Protocol):
    """All methods raise DeskError, in words, and are called in the GUI thread; but for `paper`'s."""

    def now(self) -> datetime:
        """Wall time in the gate's time zone."""

    def shifts(self) -> Sequence[Shift]:
        """From today on, in the order in which they begin."""

    def missing(self) -> Sequence[Shift]:
        """Within 24 hours, and without enough people."""

    def may_plan(self) -> bool:
        """Whether whoever opened the page is an admin, or nobody has a PIN."""

    def plan(self, plan: Plan) -> int:
        """Make shifts; how many."""

    def withdraw(self, shifts: Sequence[Shift]) -> int: ...

    def people(self) -> Sequence[str]:
        """Names that are often put down."""

    def sign_up(self, shift: Shift, name: str) -> None: ...

    def leave(self, shift: Shift, name: str) -> None: ...

    def sheets(self, until: date) -> Sequence[SheetLine]:
        """Of the thirty days up to this one, newest first."""

    def paper(self, sheet: SheetLine) -> SheetPaper: ...

    def printers(self) -> Sequence[str]: ...

    def hand_over(self) -> None:
        """The page at the gate comes up."""


class SheetPaper(Protocol):
    """May be used in any one thread."""

    def image(self, dpi: float) -> QImage: ...

    def write(self, path: Path, progress: Progress) -> int:
        """As a PDF; returns the pages. Raises DeskError."""

    def print_on(self, printer: str, progress: Progress) -> None:
        """Raises DeskError."""
