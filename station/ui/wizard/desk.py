"""What the wizard asks for, and does not do itself: `station.first_start` and `station.screen` fill it in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from station.ui.admin.bench import Bench
from station.ui.bridge import Bridge
from station.ui.wizard.draft import Value


class NotEnrolledError(Exception):
    """The center did not take this station; the message is for the person, in their language."""


class WizardDesk(Protocol):
    """`enrol` is called in a thread of its own; everything else in the GUI thread."""

    @property
    def bench(self) -> Bench: ...

    @property
    def gate(self) -> Bridge | None:
        """What the gate's devices publish; None before the first start: nothing is open then."""

    @property
    def voice(self) -> Path:
        """Where the recordings lie."""

    def enrol(self, address: str, code: str) -> str:
        """Belong to a center; returns how it calls this station. Raises NotEnrolledError."""

    def save(self, changes: Mapping[str, Value]) -> None:
        """Write all of it at once, or nothing. Raises SaveError."""

    @property
    def has_operators(self) -> bool:
        """Whether somebody can sign in already: then the wizard makes nobody."""

    def make_admin(self, number: str, pin: str) -> None:
        """The first operator. Raises SaveError."""

    def new_recovery(self) -> str:
        """The recovery key of the first operator, once they were made. Raises SaveError."""

    def write_recovery(self, path: Path, key: str) -> None:
        """As a PDF to be printed. Raises DeskError."""
