"""One past entry explained: what was known, by which rules, all reasons, and whether it is the same again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from station.core.explain import is_operators_word
from station.core.explained import Explained
from station.ui import words as verdict_words
from station.ui.admin import entries_words as words
from station.ui.admin.amend_question import AmendQuestion
from station.ui.admin.entries_desk import Explanation
from station.ui.admin.parts import Command, Picker, label, row
from station.ui.admin.policy_parts import Lines


class EntryPage(QWidget):
    """`left` when it is closed, `neighbour` with -1 or 1 for the one above or below in the list.

    `amended` with a Severity and an OverrideReason when somebody corrects the verdict.
    """

    left = Signal()
    neighbour = Signal(int)
    amended = Signal(object, object)

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._now = now
        self._explanation: Explanation | None = None
        self.back = Command(self.tr("← 回列表"), self.left.emit, "flat")
        self.heading = label(name="heading", wrap=True)
        self.newer = Command(self.tr("↑ 上一条"), lambda: self.neighbour.emit(-1), "flat")
        self.older = Command(self.tr("↓ 下一条"), lambda: self.neighbour.emit(1), "flat")
        self.step = Picker()
        self.step.currentIndexChanged.connect(lambda index: self._show_step())
        self.outcome = label(name="heading", wrap=True)
        self.amend = Command(self.tr("更正"), self._ask_to_amend)
        self.question = AmendQuestion()
        self.question.answered.connect(self.amended)
        self.corrections = label(wrap=True)
        self.reasons, self.evidence = Lines(beside=False), Lines(beside=False)
        self._build()

    def _build(self) -> None:
        head = row(self.back, self.heading, self.newer, self.older)
        head.setStretch(1, 1)
        line = row(self.outcome, self.step, self.amend)
        line.setStretch(0, 3)
        line.setStretch(1, 2)
        self._middle = QHBoxLayout()
        self._middle.addWidget(self.reasons, 1)
        self._middle.addWidget(self.evidence, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addLayout(line)
        column.addWidget(self.corrections)
        column.addWidget(self.question)
        column.addLayout(self._middle, 1)

    def show_explanation(self, explanation: Explanation) -> None:
        """The passage as it was decided first; what corrected it can be picked."""
        self._explanation = explanation
        self.question.hide()
        line, now = explanation.line, self._now()
        at = f"{line.at:%H:%M:%S}" if line.at.date() == now.date() else f"{line.at:%Y-%m-%d %H:%M:%S}"
        number = self.tr("第 {number} 条").format(number=line.number)
        who = f"{words.who(line)} {line.dwelling}".strip()
        self.heading.setText(" · ".join((number, at, words.way(line.way), who, words.verdicts(line))))
        later = [one.stored.entry for one in explanation.steps[1:]]
        self.corrections.setText("\n".join(words.corrected(one, now) for one in later))
        self.corrections.setVisible(bool(later))
        self.step.blockSignals(True)
        self.step.clear()
        for number_of, one in enumerate(explanation.steps):
            self.step.addItem(self._step_name(number_of, one))
        self.step.blockSignals(False)
        self.step.setVisible(bool(later))
        self._show_step()

    def _ask_to_amend(self) -> None:
        if self._explanation:
            self.question.ask(self._explanation.line.stands)

    def _step_name(self, number: int, one: Explained) -> str:
        verdict = verdict_words.verdict_name(one.stored.entry.decision)
        text = self.tr("看更正：{verdict}") if number else self.tr("看第一次：{verdict}")
        return text.format(verdict=verdict)

    def _show_step(self) -> None:
        if self._explanation is None:
            return
        explained = self._explanation.steps[self.step.currentIndex()]
        entry, now = explained.stored.entry, self._now()
        self.outcome.setText(words.outcome(explained))
        self.reasons.show_lines(words.reason_lines(entry))
        lines = words.rules_lines(entry)
        if not is_operators_word(entry):  # which says nothing about the person: the first one does
            lines = [*words.fact_lines(entry, now), *words.evidence_lines(entry), *lines]
        self.evidence.show_lines(lines)

    def forget(self) -> None:
        """Out of sight: nothing of anybody stays on it."""
        self._explanation = None
        self.question.hide()
        for one in (self.heading, self.outcome, self.corrections):
            one.clear()
        for lines in (self.reasons, self.evidence):
            lines.show_lines([])

    def dress(self, scale: float) -> None:
        self._middle.setSpacing(round(10 * scale))
