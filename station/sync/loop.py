"""The threads of an enrolled station: one sends entries and fetches people, one waits for quick news, and one
sends reports, so that a call for help waits for nothing else.

They read the journal with connections of their own and never write: what has to be written is done in the
lane's thread (`errands`). They end at once when they are told to, whatever the network does. A station that
is not enrolled has no such thread.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import Protocol

from station.core.contact import Trouble
from station.core.struct_types import make_ready
from station.journal.center_pages import PreparedPage, prepare_page
from station.journal.connection import open_reader
from station.journal.enrolment import Enrolment
from station.journal.errors import JournalError, VaultError, storage_errors
from station.journal.outbox import OutboxReader
from station.journal.reports import Plain, to_send
from station.journal.vault import Vault
from station.sync.backoff import Backoff
from station.sync.bundle import HelloAnswer, Page
from station.sync.calls import Calls
from station.sync.client import Client, Signer, StoppedError, pinned
from station.sync.downlink import Downlink, Place
from station.sync.errands import Asks, ClosedError, Errands
from station.sync.greeting import Greeting
from station.sync.outbox import OutboxChain, OutboxRecord
from station.sync.reconciling import Reconciling
from station.sync.reporting import ReportTalk
from station.sync.reports import Taken
from station.sync.status import Board
from station.sync.talk import AFTER_A_FAULT_S, Clock, Desk, DownTalk, UpTalk
from station.sync.uplink import Uplink

log = logging.getLogger(__name__)

PEOPLE_EVERY_S = 60.0
PEOPLE_AT_ONCE = 2000  # of a page, which the center has ready: the lane stores them in some milliseconds
QUICK_AT_ONCE = 500
ENTRIES_AT_ONCE = 2_000  # of a batch: some 15 ms of a processor that the lane wants too
BACK_EVERY_S = 60.0  # at most: where one of them has no way for good, the others are not news without end
STOP_WITHIN_S = 2.0  # a thread that looks a name up cannot be woken; it writes nothing any more


class Lane(Protocol):
    """What is done in the lane's thread; every method may raise what the journal raises."""

    def acknowledged(self, incarnation: int, durable: int, archived: int) -> None: ...
    def begin_epoch(self, epoch: bytes) -> bool: ...
    def fork(self, incarnation: int, common: int) -> None: ...
    def place(self, channel: str) -> Place: ...
    def apply(self, page: PreparedPage) -> Place: ...
    def greeted(self, answer: HelloAnswer) -> None: ...
    def reconciled(self, day: str, ours: bytes, theirs: bytes, agreed: bool) -> None: ...
    def reported(self, taken: Taken) -> None: ...


@dataclass(frozen=True, slots=True)
class Means:
    """What the threads work with. `connect` makes a client; tests give one without a network."""

    folder: Path
    vault: Vault
    station: bytes
    enrolment: Enrolment
    lane: Lane
    errands: Errands
    board: Board
    clock: Clock
    greeting: Greeting
    connect: Callable[[Enrolment, Signer], Client]
    plain: Plain = field(default_factory=dict, repr=False)  # reports of this run, in clear


def connect(enrolment: Enrolment, signer: Signer) -> Client:
    """The usual way. Raises ssl.SSLError if the pinned CA is none."""
    return Client(enrolment.url, pinned(enrolment.ca), signer)


class Turn(Protocol):
    def turn(self) -> float:
        """Do one thing at most; after how many seconds to call again."""

    def hurry(self) -> None:
        """Do not wait any longer."""


