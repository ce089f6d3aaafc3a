"""Whether people stand in a queue (排队), as far as a gate can know it. Pure: monotonic seconds.

One camera at arm's length does not see the end of a queue, so nobody is counted who has not come yet. What is
known: how soon after a verdict the next person begins. In a queue that is at once, several times in a row.
"""

from __future__ import annotations

from collections import deque

SOON_S = 10.0  # the next person steps up and holds up the phone in that time
IN_A_ROW = 4  # fewer may be a family
WINDOW_S = 300.0  # over which those who came through are counted
OVER_AFTER_S = 60.0  # nobody came for so long: the queue is gone


class Rush:
    """One lane's."""

    def __init__(self) -> None:
        self._decided: deque[float] = deque()
        self._row = 0
        self._begun = float("-inf")

    def begins(self, now: float) -> None:
        """Somebody shows a code or is measured: the first sign of a person after the last verdict."""
        if self._decided and self._begun <= self._decided[-1]:
            self._row = self._row + 1 if now - self._decided[-1] <= SOON_S else 0
            self._begun = now

    def decided(self, now: float) -> None:
        """A verdict is on record."""
        self.begins(now)  # who came by a list had no sign before
        self._decided.append(now)
        self._forget(now)

    def passed(self, now: float) -> int:
        """How many came through in the last five minutes, if there is a queue; else 0."""
        self._forget(now)
        stands = self._row >= IN_A_ROW and bool(self._decided) and now - self._decided[-1] <= OVER_AFTER_S
        return len(self._decided) if stands else 0

    def _forget(self, now: float) -> None:
        while self._decided and now - self._decided[0] > WINDOW_S:
            self._decided.popleft()
