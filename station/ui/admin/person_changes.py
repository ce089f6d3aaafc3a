"""Who changed what of a person, and when (谁改过): so that it can be answered later."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station.ui.admin import people_words as words
from station.ui.admin.parts import Command, label, row
from station.ui.admin.people_desk import ChangeLine
from station.ui.admin.policy_parts import Lines

MOST = 200  # lines: years of daily tests are no reading


class PersonChanges(QWidget):
    left = Signal()

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._now = now
        self.hint = label(name="note", wrap=True)
        self.lines = Lines(beside=True)
        self.back = Command(self.tr("回卡片"), self.left.emit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.hint)
        column.addWidget(self.lines, 1)
        column.addLayout(row(self.back, None))

    def show_changes(self, changes: Sequence[ChangeLine]) -> None:
        now = self._now()
        self.lines.show_lines([(_heading(one, now), words.changed(one, now)) for one in changes[:MOST]])
        if len(changes) > MOST:
            self.hint.setText(self.tr("只列最近 {count} 条，新的在上面").format(count=MOST))
        elif changes:
            self.hint.setText(self.tr("一共 {count} 条，新的在上面").format(count=len(changes)))
        else:
            self.hint.setText(self.tr("没有人改过"))


def _heading(one: ChangeLine, now: datetime) -> str:
    """When, and who answers for it."""
    return f"{words.moment(one.at, now)} · {words.who_did(one)}"
