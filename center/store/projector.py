"""A thread that makes typed rows of what lies in the ledger without: after a burst, after a fault."""

from __future__ import annotations

import logging
from threading import Event, Thread
from typing import Protocol

from center.store.errors import where_it_broke

log = logging.getLogger(__name__)


class _Pending(Protocol):
    def project_pending(self, most_segments: int = 1000) -> int: ...


class Projector:
    """Looks every `every_s` seconds, and goes on at once while there is something to do."""

    def __init__(self, store: _Pending, every_s: float = 1.0) -> None:
        self._store = store
        self._every_s = every_s
        self._ended = Event()
        self._thread = Thread(target=self._run, name="projector", daemon=True)
        self._complained = False

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Returns when the segment that is being projected is done."""
        self._ended.set()
        self._thread.join()

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
        while not self._ended.wait(0 if self.step() else self._every_s):
            pass
