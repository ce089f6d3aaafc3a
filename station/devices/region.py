"""Where in the picture a code is: tracked from frame to frame, so that rescues can look there closely.

Pure: positions in, a box out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from station.devices.frame import Image
from station.devices.readers import Corners, Sighting

KEEP_FRAMES = 15  # half a second at 30 frames a second: a hand moves on within it
_MARGIN = 0.6  # of the code's size on each side: a hand at 0.5 m/s moves that far in two frames
_LEAST_MARGIN = 24  # px
_MIDDLE = (1024, 768)  # px


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a picture, px; right and bottom are outside."""

    left: int
    top: int
    right: int
    bottom: int

    def cut(self, picture: Image) -> Image:
        """This part of a picture, contiguous as the readers need it."""
        return np.ascontiguousarray(picture[self.top : self.bottom, self.left : self.right])


def whole(picture: Image) -> Box:
    height, width = picture.shape[:2]
    return Box(0, 0, width, height)


def middle(picture: Image) -> Box:
    """The middle, where people hold what is hard to read; all of a small picture."""
    height, width = picture.shape[:2]
    left, top = max(0, (width - _MIDDLE[0]) // 2), max(0, (height - _MIDDLE[1]) // 2)
    return Box(left, top, width - left, height - top)


class Region:
    """Follows the code that was last read or located."""

    def __init__(self) -> None:
        self._box: Box | None = None
        self._age = 0

    @property
    def box(self) -> Box | None:
        """Where the code should be now; None when there was none within KEEP_FRAMES frames."""
        return self._box if self._age < KEEP_FRAMES else None

    def feed(self, sighting: Sighting, picture: Image) -> None:
        """Take what the newest frame, `picture`, showed."""
        self._age = 0 if sighting.located else self._age + 1
        if sighting.located:
            self._box = _around(sighting.located[0], picture)


def _around(corners: Corners, picture: Image) -> Box:
    """The box around a code with its margin. Corners may lie outside of the picture."""
    height, width = picture.shape[:2]
    low, high = np.min(corners, axis=0), np.max(corners, axis=0)
    margin = np.maximum((high - low) * _MARGIN, _LEAST_MARGIN)
    left, top = np.clip(low - margin, 0, (width - 1, height - 1)).astype(int)
    right, bottom = np.clip(high + margin, (left + 1, top + 1), (width, height)).astype(int)
    return Box(int(left), int(top), int(right), int(bottom))
