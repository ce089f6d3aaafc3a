"""The large buttons of the wizard: one of several stays down. For gloves, and for the keyboard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QPushButton, QSizePolicy, QWidget

LEAST_PX = 76  # 20 mm, as at the gate


class Choice(QPushButton):
    """`name` picks its looks: choice, or tile for a camera."""

    def __init__(self, text: str, name: str = "choice") -> None:
        super().__init__(text)
        self.setObjectName(name)
        self.setCheckable(True)
        self.setAutoDefault(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


class Key(QPushButton):
    """Does something at once. `name`: key, main (the one to press)."""

    def __init__(self, text: str, act: Callable[[], None], name: str = "key") -> None:
        super().__init__(text)
        self.setObjectName(name)
        self.setAutoDefault(True)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda checked: act())

    def focusNextPrevChild(self, forward: bool) -> bool:
        """While it is at work nobody gets the focus: the next one round is the key that leaves."""
        return self.isEnabled() and super().focusNextPrevChild(forward)


class OneOf(QButtonGroup):
    """Buttons of which one is down at most; `chosen` tells which, by its number."""

    def __init__(self, parent: QWidget, chosen: Callable[[int], None]) -> None:
        super().__init__(parent)
        self.setExclusive(True)
        self.idClicked.connect(chosen)

    def show_none(self) -> None:
        """None of them is down."""
        self.setExclusive(False)
        for button in self.buttons():
            button.setChecked(False)
        self.setExclusive(True)

    def show(self, button: QAbstractButton | None) -> None:
        if button:
            button.setChecked(True)
