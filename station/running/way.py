"""Which way people go at this lane, kept over a restart; a setting that was changed since counts more."""

from __future__ import annotations

from station.core.model import Direction
from station.memory import Memory

WAY = "direction"


class Way:
    def __init__(self, memory: Memory, setting: Direction) -> None:
        self._memory, self._setting = memory, setting

    def load(self) -> Direction | None:
        """Which way it was turned last, under the same setting; None if nobody knows."""
        kept = (self._memory.load(WAY) or b"").decode("ascii", "replace").split()
        if len(kept) != 2 or kept[0] != self._setting.value or kept[1] not in list(Direction):
            return None
        return Direction(kept[1])

    def save(self, direction: Direction) -> None:
        self._memory.save(WAY, f"{self._setting.value} {direction.value}".encode("ascii"))


class WayNow:
    """Which way people go at the window's lane, whose devices and data keys may change meanwhile."""

    def __init__(self, setting: Direction) -> None:
        self.direction = setting
        self._locked = self._turned = False  # nobody has signed in; somebody turned it

    def begin(self, kept: Way, *, locked: bool) -> None:
        """The lane opens. `locked`: nothing that was kept can be read."""
        self._locked = locked
        self.direction = kept.load() or self.direction

    def turn(self, direction: Direction) -> None:
        self.direction, self._turned = direction, True

    def follow(self, kept: Way, *, locked: bool) -> bool:
        """Whether it is another one now: somebody signed in, and did not find it turned since."""
        was_locked, self._locked, before = self._locked, locked, self.direction
        if was_locked and not locked and self._turned:
            kept.save(self.direction)
        elif was_locked and not locked:
            self.direction = kept.load() or self.direction
        return self.direction is not before
