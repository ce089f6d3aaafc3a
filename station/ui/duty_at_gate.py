"""Who is on duty, in the gate's window: the name in the header, the tap on it and the key; handing over."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt

from station.ui.duty import Duty
from station.ui.gate import GateWindow
from station.ui.handover_desk import DeskError, HandoverDesk, NoHandover


class DutyAtGate(QObject):
    """Home signs in; Home again, or at once where nobody has a PIN, hands over."""

    def __init__(self, window: GateWindow, duty: Duty, handover: HandoverDesk | None = None) -> None:
        super().__init__(window)
        self._window, self._duty, self._handover = window, duty, handover or NoHandover()
        pages = window.pages
        pages.use_duty(duty)
        window.keys.add(Qt.Key.Key_Home, self.open)
        window.header.duty_tapped.connect(self.open)
        pages.sign_in.changed.connect(self.show_duty)
        if handover:
            pages.handover.use(handover)
            pages.handover.changed.connect(self.show_duty)
            pages.handover.scanned.connect(window.keys.scanned)
            pages.sign_in.handover_asked.connect(self.open_handover)
        self.show_duty()

    def open(self) -> None:
        """The page on which one signs in, or hands over."""
        pages = self._window.pages
        if pages.handover.isVisible():
            pages.handover.go_home()
        elif self._duty.used() and not pages.sign_in.isVisible() and not self._waits():
            pages.open_sign_in()
        else:
            self.open_handover()

    def open_handover(self) -> None:
        """The sheet of the shift that ends, or the signature that is still missing."""
        if not isinstance(self._handover, NoHandover):
            self._window.pages.open(self._window.pages.handover)

    def show_duty(self) -> None:
        """Operators were made, or somebody else is on duty, or a sheet waits for somebody."""
        used, name = self._duty.used(), self._duty.shown()
        said = self.tr("没有人签到 Home") if used else ""
        if name:
            said = self.tr("当班 {name}").format(name=name) + " Home"
        if self._waits():
            said = self.tr("等人接班 Home")
        self._window.header.show_duty(said)

    def _waits(self) -> bool:
        """A sheet that cannot be read now waits for nobody."""
        try:
            return self._handover.waits() is not None
        except DeskError:
            return False
