"""What the center answers to everything that may come: the bad-input corpus, and what is near it."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from center.ingest import (
    DamagedError,
    Enrolment,
    NotHereError,
    UnknownStationError,
    chain_at,
    greet,
    ingest,
    take_many,
)
from center.ledger import Clock
from center.store import SqlStore, open_store
from station.sync import bundle
from station.sync.bundle import Ack, Batch, Part, Parts, Push
from tests.center.gate import NOON_MS, Gate, record

CLOCK = Clock(0, 50)
NORTH, SOUTH, STRANGER = Gate(1), Gate(2, incarnation=8), Gate(3)
YEARS_MS = 365 * 86_400_000
DEEP = b"\x91" * 100_000 + b"\x01"  # arrays in arrays
TEXT_AT = msgspec.msgpack.decode(record(1))


def enrolments(station: bytes) -> Enrolment | None:
    """The north gate has had another key before; the south gate was revoked."""
    known = {
        NORTH.station: Enrolment((STRANGER.public_key, NORTH.public_key)),
        SOUTH.station: Enrolment((SOUTH.public_key,), revoked=True),
    }
    return known.get(station)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    store = open_store(tmp_path / "center.db")
    yield store
    store.close()


def gate_with(*records: bytes, number: int = 1) -> Gate:
    return Gate(number, records=list(records))


def take(store: SqlStore, push: Push) -> Ack:
    return ingest(store, push, enrolments, NOON_MS, CLOCK)


def signed(gate: Gate, batch: Batch) -> Push:
    payload = bundle.pack(batch)
    return Push(1, payload, gate.sign(bundle.Purpose.BATCH, payload))


def batch_of(gate: Gate) -> Batch:
    return bundle.unpack(gate.batch().payload, Batch)


def with_field(index: int, value: object) -> bytes:
    """An entry in which somebody has put something else."""
    fields = list(TEXT_AT)
    fields[index] = value
    return msgspec.msgpack.encode(fields)


SURROGATE = record(1, lane="AAA").replace(b"AAA", b"\xed\xa0\x80")
# Record by record, what becomes of it: none may hold up the entry after it. "any": both would be right.
RECORDS = {
    "NUL in a text": (record(1, lane="1\0"), "quarantined"),
    "half of a character": (SURROGATE, "quarantined"),
    "2^63 as a time": (record(1, at_ms=2**63 - 1_000 - 1), "quarantined"),
    "an integer that fits nothing": (with_field(2, 2**64 - 1), "quarantined"),
    "a severity of -1": (record(1, severity=-1), "quarantined"),
    "a text where a number should be": (with_field(7, "red"), "quarantined"),
    "64 kB of name": (record(1, operator="n" * 65_536), "quarantined"),
    "10^5 arrays deep": (DEEP, "quarantined"),
    "nothing at all": (b"", "quarantined"),
    "no MessagePack": (b"\xc1", "quarantined"),
    "a clock at 1970": (record(1, at_ms=0), "understood"),
    "a clock at 2100": (record(1, at_ms=130 * YEARS_MS), "understood"),
    "a clock before 1970": (record(1, at_ms=-YEARS_MS), "understood"),
    "of a newer schema": (msgspec.msgpack.encode([99, *TEXT_AT[1:], "a field of tomorrow"]), "waits"),
    "with fields of tomorrow": (msgspec.msgpack.encode([*TEXT_AT, *["tomorrow"] * 30]), "understood"),
}


@pytest.mark.parametrize(("bad", "expected"), RECORDS.values(), ids=RECORDS)
def test_no_record_holds_up_the_one_behind_it(store: SqlStore, bad: bytes, expected: str) -> None:
    gate = gate_with(bad, record(2))

    ack = take(store, gate.batch())

    assert (ack.durable, ack.head) == (2, gate.hashes[2])
    assert ack.quarantined == ((1,) if expected == "quarantined" else ())
    assert len(store.quarantined()) == (expected != "understood")
    assert take(store, gate.batch()).durable == 2  # and again: stored once


def test_a_temperature_of_99999_is_never_another_one(store: SqlStore) -> None:
    part = [99999.0, 99999.0, "forehead", None, "t1", "x", "raw", [99999.0]]
    gate = gate_with(with_field(11, part))

    take(store, gate.batch())

    assert [bad.number for bad in store.quarantined()] == [1]


def test_a_batch_is_taken_once(store: SqlStore) -> None:
    gate = gate_with(record(1), record(2), record(3))
    first = take(store, gate.batch())

    assert take(store, gate.batch()) == first
    assert take(store, gate.batch(2, 3)) == first  # lies inside
    assert not store.forks()


def test_a_larger_batch_after_a_lost_ack_changes_nothing(store: SqlStore) -> None:
    gate = gate_with(record(1), record(2), record(3))
    take(store, gate.batch(1, 2))

    assert take(store, gate.batch(1, 3)).durable == 2
    assert take(store, gate.batch(3, 3)).durable == 3
    assert not store.forks()


def test_after_a_gap_it_says_where_it_is(store: SqlStore) -> None:
    gate = gate_with(record(1), record(2), record(3))

    ack = take(store, gate.batch(2))

    assert (ack.durable, ack.head, ack.archived) == (0, gate.hashes[0], 0)


@pytest.mark.parametrize(("first", "where"), [(1, 2), (2, 2), (3, 2)])
def test_a_fork_is_noted_where_it_begins_and_nothing_of_it_is_stored(
    store: SqlStore, first: int, where: int
) -> None:
    ours = gate_with(record(1), record(2), record(3))
    other = gate_with(record(1), record(20), record(30), record(40))
    ack = take(store, ours.batch())

    assert take(store, other.batch(first)) == ack
    assert [fork.number for fork in store.forks()] == [where]


def changed(push: Push, **fields: object) -> Push:
    return msgspec.structs.replace(push, **fields)


def damaged_batches() -> dict[str, Push]:
    gate = gate_with(record(1), record(2))
    batch = batch_of(gate)
    push = gate.batch()
    bomb = zlib.compress(bytes(bundle.MOST_BODY_BYTES + 1))
    return {
        "a bit of the signature": changed(push, signature=bytes(64)),
        "a bit of the payload": changed(push, payload=push.payload[:-1] + b"\0"),
        "cut short": changed(push, payload=push.payload[:-9]),
        "empty": changed(push, payload=b""),
        "a bomb": changed(push, payload=bomb),
        "records and last hash differ": signed(gate, changed_batch(batch, last=bytes(32))),
        "wrong beginning": signed(gate, changed_batch(batch, previous=bytes(32))),
        "records swapped": signed(gate, changed_batch(batch, records=batch.records[::-1])),
        "a record changed": signed(gate, changed_batch(batch, records=(b"x", batch.records[1]))),
        "signed by another station": signed(SOUTH, batch),
        "shown as another station's": signed(gate, changed_batch(batch, station=SOUTH.station)),
    }


def changed_batch(batch: Batch, **fields: object) -> Batch:
    return msgspec.structs.replace(batch, **fields)


@pytest.mark.parametrize("name", damaged_batches())
def test_what_does_not_verify_is_not_stored(store: SqlStore, name: str) -> None:
    with pytest.raises(DamagedError):
        take(store, damaged_batches()[name])

    gate = gate_with(record(1), record(2))
    assert take(store, gate.batch()).durable == 2  # and harms nothing


def test_a_station_that_nobody_enrolled(store: SqlStore) -> None:
    with pytest.raises(UnknownStationError):
        take(store, gate_with(record(1), number=3).batch())


def test_a_key_of_before_still_counts(store: SqlStore) -> None:
    gate = gate_with(record(1))

    assert take(store, signed(STRANGER, batch_of(gate))).durable == 1


def test_what_a_revoked_station_recorded_is_kept_and_marked(store: SqlStore) -> None:
    gate = Gate(2, records=[record(1)])

    assert take(store, gate.batch()).durable == 1


def test_parts_of_other_numbers_are_not_kept(store: SqlStore) -> None:
    gate = gate_with(record(1))
    parts = Parts(b"key", (Part(1, b"sealed"), Part(2, b"of nobody"), Part(2**53, b"of nobody")))

    assert take(store, changed(gate.batch(), parts=parts)).durable == 1
    # the number that it does not have yet is still free for its own
    gate.records.append(record(2))
    assert take(store, gate.batch(2)).durable == 2


def test_parts_that_are_sealed_as_one_are_kept_as_they_came(store: SqlStore) -> None:
    gate, parts = gate_with(record(1)), Parts(b"key", first=1, together=b"sealed")
    take(store, changed(gate.batch(), parts=parts))
    gate.records.append(record(2))
    take(store, changed(gate.batch(2), parts=Parts(b"key", first=9, together=b"of nobody")))

    with store.database.read() as connection:
        kept = connection.rows("SELECT first, body FROM parts")
    assert [(first, msgspec.msgpack.decode(body, type=Parts)) for first, body in kept] == [(1, parts)]


def test_a_hello_hears_where_each_chain_is(store: SqlStore) -> None:
    gate = gate_with(record(1), record(2))
    take(store, gate.batch(1, 1))
    fresh = Gate(1, incarnation=99, records=[record(7)])
    chains = (*gate.hello().chains, *fresh.hello().chains)

    acks = greet(store, gate.hello(chains=chains), NOON_MS)

    assert {ack.incarnation: (ack.durable, ack.head) for ack in acks} == {
        7: (1, gate.hashes[1]),
        99: (0, fresh.hashes[0]),
    }
    assert not store.forks()


def test_a_hello_with_another_past_is_a_fork(store: SqlStore) -> None:
    gate = gate_with(record(1), record(2))
    take(store, gate.batch())

    greet(store, gate_with(record(9)).hello(), NOON_MS)

    assert [fork.number for fork in store.forks()] == [1]


def test_a_station_asks_for_the_hash_after_a_number(store: SqlStore) -> None:
    gate = gate_with(record(1), record(2))
    take(store, gate.batch())

    heads = [chain_at(store, gate.station, 7, number, NOON_MS).head for number in range(3)]

    assert heads == gate.hashes
    for number, incarnation in ((3, 7), (2**53, 7), (0, 8)):
        with pytest.raises(NotHereError):
            chain_at(store, gate.station, incarnation, number, NOON_MS)


def test_sticks_may_come_in_any_order_and_twice(store: SqlStore) -> None:
    gate = gate_with(*(record(number) for number in range(1, 7)))
    early, late = [gate.batch(1, 2), gate.batch(3, 4)], [gate.batch(5, 6)]

    first = take_many(store, late, enrolments, NOON_MS, CLOCK)
    second = take_many(store, [*first.waiting, *reversed(early)], enrolments, NOON_MS, CLOCK)
    again = take_many(store, [*late, *early], enrolments, NOON_MS, CLOCK)

    assert [ack.durable for ack in first.acks] == [0]
    assert [ack.durable for ack in second.acks] == [ack.durable for ack in again.acks] == [6]
    assert (len(first.waiting), len(second.waiting), len(again.waiting)) == (1, 0, 0)


def test_damage_on_a_stick_is_told_and_the_rest_is_taken(store: SqlStore) -> None:
    gate = gate_with(record(1), record(2))
    broken = [*damaged_batches().values(), gate_with(record(1), number=3).batch()]

    taken = take_many(store, [*broken, gate.batch()], enrolments, NOON_MS, CLOCK)

    assert [ack.durable for ack in taken.acks] == [2]
    assert len(taken.damaged) == len(broken)


def test_a_stick_of_a_forked_station_tells_what_is_common(store: SqlStore) -> None:
    take(store, gate_with(record(1), record(2), record(3)).batch())
    other = gate_with(record(1), record(2), record(30))

    taken = take_many(store, [other.batch()], enrolments, NOON_MS, CLOCK)

    assert [(ack.durable, ack.head) for ack in taken.common] == [(2, other.hashes[2])]


def flags(store: SqlStore) -> list[str]:
    with store.database.read() as connection:
        return [flag for (flag,) in connection.rows("SELECT flagged FROM segment ORDER BY station, first")]


def test_only_what_a_revoked_station_sends_is_marked(store: SqlStore) -> None:
    take(store, Gate(1, records=[record(1)]).batch())
    take(store, Gate(2, records=[record(1)]).batch())
    assert sorted(flags(store)) == ["", "revoked"]


def test_a_part_of_the_number_after_the_last_one_is_nobodys(store: SqlStore) -> None:
    """Kept, it would lie in the place of the next entry's own."""
    gate = gate_with(record(1))
    take(store, changed(gate.batch(), parts=Parts(b"key", (Part(2, b"of nobody"),))))
    take(store, changed(gate.batch(), parts=Parts(b"key", first=2, together=b"of nobody")))
    with store.database.read() as connection:
        assert list(connection.rows("SELECT first FROM parts")) == []


