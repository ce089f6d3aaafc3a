"""The pages for what is done by hand. They lie over the gate page in the same window and go by themselves.

A page only says what was chosen; the gate window passes it on.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from station.core.model import Severity, Vouch
from station.ui.buttons import KeyButton, VerdictButton
from station.ui.strip import HEIGHT, Strip
from station.ui.theme import Theme
from station.ui.touch import Touch

CLOSES_AFTER_S = 20.0
_GAP = 12


class Page(QFrame):
    """A title, the last verdict beside it, a body of choices and the way back."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, touch: Touch, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._until = float("-inf")
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
        self._until = now + CLOSES_AFTER_S
        self.show()
        self.raise_()

    def tick(self, now: float) -> None:
        if now >= self._until:
            self.hide()

    def type(self, character: str, now: float) -> None:
        """A key typed by a person: the page stays as long as somebody is at it."""
        self._until = now + CLOSES_AFTER_S

    def dress(self, theme: Theme, scale: float) -> None:
        gap = round(_GAP * scale)
        self.strip.setFixedSize(round(600 * scale), round(HEIGHT * scale))
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
        head.addWidget(self.strip)
        self._column.addLayout(head)
        self._column.addLayout(self.body, 1)
        self._column.addLayout(self.foot)
        self.foot.addStretch()
        self.add_to_foot(self.back)

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


class NoCodePage(Page):
    """Somebody without a code: does the volunteer know them?"""

    def __init__(self, theme: Theme, touch: Touch, parent: QWidget) -> None:
        super().__init__(theme, touch, parent)
        self.title.setText(self.tr("没有码：您认识这个人吗？"))
        for column, (vouch, label) in enumerate(
            ((Vouch.KNOWN, self.tr("认识，本小区的")), (Vouch.STRANGER, self.tr("不认识")))
        ):
            button = KeyButton(label, str(column + 1), touch, self)
            button.setObjectName("choice")
            button.tapped.connect(lambda vouch=vouch: self._choose(vouch))
            self.body.addWidget(button, 0, column)

    def type(self, character: str, now: float) -> None:
        super().type(character, now)
        choices = {"1": Vouch.KNOWN, "2": Vouch.STRANGER}
        if character in choices:
            self._choose(choices[character])


class ColourPage(Page):
    """A regional code does not tell its colour to a camera; the volunteer's eye does."""

    def __init__(self, theme: Theme, touch: Touch, parent: QWidget) -> None:
        super().__init__(theme, touch, parent)
        self.title.setText(self.tr("请看他手机上的码：是什么颜色？"))
        labels = {"green": self.tr("绿码"), "yellow": self.tr("黄码"), "red": self.tr("红码")}
        for column, (colour, label) in enumerate(labels.items()):
            button = KeyButton(label, str(column + 1), touch, self)
            button.setObjectName("choice")
            button.setProperty("code", colour)
            button.tapped.connect(lambda colour=colour: self._choose(colour))
            self.body.addWidget(button, 0, column)

    def type(self, character: str, now: float) -> None:
        super().type(character, now)
        choices = {"1": "green", "2": "yellow", "3": "red"}
        if character in choices:
            self._choose(choices[character])


class CorrectionPage(Page):
    """The last verdict was wrong: which is right? The first entry stays."""

    def __init__(self, theme: Theme, touch: Touch, parent: QWidget) -> None:
        super().__init__(theme, touch, parent)
        self.title.setObjectName("entry")  # in the regular face: it may hold a rare character of a name
        self._choices = [
            VerdictButton(severity, str(severity + 1), theme, touch, self) for severity in Severity
        ]
        for severity, button in zip(Severity, self._choices, strict=True):
            button.tapped.connect(lambda severity=severity: self._choose(severity))
            self.body.addWidget(button, 0, int(severity))

    def show_last(self, said: str) -> None:
        """Name the entry that a choice will correct."""
        self.title.setText(self.tr("改判：{entry}").format(entry=said))

    def dress(self, theme: Theme, scale: float) -> None:
        super().dress(theme, scale)
        for button in self._choices:
            button.dress(theme, scale)

    def type(self, character: str, now: float) -> None:
        super().type(character, now)
        choices = {str(severity + 1): severity for severity in Severity}
        if character in choices:
            self._choose(choices[character])
