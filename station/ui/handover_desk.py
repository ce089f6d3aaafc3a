"""What the page for handing over needs of the station; `station.handing_over` gives it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from station.core.handover import Sheet
from station.ui.desk_error import DeskError as DeskError


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody who can sign. Without a number the name is believed."""

    name: str = field(repr=False)
    number: str = ""
    about: str = ""  # in words: a role, or where the name is from


@dataclass(frozen=True, slots=True)
class PointLine:
    """One point of a checklist. `when`: in words, when and by whom it was done."""

    list_id: str
    id: str
    text: str
    done: bool
    when: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ListView:
    id: str
    title: str
    points: tuple[PointLine, ...]

    @property
    def open(self) -> int:
        return sum(not one.done for one in self.points)


@dataclass(frozen=True, slots=True)
class Waits:
    """The outgoing one has signed, or was not there: the incoming one has not."""

    at: datetime  # in the gate's time zone
    outgoing: str = field(repr=False)  # masked; empty: was not there
    sheet: Sheet = field(repr=False)


class HandoverDesk(Protocol):
    """All calls are made in the GUI thread; those that may fail raise DeskError, in words."""

    def pins(self) -> bool:
        """Whether operators sign with PINs; else names are typed and believed."""

    def now(self) -> datetime:
        """Wall time in the gate's time zone."""

    def waits(self) -> Waits | None: ...

    def draft(self, remark: str) -> Sheet:
        """As of now."""

    def lists(self) -> Sequence[ListView]:
        """The checklists of this shift."""

    def tick(self, point: PointLine) -> None:
        """It was done, or was not after all."""

    def send(self, entry: bytes, place: str) -> None:
        """Where somebody who was stopped was sent."""

    def on_duty(self) -> Signer | None: ...

    def people(self) -> Sequence[Signer]:
        """Who may sign, the likely ones first."""

    def hand_over(self, sheet: Sheet, signer: Signer | None, pin: str) -> str:
        """The outgoing one signs; None: was not there. Why not, in words, or empty."""

    def take_over(self, signer: Signer, pin: str) -> str:
        """The incoming one signs, and is on duty. Why not, in words, or empty."""

    def print(self) -> str:
        """The last sheet, on this PC's printer. What came of it, in words; empty: there is none."""


class NoHandover:
    """Before there is a station."""

    def pins(self) -> bool:
        return False

    def now(self) -> datetime:
        return datetime.fromtimestamp(0).astimezone()

    def waits(self) -> Waits | None:
        return None

    def draft(self, remark: str) -> Sheet:
        return Sheet(gate="", lane="", began_ms=0, at_ms=0, remark=remark)

    def lists(self) -> Sequence[ListView]:
        return ()

    def tick(self, point: PointLine) -> None:
        """There is no list."""

    def send(self, entry: bytes, place: str) -> None:
        """Nobody was stopped."""

    def on_duty(self) -> Signer | None:
        return None

    def people(self) -> Sequence[Signer]:
        return ()

    def hand_over(self, sheet: Sheet, signer: Signer | None, pin: str) -> str:
        return ""

    def take_over(self, signer: Signer, pin: str) -> str:
        return ""

    def print(self) -> str:
        return ""
