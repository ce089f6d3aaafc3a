"""Reports up: when to send them, and how patiently. They hold up no entry, and no entry holds them up.

One that the center does not take for its bytes is put aside for a while, so that the others go on.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from station.core.contact import Trouble
from station.journal.errors import JournalError, VaultError
from station.sync.backoff import Backoff
from station.sync.client import ContactError
from station.sync.reports import LONG_REPORT_BYTES, Kind, Report, Taken
from station.sync.talk import Desk

log = logging.getLogger(__name__)

LOOK_EVERY_S = 0.5  # one look at an index; whoever puts something urgent wakes the thread besides
URGENT_RETRY_S = 5.0  # at most, while a case waits to go out
ASIDE_S = 300.0
_CALLS = {Kind.CASE, Kind.CASE_LINE}
_REFUSED = {Trouble.NOT_TAKEN, Trouble.FAULT}  # it may be for what one of them holds


class ReportTalk:
    """One thread's. `waiting` gives what is to be sent, `send` what of it was taken, `took` keeps that."""

    def __init__(
        self,
        waiting: Callable[[], Sequence[Report]],
        send: Callable[[tuple[Report, ...]], Taken],
        took: Callable[[Taken], None],
        backoff: Backoff,
        desk: Desk,
    ) -> None:
        self._waiting, self._send, self._took = waiting, send, took
        self._backoff, self._desk = backoff, desk
        self._due = float("-inf")
        self._aside: dict[tuple[bytes, int], float] = {}  # id and version, until when (monotonic)
        self._singly = False

    def hurry(self) -> None:
        self._due = float("-inf")

    def turn(self) -> float:
        """Send once at most; after how many seconds to call again. Raises StoppedError, ClosedError."""
        now = self._desk.clock.monotonic()
        if (left := self._due - now) > 0:
            return min(left, LOOK_EVERY_S)
        try:
            waiting = self._not_aside(now)
            if not waiting:
                return LOOK_EVERY_S
            urgent = any(one.kind == Kind.CASE for one in waiting)
            in_order = sorted(waiting, key=_rank)
            first = [min(in_order, key=self._tried)] if self._singly else _together(in_order)
            self._exchange(first, urgent=urgent)
        except (JournalError, VaultError) as error:
            self._due = now + self._desk.failed_here(error)
        return max(min(self._due - self._desk.clock.monotonic(), LOOK_EVERY_S), 0.0)

    def _not_aside(self, now: float) -> list[Report]:
        return [one for one in self._waiting() if self._aside.get((one.id, one.version), now) <= now]

    def _tried(self, report: Report) -> float:
        """The earlier the sooner it is its turn: one that a proxy has no answer to holds up no whistle."""
        return self._aside.get((report.id, report.version), float("-inf"))

    def _exchange(self, reports: Sequence[Report], *, urgent: bool) -> None:
        try:
            taken = self._send(tuple(reports))
        except ContactError as error:
            self._failed(reports, error, urgent=urgent)
            return
        self._backoff.worked()
        self._took(taken)
        self._singly = False
        self._desk.answered()

    def _failed(self, reports: Sequence[Report], error: ContactError, *, urgent: bool) -> None:
        now = self._desk.clock.monotonic()
        refused = error.trouble in _REFUSED
        if refused and len(reports) == 1:
            self._aside[reports[0].id, reports[0].version] = now if error.by_proxy else now + ASIDE_S
            if not error.by_proxy:
                log.error("the center does not take report %s (%s)", reports[0].id.hex(), error)
                return
        self._singly = refused
        wait = self._backoff.next_s(error.retry_after_s or None)
        asked = error.retry_after_s and not error.by_proxy
        self._due = now + (min(wait, URGENT_RETRY_S) if urgent and not asked else wait)


def _rank(report: Report) -> tuple[bool, bool]:
    """Calls for help go before all else, and what is long goes last."""
    return len(report.body) > LONG_REPORT_BYTES, report.kind not in _CALLS


def _together(in_order: Sequence[Report]) -> Sequence[Report]:
    """What goes in one request: what is long goes alone."""
    first = _rank(in_order[0])
    return in_order[:1] if first[0] else [one for one in in_order if _rank(one) == first]
