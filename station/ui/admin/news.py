"""What the admin has to know of the gate meanwhile. Pure: no Qt, the clock is passed in.

The newest verdict is always there. A STOP stays until somebody has seen it, a RECHECK for a while, also when
somebody else has passed since; and that nothing is recorded stays until it can be again.
"""

from __future__ import annotations

from dataclasses import dataclass

from station.ui.face import Face
from station.ui.theme import Look

RECHECK_S = 20.0
_RANK = {Look.RECHECK: 1, Look.STOP: 2, Look.FAILURE: 3}


@dataclass(frozen=True, slots=True)
class News:
    last: Face | None = None
    alarm: Face | None = None  # what must not be overlooked; it may be the last


class NewsBoard:
    def __init__(self) -> None:
        self._last: Face | None = None
        self._alarm: Face | None = None
        self._alarm_until: float | None = None

    def tell(self, face: Face, now: float) -> None:
        """A verdict, or that nothing was recorded, at monotonic time `now` (s)."""
        standing = self.at(now).alarm
        if standing and standing.look is Look.FAILURE:
            standing = None  # something was recorded again, or failed again
        self._last = face
        if _rank(face) >= _rank(standing):
            self._alarm = face if face.look in _RANK else None
            self._alarm_until = now + RECHECK_S if face.look is Look.RECHECK else None
        elif standing is None:
            self._alarm = None

    def end_failure(self) -> None:
        """What could not be recorded can be again."""
        if self._alarm and self._alarm.look is Look.FAILURE:
            self._alarm = None
        if self._last and self._last.look is Look.FAILURE:
            self._last = None

    def seen(self) -> None:
        """Somebody has looked: no alarm stands any more."""
        if self._alarm and self._alarm.look is not Look.FAILURE:
            self._alarm = None

    def at(self, now: float) -> News:
        if self._alarm and self._alarm_until is not None and now >= self._alarm_until:
            self._alarm = None
        return News(self._last, self._alarm)


def _rank(face: Face | None) -> int:
    return _RANK.get(face.look, 0) if face else 0
