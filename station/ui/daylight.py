"""Day or night, told by the camera's mean brightness. Pure; the clock is passed in."""

from __future__ import annotations

DARK = 55.0  # mean grey 0-255; a street lamp on a tent lies below, an overcast noon far above
BRIGHT = 85.0
SETTLE_S = 20.0  # passing headlights or a hand on the lens last less


class Daylight:
    """Night after 20 s below DARK, day after 20 s above BRIGHT; between them nothing changes."""

    def __init__(self) -> None:
        self.night = False
        self._contrary_since: float | None = None

    def see(self, brightness: float, now: float) -> None:
        """A frame's mean grey (0-255) at monotonic time `now` (s)."""
        contrary = brightness > BRIGHT if self.night else brightness < DARK
        if not contrary:
            self._contrary_since = None
        elif self._contrary_since is None:
            self._contrary_since = now
        elif now - self._contrary_since >= SETTLE_S:
            self.night = not self.night
            self._contrary_since = None
