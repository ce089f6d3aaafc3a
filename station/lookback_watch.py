"""Whether what became known changes how past passages look: judged in a thread beside the lane, told once.

The lane's own thread only asks for the number of the last fact, starts the judging, and keeps what it came
to: some milliseconds. A hundred thousand entries are judged in a fifth of a second, beside.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Thread

from station.core.explain import ExplainError
from station.core.outcome import LookbacksOpen
from station.core.policy import Policy
from station.journal.connection import open_reader
from station.journal.entries import Journal
from station.journal.errors import JournalError, NoJournalError, VaultError, storage_errors
from station.journal.lookbacks import Kept, Lookbacks, Passages
from station.journal.vault import Vault
from station.looking_back import look_for_news

log = logging.getLogger(__name__)

EVERY_S = 2.0  # a red code that reached the gate is announced within the time that it took to get here


@dataclass(frozen=True, slots=True)
class Judged:
    """What the facts between two positions came to."""

    after: int
    upto: int
    made: tuple[Kept, ...]
    waits: bool  # what comes behind is about somebody who is not on the list here yet


class LookbackWatch:
    """One gate's. `publish` hears how many people are to be looked at, whenever it is another number."""

    def __init__(
        self,
        folder: Path,
        journal: Journal,
        policy: Callable[[], Policy],
        now: Callable[[], datetime],
        publish: Callable[[LookbacksOpen], None],
    ) -> None:
        """`now` is wall time in UTC."""
        self._folder, self._policy, self._now, self._publish = folder, policy, now, publish
        self._kept, self._passages = Lookbacks(journal), Passages(journal.connection, journal.vault)
        self._vault = journal.vault
        self._due = float("-inf")
        self._told, self._tried = 0, -1  # people; the last fact that was judged, for better or worse
        self._is_news = True  # at the start too: what nobody opened before it ended
        self._thread: Thread | None = None
        self._judged: Judged | None = None
        self._waits = False

    def on_facts_changed(self) -> None:
        """Facts were written: look at the next tick, and not only when it is due.

        Callable from any thread, as often as one likes; it returns at once and touches no database. Whoever
        writes facts from a thread of their own (the sync loop) writes them in the lane's thread first, and
        calls this afterwards. Who forgets to call it is noticed within two seconds all the same.
        """
        self._due = float("-inf")

    def tick(self, monotonic: float) -> None:
        """Time passed, in the lane's thread; `monotonic` in s. What is wrong is logged: the gate goes on."""
        if (self._thread and self._thread.is_alive()) or monotonic < self._due:
            return
        self._due = monotonic + EVERY_S
        try:
            self._take()
            self._begin()
            self._tell()
        except (JournalError, VaultError) as error:
            log.error("looking back failed: %s", error)

    def close(self) -> None:
        """Wait for what is being judged; it is judged again at the next start."""
        if self._thread:
            self._thread.join()

    def _take(self) -> None:
        """Keep what the thread found, unless somebody at the admin page was quicker."""
        judged, self._thread, self._judged = self._judged, None, None
        if judged is None or judged.after != self._kept.seen:
            return
        for one in judged.made:
            self._kept.add(one)
        if judged.upto > judged.after:
            self._kept.saw(judged.upto)
        self._is_news, self._waits = True, judged.waits

    def _begin(self) -> None:
        newest = self._passages.newest_fact()
        if self._waits:  # until it is due again
            self._waits, self._tried = False, -1
            return
        if newest == self._tried:
            return
        self._tried, seen = newest, self._kept.seen
        self._due = float("-inf")  # what is found is taken at the next tick
        arguments = (seen, newest, self._policy(), self._now())
        self._thread = Thread(target=self._judge, args=arguments, name="look back", daemon=True)
        self._thread.start()

    def _judge(self, seen: int, newest: int, policy: Policy, now: datetime) -> None:
        """In the thread beside, with a connection of its own that can only read."""
        try:
            with storage_errors(), closing(open_reader(self._folder)) as connection:
                self._judged = _judged(connection, self._vault, seen, newest, policy, now)
        except (JournalError, NoJournalError, VaultError, ExplainError) as error:
            log.error("looking back failed: %s", error)

    def _tell(self) -> None:
        if not (self._is_news or self._told):
            return  # every list is sealed: they are not opened for nothing
        people, self._is_news = self._kept.unopened(), False
        if people != self._told:
            self._told = people
            self._publish(LookbacksOpen(people))


def _judged(
    connection: sqlite3.Connection, vault: Vault, seen: int, newest: int, policy: Policy, now: datetime
) -> Judged:
    """A red may come before the person it is about: people come on a way of their own."""
    passages = Passages(connection, vault)
    news, waits = passages.ready_after(seen, now)
    upto = newest if waits is None else min(newest, waits - 1)
    made = look_for_news(passages, [one for one in news if one.position <= upto], policy, now)
    return Judged(seen, upto, tuple(made), waits is not None)
