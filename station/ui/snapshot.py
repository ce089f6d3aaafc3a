"""One frame of the camera as a small JPEG."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage

from station.core.model import View

WIDTH = 640
MOST_BYTES = 100_000
_QUALITIES = (80, 60, 40, 20)


def jpeg(view: View) -> bytes:
    """At most 100 kB, and 640 px wide; empty if it cannot be made so small."""
    image = QImage(view.pixels, view.width, view.height, view.width * 3, QImage.Format.Format_BGR888)
    if view.width > WIDTH:
        image = image.scaledToWidth(WIDTH, Qt.TransformationMode.SmoothTransformation)
    for quality in _QUALITIES:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        if not image.save(buffer, "JPG", quality):  # type: ignore[call-overload]  # a str, as Qt has it
            return b""
        if buffer.size() <= MOST_BYTES:
            return bytes(buffer.data().data())
    return b""
