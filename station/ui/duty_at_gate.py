"""Who is on duty, in the gate's window: the name in the header, the tap on it and the key."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt

from station.ui.duty import Duty
from station.ui.gate import GateWindow


class DutyAtGate(QObject):
    """Nothing of it is to be seen before there are operators."""

    def __init__(self, window: GateWindow, duty: Duty) -> None:
        super().__init__(window)
        self._window, self._duty = window, duty
        window.pages.use_duty(duty)
        window.keys.add(Qt.Key.Key_Home, self.open)
        window.header.duty_tapped.connect(self.open)
        window.pages.sign_in.changed.connect(self.show_duty)
        self.show_duty()

    def open(self) -> None:
        """The page on which one signs in."""
        if self._duty.used():
            self._window.pages.open_sign_in()

    def show_duty(self) -> None:
        """Operators were made, or somebody else is on duty."""
        used, name = self._duty.used(), self._duty.shown()
        nobody = self.tr("没有人签到 Home") if used else ""
        self._window.header.show_duty(self.tr("当班 {name}").format(name=name) if name else nobody)
