"""What the section of exports asks of the gate. Writing is a job, beside the screen (`Host.work`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from station.core.model import Severity
from station.core.outcome import ExportProblem
from station.ui.admin.desk import DeskError as DeskError
from station.ui.admin.work import Job

Signature = tuple[str, str]  # an operator's number and PIN


class NeedsPasswordError(DeskError):
    """The file is encrypted, and this is not its password."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be exported. Empty filters: everything."""

    first: date
    last: date
    ending: str  # .csv .xlsx .pdf
    folder: Path
    verdict: Severity | None = None
    category: str = ""
    house: str = field(default="", repr=False)
    instrument: str = ""
    password: str = field(default="", repr=False)
    in_clear: bool = False
    reason: str = field(default="", repr=False)  # why names are wanted in clear
    signatures: tuple[Signature, ...] = field(default=(), repr=False)  # two people's


@dataclass(frozen=True, slots=True)
class Written:
    path: Path
    rows: int
    pruned: int = 0  # passages of these days that are in no log any more


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of checking a file: nothing found, or what."""

    rows: int
    findings: Sequence[str]
    agrees: str  # what was compared and what could not be; said if nothing was found


@dataclass(frozen=True, slots=True)
class Daily:
    """How the export of each day stands. Times are in the gate's time zone."""

    to: str  # as in the settings: empty, "stick", or a folder
    ending: str
    last: datetime | None = None
    file: str = ""
    problem: ExportProblem | None = None
    waiting: int = 0


class ExportDesk(Protocol):
    """All methods raise DeskError; so do the jobs."""

    def today(self) -> date: ...

    def instruments(self) -> Sequence[str]:
        """Thermometers by name."""

    def needs_pins(self) -> bool:
        """Whether two operators sign for names in clear."""

    def export(self, wish: Wish) -> Job:
        """The log into a file: a Written."""

    def check(self, path: Path, password: str = "") -> Job:
        """Whether a file is as it was exported: a Checked. Raises NeedsPasswordError."""

    def daily(self) -> Daily: ...

    def set_daily(self, to: str, ending: str) -> None:
        """From now on; kept in the settings."""
