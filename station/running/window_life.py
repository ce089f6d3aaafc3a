"""An open window's life over months: one per folder, counted starts, a watchdog, a screen that stays on.

WATCHDOG=1 is said by a timer of the loop that also writes the journal: if the window or a write hangs, so
does the timer, and systemd starts the program anew. A camera or a thermometer that hangs is no reason: it is
said on the screen (`device_watch`) and the gate goes on by hand.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from station.core.crash import Cause
from station.running.crash_log import cause_of_last
from station.running.notify import notify, watchdog_ms
from station.running.screen_awake import ScreenAwake, bare_screen
from station.running.single_instance import First
from station.running.starts import Starts

log = logging.getLogger(__name__)

_OPENING_US = 30 * 60 * 1_000_000


class WindowLife(QObject):
    """Of the first window of a folder, until `close`. `crashed`: it should go without devices, and why."""

    def __init__(
        self,
        data: Path,
        first: First,
        *,
        starts: Starts | None = None,
        awake: ScreenAwake | None = None,
        say: Callable[[str], object] = notify,
        every_ms: Callable[[], int | None] = watchdog_ms,
    ) -> None:
        super().__init__()
        self._first, self._say, self._every_ms = first, say, every_ms
        self._awake = awake or ScreenAwake(bare_screen(QApplication.platformName()))
        self._starts = starts or Starts(data)
        self.crashed: Cause | None = cause_of_last(data) if self._starts.begin() else None
        if self.crashed:
            log.warning("by hand alone, without devices and center: %s", self.crashed.value)
        self._beat = QTimer(self)
        self._beat.timeout.connect(lambda: say("WATCHDOG=1"))

    def forgive(self) -> None:
        """An admin has looked into it: the crashes so far do not count any more."""
        self.crashed = None
        self._starts.forgive()

    def opens(self) -> None:
        """The journal is opened now: one of years that is carried over to a new version takes minutes.

        Killed after the minute of kakou.service it would begin from the start again, and never open.
        """
        self._say(f"EXTEND_TIMEOUT_USEC={_OPENING_US}")

    def watch_over(self, window: QWidget) -> None:
        """The window is shown."""
        self._first.raised.connect(lambda: to_front(window))
        self._awake.begin()
        QTimer.singleShot(0, self, self._begun)

    def _begun(self) -> None:
        """The loop turns."""
        self._say("READY=1")
        every_ms = self._every_ms()
        if every_ms:
            self._beat.start(every_ms)

    def ended(self) -> None:
        """Its end is no crash."""
        self._starts.end()

    def close(self) -> None:
        self._say("STOPPING=1")
        self._beat.stop()
        self._awake.end()
        self._first.close()


def to_front(window: QWidget) -> None:
    state = window.windowState() & ~Qt.WindowState.WindowMinimized
    window.setWindowState(state | Qt.WindowState.WindowActive)
    window.show()
    window.raise_()
    window.activateWindow()
