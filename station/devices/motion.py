"""Whether a frame is worth a look: an empty gate at night need not be searched thirty times a second.

Pure: pictures in, numbers and yes or no out.
"""

from __future__ import annotations

import numpy as np

from station.devices.frame import Image
from station.devices.opencv import cv2

THUMBNAIL = (80, 45)  # px
CALM_FRAMES = 15  # without motion and without a code, before frames are skipped
LOOK_EVERY = 6  # of calm frames; a code laid down slowly waits 0.2 s at 30 frames a second
_STEP = 12  # grey levels; above the noise left in a thumbnail, below a hand's contrast to a coat
_SHARE = 0.005  # of the picture: a phone at arm's length covers three times as much


def thumbnail(image: Image) -> Image:
    """A small grey picture. Sub-sampled first: averaging all of a 1080p frame costs more than reading it."""
    rough = np.ascontiguousarray(image[::4, ::4])
    small = cv2.resize(rough, THUMBNAIL, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), np.uint8)


class IdleGate:
    """Wants every frame while something moves or a code is seen, then every sixth.

    `wants` may be asked by the thread that captures, while another one feeds: it only reads one number.
    """

    def __init__(self) -> None:
        self._last: Image | None = None
        self._calm = 0

    @property
    def calm(self) -> bool:
        """Nothing has moved and no code was seen for CALM_FRAMES frames."""
        return self._calm >= CALM_FRAMES

    def wants(self, index: int) -> bool:
        """Whether the frame of this number is worth decoding and a look."""
        return not self.calm or index % LOOK_EVERY == 0

    def feed(self, small: Image) -> None:
        """Take the thumbnail of the newest frame."""
        self._calm = 0 if self._moved(small) else self._calm + 1
        self._last = small

    def code_seen(self) -> None:
        """Stay awake: there is a code in this frame."""
        self._calm = 0

    def _moved(self, small: Image) -> bool:
        if self._last is None:
            return True
        changed = np.count_nonzero(cv2.absdiff(small, self._last) > _STEP)
        return bool(changed > _SHARE * small.size)
