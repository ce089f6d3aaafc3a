"""After each start: are the lists what this station wrote? A millisecond at a time, while nobody waits.

It looks at one moment of the file with a connection of its own that only reads. What was changed is named in
the log and said at the gate; who is judged meanwhile is checked by the look-up itself.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from station.core.outcome import ListsChanged
from station.journal import list_check
from station.journal.connection import open_reader
from station.journal.entries import Journal
from station.journal.errors import JournalError, NoJournalError, storage_errors

log = logging.getLogger(__name__)

_MOST_NAMED = 20  # in the log; `station journal check` names all
_STEPS = 5  # of a tick: some milliseconds


class ListWatch:
    """One look at everything. `tick` belongs to the journal's thread."""

    def __init__(self, folder: Path, journal: Journal, publish: Callable[[ListsChanged], None]) -> None:
        self._folder, self._key, self._publish = folder, journal.vault.rows, publish
        self._connection: sqlite3.Connection | None = None
        self._steps: Iterator[str | None] | None = None
        self.found = 0
        self.done = False

    def tick(self, *, idle: bool) -> None:
        """Some steps, if nobody waits. A fault is logged: the journal's check says more."""
        if self.done or not idle:
            return
        try:
            with storage_errors():
                self._go_on()
        except (NoJournalError, JournalError, TypeError, ValueError) as error:
            log.error("the lists cannot be looked through: %s", error)
            self.close()

    def close(self) -> None:
        """Also when it is done: an open reader would keep the file from being tidied."""
        self.done = True
        if self._connection:
            self._connection.close()
            self._connection = None

    def _go_on(self) -> None:
        if self._steps is None:
            self._connection = open_reader(self._folder)
            self._connection.execute("BEGIN")
            self._steps = list_check.steps(self._connection, self._key)
        for _ in range(_STEPS):
            try:
                what = next(self._steps)
            except StopIteration:
                self.close()
                if self.found:
                    self._publish(ListsChanged(self.found))
                return
            if what is not None:
                self._note(what)

    def _note(self, what: str) -> None:
        self.found += 1
        if self.found <= _MOST_NAMED:
            log.error("not as it was written: %s", what)
