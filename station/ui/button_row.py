"""The row of commands at the foot of the gate page; each is on a key as well."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QWidget

from station.ui.buttons import KeyButton, SmallKeyButton, TouchButton
from station.ui.lettering import letters
from station.ui.theme import Theme
from station.ui.touch import Touch

SMALL_PX = 92  # the admin's button: there, and out of a volunteer's way
LABEL_PX, KEY_PX = 30, 110  # a label's letters; its key and the room around, as at 1366 px


class ButtonRow(QWidget):
    """`tapped` tells the key that would do the same."""

    tapped = Signal(Qt.Key)

    def __init__(self, touch: Touch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        labels = {
            Qt.Key.Key_F1: self.tr("无码"),
            Qt.Key.Key_F3: self.tr("手测体温"),
            Qt.Key.Key_F6: self.tr("看颜色"),
            Qt.Key.Key_F8: self.tr("改判"),
            Qt.Key.Key_F5: self.tr("重新开始"),
            Qt.Key.Key_F9: self.tr("亮度"),
        }
        self._buttons: dict[Qt.Key, TouchButton] = {
            key: KeyButton(label, _name(key), touch, self) for key, label in labels.items()
        }
        for key, button in self._buttons.items():
            self._row.addWidget(button, _share(labels[key]))
        self._admin = SmallKeyButton(self.tr("管理"), "F10", touch, self)
        self._buttons[Qt.Key.Key_F10] = self._admin
        self._row.addWidget(self._admin)
        for key, button in self._buttons.items():
            button.tapped.connect(lambda key=key: self.tapped.emit(key))

    def allow(self, key: Qt.Key, allowed: bool) -> None:
        """A command that would do nothing cannot be pressed."""
        self._buttons[key].setEnabled(allowed)

    def dress(self, theme: Theme, scale: float) -> None:
        self._row.setSpacing(round(10 * scale))
        self._admin.setFixedWidth(round(SMALL_PX * scale))


def _name(key: Qt.Key) -> str:
    """The key as it is printed on a keyboard, e.g. F1."""
    return QKeySequence(key).toString()


def _share(label: str) -> int:
    """How much of the row a button gets: longer words more, so that none is cut."""
    return round(QFontMetricsF(letters(LABEL_PX, bold=True)).horizontalAdvance(label)) + KEY_PX
