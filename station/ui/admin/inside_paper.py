"""The foot of the inside section: the evacuation list to a printer, or as a PDF to a memory stick."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QWidget

from station.ui.admin import desk_words
from station.ui.admin.inside_desk import DeskError, EvacuationSheet, InsideDesk
from station.ui.admin.parts import Command, Picker, Switch
from station.ui.admin.places import Place
from station.ui.admin.sections import Host
from station.ui.admin.work import Progress


class EvacuationBar(QWidget):
    """One button, and where the list goes. Writing and printing run beside the screen."""

    def __init__(
        self,
        host: Host,
        desk: InsideDesk,
        where: Callable[[], Sequence[Place]],
        now: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._host, self._desk, self._where, self._now = host, desk, where, now
        self.to = Picker()
        self.unseen = Switch(self.tr("加上没过门的住户"), "flat")
        self.make = Command(self.tr("疏散名单"), self._make, "main")
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.addWidget(self.unseen)
        self._line.addWidget(self.to, 1)
        self._line.addWidget(self.make)

    def refresh(self) -> None:
        """Printers and memory sticks come and go."""
        self.to.clear()
        for printer in self._desk.printers():
            self.to.addItem(self.tr("打印：{printer}").format(printer=printer), printer)
        for place in self._where():
            self.to.addItem(self.tr("PDF 存到 {place}").format(place=place.title), place.folder)

    def _make(self) -> None:
        try:
            sheet = self._desk.evacuation(with_unseen=self.unseen.isChecked())
        except DeskError as error:
            self._fail(error)
            return
        where = self.to.currentData()
        if isinstance(where, Path):
            self._write(sheet, where)
        elif where is not None:
            self._print(sheet, str(where))

    def _write(self, sheet: EvacuationSheet, folder: Path) -> None:
        path = folder / (self.tr("疏散名单") + f"-{self._now():%Y%m%d-%H%M%S}.pdf")

        said = self.tr("{people} 人，{pages} 页，存好了：{path}。用完请删掉")

        def write(progress: Progress) -> str:
            folder.mkdir(parents=True, exist_ok=True)
            pages = sheet.write(path, progress)
            return said.format(people=sheet.people, pages=pages, path=path) + desk_words.by_hand(sheet.names)

        self._host.work(self.tr("正在写疏散名单"), write, self._say, self._fail)

    def _print(self, sheet: EvacuationSheet, printer: str) -> None:
        said = self.tr("{people} 人的名单已经送到打印机 {printer}")

        def send(progress: Progress) -> str:
            sheet.print_on(printer, progress)
            return said.format(people=sheet.people, printer=printer) + desk_words.by_hand(sheet.names)

        self._host.work(self.tr("正在打印疏散名单"), send, self._say, self._fail)

    def _say(self, sentence: object) -> None:
        self._host.say(str(sentence))

    def _fail(self, error: Exception) -> None:
        text = desk_words.not_written(str(error)) if isinstance(error, OSError) else str(error)
        self._host.say(text, trouble=True)

    def dress(self, scale: float) -> None:
        self._line.setSpacing(round(10 * scale))
