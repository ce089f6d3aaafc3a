"""What the admin page needs of operators and of the audit; `station.operators_desk` fills it in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from station.core.operators import Operator
from station.core.override import Role
from station.ui.admin.keys_desk import KeysDesk
from station.ui.admin.work import Job
from station.ui.duty import Answer


class DoorDesk(Protocol):
    """Who may be on the admin page. None of the calls raises."""

    def used(self) -> bool:
        """Whether operators were ever made; before that everybody may."""

    def page(self) -> Operator | None:
        """Whoever opened the page, as long as they use it."""

    def trusted(self) -> Sequence[Operator]:
        """Guards and admins."""

    def unlock(self, number: str, pin: str) -> Answer: ...

    def unlock_as_shift(self) -> bool:
        """Whoever is on duty signed in a moment ago, and may."""

    def used_page(self) -> None:
        """A key or a tap."""

    def lock(self) -> None: ...

    def change_pin(self, number: str, pin: str) -> str:
        """Of somebody who just signed in; why not, in words, or empty."""

    def looked(self, what: str) -> None:
        """Names were shown in full on this page."""


class OperatorsDesk(DoorDesk, Protocol):
    """All of these raise `desk.DeskError`, in words for the admin."""

    @property
    def keys(self) -> KeysDesk: ...

    def people(self) -> Sequence[Operator]: ...

    def add(self, number: str, name: str, role: Role, pin: str) -> None: ...

    def change(self, number: str, name: str, role: Role, pin: str = "") -> None:
        """`pin`: a new one, for a volunteer who becomes a guard or admin."""

    def reset(self, number: str, pin: str) -> None: ...

    def remove(self, number: str) -> None: ...

    def new_recovery(self) -> str:
        """A recovery key to be printed now: it is nowhere else, and the former counts no more."""

    def recover(self, key: str, number: str, pin: str) -> str:
        """An admin's new PIN for the recovery key; returns the key that counts from now on."""

    def write_recovery(self, path: Path, key: str) -> None:
        """On paper."""

    def audit(self, day: date) -> Job:
        """What was done on this day at the gate: a sequence of `Line`, newest first. Each one's signature is
        checked, which takes a second for a day of thousands: hence beside the gate."""

    def local(self, at: datetime) -> datetime:
        """In the gate's time zone."""

    def today(self) -> date: ...
