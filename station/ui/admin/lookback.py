"""The look-back section (回溯): whose passages look otherwise by now, who passed beside them, to tick off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from PySide6.QtWidgets import QVBoxLayout, QWidget

from station.core.visit import short
from station.local_time import local_now
from station.translation import listed
from station.ui.admin import inside_words, lookback_words
from station.ui.admin.inside_desk import Asked, Changed, DeskError, LookbackDesk, LookbackLine, TaskLine
from station.ui.admin.parts import Command, Field, Picker, Switch, label, row
from station.ui.admin.sections import Host, Section
from station.ui.admin.table import Line, Table
from station.ui.theme import Theme

_NAME_COLUMN = 1
_BACK_HOURS = (24, 48, 72, 168, 336)
_USUAL_BACK = 1


class LookbackSection(Section):
    """One look-back at a time, of those that news made and those that were asked for."""

    def __init__(self, host: Host, desk: LookbackDesk, *, now: Callable[[], datetime] = local_now) -> None:
        super().__init__(host)
        self._desk, self._now = desk, now
        self._all: Sequence[LookbackLine] = ()
        self._asked: Sequence[Asked] = ()
        self.table = Table(self._titles(), _NAME_COLUMN)
        self._build()

    @property
    def title(self) -> str:
        return self.tr("回溯")

    def enter(self) -> None:
        try:
            new = self._desk.refresh()
        except DeskError as error:
            self.host.say(str(error), trouble=True)
        else:
            if new:
                self.host.say(self.tr("有新消息：多了 {count} 个人要回溯").format(count=new))
        self.read()

    def leave(self) -> None:
        self.unmasked.setChecked(False)
        self.show_asking(asking=False)

    def go_back(self) -> bool:
        if self.asking.isHidden():
            return False
        self.show_asking(asking=False)
        return True

    # --- building -------------------------------------------------------------------------------

    def _build(self) -> None:
        self.which = Picker()
        self.which.currentIndexChanged.connect(lambda index: self.read())
        self.unmasked = Switch(self.tr("显示全名"), "flat")
        self.unmasked.toggled.connect(lambda on: self._fill())
        self.unmasked.toggled.connect(lambda on: self.in_full.emit() if on else None)
        self.new = Command(self.tr("再查一个人"), lambda: self.show_asking(asking=self.asking.isHidden()))
        self.total, self.hint = label(name="heading"), label(name="note", wrap=True)
        self.done = Command(self.tr("办好了"), lambda: self._tick(done=True), "main")
        self.undone = Command(self.tr("还没办"), lambda: self._tick(done=False))
        self._build_asking()
        self.column.addLayout(row(label(self.title, "title"), None, self.total))
        self.column.addLayout(row(self.which, self.new))
        self.column.addWidget(self.asking)
        about = row(self.hint, self.unmasked)
        about.setStretch(0, 1)
        self.column.addLayout(about)
        self.column.addWidget(self.table, 1)
        self.column.addLayout(row(None, self.undone, self.done))
        self.table.marked_changed.connect(self._show_marked)

    def _build_asking(self) -> None:
        """A person, what turned out, and how far back."""
        self.typed = Field(self.tr("房号，如 3-2-501；或记录的号码"), plain=True)
        self.typed.returnPressed.connect(self.look_up)
        self.find_them = Command(self.tr("查"), self.look_up)
        self.person, self.changed, self.back = Picker(), Picker(), Picker()
        for changed in Changed:
            self.changed.addItem(lookback_words.changed(changed), changed)
        for hours in _BACK_HOURS:
            days = hours // 24
            self.back.addItem(self.tr("往前 {days} 天").format(days=days), hours)
        self.back.setCurrentIndex(_USUAL_BACK)
        self.go = Command(self.tr("回溯"), self._look, "main")
        self.asking = QWidget()
        self.asking.setObjectName("plain")
        self._lines = QVBoxLayout(self.asking)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.addLayout(row(self.typed, self.find_them))
        self._lines.addLayout(row(self.person, self.changed, self.back, self.go))
        self.asking.hide()

    def _titles(self) -> list[str]:
        return [
            self.tr("时间"), self.tr("姓名"), self.tr("房号"), self.tr("电话尾号"), self.tr("那次 → 现在看"),
            self.tr("人在哪"), self.tr("办了没有"),
        ]  # fmt: skip

    # --- what is listed -------------------------------------------------------------------------

    def read(self, show: str | None = None) -> None:
        """All look-backs anew; `show` is the name of the one to look at, else the same as before."""
        wanted = show or self.which.currentData()
        try:
            self._all = self._desk.all(wanted)
        except DeskError as error:
            self._all = ()
            self.host.say(str(error), trouble=True)
        self.which.blockSignals(True)
        self.which.clear()
        for one in self._all:
            self.which.addItem(self._headline(one), one.name)
        self.which.setCurrentIndex(max(self.which.findData(wanted), 0) if self._all else -1)
        self.which.blockSignals(False)
        self._fill()

    def _headline(self, one: LookbackLine) -> str:
        what = listed(lookback_words.fact(*fact) for fact in one.facts)
        made = inside_words.clock(one.made_at, self._now())
        left = self.tr("还有 {open} 件").format(open=one.open) if one.open else self.tr("都办好了")
        return f"{one.masked} · {what} · {made} · {left}"

    @property
    def shown(self) -> LookbackLine | None:
        return next((one for one in self._all if one.name == self.which.currentData()), None)

    def _fill(self) -> None:
        one = self.shown
        self.table.show_lines([self._line(task) for task in one.tasks] if one else [], self._titles())
        open_tasks = sum(each.open for each in self._all)
        self.total.setText(self.tr("还有 {open} 件没办").format(open=open_tasks) if self._all else "")
        self.which.setVisible(bool(self._all))
        self.hint.setText(self._about(one) if one else self.tr("没有人的码变坏，也没有查过谁"))
        for widget in (self.done, self.undone):
            widget.setVisible(one is not None)

    def _about(self, one: LookbackLine) -> str:
        theirs = sum(task.theirs for task in one.tasks)
        inside = {(task.code, task.name, task.dwelling) for task in one.tasks if task.inside}
        since = inside_words.clock(one.since, self._now())
        text = self.tr("从 {since} 起：本人过门 {theirs} 次，前后 15 分钟同门 {beside} 人。").format(
            since=since, theirs=theirs, beside=len(one.tasks) - theirs
        )
        now = self.tr("{inside} 人还在里面，请先找他们。") if inside else self.tr("现在都不在里面。")
        return text + now.format(inside=len(inside))

    def _line(self, task: TaskLine) -> Line:
        who = self._who(task)
        return Line(
            task,
            (
                f"{inside_words.clock(task.at, self._now())} "
                + (self.tr("进") if task.way_in else self.tr("出")),
                self.tr("本人 {who}").format(who=who) if task.theirs else who,
                task.dwelling or "—",
                task.phone_tail or "—",
                self._verdicts(task),
                self.tr("还在里面！") if task.inside else self.tr("不在"),
                f"✓ {inside_words.clock(task.done_at, self._now())}" if task.done_at else "",
            ),
        )

    def _who(self, task: TaskLine) -> str:
        if task.name:
            return task.name if self.unmasked.isChecked() else task.masked
        unknown = self.tr("不认识的人 {number}").format(number=task.code)
        return unknown if task.code else self.tr("没亮码的人")

    def _verdicts(self, task: TaskLine) -> str:
        before = lookback_words.verdict(task.before)
        return f"{before} → {lookback_words.verdict(task.now)}" if task.now else before

    # --- what is done ---------------------------------------------------------------------------

    @property
    def marked(self) -> list[TaskLine]:
        return [task for task in self.table.marked if isinstance(task, TaskLine)]

    def _show_marked(self) -> None:
        self.done.setEnabled(any(task.done_at is None for task in self.marked))
        self.undone.setEnabled(any(task.done_at is not None for task in self.marked))

    def _tick(self, *, done: bool) -> None:
        one, chosen = self.shown, [task for task in self.marked if (task.done_at is None) == done]
        if one is None:
            return
        try:
            self._desk.tick(one.name, chosen, done=done)
        except DeskError as error:
            self.host.say(str(error), trouble=True)
        self.read()

    def show_asking(self, *, asking: bool) -> None:
        """The fields for another person, or without them."""
        self.asking.setVisible(asking)
        self.typed.clear()
        self._show_asked(())
        if asking:
            self.typed.setFocus()

    def look_up(self) -> None:
        """Who lives there, or whose entry it is."""
        typed = self.typed.text().strip()
        if not typed:
            self.host.say(self.tr("请先写房号，或记录的号码"), trouble=True)
            return
        try:
            found = self._desk.who(typed)
        except DeskError as error:
            self.host.say(str(error), trouble=True)
            return
        self.host.say("" if found else self.tr("没有找到，请换个房号或号码"))
        self._show_asked(found)

    def _show_asked(self, found: Sequence[Asked]) -> None:
        self._asked = found
        self.person.clear()
        for one in found:
            who = one.masked or self.tr("不认识的人 {number}").format(number=short(one.key))
            self.person.addItem(f"{who}  {one.dwelling}".strip())
        for widget in (self.person, self.changed, self.back, self.go):
            widget.setVisible(bool(found))

    def _look(self) -> None:
        asked = self._asked[self.person.currentIndex()]
        since = self._now() - timedelta(hours=int(self.back.currentData()))
        try:
            name = self._desk.look(asked, Changed(self.changed.currentData()), since)
        except DeskError as error:
            self.host.say(str(error), trouble=True)
            return
        if name is None:
            self.host.say(self.tr("这段时间大门没见过这个人"))
            return
        self.show_asking(asking=False)
        self.host.say(self.tr("查好了"))
        self.read(show=name)

    def dress(self, theme: Theme, scale: float) -> None:
        super().dress(theme, scale)
        self._lines.setSpacing(round(10 * scale))
        self.table.dress(scale)