class SyncLoop:
    """Both threads. `start`, `hurry` and `stop` are called by the lane."""

    def __init__(self, means: Means) -> None:
        self._clock, self._back_at = means.clock, float("-inf")
        desk = Desk(means.board, means.clock, means.board.watch, self.back)
        signer = Signer(means.station, means.vault.sign)
        self._threads = (
            _Worker("sync", means, lambda client, opened: _up(means, desk, client, opened), signer),
            _Worker("sync quick", means, lambda client, opened: _quick(means, desk, client), signer),
            _Worker("sync reports", means, lambda *there: _reports(means, desk, *there), signer),
        )

    def start(self) -> None:
        make_ready()
        for thread in self._threads:
            thread.start()

    def hurry(self) -> None:
        """Somebody pressed "now"."""
        for thread in self._threads:
            thread.hurry()

    def woke(self) -> None:
        """The PC has slept: what was asked before it is answered by nobody, and is asked anew."""
        for thread in self._threads:
            thread.give_up()
            thread.hurry()

    def hurry_people(self) -> None:
        """There is a red whose person has not come yet."""
        self._threads[0].hurry()

    def back(self) -> bool:
        """From any thread: one came through. The others, patient for up to five minutes, wait no longer.

        False: it is too soon after the last time."""
        now = self._clock.monotonic()
        if now < self._back_at + BACK_EVERY_S:
            return False
        self._back_at = now
        self.hurry()
        return True

    def wake(self) -> None:
        """There is a new entry, or a device is otherwise."""
        self._threads[0].wake()

    def wake_reports(self) -> None:
        """There is something to tell, and it cannot wait for a picture that is under way."""
        self._threads[2].make_way()
        self._threads[2].hurry()

    def stop(self) -> None:
        for thread in self._threads:
            thread.tell_to_stop()
        until = time.monotonic() + STOP_WITHIN_S
        for thread in self._threads:
            thread.join(max(until - time.monotonic(), 0.0))
            if thread.is_alive():
                log.info("%s is still looking for the center; it ends by itself", thread.name)


class _Worker(Thread):
    def __init__(
        self,
        name: str,
        means: Means,
        turns: Callable[[Client, ExitStack], Sequence[Turn]],
        signer: Signer,
    ) -> None:
        super().__init__(name=name, daemon=True)
        self._means, self._make = means, turns
        self._client = means.connect(means.enrolment, signer)
        self._woken, self._over, self._hurry = Event(), Event(), Event()

    def wake(self) -> None:
        self._woken.set()

    def hurry(self) -> None:
        self._hurry.set()
        self._woken.set()

    def give_up(self) -> None:
        self._client.give_up()

    def make_way(self) -> None:
        self._client.make_way()

    def tell_to_stop(self) -> None:
        self._over.set()
        self._woken.set()
        self._client.stop()

    def run(self) -> None:
        with self._client:
            while not self._over.is_set():
                with self._any_surprise(), ExitStack() as opened:
                    self._work(self._make(self._client, opened))

    def _work(self, turns: Sequence[Turn]) -> None:
        while not self._over.is_set():
            wait = min([turn.turn() for turn in turns])
            if wait > 0:
                self._woken.wait(wait)
            self._woken.clear()
            if self._hurry.is_set():
                self._hurry.clear()
                for turn in turns:
                    turn.hurry()

    @contextmanager
    def _any_surprise(self) -> Iterator[None]:
        """Nothing that happens here may end the sync for the rest of the day, or be seen by the lane."""
        try:
            yield
        except (StoppedError, ClosedError):
            self._over.set()
        except (JournalError, VaultError) as error:
            self._means.board.failed(Trouble.HERE, f"journal: {error}")
            self._over.wait(AFTER_A_FAULT_S)
        except Exception:
            log.exception("sync stumbled and begins anew")
            self._means.board.failed(Trouble.HERE, "a surprise, see above")
            self._over.wait(AFTER_A_FAULT_S)


