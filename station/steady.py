"""Time that passes also while the PC sleeps: `time.monotonic` stands still meanwhile under Linux.

Devices, lane and screen go by `time.monotonic`, in which a night with the lid closed takes no time at all: so
whoever was half done before it must not be in front after it. `Slept` tells.
"""

from __future__ import annotations

import time
from collections.abc import Callable

MOST_APART_S = 5.0  # a sleep that is shorter changes nothing
STOOD_STILL_S = 5.0  # a turn on a line takes a tenth; a write on one that takes nothing, a second


def elapsed() -> float:
    """Seconds since some moment; goes on while the PC sleeps, and no set clock moves it."""
    boottime = getattr(time, "CLOCK_BOOTTIME", None)  # not on Windows, whose `monotonic` goes on
    return time.monotonic() if boottime is None else time.clock_gettime(boottime)


class Slept:
    """Whether the PC slept since the last time it was asked."""

    def __init__(
        self, whole: Callable[[], float] = elapsed, awake: Callable[[], float] = time.monotonic
    ) -> None:
        self._whole, self._awake = whole, awake
        self._apart = self._now_apart()

    def since_last(self) -> bool:
        before, self._apart = self._apart, self._now_apart()
        return self._apart - before > MOST_APART_S

    def _now_apart(self) -> float:
        return self._whole() - self._awake()


class Standstill:
    """Whether the program, or the PC, stood still since it listened last to a line: what came meanwhile is of
    people who have gone, and must not act."""

    def __init__(self, elapsed: Callable[[], float] = elapsed) -> None:
        self._elapsed = elapsed
        self._listened_at = elapsed()

    def listens(self) -> None:
        """From now on."""
        self._listened_at = self._elapsed()

    def was(self) -> bool:
        before = self._listened_at
        self.listens()
        return self._listened_at - before > STOOD_STILL_S
