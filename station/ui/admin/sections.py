"""What a section of the admin page is, and what the page offers to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station.ui.admin.work import Job
from station.ui.theme import Theme


class Host(Protocol):
    """The admin page, as its sections see it. All calls are made in the GUI thread."""

    @property
    def theme(self) -> Theme: ...

    def work(
        self, what: str, job: Job, done: Callable[[object], None], failed: Callable[[Exception], None]
    ) -> bool:
        """Run a long job beside the screen, with progress and a way to cancel it.

        False, and nothing happens, while another one runs. Neither callback is called when it was cancelled.
        """

    def say(self, sentence: str, *, trouble: bool = False) -> None:
        """One line for the admin: what was done, or what went wrong and what to do. "" takes it away."""


class Section(QWidget):
    """One page of the admin page. Subclasses say their title and build themselves."""

    admin_only = False  # not for guards, once there are operators
    aside: QWidget | None = None  # what stands beside its title: in a group, beside the tabs
    in_full = Signal()  # names are shown in clear from now on: that goes on record

    def __init__(self, host: Host) -> None:
        super().__init__()
        self.host = host
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)

    @property
    def title(self) -> str:
        """What stands on its button: two to four hanzi."""
        raise NotImplementedError

    def enter(self) -> None:
        """It comes into sight: whatever it shows is read anew."""

    def leave(self) -> None:
        """It goes out of sight: whatever it opened is closed, whatever it unmasked is masked."""

    def end(self) -> None:
        """The program ends: no thread of its own may outlive it."""

    def go_back(self) -> bool:
        """Esc: whether there was something to close first, such as a question."""
        return False

    def dress(self, theme: Theme, scale: float) -> None:
        """Take another theme or another size of the window."""
        self.column.setSpacing(round(10 * scale))


MakeSection = Callable[[Host], Section]
