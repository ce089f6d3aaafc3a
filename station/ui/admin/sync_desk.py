"""What the center section asks of the gate. Slow things run beside the screen (`Host.work`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from station.core.contact import CenterStatus


class SyncDeskError(Exception):
    """It was not done; the message is in the user's language and says what to do."""


@dataclass(frozen=True, slots=True)
class Belonging:
    """To which center this station belongs, and how that calls it."""

    url: str
    name: str


class SyncDesk(Protocol):
    """The last three are called in any thread. All but `status` and `now` raise SyncDeskError."""

    def status(self) -> CenterStatus: ...

    def belonging(self) -> Belonging | None: ...

    def now(self) -> None:
        """Do not wait for the next time."""

    def oldest_pending(self) -> datetime | None:
        """When the first entry that still waits was recorded."""

    def enrol(self, url: str, code: str) -> str:
        """Belong to a center; how it calls this station."""

    def export(self, to: Path) -> tuple[Path, int]:
        """Write what waits to a stick: the file, and how many entries."""

    def take(self, file: Path) -> int:
        """Take in a stick of the center; how many pages of lists."""
