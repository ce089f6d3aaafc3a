"""What the tracing section needs of the station, without knowing it: `station.tracing_desk` fills it in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from station.core.model import Severity
from station.ui.admin.desk import DeskError as DeskError
from station.ui.admin.two_signatures import TypedSignature
from station.ui.admin.work import Job


@dataclass(frozen=True, slots=True)
class AskedTrace:
    """Around whom or what: a person, an entry or a time; just one of them."""

    minutes: float
    person_id: str | None = field(default=None, repr=False)
    number: int | None = None
    at: datetime | None = None
    days: int = 14  # how far back, of a person
    way: str | None = None  # in, out; None: both


class Relation(StrEnum):
    SELF = "self"
    HOUSEHOLD = "household"
    OTHER = ""


@dataclass(frozen=True, slots=True)
class TraceLine:
    """A passage that was near. `number` None: of the same household, not near; `at` is when seen last."""

    number: int | None
    at: datetime | None  # in the gate's time zone
    apart: timedelta | None  # negative: before
    sure: bool
    lane: str
    way: str
    stands: Severity | None
    relation: Relation
    inside: bool | None  # None: nobody said who they are
    subject: str | None = field(repr=False)
    name: str = field(default="", repr=False)
    masked: str = field(default="", repr=False)
    dwelling: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    code: str = ""  # a short name of a code that is nobody's here


@dataclass(frozen=True, slots=True)
class Trace:
    """The answer, in the order in which they passed; the rest of the household comes last."""

    asked: AskedTrace
    lines: tuple[TraceLine, ...] = field(repr=False)
    anchors: int  # passages of the person; 1 of an entry, 0 of a time
    made_at: datetime

    @property
    def near(self) -> Sequence[TraceLine]:
        """Without the person's own passages, and without those of the household who were not near."""
        return [one for one in self.lines if one.number is not None and one.relation is not Relation.SELF]

    @property
    def people(self) -> int:
        """How many were near; whoever did not say who they are counts each time."""
        named = {one.subject for one in self.near if one.subject}
        return len(named) + sum(one.subject is None for one in self.near)

    @property
    def named(self) -> int:
        """How many people of the roster are on it, whose names can be shown."""
        return len({one.subject for one in self.lines if one.subject})

    @property
    def household(self) -> int:
        return len({one.subject for one in self.lines if one.relation is Relation.HOUSEHOLD})

    @property
    def inside(self) -> int:
        return len({one.subject for one in self.lines if one.inside and one.relation is not Relation.SELF})

    @property
    def unsure(self) -> int:
        return sum(not one.sure for one in self.lines)


class TraceDesk(Protocol):
    """Called in the GUI thread; raises DeskError. Jobs run beside it and give what is said of them."""

    def trace(self, asked: AskedTrace) -> Job:
        """Gives a Trace. That somebody asked is on record at once."""

    def needs_two(self, trace: Trace) -> bool:
        """Whether one admin is not enough to show its names: there are too many of them."""

    def unmask(self, trace: Trace, why: str, signatures: Sequence[TypedSignature] = ()) -> None:
        """Names may be shown: for an admin, with a reason, on record; for two people if there are many."""

    def write(self, trace: Trace, folder: Path, ending: str, *, masked: bool, why: str = "") -> Job:
        """As a sheet, .xlsx or .csv, for its owner only; gives its path. On record before it is written.

        Names in full only for an admin who says why; of many, once two people unmasked it.
        """
