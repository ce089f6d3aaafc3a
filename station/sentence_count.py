"""How many sentences the voice said today, and volunteers did not have to; kept over a restart."""

from __future__ import annotations

from datetime import date

from station.memory import Memory

_NAME = "sentences"
_KEEP_EVERY = 10  # a commit for each sentence would be one for each person


class SentenceCount:
    """Local days. What was said before a journal was open counts as soon as there is one."""

    def __init__(self) -> None:
        self.today = 0
        self._day: date | None = None
        self._memory: Memory | None = None

    def remember(self, memory: Memory, day: date) -> None:
        """Go on from what is kept of this day."""
        kept = (memory.load(_NAME) or b"").decode("ascii", "replace").split()
        known = int(kept[1]) if len(kept) == 2 and kept[0] == day.isoformat() and kept[1].isdecimal() else 0
        self._turn_to(day)
        self.today = max(self.today, known)
        self._memory = memory

    def add(self, day: date) -> None:
        """One more."""
        self._turn_to(day)
        self.today += 1
        if self.today % _KEEP_EVERY == 0:
            self.keep()

    def on(self, day: date) -> int:
        """0 on a day on which nothing was said yet."""
        return self.today if day == self._day else 0

    def forget(self) -> None:
        """The journal is about to close."""
        self.keep()
        self._memory = None

    def keep(self) -> None:
        if self._memory and self._day:
            self._memory.save(_NAME, f"{self._day.isoformat()} {self.today}".encode("ascii"))

    def _turn_to(self, day: date) -> None:
        if day != self._day:
            self._day, self.today = day, 0
