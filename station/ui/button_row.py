"""The row of commands at the foot of the gate page; each is on a key as well."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from station.ui.buttons import KeyButton
from station.ui.theme import Theme
from station.ui.touch import Touch


class ButtonRow(QWidget):
    """`tapped` tells the key that would do the same."""

    tapped = Signal(Qt.Key)

    def __init__(self, touch: Touch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._buttons = {
            Qt.Key.Key_F1: KeyButton(self.tr("无码"), "F1", touch, self),
            Qt.Key.Key_F3: KeyButton(self.tr("手测体温"), "F3", touch, self),
            Qt.Key.Key_F6: KeyButton(self.tr("看颜色"), "F6", touch, self),
            Qt.Key.Key_F8: KeyButton(self.tr("改判"), "F8", touch, self),
            Qt.Key.Key_F5: KeyButton(self.tr("重新开始"), "F5", touch, self),
            Qt.Key.Key_F9: KeyButton(self.tr("亮度"), "F9", touch, self),
        }
        for key, button in self._buttons.items():
            self._row.addWidget(button)
            button.tapped.connect(lambda key=key: self.tapped.emit(key))

    def allow(self, key: Qt.Key, allowed: bool) -> None:
        """A command that would do nothing cannot be pressed."""
        self._buttons[key].setEnabled(allowed)

    def dress(self, theme: Theme, scale: float) -> None:
        self._row.setSpacing(round(10 * scale))
