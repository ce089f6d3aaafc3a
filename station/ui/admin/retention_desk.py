"""What the section of kept data asks of the gate. Slow things are jobs, beside the screen (`Host.work`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from station.core.space import Level
from station.ui.admin.desk import DeskError as DeskError
from station.ui.admin.work import Job

Signature = tuple[str, str]  # an operator's number and PIN; where there are none, a name and nothing


@dataclass(frozen=True, slots=True)
class DueLine:
    """What goes of one day; None: of these the day is not kept. By the words of `journal.retention_rules`."""

    day: date | None
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Kept:
    """How it stands. Times are in the gate's time zone."""

    keep_days: int
    due: Sequence[DueLine] = ()
    not_acked: int = 0
    not_archived: int = 0
    kept_since: date | None = None
    last: datetime | None = None  # when it ran last, or was announced
    last_total: int = 0
    announced: bool = False  # the first run is tomorrow
    held: bool = False  # the clock jumped: it waits for an admin
    erasing: bool = False
    free: int = 0  # bytes
    days_left: int | None = None
    level: Level = Level.ENOUGH

    @property
    def total(self) -> int:
        return sum(sum(line.counts.values()) for line in self.due)


@dataclass(frozen=True, slots=True)
class Found:
    """What there is of somebody who asks to be erased. `traces` is the desk's own."""

    counts: Mapping[str, int]  # by the words of `journal.erasing_steps.Trace`
    traces: object = field(repr=False)
    mentions: Sequence[tuple[str, str]] = field(default=(), repr=False)  # where others name them, and how
    with_mentions: bool = True  # these go too


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is handed to them: no name stands in it."""

    number: int
    title: str
    lines: Sequence[str]
    claim: str = field(repr=False)


class RetentionDesk(Protocol):
    """All methods raise DeskError; so do the jobs."""

    def look(self) -> Job:
        """How it stands: a Kept."""

    def run_now(self) -> None:
        """An admin has seen what goes, and answers for the clock."""

    def needs_pins(self) -> bool:
        """Whether two operators sign with their PINs; else two people type their names."""

    def find(self, person_id: str) -> Job:
        """What there is of somebody: a Found."""

    def erase(self, found: Found, first: Signature, second: Signature, why: str) -> Receipt: ...

    def write_receipt(self, receipt: Receipt, folder: Path) -> Path:
        """As PDF and as text; the PDF."""

    def back_up(self, folder: Path, passphrase: str) -> Job:
        """Everything into one file there: its path and its size, as a pair."""
