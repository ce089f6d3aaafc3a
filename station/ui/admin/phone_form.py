"""Whom to call when a whistle does not get out (求助电话): one number, written on the gate screen then."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtWidgets import QFrame, QVBoxLayout

from station.ui.admin.parts import Command, Field, label, row
from station.ui.admin.sections import Host
from station.ui.desk_error import DeskError

_NUMBER_PX = 340  # as at 1366 px: the longest that the gate has room for


class PhoneDesk(Protocol):
    """In the GUI thread. `longest`: of a number, in characters, so that the gate does not cut it."""

    @property
    def longest(self) -> int: ...

    def number(self) -> str: ...

    def keep(self, number: str) -> None:
        """From now on; raises DeskError, and then it is as before."""


class PhoneForm(QFrame):
    def __init__(self, host: Host, desk: PhoneDesk) -> None:
        super().__init__()
        self.setObjectName("card")
        self._host, self._desk = host, desk
        self.number = Field(self.tr("电话"))
        self.number.setMaxLength(desk.longest)
        self.number.textChanged.connect(lambda text: self._show_change())
        self.number.returnPressed.connect(self._keep)
        self.keep = Command(self.tr("存下"), self._keep, "main")
        told = label(
            self.tr("没有网，吹哨发不出去时，大门上会写“请打”这个电话。写二十四小时有人接的。"),
            "note",
            wrap=True,
        )
        column = QVBoxLayout(self)
        column.addLayout(row(label(self.tr("求助电话")), self.number, self.keep, None))
        column.addWidget(told)

    def enter(self) -> None:
        """What holds now; what was half typed is gone."""
        self.number.setText(self._desk.number())
        self._show_change()

    def dress(self, scale: float) -> None:
        self.number.setFixedWidth(round(_NUMBER_PX * scale))

    def _typed(self) -> str:
        return " ".join(self.number.text().split())

    def _show_change(self) -> None:
        self.keep.setEnabled(self._typed() not in ("", self._desk.number()))

    def _keep(self) -> None:
        if not self.keep.isEnabled():
            return
        try:
            self._desk.keep(self._typed())
        except DeskError as error:
            self._host.say(str(error), trouble=True)
            return
        self.enter()
        self._host.say(self.tr("存好了。吹哨发不出去时写：请打 {number}").format(number=self._desk.number()))
