"""What the threads of sync tell about the center, put together; whoever shows it reads it in one value."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from threading import Lock

from station.core.contact import Alarm, CenterStatus, ClockState, Link, OwnList, Trouble
from station.sync.bundle import Page
from station.sync.clock import ClockWatch
from station.sync.items import CHANNELS

log = logging.getLogger(__name__)

_PAUSING = (Trouble.UNKNOWN_HERE, Trouble.REVOKED)
# After these an answer to one thread is news for the others: there was no way, or no center that knows us
# (one that was restored knows us again by our next hello). Not what the center itself is too busy for; but of
# a line that is dead behind a router or a proxy which answers for it, no more is heard than NO_ANSWER.
_CUT_OFF = (
    *(Trouble.NO_ADDRESS, Trouble.NO_WAY, Trouble.NO_ANSWER),
    *(Trouble.OTHER_CERTIFICATE, Trouble.NOT_THE_CENTER, Trouble.UNKNOWN_HERE),
)
_WORDS = frozenset(alarm.value for alarm in Alarm)


class Board:
    """Callable from any thread. `slept`: whether the PC did since it was asked last."""

    def __init__(self, slept: Callable[[], bool] = lambda: False) -> None:
        self.watch = ClockWatch(slept)
        self._status = CenterStatus()
        self._alarms: dict[str, frozenset[Alarm]] = {}
        self._heard: dict[str, datetime | None] = dict.fromkeys(CHANNELS)
        self._left: dict[str, int] = {}
        self._revoked = self._cut_off = False
        self._lock = Lock()

    @property
    def status(self) -> CenterStatus:
        return self._status

    @property
    def is_cut_off(self) -> bool:
        """Whether there was no way. A center that does not know us is there, and will not know us sooner."""
        return self._cut_off and self._status.trouble is not Trouble.UNKNOWN_HERE

    def begin(self, status: CenterStatus, heard: Mapping[str, datetime | None]) -> None:
        """Of a new enrolment, or a start: what the journal knows. `heard`: when each channel was complete."""
        with self._lock:
            self._status, self._revoked, self._cut_off, self._alarms = status, False, False, {}
            self._heard, self._left = dict.fromkeys(CHANNELS) | dict(heard), {}
            self._put_lists()

    def alone(self, own: OwnList) -> None:
        """No center: the lists are what was put in here."""
        with self._lock:
            self._status = replace(self._status, own=own)

    def answered(self, now: datetime) -> bool:
        """The center gave an answer that can be used. Whether we were cut off from it until now."""
        with self._lock:
            was_cut_off, self._cut_off = self._cut_off, False
            link, trouble = (Link.PAUSED, Trouble.REVOKED) if self._revoked else (Link.ONLINE, None)
            self._status = replace(self._status, link=link, trouble=trouble, last_contact=now)
        return was_cut_off

    def others_wait(self) -> None:
        """Nobody told them of that answer: a later one is to be news for them."""
        self._cut_off = True

    def revoked(self, revoked: bool) -> None:
        """Whether the center said in its hello that it gives us no lists any more; entries it takes."""
        self._revoked = revoked

    def failed(self, trouble: Trouble, detail: str, *, by_proxy: bool = False) -> None:
        """It did not; said in the log once, not at every attempt. `by_proxy`: the center said nothing."""
        link = Link.PAUSED if trouble in _PAUSING else Link.OFFLINE
        with self._lock:
            if trouble is Trouble.REVOKED:  # until a hello says otherwise: a taken entry does not end it
                self._revoked = True
            news = trouble is not self._status.trouble
            if by_proxy or trouble in _CUT_OFF:  # until an answer: what one meets is no way for the others
                self._cut_off = True
            self._status = replace(self._status, link=link, trouble=trouble)
        if news:
            log.warning("center: %s", detail)

    def count(self, pending: int) -> None:
        with self._lock:
            self._status = replace(self._status, pending=pending)

    def page(self, page: Page, now: datetime) -> None:
        """A page is stored: the list is complete, or so much of it is still to come."""
        with self._lock:
            more = page.more or page.refetch
            self._left[page.channel] = max(page.newest - page.until, 1) if more else 0
            if not more:
                self._heard[page.channel] = now
            self._put_lists()

    def list_by_stick(self, channel: str, as_of: datetime | None) -> None:
        """A stick brought the whole of it, as it was then."""
        with self._lock:
            self._left[channel], self._heard[channel] = 0, as_of
            self._put_lists()

    def _put_lists(self) -> None:
        known = list(self._heard.values())
        as_of = min((moment for moment in known if moment), default=None) if all(known) else None
        self._status = replace(self._status, lists_as_of=as_of, lists_left=sum(self._left.values()))

    def clock(self, clock: ClockState | None) -> None:
        with self._lock:
            self._status = replace(self._status, clock=clock)

    def alarm(self, source: str, words: Iterable[str]) -> None:
        """What stands according to this source now; words of a newer center are only logged."""
        known = frozenset(Alarm(word) for word in words if word in _WORDS)
        with self._lock:
            before, self._alarms[source] = self._alarms.get(source, frozenset()), known
            self._status = replace(self._status, alarms=frozenset().union(*self._alarms.values()))
        for alarm in known - before:
            log.warning("alarm: %s (%s)", alarm, source)
