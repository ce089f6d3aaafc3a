"""Gates that push without a pause, through servers that come and go, and what was acknowledged to them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Semaphore, Thread

from center.store import SqlStore, UnavailableError
from station.sync.bundle import Batch
from tests.center.store.gate import Gate, records, take
from tests.center.store.test_chains import ask

SIZE = 20  # records of a batch


class Pusher:
    """One gate. It goes on where the center says it is, as stations do."""

    def __init__(self, store: SqlStore, place: int, acks: Semaphore) -> None:
        self._store, self._acks = store, acks
        self._gate = Gate(station=b"gate %011d" % place)
        self._batches: list[Batch] = []  # the journal
        self._first_id = place * 1_000_000
        self.acked = 0
        self.refused = 0
        self._ended = Event()
        self._thread = Thread(target=self._run)

    @property
    def station(self) -> bytes:
        return self._gate.station

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ended.is_set():
            try:
                durable = self._push(self._batch())
            except UnavailableError:
                self.refused += 1
                self._ended.wait(0.05)
                continue
            assert durable >= self.acked, "the center forgot what it had acknowledged"
            self.acked = durable
            self._acks.release()

    def _batch(self) -> Batch:
        if len(self._batches) * SIZE == self.acked:
            some = records(self._first_id + self.acked, SIZE)
            self._batches.append(self._gate.batch(some))
        return self._batches[self.acked // SIZE]

    def _push(self, batch: Batch) -> int:
        with self._store.transaction() as ledger:
            known = ledger.lock_chain(batch.station, batch.incarnation)
            if known and known.durable >= batch.first:  # committed, and the answer was lost
                assert known.head == batch.last
                return known.durable
            take(ledger, batch)
        return batch.first + SIZE - 1


class Load:
    """So many gates at once."""

    def __init__(self, store: SqlStore, gates: int = 4) -> None:
        self._acks = Semaphore(0)
        self.pushers = [Pusher(store, place, self._acks) for place in range(gates)]

    def wait_for(self, acks: int) -> None:
        """Until so many more batches were acknowledged, from now on."""
        while self._acks.acquire(blocking=False):
            continue
        for _ in range(acks):
            assert self._acks.acquire(timeout=60), "nothing is acknowledged any more"

    @property
    def acked(self) -> int:
        return sum(pusher.acked for pusher in self.pushers)

    @property
    def refused(self) -> int:
        return sum(pusher.refused for pusher in self.pushers)


@contextmanager
def under_load(store: SqlStore, gates: int = 4) -> Iterator[Load]:
    load = Load(store, gates)
    for pusher in load.pushers:
        pusher.start()
    try:
        yield load
    finally:
        for pusher in load.pushers:
            pusher.stop()


def lost(store: SqlStore, load: Load) -> int:
    """Acknowledged records that are not stored, counted in segments and in typed rows."""
    missing = 0
    for pusher in load.pushers:
        span = (pusher.station, pusher.acked)
        segments = "SELECT coalesce(sum(last - first + 1), 0) FROM segment WHERE station = ? AND last <= ?"
        rows = "SELECT count(*) FROM entry WHERE station = ? AND number <= ?"
        for question in (segments, rows):
            missing = max(missing, pusher.acked - int(ask(store, question, *span)[0][0]))
    return missing
