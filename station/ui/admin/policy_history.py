"""Who changed the policy, when and why, and which values it changed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from station.ui.admin import policy_speech
from station.ui.admin.parts import Command, label, row
from station.ui.admin.policy_changes import Change, changes
from station.ui.admin.policy_desk import HistoryLine
from station.ui.admin.policy_parts import Lines
from station.ui.admin.table import Line, Table

_REASON_COLUMN = 4


class HistoryPage(QWidget):
    """`taken` with the text of a former policy that shall be the draft."""

    taken = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.table = Table(self._titles(), _REASON_COLUMN)
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.what, self.changed = label(name="heading", wrap=True), Lines(beside=False)
        self.take = Command(self.tr("拿这一版来改"), self._take)
        self._middle, self._right, self._column = QHBoxLayout(), QVBoxLayout(), QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._right.addWidget(self.what)
        self._right.addWidget(self.changed, 1)
        self._right.addLayout(row(None, self.take))
        self._middle.addWidget(self.table, 3)
        self._middle.addLayout(self._right, 2)
        self._column.addLayout(self._middle, 1)
        self.table.marked_changed.connect(self._show_marked)

    def show_history(self, history: Sequence[HistoryLine]) -> None:
        self.table.show_lines([self._line(one) for one in history], self._titles())
        self.table.mark(list(history[:1]))

    def _line(self, one: HistoryLine) -> Line:
        which = policy_speech.label(one.policy) if one.policy else self.tr("这个程序读不懂")
        by = one.by if one.genuine else self.tr("不是本机签的")
        what = policy_speech.event(one.what)
        return Line(one, (f"{one.at:%m-%d %H:%M}", what, which, by, one.reason))

    def _show_marked(self) -> None:
        (one,) = self.table.marked or (None,)
        if not isinstance(one, HistoryLine):
            self.what.setText(self.tr("还没有人改过规则。"))
            self.changed.show_lines([])
            self.take.setEnabled(False)
            return
        found = changes(one.before, one.policy) if one.before and one.policy else []
        self.what.setText(self._heading(one, len(found)))
        self.changed.show_lines([_change(change) for change in found])
        self.take.setEnabled(one.policy is not None and one.genuine)

    def _heading(self, one: HistoryLine, count: int) -> str:
        if not one.genuine:
            return self.tr("这一条不是本机签的，没有使用。请找管理员。")
        if count:
            return self.tr("改了 {count} 处").format(count=count)
        return self.tr("没有改数字和判定") if one.before else self.tr("这是第一条，没有可以比的")

    def _take(self) -> None:
        (one,) = self.table.marked or (None,)
        if isinstance(one, HistoryLine):
            self.taken.emit(one.text)

    def _titles(self) -> list[str]:
        return [self.tr("时间"), self.tr("做了什么"), self.tr("规则"), self.tr("编号"), self.tr("为什么")]

    def dress(self, scale: float) -> None:
        for layout in (self._column, self._middle, self._right):
            layout.setSpacing(round(10 * scale))
        self.table.dress(scale)
        self.changed.dress(scale)


def _change(one: Change) -> tuple[str, str]:
    before, after = (policy_speech.value(one.field, what) for what in (one.before, one.after))
    return policy_speech.place(one.place), policy_speech.line(one.field, f"{before} → {after}")
