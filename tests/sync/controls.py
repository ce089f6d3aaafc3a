"""Three usual designs, and a fourth, that lose entries: they show that the simulator can see loss."""

from __future__ import annotations

from random import Random

from center import ingest
from center.ingest import DamagedError, NotHereError
from station.sync import bundle
from station.sync.bundle import Ack, Batch, ChainAt, Hello, HelloAnswer, Push
from station.sync.exchange import AskChain
from tests.sync.memory_store import CenterCutError
from tests.sync.simulated_center import STATION, Center
from tests.sync.simulator import Variant


class PlainCenter(Center):
    """`INSERT … ON CONFLICT (station, number) DO NOTHING`: it believes numbers, and compares no hashes.

    That a station numbers on after a copied disk without a new incarnation belongs to it.
    """

    def __init__(self, random: Random) -> None:
        super().__init__(random)
        self.rows: dict[tuple[int, int], bytes] = {}
        self._saved: list[dict[tuple[int, int], bytes]] = []

    def hello(self, hello: Hello) -> HelloAnswer:
        acks = tuple(self._where(chain) for chain in hello.chains)
        return HelloAnswer(1, self.store.state.epoch, self.now_ms, acks)

    def _where(self, chain: ChainAt) -> Ack:
        """All that is offered, or nothing: whose the numbers are, it cannot say."""
        durable = 0
        while durable < chain.length and (chain.incarnation, durable + 1) in self.rows:
            durable += 1
        if durable == chain.length:
            return Ack(1, STATION, chain.incarnation, durable, chain.head, durable)
        start = bundle.genesis(STATION, chain.incarnation, chain.parent_head)
        return Ack(1, STATION, chain.incarnation, 0, start, 0)

    def push(self, push: Push) -> Ack:
        try:
            batch = bundle.unpack(push.payload, Batch)
            bundle.verify_chain(batch)
        except bundle.BundleError as error:
            raise DamagedError from error
        if self.store.cut == "before":
            raise CenterCutError
        for number, record in enumerate(batch.records, batch.first):
            self.rows.setdefault((batch.incarnation, number), record)
        self.store.state.records = set(self.rows.values())
        if self.store.cut == "after":
            raise CenterCutError
        last = ingest.last_number(batch)
        return Ack(1, STATION, batch.incarnation, last, batch.last, last)

    def chain(self, asked: AskChain) -> Ack:
        raise NotHereError("it compares no hashes")

    def stick(self, pushes: list[Push]) -> list[Ack]:
        return [self.push(push) for push in pushes]

    def back_up(self) -> None:
        super().back_up()
        self._saved.append(dict(self.rows))

    def restore(self, *, oldest: bool) -> None:
        before = self.store.state.epoch
        super().restore(oldest=oldest)
        if self.store.state.epoch != before:
            del self._saved[len(self.backups) :]
            self.rows = dict(self._saved[-1])


class StrictCenter(Center):
    """A record that it cannot read refuses its whole batch."""

    def push(self, push: Push) -> Ack:
        try:
            records = bundle.unpack(push.payload, Batch).records
        except bundle.BundleError as error:
            raise DamagedError from error
        if any(record.startswith(b"\xc1") for record in records):
            raise DamagedError("unreadable record")
        return super().push(push)

    def stick(self, pushes: list[Push]) -> list[Ack]:
        return []


NORMAL = Variant(full=False)
PRUNES_AT_ACK = Variant(prunes_at_ack=True)
PLAIN = Variant(follows_machine=False, center=PlainCenter)
STRICT = Variant(center=StrictCenter)
