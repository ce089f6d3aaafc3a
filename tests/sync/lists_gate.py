"""A gate's PC in the simulation of lists: the product's own journal, shelf and talks; a way that fails."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from ssl import SSLContext

import httpx2
import msgspec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from station.center_desk import CenterDesk
from station.center_shelf import Gate, Shelf
from station.core.outcome import StorageProblem
from station.journal.center_pages import PreparedPage, prepare_page
from station.journal.enrolment import Enrolment, put_enrolment
from station.journal.entries import Journal
from station.journal.errors import JournalError
from station.journal.outbox import OutboxReader, OutboxWriter
from station.journal.passes import Passes
from station.sync.backoff import Backoff
from station.sync.bundle import Page, ReadyPeople
from station.sync.calls import Calls
from station.sync.client import Client, Signer, pinned
from station.sync.clock import off_ms
from station.sync.downlink import Downlink, Place
from station.sync.enrolment import Applicant, enrol
from station.sync.errands import AtOnce
from station.sync.greeting import Greeting
from station.sync.items import CHANNELS
from station.sync.reconciling import Reconciling
from station.sync.status import Board
from station.sync.talk import Desk, DownTalk, UpTalk
from station.sync.uplink import Uplink
from tests.journal.samples import open_journal
from tests.sync.district import URL, JournalOutbox
from tests.sync.lists_newer import PROGRAMS, reading_as

A_PAGE = 3  # items: so that lists of a dozen come in several pages
_NOBODY = Gate(lambda: None, lambda: None, lambda: None)


@dataclass
class GateClock:
    """`true_s` is what time it is (Unix); the gate's own clock is beside it."""

    true_s: Callable[[], float]
    skew_s: float = 0.0
    began_s: float = 0.0
    boot: str = "boot"

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.true_s() + self.skew_s, UTC)

    def monotonic(self) -> float:
        return self.true_s() - self.began_s


class Way(httpx2.BaseTransport):
    """To whatever center there is now. `fault`: what becomes of the next requests."""

    def __init__(self, there: Callable[[], httpx2.BaseTransport], fault: Callable[[], str]) -> None:
        self._there, self._fault = there, fault

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        fault = self._fault()
        if fault == "lost request":
            raise httpx2.ConnectError(fault)
        if fault == "busy":
            return httpx2.Response(503, headers={"Retry-After": "1"})
        request.extensions["trace"]("http11.receive_response_headers.started", {})
        answer = self._there().handle_request(request)
        if fault == "lost answer":
            raise httpx2.ReadError(fault)
        return answer


class CutShelf(Shelf):
    """The power goes before the n-th page from now on."""

    cut_at = 0

    def apply(self, page: PreparedPage, *, by_stick: bool = False) -> Place:
        self.cut_at -= 1
        if self.cut_at == 0:
            raise JournalError(StorageProblem.FAULT, "power cut")
        return super().apply(page, by_stick=by_stick)


