"""The window's keyboard: F-keys are commands, digits go to pages, a scanner's burst and ENTER do nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from station.ui.touch import SCANNER_GAP_S, Typing


class Keys(QObject):
    """An event filter for the window. No key goes further, so none can press a button."""

    typed = Signal(str)  # one character typed by a person

    def __init__(
        self, commands: Mapping[Qt.Key, Callable[[], None]], monotonic: Callable[[], float], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._commands, self._monotonic = {int(key): command for key, command in commands.items()}, monotonic
        self._typing = Typing()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(round(SCANNER_GAP_S * 1000) + 10)
        self._pause.timeout.connect(self.settle)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._press(event)
            return True
        return event.type() in (QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride)

    def settle(self) -> None:
        """The keyboard paused: hand on what a person typed."""
        for character in self._typing.typed(self._monotonic()):
            self.typed.emit(character)

    def _press(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat():
            return
        command = self._commands.get(event.key())
        if command:
            command()
        elif event.text().isprintable() and event.text():
            self._typing.key(event.text(), self._monotonic())
            self._pause.start()
