"""The screen stays on while the gate is open; every failure is only logged.

Desktops are asked by org.freedesktop.ScreenSaver.Inhibit, on a connection of our own: they let go when it
ends, also by kill -9. A bare X server, where nobody answers, is told by xset(1).
"""

from __future__ import annotations

import logging
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusPendingCallWatcher,
    QDBusServiceWatcher,
)

log = logging.getLogger(__name__)

SERVICE = "org.freedesktop.ScreenSaver"
_PATH = "/org/freedesktop/ScreenSaver"
_XSET_S = 5.0
_TIMEOUT = re.compile(r"timeout:\s+(\d+)\s+cycle:\s+(\d+)")

Run = Callable[[Sequence[str]], str]


def run_xset(arguments: Sequence[str]) -> str:
    """What xset prints. Raises OSError, subprocess.SubprocessError."""
    done = subprocess.run(["xset", *arguments], capture_output=True, text=True, timeout=_XSET_S, check=True)
    return done.stdout


class BareScreen:
    """An X server without a desktop: no screen saver and no power saving, and as before at the end."""

    def __init__(self, run: Run = run_xset) -> None:
        self._run = run
        self._before: list[str] = []

    def keep_on(self) -> None:
        try:
            said = self._run(["q"])
            self._run(["s", "off", "-dpms"])
        except (OSError, subprocess.SubprocessError) as error:
            log.warning("the screen may go dark: xset: %s", error)
            return
        times = _TIMEOUT.search(said)
        self._before = ["s", times[1], times[2]] if times else ["s", "default"]
        self._before += ["+dpms"] if "DPMS is Enabled" in said else []
        log.info("the screen stays on: xset")

    def let_go(self) -> None:
        before, self._before = self._before, []
        if not before:
            return
        try:
            self._run(before)
        except (OSError, subprocess.SubprocessError) as error:
            log.warning("the screen is not as before: xset: %s", error)


class ScreenAwake(QObject):
    """From `begin` to `end`. `bare` is used where no desktop answers; None: there is no X server."""

    def __init__(self, bare: BareScreen | None, name: str = "kakou-awake") -> None:
        super().__init__()
        self._bare, self._name = bare, name
        self._watcher: QDBusServiceWatcher | None = None
        self._call: QDBusPendingCallWatcher | None = None

    def begin(self) -> None:
        bus = QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, self._name)
        if not bus.isConnected():
            self._without_desktop(bus.lastError().message())
            return
        mode = QDBusServiceWatcher.WatchModeFlag.WatchForRegistration
        self._watcher = QDBusServiceWatcher(SERVICE, bus, mode)
        self._watcher.serviceRegistered.connect(self._ask)  # the desktop has started anew
        self._ask()

    def end(self) -> None:
        self._watcher = self._call = None
        QDBusConnection.disconnectFromBus(self._name)
        if self._bare:
            self._bare.let_go()

    def _ask(self) -> None:
        """Not waited for: a desktop that hangs does not hold up the gate."""
        message = QDBusMessage.createMethodCall(SERVICE, _PATH, SERVICE, "Inhibit")
        message.setArguments(["kakou", "the gate is open"])
        self._call = QDBusPendingCallWatcher(QDBusConnection(self._name).asyncCall(message))
        self._call.finished.connect(self._answered)

    def _answered(self, call: QDBusPendingCallWatcher) -> None:
        if call.isError():
            self._without_desktop(call.error().message())
        else:
            log.info("the screen stays on: %s", SERVICE)

    def _without_desktop(self, why: str) -> None:
        log.info("no desktop keeps the screen on: %s", why)
        if self._bare:
            self._bare.keep_on()


def bare_screen(platform: str) -> BareScreen | None:
    """The X server behind Qt's platform, if there is one and xset."""
    return BareScreen() if platform == "xcb" and shutil.which("xset") else None
