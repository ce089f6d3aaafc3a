"""The section of notices (通知): what the center wrote to the people at this gate, and what it wants done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea

from station.local_time import local_now
from station.ui.admin import inside_words
from station.ui.admin.notice_desk import CenterTaskLine, DeskError, NoticeDesk, NoticeLine
from station.ui.admin.parts import Command, label, row
from station.ui.admin.sections import Host, Section
from station.ui.admin.table import Line, Table, breakable
from station.ui.theme import Theme

_TEXT_COLUMN = 1


class NoticeSection(Section):
    """For everybody at the gate: reading it takes the line from the gate screen."""

    def __init__(self, host: Host, desk: NoticeDesk, *, now: Callable[[], datetime] = local_now) -> None:
        super().__init__(host)
        self._desk, self._now = desk, now
        self.notices, self.total = label(wrap=True), label(name="heading")
        self.hint = label(name="note", wrap=True)
        self.table = Table(self._titles(), _TEXT_COLUMN)
        self.done = Command(self.tr("办好了"), lambda: self._tick(done=True), "main")
        self.undone = Command(self.tr("还没办"), lambda: self._tick(done=False))
        self._build()

    @property
    def title(self) -> str:
        return self.tr("通知")

    def enter(self) -> None:
        self.read()

    def _build(self) -> None:
        self.notices.setTextFormat(Qt.TextFormat.PlainText)  # what somebody wrote is no markup
        self.notices.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self.notices)
        self.column.addLayout(row(label(self.title, "title"), None, self.total))
        self.column.addWidget(self._scroll, 1)
        self.column.addWidget(self.hint)
        self.column.addWidget(self.table, 1)
        self.column.addLayout(row(None, self.undone, self.done))
        self.table.marked_changed.connect(self._show_marked)

    def _titles(self) -> list[str]:
        return [self.tr("什么时候办"), self.tr("要办的事"), self.tr("办了没有")]

    # --- what is shown --------------------------------------------------------------------------

    def read(self) -> None:
        """All of it anew."""
        notices, tasks = self._read()
        blocks = "\n\n".join(self._notice(one) for one in notices)
        self.notices.setText(
            breakable(blocks) or self.tr("现在没有通知。管理中心发来的写在这里，大门上也会提醒。")
        )
        self.table.show_lines([self._line(one) for one in tasks], self._titles())
        left = sum(not one.done for one in tasks)
        self.total.setText(self.tr("还有 {count} 件事要办").format(count=left) if left else "")
        self.hint.setText(self.tr("办好了点一下，会自动报给管理中心。"))
        for widget in (self.hint, self.table, self.done, self.undone):
            widget.setVisible(bool(tasks))
        self._show_marked()

    def _read(self) -> tuple[Sequence[NoticeLine], Sequence[CenterTaskLine]]:
        try:
            return self._desk.notices(), self._desk.tasks()
        except DeskError as error:
            self.host.say(str(error), trouble=True)
            return (), ()

    def _notice(self, one: NoticeLine) -> str:
        sign = "▲ " if one.urgent else ""
        new = "" if one.read else self.tr("（新）")
        head = f"{sign}{one.title}{new} · {inside_words.clock(one.at, self._now())}"
        return f"{head}\n{one.text}" if one.text else head

    def _line(self, one: CenterTaskLine) -> Line:
        due = inside_words.clock(one.due, self._now()) if one.due else "—"
        time = self.tr("{time}，过了").format(time=due) if one.late else due
        return Line(one, (time, one.text, "✓" if one.done else ""))

    # --- what is done ---------------------------------------------------------------------------

    @property
    def marked(self) -> list[CenterTaskLine]:
        return [one for one in self.table.marked if isinstance(one, CenterTaskLine)]

    def _show_marked(self) -> None:
        self.done.setEnabled(any(not one.done for one in self.marked))
        self.undone.setEnabled(any(one.done for one in self.marked))

    def _tick(self, *, done: bool) -> None:
        try:
            self._desk.tick([one for one in self.marked if one.done != done], done=done)
        except DeskError as error:
            self.host.say(str(error), trouble=True)
        self.read()

    def dress(self, theme: Theme, scale: float) -> None:
        super().dress(theme, scale)
        self.table.dress(scale)
