"""The center section (中心): how sync stands in words, enrolling, USB sticks where there is no network."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QFileDialog, QScrollArea, QVBoxLayout, QWidget

from station.core.contact import Alarm, Link
from station.local_time import local_now
from station.ui import center_words
from station.ui.admin.parts import Command, Field, label, row
from station.ui.admin.phone_form import PhoneDesk, PhoneForm
from station.ui.admin.sections import Host, Section
from station.ui.admin.sync_desk import SyncDesk, SyncDeskError
from station.ui.admin.work import Progress
from station.ui.theme import Theme

# Not in full where it is handed on: the collector of texts would take it for the next text's context.
translate = QCoreApplication.translate

REFRESH_MS = 1000
MOST_ALARMS = 4  # that there is room for; they are in the order of `Alarm`


class SyncSection(Section):
    """Everything here can be done while the gate goes on."""

    admin_only = True

    def __init__(
        self, host: Host, desk: SyncDesk, phone: PhoneDesk, *, now: Callable[[], datetime] = local_now
    ) -> None:
        super().__init__(host)
        self.phone = PhoneForm(host, phone)
        self._desk, self._now = desk, now
        self.state, self.why = label(name="heading", wrap=True), label(wrap=True)
        self.belonging, self.details = label(name="note", wrap=True), label(wrap=True)
        self.alarms = label(wrap=True)
        self.url = Field(self.tr("中心的地址，如 https://10.0.0.7:8443"), plain=True)
        self.code = Field(self.tr("一次性码，33 个字"), plain=True)
        self.enrol = Command(self.tr("登记"), self._enrol, "main")
        self.again = Command(self.tr("换一个中心，或重新登记"), lambda: self._show_form(shown=True), "flat")
        self.sync_now = Command(self.tr("马上同步"), self._sync_now)
        self.to_stick = Command(self.tr("写到 U 盘"), self._ask_where)
        self.from_stick = Command(self.tr("从 U 盘读"), self._ask_which)
        self._build()
        self._timer = QTimer(self, interval=REFRESH_MS)
        self._timer.timeout.connect(self.show_status)

    @property
    def title(self) -> str:
        return self.tr("中心")

    def enter(self) -> None:
        self._show_form(shown=not self._is_enrolled())
        self.show_status()
        self.phone.enter()
        self._timer.start()

    def leave(self) -> None:
        self._timer.stop()
        self.code.clear()

    def _build(self) -> None:
        self.column.addLayout(row(label(self.title, "title"), None, self.again))
        self.column.addWidget(self.state)
        address = row(self.url, self.code, self.enrol)
        address.setStretch(0, 3)  # an address is longer than a code
        address.setStretch(1, 2)
        self.column.addLayout(address)
        self.column.addWidget(self._told(), 1)
        self.column.addWidget(self.phone)
        self.column.addWidget(
            label(
                self.tr("没有网络时：把记录写到 U 盘，拿到中心去；再把中心写回来的文件读进来。"),
                "note",
                wrap=True,
            )
        )
        self.column.addLayout(row(self.sync_now, None, self.to_stick, self.from_stick))

    def _told(self) -> QScrollArea:
        """On a bad day there is more to say than there is room for."""
        area, inner = QScrollArea(), QWidget()
        inner.setObjectName("plain")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        for line in (self.why, self.alarms, self.belonging, self.details):
            column.addWidget(line)
        column.addStretch(1)
        area.setWidgetResizable(True)
        area.setWidget(inner)
        return area

    # --- what is shown --------------------------------------------------------------------------

    def show_status(self) -> None:
        """How it stands now."""
        status, say = self._desk.status(), translate
        self.state.setText(center_words.link(status, say))
        self.why.setText(center_words.trouble(status.trouble, say) if status.trouble else "")
        self.why.setVisible(status.trouble is not None)
        self.details.setText("\n".join(self._details()))
        alarms = [f"▲ {center_words.alarm(one, say)}" for one in Alarm if one in status.alarms]
        more = len(alarms) - MOST_ALARMS
        last = [self.tr("还有 {count} 件").format(count=more)] if more > 0 else []
        self.alarms.setText("\n".join([*alarms[:MOST_ALARMS], *last]))
        self.alarms.setVisible(bool(alarms))
        for command in (self.sync_now, self.to_stick, self.from_stick):
            command.setEnabled(status.link is not Link.NONE)

    def _details(self) -> list[str]:
        status, now = self._desk.status(), self._now()
        if status.link is Link.NONE:
            return [self.tr("没有中心，大门照常用。要连中心：向中心要一个一次性码，十分钟内在这里填好。")]
        contact = self._ago(status.last_contact, now) or self.tr("还没有")
        lines = [self.tr("上次联系：{time}").format(time=contact)]
        if status.pending:
            since = self._ago(self._oldest(), now)
            waits = self.tr("待同步 {count} 条").format(count=status.pending)
            lines.append(f"{waits} · " + self.tr("最早的在 {time}").format(time=since) if since else waits)
        else:
            lines.append(self.tr("记录都送到了"))
        lists = self._ago(status.lists_as_of, now) or self.tr("还没收全")
        lines.append(self.tr("名单：{time}").format(time=lists))
        if status.clock:
            lines.append(self._clock(round(status.clock.offset_s)))
        return lines

    def _clock(self, slow_s: int) -> str:
        if abs(slow_s) <= 1:
            return self.tr("电脑时间和中心一样")
        text = self.tr("电脑时间比中心慢 {n} 秒") if slow_s > 0 else self.tr("电脑时间比中心快 {n} 秒")
        return text.format(n=abs(slow_s))

    def _ago(self, moment: datetime | None, now: datetime) -> str:
        if moment is None:
            return ""
        span = center_words.length(max(now - moment, timedelta()), translate)
        return self.tr("{span}前").format(span=span)

    def _oldest(self) -> datetime | None:
        try:
            return self._desk.oldest_pending()
        except SyncDeskError:
            return None  # the line goes without it

    def _is_enrolled(self) -> bool:
        try:
            found = self._desk.belonging()
        except SyncDeskError as error:
            self.host.say(str(error), trouble=True)
            found = None
        self.belonging.setText(
            self.tr("{url}，这台机器叫“{name}”").format(url=found.url, name=found.name) if found else ""
        )
        self.belonging.setVisible(found is not None)
        return found is not None

    def _show_form(self, *, shown: bool) -> None:
        for widget in (self.url, self.code, self.enrol):
            widget.setVisible(shown)
        self.again.setVisible(not shown)

    # --- what is done ---------------------------------------------------------------------------

    def _sync_now(self) -> None:
        self._desk.now()
        self.host.say(self.tr("正在同步"))

    def _enrol(self) -> None:
        url, code = self.url.text().strip(), self.code.text().strip()
        if not url or not code:
            self.host.say(self.tr("请把地址和一次性码都填好"), trouble=True)
            return
        self._work(self.tr("正在登记"), lambda progress: self._desk.enrol(url, code), self._enrolled)

    def _enrolled(self, name: object) -> None:
        self.code.clear()
        self.host.say(self.tr("登记好了，中心叫这台机器“{name}”").format(name=name))
        self._show_form(shown=not self._is_enrolled())
        self.show_status()

    def _ask_where(self) -> None:
        """A dialog that stops nothing: the gate under this page goes on."""
        dialog = QFileDialog(self, self.tr("选 U 盘"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda chosen: self.export_to(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_which(self) -> None:
        dialog = QFileDialog(self, self.tr("选中心写的文件"), "", self.tr("同步文件 (*.kkb)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda chosen: self.take_from(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def export_to(self, folder: Path) -> None:
        """Write what waits to a folder of a stick."""
        self._work(self.tr("正在写 U 盘，先别拔"), lambda progress: self._desk.export(folder), self._exported)

    def take_from(self, file: Path) -> None:
        """Read a stick of the center."""
        self._work(self.tr("正在读 U 盘，先别拔"), lambda progress: self._desk.take(file), self._taken)

    def _exported(self, result: object) -> None:
        assert isinstance(result, tuple)
        path, entries = result
        done = self.tr("写好了 {count} 条记录：{file}。可以拔 U 盘了")
        self.host.say(done.format(count=entries, file=path.name))

    def _taken(self, pages: object) -> None:
        if pages:
            self.host.say(self.tr("收好了 {count} 页名单。可以拔 U 盘了").format(count=pages))
        else:
            self.host.say(self.tr("这个文件里没有新名单。请拿中心最后写的那个文件"), trouble=True)
        self.show_status()

    def _work(self, what: str, job: Callable[[Progress], object], done: Callable[[object], None]) -> None:
        if not self.host.work(what, job, done, self._failed):
            self.host.say(self.tr("请等前面的事做完"), trouble=True)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, SyncDeskError):
            raise error
        self.host.say(str(error), trouble=True)

    def dress(self, theme: Theme, scale: float) -> None:
        super().dress(theme, scale)
        self.phone.dress(scale)
