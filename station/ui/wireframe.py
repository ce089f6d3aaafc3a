"""Where the panels of the gate page lie. Sizes are pixels at 1366x768 and grow with the window."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize

BASE = QSize(1366, 768)

_PLACES = {  # x, y, width, height
    "header": (0, 0, 1366, 52),
    "preview": (12, 62, 676, 380),
    "thermometer": (12, 452, 350, 134),
    "counters": (12, 594, 350, 64),
    "last_five": (372, 452, 316, 206),
    "verdict": (698, 62, 656, 596),
    "buttons": (12, 668, 1342, 88),
    "page": (0, 52, 1366, 716),  # over all but the header
}


def place(name: str, window: QSize) -> QRect:
    """Where a panel lies in a window of this size; the page fills it whatever its proportions."""
    wide, high = window.width() / BASE.width(), window.height() / BASE.height()
    x, y, width, height = _PLACES[name]
    return QRect(round(x * wide), round(y * high), round(width * wide), round(height * high))


def scale(window: QSize) -> float:
    """How much larger than at 1366x768 letters may be."""
    return min(window.width() / BASE.width(), window.height() / BASE.height())
