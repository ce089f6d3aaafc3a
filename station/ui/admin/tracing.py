"""The section of tracing (溯源): who passed near a person, an entry or a time; masked at first."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime, time
from pathlib import Path

from PySide6.QtWidgets import QAbstractItemView, QStackedWidget, QVBoxLayout, QWidget

from station.local_time import local_now
from station.ui.admin import tracing_words as words
from station.ui.admin.day_chooser import day_of
from station.ui.admin.parts import Command, Field, Picker, label, row
from station.ui.admin.people_desk import Hit, PeopleDesk
from station.ui.admin.person_picker import PersonPicker
from station.ui.admin.places import Place, places
from station.ui.admin.sections import Host, Section
from station.ui.admin.table import Line, Table
from station.ui.admin.tracing_desk import AskedTrace, DeskError, Relation, Trace, TraceDesk, TraceLine
from station.ui.admin.two_signatures import TypedSignature
from station.ui.admin.why_question import WhyQuestion
from station.ui.theme import Theme

_RESULT, _PERSON = range(2)
_WHO_COLUMN, _COLUMNS = 4, 8
_MINUTES = (15, 5, 30, 60)
_DAYS = (14, 3, 7, 30)
_CLOCK = re.compile(r"(?:(?P<day>\S+)\s+)?(?P<hour>\d{1,2})[:\uff1a](?P<minute>\d{2})")


def moment_of(typed: str, now: datetime) -> datetime | None:
    """7:25, or 4-16 7:25; without a day, the last time that the clock said so. None of anything else."""
    found = _CLOCK.fullmatch(typed.strip())
    if not found or int(found["hour"]) > 23 or int(found["minute"]) > 59:
        return None
    clock = time(int(found["hour"]), int(found["minute"]))
    day = day_of(found["day"], now.date()) if found["day"] else now.date()
    if day is None:
        return None
    said = datetime.combine(day, clock, now.tzinfo)
    if said > now and not found["day"]:
        said = datetime.combine(day.fromordinal(day.toordinal() - 1), clock, now.tzinfo)
    return said


class TraceSection(Section):
    """What was found is gone when it goes out of sight."""

    def __init__(
        self,
        host: Host,
        desk: TraceDesk,
        people: PeopleDesk,
        *,
        now: Callable[[], datetime] = local_now,
        where: Callable[[], Sequence[Place]] = places,
    ) -> None:
        super().__init__(host)
        self._desk, self._now, self._where = desk, now, where
        self._trace: Trace | None = None
        self._person: Hit | None = None
        self._in_clear = ""  # why names are shown; empty: masked
        self.picker = PersonPicker(host, people)
        self.table = Table([""] * _COLUMNS, _WHO_COLUMN)
        self.question = WhyQuestion()
        self._build()

    @property
    def title(self) -> str:
        return self.tr("溯源")

    def enter(self) -> None:
        self.to.clear()
        for place in self._where():
            for ending, name in ((".xlsx", "XLSX"), (".csv", "CSV")):
                self.to.addItem(
                    self.tr("{format} 存到 {place}").format(format=name, place=place.title),
                    (place.folder, ending),
                )
        self._show()

    def leave(self) -> None:
        self._trace, self._person, self._in_clear = None, None, ""
        self.typed.clear()
        self.question.answer(yes=False)
        self.picker.leave()
        self.stack.setCurrentIndex(_RESULT)
        self._show()

    def go_back(self) -> bool:
        if self.stack.currentIndex() == _PERSON:
            self.stack.setCurrentIndex(_RESULT)
            return True
        if self.question.isVisible():
            self.question.answer(yes=False)
            return True
        return False

    # --- building -------------------------------------------------------------------------------

    def _build(self) -> None:
        self.minutes, self.days, self.way = Picker(), Picker(), Picker()
        for one in _MINUTES:
            self.minutes.addItem(self.tr("前后 {minutes} 分钟").format(minutes=one), one)
        for one in _DAYS:
            self.days.addItem(self.tr("一个人：最近 {days} 天").format(days=one), one)
        for way, name in ((None, self.tr("进出都看")), ("in", self.tr("只看进")), ("out", self.tr("只看出"))):
            self.way.addItem(name, way)
        for picker, name in (
            (self.minutes, self.tr("前后多久")),
            (self.days, self.tr("往前几天")),
            (self.way, self.tr("进出")),
        ):
            picker.setAccessibleName(name)
            picker.currentIndexChanged.connect(lambda index: self._again())
        self.typed = Field(self.tr("第几条，或时间，如 4-16 7:25"), plain=True)
        self.typed.returnPressed.connect(self.look_up)
        self.look = Command(self.tr("查"), self.look_up, "main")
        self.who = Command(self.tr("查一个人"), self._choose_person)
        self.stack = QStackedWidget()
        for page in (self._results(), self._choosing()):
            self.stack.addWidget(page)
        self.column.addWidget(self.stack, 1)
        self.picker.chosen.connect(self.show_person)

    def _results(self) -> QWidget:
        page, column = _page()
        asking = row(self.typed, self.look, self.who)
        asking.setStretch(0, 1)
        self.asked, self.summary = label(name="heading", wrap=True), label(wrap=True)
        self.unsure = label(name="trouble", wrap=True)
        self.to = Picker()
        self.names = Command(self.tr("显示全名"), self._ask_for_names)
        self.save = Command(self.tr("导出名单"), self._save, "main")
        column.addLayout(asking)
        column.addLayout(row(self.minutes, self.days, self.way))
        for one in (self.asked, self.summary, self.unsure, self.question):
            column.addWidget(one)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        column.addWidget(self.table, 1)
        self._foot = row(self.names, self.to, self.save)
        self._foot.setStretch(1, 1)
        column.addLayout(self._foot)
        return page

    def _choosing(self) -> QWidget:
        page, column = _page()
        back = Command(self.tr("← 回结果"), lambda: self.stack.setCurrentIndex(_RESULT), "flat")
        column.addLayout(row(back, label(self.tr("查谁前后都有谁过门？"), "heading"), None))
        column.addWidget(self.picker, 1)
        return page

    # --- asking ---------------------------------------------------------------------------------

    def look_up(self) -> None:
        """An entry by its number, or a time."""
        typed = self.typed.text().strip()
        at = moment_of(typed, self._now())
        if at is not None:
            self._person = None
            self._ask(AskedTrace(self.minutes.currentData(), at=at, way=self.way.currentData()))
        elif typed.isascii() and typed.isdigit():
            self._person = None
            number = int(typed)
            self._ask(AskedTrace(self.minutes.currentData(), number=number, way=self.way.currentData()))
        else:
            self.host.say(self.tr("请打第几条，如 104；或者时间，如 4-16 7:25"), trouble=True)

    def _choose_person(self) -> None:
        self.stack.setCurrentIndex(_PERSON)
        self.picker.enter()

    def show_person(self, person: Hit) -> None:
        """Around all passages of this person."""
        self._person = person
        self.picker.leave()
        self.stack.setCurrentIndex(_RESULT)
        minutes, days, way = (one.currentData() for one in (self.minutes, self.days, self.way))
        self._ask(AskedTrace(minutes, person_id=person.person_id, days=days, way=way))

    def _again(self) -> None:
        """The same question with other limits."""
        if self._trace is None:
            return
        if self._person:
            self.show_person(self._person)
            return
        asked = self._trace.asked
        self._ask(
            AskedTrace(
                self.minutes.currentData(), number=asked.number, at=asked.at, way=self.way.currentData()
            )
        )

    def _ask(self, asked: AskedTrace) -> None:
        self.host.say("")
        try:
            job = self._desk.trace(asked)
        except DeskError as error:
            self._fail(error)
            return
        self.host.work(self.tr("正在查谁同时过门"), job, self._take, self._fail)

    def _take(self, found: object) -> None:
        if isinstance(found, Trace):
            self._trace, self._in_clear = found, ""
            self._show()

    # --- what is shown --------------------------------------------------------------------------

    def _show(self) -> None:
        trace = self._trace
        self.asked.setText(self._asked_words(trace))
        self.summary.setText(words.summary(trace) if trace else "")
        self.unsure.setText(words.unsure(trace) if trace else "")
        self.summary.setVisible(trace is not None)
        self.unsure.setVisible(bool(self.unsure.text()))
        lines = [self._line(one) for one in trace.lines] if trace else []
        self.table.show_lines(lines, self._titles())
        self.names.setText(self.tr("显示全名") if not self._in_clear else self.tr("再打码"))
        for one in (self.names, self.save, self.to):
            one.setEnabled(bool(lines))

    def _asked_words(self, trace: Trace | None) -> str:
        if trace is None:
            return self.tr("要查谁，或者哪个时间？")
        whose = f"{self._person.masked} {self._person.dwelling}".strip() if self._person else ""
        return " · ".join(part for part in (whose, words.asked(trace.asked)) if part)

    def _titles(self) -> list[str]:
        return [
            self.tr("号"), self.tr("时间"), self.tr("相差"), self.tr("进出"), self.tr("谁"), self.tr("关系"),
            self.tr("判定"), self.tr("还在里面"),
        ]  # fmt: skip

    def _line(self, one: TraceLine) -> Line:
        name = (one.name if self._in_clear else one.masked) or words.unnamed(one)
        phone = one.phone if self._in_clear else ""
        cells = (
            str(one.number) if one.number is not None else "—",
            words.moment(one.at),
            words.apart(one),
            words.way(one),
            "  ".join(part for part in (name, one.dwelling, phone) if part),
            words.relation(one),
            words.verdict(one),
            words.inside(one) if one.relation is not Relation.OTHER or one.inside is not None else "—",
        )
        return Line(one, cells, can_be_marked=False)

    # --- names, and the sheet -------------------------------------------------------------------

    def _ask_for_names(self) -> None:
        if self._in_clear:
            self._in_clear = ""
            self._show()
            return
        by_two = words.by_two() if self._trace and self._desk.needs_two(self._trace) else ""
        asked = self.tr("为什么要看全名和电话？写下来，会留在记录里")
        self.question.ask(asked, self.tr("显示"), self._unmask, by_two=by_two)

    def _unmask(self, why: str, signatures: Sequence[TypedSignature]) -> bool:
        """Whether they are shown."""
        if self._trace is None:
            return True
        try:
            self._desk.unmask(self._trace, why, signatures)
        except DeskError as error:
            self._fail(error)
            return False
        self._in_clear = why
        self._show()
        return True

    def _save(self) -> None:
        chosen = self.to.currentData()
        if self._trace is None or chosen is None:
            return
        folder, ending = chosen
        masked = not self._in_clear
        try:
            job = self._desk.write(self._trace, folder, ending, masked=masked, why=self._in_clear)
        except DeskError as error:
            self._fail(error)
            return
        self.host.work(self.tr("正在写流调名单"), job, self._saved, self._fail)

    def _saved(self, path: object) -> None:
        if isinstance(path, Path):
            self.host.say(self.tr("存好了：{path}。用完请删掉").format(path=path))

    def _fail(self, error: Exception) -> None:
        self.host.say(str(error), trouble=True)

    def dress(self, theme: Theme, scale: float) -> None:
        super().dress(theme, scale)
        for part in (self.table, self.picker):
            part.dress(scale)


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    page.setObjectName("plain")
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    return page, column
