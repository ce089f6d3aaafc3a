"""A code is confirmed, not merely seen: a counter over what was read in each frame.

Pure: times and texts in, at most one confirmed text out. No pictures, no threads, no clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

NEEDED = 2  # frames with the same text; one is enough when its signature verifies
# A code is gone when it has not been read for this long. A held code is missed in some frames, but every
# rescue has had its turn within half a second; tilting a phone against glare takes about one second; and
# the same person needs more than two to leave and come again.
REARM_S = 2.0
# Two codes read this closely one after the other are both in view, though a frame may show only one of them.
TOGETHER_S = 0.4


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What a frame led to."""

    text: str | None = field(default=None, repr=False)  # confirmed by this very frame: personal, never logged
    crowded: bool = False  # two different codes are in view: ask for one


@dataclass(slots=True)
class _Sighting:
    last: float
    frames: int = 0
    confirmed: bool = False


class Confirmer:
    """Confirms each code once per stay in the picture."""

    def __init__(
        self,
        verified: Callable[[str], bool] = lambda text: False,
        *,
        rearm_s: float = REARM_S,
    ) -> None:
        """`verified` says whether a text proves itself by a signature; it is asked once per stay."""
        self._verified = verified
        self._rearm_s = rearm_s
        self._sightings: dict[str, _Sighting] = {}

    def feed(self, at: float, texts: Iterable[str]) -> Confirmation:
        """Take the texts read in the frame of time `at` (monotonic seconds)."""
        self._forget_the_gone(at)
        seen = set(texts)  # a code and its reflection are one code
        for text in seen:
            self._sightings.setdefault(text, _Sighting(at)).last = at
        if self._in_view(at) > 1:
            return Confirmation(crowded=True)
        return Confirmation(next((text for text in seen if self._confirms(text)), None))

    def is_confirmed(self, text: str) -> bool:
        """Whether this text has been confirmed during its present stay in the picture."""
        sighting = self._sightings.get(text)
        return sighting is not None and sighting.confirmed

    def _forget_the_gone(self, at: float) -> None:
        self._sightings = {
            text: sighting for text, sighting in self._sightings.items() if at - sighting.last < self._rearm_s
        }

    def _in_view(self, at: float) -> int:
        return sum(at - sighting.last <= TOGETHER_S for sighting in self._sightings.values())

    def _confirms(self, text: str) -> bool:
        """Count one more frame with this text alone; say whether it is the one that confirms."""
        sighting = self._sightings[text]
        sighting.frames += 1
        if sighting.confirmed:
            return False
        first = sighting.frames == 1
        sighting.confirmed = sighting.frames >= NEEDED or (first and self._verified(text))
        return sighting.confirmed