def _up(means: Means, desk: Desk, client: Client, opened: ExitStack) -> Sequence[Turn]:
    reader = opened.enter_context(OutboxReader.open(means.folder, means.vault))
    outbox = LaneOutbox(reader, means.lane, means.errands)
    calls = _calls(means, desk, client)
    uplink = Uplink(
        *(outbox, means.enrolment.sealing_key, means.greeting.hello, random.random),
        most_records=ENTRIES_AT_ONCE,
    )
    reconciling = Reconciling(
        means.folder,
        calls,
        means.station,
        means.vault.sign,
        means.clock,
        means.board,
        lambda *kept: means.errands.ask(lambda: means.lane.reconciled(*kept)),
    )
    return (
        UpTalk(
            uplink,
            calls,
            desk,
            lambda answer: means.errands.ask(lambda: means.lane.greeted(answer)),
            means.greeting.devices,
        ),
        _lists(means, desk, calls, "people", limit=PEOPLE_AT_ONCE, every_s=PEOPLE_EVERY_S),
        reconciling,
    )


def _quick(means: Means, desk: Desk, client: Client) -> Sequence[Turn]:
    return (_lists(means, desk, _calls(means, desk, client), "quick", limit=QUICK_AT_ONCE),)


def _reports(means: Means, desk: Desk, client: Client, opened: ExitStack) -> Sequence[Turn]:
    with storage_errors():
        connection = opened.enter_context(closing(open_reader(means.folder)))
    return (
        ReportTalk(
            lambda: to_send(connection, means.vault, means.plain),
            _calls(means, desk, client).report,
            lambda taken: means.errands.ask(lambda: means.lane.reported(taken)),
            Backoff(random.random),
            desk,
        ),
    )


def _calls(means: Means, desk: Desk, client: Client) -> Calls:
    return Calls(client, means.enrolment.center_key, means.station, desk.watch.exchanged)


def _lists(
    means: Means, desk: Desk, calls: Calls, channel: str, *, limit: int, every_s: float = 0.0
) -> DownTalk:
    down = Downlink(channel, Backoff(random.random), limit=limit, every_s=every_s)
    return DownTalk(down, _Lists(means), calls, desk, lambda page: means.board.page(page, means.clock.now()))


class _Lists:
    """`talk.ListsHere`: decoded and sealed in this thread, stored in the lane's."""

    def __init__(self, means: Means) -> None:
        self._means = means

    def place(self, channel: str) -> Place:
        return self._means.errands.ask(lambda: self._means.lane.place(channel))

    def apply(self, page: Page) -> Place:
        prepared = prepare_page(self._means.vault, page)
        return self._means.errands.ask(lambda: self._means.lane.apply(prepared))


class ReadingOutbox:
    """`sync.outbox.Outbox` for whoever only reads it."""

    def __init__(self, reader: OutboxReader) -> None:
        self._reader = reader

    @property
    def station(self) -> bytes:
        return self._reader.station

    def chains(self) -> list[OutboxChain]:
        return self._reader.chains()

    def records(self, incarnation: int, first: int, most: int) -> list[OutboxRecord]:
        return self._reader.records(incarnation, first, most)

    def hash_at(self, incarnation: int, number: int) -> bytes | None:
        return self._reader.hash_at(incarnation, number)

    def sign(self, message: bytes) -> bytes:
        return self._reader.sign(message)

    def acknowledged(self, incarnation: int, durable: int, archived: int) -> None:
        raise ClosedError

    def begin_epoch(self, epoch: bytes) -> bool:
        raise ClosedError

    def fork(self, incarnation: int, common: int) -> None:
        raise ClosedError


class LaneOutbox(ReadingOutbox):
    """Read here, written in the lane's thread."""

    def __init__(self, reader: OutboxReader, lane: Lane, errands: Asks) -> None:
        super().__init__(reader)
        self._lane, self._errands = lane, errands

    def acknowledged(self, incarnation: int, durable: int, archived: int) -> None:
        self._errands.ask(lambda: self._lane.acknowledged(incarnation, durable, archived))

    def begin_epoch(self, epoch: bytes) -> bool:
        return self._errands.ask(lambda: self._lane.begin_epoch(epoch))

    def fork(self, incarnation: int, common: int) -> None:
        self._errands.ask(lambda: self._lane.fork(incarnation, common))
