"""What waits for a second person (待核对): isolations and blocks, confirmed by another one or rejected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station.ui.admin import inside_words
from station.ui.admin import people_words as words
from station.ui.admin.parts import Command, Field, label, row
from station.ui.admin.people_desk import DeskError, PeopleDesk, Waiting
from station.ui.admin.sections import Host
from station.ui.admin.table import Line, Table


class WaitingPage(QWidget):
    """`changed` with how many wait."""

    changed = Signal(int)

    def __init__(self, host: Host, desk: PeopleDesk, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._host, self._desk, self._now = host, desk, now
        self.hint = label(name="note", wrap=True)
        self.table = Table(self._titles(), 2)  # what is reported, and why, is the longest
        self.operator = Field(self.tr("核对人的编号"))
        self.confirm = Command(self.tr("核对过，属实"), lambda: self._settle(confirmed=True), "main")
        self.reject = Command(self.tr("不对，退回"), lambda: self._settle(confirmed=False))
        self.table.marked_changed.connect(self._show_marked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.hint)
        column.addWidget(self.table, 1)
        column.addLayout(row(self.operator, self.reject, self.confirm))

    def _titles(self) -> list[str]:
        return [
            self.tr("房号"), self.tr("谁"), self.tr("报的是"), self.tr("从什么时候"),
            self.tr("谁报的（编号）"),
        ]  # fmt: skip

    def enter(self) -> None:
        self.read()
        self.operator.setFocus()

    def leave(self) -> None:
        self.operator.clear()

    def read(self) -> None:
        try:
            waiting: Sequence[Waiting] = self._desk.waiting()
        except DeskError as error:
            waiting = ()
            self._host.say(str(error), trouble=True)
        self.table.show_lines([self._line(one) for one in waiting], self._titles())
        self.hint.setText(
            self.tr("报的人不能自己核对。请对照通知或名单，一条一条看；点一行选中它")
            if waiting
            else self.tr("没有要核对的")
        )
        self.changed.emit(len(waiting))

    def _line(self, one: Waiting) -> Line:
        now = self._now()
        what = words.about(words.kind(one.fact.kind), words.value(one.fact.value))
        return Line(
            one,
            (
                one.dwelling or "—",
                one.who or self.tr("全家"),
                words.aside(what, one.why) if one.why else what,
                words.when(one.fact, now),
                f"{one.by} · {inside_words.clock(one.proposed_at, now)}",
            ),
        )

    @property
    def marked(self) -> list[Waiting]:
        return [one for one in self.table.marked if isinstance(one, Waiting)]

    def _show_marked(self) -> None:
        for button in (self.confirm, self.reject):
            button.setEnabled(bool(self.marked))

    def _settle(self, *, confirmed: bool) -> None:
        chosen, done = self.marked, 0
        try:
            for one in chosen:
                self._desk.settle(one.number, self.operator.text(), confirmed=confirmed)
                done += 1
        except DeskError as error:
            self.read_keeping(chosen[done:])
            self._host.say(str(error), trouble=True)
            return
        self.read()
        said = self.tr("{count} 条核对好了，马上就算") if confirmed else self.tr("{count} 条退回了，不算")
        self._host.say(said.format(count=done))

    def read_keeping(self, marked: Sequence[Waiting]) -> None:
        """Anew, with these still marked: another number may be typed."""
        self.read()
        self.table.mark(list(marked))

    def dress(self, scale: float) -> None:
        self.table.dress(scale)
