"""Renders every state of the gate screen to PNG files: `python -m tests.ui.make_screens FOLDER [WORD…]`.

Words pick states, sizes, themes or languages, e.g. `fever night en`. The camera's picture is drawn.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from station.core.model import DeviceKind, Found, View
from tests.ui import scenes
from tests.ui.pictures import take_pictures
from tests.ui.states import STATES, Stand


def camera_picture() -> View:
    """Somebody in front of a house who holds up a phone."""
    image = QImage(1280, 720, QImage.Format.Format_BGR888)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(image.rect(), QColor("#B9B6AB"))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillRect(QRectF(80, 70, 250, 500), QColor("#B08F7A"))
    painter.fillRect(QRectF(960, 60, 250, 510), QColor("#8C7B6B"))
    painter.fillRect(QRectF(0, 560, 1280, 160), QColor("#8A867F"))
    for colour, box in (
        ("#3F4A5F", (380, 360, 520, 600)),
        ("#D9B594", (550, 120, 190, 240)),
        ("#CFE6EF", (565, 240, 160, 90)),
    ):
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(QRectF(*box), 90, 90)
    painter.setBrush(QColor("#101010"))
    painter.drawRoundedRect(QRectF(700, 250, 240, 370), 18, 18)
    painter.fillRect(QRectF(712, 275, 216, 320), QColor("#FFFFFF"))
    _paint_code(painter, 740, 330, 160)
    painter.end()
    found = Found(((736.0, 326.0), (904.0, 326.0), (904.0, 494.0), (736.0, 494.0)))
    return View(memoryview(bytes(image.constBits())), 1280, 720, (found,), 130.0)


def _paint_code(painter: QPainter, left: int, top: int, side: int) -> None:
    modules = np.random.default_rng(7).random((25, 25)) < 0.5
    for corner in ((0, 0), (0, 18), (18, 0)):
        y, x = corner
        modules[y : y + 7, x : x + 7] = True
        modules[y + 1 : y + 6, x + 1 : x + 6] = False
        modules[y + 2 : y + 5, x + 2 : x + 5] = True
    step = side / 25
    for y, x in zip(*np.nonzero(modules), strict=True):
        painter.fillRect(QRectF(left + x * step, top + y * step, step + 0.5, step + 0.5), QColor("#000000"))


def render(name: str, size: tuple[int, int], theme: str, path: Path) -> None:
    stand = Stand.open(size, theme)
    stand.tell(scenes.status(DeviceKind.CAMERA), scenes.status(DeviceKind.THERMOMETER), camera_picture())
    STATES[name](stand)
    stand.window.tick()
    QApplication.processEvents()
    stand.window.grab().save(str(path))
    stand.window.close()


if __name__ == "__main__":
    take_pictures(STATES, render)
