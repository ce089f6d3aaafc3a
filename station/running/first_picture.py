"""The window's first picture comes before what it has to wait for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

LATEST_MS = 500  # a locked or missing screen shows no window, and the gate opens all the same


class FirstPicture(QObject):
    """Does something once: when the window has been seen, or when it was not after a while.

    What goes wrong in it ends the loop, and is raised by `raise_fault`: Qt would go on without.
    """

    def __init__(self, window: QWidget, then: Callable[[], None], quit: Callable[[], None]) -> None:
        super().__init__(window)
        self._window, self._then, self._quit = window, then, quit
        self._fault: Exception | None = None
        self._latest = QTimer(self, interval=LATEST_MS, singleShot=True)
        self._latest.timeout.connect(self._seen)
        self._latest.start()
        window.installEventFilter(self)

    def raise_fault(self) -> None:
        if self._fault:
            raise self._fault

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:  # it is on the screen when the loop turns next
            self._latest.start(0)
        return False

    def _seen(self) -> None:
        self._window.removeEventFilter(self)
        try:
            self._then()
        except Exception as error:  # noqa: BLE001 - raised by `raise_fault`
            self._fault = error
            self._quit()
