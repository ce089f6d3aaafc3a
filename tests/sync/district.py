"""A gate's journal beside a real center in one process: no network, no threads, clocks that a test moves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path
from ssl import SSLContext
from typing import cast

import httpx2
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from station.core.contact import CenterStatus
from station.journal.center_lists import Applied, CenterLists
from station.journal.center_pages import prepare_page
from station.journal.enrolment import Enrolment, put_enrolment, read_enrolment
from station.journal.entries import Journal
from station.journal.outbox import OutboxReader, OutboxWriter
from station.sync.backoff import Backoff
from station.sync.bundle import HelloAnswer, Page
from station.sync.calls import Calls
from station.sync.client import Client, Signer, pinned
from station.sync.clock import ClockWatch
from station.sync.device_news import Devices
from station.sync.downlink import Downlink, Place
from station.sync.enrolment import Applicant, enrol
from station.sync.greeting import Greeting
from station.sync.status import Board
from station.sync.talk import Desk, DownTalk, UpTalk
from station.sync.uplink import Uplink
from tests.center.office import Center, open_center
from tests.journal.samples import NOON, open_journal, passage
from tests.lane import HandClock

URL = "https://testserver"


class JournalOutbox:
    """Reading and writing in one thread."""

    def __init__(self, reader: OutboxReader, writer: OutboxWriter) -> None:
        self._reader = reader
        self.chains, self.records = reader.chains, reader.records
        self.hash_at, self.sign = reader.hash_at, reader.sign
        self.acknowledged, self.begin_epoch, self.fork = writer.acknowledged, writer.begin_epoch, writer.fork

    @property
    def station(self) -> bytes:
        return self._reader.station


@dataclass
class Road(httpx2.BaseTransport):
    """The way to the center; a test may close it, or put something else there."""

    there: httpx2.BaseTransport
    closed: Exception | None = None
    answer: httpx2.Response | None = None
    asked: list[str] = field(default_factory=list)
    queries: list[str] = field(default_factory=list)
    shut: tuple[str, ...] = ()  # paths that are not let through
    slow: Callable[[float], None] | None = None  # passes so many seconds; None: no time passes on the way
    bytes_per_s: float = 1000.0  # 8 kbit/s, of a slow one

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request.url.path)
        self.queries.append(request.url.query.decode())
        if self.closed:
            raise self.closed
        request.extensions["trace"]("http11.receive_response_headers.started", {})  # as httpcore tells it
        if request.url.path in self.shut:
            return httpx2.Response(404)
        if self.answer:
            return httpx2.Response(
                self.answer.status_code,
                headers=self.answer.headers,
                stream=httpx2.ByteStream(self.answer.content),
            )
        self._carry(int(request.headers.get("Content-Length", "0")), request)
        answer = self.there.handle_request(request)
        body = b"".join(cast("httpx2.SyncByteStream", answer.stream))
        self._carry(len(body), request)
        return httpx2.Response(answer.status_code, headers=answer.headers, stream=httpx2.ByteStream(body))

    def _carry(self, length: int, request: httpx2.Request) -> None:
        if self.slow is None:
            return
        took_s, within_s = length / self.bytes_per_s, request.extensions["timeout"]["read"]
        self.slow(min(took_s, within_s))
        if took_s > within_s:
            raise httpx2.ReadTimeout("the line is too slow for this")


@dataclass
class District:
    """One gate and its center."""

    center: Center
    folder: Path
    journal: Journal
    road: Road
    clock: HandClock
    board: Board
    opened: ExitStack
    lists: CenterLists
    applied: list[Applied] = field(default_factory=list)
    greeted: list[HelloAnswer] = field(default_factory=list)

    def record(self, entries: int = 1) -> None:
        for _ in range(entries):
            self.journal.append(passage(at=self.clock.now()), b"key of a code")

    def enrol(self, name: str = "东门", branch: str = "") -> Enrolment:
        key = X25519PrivateKey.generate()
        who = Applicant(
            self.station, self.journal.vault.public_key, key.public_key().public_bytes_raw(), "pc", "test"
        )
        given = enrol(URL, self.center.code(name, branch), who, self.client_to)
        enrolment = Enrolment(
            given.url, given.ca_pem, given.signing_key, given.sealing_key, given.district_key,
            given.credential, key.private_bytes_raw(), given.name,
        )  # fmt: skip
        put_enrolment(self.journal, enrolment)
        return enrolment

    @property
    def station(self) -> bytes:
        with OutboxReader.open(self.folder, self.journal.vault) as reader:
            return reader.station

    @property
    def status(self) -> CenterStatus:
        return self.board.status

    @property
    def enrolment(self) -> Enrolment:
        found = read_enrolment(self.journal.connection, self.journal.vault)
        assert found
        return found

    def client_to(self, url: str, tls: SSLContext) -> Client:
        return Client(url, tls, None, transport=self.road, wall=self.wall, monotonic=self.clock.monotonic)

    def wall(self) -> float:
        return self.clock.now().timestamp()

    def outbox(self) -> JournalOutbox:
        reader = self.opened.enter_context(OutboxReader.open(self.folder, self.journal.vault))
        return JournalOutbox(reader, OutboxWriter(self.journal, self.clock.now))

    def calls(self, watch: ClockWatch) -> Calls:
        signer = Signer(self.station, self.journal.vault.sign)
        client = Client(
            URL,
            pinned(self.enrolment.ca),
            signer,
            transport=self.road,
            wall=self.wall,
            monotonic=self.clock.monotonic,
        )
        self.opened.enter_context(client)
        return Calls(client, self.enrolment.center_key, self.station, watch.exchanged)

    def up(self, devices: Callable[[], Devices] = tuple) -> UpTalk:
        watch = ClockWatch()
        greeting = Greeting(
            self.station, "test", 1, "pc", self.clock, lambda: self.enrolment.credential, devices, self.board
        )
        uplink = Uplink(self.outbox(), self.enrolment.sealing_key, greeting.hello, lambda: 1.0)
        return UpTalk(uplink, self.calls(watch), self.desk(watch), self.greeted.append, devices)

    def down(
        self,
        channel: str = "quick",
        *,
        limit: int = 500,
        every_s: float = 0.0,
        watch: ClockWatch | None = None,
        back: Callable[[], bool] = lambda: True,
    ) -> DownTalk:
        watch = watch or ClockWatch()
        down = Downlink(channel, Backoff(lambda: 1.0), limit=limit, every_s=every_s)
        return DownTalk(down, self, self.calls(watch), self.desk(watch, back), self._heard)

    def desk(self, watch: ClockWatch, back: Callable[[], bool] = lambda: True) -> Desk:
        return Desk(self.board, self.clock, watch, back)

    def place(self, channel: str) -> Place:
        cursor = self.lists.cursor(channel)
        return Place(cursor.epoch, cursor.version)

    def apply(self, page: Page) -> Place:
        self.applied.append(self.lists.apply(prepare_page(self.journal.vault, page), self.clock.now()))
        return self.place(page.channel)

    def _heard(self, page: Page) -> None:
        self.board.page(page, self.clock.now())


@contextmanager
def district(folder: Path) -> Iterator[District]:
    """Not enrolled yet."""
    (folder / "center").mkdir()
    with ExitStack() as opened:
        center = opened.enter_context(open_center(folder / "center"))
        center.clocks.ms = int(NOON.astimezone(UTC).timestamp() * 1000)
        journal = opened.enter_context(open_journal(folder / "gate"))
        road = Road(center.client._transport)
        yield District(
            center, folder / "gate", journal, road, HandClock(NOON), Board(), opened, CenterLists(journal)
        )
