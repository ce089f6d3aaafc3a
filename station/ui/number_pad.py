"""Ten digits for a finger in a glove, with what was typed above them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from station.ui.buttons import KeyButton, Tile
from station.ui.touch import Touch

MOST = 8  # digits of an operator's number
_PLACES = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "", "0", "")


class NumberPad(QWidget):
    """`entered` tells the digits once the person says that they are all."""

    entered = Signal(str)

    def __init__(self, touch: Touch, parent: QWidget) -> None:
        super().__init__(parent)
        self._digits = ""
        self._shown = QLabel(self)
        self._shown.setObjectName("title")
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.addWidget(self._shown, 0, 0, 1, 3)
        for place, digit in enumerate(_PLACES):
            if digit:
                tile = Tile(touch, self)
                tile.setProperty("digit", True)
                tile.show_text(digit)
                tile.tapped.connect(lambda digit=digit: self.type(digit))
                self.grid.addWidget(tile, 1 + place // 3, place % 3)
        erase = KeyButton(self.tr("删"), "←", touch, self)
        erase.tapped.connect(self.erase)
        self.grid.addWidget(erase, 4, 0)
        done = KeyButton(self.tr("确定"), "Enter", touch, self)
        done.tapped.connect(self.enter)
        self.grid.addWidget(done, 4, 2)
        for column in range(3):
            self.grid.setColumnStretch(column, 1)
        self.clear()

    def clear(self) -> None:
        self._show("")

    def type(self, character: str) -> None:
        if character.isascii() and character.isdigit() and len(self._digits) < MOST:
            self._show(self._digits + character)

    def erase(self) -> None:
        self._show(self._digits[:-1])

    def enter(self) -> None:
        if self._digits:
            self.entered.emit(self._digits)

    def _show(self, digits: str) -> None:
        """The number is no secret, but who looks over a shoulder need not read it."""
        self._digits = digits
        self._shown.setText("●" * len(digits) if digits else "—")
