"""Whether the person should come nearer: a code is there, and too small to be read.

Pure: times and sightings in, yes or no out.
"""

from __future__ import annotations

from collections import deque

from station.devices.readers import Sighting

# Sharp modules of 1.5 px are read and blurred ones of 2.5 px not quite always: below that, nearer helps.
SMALL_PX = 2.5
NEEDED = 4  # frames, so that a code on its way into the picture is not talked to
WITHIN_S = 1.5  # and the advice stays this long, so that it does not flicker


class Distance:
    """Advises to come nearer, until a code is read."""

    def __init__(self) -> None:
        self._small: deque[float] = deque(maxlen=NEEDED)

    def feed(self, at: float, sighting: Sighting) -> bool:
        """Take what the frame of time `at` (monotonic s) showed; say whether codes are too small."""
        if sighting.codes:
            self._small.clear()
        elif any(code.module_px < SMALL_PX for code in sighting.unread):
            self._small.append(at)
        return len(self._small) == NEEDED and at - self._small[0] <= WITHIN_S
