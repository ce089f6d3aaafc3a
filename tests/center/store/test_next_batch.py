"""The shorter way of an everyday batch leaves in the database what the longer one does; or nothing at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from center.ingest import Enrolment, ingest
from center.ledger import BadRecord, Chain, SealedParts, TypedRowsError
from center.store import SqlStore, open_store
from center.store.chains import AT_ONCE
from station.sync import bundle
from station.sync.bundle import Batch, Push
from tests.center.store.gate import NOON_MS, ON_TIME, STATION, Gate, altered, entry, records, segment
from tests.center.store.test_chains import ask

PARTS = SealedParts(11, b"sealed")


@pytest.fixture
def store(postgresql_url: str) -> Iterator[SqlStore]:
    """Only PostgreSQL has the shorter way."""
    opened = open_store(postgresql_url)
    yield opened
    opened.close()


def go_on(
    store: SqlStore, batch: Batch, parts: SealedParts | None = PARTS
) -> tuple[Chain, Sequence[BadRecord]] | None:
    with store.transaction() as ledger:
        return ledger.go_on(segment(batch), batch.previous, batch.records, ON_TIME, parts)


def everything(store: SqlStore) -> list[object]:
    return [
        ask(store, f"SELECT * FROM {table} ORDER BY 1, 2, 3")
        for table in ("chain", "segment", "entry", "quarantine", "passed_hour")
    ]


def test_the_shorter_way_stores_what_the_longer_one_does(store: SqlStore) -> None:
    batches = [
        [*records(11, 10), altered(21, severity=9), *records(22, 2)],
        records(30, 5),
    ]
    longer, shorter = Gate(), Gate()
    longer.push(store, records(1, 10))
    for some in batches:
        longer.push(store, some)
    expected = everything(store)
    for table in ("passed_hour", "quarantine", "entry", "segment", "chain"):
        with store.database.write() as connection:
            connection.run(f"DELETE FROM {table}")

    shorter.push(store, records(1, 10))
    found = [go_on(store, shorter.batch(some)) for some in batches]

    assert everything(store) == expected
    assert [one and one[0].durable for one in found] == [23, 28]
    assert [bad.number for bad in (found[0] or ((), ()))[1]] == [21]
    assert ask(store, "SELECT first, body FROM parts") == [(11, b"sealed")]


def test_what_was_corrected_before_it_came_counts_as_it_stands(store: SqlStore) -> None:
    """The rest of a gate's former PC, from a stick, when the new one has corrected some of it already."""
    former = Gate()
    former.push(store, records(1, 10))
    Gate(incarnation=9).push(store, [altered(50, amends=entry(11).id, severity=2)])

    assert go_on(store, former.batch(records(11, 1)))
    assert ask(store, "SELECT passed, stopped FROM passed_hour") == [(10, 1)]


def test_without_parts_none_are_kept(store: SqlStore) -> None:
    gate = Gate()
    gate.push(store, records(1, 10))

    assert go_on(store, gate.batch(records(11, 1)), None)
    assert ask(store, "SELECT count(*) FROM parts") == [(0,)]


def test_what_is_not_the_next_leaves_nothing(store: SqlStore) -> None:
    gate, other = Gate(), Gate()
    first = gate.batch(records(1, 10))
    assert go_on(store, first) is None  # a chain is opened by the longer way
    other.push(store, records(1, 10))
    missed, late = gate.batch(records(11, 10)), gate.batch(records(21, 10))
    other.push(store, [*records(11, 9), *records(40, 1)])  # a fork, at 20
    before = everything(store)

    assert [go_on(store, batch) for batch in (first, missed, late)] == [None, None, None]
    assert everything(store) == before
    assert ask(store, "SELECT count(*) FROM parts") == [(0,)]


def test_an_entry_that_is_there_already_takes_the_longer_way(store: SqlStore) -> None:
    old, new = Gate(incarnation=7), Gate(incarnation=9)
    old.push(store, records(1, 20))
    new.push(store, records(50, 1))
    before = everything(store)

    with pytest.raises(TypedRowsError):
        go_on(store, new.batch([*records(11, 10), *records(100, 5)]))

    assert everything(store) == before


def test_a_gate_that_brings_an_entry_twice_is_not_held_up(store: SqlStore) -> None:
    """A restored journal goes on under another incarnation: what was there before comes once more."""
    old, new, key = Gate(incarnation=7), Gate(incarnation=9), Ed25519PrivateKey.generate()
    known = Enrolment((key.public_key().public_bytes_raw(),))

    def push(batch: Batch) -> tuple[int, tuple[int, ...]]:
        payload = bundle.pack(batch)
        signed = Push(1, payload, key.sign(bundle.to_sign(bundle.Purpose.BATCH, payload)))
        ack = ingest(store, signed, lambda station: known, NOON_MS, ON_TIME)
        return ack.durable, ack.quarantined

    old.push(store, records(1, 20))
    new.push(store, records(50, 1))

    assert push(new.batch([*records(11, 10), *records(100, 5)])) == (16, ())
    assert push(new.batch([*records(105, 1), altered(106, severity=9)])) == (18, (18,))
    assert ask(store, "SELECT durable, projected FROM chain ORDER BY durable") == [(18, 18), (20, 20)]
    assert ask(store, "SELECT count(*) FROM entry") == [(27,)]


def test_rows_that_wait_go_on_waiting_in_their_order(store: SqlStore) -> None:
    gate = Gate()
    gate.push(store, records(1, 10))
    with store.database.write() as connection:
        connection.run("UPDATE chain SET projected = 4")
        connection.run("DELETE FROM entry WHERE number > 4")

    assert go_on(store, gate.batch(records(11, 5)))

    assert ask(store, "SELECT durable, projected FROM chain") == [(15, 4)]
    assert ask(store, "SELECT max(number) FROM entry") == [(4,)]


def test_entries_of_a_long_batch_of_a_backlog_come_to_the_overview_afterwards(store: SqlStore) -> None:
    gate = Gate()
    gate.push(store, records(1, 3))
    assert go_on(store, gate.batch(records(4, AT_ONCE + 1)))
    assert go_on(store, gate.batch(records(AT_ONCE + 5, 2)))

    assert ask(store, "SELECT durable, projected FROM chain") == [(AT_ONCE + 6, 3)]
    while store.project_pending():
        continue
    assert ask(store, "SELECT count(*) FROM entry") == [(AT_ONCE + 6,)]
    assert ask(store, "SELECT sum(passed) FROM passed_hour") == [(AT_ONCE + 6,)]


def test_a_chain_of_another_station_is_never_moved(store: SqlStore) -> None:
    here, there = Gate(), Gate(station=b"south gate, 16 B")
    here.push(store, records(1, 10))
    there.push(store, records(101, 10))

    assert go_on(store, here.batch(records(11, 10)))

    assert ask(store, "SELECT station, durable FROM chain ORDER BY durable") == [
        (b"south gate, 16 B", 10),
        (STATION, 20),
    ]
    assert ask(store, "SELECT DISTINCT received_ms FROM segment") == [(NOON_MS,)]
