"""Somebody is unclear: why, in one tap, and the center is asked. Chooses an `Unclear`."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from station.core.help import Unclear
from station.ui import help_words
from station.ui.buttons import KeyButton
from station.ui.pages import Page
from station.ui.theme import Theme
from station.ui.touch import Touch

_COLUMNS = 2


class QuestionPage(Page):
    def __init__(self, theme: Theme, touch: Touch, parent: QWidget) -> None:
        super().__init__(theme, touch, parent)
        self.title.setObjectName("entry")  # in the regular face: it may hold a rare character of a name
        self._reasons = tuple(Unclear)
        for place, one in enumerate(self._reasons):
            button = KeyButton(help_words.unclear(one), str(place + 1), touch, self)
            button.setObjectName("choice")
            button.tapped.connect(lambda one=one: self._choose(one))
            self.body.addWidget(button, place // _COLUMNS, place % _COLUMNS)

    def show_last(self, said: str) -> None:
        """About whom: the newest entry, as the list beside the verdict has it."""
        self.title.setText(self.tr("问中心：{entry}").format(entry=said))

    def type(self, character: str, now: float) -> None:
        super().type(character, now)
        place = "123456".find(character)
        if place >= 0:
            self._choose(self._reasons[place])
