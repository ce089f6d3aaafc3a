"""What a camera cannot see: the colour on a phone, a test's result, a journey. One question after another.

Chooses a tuple of `core.asking.Answer`. What holds the person anyhow is passed on at once; what was answered
when nobody goes on is not lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from station.core.asking import Answer, Asked, Question
from station.core.facts import TestState
from station.core.model import CodeKind
from station.core.outcome import Recorded
from station.ui.buttons import KeyButton
from station.ui.pages import Page
from station.ui.theme import Theme
from station.ui.touch import Touch

MOST = 8  # buttons
_WIDE = 3  # so many lie side by side; of more, as many above as below


@dataclass(frozen=True, slots=True)
class Choice:
    """One button; `look` is the name of its colours, empty for the usual ones."""

    label: str
    answer: Answer
    look: str = ""


class AskingPage(Page):
    def __init__(self, theme: Theme, touch: Touch, parent: QWidget) -> None:
        super().__init__(theme, touch, parent)
        self._tap = touch
        self._asked: tuple[Asked, ...] = ()
        self._given: list[Answer] = []
        self._buttons = [KeyButton("", str(place + 1), touch, self) for place in range(MOST)]
        for place, button in enumerate(self._buttons):
            button.setObjectName("choice")
            button.tapped.connect(lambda place=place: self._take(place))

    def ask(self, asked: Sequence[Asked]) -> None:
        """These questions, one after another."""
        self._asked, self._given = tuple(asked), []
        self._show()

    def tick(self, now: float) -> None:
        was_open = self.isVisible()
        super().tick(now)
        if was_open and not self.isVisible() and self._given:
            self._choose(tuple(self._given))

    def type(self, character: str, now: float) -> None:
        super().type(character, now)
        if character in "12345678":
            self._take(int(character) - 1)

    def erase(self, now: float) -> None:
        """The question before was answered wrongly."""
        super().erase(now)
        if self._given:
            self._given.pop()
            self._show()

    def _take(self, place: int) -> None:
        choices = self._choices()
        if place >= len(choices):
            return
        answer = choices[place].answer
        self._given.append(answer)
        if answer.settles or len(self._given) == len(self._asked):
            self._choose(tuple(self._given))
            return
        self._tap.hold()  # other buttons appear under the finger
        self.stay()
        self._show()

    # --- what is shown ------------------------------------------------------------------------

    def _show(self) -> None:
        choices, number, count = self._choices(), len(self._given) + 1, len(self._asked)
        told = self._question()
        self.title.setText(told if count == 1 else f"{told} {number}/{count}")
        for place, button in enumerate(self._buttons):
            self.body.removeWidget(button)
            button.setVisible(place < len(choices))
        columns = len(choices) if len(choices) <= _WIDE else (len(choices) + 1) // 2
        for column in range(MOST):
            self.body.setColumnStretch(column, int(column < columns))
        for place, choice in enumerate(choices):
            button = self._buttons[place]
            button.show_label(choice.label)
            button.wear("code", choice.look)
            self.body.addWidget(button, place // columns, place % columns)

    def _question(self) -> str:
        texts = {
            Question.COLOUR: self.tr("请看他手机上的码：是什么颜色？"),
            Question.TEST: self.tr("请看他手机上的核酸：什么时候采样的？"),
            Question.TRAVEL: self.tr("请问他：14 天里去过重点区域吗？"),
        }
        return texts[self._asked[len(self._given)].question]

    def _choices(self) -> tuple[Choice, ...]:
        if len(self._given) >= len(self._asked):
            return ()
        asked = self._asked[len(self._given)]
        if asked.question is Question.COLOUR:
            return self._colours()
        return self._results(asked) if asked.question is Question.TEST else self._journeys()

    def _colours(self) -> tuple[Choice, ...]:
        labels = {"green": self.tr("绿码"), "yellow": self.tr("黄码"), "red": self.tr("红码")}
        return tuple(
            Choice(label, Answer(Question.COLOUR, colour), colour) for colour, label in labels.items()
        )

    def _results(self, asked: Asked) -> tuple[Choice, ...]:
        """As phones show it: negative within so many hours, or why there is nothing to show."""
        fresh = [
            Choice(
                self.tr("{hours} 小时阴性").format(hours=f"{hours:g}"),
                Answer(Question.TEST, TestState.NEGATIVE, hours),
                "green",
            )
            for hours in asked.classes_h[-4:]
        ]
        return (
            *fresh,
            Choice(self.tr("没做、过期了"), Answer(Question.TEST, TestState.NONE)),
            Choice(self.tr("还没出结果"), Answer(Question.TEST, TestState.UNKNOWN)),
            Choice(self.tr("阳性"), Answer(Question.TEST, TestState.POSITIVE), "red"),
        )

    def _journeys(self) -> tuple[Choice, ...]:
        return (
            Choice(self.tr("没去过"), Answer(Question.TRAVEL, "no")),
            Choice(self.tr("去过"), Answer(Question.TRAVEL, "yes")),
        )


def asked_of(outcome: Recorded) -> Sequence[Asked]:
    """What is still to be asked; of a code that does not hold its colour, the colour in any case."""
    code = outcome.stored.entry.code
    regional = code is not None and code.kind == CodeKind.REGIONAL
    return outcome.asks or ((Asked(Question.COLOUR),) if regional else ())
