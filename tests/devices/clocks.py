"""Clocks of tests on real lines: while a machine stands still, they stand still, too.

A device and who waits for it stand still together; which of them goes on first is chance, and no silence.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_TURN_S = 0.1  # whoever waits asks so often
_MOST_AT_ONCE_S = 0.5  # of the clock's own; shorter than any silence
_LOOK_EVERY_S = 0.02


class WorkingClock:
    """Seconds in which this program was at work, so many times as fast."""

    def __init__(self, speed_up: float = 1.0) -> None:
        self._speed_up, self._lock = speed_up, threading.Lock()
        self._most = min(_TURN_S * speed_up, _MOST_AT_ONCE_S)
        self._seen = self._now = time.monotonic()

    def __call__(self) -> float:
        with self._lock:
            seen, self._seen = self._seen, time.monotonic()
            self._now += min((self._seen - seen) * self._speed_up, self._most)
            return self._now


@contextmanager
def at_work() -> Iterator[Callable[[], float]]:
    """For how many seconds this program has been at work since."""
    clock, ended = WorkingClock(), threading.Event()

    def look() -> None:
        while not ended.wait(_LOOK_EVERY_S):
            clock()

    began, looking = clock(), threading.Thread(target=look)
    looking.start()
    try:
        yield lambda: clock() - began
    finally:
        ended.set()
        looking.join()


class Freezing:
    """Seconds; while it is held, whoever asks for them stands still, and so many have gone by after it."""

    def __init__(self) -> None:
        self._lock, self._now = threading.Lock(), 1000.0

    def __call__(self) -> float:
        with self._lock:
            return self._now

    @contextmanager
    def stands_still(self, seconds: float) -> Iterator[None]:
        with self._lock:
            yield
            self._now += seconds
