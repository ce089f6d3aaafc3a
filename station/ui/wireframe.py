"""Where the panels of the gate page lie. Sizes are pixels at 1366x768 and grow with the window."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, QSize

BASE = QSize(1366, 768)

_PLACES = {  # x, y, width, height
    "header": (0.0, 0.0, 1366.0, 52.0),
    "preview": (12.0, 62.0, 676.0, 380.0),
    "thermometer": (12.0, 452.0, 350.0, 134.0),
    "counters": (12.0, 594.0, 350.0, 64.0),
    "last_five": (372.0, 452.0, 316.0, 206.0),
    "verdict": (698.0, 62.0, 656.0, 596.0),
    "buttons": (12.0, 668.0, 1342.0, 88.0),
    "page": (0.0, 52.0, 1366.0, 716.0),  # over all but the header
}
_THERMAL = (168.0, 156.0)  # the picture of warmth, in the preview's upper right corner
_BAR, _GAP = 76.0, 8.0


def places(window: QSize, *, bar: bool = False, rechecks: float = 0.0) -> Mapping[str, QRect]:
    """Where every panel lies in a window of this size; the page fills it whatever its proportions.

    A bar takes its height from the preview, and `rechecks` is what the list of those who wait takes from the
    last five; the verdict and the buttons never move.
    """
    wide, high = window.width() / BASE.width(), window.height() / BASE.height()
    return {
        name: QRect(round(x * wide), round(y * high), round(width * wide), round(height * high))
        for name, (x, y, width, height) in _arranged(bar=bar, rechecks=rechecks).items()
    }


def _arranged(*, bar: bool, rechecks: float) -> dict[str, tuple[float, float, float, float]]:
    x, y, width, height = _PLACES["preview"]
    moved = _BAR + _GAP if bar else 0.0
    left, top, wide, high = _PLACES["last_five"]
    taken = rechecks + _GAP if rechecks else 0.0
    return _PLACES | {
        "bar": (x, y, width, _BAR),
        "preview": (x, y + moved, width, height - moved),
        "thermal": (x + width - _THERMAL[0] - 6, y + moved + 6, *_THERMAL),
        "rechecks": (left, top, wide, rechecks),
        "last_five": (left, top + taken, wide, high - taken),
    }


def scale(window: QSize) -> float:
    """How much larger than at 1366x768 letters may be."""
    return min(window.width() / BASE.width(), window.height() / BASE.height())
