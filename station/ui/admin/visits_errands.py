"""Parcels and errands: what waits, what was done with it; a list to print for each building."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from station.core.errand import Ending, ErrandKind, endings
from station.ui import visit_words
from station.ui.admin import desk_words, inside_words
from station.ui.admin.parts import Command, Field, Picker, Switch, label, row
from station.ui.admin.places import Place
from station.ui.admin.sections import Host
from station.ui.admin.table import Line, Table
from station.ui.admin.visits_desk import DeskError, ErrandLine, ErrandPaper, VisitBook


class ErrandsPage(QWidget):
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
        self._lines: Sequence[ErrandLine] = ()
        self.house = Field(self.tr("房号，如 3-2-501"), plain=True)
        self.kind, self.ending, self.to = Picker(), Picker(), Picker()
        self.note = Field(self.tr("要办什么、谁放的"))
        self.add = Command(self.tr("记下"), self._add, "main")
        self.all = Switch(self.tr("连办完的一起看"), "flat")
        self.all.toggled.connect(lambda on: self.read())
        self.hint = label(name="note", wrap=True)
        self.table = Table(self._titles(), 3)
        self.close_marked = Command("", self._close)
        self.print = Command(self.tr("打印清单"), self._print)
        for kind in ErrandKind:
            self.kind.addItem(visit_words.kind(kind), kind)
        self._build()
        self.table.marked_changed.connect(self._show_marked)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        line = row(self.house, self.kind, self.note, self.add)
        line.setStretch(2, 2)
        column.addLayout(line)
        about = row(self.hint, self.all)
        about.setStretch(0, 1)
        column.addLayout(about)
        column.addWidget(self.table, 1)
        column.addLayout(row(self.ending, self.close_marked, None, self.to, self.print))

    def _titles(self) -> list[str]:
        return [
            self.tr("房号"), self.tr("什么"), self.tr("从几点"), self.tr("说明"), self.tr("怎么样了"),
            self.tr("谁办的"),
        ]  # fmt: skip

    def enter(self) -> None:
        self.to.clear()
        for printer in self._book.printers():
            self.to.addItem(self.tr("打印：{printer}").format(printer=printer), printer)
        for place in self._where():
            self.to.addItem(self.tr("PDF 存到 {place}").format(place=place.title), place.folder)
        self.read()

    def leave(self) -> None:
        self.house.clear()
        self.note.clear()

    def go_back(self) -> bool:
        return False

    def dress(self, scale: float) -> None:
        self.table.dress(scale)

    def read(self) -> None:
        try:
            self._lines = self._book.errands(open_only=not self.all.isChecked())
        except DeskError as error:
            self._lines = ()
            self._host.say(str(error), trouble=True)
        self.table.show_lines([self._line(one) for one in self._lines], self._titles())
        late = sum(one.late for one in self._lines)
        self.hint.setText(
            self.tr("{count} 件超时了，请催一催").format(count=late) if late else self.tr("没有超时的")
        )
        self._show_marked()

    def _line(self, one: ErrandLine) -> Line:
        now = self._now()
        if one.ending and one.closed_at:
            state = f"{visit_words.ending(one.ending)} {inside_words.clock(one.closed_at, now)}"
        else:
            long = visit_words.for_long(now - one.at)
            state = self.tr("超时！{long}").format(long=long) if one.late else long
        told = (visit_words.kind(one.kind), inside_words.clock(one.at, now), one.note or "—", state)
        by = one.closed_by or one.by or "—"
        return Line(one, (one.house, *told, by), can_be_marked=one.ending is None)

    @property
    def marked(self) -> list[ErrandLine]:
        return [one for one in self.table.marked if isinstance(one, ErrandLine)]

    def _show_marked(self) -> None:
        """The endings that fit everything that is marked."""
        marked, before = self.marked, self.ending.currentData()
        fitting = endings(marked[0].kind) if marked else ()
        alike = all(endings(one.kind) == fitting for one in marked)
        self.ending.clear()
        for ending in fitting if alike else ():
            self.ending.addItem(visit_words.ending(ending), ending)
        self.ending.setCurrentIndex(max(self.ending.findData(before), 0))
        text = self.tr("记下结果")
        self.close_marked.setText(f"{text} {len(marked)}" if marked else text)
        self.close_marked.setEnabled(bool(marked) and alike)

    def _add(self) -> None:
        try:
            self._book.take(ErrandKind(self.kind.currentData()), self.house.text(), self.note.text())
        except DeskError as error:
            self._host.say(str(error), trouble=True)
            return
        self._host.say(self.tr("记下了：{house}").format(house=self.house.text().strip()))
        self.leave()
        self.read()

    def _close(self) -> None:
        ending = Ending(self.ending.currentData())
        try:
            done = sum(self._book.close(one, ending) for one in self.marked)
        except DeskError as error:
            self._host.say(str(error), trouble=True)
        else:
            self._host.say(self.tr("记好了，{count} 件").format(count=done))
        self.read()

    # --- paper ----------------------------------------------------------------------------------

    def _print(self) -> None:
        try:
            paper = self._book.paper()
        except DeskError as error:
            self._fail(error)
            return
        where = self.to.currentData()
        if isinstance(where, Path):
            self._write(paper, where)
        elif where is not None:
            said = self.tr("清单已经送到打印机 {printer}").format(printer=where)
            self._host.work(
                self.tr("正在打印清单"),
                lambda progress: paper.print_on(str(where), progress),
                lambda result: self._host.say(said),
                self._fail,
            )

    def _write(self, paper: ErrandPaper, folder: Path) -> None:
        path = folder / (self.tr("代收代办清单") + f"-{self._now():%Y%m%d-%H%M%S}.pdf")
        said = self.tr("{pages} 页，存好了：{path}")
        self._host.work(
            self.tr("正在写清单"),
            lambda progress: paper.write(path, progress),
            lambda pages: self._host.say(said.format(pages=pages, path=path)),
            self._fail,
        )

    def _fail(self, error: Exception) -> None:
        text = desk_words.not_written(str(error)) if isinstance(error, OSError) else str(error)
        self._host.say(text, trouble=True)
