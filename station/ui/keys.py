"""The window's keyboard: F-keys are commands, digits go to pages, a scanner's burst is a code."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from station.ui.repeats import Repeats
from station.ui.wedge import PAUSE_S, Keystrokes

_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)

# The keys of the number block while NumLock is off: as many PCs start, and nobody at a gate knows it.
_NUMBER_BLOCK = {
    int(key): character
    for key, character in {
        Qt.Key.Key_Insert: "0",
        Qt.Key.Key_End: "1",
        Qt.Key.Key_Down: "2",
        Qt.Key.Key_PageDown: "3",
        Qt.Key.Key_Left: "4",
        Qt.Key.Key_Clear: "5",
        Qt.Key.Key_Right: "6",
        Qt.Key.Key_Home: "7",
        Qt.Key.Key_Up: "8",
        Qt.Key.Key_PageUp: "9",
        Qt.Key.Key_Delete: ".",
    }.items()
}


class Keys(QObject):
    """An event filter for the window. No key goes further, so none can press a button.

    Keys are timed by the window system: while our thread is busy they wait and then arrive all at once, which
    would turn a person's typing into a burst, and a burst into two.
    """

    typed = Signal(str)  # one character typed by a person
    scanned = Signal(str)  # the text of a code: personal, never logged
    erased = Signal()  # a person took back a character
    entered = Signal()  # a person pressed ENTER; a scanner's ends its burst

    def __init__(self, commands: Mapping[Qt.Key, Callable[[], None]], parent: QObject) -> None:
        super().__init__(parent)
        self._commands = {int(key): command for key, command in commands.items()}
        self._strokes, self._repeats = Keystrokes(), Repeats()
        self._pause = QTimer(self, interval=round(PAUSE_S * 1000))
        self._pause.setSingleShot(True)
        # Queued: when our thread was busy for longer than the pause, the keys that wait are heard first.
        self._pause.timeout.connect(self._pause_is_over, Qt.ConnectionType.QueuedConnection)

    def add(self, key: Qt.Key, command: Callable[[], None]) -> None:
        """One more command."""
        self._commands[int(key)] = command

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._press(event)
            return True
        if event.type() is QEvent.Type.KeyRelease and isinstance(event, QKeyEvent):
            self._repeats.let_go(event)
            return True
        return event.type() is QEvent.Type.ShortcutOverride

    def settle(self) -> bool:
        """The burst is over: hand it on as a code, or as what a person typed. Whether it was a person's."""
        burst = self._strokes.take()
        if burst.code:
            self.scanned.emit(burst.code)
        for character in burst.typed:
            self.typed.emit(character)
        return burst.typed == burst.text

    def _pause_is_over(self) -> None:
        if not self._pause.isActive():
            self.settle()

    def _press(self, event: QKeyEvent) -> None:
        if self._strokes.is_over(event.timestamp() / 1000):  # we were busy when the pause was over
            self.settle()
        # X11 takes a character that a quick scanner types twice for a key held down. A key that a person
        # holds down repeats only after a pause.
        digit = _on_number_block(event)
        command = None if digit else self._commands.get(event.key())
        if self._repeats.is_one(event) and (command or not self._strokes):
            return
        if digit:
            self._type(digit, event.timestamp() / 1000)
        elif command:
            command()
        elif event.key() == Qt.Key.Key_Backspace:
            self.settle()
            self.erased.emit()
        elif event.key() in _ENDS:
            self._end()
        elif event.text() and event.text().isprintable():
            self._type(event.text(), event.timestamp() / 1000)

    def _end(self) -> None:
        if self.settle():
            self.entered.emit()

    def _type(self, character: str, at: float) -> None:
        self._strokes.add(character, at)
        self._pause.start()


def _on_number_block(event: QKeyEvent) -> str:
    """What stands on this key of the number block, though NumLock is off; "" for any other key."""
    on_block = event.modifiers() & Qt.KeyboardModifier.KeypadModifier
    return _NUMBER_BLOCK.get(event.key(), "") if on_block else ""
