"""The self-test section (自检): ticks with a remedy each; and from here to practice and to the wizard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from station.selftest import Tick, failed, unseen
from station.ui import selftest_words
from station.ui.admin.parts import Command, label, row
from station.ui.admin.sections import Host, Section
from station.ui.admin.work import Progress
from station.ui.theme import Look, Theme

_MARKS = {True: "✓", False: "✗", None: "·"}
_ORDER: dict[bool | None, int] = {False: 0, None: 1, True: 2}  # what is to be done comes first, unscrolled
_MARK_PX, _WHAT_PX = 56, 170


class ReadinessDesk(Protocol):
    """What the section asks for. `look` is called in a thread of its own, all else in the GUI thread."""

    def prepare(self) -> object:
        """What the gate's devices said lately, for `look`."""

    def look(self, devices: object) -> Sequence[Tick]: ...

    @property
    def can_set_up(self) -> bool:
        """Not while the gate's devices are emulated."""

    def set_up(self) -> None:
        """The wizard, over the gate."""

    def record(self) -> None:
        """Own recordings, over the gate."""

    def practise(self) -> str:
        """Practice, in a window of its own; "" or why it did not begin."""


class SelfTestSection(Section):
    def __init__(self, host: Host, desk: ReadinessDesk) -> None:
        super().__init__(host)
        self._desk = desk
        self.ticks: Sequence[Tick] = ()
        self._marks: list[tuple[QLabel, Tick]] = []
        self.again = Command(self.tr("再看一遍"), self.run, "flat")
        self.verdict = label("", "heading", wrap=True)
        self._inner, self._area = QWidget(), QScrollArea()
        self._inner.setObjectName("plain")
        self._area.setWidget(self._inner)
        self._area.setWidgetResizable(True)
        self._grid = QGridLayout(self._inner)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.practise = Command(self.tr("练一练（三分钟）"), self._practise, "main")
        self.set_up = Command(self.tr("设置向导"), desk.set_up)
        self.record = Command(self.tr("录自己的话"), desk.record)
        self._build()

    def _build(self) -> None:
        self.column.addLayout(row(label(self.tr("自检：接班前看一遍"), "title"), None, self.again))
        self.column.addWidget(self.verdict)
        self.column.addWidget(self._area, 1)
        card, column = QFrame(), QVBoxLayout()
        card.setObjectName("card")
        card.setLayout(column)
        about = self.tr("练习会开一个新窗口，来的都是假人。大门照常开着；有人来，先按 F10 结束练习。")
        column.addLayout(row(self.practise, self.set_up, self.record, None))
        column.addWidget(label(about, "note", wrap=True))
        self.column.addWidget(card)

    @property
    def title(self) -> str:
        return self.tr("自检")

    def enter(self) -> None:
        self.set_up.setVisible(self._desk.can_set_up)
        self.run()

    def run(self) -> None:
        """Look at everything, beside the screen."""
        devices = self._desk.prepare()
        self.verdict.setText(self.tr("正在看，几秒就好…"))

        def job(progress: Progress) -> object:
            return self._desk.look(devices)

        def done(found: object) -> None:
            self.show_ticks(
                [tick for tick in found if isinstance(tick, Tick)] if isinstance(found, list) else []
            )

        if not self.host.work(self.tr("正在自检"), job, done, self._failed):
            self.verdict.setText(self.tr("正在忙别的，等一下再点“再看一遍”。"))

    def show_ticks(self, ticks: Sequence[Tick]) -> None:
        self.ticks = ticks
        self.verdict.setText(self._verdict(ticks))
        self._clear()
        for number, tick in enumerate(sorted(ticks, key=lambda tick: _ORDER[tick.ok])):
            self._add(number, tick)
        self._grid.setRowStretch(len(ticks), 1)
        self._colour()

    def _verdict(self, ticks: Sequence[Tick]) -> str:
        if bad := len(failed(ticks)):
            return self.tr("有 {count} 样不好，照下面的办法试试。").format(count=bad)
        if blank := len(unseen(ticks)):
            return self.tr("没有坏的；有 {count} 样没看成，照下面的做了再看一遍。").format(count=blank)
        return self.tr("都好，可以上岗。")

    def _add(self, number: int, tick: Tick) -> None:
        say = QCoreApplication.translate
        mark, what = label(_MARKS[tick.ok], "heading"), label(selftest_words.what(tick.check, say), "heading")
        remedy = selftest_words.remedy(tick, say) if tick.ok is not True else ""
        told = selftest_words.found(tick, say) + (f"\n→ {remedy}" if remedy else "")
        found = label(told, wrap=True)
        for column, part in enumerate((mark, what, found)):
            part.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            self._grid.addWidget(part, number, column)
        mark.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self._grid.setColumnStretch(2, 1)
        self._marks.append((mark, tick))

    def _clear(self) -> None:
        self._marks = []
        while item := self._grid.takeAt(0):
            widget = item.widget()
            if widget:
                widget.hide()
                widget.deleteLater()

    def _failed(self, error: Exception) -> None:
        self.verdict.setText(self.tr("自检没有做完：{error}").format(error=error))

    def _practise(self) -> None:
        why = self._desk.practise()
        self.host.say(why or self.tr("练习正在打开。"), trouble=bool(why))

    def dress(self, theme: Theme, scale: float) -> None:
        super().dress(theme, scale)
        self._grid.setVerticalSpacing(round(4 * scale))
        self._grid.setHorizontalSpacing(round(16 * scale))
        self._grid.setColumnMinimumWidth(0, round(_MARK_PX * scale))
        self._grid.setColumnMinimumWidth(1, round(_WHAT_PX * scale))
        self._colour()

    def _colour(self) -> None:
        """A mark stands out by its shape, and by the colour of the verdicts."""
        looks = {True: Look.PASS, False: Look.STOP}
        for mark, tick in self._marks:
            if tick.ok is None:
                continue
            pair = self.host.theme.mark(looks[tick.ok])
            mark.setStyleSheet(f"color: {pair.ink.name()};")
