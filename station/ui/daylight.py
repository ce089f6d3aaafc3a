"""Night, day or glaring sun, told by the camera's mean brightness. Pure; the clock is passed in."""

from __future__ import annotations

from enum import StrEnum

DARK = 55.0  # mean grey 0-255; a street lamp on a tent lies below, an overcast noon far above
BRIGHT = 85.0
GLARE = 190.0  # a camera that regulates its exposure gets there only when the sun shines into the tent
EASED = 160.0
SETTLE_S = 20.0  # passing headlights or a hand on the lens last less


class Level(StrEnum):
    """In the order of brightness; the values are names of themes."""

    NIGHT = "night"
    DAY = "day"
    SUN = "sun"


class Daylight:
    """Goes one level down or up after 20 s beyond its border; the borders back lie apart from those there."""

    def __init__(self) -> None:
        self.level = Level.DAY
        self._towards = Level.DAY
        self._since = 0.0

    def see(self, brightness: float, now: float) -> None:
        """A frame's mean grey (0-255) at monotonic time `now` (s)."""
        wanted = self._wanted(brightness)
        if wanted is not self._towards:
            self._towards, self._since = wanted, now
        elif wanted is not self.level and now - self._since >= SETTLE_S:
            self.level = wanted

    def _wanted(self, brightness: float) -> Level:
        if self.level is Level.NIGHT:
            return Level.DAY if brightness > BRIGHT else Level.NIGHT
        if brightness < DARK:
            return Level.NIGHT
        return Level.SUN if brightness > (EASED if self.level is Level.SUN else GLARE) else Level.DAY
