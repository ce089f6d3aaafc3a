"""That somebody was looked for goes on record: by whom and where, never what was typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from station.core.audit import Audited, Event
from station.core.operators import Who
from station.journal.audit import put_on_record
from station.journal.entries import Journal

_A_SEARCH = timedelta(minutes=5)


class SearchesOnRecord:
    """Of one page. `where`: a slug, for its name in the record; empty: the roster. `now` is in UTC."""

    def __init__(self, where: str, now: Callable[[], datetime]) -> None:
        self._where, self._now = where, now
        self._last: tuple[Who, str, datetime] | None = None  # by whom, about whom, when

    def put(self, journal: Journal, subject: str = "") -> None:
        """Once for what one person looks for in a row. Raises JournalError."""
        who, now = journal.on_duty(), self._now()
        last = self._last
        if last and last[:2] == (who, subject) and timedelta(0) <= now - last[2] < _A_SEARCH:
            return
        facts = (("what", self._where),) if self._where else ()
        put_on_record(journal, Event(Audited.SEARCHED, subject=subject, facts=facts), now)
        self._last = (who, subject, now)
