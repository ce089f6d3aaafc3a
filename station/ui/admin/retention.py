"""The section of kept data (数据保留): what goes and when, erasing on request, a backup of everything."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from station.core import space
from station.core.space import Level
from station.ui import afterwards_words, retention_words
from station.ui.admin.parts import Command, Question, label, row
from station.ui.admin.people_desk import PeopleDesk
from station.ui.admin.places import Place, places
from station.ui.admin.retention_backup import BackupPage
from station.ui.admin.retention_desk import DeskError, DueLine, Kept, RetentionDesk
from station.ui.admin.retention_erase import ErasePage
from station.ui.admin.sections import Host, Section
from station.ui.admin.table import Line, Table
from station.ui.theme import Theme

_TEXT_COLUMN = 3
_SHOWN = ("entries", "movements")  # kinds with a column of their own; the others are named in one
_OVERVIEW, _ERASE, _BACKUP = range(3)


class RetentionSection(Section):
    """Looking changes nothing; what is erased was shown before."""

    def __init__(
        self,
        host: Host,
        desk: RetentionDesk,
        people: PeopleDesk,
        *,
        where: Callable[[], Sequence[Place]] = places,
    ) -> None:
        super().__init__(host)
        self._desk = desk
        self.kept: Kept | None = None
        self.heading, self.state = label(name="heading", wrap=True), label(wrap=True)
        self.waiting, self.disk = label(wrap=True), label(wrap=True)
        self.hint = label(name="note", wrap=True)
        self.table = Table(self._titles(), _TEXT_COLUMN)
        self.question = Question()
        self.run = Command(self.tr("现在就清理"), self._ask_to_run)
        self.erase = Command(self.tr("应本人要求删除"), lambda: self._show(_ERASE))
        self.back_up = Command(self.tr("做一份备份"), lambda: self._show(_BACKUP), "main")
        self.erasing = ErasePage(host, desk, people, where, lambda: self._show(_OVERVIEW))
        self.backup = BackupPage(host, desk, where, lambda: self._show(_OVERVIEW))
        self.stack = QStackedWidget()
        for page in (self._overview(), self.erasing, self.backup):
            self.stack.addWidget(page)
        self.column.addWidget(self.stack, 1)

    @property
    def title(self) -> str:
        return self.tr("数据保留")

    def enter(self) -> None:
        self._show(_OVERVIEW)

    def leave(self) -> None:
        self.question.answer(yes=False)
        self.erasing.leave()
        self.backup.leave()

    def go_back(self) -> bool:
        if self.question.isVisible():
            self.question.answer(yes=False)
            return True
        if self.stack.currentIndex() != _OVERVIEW:
            self._show(_OVERVIEW)
            return True
        return False

    def dress(self, theme: Theme, scale: float) -> None:
        super().dress(theme, scale)
        self._lines.setSpacing(round(10 * scale))
        self.table.dress(scale)
        self.erasing.dress(scale)
        self.backup.dress(scale)

    # --- building -------------------------------------------------------------------------------

    def _overview(self) -> QWidget:
        page = QWidget()
        page.setObjectName("plain")
        column = self._lines = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row(label(self.title, "title"), None, self.run))
        for line in (self.heading, self.state, self.waiting):
            column.addWidget(line)
        column.addWidget(self.table, 1)
        column.addWidget(self.question)
        column.addWidget(self.disk)
        self.hint.setText(retention_words.exports(QCoreApplication.translate))
        column.addWidget(self.hint)
        column.addLayout(row(self.erase, None, self.back_up))
        return page

    def _titles(self) -> list[str]:
        return [self.tr("哪一天"), self.tr("记录里的码"), self.tr("进出"), self.tr("还有什么")]

    # --- what is shown --------------------------------------------------------------------------

    def _show(self, page: int) -> None:
        self.stack.setCurrentIndex(page)
        if page == _OVERVIEW:
            self.erasing.leave()
            self.backup.leave()
            self.read()
        elif page == _ERASE:
            self.erasing.enter()
        else:
            self.backup.enter()

    def read(self) -> None:
        """How it stands now, counted beside the screen."""
        try:
            job = self._desk.look()
        except DeskError as error:
            self._fail(error)
            return
        self.host.work(self.tr("正在数"), job, self.show_kept, self._fail)

    def show_kept(self, kept: object) -> None:
        assert isinstance(kept, Kept)
        self.kept = kept
        self.heading.setText(
            self.tr("个人信息保留 {days} 天，过了就每天自动清理；记录的条数、结果和校验不受影响。").format(
                days=kept.keep_days
            )
        )
        self.state.setText(self._state(kept))
        self.state.setObjectName("trouble" if kept.held else "text")
        self.state.style().polish(self.state)
        self.waiting.setText(self._waiting(kept))
        self.waiting.setVisible(bool(self.waiting.text()))
        self.disk.setText(self._disk(kept))
        self.table.show_lines([self._line(line) for line in kept.due], self._titles())
        self.run.setEnabled(bool(kept.total) and not kept.erasing)

    def _state(self, kept: Kept) -> str:
        if kept.held:
            return self.tr(
                "电脑的时间一下子跳过了好多天，所以没有自动清理。先看看右上角的时间对不对；对的话，按“现在就清理”。"
            )
        if kept.erasing:
            return self.tr("正在清理，大门没有人的时候做一点。")
        if not kept.total:
            return self._last(kept) + self.tr("现在没有到期的。")
        said = self.tr("到期的有 {count} 条，下面是按天数的。").format(count=kept.total)
        if kept.announced:
            return said + self.tr("明天开始自动清理，今天先给您看看。")
        return self._last(kept) + said

    def _last(self, kept: Kept) -> str:
        if kept.last is None or kept.announced:
            return ""
        said = self.tr("上次清理：{time}，清了 {count} 条。")
        return said.format(time=f"{kept.last:%m-%d %H:%M}", count=kept.last_total)

    def _waiting(self, kept: Kept) -> str:
        parts = []
        if kept.not_acked:
            parts.append(self.tr("{count} 条中心还没收到").format(count=kept.not_acked))
        if kept.not_archived:
            parts.append(self.tr("{count} 条中心收到了、还没备份好").format(count=kept.not_archived))
        if not parts or kept.kept_since is None:
            return ""
        said = self.tr("到期了、先留着的：{parts}（最早 {day}）。送到了就会清理。")
        return "▲ " + said.format(parts="，".join(parts), day=f"{kept.kept_since:%m-%d}")

    def _disk(self, kept: Kept) -> str:
        room = afterwards_words.size(kept.free)
        said = self.tr("硬盘还剩 {size}").format(size=room)
        if kept.days_left is not None and kept.days_left < space.PLANNED_DAYS:
            said += self.tr("，照今天的用量大约够 {days} 天").format(days=kept.days_left)
        if kept.level is Level.ENOUGH:
            return said
        return f"▲ {said}" + self.tr("。请删掉这台电脑上不用的文件，或者换一块大硬盘；登记本不要动。")

    def _line(self, line: DueLine) -> Line:
        day = f"{line.day:%Y-%m-%d}" if line.day else self.tr("不分日子")
        others = [
            f"{retention_words.kind(kind, QCoreApplication.translate)} {count}"
            for kind, count in line.counts.items()
            if kind not in _SHOWN
        ]
        counts = [str(line.counts.get(kind, "")) for kind in _SHOWN]
        return Line(line.day, (day, *counts, self.tr("、").join(others)), can_be_marked=False)

    # --- what is done ---------------------------------------------------------------------------

    def _ask_to_run(self) -> None:
        if self.kept is None:
            return
        text = self.tr("清掉到期的 {count} 条个人信息？清了就找不回来。记录的条数和结果都还在。")
        self.question.ask(text.format(count=self.kept.total), self.tr("清理"), self._run)

    def _run(self) -> None:
        try:
            self._desk.run_now()
        except DeskError as error:
            self._fail(error)
            return
        self.run.setEnabled(False)
        self.state.setText(self.tr("正在清理，大门没有人的时候做一点。"))

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self.host.say(str(error), trouble=True)
