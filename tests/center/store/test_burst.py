"""A backlog of days comes in: the ledger first, typed rows when it pauses."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

from center.store import Projector, SqlStore
from center.store.chains import AT_ONCE
from center.store.projector import Burst
from tests.center.store.gate import Gate, records
from tests.center.store.test_chains import ask
from tests.patience import PATIENCE_S


class Mono:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_typed_rows_wait_while_batches_come_and_no_longer() -> None:
    mono = Mono()
    burst = Burst(mono)
    assert not burst.goes_on()

    burst.came()
    mono.now += 0.09
    assert burst.goes_on()
    mono.now += 0.02
    assert not burst.goes_on()


class _Moment(float):
    """The other thread of two gets through between two looks at the clock."""

    meanwhile: Callable[[], None]

    def __sub__(self, other: float) -> float:
        self.meanwhile()
        return float(self) - other


def test_of_two_threads_one_may_be_done_while_the_other_looks() -> None:
    now = _Moment(100.0)
    burst = Burst(lambda: now)
    now.meanwhile = burst.made_up_for
    burst.came()

    assert burst.goes_on()
    assert not burst.goes_on()


def test_typed_rows_of_a_burst_that_does_not_end_are_made_beside_it() -> None:
    mono = Mono()
    burst = Burst(mono)
    for _ in range(250):
        burst.came()
        mono.now += 0.05
    assert not burst.goes_on()

    burst.made_up_for()
    burst.came()
    assert burst.goes_on()


def test_a_long_batch_is_acknowledged_first_and_its_rows_follow(store: SqlStore) -> None:
    gate = Gate()
    gate.push(store, records(1, 3))
    gate.push(store, records(4, AT_ONCE + 1))
    gate.push(store, records(AT_ONCE + 5, 2))

    assert ask(store, "SELECT durable, projected FROM chain") == [(AT_ONCE + 6, 3)]
    assert store.pending_rows() == AT_ONCE + 3
    assert store.burst.goes_on()

    while store.project_pending():
        continue
    assert ask(store, "SELECT count(*) FROM entry") == [(AT_ONCE + 6,)]
    assert store.pending_rows() == 0


def test_the_long_batch_of_a_gate_moves_no_other_chain(store: SqlStore) -> None:
    """Acknowledged that way, records would be let go at a gate that never sent them."""
    others = [Gate(incarnation=8), Gate(b"another station!"), Gate(b"another station!", incarnation=9)]
    for other in others:
        other.push(store, records(1, 3))
    before = [other.place(store) for other in others]
    gate = Gate()
    gate.push(store, records(11, 3))
    gate.push(store, records(14, AT_ONCE + 1))

    place = gate.place(store)
    assert place is not None
    assert place.durable == AT_ONCE + 4
    assert [other.place(store) for other in others] == before


def test_an_everyday_batch_has_its_rows_at_once(store: SqlStore) -> None:
    gate = Gate()
    gate.push(store, records(1, 1))
    gate.push(store, records(2, AT_ONCE))

    assert store.pending_rows() == 0
    assert not store.burst.goes_on()


class _Rows:
    """Has nothing to make, and is looked at."""

    def __init__(self) -> None:
        self.looks, self.looked = 0, Event()

    def project_pending(self, most_segments: int = 1000) -> int:
        self.looks += 1
        self.looked.set()
        return 0


class _Asked(Mono):
    """A clock that stands still, and notes that it was asked again and again."""

    def __init__(self) -> None:
        self.times, self.often = 0, Event()

    def __call__(self) -> float:
        self.times += 1
        if self.times > 20:
            self.often.set()
        return self.now


def test_the_projector_rests_until_a_batch_comes_and_then_looks_at_once() -> None:
    """However long it may rest: else the overview of a quiet district would lag, or its server never idle."""
    mono, rows = Mono(), _Rows()
    burst = Burst(mono)
    projector = Projector(rows, every_s=3600.0, burst=burst)
    projector.start()
    assert rows.looked.wait(PATIENCE_S)
    looks = []
    for _ in range(3):
        rows.looked.clear()
        mono.now += 60.0
        burst.came()
        mono.now += 0.2  # the burst is over
        assert rows.looked.wait(PATIENCE_S)
        looks.append(rows.looks)
    projector.stop()

    assert rows.looks < 20, looks


def test_the_projector_leaves_a_burst_alone_and_the_next_one_too() -> None:
    mono, rows = _Asked(), _Rows()
    burst = Burst(mono)
    projector = Projector(rows, every_s=3600.0, burst=burst)
    burst.came()
    projector.start()
    assert mono.often.wait(PATIENCE_S)
    assert rows.looks == 0

    mono.now += 0.2
    assert rows.looked.wait(PATIENCE_S)
    projector.stop()
    mono.now += 60.0
    burst.came()
    assert burst.goes_on()
