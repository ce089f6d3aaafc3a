"""What the section of notices and tasks asks of the gate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from station.ui.admin.desk import DeskError as DeskError


@dataclass(frozen=True, slots=True)
class NoticeLine:
    at: datetime  # UTC
    title: str = field(repr=False)
    text: str = field(repr=False)
    urgent: bool
    read: bool  # before this visit


@dataclass(frozen=True, slots=True)
class CenterTaskLine:
    id: str
    at: datetime  # UTC
    text: str = field(repr=False)
    due: datetime | None
    done: bool
    late: bool  # by the center's clock


class NoticeDesk(Protocol):
    """All methods raise DeskError and are called in the GUI thread."""

    def notices(self) -> Sequence[NoticeLine]:
        """In force now, urgent ones first. They count as read from now on."""

    def tasks(self) -> Sequence[CenterTaskLine]:
        """Those not done first, and of these the ones for whoever is on duty."""

    def tick(self, tasks: Sequence[CenterTaskLine], *, done: bool) -> None:
        """They are done, or not after all. The center hears of it."""
