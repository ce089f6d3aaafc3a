"""The drill while the code system is down (停码): on and off, and what has to be looked into afterwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station.core.hindsight import Differing, Verified
from station.ui import words
from station.ui.admin import policy_speech
from station.ui.admin.parts import Command, Picker, label, row
from station.ui.admin.policy_desk import DrillLine, InUse
from station.ui.admin.policy_parts import Signature
from station.ui.admin.table import Line, Table

_WHY_COLUMN = 3


class DrillPage(QWidget):
    """`switched` when the codes shall go off or come back; `asked` to verify a drill."""

    switched = Signal(bool)
    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._drills: Sequence[DrillLine] = ()
        self._down = False
        self.zone: tzinfo | None = None  # the gate's; None: the PC's
        self.state, self.result = label(name="heading", wrap=True), label(wrap=True)
        self.signature = Signature()
        self.switch = Command("", lambda: self.switched.emit(not self._down), "main")
        self.which = Picker()
        self.verify = Command(self.tr("补核"), self._ask)
        self.table = Table(self._titles(), _WHY_COLUMN)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.state)
        signing = row(self.signature, self.switch)
        signing.setStretch(0, 1)
        self._column.addLayout(signing)
        self._column.addLayout(row(label(self.tr("停码那段时间")), self.which, self.verify, None))
        self._column.addWidget(self.result)
        self._column.addWidget(self.table, 1)

    def show_state(self, used: InUse, drills: Sequence[DrillLine]) -> None:
        self._down = used.down_since is not None
        if used.down_since:
            said = self.tr("现在停码：{at} 起，{by} 停的。只看名册和体温，每条都做了记号。")
            self.state.setText(said.format(at=f"{used.down_since:%m-%d %H:%M}", by=used.down_by))
        else:
            self.state.setText(
                self.tr("健康码系统坏了，码查不了，就按停码：只看名册和体温，每条做记号，过后补核。")
            )
        self.switch.setText(self.tr("恢复查码") if self._down else self.tr("停码"))
        if list(drills) != list(self._drills):
            self._drills = drills
            self.which.clear()
            self.which.addItems([self._period(one) for one in drills])
            self.forget()
        self.verify.setEnabled(bool(drills))
        self.which.setEnabled(bool(drills))

    def forget(self) -> None:
        """Nothing was verified yet."""
        self.result.setText(self.tr("恢复以后点“补核”：那时记下的再核一遍，有问题的列在下面。"))
        self.table.show_lines([], self._titles())

    def show_verified(self, verified: Verified, who: Callable[[Differing], str]) -> None:
        if not verified.entries:
            self.result.setText(self.tr("那段时间没有记录。"))
        elif verified.exceptions:
            said = self.tr("{count} 条里有 {exceptions} 条要找人补核：")
            self.result.setText(said.format(count=verified.entries, exceptions=len(verified.exceptions)))
        else:
            self.result.setText(self.tr("{count} 条都核过了，没有问题。").format(count=verified.entries))
        lines = [self._line(one, who(one)) for one in verified.exceptions]
        self.table.show_lines(lines, self._titles())

    def _line(self, one: Differing, who: str) -> Line:
        at = one.entry.at.astimezone(self.zone)
        verdict = f"{words.verdict_name(one.before)} → {words.verdict_name(one.now.severity)}"
        cells = (f"{at:%m-%d %H:%M}", who or self.tr("不认识"), verdict, policy_speech.reasons(one.now))
        return Line(one, cells, can_be_marked=False)

    def _period(self, one: DrillLine) -> str:
        end = f"{one.end:%H:%M}" if one.end else self.tr("现在")
        return f"{one.begin:%m-%d %H:%M} – {end}"

    def _ask(self) -> None:
        if 0 <= self.which.currentIndex() < len(self._drills):
            self.asked.emit(self._drills[self.which.currentIndex()])

    def _titles(self) -> list[str]:
        return [self.tr("时间"), self.tr("谁"), self.tr("该是"), self.tr("为什么")]

    def dress(self, scale: float) -> None:
        self._column.setSpacing(round(10 * scale))
        self.table.dress(scale)
