"""The sections as large buttons, and the way back to the gate below them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

WIDTH, LEAST_HEIGHT, HEIGHT = 210, 40, 76  # px at 1366x768; fifteen fit, just below it
_CROWDED = 12  # sections; more leave no room to spare


class Menu(QFrame):
    chosen = Signal(int)
    left = Signal()  # back to the gate

    def __init__(self, titles: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.buttons = [QPushButton(title, self) for title in titles]
        self.back = QPushButton(self.tr("回到卡口  Esc"), self)
        self.back.setObjectName("back")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for number, button in enumerate(self.buttons):
            button.setObjectName("section")
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.clicked.connect(lambda checked, number=number: self.chosen.emit(number))
            self._column.addWidget(button, 1)
        self._column.addStretch(0)  # what is left when the buttons are as high as they may be
        self._column.addWidget(self.back)
        self.back.clicked.connect(lambda checked: self.left.emit())
        self.mark(0)

    def mark(self, index: int) -> None:
        """This one is in sight."""
        self.buttons[index].setChecked(True)

    def focus(self, index: int) -> None:
        self.mark(index)
        self.buttons[index].setFocus()

    def dress(self, scale: float) -> None:
        self.setFixedWidth(round(WIDTH * scale))
        crowded = len(self.buttons) > _CROWDED
        self._column.setSpacing(round((2 if crowded else 4) * scale))
        self._column.setContentsMargins(0, 0, 0, round((4 if crowded else 12) * scale))
        for button in (*self.buttons, self.back):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
            button.setMinimumHeight(round(LEAST_HEIGHT * scale))
            button.setMaximumHeight(round(HEIGHT * scale))
        if crowded:
            self.back.setMaximumHeight(round(44 * scale))
