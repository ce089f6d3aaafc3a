"""The Qt binding itself: a release that loses references aborts a station after a minute of painting."""

from __future__ import annotations

import sys

from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

CALLS = 2000


def test_calls_without_a_result_do_not_lose_references_to_none(application: QApplication) -> None:
    """PySide6 6.12.0 loses one at nearly every call, see ARCHITECTURE.md."""
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    painter, ink = QPainter(picture), QColor("black")
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        painter.setPen(ink)
    after = sys.getrefcount(None)
    painter.end()
    assert after > before - CALLS / 10
