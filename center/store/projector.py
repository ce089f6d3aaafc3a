"""Threads that make typed rows of what lies in the ledger without: after a burst, after a fault."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from threading import Event, Thread
from typing import Protocol

from center.store.errors import where_it_broke

log = logging.getLogger(__name__)

_PAUSE_S = 0.1  # without another batch: then a burst is over
_LONGEST_S = 10.0  # however long it lasts, typed rows wait no longer


class Burst:
    """Tells whether batches are coming just now whose typed rows are left for later.

    Whoever sends a backlog waits for every answer: while it comes, processor and database are for the ledger.
    `mono` is in seconds from anywhere. `came` may be called in any thread.
    """

    def __init__(self, mono: Callable[[], float] = time.monotonic) -> None:
        self._mono = mono
        self._began: float | None = None
        self._newest = 0.0
        self.news = Event()

    def came(self) -> None:
        """A batch is being stored."""
        self._newest = self._mono()
        if self._began is None:
            self._began = self._newest
        self.news.set()

    def goes_on(self) -> bool:
        """Whether to wait for its end."""
        began, now = self._began, self._mono()  # another thread may end it at any moment
        return began is not None and now - self._newest < _PAUSE_S and now - began < _LONGEST_S

    def made_up_for(self) -> None:
        """Everything has its typed rows."""
        self._began = None


class _Pending(Protocol):
    def project_pending(self, most_segments: int = 1000) -> int: ...


class Projector:
    """Looks every `every_s` seconds and after each burst; goes on at once while there is something to do.

    Of several threads one works while another waits for the database; each has a chain to itself.
    """

    def __init__(
        self, store: _Pending, every_s: float = 1.0, burst: Burst | None = None, threads: int = 1
    ) -> None:
        self._store, self._every_s = store, every_s
        self._burst = burst or Burst()
        self._ended = Event()
        self._threads = [
            Thread(target=self._run, name=f"projector {number}", daemon=True) for number in range(threads)
        ]
        self._complained = False

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Returns when what is being projected is done."""
        self._ended.set()
        self._burst.news.set()
        for thread in self._threads:
            thread.join()

    def step(self) -> bool:
        """Whether there may be more to do at once."""
        try:
            made = self._store.project_pending(50)
        except Exception as error:  # noqa: BLE001 - the thread outlives a database that is away
            if not self._complained:
                log.error("typed rows cannot be made just now: %s", where_it_broke(error))
            self._complained = True
            return False
        self._complained = False
        return made > 0

    def _run(self) -> None:
        while not self._ended.is_set():
            if self._burst.goes_on():
                self._ended.wait(_PAUSE_S / 4)
            elif not self.step():
                self._burst.made_up_for()
                self._burst.news.wait(self._every_s)
                self._burst.news.clear()
