"""The window's first picture comes before what it has to wait for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

LATEST_MS = 500  # a locked or missing screen shows no window, and the gate opens all the same
_KEY = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
SETTLED_MS = 40  # window managers resize a new window; a picture of another size would stand while we wait


class FirstPicture(QObject):
    """Does something once: when the window has been seen in its size, or when it was not after a while.

    Keys of the time before are heard after it, in their order; those that come meanwhile, the window system
    keeps. What goes wrong in it ends the loop, and is raised by `raise_fault`: Qt would go on without.
    """

    def __init__(self, window: QWidget, then: Callable[[], None], quit: Callable[[], None]) -> None:
        super().__init__(window)
        self._window, self._then, self._quit = window, then, quit
        self._fault: Exception | None = None
        self._keys: list[QKeyEvent] = []
        self._latest = self._timer(LATEST_MS)
        self._settled = self._timer(SETTLED_MS)
        self._latest.start()
        window.installEventFilter(self)

    def raise_fault(self) -> None:
        if self._fault:
            raise self._fault

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint or (
            event.type() is QEvent.Type.Resize and self._settled.isActive()
        ):
            self._settled.start()
        if event.type() in _KEY and isinstance(event, QKeyEvent):
            self._keys.append(_copy(event))  # its release too, or it would be held down for ever
            return True
        return False

    def _timer(self, interval: int) -> QTimer:
        timer = QTimer(self, interval=interval, singleShot=True)
        timer.timeout.connect(self._seen)
        return timer

    def _seen(self) -> None:
        self._latest.stop()
        self._settled.stop()
        self._window.removeEventFilter(self)
        try:
            self._then()
        except Exception as error:  # noqa: BLE001 - raised by `raise_fault`
            self._fault = error
            self._quit()
            return
        for key in self._keys:
            QCoreApplication.sendEvent(self._window, key)
        self._keys.clear()


def _copy(event: QKeyEvent) -> QKeyEvent:
    """With its time, by which a scanner's burst is known."""
    copy = QKeyEvent(
        event.type(), event.key(), event.modifiers(), event.text(), event.isAutoRepeat(), event.count()
    )
    copy.setTimestamp(event.timestamp())
    return copy
