"""How long to wait after failures: 1 s to 5 min, doubled each time, and spread over gates."""

from __future__ import annotations

from collections.abc import Callable

SHORTEST_S = 1.0
LONGEST_S = 300.0  # also if more patience is asked for: that may be a proxy's page, and reds wait behind it
# It is there, and says when it has room. Were this doubled, too, whoever is unlucky a few times after a night
# without a network would stand aside for minutes, while others, who begin anew with each success, are served.
LONGEST_TOLD_S = 15.0
_DOUBLINGS = 9  # 2 ** 9 s is beyond the longest


class Backoff:
    """`random` gives numbers from 0 to 1."""

    def __init__(self, random: Callable[[], float]) -> None:
        self._random = random
        self._failures = 0

    def next_s(self, asked_s: float | None = None) -> float:
        """Seconds to wait after one more failure: at least what was asked for, up to five minutes."""
        longest = min(LONGEST_S, SHORTEST_S * 2 ** min(self._failures, _DOUBLINGS))
        self._failures += 1
        if asked_s is None:
            return self.spread_s(longest)
        return max(self.spread_s(min(longest, LONGEST_TOLD_S)), min(asked_s, LONGEST_S))

    def spread_s(self, about_s: float) -> float:
        """Between half of it and all of it."""
        return about_s * (0.5 + 0.5 * self._random())

    def worked(self) -> None:
        """The next failure is a first one again."""
        self._failures = 0
