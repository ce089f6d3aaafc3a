"""What the sync threads do at each turn: one question to the center at most, and what follows from it.

A turn never raises for anything that a network, a center or a disk can do: it tells the board, and says after
how many seconds it wants to be called again. Nothing is written here but through `Lane`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from station.core.contact import Alarm, Trouble
from station.journal.errors import JournalError, VaultError
from station.sync.bundle import Ack, Hello, HelloAnswer, Page, Push
from station.sync.calls import Calls
from station.sync.client import ContactError
from station.sync.clock import ClockWatch
from station.sync.device_news import DeviceNews, Devices
from station.sync.downlink import Downlink, Place
from station.sync.exchange import AskChain, Failure, Request, Wait
from station.sync.people_chunks import ChunksError
from station.sync.status import Board
from station.sync.uplink import SLOW_S, Uplink

log = logging.getLogger(__name__)

AFTER_A_FAULT_S = 10.0  # of our own disk


class Clock(Protocol):
    def now(self) -> datetime: ...  # UTC
    def monotonic(self) -> float: ...  # s


class ListsHere(Protocol):
    """The journal's side of the lists; every method may raise what the journal raises."""

    def place(self, channel: str) -> Place: ...

    def apply(self, page: Page) -> Place:
        """Store a page with its cursor, or nothing of it; where the cursor stands then."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What both talks need: whom to tell, what time it is. `back`: there is a way to the center again; False
    if the others were not told, as it is too soon after the last time."""

    board: Board
    clock: Clock
    watch: ClockWatch
    back: Callable[[], bool] = lambda: True

    def answered(self) -> None:
        if self.board.answered(self.clock.now()) and not self.back():
            self.board.others_wait()
        state = self.watch.state(self.clock.now().timestamp(), self.clock.monotonic())
        self.board.clock(state)
        self.board.alarm("here", [Alarm.CLOCK] if state and state.alarming else [])

    def failed(self, error: ContactError) -> None:
        self.board.failed(error.trouble, str(error), by_proxy=error.by_proxy)

    def failed_here(self, error: JournalError | VaultError) -> float:
        self.board.failed(Trouble.HERE, f"journal: {error}")
        return AFTER_A_FAULT_S


class UpTalk:
    """Entries up. `greeted` hears what the center said to a hello."""

    def __init__(
        self,
        uplink: Uplink,
        calls: Calls,
        desk: Desk,
        greeted: Callable[[HelloAnswer], None],
        devices: Callable[[], Devices] = tuple,
    ) -> None:
        self._uplink, self._calls, self._desk, self._greeted = uplink, calls, desk, greeted
        self._news = DeviceNews(devices)

    def turn(self) -> float:
        try:
            return self._turn()
        except (JournalError, VaultError) as error:
            self._uplink.failed(Failure.BUSY, self._desk.clock.monotonic())
            return self._desk.failed_here(error)

    def hurry(self) -> None:
        """Somebody wants it now."""
        self._uplink.hurry()
        self._uplink.reconnect()

    def _turn(self) -> float:
        now = self._desk.clock.monotonic
        news_s, devices = self._news.wait_s(now()), self._news.now()
        if news_s == 0:
            self._uplink.reconnect()
        request = self._uplink.next(now())
        if not isinstance(request, Wait):
            self._exchange(request, devices)
            self._tell()
            return 0.0
        self._tell()
        wait = max((request.until or now()) - now(), 0.0)
        return min(wait, news_s) if news_s else wait

    def _exchange(self, request: Request, devices: Devices) -> None:
        clock = self._desk.clock
        try:
            answer = self._ask(request)
        except ContactError as error:
            self._desk.failed(error)
            self._uplink.failed(failure_of(error), clock.monotonic(), error.retry_after_s or None)
            return
        if answer is None:
            self._uplink.failed(Failure.NOT_HERE, clock.monotonic())
            return
        self._uplink.answered(answer, clock.monotonic())
        self._desk.answered()
        if isinstance(answer, HelloAnswer):
            self._news.said(devices, clock.monotonic())
            self._greeted(answer)
        elif answer.quarantined:
            log.warning("the center does not understand records %s of what it was sent", answer.quarantined)
            self._desk.board.alarm("push", [Alarm.QUARANTINED])

    def _ask(self, request: Request) -> HelloAnswer | Ack | None:
        match request:
            case Hello():
                return self._calls.hello(request)
            case Push():
                return self._calls.push(request, self._look_ahead)
            case AskChain():
                return self._calls.chain(request.incarnation, request.number)

    def _look_ahead(self) -> None:
        try:
            self._uplink.look_ahead()
        except (JournalError, VaultError) as error:
            log.info("the next batch is not ready: %s", error)  # the next turn meets it again, and tells

    def _tell(self) -> None:
        status = self._uplink.status()
        self._desk.board.count(status.pending)
        self._desk.board.alarm("up", status.alarms)


