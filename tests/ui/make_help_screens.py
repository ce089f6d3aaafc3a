"""Renders the screens of calls for help to PNG files: `python -m tests.ui.make_help_screens FOLDER`."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QApplication

from station.core.model import DeviceKind
from tests.ui import scenes
from tests.ui.helping import HELP_STATES, HelpStand
from tests.ui.make_screens import camera_picture
from tests.ui.pictures import take_pictures


def render(name: str, size: tuple[int, int], theme: str, path: Path) -> None:
    with TemporaryDirectory() as folder:
        at = HelpStand.open(Path(folder), size, theme)
        at.stand.tell(
            scenes.status(DeviceKind.CAMERA), scenes.status(DeviceKind.THERMOMETER), camera_picture()
        )
        HELP_STATES[name](at)
        at.window.tick()
        QApplication.processEvents()
        at.window.grab().save(str(path))
        at.window.close()
        at.close()


if __name__ == "__main__":
    take_pictures(HELP_STATES, render)
