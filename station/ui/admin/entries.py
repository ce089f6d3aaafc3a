"""The entries section (记录): passages by day, verdict, person or number, explained again when tapped."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import cast

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from station.core.model import Severity
from station.core.override import OverrideReason
from station.local_time import local_now
from station.ui import words as verdict_words
from station.ui.admin import entries_words as words
from station.ui.admin.day_chooser import day_of
from station.ui.admin.entries_desk import DeskError, Entries, EntriesDesk, EntryLine, Wanted
from station.ui.admin.entry_list import EntryTable
from station.ui.admin.entry_page import EntryPage
from station.ui.admin.parts import Command, Field, Picker, Switch, label, row
from station.ui.admin.people_desk import Hit, PeopleDesk
from station.ui.admin.person_picker import PersonPicker
from station.ui.admin.sections import Host, Section
from station.ui.theme import Theme

_LIST, _ENTRY, _PERSON = range(3)
_MOST_OPERATORS = 3
_OVERRIDDEN = "overridden"


class EntriesSection(Section):
    """Masked, as everywhere: who somebody is stands on their card."""

    def __init__(
        self,
        host: Host,
        desk: EntriesDesk,
        people: PeopleDesk,
        *,
        now: Callable[[], datetime] = local_now,
    ) -> None:
        super().__init__(host)
        self._desk, self._now = desk, now
        self._day: date | None = None
        self._person: Hit | None = None
        self._listed: Wanted | None = None  # what the list in sight is of
        self._place: int | None = None  # of the entry that is explained
        self._row: int | None = None  # of the entry that is explained; None: it was asked for by number
        self.table = EntryTable(self._fail)
        self.page = EntryPage(now)
        self.picker = PersonPicker(host, people)
        self._build()

    @property
    def title(self) -> str:
        return self.tr("记录")

    def enter(self) -> None:
        """The last day on which anybody passed, for that is today at a gate that works."""
        if self._day is None and not self.every_day.isChecked():
            self._day = self._newest_day()
        self.read()

    def leave(self) -> None:
        self._show_list()
        self._person, self._day = None, None
        with QSignalBlocker(self.every_day), QSignalBlocker(self.verdict):  # whoever enters reads
            self.every_day.setChecked(False)
            self.verdict.setCurrentIndex(0)
        self.typed.clear()
        self._list_nothing()

    def go_back(self) -> bool:
        if self.stack.currentIndex() == _LIST:
            return False
        self._show_list()
        return True

    # --- building -------------------------------------------------------------------------------

    def _build(self) -> None:
        self.total, self.overridden = label(name="heading"), label(name="note", wrap=True)
        self.aside = self.total
        self.stack = QStackedWidget()
        for page in (self._list(), self.page, self._choosing()):
            self.stack.addWidget(page)
        self.column.addLayout(row(label(self.title, "title"), None, self.total))
        self.column.addWidget(self.stack, 1)
        self.table.opened.connect(self.open)
        self.page.left.connect(self._show_list)
        self.page.neighbour.connect(self._open_neighbour)
        self.page.amended.connect(self._amend)
        self.picker.chosen.connect(self.show_person)

    def _list(self) -> QWidget:
        page = QWidget()
        page.setObjectName("plain")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._filters())
        column.addLayout(self._asking())
        column.addWidget(self.overridden)
        column.addWidget(self.table, 1)
        return page

    def _filters(self) -> QHBoxLayout:
        self.before = Command("←", lambda: self._turn(-1))
        self.after = Command("→", lambda: self._turn(1))
        self.before.setAccessibleName(self.tr("前一天"))
        self.after.setAccessibleName(self.tr("后一天"))
        self.shown_day = label()
        self.every_day = Switch(self.tr("所有日子"))
        self.every_day.toggled.connect(self._every_day)
        self.verdict = Picker()
        self.verdict.addItem(self.tr("判定：都看"), None)
        for severity in sorted(Severity, reverse=True):
            text = self.tr("只看{verdict}").format(verdict=verdict_words.verdict_name(severity))
            self.verdict.addItem(text, int(severity))
        self.verdict.addItem(self.tr("只看改过判的"), _OVERRIDDEN)
        self.verdict.currentIndexChanged.connect(lambda index: self.read())
        line = row(self.before, self.shown_day, self.after, self.every_day, self.verdict)
        line.setStretch(4, 1)
        return line

    def _asking(self) -> QHBoxLayout:
        self.typed = Field(self.tr("第几条，或日期，如 104 或 4-16"), plain=True)
        self.typed.returnPressed.connect(self.look_up)
        self.look = Command(self.tr("查"), self.look_up)
        self.who = Command(self.tr("找一个人的"), self._choose_person)
        self.nobody = Command(self.tr("看所有人的"), lambda: self.show_person(None), "flat")
        self.whose = label()
        line = row(self.typed, self.look, self.who, self.whose, self.nobody)
        line.setStretch(0, 1)
        return line

    def _choosing(self) -> QWidget:
        page = QWidget()
        page.setObjectName("plain")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        back = Command(self.tr("← 回列表"), self._show_list, "flat")
        column.addLayout(row(back, label(self.tr("看谁的进出记录？"), "heading"), None))
        column.addWidget(self.picker, 1)
        return page

    # --- what is listed -------------------------------------------------------------------------

    @property
    def wanted(self) -> Wanted:
        verdict = self.verdict.currentData()
        by_hand = verdict == _OVERRIDDEN
        return Wanted(
            None if self.every_day.isChecked() else self._day,
            None if by_hand or verdict is None else Severity(verdict),
            by_hand,
            self._person.person_id if self._person else None,
        )

    def read(self, said: str = "") -> None:
        """The list and the counts anew; `said` is told when they are there."""
        wanted = self.wanted
        self._show_filters(wanted)
        try:
            self._count_overrides(wanted.day or self._now().date())
            if wanted.day is None and wanted.person_id is None:
                self._search(wanted, said)
            else:
                self._list_entries(wanted, self._desk.find(wanted), said)
        except DeskError as error:
            self._list_nothing(error)

    def _search(self, wanted: Wanted, said: str) -> None:
        """All days of everybody: beside the gate, where people go on passing."""
        job = self._desk.search(wanted)

        def done(found: object) -> None:
            if wanted == self.wanted:
                self._list_entries(wanted, cast("Entries", found), said)
            elif self.wanted.day is None and self.wanted.person_id is None:
                self.read(said)  # something else was chosen meanwhile, and had to wait

        if wanted != self._listed:
            self._list_nothing()
        self.host.work(self.tr("正在找所有日子的记录"), job, done, self._list_nothing)

    def _list_entries(self, wanted: Wanted, found: Entries, said: str) -> None:
        self._listed = wanted
        self.table.show_entries(found, with_day=wanted.day is None)
        self.total.setText(self.tr("{count} 条").format(count=f"{len(found):,}"))
        if said:
            self.host.say(said)

    def _list_nothing(self, why: Exception | None = None) -> None:
        self._listed = None
        self.table.show_lines([], [""] * 7)
        self.total.clear()
        if why:
            self.host.say(str(why), trouble=True)

    def _show_filters(self, wanted: Wanted) -> None:
        today = self._now().date()
        self.after.setEnabled(wanted.day is not None and wanted.day < today)
        self.shown_day.setText(words.day(wanted.day, today) if wanted.day else "")
        self.whose.setText(f"{self._person.masked} {self._person.dwelling}".strip() if self._person else "")
        for widget in (self.before, self.shown_day, self.after):
            widget.setVisible(wanted.day is not None)
        for widget in (self.whose, self.nobody):
            widget.setVisible(self._person is not None)
        self.who.setVisible(self._person is None)

    def _count_overrides(self, day: date) -> None:
        counts, today = self._desk.overrides(day), self._now().date()
        total = sum(counts.values())
        text = self.tr("{day}没有人改判") if not total else self.tr("{day}改判 {count} 次：{who}")
        said = words.overrides(counts, _MOST_OPERATORS)
        self.overridden.setText(text.format(day=words.day(day, today), count=total, who=said))

    def _newest_day(self) -> date:
        today = self._now().date()
        try:
            return min(self._desk.newest_day() or today, today)
        except DeskError:  # reading says it
            return today

    def _turn(self, days: int) -> None:
        if self._day:
            self._day += timedelta(days=days)
        self.read()

    def _every_day(self, on: bool) -> None:
        if not on and self._day is None:
            self._day = self._newest_day()
        self.read()

    def look_up(self) -> None:
        """An entry by its number, or a day."""
        typed = self.typed.text().strip()
        day = day_of(typed, self._now().date())
        if day:
            self._day = day
            self.every_day.setChecked(False)
            self.read()
        elif typed.isascii() and typed.isdigit():
            self._look_up_number(int(typed))
        else:
            self.host.say(self.tr("请打第几条，如 104；或者日期，如 4-16"), trouble=True)

    def _look_up_number(self, number: int) -> None:
        try:
            place = self._desk.place_of(number)
        except DeskError as error:
            self._fail(error)
            return
        if place is None:
            self.host.say(self.tr("没有第 {number} 条").format(number=number), trouble=True)
            return
        self._row = None
        self._explain(place)

    # --- a person -------------------------------------------------------------------------------

    def _choose_person(self) -> None:
        self._show(_PERSON)
        self.picker.enter()

    def show_person(self, person: Hit | None) -> None:
        """Only the entries of this person, of all days; None: of everybody."""
        self._person = person
        self._show_list()
        if person and not self.every_day.isChecked():
            self.every_day.setChecked(True)  # reads
        else:
            self.read()

    # --- one entry ------------------------------------------------------------------------------

    def open(self, line: EntryLine) -> None:
        self._row = self.table.currentIndex().row()
        self._explain(line.place)

    def _open_neighbour(self, step: int) -> None:
        row = None if self._row is None else self._row + step
        if row is None or not 0 <= row < len(self.table.lines):
            return
        about = self.table.lines[row].about
        if isinstance(about, EntryLine):
            self._row = row
            self.table.selectRow(row)
            self._explain(about.place)

    def _amend(self, to: Severity, why: OverrideReason) -> None:
        """The first verdict stays; the list and this page show what counts now."""
        if self._place is None:
            return
        place = self._place
        try:
            self._desk.amend(place, to, why)
        except DeskError as error:
            self._fail(error)
            return
        done = self.tr("更正好了，原来的判定也留着")
        self.read(done)
        self._explain(place)
        self.host.say(done)

    def _explain(self, place: int) -> None:
        self._place = place
        try:
            explanation = self._desk.explain(place)
        except DeskError as error:
            self._fail(error)
            return
        self.host.say("")
        last = len(self.table.lines) - 1
        self.page.newer.setEnabled(self._row is not None and self._row > 0)
        self.page.older.setEnabled(self._row is not None and self._row < last)
        self.page.show_explanation(explanation)
        self._show(_ENTRY)

    def _show_list(self) -> None:
        self.page.forget()
        self.picker.leave()
        self._show(_LIST)

    def _show(self, page: int) -> None:
        """The count is of the list."""
        self.stack.setCurrentIndex(page)
        self.total.setVisible(page == _LIST)

    def _fail(self, error: DeskError) -> None:
        self.host.say(str(error), trouble=True)

    def dress(self, theme: Theme, scale: float) -> None:
        super().dress(theme, scale)
        for part in (self.table, self.page, self.picker):
            part.dress(scale)
