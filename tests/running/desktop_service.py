"""A desktop that keeps its screen on for whoever asks, on the session's D-Bus; prints what it is asked.

Run under dbus-run-session: `python desktop_service.py PROGRAM…` starts PROGRAM and ends with it.
"""

from __future__ import annotations

import subprocess
import sys

from PySide6.QtCore import ClassInfo, QCoreApplication, QObject, QTimer, Slot
from PySide6.QtDBus import QDBusConnection, QDBusServiceWatcher


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


@ClassInfo({"D-Bus Interface": "org.freedesktop.ScreenSaver"})  # type: ignore[call-arg]
class Saver(QObject):  # type: ignore[operator]
    @Slot(str, str, result="uint")
    def Inhibit(self, application: str, reason: str) -> int:
        say(f"held by {application}")
        return 7


def main() -> int:
    application = QCoreApplication([])
    bus, saver = QDBusConnection.sessionBus(), Saver()
    watcher = QDBusServiceWatcher(
        "*", bus, QDBusServiceWatcher.WatchModeFlag.WatchForUnregistration, application
    )
    watcher.serviceUnregistered.connect(lambda name: say("let go"))
    assert bus.registerObject(
        "/org/freedesktop/ScreenSaver", saver, QDBusConnection.RegisterOption.ExportAllSlots
    )
    assert bus.registerService("org.freedesktop.ScreenSaver")
    program = subprocess.Popen(sys.argv[1:])
    looking = QTimer(application, interval=20)
    looking.timeout.connect(
        lambda: application.exit(program.returncode) if program.poll() is not None else None
    )
    looking.start()
    return application.exec()


if __name__ == "__main__":
    raise SystemExit(main())
