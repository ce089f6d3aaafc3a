"""A question that also asks why: one of a short list, and a word more if there is one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout

from station.ui.admin import people_words as words
from station.ui.admin.parts import Asking, Command, Field, Picker, label, row

_LONGEST = 100


class ReasonQuestion(Asking):
    """Asked where it belongs; the button that does nothing has the focus."""

    def __init__(self) -> None:
        super().__init__()
        self._act: Callable[[str], None] | None = None
        self._text = label(wrap=True)
        self.reason = Picker()
        self.more = Field(self.tr("补一句（可以不填）"))
        self.more.setMaxLength(_LONGEST)
        self._no = Command(self.tr("不用了"), lambda: self.answer(yes=False))
        self._yes = Command("", lambda: self.answer(yes=True), "danger")
        asked = row(self._text, self._no, self._yes)
        asked.setStretch(0, 1)
        why = row(label(self.tr("为什么")), self.reason, self.more)
        why.setStretch(1, 2)
        why.setStretch(2, 3)
        column = QVBoxLayout(self)
        column.addLayout(asked)
        column.addLayout(why)
        self.hide()

    @property
    def text(self) -> str:
        return self._text.text()

    def ask(self, text: str, yes: str, reasons: Sequence[str], act: Callable[[str], None]) -> None:
        """`reasons` are words of `people_words.why`; `act` is given the one, with what was typed below it."""
        self._act = act
        self._text.setText(text)
        self._yes.setText(yes)
        self.reason.clear()
        for word in reasons:
            self.reason.addItem(words.why(word), word)
        self.more.clear()
        self.show()
        self._no.setFocus()

    def answer(self, *, yes: bool) -> None:
        act, self._act = self._act, None
        why = "\n".join(part for part in (str(self.reason.currentData()), self.more.text().strip()) if part)
        self.more.clear()
        self.hide()
        if yes and act:
            act(why)
