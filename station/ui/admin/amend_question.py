"""Correcting a past verdict: what is right, and why, of the short list. The first verdict stays."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from station.core.override import OverrideReason
from station.core.reasons import Severity
from station.ui import override_words
from station.ui import words as verdict_words
from station.ui.admin.parts import Asking, Command, Picker, label, row


class AmendQuestion(Asking):
    """`answered` with a Severity and an OverrideReason. The button that does nothing has the focus."""

    answered = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.to, self.why = Picker(), Picker()
        self.to.setAccessibleName(self.tr("改成"))
        self.why.setAccessibleName(self.tr("为什么"))
        for reason in OverrideReason:
            if reason is not OverrideReason.OTHER:  # it needs a note, for which there is no place here
                self.why.addItem(override_words.reason(reason), reason.value)
        self._no = Command(self.tr("不改"), self.hide)
        self._yes = Command(self.tr("更正"), self._answer, "danger")
        column = QVBoxLayout(self)
        column.addLayout(row(label(self.tr("改成")), self.to, None, self._no, self._yes))
        why = row(label(self.tr("为什么")), self.why)
        why.setStretch(1, 1)  # in other languages a reason is a sentence
        column.addLayout(why)
        self.hide()

    def ask(self, stands: Severity) -> None:
        """About a passage whose verdict is this one now."""
        self.to.clear()
        for severity in sorted(Severity):
            if severity is not stands:
                self.to.addItem(verdict_words.verdict_name(severity), int(severity))
        self.show()
        self._no.setFocus()

    def _answer(self) -> None:
        self.hide()
        self.answered.emit(Severity(self.to.currentData()), OverrideReason(self.why.currentData()))
