"""Whether what became known changes how past passages look: judged in a thread beside the lane, told once.

The lane's own thread only asks for the number of the last fact, starts the judging, and keeps what it came
to: some milliseconds. A hundred thousand entries are judged in a fifth of a second, beside.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile
from pathlib import Path
from threading import Event, Thread

from station.core.explain import ExplainError
from station.core.outcome import LookbacksOpen
from station.core.policy import Policy
from station.journal.connection import open_reader
from station.journal.entries import Journal
from station.journal.errors import JournalError, NoJournalError, VaultError, storage_errors
from station.journal.lookbacks import PEOPLE_COME, BadNews, Kept, Lookbacks, Passages
from station.looking_back import look_for_all

log = logging.getLogger(__name__)

AGAIN_S = PEOPLE_COME.total_seconds() + 1  # what waits for somebody is judged once without them
EVERY_S = 2.0  # a red code that reached the gate is announced within the time that it took to get here


@dataclass(frozen=True, slots=True)
class Judged:
    """What the facts between two positions came to, with those that had waited."""

    after: int
    had_waited: tuple[int, ...]
    upto: int
    made: tuple[Kept, ...]
    awaited: tuple[int, ...]  # that are about somebody who is not on the list here yet


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
        self._told = 0  # people
        self._tried: object = None  # what there was when it was judged last, for better or worse
        self._is_news = True  # at the start too: what nobody opened before it ended
        self._thread: Thread | None = None
        self._judged: Judged | None = None
        self._awaits, self._since = False, float("-inf")
        self._closing = Event()
        self._failed = ""  # what is wrong since the last tick that went well

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
            self._begin(monotonic)
            self._tell()
            self._failed = ""
        except (JournalError, VaultError) as error:
            if str(error) != self._failed:  # a disk may be full for a night
                log.error("looking back failed: %s", error)
            self._failed = str(error)

    def wait(self) -> None:
        """Until all is judged that is being judged."""
        if self._thread:
            self._thread.join()

    def close(self) -> None:
        """The gate ends: whoever is being judged is the last one; all are judged again at the next start.

        A list of a thousand reds of a busy gate takes minutes, and the PC shall be off.
        """
        self._closing.set()
        self.wait()

    def _take(self) -> None:
        """Keep what the thread found, unless somebody at the admin page was quicker.

        On a full disk it is tried again: what is judged is not judged anew before there are other facts.
        """
        judged, self._thread = self._judged, None
        if judged is None:
            return
        if (judged.after, judged.had_waited) != (self._kept.seen, self._kept.awaited):
            self._tried = self._judged = None  # they may have left some that wait
            return
        for place, one in enumerate(judged.made, start=1):
            self._kept.add(one)
            self._judged = replace(judged, made=judged.made[place:])
        self._kept.saw(judged.upto, judged.awaited)
        self._judged, self._is_news, self._awaits = None, True, bool(judged.awaited)

    def _begin(self, monotonic: float) -> None:
        newest, people = self._passages.newest_fact(), None
        if self._awaits and (here := self._passages.people_here()).complete:
            people = here
        if (newest, people) != self._tried:
            self._since = monotonic
        elif self._awaits and monotonic >= self._since + AGAIN_S:
            self._since = float("inf")
        else:
            return
        arguments = (self._kept.seen, self._kept.awaited, newest, self._policy(), self._now())
        self._tried = newest, people
        self._due = float("-inf")  # what is found is taken at the next tick
        self._thread = Thread(target=self._judge, args=arguments, name="look back", daemon=True)
        self._thread.start()

    def _judge(self, seen: int, awaited: tuple[int, ...], newest: int, policy: Policy, now: datetime) -> None:
        """In the thread beside, with a connection of its own that can only read."""
        try:
            with storage_errors(), closing(open_reader(self._folder)) as connection:
                passages = Passages(connection, self._vault)
                news = [one for one in passages.news_after(seen, awaited) if one.position <= newest]
                made, waits = look_for_all(passages, self._until_closed(news), policy, now)
            if not self._closing.is_set():
                self._judged = Judged(seen, awaited, newest, tuple(made), tuple(waits))
        except (JournalError, NoJournalError, VaultError, ExplainError) as error:
            log.error("looking back failed: %s", error)

    def _until_closed(self, news: Iterable[BadNews]) -> Iterator[BadNews]:
        return takewhile(lambda one: not self._closing.is_set(), news)

    def _tell(self) -> None:
        if not (self._is_news or self._told):
            return  # every list is sealed: they are not opened for nothing
        people, self._is_news = self._kept.unopened(), False
        if people != self._told:
            self._told = people
            self._publish(LookbacksOpen(people))
