"""The inside section (在场): who is inside, who is away, and who of them too long."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import IntEnum

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QButtonGroup

from station.local_time import local_now
from station.ui.admin import inside_words
from station.ui.admin.inside_desk import DeskError, InsideDesk, InsideNow, Seen
from station.ui.admin.inside_paper import EvacuationBar
from station.ui.admin.parts import Command, Field, Question, Switch, label, row
from station.ui.admin.places import Place, places
from station.ui.admin.sections import Host, Section
from station.ui.admin.table import Line, Table
from station.ui.theme import Theme

REFRESH_MS = 30_000
_NAME_COLUMN = 1


class Group(IntEnum):
    """Which of them are listed."""

    OTHERS = 0
    RESIDENTS = 1
    AWAY = 2


class InsideSection(Section):
    """Names are masked until somebody asks to see them, and again when they go."""

    def __init__(
        self,
        host: Host,
        desk: InsideDesk,
        *,
        where: Callable[[], Sequence[Place]] = places,
        now: Callable[[], datetime] = local_now,
    ) -> None:
        super().__init__(host)
        self._desk = desk
        self._now: InsideNow | None = None
        self.paper = EvacuationBar(host, desk, where, now)
        self.question = Question()
        self.table = Table(self._titles(), _NAME_COLUMN)
        self._build()
        self._timer = QTimer(self, interval=REFRESH_MS)
        self._timer.timeout.connect(self.read_again)

    @property
    def title(self) -> str:
        return self.tr("在场")

    def enter(self) -> None:
        self.paper.refresh()
        self.read()
        self._timer.start()

    def leave(self) -> None:
        self._timer.stop()
        self.unmasked.setChecked(False)
        self.question.answer(yes=False)
        self.house.clear()

    def go_back(self) -> bool:
        if self.question.isHidden():
            return False
        self.question.answer(yes=False)
        return True

    # --- building -------------------------------------------------------------------------------

    def _build(self) -> None:
        self.total, self.by_category = label(name="heading"), label(name="note", wrap=True)
        self.aside = self.total
        self.groups = QButtonGroup(self)
        for group in Group:
            self.groups.addButton(Switch(""), group)
        self.groups.button(Group.OTHERS).setChecked(True)
        self.groups.idClicked.connect(lambda number: self.read())
        self.house = Field(self.tr("房号或姓，如 3-2"))
        self.house.textChanged.connect(lambda text: self._fill())
        self.unmasked = Switch(self.tr("显示全名"), "flat")
        self.unmasked.toggled.connect(lambda on: self._fill())
        self.unmasked.toggled.connect(lambda on: self.in_full.emit() if on else None)
        self.mark = Command("", self._ask)
        self.hint = label(name="note", wrap=True)
        self.column.addLayout(row(label(self.title, "title"), None, self.total))
        self.column.addWidget(self.by_category)
        self.column.addLayout(row(*(self.groups.button(group) for group in Group), None))
        self.column.addLayout(row(self.house, self.unmasked))
        self.column.addWidget(self.hint)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.question)
        self.column.addLayout(row(self.mark, self.paper))
        self.table.marked_changed.connect(self._show_marked)

    def _titles(self) -> list[str]:
        return [
            self.tr("从几点"), self.tr("姓名"), self.tr("房号"), self.tr("类别"), self.tr("电话尾号"),
            self.tr("多久了"),
        ]  # fmt: skip

    # --- what is listed -------------------------------------------------------------------------

    @property
    def group(self) -> Group:
        return Group(self.groups.checkedId())

    def show_group(self, group: Group) -> None:
        self.groups.button(group).setChecked(True)
        self.read()

    def read(self) -> None:
        """What the gate knows now."""
        try:
            self._now = self._desk.now(residents=self.group is not Group.OTHERS)
        except DeskError as error:
            self._now = None
            self.host.say(str(error), trouble=True)
        self._fill()

    def read_again(self) -> None:
        """Time passed; but whoever is just choosing is not disturbed."""
        if self.question.isHidden() and not self.table.marked:
            self.read()

    def _fill(self) -> None:
        now, group = self._now, self.group
        self._show_totals(now)
        people = () if now is None else (now.others, now.residents, now.away)[group]
        wanted = self.house.text().strip().lower()
        lines = [
            self._line(one, now.at)
            for one in people
            if now and (one.dwelling.startswith(wanted) or one.name.lower().startswith(wanted))
        ]
        self.table.show_lines(lines, self._titles())
        self._show_hint(people, lines)

    def _show_totals(self, now: InsideNow | None) -> None:
        lists: Sequence[Sequence[Seen]] = (now.others, now.residents, now.away) if now else ((), (), ())
        titles = (self.tr("外来的 {count}"), self.tr("住户 {count}"), self.tr("住户出去了 {count}"))
        for group, title in zip(Group, titles, strict=True):
            late = sum(one.late for one in lists[group])
            text = title.format(count=len(lists[group]))
            text += self.tr("（超时 {late}）").format(late=late) if late else ""
            self.groups.button(group).setText(text)
        total = now.total if now else 0
        self.total.setText(
            self.tr("里面 {total} 人，其中外来 {others} 人，最多 {limit} 人").format(
                total=total, others=len(now.others), limit=now.limit
            )
            if now and now.limit
            else self.tr("里面 {total} 人").format(total=total)
        )
        self.by_category.setText(inside_words.counts(now.counts) if now else "")
        self.by_category.setVisible(bool(now and now.counts))

    def _show_hint(self, people: Sequence[Seen], lines: Sequence[Line]) -> None:
        if people and not lines:
            self.hint.setText(self.tr("没有找到，请换个房号或姓"))
        elif not people:
            nobody = (
                self.tr("现在里面没有外来的人"),
                self.tr("大门还没见过住户进来"),
                self.tr("没有住户在外面"),
            )
            self.hint.setText(nobody[self.group])
        else:
            self.hint.setText(self._rule())

    def _rule(self) -> str:
        assert self._now
        if self.group is Group.RESIDENTS:
            return self.tr("大门最后一次见他们，是进来")
        if self.group is Group.OTHERS:
            return self.tr("待满 {hours} 小时就算超时，排在最前面").format(
                hours=inside_words.hours(self._now.stay_hours)
            )
        if self._now.outing_hours is None:
            return self.tr("现在的规定不限出门时间")
        return self.tr("出门超过 {hours} 小时算没按时回来，排在最前面").format(
            hours=inside_words.hours(self._now.outing_hours)
        )

    def _line(self, one: Seen, now: datetime) -> Line:
        long = inside_words.how_long(one.for_long)
        return Line(
            one,
            (
                inside_words.clock(one.since, now),
                self._name(one),
                one.dwelling or "—",
                inside_words.category(one.category),
                one.phone_tail or "—",
                self.tr("超时！{long}").format(long=long) if one.late else long,
            ),
        )

    def _name(self, one: Seen) -> str:
        if not one.name:
            return self.tr("不认识的人 {number}").format(number=one.number)
        return one.name if self.unmasked.isChecked() else one.masked

    # --- what is done ---------------------------------------------------------------------------

    @property
    def marked(self) -> list[Seen]:
        return [one for one in self.table.marked if isinstance(one, Seen)]

    def _show_marked(self) -> None:
        count, away = len(self.marked), self.group is Group.AWAY
        text = self.tr("其实回来了") if away else self.tr("其实走了")
        self.mark.setText(f"{text} {count}" if count else text)
        self.mark.setEnabled(count > 0)

    def _ask(self) -> None:
        chosen, away = self.marked, self.group is Group.AWAY
        who = self._name(chosen[0]) if len(chosen) == 1 else self.tr("{first} 等 {count} 人").format(
            first=self._name(chosen[0]), count=len(chosen)
        )  # fmt: skip
        text = (
            self.tr("{who} 其实已经回来了，只是没人看见？会记一条“人工登记”，原来的记录不动。")
            if away
            else self.tr("{who} 其实已经走了，只是没人看见？会记一条“人工登记”，原来的记录不动。")
        )
        self.question.ask(
            text.format(who=who),
            self.tr("回来了") if away else self.tr("走了"),
            lambda: self._mark(chosen, left=not away),
        )

    def _mark(self, chosen: Sequence[Seen], *, left: bool) -> None:
        try:
            for one in chosen:
                self._desk.mark(one, left=left)
        except DeskError as error:
            self.host.say(str(error), trouble=True)
        else:
            self.host.say(self.tr("记好了，{count} 人").format(count=len(chosen)))
        self.read()

    def dress(self, theme: Theme, scale: float) -> None:
        super().dress(theme, scale)
        self.table.dress(scale)
        self.paper.dress(scale)