class Machine:
    """`station` is whose journal this is: copies of a disk share it."""

    def __init__(
        self,
        folder: Path,
        machine: str,
        clock: GateClock,
        way: Way,
        drops: Callable[[], bool] | None = None,
        program: str = PROGRAMS[-1],
    ) -> None:
        """`drops`: whether a page is passed over, for a control."""
        self.folder, self.machine, self.clock, self.way = folder, machine, clock, way
        self._drops, self.program = drops, program
        self.journal: Journal
        self.open()

    def open(self) -> None:
        self.clock.began_s = self.clock.true_s() - 100.0
        self.journal = journal = open_journal(self.folder, self.machine)
        self.board = Board()
        journal.clock_off = off_ms(self.board.watch, self.clock)
        self.reader = OutboxReader.open(self.folder, journal.vault)
        self.station = self.reader.station
        here = (self.folder, journal, self.station, _NOBODY, self.board, self.clock.now)
        self.shelf = CutShelf(*here, program=self.program)
        self.desk = CenterDesk(
            *(self.folder, journal.vault, self.station, self.shelf, AtOnce(), self.clock, "test"),
            lambda: None,
        )
        self._clients: list[Client] = []
        self.begin()

    def close(self) -> None:
        for client in self._clients:
            client.close()
        self.reader.close()
        self.journal.close()

    def restart(self, machine: str = "") -> None:
        self.close()
        self.machine = machine or self.machine
        self.open()

    def copy_to(self, folder: Path) -> None:
        """The same bytes on another disk."""
        self.close()
        shutil.copytree(self.folder, folder)
        self.open()

    def become(self, folder: Path, machine: str) -> None:
        """An older image of the disk is put back."""
        self.close()
        shutil.rmtree(self.folder)
        shutil.copytree(folder, self.folder)
        self.machine = machine
        self.open()

    def enrol(self, code: str) -> None:
        key = X25519PrivateKey.generate()
        public, vault = key.public_key().public_bytes_raw(), self.journal.vault
        who = Applicant(self.station, vault.public_key, public, self.machine, "test")
        given = enrol(URL, code, who, lambda url, tls: self._client(None, tls))
        put_enrolment(
            self.journal,
            Enrolment(
                given.url, given.ca_pem, given.signing_key, given.sealing_key, given.district_key,
                given.credential, key.private_bytes_raw(), given.name,
            ),
        )  # fmt: skip
        self.begin()

    @property
    def own_revocations(self) -> set[str]:
        """What was revoked here before the center said so; beside the journal, so in every copy of it."""
        file = self.folder / "revoked-here"
        return set(file.read_text().split()) if file.exists() else set()

    def revoke(self, number: bytes) -> None:
        sql = "SELECT 1 FROM pass_revocation WHERE pass_id = ?"
        if not self.journal.connection.execute(sql, (number,)).fetchone():
            Passes(self.journal).revoke([number], now=self.clock.now())
            (self.folder / "revoked-here").write_text(" ".join({*self.own_revocations, number.hex()}))

    # --- talking --------------------------------------------------------------------------------

    def begin(self) -> None:
        enrolment = self.desk.enrolment()
        if enrolment is None:
            return
        vault, board = self.journal.vault, self.board
        client = self._client(Signer(self.station, vault.sign), pinned(enrolment.ca))
        calls = Calls(client, enrolment.center_key, self.station, board.watch.exchanged)
        greeting = Greeting(
            *(self.station, "test", 1, self.machine, self.clock, lambda: enrolment.credential, tuple, board)
        )
        outbox = JournalOutbox(self.reader, OutboxWriter(self.journal, self.clock.now))
        desk = Desk(board, self.clock, board.watch)
        uplink = Uplink(outbox, enrolment.sealing_key, greeting.hello, lambda: 1.0, most_records=2)
        self.up = UpTalk(uplink, calls, desk, self.shelf.greeted)
        self.downs = [
            DownTalk(
                Downlink(channel, Backoff(lambda: 1.0), limit=A_PAGE, every_s=60.0),
                self,
                calls,
                desk,
                self._heard,
            )
            for channel in CHANNELS
        ]
        self.days = Reconciling(
            *(self.folder, calls, self.station, vault.sign, self.clock, board, self.shelf.reconciled)
        )

    def place(self, channel: str) -> Place:
        return self.shelf.place(channel)

    def apply(self, page: Page) -> Place:
        if self._drops and self._drops():
            page = msgspec.structs.replace(page, items=(), people=ReadyPeople())
        with reading_as(self.program):
            return self.shelf.apply(prepare_page(self.journal.vault, page))

    def take(self, stick: Path) -> None:
        with reading_as(self.program):
            self.desk.take(stick)

    def tick(self) -> None:
        with reading_as(self.program):
            self.shelf.tick(self.clock.monotonic())

    def _heard(self, page: Page) -> None:
        self.board.page(page, self.clock.now())

    def _client(self, signer: Signer | None, tls: SSLContext) -> Client:
        wall = lambda: self.clock.now().timestamp()  # noqa: E731
        client = Client(
            URL,
            tls,
            signer,
            transport=self.way,
            wall=wall,
            monotonic=self.clock.monotonic,
        )
        self._clients.append(client)
        return client
