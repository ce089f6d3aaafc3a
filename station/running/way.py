"""Which way people go at this lane, kept over a restart; a setting that was changed since counts more."""

from __future__ import annotations

from station.core.model import Direction
from station.memory import Memory

_NAME = "direction"


class Way:
    def __init__(self, memory: Memory, setting: Direction) -> None:
        self._memory, self._setting = memory, setting

    def load(self) -> Direction | None:
        """Which way it was turned last, under the same setting; None if nobody knows."""
        kept = (self._memory.load(_NAME) or b"").decode("ascii", "replace").split()
        if len(kept) != 2 or kept[0] != self._setting.value or kept[1] not in list(Direction):
            return None
        return Direction(kept[1])

    def save(self, direction: Direction) -> None:
        self._memory.save(_NAME, f"{self._setting.value} {direction.value}".encode("ascii"))
