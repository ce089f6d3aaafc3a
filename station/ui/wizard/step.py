"""What a step of the wizard is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station.ui.theme import Theme
from station.ui.wizard.desk import WizardDesk
from station.ui.wizard.draft import Draft


class Step(QWidget):
    """Subclasses say their words, build themselves, and write what was chosen into the draft at once."""

    changed = Signal()  # whether it is ready may be otherwise now
    skippable = True

    def __init__(self, draft: Draft, desk: WizardDesk) -> None:
        super().__init__()
        self.draft, self.desk = draft, desk
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)

    @property
    def title(self) -> str:
        raise NotImplementedError

    @property
    def sentence(self) -> str:
        """What to do here."""
        raise NotImplementedError

    @property
    def if_skipped(self) -> str:
        """What happens if nothing is chosen here."""
        return ""

    @property
    def ready(self) -> bool:
        """Whether something was chosen, so that one may go on."""
        return True

    @property
    def summary(self) -> str:
        """What was chosen, for the last step; "" for nothing."""
        return ""

    def enter(self) -> None:
        """It comes into sight: the hardware that it tries is opened."""

    def leave(self) -> None:
        """It goes out of sight: all that it opened is closed."""

    def skip(self) -> None:
        """Nothing is to be changed here."""

    def dress(self, theme: Theme, scale: float) -> None:
        self.column.setSpacing(round(14 * scale))
