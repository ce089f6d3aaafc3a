"""The hand-over sheets of the past days: read on the screen, printed, or kept as PDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from station.ui.admin import desk_words
from station.ui.admin.parts import Command, Picker, label, row
from station.ui.admin.places import Place
from station.ui.admin.rota_desk import DeskError, RotaDesk, SheetLine, SheetPaper
from station.ui.admin.sections import Host
from station.ui.admin.sheet_preview import veil
from station.ui.admin.table import Line, Table
from station.ui.theme import Theme

_DPI = 120.0  # of the page on the screen, as at 1366x768
_BACK = timedelta(days=30)


class SheetsPage(QWidget):
    def __init__(self, host: Host, desk: RotaDesk, where: Callable[[], Sequence[Place]]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._host, self._desk, self._where = host, desk, where
        self._scale, self._dim = 1.0, 0.0
        self._until = desk.now().date()
        self._lines: Sequence[SheetLine] = ()
        self.hint = label(name="note", wrap=True)
        self.table = Table(self._titles(), 5)
        self.sheet = QLabel()
        self.sheet.setObjectName("sheet")
        self.viewer = QScrollArea()
        self.viewer.setObjectName("card")
        self._pages = QStackedWidget()
        self.earlier = Command(self.tr("更早"), lambda: self._turn(-1))
        self.later = Command(self.tr("更近"), lambda: self._turn(1))
        self.look = Command(self.tr("看这张"), self._look, "main")
        self.back = Command(self.tr("回到列表"), self._close)
        self.to = Picker()
        self.print = Command(self.tr("打印"), self._print)
        self._build()
        self.table.marked_changed.connect(self._allow)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.viewer.setWidget(self.sheet)
        self.viewer.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        for page in (self.table, self.viewer):
            self._pages.addWidget(page)
        column.addWidget(self.hint)
        column.addWidget(self._pages, 1)
        column.addLayout(row(self.earlier, self.later, self.look, self.back, None, self.to, self.print))

    def _titles(self) -> list[str]:
        return [
            self.tr("什么时候"), self.tr("交班"), self.tr("接班"), self.tr("人次"), self.tr("要办的事"),
            self.tr("签字"),
        ]  # fmt: skip

    def enter(self) -> None:
        self._until = self._desk.now().date()
        self.to.clear()
        for printer in self._desk.printers():
            self.to.addItem(self.tr("打印：{printer}").format(printer=printer), printer)
        for place in self._where():
            self.to.addItem(self.tr("PDF 存到 {place}").format(place=place.title), place.folder)
        self.go_back()
        self.read()

    def leave(self) -> None:
        self.sheet.clear()
        self._pages.setCurrentIndex(0)

    def go_back(self) -> bool:
        """From the sheet to the list."""
        looked = self._pages.currentIndex() == 1
        self.leave()
        self._allow()
        return looked

    def _close(self) -> None:
        self.go_back()

    def dress(self, theme: Theme, scale: float) -> None:
        self._scale, self._dim = scale, theme.preview_dim
        self.table.dress(scale)

    def read(self) -> None:
        try:
            self._lines = self._desk.sheets(self._until)
        except DeskError as error:
            self._lines = ()
            self._host.say(str(error), trouble=True)
        self.table.show_lines([self._line(one) for one in self._lines], self._titles())
        first = self._until - _BACK
        text = (
            self.tr("{first} 到 {last} 的交班单") if self._lines else self.tr("{first} 到 {last} 没有交班单")
        )
        self.hint.setText(text.format(first=f"{first:%Y-%m-%d}", last=f"{self._until:%Y-%m-%d}"))
        if self._lines:
            self.table.mark([self._lines[0]])
        self._allow()

    def _line(self, one: SheetLine) -> Line:
        last = f"{one.at:%H:%M}" if one.at.date() == one.began.date() else f"{one.at:%m-%d %H:%M}"
        state = one.state if one.genuine else self.tr("▲ 被改动过")
        when = f"{one.began:%m-%d %H:%M}–{last}"
        pressing = f"▲ {one.pressing}" if one.pressing else "0"
        return Line(one, (when, one.outgoing, one.incoming, str(one.passages), pressing, state))

    def _turn(self, way: int) -> None:
        self._until = min(self._until + way * _BACK, self._desk.now().date())
        self.read()

    @property
    def _marked(self) -> SheetLine | None:
        marked = [one for one in self.table.marked if isinstance(one, SheetLine)]
        return marked[0] if len(marked) == 1 else None

    def _allow(self) -> None:
        looking = self._pages.currentIndex() == 1
        for command in (self.look, self.print):
            command.setEnabled(self._marked is not None)
        for part in (self.earlier, self.later, self.look):
            part.setVisible(not looking)
        self.back.setVisible(looking)
        self.later.setEnabled(self._until < self._desk.now().date())

    def _paper(self) -> SheetPaper | None:
        if self._marked is None:
            return None
        try:
            return self._desk.paper(self._marked)
        except DeskError as error:
            self._host.say(str(error), trouble=True)
            return None

    def _look(self) -> None:
        if paper := self._paper():
            page = QPixmap.fromImage(paper.image(_DPI * self._scale))
            painter = QPainter(page)
            painter.fillRect(page.rect(), veil(self._dim))
            painter.end()
            self.sheet.setPixmap(page)
            self.sheet.adjustSize()
            self._pages.setCurrentIndex(1)
            self._allow()

    def _print(self) -> None:
        paper, where, marked = self._paper(), self.to.currentData(), self._marked
        if paper is None or marked is None:
            return
        if isinstance(where, Path):
            path = where / (self.tr("交班单") + f"-{marked.at:%Y%m%d-%H%M}.pdf")
            said = self.tr("存好了：{path}").format(path=path)
            what = self.tr("正在写交班单")
            self._host.work(
                what,
                lambda progress: paper.write(path, progress),
                lambda done: self._host.say(said),
                self._fail,
            )
        elif where is not None:
            said = self.tr("交班单已经送到打印机 {printer}").format(printer=where)
            what = self.tr("正在打印交班单")
            self._host.work(
                what,
                lambda progress: paper.print_on(str(where), progress),
                lambda done: self._host.say(said),
                self._fail,
            )

    def _fail(self, error: Exception) -> None:
        text = desk_words.not_written(str(error)) if isinstance(error, OSError) else str(error)
        self._host.say(text, trouble=True)
