"""The visitors of the last days: for a call back, and for whoever asks who came to a house."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from station.ui.admin import inside_words
from station.ui.admin.parts import Field, Switch, label, row
from station.ui.admin.sections import Host
from station.ui.admin.table import Line, Table
from station.ui.admin.visits_desk import DeskError, VisitBook, VisitLine


class PastVisitsPage(QWidget):
    def __init__(self, host: Host, book: VisitBook, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._host, self._book, self._now = host, book, now
        self._lines: Sequence[VisitLine] = ()
        self.house = Field(self.tr("房号，如 3-2"), plain=True)
        self.house.textChanged.connect(lambda text: self._fill())
        self.unmasked = Switch(self.tr("显示姓名和电话"), "flat")
        self.unmasked.toggled.connect(lambda on: self._fill())
        self.hint = label(name="note", wrap=True)
        self.table = Table(self._titles(), 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row(self.house, self.unmasked))
        column.addWidget(self.hint)
        column.addWidget(self.table, 1)

    def _titles(self) -> list[str]:
        return [
            self.tr("什么时候"), self.tr("房号"), self.tr("姓名"), self.tr("来做什么"), self.tr("电话"),
            self.tr("现在在哪"), self.tr("编号"),
        ]  # fmt: skip

    def enter(self) -> None:
        try:
            self._lines = self._book.visits()
        except DeskError as error:
            self._lines = ()
            self._host.say(str(error), trouble=True)
        self._fill()

    def leave(self) -> None:
        self.unmasked.setChecked(False)
        self.house.clear()

    def go_back(self) -> bool:
        return False

    def dress(self, scale: float) -> None:
        self.table.dress(scale)

    def _fill(self) -> None:
        wanted = self.house.text().strip()
        lines = [self._line(one) for one in self._lines if one.house.startswith(wanted)]
        self.table.show_lines(lines, self._titles())
        self.hint.setText(self.tr("最近 7 天来过的访客，新的在上面") if lines else self.tr("没有访客"))

    def _line(self, one: VisitLine) -> Line:
        clear = self.unmasked.isChecked()
        ways = {"in": self.tr("在里面"), "out": self.tr("走了"), "": self.tr("没进去")}
        name, phone = (one.name, one.phone) if clear else (one.masked, one.phone_masked)
        at = inside_words.clock(one.at, self._now())
        cells = (at, one.house, name or "—", one.purpose, phone or "—", ways[one.way], one.by or "—")
        return Line(one, cells, can_be_marked=False)