class DownTalk:
    """One channel of the lists. `heard` is told of every page that is stored."""

    def __init__(
        self, down: Downlink, here: ListsHere, calls: Calls, desk: Desk, heard: Callable[[Page], None]
    ) -> None:
        self._down, self._here, self._calls, self._desk, self._heard = down, here, calls, desk, heard
        self._place: Place | None = None
        self._ahead: Page | None = None  # the page that follows, asked for while the last one was stored
        self._due = float("-inf")

    def hurry(self) -> None:
        self._due, self._place, self._ahead = float("-inf"), None, None
        self._down.hurry()

    def turn(self) -> float:
        now = self._desk.clock.monotonic
        if (left := self._due - now()) > 0:
            return left
        wait = self._pull()
        self._due = now() + wait
        return wait

    def _pull(self) -> float:
        clock = self._desk.clock
        begin = clock.monotonic()
        try:
            before = self._place or self._here.place(self._down.channel)
            page, self._ahead = self._ahead or self._ask(before), None
            self._measure()
            after = self._place = self._store(page) if page.more else self._here.apply(page)
        except ContactError as error:
            self._desk.failed(error)
            broken_off = error.stood and error.trouble in _BROKEN_OFF
            wait = self._down.failed(error.retry_after_s, broken_off=broken_off)
            return max(wait, SLOW_S) if failure_of(error) is Failure.REFUSED else wait
        except (JournalError, VaultError) as error:
            self._down.failed()
            return self._desk.failed_here(error)
        except ChunksError as error:
            log.error("people that the center made ready cannot be used: %s", error)
            self._desk.board.failed(Trouble.FAULT, str(error))
            return self._down.not_as_it_should_be()
        self._desk.answered()
        self._heard(page)
        return self._down.applied(
            before, after, more=page.more or page.refetch, took_s=clock.monotonic() - begin
        )

    def _measure(self) -> None:
        """Each fact keeps how far the clocks were apart when it came: that must be known before the first."""
        if self._desk.watch.has_measured:
            return
        try:
            self._calls.time()
        except ContactError as error:  # the list matters more; whatever there is meets the next question, too
            log.info("the center's time is not known: %s", error)

    def _ask(self, at: Place, meanwhile: Callable[[], None] | None = None) -> Page:
        pull = self._down.question(at)
        return self._calls.pull(
            pull.channel,
            at.epoch,
            at.version,
            wait_s=pull.wait_s,
            limit=pull.limit,
            takes=pull.takes,
            meanwhile=meanwhile,
        )

    def _store(self, page: Page) -> Place:
        """Store it while the center makes the one that follows."""
        stored: list[Place] = []
        follows = Place(page.epoch, page.until)
        ahead = None
        try:
            ahead = self._ask(follows, lambda: stored.append(self._here.apply(page)))
        except ContactError as error:  # this one is here; the next turn meets the trouble again, and tells
            log.info("the next page did not come: %s", error)
        if not stored:
            stored.append(self._here.apply(page))
        self._ahead = ahead if stored[0] == follows else None
        return stored[0]


_BROKEN_OFF = (Trouble.NO_ANSWER, Trouble.NO_WAY)  # as a page too long for its line ends, or for its luck
_FAILURES = {
    Trouble.BUSY: Failure.BUSY,
    Trouble.UNKNOWN_HERE: Failure.REFUSED,
    Trouble.REVOKED: Failure.REFUSED,
}
_SLUGS = {"damaged": Failure.DAMAGED, "too_large": Failure.TOO_LARGE, "not_here": Failure.NOT_HERE}


def failure_of(error: ContactError) -> Failure:
    """In the words of the uplink."""
    return _FAILURES.get(error.trouble) or _SLUGS.get(error.slug, Failure.UNREACHABLE)
