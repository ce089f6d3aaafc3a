"""Something is done when a time is over, unless what it was set for has ended before. Knows no network."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition, Thread


class Deadline:
    """One time at once, of one thread's; `over` is called by another, and never after `within` has ended.

    A `threading.Timer` for each is a thread for each, and its start waits until that runs: half a millisecond
    of every request. Here one thread looks when the nearest time is over, goes on with whichever was set
    meanwhile, and ends when there is none.
    """

    def __init__(self, over: Callable[[], None]) -> None:
        self._over, self._changed = over, Condition()
        self._at: float | None = None  # monotonic, s
        self._looks_at: float | None = None  # when the thread wakes; None: there is none

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        self._set(time.monotonic() + seconds)
        try:
            yield
        finally:
            with self._changed:
                self._at = None

    def put_off(self, seconds: float) -> None:
        """By whoever is within it: so long from now instead."""
        self._set(time.monotonic() + seconds)

    def end(self) -> None:
        """Let the thread go at once."""
        with self._changed:
            self._at = None
            self._changed.notify()

    def _set(self, at: float) -> None:
        with self._changed:
            self._at = at
            if self._looks_at is None:
                self._looks_at = at
                Thread(target=self._watch, name="deadline", daemon=True).start()
            elif at < self._looks_at:
                self._changed.notify()

    def _watch(self) -> None:
        with self._changed:
            try:
                while self._at is not None:
                    left = self._at - time.monotonic()
                    if left > 0:
                        self._looks_at = self._at
                        self._changed.wait(left)
                    else:
                        self._at = None
                        self._over()
            finally:
                self._looks_at = None