def test_a_batch_that_hangs_on_our_head_but_counts_otherwise_is_not_stored(store: SqlStore) -> None:
    """Its numbers would be those of other entries from then on."""
    gate = gate_with(record(1), record(2))
    ack = take(store, gate.batch(1, 1))
    wrong = changed_batch(bundle.unpack(gate.batch(2).payload, Batch), first=3)
    assert take(store, signed(gate, wrong)) == ack


def test_a_gap_in_the_middle_is_no_fork(store: SqlStore) -> None:
    gate = gate_with(record(1), record(2), record(3), record(4))
    take(store, gate.batch(1, 1))
    for first in (3, 4):
        assert take(store, gate.batch(first)).durable == 1
    assert not store.forks()


def test_the_same_hello_again_is_no_fork(store: SqlStore) -> None:
    gate = gate_with(record(1), record(2))
    take(store, gate.batch())
    for _ in range(2):
        (ack,) = greet(store, gate.hello(), NOON_MS)
        assert (ack.durable, ack.head) == (2, gate.hashes[2])
    assert not store.forks()


def test_a_disk_that_was_copied_is_noticed_when_its_first_machine_goes_on(store: SqlStore) -> None:
    """The copy ended the old incarnation after one entry; the center has two of it from the first machine.

    That its newest incarnation is shorter here than at the center is none: it may have been restored.
    """
    gate, fresh = gate_with(record(1), record(2)), Gate(1, incarnation=99, records=[record(7), record(8)])
    take(store, gate.batch())
    take(store, fresh.batch())
    (ended,) = gate_with(record(1)).hello().chains
    (shorter,) = Gate(1, incarnation=99, records=[record(7)]).hello().chains

    greet(store, gate.hello(chains=(ended, shorter)), NOON_MS)

    assert [(fork.incarnation, fork.number) for fork in store.forks()] == [(7, 2)]


def test_an_incarnation_that_ended_and_is_whole_here_is_no_fork(store: SqlStore) -> None:
    gate, fresh = gate_with(record(1), record(2)), Gate(1, incarnation=99, records=[record(7)])
    take(store, gate.batch())
    greet(store, gate.hello(chains=(*gate.hello().chains, *fresh.hello().chains)), NOON_MS)
    assert not store.forks()


@pytest.mark.parametrize("first", [3, 4])
def test_a_stick_that_came_before_its_elder_waits_for_it_however_small_the_gap(
    store: SqlStore, first: int
) -> None:
    gate = gate_with(*(record(number) for number in range(1, 6)))
    take(store, gate.batch(1, 1))
    taken = take_many(store, [gate.batch(first)], enrolments, NOON_MS, CLOCK)
    assert (len(taken.waiting), len(taken.common)) == (1, 0)


def test_a_stick_with_another_next_entry_does_not_wait_but_tells_what_is_common(store: SqlStore) -> None:
    take(store, gate_with(record(1), record(2)).batch())
    other = gate_with(record(1), record(20), record(30))
    taken = take_many(store, [other.batch(3)], enrolments, NOON_MS, CLOCK)
    assert taken.waiting == ()
    assert [fork.number for fork in store.forks()] == [2]
