"""Who did what (谁做过什么): the audit of a day, by operator and by kind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import cast

from PySide6.QtWidgets import QFrame, QVBoxLayout

from station.core.audit import Line
from station.ui import operator_words
from station.ui.admin import table
from station.ui.admin.desk import DeskError
from station.ui.admin.operators_desk import OperatorsDesk
from station.ui.admin.parts import Command, Picker, label, row
from station.ui.admin.sections import Host
from station.ui.theme import Theme


class AuditPage(QFrame):
    """Read only; what stands here nobody can take away, nor can an admin."""

    def __init__(self, desk: OperatorsDesk, host: Host) -> None:
        super().__init__()
        self._desk, self._host = desk, host
        self._day, self._lines, self._names = date.min, tuple[Line, ...](), dict[str, str]()
        self._kinds = dict[str, str]()  # in words: of thousands of lines there are some dozen
        self._read_day: date | None = None  # of which the lines are; None: not read, or not to the end
        self.day, self.count = label("", "heading"), label("", "note", wrap=True)
        self.before, self.after = Command("←", lambda: self._go(-1)), Command("→", lambda: self._go(1))
        self.before.setAccessibleName(self.tr("前一天"))
        self.after.setAccessibleName(self.tr("后一天"))
        self.who, self.kind = Picker(), Picker()
        for picker, name in ((self.who, self.tr("谁")), (self.kind, self.tr("做了什么"))):
            picker.setAccessibleName(name)
            picker.currentIndexChanged.connect(lambda index: self._show())
        self.table = table.Table(self._titles(), 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        line = row(self.before, self.day, self.after, self.who, self.kind)
        for place, share in ((3, 2), (4, 2)):
            line.setStretch(place, share)
        column.addLayout(line)
        column.addWidget(self.table, 1)
        column.addWidget(self.count)

    def _titles(self) -> Sequence[str]:
        return (self.tr("时间"), self.tr("谁"), self.tr("做了什么"), self.tr("说明"))

    def enter(self) -> None:
        """Today, whatever was looked at last."""
        self._day = self._desk.today()
        self._read()

    def leave(self) -> None:
        self._day = date.min  # what is still read is for nobody any more
        self._list_nothing()

    def _go(self, days: int) -> None:
        self._day = min(self._day + timedelta(days=days), self._desk.today())
        self._read()

    def _read(self) -> None:
        """Beside the gate, where people go on passing."""
        day = self._day
        self.day.setText(f"{day:%Y-%m-%d}")
        self.after.setEnabled(day < self._desk.today())
        if day != self._read_day:
            self._list_nothing()
        try:
            self._names = {one.number: one.name for one in self._desk.people()}
            job = self._desk.audit(day)
        except DeskError as error:
            self._failed(day, error)
            return
        said = self.tr("正在核对这一天的签名")
        self._host.work(
            said, job, lambda lines: self._take(day, lines), lambda error: self._failed(day, error)
        )

    def _take(self, day: date, lines: object) -> None:
        if day == self._day:
            self._list(cast("Sequence[Line]", lines))
        elif self._day != date.min:
            self._read()  # another day was chosen meanwhile, and had to wait

    def _failed(self, day: date, error: Exception) -> None:
        if day == self._day:
            self._list_nothing()
            self._host.say(str(error), trouble=True)
        elif self._day != date.min:
            self._read()

    def _list_nothing(self) -> None:
        """What was chosen to be seen stays chosen: the next day may have it, too."""
        self._lines, self._read_day = (), None
        self._show()

    def _list(self, lines: Sequence[Line]) -> None:
        self._lines, self._read_day = tuple(lines), self._day
        self._kinds = {
            what: operator_words.audited(what) for what in dict.fromkeys(one.what for one in lines)
        }
        who = {line.who: self._who(line) for line in self._lines}
        _offer(self.who, self.tr("所有人"), who)
        _offer(self.kind, self.tr("所有事"), self._kinds)
        self._show()

    def _show(self) -> None:
        who, kind = self.who.currentData(), self.kind.currentData()
        lines = [line for line in self._lines if (who in (None, line.who)) and (kind in (None, line.what))]
        self.table.show_lines([self._line(line) for line in lines], self._titles())
        if self._read_day is None:
            self.count.setText(self.tr("还没有读出来。要再读一次，请点“谁做过什么”"))
            return
        forged = sum(not line.genuine for line in self._lines)
        told = self.tr("{count} 条。没有人能改，也没有人能删。").format(count=len(lines))
        if forged:
            told = self.tr("有 {count} 条被别的程序动过，已标出。请不要再动这台电脑，联系技术人员。").format(
                count=forged
            )
        self.count.setText(told)

    def _line(self, line: Line) -> table.Line:
        at = self._desk.local(line.at)
        what = self._kinds[line.what]
        if not line.genuine:
            what = self.tr("▲ 被动过：{what}").format(what=what)
        said = (self._about(line), operator_words.facts(line), line.note.replace("\n", " "))
        cells = (f"{at:%H:%M:%S}", self._who(line), what, " · ".join(part for part in said if part))
        return table.Line(line.number, cells, can_be_marked=False)

    def _who(self, line: Line) -> str:
        if not line.who:
            return self.tr("没人签到")
        name = self._names.get(line.who, "")
        role = f" {operator_words.role(line.role)}" if line.role else ""
        return f"{name} {line.who}{role}".strip()

    def _about(self, line: Line) -> str:
        """Which operator, if another one; ids of people stand in `station audit --json`."""
        if line.subject == line.who or line.subject not in self._names:
            return ""
        return f"{self._names[line.subject]} {line.subject}"

    def dress(self, theme: Theme, scale: float) -> None:
        self.table.dress(scale)


def _offer(picker: Picker, everything: str, choices: dict[str, str]) -> None:
    """These to choose from; what was chosen stays, if it is there."""
    chosen = picker.currentData()
    picker.blockSignals(True)
    picker.clear()
    picker.addItem(everything, None)
    for value, text in choices.items():
        picker.addItem(text, value)
    picker.setCurrentIndex(max(0, picker.findData(chosen)) if chosen else 0)
    picker.blockSignals(False)
