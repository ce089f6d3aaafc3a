"""A backlog of days comes in: the ledger first, typed rows when it pauses."""

from __future__ import annotations

from collections.abc import Callable

from center.store import SqlStore
from center.store.chains import AT_ONCE
from center.store.projector import Burst
from tests.center.store.gate import Gate, records
from tests.center.store.test_chains import ask


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
