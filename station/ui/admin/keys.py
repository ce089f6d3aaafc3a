"""The keyboard of the admin page: people type into fields, a scanner's burst goes to the gate as a scan.

Characters are held back until it is clear who typed them: at most the tenth of a second after which a burst
is over, and less for whoever types on. What a scanner typed reaches no field and presses no button.

With an input method in between the letters of a burst cannot be had back. Then it is said that the code has
to be scanned again, and what the input method made of it is thrown away.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from station.ui.repeats import Repeats
from station.ui.wedge import FAST_S, LEAST_OF_CODE, PAUSE_S, Burst

_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_PRESS, _RELEASE = QEvent.Type.KeyPress, QEvent.Type.KeyRelease


class AdminKeys(QObject):
    """Filters the keys of whichever widget has the focus, while it is watching."""

    scanned = Signal(str)  # the text of a code: personal, never logged
    garbled = Signal()  # a scanner typed into an input method

    def __init__(
        self,
        commands: Mapping[Qt.Key, Callable[[], None]],
        parent: QObject,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._commands = {int(key): command for key, command in commands.items()}
        self._held, self._repeats = _Held(), Repeats()
        self._composing = Composing(monotonic)
        self._watched: QWidget | None = None
        self._handing_on = False
        self._swallow_end_until = float("-inf")
        self._pause = QTimer(self, interval=round(PAUSE_S * 1000))
        self._pause.setSingleShot(True)
        # Queued: when our thread was busy for longer than the pause, the keys that wait are heard first.
        self._pause.timeout.connect(self._pause_is_over, Qt.ConnectionType.QueuedConnection)

    def watch(self, widget: QWidget | None) -> None:
        """The focus is here now; None: nowhere of ours."""
        if widget is self._watched:
            return
        self.settle()
        if self._watched:
            self._watched.removeEventFilter(self)
        self._watched = widget
        if widget:
            widget.installEventFilter(self)

    def settle(self) -> None:
        """The burst is over: hand it on as a code, or as what a person typed."""
        self._pause.stop()
        held, self._held = self._held, _Held()
        if code := held.burst.code:
            held.take_back()
            self.scanned.emit(code)
        elif held.is_meant:
            self._hand_on(held.left())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if self._handing_on:
            return False
        if kind is _PRESS and isinstance(event, QKeyEvent):
            return self._press(event)
        if kind is _RELEASE and isinstance(event, QKeyEvent):
            self._repeats.let_go(event)
        if kind is QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            return self._compose(event)
        return False

    def _press(self, event: QKeyEvent) -> bool:
        """Whether the key goes no further for now."""
        at, key = event.timestamp() / 1000, event.key()
        command = self._commands.get(key)
        if command:
            if not self._repeats.is_one(event):
                command()
            return True
        if self._held.is_over(at):
            self.settle()
        if self._repeats.is_one(event) and not self._held:  # held down by a person
            return self._does_once(event)
        if key in _ENDS:
            return self._end(at)
        if _is_character(event):
            return self._hold(event, at)
        if not _is_modifier(event):  # an arrow, a deletion: it belongs after what was typed before it
            self.settle()
        return False

    def _does_once(self, event: QKeyEvent) -> bool:
        """Whether this key does something where the focus is: presses a button, picks a tile, and no text."""
        is_end = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        return is_end or (_is_character(event) and not _writes(self._watched))

    def _hold(self, event: QKeyEvent, at: float) -> bool:
        self._held.add(event, at, self._watched)
        self._pause.start()
        if self._held.is_by_hand:
            self._hand_on(self._held.left())
        return True

    def _end(self, at: float) -> bool:
        """ENTER or TAB: a scanner's ends the code, also if two of them come; a person's does its work."""
        if self._held.burst.code:
            self._swallow_end_until = at + PAUSE_S
            self.settle()
            return True
        self.settle()
        return at < self._swallow_end_until

    def _pause_is_over(self) -> None:
        if not self._pause.isActive():
            self.settle()

    def _hand_on(self, events: list[QKeyEvent]) -> None:
        """What a person typed, to where they typed it."""
        self._handing_on = True
        try:
            for event in events:
                if self._watched:
                    QApplication.sendEvent(self._watched, event)
                    QApplication.sendEvent(self._watched, _release_of(event))
        finally:
            self._handing_on = False

    def _compose(self, event: QInputMethodEvent) -> bool:
        if not self._composing.is_a_scanner(event.preeditString() + event.commitString()):
            return False
        QGuiApplication.inputMethod().reset()
        self.garbled.emit()
        return True


class Composing:
    """Whether an input method is fed faster than fingers can: by a scanner."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._shown = ""
        self._count = 0
        self._first = self._last = float("-inf")

    def is_a_scanner(self, shown: str) -> bool:
        """`shown`: what the input method shows or commits now. Once true, it stays so until a pause."""
        now = self._monotonic()
        if now - self._last >= PAUSE_S:
            self._first, self._count = now, 0
        if shown != self._shown:
            self._shown, self._count, self._last = shown, self._count + 1, now
        return self._count >= LEAST_OF_CODE and now - self._first <= FAST_S * (self._count - 1)


class _Held:
    """The keys between two pauses, and how many of them were handed on already."""

    def __init__(self) -> None:
        self._keys: list[QKeyEvent] = []
        self._first = self._last = 0.0
        self._given = 0
        self._field: QLineEdit | None = None  # where they were typed, and what stood there before
        self._before = ""

    def __bool__(self) -> bool:
        return bool(self._keys)

    def add(self, event: QKeyEvent, at: float, where: QWidget | None) -> None:
        if not self._keys:
            self._first = at
            self._field = where if isinstance(where, QLineEdit) else None
            self._before = self._field.text() if self._field else ""
        self._keys.append(event.clone())
        self._last = at

    def is_over(self, at: float) -> bool:
        """Whether a key pressed at `at` (s) is the first of another burst."""
        return bool(self._keys) and at - self._last >= PAUSE_S

    @property
    def burst(self) -> Burst:
        return Burst("".join(key.text() for key in self._keys), self._last - self._first)

    @property
    def is_by_hand(self) -> bool:
        """So slow up to now that somebody waits to see what they type."""
        return self._last - self._first > FAST_S * (len(self._keys) - 1)

    def left(self) -> list[QKeyEvent]:
        """The keys that were not handed on yet; from now on they are."""
        given, self._given = self._given, len(self._keys)
        return self._keys[given:]

    def take_back(self) -> None:
        """A slow scanner: what was handed on goes out of the field again."""
        if self._given and self._field:
            self._field.setText(self._before)

    @property
    def is_meant(self) -> bool:
        """Whether a person typed it, as far as one can tell."""
        return self._given > 0 or self.burst.typed != ""


def _writes(where: QWidget | None) -> bool:
    """A line of digits has no input method."""
    has_method = where is not None and where.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    return has_method or isinstance(where, QLineEdit)


def _is_character(event: QKeyEvent) -> bool:
    """A key that would write something; with Ctrl or Alt it is a command."""
    commands = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    return event.text() != "" and event.text().isprintable() and not event.modifiers() & commands


def _is_modifier(event: QKeyEvent) -> bool:
    return event.key() in (Qt.Key.Key_Shift, Qt.Key.Key_CapsLock, Qt.Key.Key_Control, Qt.Key.Key_Alt)


def _release_of(event: QKeyEvent) -> QKeyEvent:
    return QKeyEvent(_RELEASE, event.key(), event.modifiers(), event.text())
