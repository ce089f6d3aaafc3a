"""What counts as one touch, and what as a person's typing. Pure: the clock is passed in.

Gloved fingers bounce, and a barcode scanner is a keyboard that types very fast and ends with ENTER.
"""

from __future__ import annotations

from collections.abc import Callable

BOUNCE_S = 0.4  # a second touch within this time is the same finger
SCANNER_GAP_S = 0.05  # a scanner's keys follow each other faster; a person's hardly do
SCANNER_LEAST = 3  # characters; a shorter burst is a quick hand


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


class Typing:
    """Collects keys until they pause; a burst is a scanner's and is swallowed."""

    def __init__(self) -> None:
        self._keys = ""
        self._last = float("-inf")

    def key(self, character: str, now: float) -> None:
        """One character at monotonic time `now` (s)."""
        self._keys += character
        self._last = now

    def typed(self, now: float) -> str:
        """What a person typed, once it is certain; "" before that, and for a scanner's burst."""
        if now - self._last < SCANNER_GAP_S:
            return ""
        keys, self._keys = self._keys, ""
        return keys if len(keys) < SCANNER_LEAST else ""
