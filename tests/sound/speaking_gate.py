"""A gate's real window with its voice: shows three verdicts, some seconds apart, and ends.

`python -m tests.sound.speaking_gate DATA`; what it does goes to standard output.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from station.core.loudness import QuietHours
from station.core.model import DeviceKind, DeviceState, DeviceStatus
from station.core.outcome import Outcome
from station.settings import Settings
from station.speaking import GateVoice
from station.ui.application import prepare
from tests.ui import scenes
from tests.ui.states import Stand

EVERY_MS = 8000
NEVER_QUIET = QuietHours().begin


def main() -> None:
    application = QApplication([])
    prepare(application, "zh")
    stand = Stand.open()
    settings = Settings(volume=0.8, quiet_from=NEVER_QUIET, quiet_until=NEVER_QUIET)
    voice = GateVoice(Path(sys.argv[1]), settings, stand.bridge, stand.window)
    shown: list[tuple[str, Outcome]] = [
        ("pass", scenes.passed()),
        ("recheck", scenes.fever()),
        ("stop", scenes.red()),
    ]

    def show_next() -> None:
        if not shown:
            application.quit()
            return
        name, outcome = shown.pop(0)
        sys.stdout.write(f"{name}\n")
        stand.bridge.publish(outcome)
        QTimer.singleShot(EVERY_MS, show_next)

    def heard(event: object) -> None:
        """The loudspeaker was found: begin."""
        if isinstance(event, DeviceStatus) and event.kind is DeviceKind.SOUND:
            sys.stdout.write(f"{event.state.value}\n")
            if event.state is DeviceState.WORKING:
                QTimer.singleShot(1000, show_next)

    stand.bridge.device_event.connect(heard)
    QTimer.singleShot(60_000, lambda: sys.exit("no loudspeaker"))
    application.exec()
    del voice


if __name__ == "__main__":
    main()
