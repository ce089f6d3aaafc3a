"""A question that is answered with a sentence of one's own: why. Without one nothing happens."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout

from station.ui.admin.parts import Asking, Command, Field, label, row
from station.ui.admin.two_signatures import TwoSignatures, TypedSignature

_LONGEST = 100
Act = Callable[[str, Sequence[TypedSignature]], bool]


class WhyQuestion(Asking):
    """Asked where it belongs, without a dialog."""

    def __init__(self) -> None:
        super().__init__()
        self._act: Act | None = None
        self._text = label(wrap=True)
        self.why = Field(self.tr("比如：街道流调组要，李科长"))
        self.why.setMaxLength(_LONGEST)
        self.why.returnPressed.connect(lambda: self.answer(yes=bool(self.why.text().strip())))
        self._signing, self.two = label(wrap=True), TwoSignatures()
        self._yes = Command("", lambda: self.answer(yes=True), "danger")
        self._no = Command(self.tr("不用了"), lambda: self.answer(yes=False))
        line = row(self._text, self.why, self._no, self._yes)
        line.setStretch(0, 2)
        line.setStretch(1, 3)
        column = QVBoxLayout(self)
        column.addLayout(line)
        column.addWidget(self._signing)
        column.addWidget(self.two)
        self.hide()

    def ask(self, text: str, yes: str, act: Act, *, by_two: str = "") -> None:
        """`yes` says what happens; `act` is given the reason, which is never empty, and who signed.

        `by_two`: why two have to sign, if they have to. If it says no, all that was typed stays but the PINs.
        """
        self._act = act
        self._text.setText(text)
        self._yes.setText(yes)
        self.why.clear()
        self.two.forget()
        self._signing.setText(by_two)
        for part in (self._signing, self.two):
            part.setVisible(bool(by_two))
        self.show()
        self.why.setFocus()

    def answer(self, *, yes: bool) -> None:
        act, why = self._act, self.why.text().strip()
        if yes and not why:
            self.why.setFocus()
            return
        if yes and act and not act(why, self.two.typed):
            for pin in self.two.pins:
                pin.clear()
            return
        self._act = None
        self.why.clear()
        self.two.forget()
        self.hide()
