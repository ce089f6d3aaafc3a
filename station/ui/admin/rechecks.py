"""The rechecks section (复测): who waits to be measured again, who left without, whose fever is certain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QTimer

from station.local_time import local_now
from station.ui.admin import inside_words, people_words, rechecks_words
from station.ui.admin.inside_desk import DeskError, Fever, FeverDesk, FeverReading, FeverState
from station.ui.admin.parts import Switch, label, row
from station.ui.admin.sections import Host, Section
from station.ui.admin.table import Line, Table
from station.ui.theme import Theme

REFRESH_MS = 5_000
_NAME_COLUMN = 1  # a long name may be cut, what was measured not


class RechecksSection(Section):
    """To be looked at; people are measured at the gate."""

    def __init__(self, host: Host, desk: FeverDesk, *, now: Callable[[], datetime] = local_now) -> None:
        super().__init__(host)
        self._desk, self._now = desk, now
        self._fevers: Sequence[Fever] = ()
        self.table = Table(self._titles(), _NAME_COLUMN)
        self.total, self.hint = label(name="heading"), label(name="note", wrap=True)
        self.aside = self.total
        self.unmasked = Switch(self.tr("显示全名"), "flat")
        self.unmasked.toggled.connect(lambda on: self._fill())
        self.unmasked.toggled.connect(lambda on: self.in_full.emit() if on else None)
        self.column.addLayout(row(label(self.title, "title"), None, self.total))
        about = row(self.hint, self.unmasked)
        about.setStretch(0, 1)
        self.column.addLayout(about)
        self.column.addWidget(self.table, 1)
        self.detail = label(wrap=True)
        self.column.addWidget(self.detail)
        self.table.marked_changed.connect(self._show_detail)
        self._timer = QTimer(self, interval=REFRESH_MS)
        self._timer.timeout.connect(self.read)

    @property
    def title(self) -> str:
        return self.tr("复测")

    def enter(self) -> None:
        self.read()
        self._timer.start()

    def leave(self) -> None:
        self._timer.stop()
        self.unmasked.setChecked(False)

    def read(self) -> None:
        """What the lane and the journal know now."""
        try:
            self._fevers = self._desk.today()
        except DeskError as error:
            self._fevers = ()
            self.host.say(str(error), trouble=True)
        self._fill()

    def _titles(self) -> list[str]:
        return [
            self.tr("怎么样了"), self.tr("姓名"), self.tr("房号"), self.tr("电话尾号"), self.tr("从几点"),
            self.tr("读数"),
        ]  # fmt: skip

    def _fill(self) -> None:
        marked = self.table.marked
        self.table.show_lines([self._line(one) for one in self._fevers], self._titles())
        self.table.mark(marked)
        counts = {state: sum(one.state is state for one in self._fevers) for state in FeverState}
        self.total.setText(
            " · ".join(f"{rechecks_words.state(state)} {counts[state]}" for state in FeverState)
        )
        self.hint.setText(self._what_to_do(counts[FeverState.LEFT] > 0))

    def _what_to_do(self, somebody_left: bool) -> str:
        if not self._fevers:
            return self.tr("今天没有体温偏高的人")
        if somebody_left:
            return self.tr("没复测就走了的，请打电话找到人，或者告诉社区医生")
        return self.tr("复测在卡口做；点一个人，看每次怎么测的")

    def _line(self, one: Fever) -> Line:
        now = self._now()
        state = rechecks_words.state(one.state)
        if one.overdue:
            state = self.tr("该测了！人在哪里")
        name = one.name if self.unmasked.isChecked() else one.masked
        return Line(
            one,
            (
                state,
                name or self.tr("没亮码的人"),
                one.dwelling or "—",
                one.phone_tail or "—",
                f"{inside_words.clock(one.since, now)} · {inside_words.how_long(now - one.since)}",
                _in_short(one.readings),
            ),
        )

    def _show_detail(self) -> None:
        """Every reading of those who are marked, which a line of the table has no room for."""
        marked = [one for one in self.table.marked if isinstance(one, Fever)]
        self.detail.setText("\n".join(" → ".join(_in_full(each) for each in one.readings) for one in marked))
        self.detail.setVisible(any(one.readings for one in marked))

    def dress(self, theme: Theme, scale: float) -> None:
        super().dress(theme, scale)
        self.table.dress(scale)


def _in_short(readings: Sequence[FeverReading]) -> str:
    """E.g. 37.4↑ → 36.6 手腕."""
    if not readings:
        return "—"
    return " → ".join(map(_value, readings)) + f" {rechecks_words.site(readings[-1].site)}"


def _in_full(one: FeverReading) -> str:
    """E.g. 10:05 额头 37.4↑（支架测温仪）."""
    measured = f"{one.at:%H:%M} {rechecks_words.site(one.site)} {_value(one)}"
    return people_words.aside(measured, one.instrument)


def _value(one: FeverReading) -> str:
    return f"{one.value_c:.1f}{'↑' if one.high else ''}"
