"""The section of exports (导出): the log of some days to a file, each day's by itself, a file checked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from station.core.model import Severity
from station.ui import export_words, policy_words, words
from station.ui.admin.exports_clear import ClearForm
from station.ui.admin.exports_daily import DailyPage
from station.ui.admin.exports_desk import (
    Checked,
    DeskError,
    ExportDesk,
    NeedsPasswordError,
    Wish,
    Written,
)
from station.ui.admin.parts import Command, Field, Picker, label, row
from station.ui.admin.people_words import CATEGORIES
from station.ui.admin.places import Place, places
from station.ui.admin.sections import Host, Section
from station.ui.theme import Theme

_MAKE, _DAILY = range(2)
_CHECKED_KINDS = "*.csv *.xlsx *.pdf *.zip"
_MOST_SAID = 3  # findings in one line


class ExportSection(Section):
    """Names are masked unless two people sign for it."""

    def __init__(
        self, host: Host, desk: ExportDesk, *, where: Callable[[], Sequence[Place]] = places
    ) -> None:
        super().__init__(host)
        self._desk, self._where = desk, where
        self.first, self.last = Field(self.tr("从哪天"), plain=True), Field(self.tr("到哪天"), plain=True)
        self.verdict, self.category, self.instrument = Picker(), Picker(), Picker()
        self.house = Field(self.tr("房号，例如 3-2-501 或 3-"), plain=True)
        self.kind, self.to = Picker(), Picker()
        self.password = Field(
            self.tr("密码（可以不填）")
        )  # seen as it is typed: a slip would lock the file for ever
        self.clear = ClearForm(desk)
        self.go = Command(self.tr("导出"), self._go, "main")
        self._encrypted: Path | None = None  # the file that waits for its password
        self.daily = DailyPage(host, desk, where, lambda: self.show_page(_MAKE))
        self.stack = QStackedWidget()
        for page in (self._page(), self.daily):
            self.stack.addWidget(page)
        self.column.addWidget(self.stack, 1)

    @property
    def title(self) -> str:
        return self.tr("导出")

    def enter(self) -> None:
        self._fill()
        self.show_page(_MAKE)

    def leave(self) -> None:
        self.password.clear()
        self._wait_for_password(None)
        self.clear.forget()

    def go_back(self) -> bool:
        if self.stack.currentIndex() == _MAKE:
            return False
        self.show_page(_MAKE)
        return True

    def dress(self, theme: Theme, scale: float) -> None:
        super().dress(theme, scale)
        for layout in (self._lines, self._grid):
            layout.setSpacing(round(12 * scale))
        self.daily.dress(scale)

    def show_page(self, page: int) -> None:
        self.stack.setCurrentIndex(page)
        if page == _DAILY:
            self.daily.enter()

    # --- building -------------------------------------------------------------------------------

    def _page(self) -> QWidget:
        page = QWidget()
        page.setObjectName("plain")
        self._lines = QVBoxLayout(page)
        self._lines.setContentsMargins(0, 0, 0, 0)
        daily = Command(self.tr("每天自动导出"), lambda: self.show_page(_DAILY))
        self.to_check = Command(self.tr("核对一份文件"), self._choose_file)
        self._lines.addLayout(row(label(self.title, "title"), None, self.to_check, daily))
        self._lines.addLayout(self._form())
        self._lines.addStretch(1)
        return page

    def _form(self) -> QGridLayout:
        """What stands left says what to choose at its right."""
        days = row(
            Command(self.tr("今天"), lambda: self.choose_days(0, 0)),
            Command(self.tr("昨天"), lambda: self.choose_days(1, 1)),
            Command(self.tr("最近 7 天"), lambda: self.choose_days(6, 0)),
            self.first,
            label("–"),
            self.last,
        )
        grid = self._grid = QGridLayout()
        for at, (name, content) in enumerate(
            (
                (self.tr("哪几天"), days),
                (self.tr("只要"), row(self.verdict, self.category)),
                ("", row(self.house, self.instrument)),
                (self.tr("姓名"), row(self.clear)),
                (self.tr("存成"), row(self.kind, self.password)),
                (self.tr("存到"), row(self.to, self.go)),
            )
        ):
            grid.addWidget(label(name), at, 0)
            grid.addLayout(content, at, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _fill(self) -> None:
        """Memory sticks come and go, thermometers too."""
        _offer(
            self.verdict,
            [(self.tr("所有结果"), None), *((words.verdict_name(one), one) for one in Severity)],
        )
        kinds = [(policy_words.category(one), one) for one in CATEGORIES]
        _offer(self.category, [(self.tr("所有人"), ""), *kinds])
        instruments = [(one, one) for one in self._desk.instruments()]
        _offer(self.instrument, [(self.tr("所有测温仪"), ""), *instruments])
        _offer(
            self.kind,
            [
                (self.tr("Excel 表格"), ".xlsx"),
                (self.tr("CSV 文本"), ".csv"),
                (self.tr("PDF，打印用"), ".pdf"),
            ],
        )
        _offer(
            self.to,
            [
                *((place.title, place.folder) for place in self._where()),
                (QCoreApplication.translate("admin", "别的文件夹…"), None),
            ],
        )
        if not self.first.text():
            self.choose_days(0, 0)
        self.clear.refresh()

    def choose_days(self, first: int, last: int) -> None:
        """So many days back."""
        today = self._desk.today()
        self.first.setText(f"{today - timedelta(days=first):%Y-%m-%d}")
        self.last.setText(f"{today - timedelta(days=last):%Y-%m-%d}")

    # --- what is done ---------------------------------------------------------------------------

    def _go(self) -> None:
        wish = self._wish()
        if wish is None:
            return
        try:
            job = self._desk.export(wish)
        except DeskError as error:
            self._fail(error)
            return
        self.host.work(self.tr("正在导出，大门照常用"), job, self._done, self._fail)

    def _wish(self) -> Wish | None:
        """What was asked for; None, and said, if it cannot be."""
        first, last = _day(self.first.text()), _day(self.last.text())
        if first is None or last is None:
            self._say(self.tr("日期请写成 2022-04-01 这样"))
            return None
        folder = self.to.currentData() or self._other_folder()
        if folder is None:
            return None
        return Wish(
            *(min(first, last), max(first, last), str(self.kind.currentData()), folder),
            verdict=self.verdict.currentData(),
            category=str(self.category.currentData()),
            house=self.house.text().strip(),
            instrument=str(self.instrument.currentData()),
            password=self.password.text(),
            in_clear=self.clear.wanted.isChecked(),
            reason=self.clear.reason.text(),
            signatures=self.clear.signatures,
        )

    def _other_folder(self) -> Path | None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("存到哪个文件夹"))
        return Path(chosen) if chosen else None

    def _done(self, made: object) -> None:
        assert isinstance(made, Written)
        said = self.tr("导出了 {rows} 条：{path}").format(rows=made.rows, path=made.path)
        if made.pruned:
            said += f"；{export_words.pruned(made.pruned)}"
        if self.clear.wanted.isChecked():
            said += self.tr("。里面有全名，用完请删掉")
        self.leave()
        self.host.say(said)

    def _choose_file(self) -> None:
        if self._encrypted and self.password.text():
            self.check(self._encrypted)
            return
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("核对哪份文件"), "", _CHECKED_KINDS)
        if chosen:
            self.check(Path(chosen))

    def check(self, path: Path) -> None:
        """Say whether a file is as it was exported."""

        def failed(error: Exception) -> None:
            self._wait_for_password(path if isinstance(error, NeedsPasswordError) else None)
            self._fail(error)

        job = self._desk.check(path, self.password.text())
        self.host.work(self.tr("正在核对"), job, self._show_checked, failed)

    def _wait_for_password(self, path: Path | None) -> None:
        """The file is encrypted: what stands in the field for a password opens it."""
        self._encrypted = path
        self.to_check.setText(self.tr("核对这份文件") if path else self.tr("核对一份文件"))
        if path:
            self.password.clear()
            self.password.setFocus()

    def _show_checked(self, checked: object) -> None:
        assert isinstance(checked, Checked)
        self._wait_for_password(None)
        self.password.clear()
        if not checked.findings:
            self.host.say(checked.agrees.replace("\n", " "))
            return
        said = "；".join(checked.findings[:_MOST_SAID])
        more = len(checked.findings) - _MOST_SAID
        self._say(said + (self.tr("，还有 {more} 处").format(more=more) if more > 0 else ""))

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self._say(str(error))

    def _say(self, trouble: str) -> None:
        self.host.say(trouble, trouble=True)


def _offer(picker: Picker, choices: Sequence[tuple[str, object]]) -> None:
    """What was chosen stays, if it is still there."""
    before = picker.currentText()
    picker.clear()
    for text, data in choices:
        picker.addItem(text, data)
    picker.setCurrentIndex(max(picker.findText(before), 0))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
