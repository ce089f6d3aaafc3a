"""The code system is down, or is back: what the gate does then, and one large button. Chooses a bool: down.

Anybody on the shift may press it, and nobody by accident: the page comes first, and the key that opened it
says yes only after a moment, so that a bouncing finger goes on nothing.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from station.ui.buttons import KeyButton
from station.ui.note import Note
from station.ui.pages import Page
from station.ui.theme import Theme
from station.ui.touch import Touch

KEY = "F2"
READ_FIRST_S = 1.0


class CodesDownPage(Page):
    def __init__(self, theme: Theme, touch: Touch, parent: QWidget) -> None:
        super().__init__(theme, touch, parent)
        self._down, self._opened = False, float("-inf")
        self._note = Note(36, theme, self)
        self._yes = KeyButton("", KEY, touch, self)
        self._yes.setObjectName("choice")
        self._yes.tapped.connect(lambda: self._choose(not self._down))
        self.body.addWidget(self._note, 0, 0)
        self.body.addWidget(self._yes, 1, 0)
        self.body.setRowStretch(0, 3)
        self.body.setRowStretch(1, 2)

    def show_state(self, *, down: bool) -> None:
        """Whether codes are not checked now."""
        self._down = down
        self.title.setText(self.tr("健康码系统好了吗？") if down else self.tr("健康码系统坏了吗？"))
        self._note.show_text(self._explained())
        self._yes.show_label(self.tr("是，恢复查码") if down else self.tr("是，停码"))

    def open(self, now: float) -> None:
        self._opened = now
        super().open(now)

    def confirm(self, now: float) -> None:
        """The key was pressed again, at monotonic `now` (s)."""
        if now >= self._opened + READ_FIRST_S:
            self._choose(not self._down)

    def dress(self, theme: Theme, scale: float) -> None:
        super().dress(theme, scale)
        self._note.dress(theme, scale)

    def _explained(self) -> str:
        if self._down:
            return self.tr("恢复以后照常看码。\n停码时放行的人，电脑自己再核一遍，要找的人会说。")
        return self.tr(
            "很多人的码都打不开，才按停码；一两个人打不开，不要按。\n"
            "停码以后：看名册、量体温，每条都做记号，恢复以后补核。"
        )
