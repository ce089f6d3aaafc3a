"""Announced visitors: typed, or imported from a simple list; withdrawn if they do not come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from station.ui.admin import inside_words
from station.ui.admin.parts import Command, Field, Question, Switch, label, row
from station.ui.admin.places import Place
from station.ui.admin.sections import Host
from station.ui.admin.table import Line, Table
from station.ui.admin.visits_desk import AnnouncedLine, DeskError, VisitBook

_MOST_SAID = 3  # faults of a list that are told in full


class ExpectedPage(QWidget):
    def __init__(
        self,
        host: Host,
        book: VisitBook,
        where: Callable[[], Sequence[Place]],
        now: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._host, self._book, self._where, self._now = host, book, where, now
        self._lines: Sequence[AnnouncedLine] = ()
        self.fields = {
            "house": Field(self.tr("房号，如 3-2-501"), plain=True),
            "name": Field(self.tr("访客姓名")),
            "phone": Field(self.tr("电话或尾号"), plain=True),
            "people": Field(self.tr("几人"), plain=True),
            "begins": Field(self.tr("从 2022-04-01 14:00"), plain=True),
            "ends": Field(self.tr("到（不写就是当天）"), plain=True),
        }
        self.add = Command(self.tr("登记预约"), self._add, "main")
        self.file = Command(self.tr("导入名单…"), self._ask_for_file)
        self.unmasked = Switch(self.tr("显示全名"), "flat")
        self.unmasked.toggled.connect(lambda on: self._fill())
        self.hint = label(name="note", wrap=True)
        self.table = Table(self._titles(), 1)
        self.withdraw = Command("", self._ask_to_withdraw)
        self.question = Question()
        self._build()
        self.table.marked_changed.connect(self._show_marked)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        first, second = list(self.fields.values())[:4], list(self.fields.values())[4:]
        column.addLayout(row(*first))
        column.addLayout(row(*second, self.add, self.file))
        about = row(self.hint, self.unmasked)
        about.setStretch(0, 1)
        column.addLayout(about)
        column.addWidget(self.table, 1)
        column.addWidget(self.question)
        column.addLayout(row(self.withdraw, None))

    def _titles(self) -> list[str]:
        return [
            self.tr("房号"), self.tr("姓名"), self.tr("电话尾号"), self.tr("从"), self.tr("到"),
            self.tr("来了几位"),
        ]  # fmt: skip

    def enter(self) -> None:
        if not self.fields["begins"].text():
            self.fields["begins"].setText(f"{self._now():%Y-%m-%d %H:%M}")
        self.read()

    def leave(self) -> None:
        self.unmasked.setChecked(False)
        self.question.answer(yes=False)
        for field in self.fields.values():
            field.clear()

    def go_back(self) -> bool:
        if self.question.isHidden():
            return False
        self.question.answer(yes=False)
        return True

    def dress(self, scale: float) -> None:
        self.table.dress(scale)

    def read(self) -> None:
        try:
            self._lines = self._book.announced()
        except DeskError as error:
            self._lines = ()
            self._host.say(str(error), trouble=True)
        self._fill()

    def _fill(self) -> None:
        self.table.show_lines([self._line(one) for one in self._lines], self._titles())
        self.hint.setText(
            self.tr("卡口按 F1、再按 F1，点一下名字就能进；只给本人看尾号")
            if self._lines
            else self.tr("还没有预约。住户打电话来就登记在这里；名单要有“房号”和“从”两列")
        )
        self._show_marked()

    def _line(self, one: AnnouncedLine) -> Line:
        now = self._now()
        name = one.name if self.unmasked.isChecked() else one.masked
        begins, ends = (inside_words.clock(at, now) for at in (one.begins, one.ends))
        came = f"{one.came}/{one.people}"
        return Line(one, (one.house, name or "—", one.phone_tail or "—", begins, ends, came))

    def _add(self) -> None:
        try:
            one = self._book.announce({name: field.text() for name, field in self.fields.items()})
        except DeskError as error:
            self._host.say(str(error), trouble=True)
            return
        for name, field in self.fields.items():
            if name != "begins":
                field.clear()
        self._host.say(self.tr("登记好了：{house}").format(house=one.house))
        self.read()

    def _ask_for_file(self) -> None:
        folder = next((str(place.folder) for place in self._where()), "")
        kinds = self.tr("名单") + " (*.xlsx *.xls *.ods *.csv)"
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("选一张名单"), folder, kinds)
        if chosen:
            self.take_file(Path(chosen))

    def take_file(self, path: Path) -> None:
        """Take in what can be taken, and say what cannot."""
        try:
            count, faults = self._book.import_list(path)
        except DeskError as error:
            self._host.say(str(error), trouble=True)
            return
        said = self.tr("登记了 {count} 条").format(count=count)
        if faults:
            some = "；".join(faults[:_MOST_SAID])
            said += self.tr("，{count} 条没登记：{some}").format(count=len(faults), some=some)
        self._host.say(said, trouble=bool(faults))
        self.read()

    def _show_marked(self) -> None:
        count = len(self.table.marked)
        self.withdraw.setText(self.tr("取消预约 {count}").format(count=count or "").strip())
        self.withdraw.setEnabled(count > 0)

    def _ask_to_withdraw(self) -> None:
        chosen = [one for one in self.table.marked if isinstance(one, AnnouncedLine)]
        text = self.tr("取消 {count} 个预约？已经进去的不受影响。").format(count=len(chosen))
        self.question.ask(text, self.tr("取消预约"), lambda: self._withdraw(chosen))

    def _withdraw(self, chosen: Sequence[AnnouncedLine]) -> None:
        try:
            for one in chosen:
                self._book.withdraw(one)
        except DeskError as error:
            self._host.say(str(error), trouble=True)
        self.read()
