"""The pages for what is done by hand. They lie over the gate page in the same window and go by themselves.

A page only says what was chosen; the gate window passes it on.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from station.ui.buttons import KeyButton
from station.ui.strip import HEIGHT, Strip
from station.ui.theme import Theme
from station.ui.touch import Touch

CLOSES_AFTER_S = 20.0
_GAP = 12
_STRIP = (340, 720)  # px as at 1366x768; it is as wide as the title leaves room for


class Page(QFrame):
    """A title, the last verdict beside it, a body of choices and the way back."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, touch: Touch, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._until = self._now = float("-inf")
        self._bounce = touch
        self.title, self.strip = QLabel(self), Strip(theme, self)
        self.title.setObjectName("title")
        self._column, self.body, self.foot = QVBoxLayout(self), QGridLayout(), QHBoxLayout()
        self._foot_buttons: list[tuple[KeyButton, int]] = []  # and how wide each is
        self.back = KeyButton(self.tr("返回"), "Esc", touch, self)
        self.back.tapped.connect(self.hide)
        self._arrange()
        self.hide()

    def open(self, now: float) -> None:
        """Show the page at monotonic time `now` (s), for 20 s at most."""
        self._now, self._until = now, now + CLOSES_AFTER_S
        self.show()
        self.raise_()

    def stay(self, seconds: float = CLOSES_AFTER_S) -> None:
        """Somebody is at it: from now on so long, if nothing else happens."""
        self._until = self._now + seconds

    def tick(self, now: float) -> None:
        self._now = now
        if now >= self._until and self.isVisible():
            self.hide()
            self._bounce.hold()  # a finger on its way to this page hits nothing under it

    def type(self, character: str, now: float) -> None:
        """A key typed by a person: the page stays as long as somebody is at it."""
        self._now = now
        self.stay()

    def erase(self, now: float) -> None:
        """The last character typed was wrong."""
        self._now = now
        self.stay()

    def leaf(self, now: float) -> None:
        """To the next page of what is offered, if there are several."""
        self._now = now
        self.stay()

    def go_to_next(self, arrow: Qt.Key, now: float) -> None:
        """An arrow key: to the next of what is offered, on pages whose choices bear no key."""
        self._now = now
        self.stay()

    def enter(self, now: float) -> None:
        """All was typed."""
        self._now = now
        self.stay()

    def dress(self, theme: Theme, scale: float) -> None:
        gap = round(_GAP * scale)
        self.strip.setFixedHeight(round(HEIGHT * scale))
        self.strip.setMinimumWidth(round(_STRIP[0] * scale))
        self.strip.setMaximumWidth(round(_STRIP[1] * scale))
        self.strip.dress(theme, scale)
        for button, width in self._foot_buttons:
            button.setFixedSize(round(width * scale), round(88 * scale))
        for layout in (self._column, self.body, self.foot):
            layout.setSpacing(gap)
        self._column.setContentsMargins(gap, gap, gap, gap)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch()
        head.addWidget(self.strip, 1)
        self._column.addLayout(head)
        self._column.addLayout(self.body, 1)
        self._column.addLayout(self.foot)
        self.foot.addStretch()
        self.add_to_foot(self.back, 220)

    def add_to_foot(self, button: KeyButton, width: int = 300) -> None:
        """One more command at the foot, after those that are there; `width` in px as at 1366x768."""
        self.foot.insertWidget(len(self._foot_buttons), button)
        self._foot_buttons.append((button, width))

    def add_row(self, row: QHBoxLayout) -> None:
        """One line between the title and the choices."""
        self._column.insertLayout(1, row)

    def _choose(self, choice: object) -> None:
        self.hide()
        self.chosen.emit(choice)
