"""What the center tells the people at this gate: looked up in the journal beside the lane's work, told once.

However it came: by the network, by stick, by a command that ran before the gate.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from station.core.entry import from_ms
from station.core.outcome import NoticesHere
from station.journal.center_items import CenterTask, center_ms, fingerprint, notices, tasks
from station.journal.entries import Journal
from station.journal.errors import JournalError, VaultError

log = logging.getLogger(__name__)

EVERY_S = 1.0  # one small query
ANEW_EVERY_S = 60.0  # notices end, tasks become due
DUE_AHEAD = timedelta(hours=2)  # so long before its time a task is announced


class NoticeWatch:
    """One gate's; the lane's thread. `now` is wall time in UTC."""

    def __init__(
        self, journal: Journal, now: Callable[[], datetime], publish: Callable[[NoticesHere], None]
    ) -> None:
        self._journal, self._now, self._publish = journal, now, publish
        self._due = self._anew = float("-inf")
        self._seen: tuple[int, ...] = ()
        self._told = NoticesHere()

    def tick(self, monotonic: float) -> None:
        """Time passed, in s. What is wrong is logged: the gate goes on."""
        if monotonic < self._due:
            return
        self._due = monotonic + EVERY_S
        try:
            self._look(monotonic)
        except (JournalError, VaultError) as error:
            log.error("notices cannot be read: %s", error)

    def _look(self, monotonic: float) -> None:
        seen = fingerprint(self._journal.connection)
        if seen == self._seen and monotonic < self._anew:
            return
        self._seen, self._anew = seen, monotonic + ANEW_EVERY_S
        here = what_is_here(self._journal, self._now())
        if here != self._told:
            self._told = here
            self._publish(here)


def what_is_here(journal: Journal, now: datetime) -> NoticesHere:
    """The line at the gate is for urgent notices only; the others wait at the admin page."""
    unread = [one for one in notices(journal.connection, journal.vault, now) if not one.read]
    urgent = next((one.item.title for one in unread if one.item.urgent), "")
    there = from_ms(center_ms(journal.connection, now))
    due = sum(_is_due(one, there) for one in tasks(journal.connection, journal.vault))
    return NoticesHere(urgent, len(unread), due)


def _is_due(task: CenterTask, now: datetime) -> bool:
    """Those without a time are due at once."""
    if task.done:
        return False
    return task.item.due_ms is None or from_ms(task.item.due_ms) - now <= DUE_AHEAD
