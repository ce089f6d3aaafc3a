"""Where the panels of the gate page lie. Sizes are pixels at 1366x768 and grow with the window.

There are two ways to arrange them: the usual one, and one with fewer and larger things for old eyes.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, QSize

BASE = QSize(1366, 768)

Place = tuple[float, float, float, float]  # x, y, width, height

_PLACES: Mapping[str, Place] = {
    "header": (0.0, 0.0, 1366.0, 52.0),
    "preview": (12.0, 62.0, 676.0, 380.0),
    "thermometer": (12.0, 452.0, 350.0, 134.0),
    "counters": (12.0, 594.0, 350.0, 64.0),
    "last_five": (372.0, 452.0, 316.0, 206.0),
    "verdict": (698.0, 62.0, 656.0, 596.0),
    "buttons": (12.0, 668.0, 1342.0, 88.0),
    "page": (0.0, 52.0, 1366.0, 716.0),  # over all but the header
}
_LARGE: Mapping[str, Place] = {
    "header": _PLACES["header"],
    "preview": (12.0, 62.0, 460.0, 262.0),
    "thermometer": (12.0, 332.0, 460.0, 152.0),
    "counters": (12.0, 628.0, 460.0, 0.0),  # not there
    "last_five": (12.0, 492.0, 460.0, 136.0),
    "verdict": (482.0, 62.0, 872.0, 566.0),
    "buttons": (12.0, 638.0, 1342.0, 118.0),
    "page": _PLACES["page"],
}
_ZOOMS: Mapping[str, float] = {"thermometer": 1.2, "last_five": 1.3, "rechecks": 1.15, "thermal": 0.7}
_THERMAL = (168.0, 156.0)  # the picture of warmth, in the preview's upper right corner
_BAR, _LARGE_BAR, _GAP = 76.0, 136.0, 8.0


def places(
    window: QSize, *, bar: bool = False, rechecks: float = 0.0, large: bool = False
) -> Mapping[str, QRect]:
    """Where every panel lies in a window of this size; the page fills it whatever its proportions.

    A bar takes its height from the preview, and `rechecks` is what the list of those who wait takes from the
    last five; the verdict and the buttons never move. A panel without height is not there.
    """
    wide, high = window.width() / BASE.width(), window.height() / BASE.height()
    arranged = _arranged_large(bar=bar, rechecks=rechecks) if large else _arranged(bar=bar, rechecks=rechecks)
    return {
        name: QRect(round(x * wide), round(y * high), round(width * wide), round(height * high))
        for name, (x, y, width, height) in arranged.items()
    }


def zoom(name: str, *, large: bool) -> float:
    """How much larger than usual what stands in a panel is."""
    return _ZOOMS.get(name, 1.0) if large else 1.0


def _arranged(*, bar: bool, rechecks: float) -> Mapping[str, Place]:
    x, y, width, height = _PLACES["preview"]
    moved = _BAR + _GAP if bar else 0.0
    left, top, wide, high = _PLACES["last_five"]
    taken = rechecks + _GAP if rechecks else 0.0
    preview = (x, y + moved, width, height - moved)
    return {
        **_PLACES,
        "bar": (x, y, width, _BAR),
        "preview": preview,
        "thermal": _in_corner(preview, 1.0),
        "rechecks": (left, top, wide, rechecks),
        "last_five": (left, top + taken, wide, high - taken),
    }


def _arranged_large(*, bar: bool, rechecks: float) -> Mapping[str, Place]:
    """One column beside the verdict: whoever waits and what is announced take the place of the last ones."""
    x, y, width, height = _LARGE["preview"]
    foot = _LARGE["last_five"][1] + _LARGE["last_five"][3]
    waiting, announced = rechecks * _ZOOMS["rechecks"], _LARGE_BAR if bar else 0.0
    taken = waiting + announced + (_GAP if waiting and announced else 0.0)
    pushed = max(0.0, taken - _LARGE["last_five"][3])
    left, top, wide, high = _LARGE["thermometer"]
    preview = (x, y, width, height - pushed)
    return {
        **_LARGE,
        "preview": preview,
        "thermal": _in_corner(preview, _ZOOMS["thermal"]),
        "thermometer": (left, top - pushed, wide, high),
        "rechecks": (x, foot - taken, width, waiting),
        "bar": (x, foot - announced, width, announced),
        "last_five": (x, foot, width, 0.0) if taken else _LARGE["last_five"],
    }


def _in_corner(preview: Place, size: float) -> Place:
    """Upper right in the camera's picture."""
    x, y, width, _ = preview
    wide, high = _THERMAL[0] * size, _THERMAL[1] * size
    return x + width - wide - 6, y + 6, wide, high


def scale(window: QSize) -> float:
    """How much larger than at 1366x768 letters may be."""
    return min(window.width() / BASE.width(), window.height() / BASE.height())
