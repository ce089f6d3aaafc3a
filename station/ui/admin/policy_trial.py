"""What a draft would have made of a day; only after that can it be activated."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta, tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station.core.hindsight import Differing
from station.core.whatif import WhatIf
from station.ui import words
from station.ui.admin import policy_speech
from station.ui.admin.parts import Command, Picker, label, row
from station.ui.admin.policy_desk import Trial
from station.ui.admin.policy_parts import Signature
from station.ui.admin.table import Line, Table

MOST_LINES = 500  # more than anybody reads; each one's name is looked up
DAYS = 7
_WHY_COLUMN = 4
Who = Callable[[Differing], str]


class TrialPage(QWidget):
    """`asked` for a trial of a day, None for the newest; a draft may be kept before, activated after it."""

    asked = Signal(object)
    keeping = Signal()
    activating = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._days: list[date | None] = [None]
        self.zone: tzinfo | None = None  # the gate's; None: the PC's
        self.what, self.summary = label(name="heading", wrap=True), label(wrap=True)
        self.day = Picker()
        self.start = Command(self.tr("试算"), lambda: self.asked.emit(self._days[self.day.currentIndex()]))
        self.table = Table(self._titles(), _WHY_COLUMN)
        self.signature = Signature()
        self.keep = Command(self.tr("先存着"), self.keeping.emit)
        self.activate = Command(self.tr("启用"), self.activating.emit, "main")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.what)
        self._column.addLayout(row(label(self.tr("拿这天的记录试")), self.day, self.start, None))
        self._column.addWidget(self.summary)
        self._column.addWidget(self.table, 1)
        self._foot = row(self.signature, self.keep, self.activate)
        self._foot.setStretch(0, 1)
        self._column.addLayout(self._foot)

    def offer_days(self, today: date) -> None:
        """The newest day with entries, and the last ones of the calendar."""
        self._days = [None, *(today - timedelta(days=number) for number in range(DAYS))]
        self.day.clear()
        self.day.addItems([self.tr("最近有记录的那天"), *(f"{day:%Y-%m-%d}" for day in self._days if day)])

    def forget(self, what: str, *, differs: bool) -> None:
        """A draft that was not tried yet: it cannot be activated."""
        self.what.setText(what)
        self.summary.setText(
            self.tr("先试算，看看会有什么不一样，再启用。")
            if differs
            else self.tr("草稿和现行的一样，没有什么可试。先到“改”那里改。")
        )
        self.table.show_lines([], self._titles())
        for widget in (self.start, self.keep, self.signature):
            widget.setEnabled(differs)
        self.activate.setEnabled(False)

    def show_trial(self, trial: Trial, who: Who) -> None:
        """What would differ; from now on it can be activated."""
        tried = trial.tried
        self.summary.setText(_summary(trial))
        shown = tried.differing[:MOST_LINES]
        self.table.show_lines([self._line(one, who(one)) for one in shown], self._titles())
        self.activate.setEnabled(True)

    def _line(self, one: Differing, who: str) -> Line:
        change = f"{words.verdict_name(one.before)} → {words.verdict_name(one.now.severity)}"
        way = policy_speech.fact_value("", one.entry.direction)
        at = one.entry.at.astimezone(self.zone)
        cells = (f"{at:%H:%M}", way, change, who or self.tr("不认识"), policy_speech.reasons(one.now))
        return Line(one, cells, can_be_marked=False)

    def _titles(self) -> list[str]:
        return [
            self.tr("时间"),
            self.tr("方向"),
            self.tr("会变成"),
            self.tr("谁"),
            self.tr("为什么"),
        ]

    def dress(self, scale: float) -> None:
        self._column.setSpacing(round(10 * scale))
        self.table.dress(scale)


def _summary(trial: Trial) -> str:
    tried = trial.tried
    if not tried.judged:
        return policy_speech.no_entries()
    said = policy_speech.tried(f"{trial.day:%Y-%m-%d}" if trial.day else "", tried.judged, _counts(tried))
    if len(tried.differing) > MOST_LINES:
        said += policy_speech.only_first(MOST_LINES)
    return said + (policy_speech.not_tried(tried.unexplained) if tried.unexplained else "")


def _counts(tried: WhatIf) -> list[str]:
    return [
        f"{words.verdict_name(before)} → {words.verdict_name(after)} {count}"
        for (before, after), count in sorted(tried.counts.items())
        if before is not after
    ]
