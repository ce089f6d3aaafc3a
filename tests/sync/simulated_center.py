"""The center of the simulation: the real ingest over a store in memory, with what an admin does to it."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from center import ingest
from center.ingest import Enrolment
from center.ledger import Clock
from station.sync import bundle
from station.sync.bundle import LONG, TOGETHER, Ack, Hello, HelloAnswer, Push
from station.sync.exchange import Answer, AskChain
from tests.sync.disk import PUBLIC_KEY
from tests.sync.memory_store import MemoryStore, State

CENTER_KEY = X25519PrivateKey.from_private_bytes(b"the center's key, for the tests.")
CENTER_PUBLIC = CENTER_KEY.public_key().public_bytes_raw()
STATION = b"north gate, 16 B"
YEAR_MS = 365 * 86_400_000


@dataclass(frozen=True, slots=True)
class Posted:
    """A message as bytes on their way."""

    kind: type[Hello | Push]
    body: bytes


Sent = Posted | AskChain


class Center:
    """The real ingest over a store in memory, with what an admin does to it."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self.station, self.key = STATION, PUBLIC_KEY
        self.store = MemoryStore(random.randbytes(16))
        self.backups: list[tuple[State, bool]] = []  # verified or not, oldest first, of this epoch's past
        self.revoked = False
        self.takes: tuple[str, ...] = (TOGETHER, LONG)
        self.now_ms = 1_800_000_000_000
        self.waiting: list[Push] = []  # from sticks, after a gap
        self.restored = 0

    def answer(self, sent: Sent) -> Answer:
        """Raises what HTTP turns into 404 and 422, and CenterCutError."""
        if isinstance(sent, AskChain):
            return self.chain(sent)
        if sent.kind is Hello:
            return self.hello(bundle.unpack(sent.body, Hello))
        return self.push(bundle.unpack(sent.body, Push))

    def hello(self, hello: Hello) -> HelloAnswer:
        acks = ingest.greet(self.store, hello, self.now_ms)
        return HelloAnswer(
            1, self.store.state.epoch, self.now_ms, acks, revoked=self.revoked, takes=self.takes
        )

    def push(self, push: Push) -> Ack:
        return ingest.ingest(self.store, push, self.enrolment, self.now_ms, self._clock())

    def chain(self, asked: AskChain) -> Ack:
        return ingest.chain_at(self.store, self.station, asked.incarnation, asked.number, self.now_ms)

    def stick(self, pushes: list[Push]) -> list[Ack]:
        taken = ingest.take_many(
            self.store, [*self.waiting, *pushes], self.enrolment, self.now_ms, self._clock()
        )
        self.waiting = list(taken.waiting)
        return [*taken.acks, *taken.common]

    def enrolment(self, station: bytes) -> Enrolment | None:
        return Enrolment((self.key, bytes(32)), self.revoked) if station == self.station else None

    def back_up(self) -> None:
        self.backups.append((self.store.state.copy(), False))

    def verify_backup(self) -> None:
        """The newest one proves good: only now its entries count as archived."""
        if self.backups:
            self.backups[-1] = self.backups[-1][0], True
            self.store.archive(self.backups[-1][0])

    def archived_records(self) -> set[bytes]:
        """What the newest verified backup has."""
        return next((state.records for state, good in reversed(self.backups) if good), set())

    def restore(self, *, oldest: bool) -> None:
        """Back to a verified backup, the newest unless `oldest`, in a new epoch. Later ones count no more."""
        verified = [index for index, (_, good) in enumerate(self.backups) if good]
        if not verified:
            return
        index = verified[0 if oldest else -1]
        self.restored += 1
        del self.backups[index + 1 :]
        self.store.state = self.backups[index][0].copy()
        self.store.state.epoch = self._random.randbytes(16)
        self.store.archive(self.backups[index][0])
        self.waiting.clear()

    def _clock(self) -> Clock:
        return Clock(self._random.randint(-60, 60) * YEAR_MS, 1000)
