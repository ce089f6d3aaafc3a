"""A question that is answered with a sentence of one's own: why. Without one nothing happens."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout

from station.ui.admin.parts import Command, Field, label

_LONGEST = 100


class WhyQuestion(QFrame):
    """Asked where it belongs, without a dialog."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("question")
        self._act: Callable[[str], None] | None = None
        self._text = label(wrap=True)
        self.why = Field(self.tr("比如：街道流调组要，李科长"))
        self.why.setMaxLength(_LONGEST)
        self.why.returnPressed.connect(lambda: self.answer(yes=bool(self.why.text().strip())))
        self._yes = Command("", lambda: self.answer(yes=True), "danger")
        self._no = Command(self.tr("不用了"), lambda: self.answer(yes=False))
        line = QHBoxLayout(self)
        line.addWidget(self._text, 2)
        line.addWidget(self.why, 3)
        line.addWidget(self._no)
        line.addWidget(self._yes)
        self.hide()

    def ask(self, text: str, yes: str, act: Callable[[str], None]) -> None:
        """`yes` says what happens; `act` is given the reason, which is never empty."""
        self._act = act
        self._text.setText(text)
        self._yes.setText(yes)
        self.why.clear()
        self.show()
        self.why.setFocus()

    def answer(self, *, yes: bool) -> None:
        act, why = self._act, self.why.text().strip()
        if yes and not why:
            self.why.setFocus()
            return
        self._act = None
        self.why.clear()
        self.hide()
        if yes and act:
            act(why)
