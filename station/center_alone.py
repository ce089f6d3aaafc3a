"""Sync without a gate: one program that has the journal for itself, for as long as one command takes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from station.app import SystemClock
from station.center_desk import CenterDesk, NotEnrolledError
from station.center_shelf import Gate, Shelf
from station.core.contact import CenterStatus
from station.core.entry import SCHEMA
from station.journal.center_pages import prepare_page
from station.journal.entries import Journal
from station.journal.outbox import OutboxReader
from station.journal.reports import to_send
from station.journal.upstream import fingerprint
from station.steady import Slept
from station.sync import loop
from station.sync.backoff import Backoff
from station.sync.bundle import HelloAnswer, Page
from station.sync.calls import Calls
from station.sync.client import Signer
from station.sync.clock import off_ms
from station.sync.downlink import Downlink, Place
from station.sync.errands import AtOnce
from station.sync.greeting import Greeting
from station.sync.items import CHANNELS
from station.sync.reporting import ReportTalk
from station.sync.status import Board
from station.sync.talk import Desk, DownTalk, UpTalk
from station.sync.uplink import Uplink
from station.version import build

_NOTHING = Gate(lambda: None, lambda: None, lambda: None)  # the gate reads it all when it opens


@dataclass(frozen=True, slots=True)
class Alone:
    """The journal is ours until the end of `alone`."""

    data: Path
    journal: Journal
    station: bytes
    shelf: Shelf
    board: Board
    clock: SystemClock
    desk: CenterDesk
    app: str

    def sync(self) -> CenterStatus:
        """Everything up, every list down, once. Raises NotEnrolledError, JournalError, VaultError."""
        enrolment = self.desk.enrolment()
        if enrolment is None:
            raise NotEnrolledError
        vault, watch = self.journal.vault, self.board.watch
        desk = Desk(self.board, self.clock, watch)
        greeting = Greeting(
            self.station, self.app, SCHEMA, fingerprint(self.journal.connection), self.clock,
            lambda: enrolment.credential, tuple, self.board,
        )  # fmt: skip
        with (
            loop.connect(enrolment, Signer(self.station, vault.sign)) as client,
            OutboxReader.open(self.data, vault) as reader,
        ):
            calls = Calls(client, enrolment.center_key, self.station, watch.exchanged)
            outbox = loop.LaneOutbox(reader, self.shelf, AtOnce())
            uplink = Uplink(outbox, enrolment.sealing_key, greeting.hello, random.random)
            _until_it_waits(UpTalk(uplink, calls, desk, self._greeted))
            if self.board.status.trouble is None:
                _until_it_waits(self._reporting(calls, desk))
                for channel in CHANNELS:
                    down = Downlink(channel, Backoff(random.random), limit=2000, every_s=60.0)
                    _until_it_waits(DownTalk(down, _Lists(self), calls, desk, self._heard))
        self.shelf.tick(self.clock.monotonic())
        return self.board.status

    def _reporting(self, calls: Calls, desk: Desk) -> ReportTalk:
        connection, vault = self.journal.connection, self.journal.vault
        backoff, took = Backoff(random.random), self.shelf.reported
        return ReportTalk(lambda: to_send(connection, vault), calls.report, took, backoff, desk)

    def _greeted(self, answer: HelloAnswer) -> None:
        self.shelf.greeted(answer)

    def _heard(self, page: Page) -> None:
        self.board.page(page, self.clock.now())


class _Lists:
    def __init__(self, here: Alone) -> None:
        self._here = here

    def place(self, channel: str) -> Place:
        return self._here.shelf.place(channel)

    def apply(self, page: Page) -> Place:
        return self._here.shelf.apply(prepare_page(self._here.journal.vault, page))


@contextmanager
def alone(data: Path, app: str) -> Iterator[Alone]:
    """Raises JournalError (LOCKED: a gate is at work here) and VaultError."""
    clock, board = SystemClock(), Board(Slept().since_last)
    with Journal.open(data, now=clock.now) as journal:
        journal.clock_off = off_ms(board.watch, clock)
        with OutboxReader.open(data, journal.vault) as reader:
            station = reader.station
        shelf = Shelf(data, journal, station, _NOTHING, board, clock.now, program=build())
        desk = CenterDesk(data, journal.vault, station, shelf, AtOnce(), clock, app, lambda: None)
        yield Alone(data, journal, station, shelf, board, clock, desk, app)


def _until_it_waits(talk: UpTalk | DownTalk | ReportTalk) -> None:
    while talk.turn() <= 0:
        continue
