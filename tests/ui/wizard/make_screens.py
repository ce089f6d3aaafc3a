"""Renders every step of the wizard to PNG files: `python -m tests.ui.wizard.make_screens FOLDER [WORD…]`."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.ui.pictures import take_pictures
from tests.ui.wizard.stand import STATES, Stand


def render(name: str, size: tuple[int, int], theme: str, path: Path) -> None:
    stand = Stand.open(size, theme)
    STATES[name](stand)
    for _ in range(3):
        QApplication.processEvents()
    stand.window.grab().save(str(path))
    stand.close()


if __name__ == "__main__":
    take_pictures(STATES, render)
