"""The row of commands at the foot of the gate page; each is on a key as well."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QWidget

from station.core.asking import Asked, Question
from station.ui.buttons import KeyButton, SmallKeyButton, TouchButton
from station.ui.lettering import letters
from station.ui.theme import Theme
from station.ui.touch import Touch

SMALL_PX, ADMIN_PX = 90, 88  # of what is seldom pressed
HELP_PX = 108  # held, not pressed
_FEW = (Qt.Key.Key_F1, Qt.Key.Key_F3, Qt.Key.Key_F6, Qt.Key.Key_F8, Qt.Key.Key_End)  # while all is large
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
        }
        wide = {key: KeyButton(label, _name(key), touch, self) for key, label in labels.items()}
        self._buttons: dict[Qt.Key, TouchButton] = dict(wide)
        self._asking = wide[Qt.Key.Key_F6]
        for key, button in self._buttons.items():
            self._row.addWidget(button, _share(labels[key]))
        self._add_rare(touch)
        for key, button in self._buttons.items():
            button.tapped.connect(lambda key=key: self.tapped.emit(key))

    def _add_rare(self, touch: Touch) -> None:
        """What is seldom pressed: there, and out of a volunteer's way. The admin's is the least of them."""
        labels = {
            Qt.Key.Key_F5: self.tr("重来"),
            Qt.Key.Key_End: self.tr("大字"),
            Qt.Key.Key_F2: self.tr("停码"),
            Qt.Key.Key_F10: self.tr("管理"),
        }
        self._rare = {key: SmallKeyButton(label, _name(key), touch, self) for key, label in labels.items()}
        self._buttons |= self._rare
        self.help = SmallKeyButton(self.tr("求助"), self.tr("按住空格"), touch, self)
        self.help.setObjectName("help")
        self._row.addWidget(self.help)
        self.barrier = SmallKeyButton(self.tr("开闸"), "Ins", touch, self)
        self.barrier.hide()
        for button in (self.barrier, *self._rare.values()):
            self._row.addWidget(button)

    def show_barrier(self, there: bool) -> None:
        """Whether this gate has one that opens by hand; its button takes room from the others."""
        self.barrier.setVisible(there)
        for button in self._buttons.values():
            if isinstance(button, KeyButton):
                button.wear("crowded", there)

    def show_large(self, large: bool) -> None:
        """The few that are needed most, in large letters; the others are still on their keys."""
        for key, button in self._buttons.items():
            button.setVisible(key in _FEW or not large)
            if isinstance(button, KeyButton):
                button.wear("large", large)
        self._rare[Qt.Key.Key_End].show_label(self.tr("普通") if large else self.tr("大字"))

    def allow(self, key: Qt.Key, allowed: bool) -> None:
        """A command that would do nothing cannot be pressed."""
        self._buttons[key].setEnabled(allowed)

    def rename_admin(self, label: str) -> None:
        """F10 does something else here: in practice it ends it."""
        self._rare[Qt.Key.Key_F10].show_label(label)

    def ask(self, asked: Sequence[Asked]) -> None:
        """What F6 is about, in words: the first question, or that there are several."""
        texts = {
            Question.COLOUR: self.tr("看颜色"),
            Question.TEST: self.tr("看核酸"),
            Question.TRAVEL: self.tr("问行程"),
        }
        first = asked[0].question if asked else Question.COLOUR
        self._asking.show_label(texts[first] if len(asked) < 2 else self.tr("看手机"))
        self.allow(Qt.Key.Key_F6, bool(asked))

    def show_codes_down(self, down: bool) -> None:
        """What F2 would do."""
        self._rare[Qt.Key.Key_F2].show_label(self.tr("查码") if down else self.tr("停码"))

    def dress(self, theme: Theme, scale: float) -> None:
        self._row.setSpacing(round(8 * scale))
        self.help.setFixedWidth(round(HELP_PX * scale))
        self.barrier.setFixedWidth(round(SMALL_PX * scale))
        for key, button in self._rare.items():
            button.setFixedWidth(round((ADMIN_PX if key == Qt.Key.Key_F10 else SMALL_PX) * scale))


def _name(key: Qt.Key) -> str:
    """The key as it is printed on a keyboard, e.g. F1."""
    return QKeySequence(key).toString()


def _share(label: str) -> int:
    """How much of the row a button gets: longer words more, so that none is cut."""
    return round(QFontMetricsF(letters(LABEL_PX, bold=True)).horizontalAdvance(label)) + KEY_PX
