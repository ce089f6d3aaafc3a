"""A desktop that keeps its screen on for whoever asks, on the session's D-Bus; prints what it is asked.

Run under dbus-run-session: `python desktop_service.py PROGRAM…` starts PROGRAM, tells it by a line on its
standard input when it holds the screen, and ends it, and itself, when it lets go.
"""

from __future__ import annotations

import subprocess
import sys

from PySide6.QtCore import ClassInfo, QCoreApplication, QObject, QTimer, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusServiceWatcher

from tests.patience import PATIENCE_MS


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


@ClassInfo({"D-Bus Interface": "org.freedesktop.ScreenSaver"})  # type: ignore[call-arg]
class Saver(QObject):  # type: ignore[operator]
    held = Signal()

    @Slot(str, str, result="uint")
    def Inhibit(self, application: str, reason: str) -> int:
        say(f"held by {application}")
        self.held.emit()
        return 7


def main() -> int:
    application = QCoreApplication([])
    bus, saver = QDBusConnection.sessionBus(), Saver()
    watcher = QDBusServiceWatcher(
        "*", bus, QDBusServiceWatcher.WatchModeFlag.WatchForUnregistration, application
    )
    assert bus.registerObject(
        "/org/freedesktop/ScreenSaver", saver, QDBusConnection.RegisterOption.ExportAllSlots
    )
    assert bus.registerService("org.freedesktop.ScreenSaver")
    program = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, text=True)

    def tell() -> None:
        assert program.stdin
        print(file=program.stdin, flush=True)

    def let_go(name: str) -> None:
        say("let go")
        application.quit()

    saver.held.connect(tell)
    watcher.serviceUnregistered.connect(let_go)
    QTimer.singleShot(PATIENCE_MS, application, application.quit)  # it never let go
    application.exec()
    program.kill()
    return program.wait()


if __name__ == "__main__":
    raise SystemExit(main())
