"""What counts as one touch, for gloved fingers bounce. Pure: the clock is passed in."""

from __future__ import annotations

from collections.abc import Callable

BOUNCE_S = 0.4  # a second touch within this time is the same finger


class Touch:
    """Lets one touch through and ignores the next for a moment, on whichever button it lands."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._last = float("-inf")

    def counts(self) -> bool:
        """Whether a touch now is a new one."""
        now = self._monotonic()
        if now - self._last < BOUNCE_S:
            return False
        self._last = now
        return True

    def hold(self) -> None:
        """The screen changed by itself: what a finger was aiming at is gone."""
        self._last = self._monotonic()
