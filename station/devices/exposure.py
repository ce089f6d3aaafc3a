"""Which shutter time suits the light: as short as it allows, because a moving hand blurs a code.

Measured on synthetic hard scenes at 720p, 1/100 s in place of 1/25 s reads three times as many frames, more
than any software. Pure: brightness in, shutter times out; who sets them is v4l2.py.
"""

from __future__ import annotations

# Lamps on 50 Hz mains flash 100 times a second: 1/100 s and 1/50 s hold whole flashes, every frame the same
# number. Shorter times are for daylight, which does not flicker. Longer ones would halve the frame rate.
SHUTTERS_S = (1 / 1000, 1 / 500, 1 / 250, 1 / 100, 1 / 50)
FIRST = SHUTTERS_S.index(1 / 100)
# Mean grey levels. A step multiplies the light by 2.5 at most, and the levels, which grow with its 2.2th
# root, by 1.5; the band is 2.8 wide, so that a step out of it never leads out at its other end.
DARK, BRIGHT = 60.0, 170.0
STEADY_S = 1.0  # outside of the band before a step: longer than a person in a dark coat takes to step aside
AUTOMATIC_S = 600.0  # left to the camera when the longest time is too dark, before it is tried again


class Exposure:
    """Follows the light with hysteresis; hands over to the camera's own automatic in the dark.

    The camera has its gain to help with then, and its scale is different in every one.
    """

    def __init__(self) -> None:
        self._step = FIRST
        self._left_since: float | None = None  # when the brightness left the band
        self._automatic_until = float("-inf")

    def feed(self, at: float, brightness: float) -> float | None:
        """The shutter time in s to use from now on, or None: the camera's own automatic.

        `at` is monotonic s, `brightness` the mean grey level (0-255) of a frame that was taken with the time
        returned before.
        """
        if at < self._automatic_until:
            return None
        if DARK <= brightness <= BRIGHT:
            self._left_since = None
        elif self._left_since is None:
            self._left_since = at
        elif at - self._left_since >= STEADY_S:
            self._left_since = None
            self._change(at, 1 if brightness < DARK else -1)
        return None if at < self._automatic_until else SHUTTERS_S[self._step]

    def _change(self, at: float, direction: int) -> None:
        """One step longer (1) or shorter (-1); beyond the longest comes the camera's automatic."""
        if self._step + direction == len(SHUTTERS_S):
            self._automatic_until = at + AUTOMATIC_S
        else:
            self._step = max(0, self._step + direction)
