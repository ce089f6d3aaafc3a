"""Each day's log by itself: where to, as what, and how it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from station.ui import export_words
from station.ui.admin.exports_desk import Daily, DeskError, ExportDesk
from station.ui.admin.parts import Command, Picker, label, row
from station.ui.admin.places import Place
from station.ui.admin.sections import Host

STICK = "stick"  # as in the settings
_OTHER = "?"


class DailyPage(QWidget):
    def __init__(
        self,
        host: Host,
        desk: ExportDesk,
        where: Callable[[], Sequence[Place]],
        left: Callable[[], None],
    ) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._host, self._desk, self._where = host, desk, where
        self.to, self.kind = Picker(), Picker()
        self.kind.addItem(self.tr("Excel 表格"), ".xlsx")
        self.kind.addItem(self.tr("CSV 文本"), ".csv")
        self.state, self.trouble = label(wrap=True), label(name="trouble", wrap=True)
        self.go = Command(self.tr("就这样"), self._keep, "main")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        back = Command(self.tr("← 导出"), left, "flat")
        self._column.addLayout(row(label(self.tr("每天自动导出"), "title"), None, back))
        explained = self.tr(
            "每天过了零点，把前一天的日报存一份，姓名打码。电脑没开的日子，下次开机补上，最多补 31 天。"
        )
        self._column.addWidget(label(explained, wrap=True))
        self._column.addLayout(row(self.to, self.kind))
        self._column.addWidget(self.state)
        self._column.addWidget(self.trouble)
        self._column.addStretch(1)
        self._column.addLayout(row(None, self.go))

    def enter(self) -> None:
        """How it stands now."""
        try:
            daily = self._desk.daily()
        except DeskError as error:
            self._host.say(str(error), trouble=True)
            return
        self._offer(daily)
        self.kind.setCurrentIndex(max(self.kind.findData(daily.ending), 0))
        self.state.setText(self._state(daily))
        self.trouble.setText(self._trouble(daily))
        self.trouble.setVisible(daily.problem is not None)

    def dress(self, scale: float) -> None:
        self._column.setSpacing(round(12 * scale))

    def _offer(self, daily: Daily) -> None:
        self.to.clear()
        self.to.addItem(self.tr("不自动导出"), "")
        self.to.addItem(self.tr("存到插着的 U 盘"), STICK)
        folders = [str(place.folder) for place in self._where()]
        if daily.to not in ("", STICK, *folders):
            folders.append(daily.to)
        for folder in folders:
            self.to.addItem(self.tr("存到 {folder}").format(folder=folder), folder)
        self.to.addItem(self.tr("别的文件夹…"), _OTHER)
        self.to.setCurrentIndex(max(self.to.findData(daily.to), 0))

    def _state(self, daily: Daily) -> str:
        if daily.last is None:
            return self.tr("还没有自动导出过。") if daily.to else ""
        said = self.tr("上次：{time}，{file}")
        return said.format(time=f"{daily.last:%m-%d %H:%M}", file=daily.file)

    def _trouble(self, daily: Daily) -> str:
        if daily.problem is None:
            return ""
        said = self.tr("▲ 有 {days} 天没存成：{what}")
        return said.format(days=daily.waiting, what=export_words.problem(daily.problem))

    def _keep(self) -> None:
        to = str(self.to.currentData())
        if to == _OTHER:
            to = QFileDialog.getExistingDirectory(self, self.tr("存到哪个文件夹"))
            if not to:
                return
        try:
            self._desk.set_daily(to, str(self.kind.currentData()))
        except DeskError as error:
            self._host.say(str(error), trouble=True)
            return
        folder = Path(to).name if to not in ("", STICK) else ""
        said = {
            "": self.tr("以后不自动导出了"),
            STICK: self.tr("好了，以后每天存到 U 盘，请把 U 盘一直插着"),
        }
        self._host.say(said.get(to, self.tr("好了，以后每天存到 {folder}").format(folder=folder)))
        self.enter()
