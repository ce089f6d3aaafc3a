"""What the passes section needs of the station, without knowing it: `station.pass_desk` fills it in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

from PySide6.QtGui import QImage

from station.core.passes import PassKind
from station.reports.passes import Paper
from station.ui.admin.work import Progress
from station.ui.desk_error import DeskError as DeskError


@dataclass(frozen=True, slots=True)
class PassLine:
    """One pass in the list."""

    id: bytes
    number: str
    name: str = field(repr=False)
    masked: str = field(repr=False)
    dwelling: str = field(repr=False)
    kind: PassKind
    until: date  # its last day


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody of the roster who could get a pass. `kind` is None for whom no pass can name."""

    key: str  # the roster's id
    name: str = field(repr=False)
    masked: str = field(repr=False)
    dwelling: str = field(repr=False)
    kind: PassKind | None
    has_pass: bool


class Sheet(Protocol):
    """Passes on one sort of paper. May be used in any one thread."""

    @property
    def pages(self) -> int: ...

    @property
    def paper(self) -> Paper: ...

    def image(self, page: int, width: int) -> QImage:
        """One page, counted from 0, so many pixels wide. Raises DeskError."""

    def write(self, path: Path, progress: Progress) -> None:
        """As a PDF, complete or not at all. Raises DeskError, CancelledError."""

    def print_on(self, printer: str, progress: Progress) -> None:
        """Raises DeskError, CancelledError."""


class PassDesk(Protocol):
    """All methods raise DeskError. What is issued or taken back counts at the gate at once."""

    def passes(self) -> Sequence[PassLine]:
        """Those that are valid, in the order of houses."""

    def living_in(self, house: str) -> Sequence[Candidate]:
        """Everybody of a house, e.g. 3-2-501, or of all houses that begin with these parts, e.g. 3-2."""

    def issue(self, people: Sequence[Candidate]) -> Sequence[PassLine]:
        """New passes for those who have none."""

    def reissue(self, lost: PassLine) -> PassLine:
        """Another pass for a lost one, which is taken back."""

    def revoke(self, passes: Sequence[PassLine]) -> None: ...

    def sheet(self, passes: Sequence[PassLine], paper: Paper) -> Sheet: ...

    def printers(self) -> Sequence[str]:
        """The usual one first; none if there is none."""
