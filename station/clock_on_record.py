"""A clock that was set goes on record: what was done "before" may have been done after.

Backwards is found by the newest entry, also over a restart; forwards while the gate runs, by the seconds that
nobody can set. A PC that slept looks the same, and the words for it say so.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from station.core.audit import Audited, Event
from station.core.outcome import ClockWarning, Outcome, Recorded
from station.journal.audit import Auditing, put_on_record
from station.journal.errors import JournalError

log = logging.getLogger(__name__)

Publish = Callable[[Outcome], None]

_FORWARD = timedelta(minutes=2)  # a time server's steps are smaller


def watching_clock(
    journal: Auditing,
    publish: Publish,
    now: Callable[[], datetime],
    monotonic: Callable[[], float],
) -> Publish:
    """Publish as before. Recording goes on also if this cannot be written. `monotonic` is in seconds."""
    forward = _Forward(now, monotonic)

    def tell(outcome: Outcome) -> None:
        if isinstance(outcome, ClockWarning):
            _put(journal, Event(Audited.CLOCK_BACK, facts=(("back_s", str(round(outcome.back_s))),)), now())
        elif isinstance(outcome, Recorded) and (ahead := forward.since_last()) > _FORWARD:
            facts = (("forward_s", str(round(ahead.total_seconds()))),)
            _put(journal, Event(Audited.CLOCK_FORWARD, facts=facts), now())
        publish(outcome)

    return tell


class _Forward:
    """How much further wall time went than the seconds did, from one passage to the next."""

    def __init__(self, now: Callable[[], datetime], monotonic: Callable[[], float]) -> None:
        self._now, self._monotonic = now, monotonic
        self._wall, self._mono = now(), monotonic()

    def since_last(self) -> timedelta:
        wall, mono = self._now(), self._monotonic()
        ahead = wall - self._wall - timedelta(seconds=mono - self._mono)
        self._wall, self._mono = wall, mono
        return ahead


def _put(journal: Auditing, event: Event, now: datetime) -> None:
    try:
        put_on_record(journal, event, now)
    except JournalError as error:
        log.error("not put on record: %s", error)
