"""A clock that was set back goes on record: what was done "before" may have been done after."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from station.core.audit import Audited, Event
from station.core.outcome import ClockWarning, Outcome
from station.journal.audit import Auditing, put_on_record
from station.journal.errors import JournalError

log = logging.getLogger(__name__)

Publish = Callable[[Outcome], None]


def watching_clock(journal: Auditing, publish: Publish, now: Callable[[], datetime]) -> Publish:
    """Publish as before. Recording goes on also if this cannot be written."""

    def tell(outcome: Outcome) -> None:
        if isinstance(outcome, ClockWarning):
            event = Event(Audited.CLOCK_BACK, facts=(("back_s", str(round(outcome.back_s))),))
            try:
                put_on_record(journal, event, now())
            except JournalError as error:
                log.error("not put on record: %s", error)
        publish(outcome)

    return tell
