"""Which presses are repetitions of a key that is held down. No clock of its own.

X11 tells each repetition as a release and a press of one moment, and Qt calls them repeated only where it has
seen both at once: mostly not, on a quick PC.
"""

from __future__ import annotations

from PySide6.QtGui import QKeyEvent

_BOUNCE_MS = 2  # nobody lets a key go and presses it again so soon


class Repeats:
    """Hears every release, and is asked about every press."""

    def __init__(self) -> None:
        self._let_go = (0, 0)  # which key went up last, and when (ms)

    def let_go(self, event: QKeyEvent) -> None:
        self._let_go = event.key(), event.timestamp()

    def is_one(self, press: QKeyEvent) -> bool:
        """A scanner's second of two equal characters may look like one, too."""
        key, at = self._let_go
        again = press.key() == key and at > 0 and press.timestamp() - at <= _BOUNCE_MS
        return press.isAutoRepeat() or again
