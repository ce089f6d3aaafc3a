"""What a step of the wizard is."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station.ui.theme import Theme
from station.ui.wizard.desk import WizardDesk
from station.ui.wizard.draft import Draft

translate = QCoreApplication.translate


class Step(QWidget):
    """Subclasses say their words, build themselves, and write what was chosen into the draft at once."""

    changed = Signal()  # whether it is ready may be otherwise now
    skippable = True
    keeps = True  # at a gate that runs, what is skipped here stays as it is set

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
        """What happens at a gate that was never set up if nothing is chosen here."""
        return ""

    @property
    def skipped(self) -> str:
        """What happens here if nothing is chosen."""
        return translate("wizard", "照旧，不改") if self.keeps and self.desk.gate else self.if_skipped

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
