"""The station's end of sync, answer by answer: a day with the center, and what may go wrong on it."""

from __future__ import annotations

from itertools import count
from random import Random

import msgspec
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from center.ingest import NotHereError
from station.sync import bundle
from station.sync.backoff import LONGEST_S, Backoff
from station.sync.batching import MOST_BYTES, batches_for_stick, push_from
from station.sync.bundle import Ack, Batch, Hello, HelloAnswer, Push
from station.sync.exchange import Alarm, Answer, AskChain, Failure, Link, Request, Wait
from station.sync.sealing import open_parts
from station.sync.uplink import HELLO_EVERY_S, SLOW_S, TRIES, Uplink
from tests.sync.disk import Disk
from tests.sync.simulated_center import CENTER_KEY, CENTER_PUBLIC, STATION, Center, Posted


class Gate:
    """A station and its center, with nothing between them."""

    def __init__(self, *, most: int = 1000, center: Center | None = None, disk: Disk | None = None) -> None:
        ids = count(1)
        self.center = center or Center(Random(1))
        self.disk = disk or Disk(STATION, "pc", lambda: next(ids))
        self.uplink = Uplink(self.disk, CENTER_PUBLIC, self._hello, lambda: 1.0, most_records=most)
        self.now = 0.0
        self.sent: list[Request] = []

    def _hello(self, chains: tuple[bundle.ChainAt, ...]) -> Hello:
        return Hello(1, STATION, "1.0", 1, "boot", 0, 0, "pc", chains)

    def record(self, *texts: str) -> None:
        for text in texts:
            self.disk.record([text.encode()])

    def ask(self) -> Request:
        request = self.uplink.next(self.now)
        assert not isinstance(request, Wait)
        self.sent.append(request)
        return request

    def answer(self, request: Request) -> Answer:
        if isinstance(request, AskChain):
            return self.center.answer(request)
        return self.center.answer(Posted(type(request), bundle.pack(request)))

    def talk(self, most: int = 50) -> list[Request]:
        """Until there is nothing more to say; what was said."""
        said: list[Request] = []
        while not isinstance(request := self.uplink.next(self.now), Wait):
            said.append(request)
            assert len(said) <= most
            self.uplink.answered(self.answer(request), self.now)
        return said

    def waits(self) -> float:
        """Seconds until it wants to be asked again."""
        request = self.uplink.next(self.now)
        assert isinstance(request, Wait)
        assert request.until is not None
        return request.until - self.now

    @property
    def ledger(self) -> set[bytes]:
        return self.center.store.state.records

    @property
    def alarms(self) -> set[str]:
        return set(self.uplink.status().alarms)


def batches(said: list[Request]) -> list[tuple[int, int]]:
    """Number of the first record and how many, of each push."""
    found = [bundle.unpack(one.payload, Batch) for one in said if isinstance(one, Push)]
    return [(batch.first, len(batch.records)) for batch in found]


@pytest.fixture
def gate() -> Gate:
    return Gate()


def test_a_hello_first_and_then_what_there_is(gate: Gate) -> None:
    gate.record("a", "b")

    said = gate.talk()

    assert [type(one) for one in said] == [Hello, Push]
    assert gate.ledger == {b"a", b"b"}
    status = gate.uplink.status()
    assert (status.link, status.pending, status.alarms) == (Link.ONLINE, 0, frozenset())


def test_one_request_at_a_time(gate: Gate) -> None:
    gate.ask()

    assert gate.uplink.next(0.0) == Wait(None)


def test_a_backlog_goes_in_batches() -> None:
    gate = Gate(most=10)
    gate.record(*(f"entry {number}" for number in range(25)))

    assert batches(gate.talk()) == [(1, 10), (11, 10), (21, 5)]


def test_heavy_records_go_in_smaller_batches(gate: Gate) -> None:
    gate.record("x" * 200_000, "y" * 200_000, "z" * 300_000, "a", "b")

    assert batches(gate.talk()) == [(1, 1), (2, 1), (3, 1), (4, 2)]


def test_an_entry_that_comes_later_is_sent_at_once(gate: Gate) -> None:
    gate.talk()
    gate.record("late")

    assert batches(gate.talk()) == [(1, 1)]


def test_a_quiet_gate_says_hello_now_and_then(gate: Gate) -> None:
    gate.talk()

    assert gate.waits() == HELLO_EVERY_S
    gate.now += HELLO_EVERY_S
    assert [type(one) for one in gate.talk()] == [Hello]


def test_a_lost_answer_makes_no_second_entry(gate: Gate) -> None:
    gate.record("a")
    gate.uplink.answered(gate.answer(gate.ask()), 0.0)
    gate.answer(gate.ask())
    gate.uplink.failed(Failure.UNREACHABLE, 0.0)
    assert gate.uplink.status().link is Link.OFFLINE

    gate.now = 60.0
    said = gate.talk()

    assert [type(one) for one in said] == [Hello]  # which tells that it is there
    assert gate.uplink.status().pending == 0


def test_waits_double_up_to_five_minutes_and_begin_anew(gate: Gate) -> None:
    waits = []
    for _ in range(12):
        gate.ask()
        gate.uplink.failed(Failure.UNREACHABLE, gate.now)
        waits.append(gate.waits())
        gate.now += waits[-1]

    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]
    gate.talk()
    gate.uplink.reconnect()
    gate.ask()
    gate.uplink.failed(Failure.UNREACHABLE, gate.now)
    assert gate.waits() == pytest.approx(1)


@pytest.mark.parametrize("random", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("asked", [None, 0.0, 30.0, 1e12])
def test_a_wait_is_never_nothing_and_never_for_ever(random: float, asked: float | None) -> None:
    backoff = Backoff(lambda: random)
    waits = [backoff.next_s(asked) for _ in range(2000)]

    assert all(0.5 <= wait <= LONGEST_S for wait in waits)  # a proxy's page may ask for an hour
    assert asked is None or all(wait >= min(asked, LONGEST_S) for wait in waits)


def test_retry_after_is_kept_and_no_new_hello_is_needed(gate: Gate) -> None:
    gate.record("a")
    gate.uplink.answered(gate.answer(gate.ask()), 0.0)
    gate.ask()
    gate.uplink.failed(Failure.BUSY, 0.0, 30.0)

    assert gate.waits() == 30.0
    gate.now = 30.0
    assert [type(one) for one in gate.talk()] == [Push]


def test_who_finds_no_room_again_and_again_is_not_put_off_for_minutes(gate: Gate) -> None:
    """The morning after a night without a network: 300 gates send, and the center takes 32 at once."""
    gate.record("a")
    gate.uplink.answered(gate.answer(gate.ask()), 0.0)
    for _ in range(10):
        gate.ask()
        gate.uplink.failed(Failure.BUSY, gate.now, 2.0)
        assert 1.99 <= gate.waits() <= 15.0
        gate.now += gate.waits()


def test_a_center_that_does_not_know_us_pauses_the_queue_only(gate: Gate) -> None:
    gate.record("a")
    gate.ask()
    gate.uplink.failed(Failure.REFUSED, 0.0)
    gate.record("b")

    status = gate.uplink.status()
    assert (status.link, status.why, status.pending) == (Link.PAUSED, Failure.REFUSED, 2)
    assert gate.waits() == SLOW_S
    gate.now = SLOW_S
    gate.talk()
    assert gate.ledger == {b"a", b"b"}


def test_a_center_restored_from_a_backup_is_filled_up_again() -> None:
    gate = Gate(most=2)
    gate.record("a", "b")
    gate.talk()
    gate.center.back_up()
    gate.center.verify_backup()
    gate.record("c", "d", "e")
    gate.talk()
    gate.center.restore(oldest=False)
    gate.record("f")

    said = gate.talk()  # it still thinks that it goes on at 6

    assert batches(said)[0] == (6, 1)
    assert gate.ledger == {b"a", b"b", b"c", b"d", b"e", b"f"}
    assert len(gate.disk.lives) == 1
    assert gate.alarms == set()


def test_what_was_archived_in_an_old_incarnation_is_offered_to_a_center_in_a_new_epoch() -> None:
    gate = Gate()
    gate.center.back_up()  # an empty one
    gate.center.verify_backup()
    gate.record("a")
    gate.talk()
    gate.disk.start("another pc")
    gate.center.back_up()
    gate.center.verify_backup()
    gate.uplink.reconnect()
    gate.talk()
    assert len(gate.disk.chains()) == 1  # the first one is archived, and not offered any more

    gate.center.restore(oldest=True)
    gate.uplink.reconnect()
    gate.talk()

    assert gate.ledger == {b"a"}


def forked(shared: int, ours: int, theirs: int) -> Gate:
    """Two machines with copies of one disk; the other one has been heard by the center."""
    other = Gate()
    other.record(*(f"shared {number}" for number in range(shared)))
    gate = Gate(center=other.center, disk=other.disk.copy())
    gate.record(*(f"ours {number}" for number in range(ours)))
    other.record(*(f"theirs {number}" for number in range(theirs)))
    other.talk()
    return gate


@pytest.mark.parametrize("shared", [0, 1, 2, 7, 100])
@pytest.mark.parametrize(("ours", "theirs"), [(1, 1), (5, 1), (1, 5), (0, 3), (40, 50)])
def test_both_halves_of_a_copied_disk_are_kept(shared: int, ours: int, theirs: int) -> None:
    gate = forked(shared, ours, theirs)

    said = gate.talk()

    assert gate.disk.present() <= gate.ledger
    assert len(gate.ledger) == shared + ours + theirs
    assert Alarm.FORK in gate.alarms
    greeted_anew = 1  # then where the former incarnation ends is asked for once more
    most = 1 + (shared + ours).bit_length() + greeted_anew
    assert sum(isinstance(one, AskChain) for one in said) <= most
    begun = gate.disk.lives[-1]
    assert begun.parent_head == gate.disk.lives[0].hashes[shared]
    assert len(begun.records) == ours


@pytest.mark.parametrize(("ours", "theirs"), [(1, 1), (5, 1), (1, 5)])
def test_the_center_knows_at_once_that_a_disk_was_copied_whoever_noticed_it(ours: int, theirs: int) -> None:
    gate = forked(7, ours, theirs)

    gate.talk()

    assert gate.center.store.state.forks


def test_an_old_incarnation_that_forks_goes_on_at_the_end_of_the_current_one() -> None:
    gate = forked(3, 2, 2)
    gate.disk.start("another pc")
    gate.record("after the move")

    gate.talk()

    assert [life.records[: life.length] for life in gate.disk.lives] == [
        [b"shared 0", b"shared 1", b"shared 2"],
        [b"after the move", b"ours 0", b"ours 1"],
    ]
    assert gate.disk.present() <= gate.ledger


def test_a_moved_disk_whose_first_machine_goes_on_is_no_reason_to_send_anything_twice() -> None:
    first = Gate()
    first.record("a")
    moved = Gate(center=first.center, disk=first.disk.copy())
    moved.disk.start("another pc")
    first.record("b")
    first.talk()
    moved.record("c")

    said = moved.talk()

    assert batches(said) == [(1, 1)]
    assert moved.alarms == set()
    assert moved.uplink.status().pending == 0


def test_the_center_was_restored_while_hashes_were_compared() -> None:
    gate = forked(5, 2, 3)
    gate.uplink.answered(gate.answer(gate.ask()), 0.0)
    assert isinstance(gate.ask(), AskChain)
    gate.uplink.failed(Failure.NOT_HERE, 0.0)
    gate.now = 10.0

    gate.talk()

    assert gate.disk.present() <= gate.ledger


def refuse(gate: Gate, poison: bytes) -> list[tuple[int, int]]:
    """Talk with a center at which no batch with this record verifies."""
    tried = []
    for _ in range(60):
        request = gate.uplink.next(gate.now)
        if isinstance(request, Wait):
            assert request.until is not None
            if request.until - gate.now > 10:
                break
            gate.now = request.until
        elif isinstance(request, Push) and poison in bundle.unpack(request.payload, Batch).records:
            tried += batches([request])
            gate.uplink.failed(Failure.DAMAGED, gate.now)
        else:
            gate.uplink.answered(gate.answer(request), gate.now)
    return tried


def test_a_record_that_comes_damaged_is_sent_again_then_halved_then_told_and_never_jumped_over() -> None:
    gate = Gate()
    gate.record("a", "b", "c", "bad", "d", "e", "f", "g")

    tried = refuse(gate, b"bad")

    halves = [(1, 8), (1, 4), (3, 4), (3, 2), (4, 2), (4, 1)]  # what is taken between lets them grow again
    assert tried == [one for one in halves for _ in range(TRIES)]
    assert gate.ledger == {b"a", b"b", b"c"}
    assert gate.alarms == {Alarm.RECORD_REFUSED}
    assert gate.uplink.status().pending == 5
    gate.now += SLOW_S + HELLO_EVERY_S
    gate.talk()  # the cause is gone
    assert len(gate.ledger) == 8
    assert gate.alarms == set()


def test_one_chain_that_waits_does_not_hold_up_another() -> None:
    gate = Gate()
    gate.record("bad")
    gate.disk.start("another pc")
    gate.record("good")

    refuse(gate, b"bad")

    assert gate.ledger == {b"good"}
    assert gate.alarms == {Alarm.RECORD_REFUSED}


def test_too_large_is_halved_at_once_and_grows_again() -> None:
    gate = Gate(most=8)
    gate.record(*(f"{number}" for number in range(30)))
    gate.uplink.answered(gate.answer(gate.ask()), 0.0)
    gate.ask()
    gate.uplink.failed(Failure.TOO_LARGE, 0.0)
    gate.now = 2.0

    assert batches(gate.talk()) == [(1, 4), (5, 8), (13, 8), (21, 8), (29, 2)]


def test_a_center_that_takes_nothing_and_does_not_say_why_is_asked_ever_more_slowly(gate: Gate) -> None:
    gate.record("a")
    hello = gate.ask()
    gate.uplink.answered(gate.answer(hello), 0.0)
    start = bundle.genesis(STATION, gate.disk.lives[0].id, b"")
    waits = []
    for _ in range(5):
        gate.ask()
        gate.uplink.answered(Ack(1, STATION, gate.disk.lives[0].id, 0, start, 0), gate.now)
        waits.append(gate.waits())
        gate.now += waits[-1]

    assert waits == [1, 2, 4, 8, 16]


def test_an_answer_about_something_else_is_none(gate: Gate) -> None:
    gate.record("a")
    gate.ask()
    gate.uplink.answered(Ack(1, STATION, 1, 5, bytes(32), 5), 0.0)

    assert gate.uplink.status().link is Link.OFFLINE
    assert gate.disk.lives[0].acked == 0


def test_backoff_that_the_center_asks_for(gate: Gate) -> None:
    gate.record("a")
    answer = gate.answer(gate.ask())
    assert isinstance(answer, HelloAnswer)
    gate.uplink.answered(msgspec.structs.replace(answer, backoff_ms=7_000), 0.0)

    assert gate.waits() == 7.0
    gate.uplink.hurry()
    assert isinstance(gate.ask(), Push)


def test_what_is_archived_no_more_though_it_was_promised(gate: Gate) -> None:
    """The center was restored from too old a backup: what is left here comes in another incarnation."""
    gate.center.back_up()
    gate.center.verify_backup()
    gate.record("a", "b")
    gate.talk()
    gate.center.back_up()
    gate.center.verify_backup()
    gate.uplink.reconnect()
    gate.talk()
    gate.disk.prune(1.0)
    gate.record("c")
    gate.center.restore(oldest=True)
    gate.uplink.reconnect()

    gate.talk()

    assert gate.ledger == {b"c"}
    assert gate.alarms == {Alarm.ARCHIVE_LOST}
    assert gate.uplink.status().pending == 0


def test_personal_parts_go_sealed_beside_the_batch(gate: Gate) -> None:
    gate.disk.personal = True
    gate.record("a", "b")  # every other one has a part

    push = gate.talk()[-1]

    assert isinstance(push, Push)
    ((number, clear),) = open_parts(CENTER_KEY, STATION, gate.disk.lives[0].id, push.parts)
    assert clear == gate.disk.lives[0].records[number - 1]


@pytest.mark.parametrize(("takes", "as_one"), [((), False), (("parts together", "something newer"), True)])
def test_only_a_center_that_takes_them_gets_parts_sealed_as_one(
    gate: Gate, takes: tuple[str, ...], as_one: bool
) -> None:
    gate.disk.personal = True
    gate.center.takes = takes
    gate.record("a", "b")

    push = gate.talk()[-1]

    assert isinstance(push, Push)
    assert (bool(push.parts.together), bool(push.parts.parts)) == (as_one, not as_one)
    assert len(open_parts(CENTER_KEY, STATION, gate.disk.lives[0].id, push.parts)) == 1


def test_a_gate_without_a_network_lives_by_sticks() -> None:
    gate = Gate(most=2)
    for day in range(3):
        gate.record(*(f"day {day} entry {number}" for number in range(5)))
        stick = [one.push for one in batches_for_stick(gate.disk, CENTER_PUBLIC, 2)]
        assert len(stick) == 3
        gate.uplink.heard(gate.center.stick(stick))
        assert gate.uplink.status().pending == 0

    assert gate.disk.present() == gate.ledger


@pytest.mark.parametrize(("shared", "ours", "theirs"), [(4, 3, 2), (0, 1, 1), (6, 0, 2), (5, 4, 9)])
def test_a_fork_heals_by_sticks_alone(shared: int, ours: int, theirs: int) -> None:
    gate = forked(shared, ours, theirs)
    for _ in range(4):
        stick = [one.push for one in batches_for_stick(gate.disk, CENTER_PUBLIC, 3)]
        gate.uplink.heard(gate.center.stick(stick))

    begun = gate.disk.lives[-1]
    assert (begun.parent_head, len(begun.records)) == (gate.disk.lives[0].hashes[shared], ours)

    gate.record("afterwards")
    stick = [one.push for one in batches_for_stick(gate.disk, CENTER_PUBLIC, 3)]
    gate.uplink.heard(gate.center.stick(stick))

    assert gate.disk.present() <= gate.ledger


def test_acks_of_another_station_or_of_unknown_incarnations_mean_nothing(gate: Gate) -> None:
    gate.record("a")
    gate.uplink.heard([Ack(1, bytes(16), 1, 1, bytes(32), 1), Ack(1, STATION, 99, 1, bytes(32), 1)])

    assert gate.uplink.status().pending == 1
    assert len(gate.disk.lives) == 1


def test_a_batch_is_never_heavier_than_a_body_may_be() -> None:
    gate = Gate()
    gate.disk.personal = True
    gate.record(*(str(number) * 200 for number in range(1000)))

    batch = push_from(gate.disk, gate.disk.chains()[0], 1, CENTER_PUBLIC)

    assert batch is not None
    assert len(bundle.inflate(bundle.pack(batch.push))) < MOST_BYTES * 1.1


def test_a_long_batch_is_as_long_as_a_body_may_be_with_all_that_lies_beside_it() -> None:
    gate = Gate()
    gate.disk.personal = True
    gate.record(*(str(number).zfill(4) * 130 for number in range(bundle.LONG_RECORDS)))

    batch = push_from(gate.disk, gate.disk.chains()[0], 1, CENTER_PUBLIC, bundle.LONG_RECORDS)

    assert batch is not None
    weight = sum(map(len, bundle.unpack(batch.push.payload, Batch).records))
    weight += sum(len(one.sealed) for one in batch.push.parts.parts)
    assert MOST_BYTES * 0.9 < weight < MOST_BYTES * 1.1


def test_a_record_whose_hash_the_disk_lost_is_not_vouched_for(gate: Gate) -> None:
    gate.record("a", "b", "c")
    (chain,) = gate.disk.chains()
    del gate.disk.lives[0].hashes[3:]

    assert push_from(gate.disk, chain, 1, CENTER_PUBLIC) is None


class AnyDay(RuleBasedStateMachine):
    """Whatever answers come, in whatever order: it never raises, sends in order, and forgets nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = Gate(most=3)
        self.asked: Request | None = None
        self.numbers = count()

    @rule()
    def people_go_through(self) -> None:
        self.gate.record(f"entry {next(self.numbers)}")

    @precondition(lambda self: self.asked is None)
    @rule(wait=st.floats(0, 1e4))
    def it_is_asked(self, wait: float) -> None:
        self.gate.now += wait
        request = self.gate.uplink.next(self.gate.now)
        self.asked = None if isinstance(request, Wait) else request

    @precondition(lambda self: self.asked is not None)
    @rule()
    def the_center_answers(self) -> None:
        assert self.asked is not None
        try:
            self.gate.uplink.answered(self.gate.answer(self.asked), self.gate.now)
        except NotHereError:
            self.gate.uplink.failed(Failure.NOT_HERE, self.gate.now)
        self.asked = None

    @precondition(lambda self: self.asked is not None)
    @rule()
    def it_looks_ahead(self) -> None:
        self.gate.uplink.look_ahead()

    @precondition(lambda self: self.asked is not None)
    @rule(kind=st.sampled_from(Failure), after=st.none() | st.floats(0, 1e9))
    def it_fails(self, kind: Failure, after: float | None) -> None:
        self.gate.uplink.failed(kind, self.gate.now, after)
        self.asked = None

    @precondition(lambda self: self.asked is not None)
    @rule(durable=st.integers(0, 40), head=st.binary(min_size=32, max_size=32), archived=st.integers(0, 40))
    def something_answers_that_makes_no_sense(self, durable: int, head: bytes, archived: int) -> None:
        incarnation = self.gate.disk.lives[-1].id
        self.gate.uplink.answered(Ack(1, STATION, incarnation, durable, head, archived), self.gate.now)
        self.asked = None

    @rule(durable=st.integers(0, 40), archived=st.integers(0, 40))
    def a_stick_says_something(self, durable: int, archived: int) -> None:
        life = self.gate.disk.lives[0]
        head = life.hashes[durable] if durable < len(life.hashes) else bytes(32)
        self.gate.uplink.heard([Ack(1, STATION, life.id, durable, head, archived)])

    @rule()
    def the_program_starts_again(self) -> None:
        self.gate = self._again()
        self.asked = None

    def _again(self) -> Gate:
        return Gate(most=3, center=self.gate.center, disk=self.gate.disk)

    @invariant()
    def what_counts_as_archived_is_never_more_than_what_counts_as_sent(self) -> None:
        for life in self.gate.disk.lives:
            assert life.archived <= life.acked <= len(life.records)

    def teardown(self) -> None:
        gate = self._again()
        gate.talk(most=500)
        assert gate.disk.present() <= gate.ledger
        assert gate.uplink.status().pending == 0


def test_any_day() -> None:

    run_state_machine_as_test(
        AnyDay, settings=settings(max_examples=60, stateful_step_count=25, deadline=None)
    )


def test_a_backlog_goes_in_long_batches_to_a_center_that_takes_them_and_in_short_ones_to_another() -> None:
    sizes = []
    for takes in ((bundle.LONG, bundle.TOGETHER), ()):
        gate = Gate(most=bundle.LONG_RECORDS)
        gate.center.takes = takes
        gate.record(*(f"entry {number} {'x' * 480}" for number in range(9_000)))
        batches = [bundle.unpack(push.payload, Batch) for push in gate.talk() if isinstance(push, Push)]
        sizes.append([len(batch.records) for batch in batches])
        assert len(gate.ledger) == 9_000

    assert sizes[0] == [500, 534, 2000, 4000, 1966]
    assert max(sizes[1]) * 480 < bundle.MOST_RAW_BYTES


OTHER = bytes(16)


def ack_at(gate: Gate, number: int, station: bytes = STATION, archived: int = 0) -> Ack:
    """What a center says that has the first entries up to this number."""
    return Ack(1, station, 1, number, gate.disk.hash_at(1, number) or b"", archived)


def greet(gate: Gate) -> None:
    gate.uplink.answered(gate.answer(gate.ask()), gate.now)


def test_an_ack_for_another_station_acknowledges_nothing_though_its_hash_is_ours(gate: Gate) -> None:
    """Archived, what it names would be pruned here."""
    gate.record("a")
    greet(gate)
    assert isinstance(gate.ask(), Push)
    gate.uplink.answered(ack_at(gate, 1, OTHER, archived=1), 0.0)
    assert gate.uplink.status().link is Link.OFFLINE
    assert (gate.disk.lives[0].acked, gate.disk.lives[0].archived) == (0, 0)

    gate.uplink.heard([ack_at(gate, 1, OTHER, archived=1)])
    assert (gate.disk.lives[0].acked, gate.disk.lives[0].archived) == (0, 0)


def test_a_greeting_that_tells_of_another_station_acknowledges_nothing(gate: Gate) -> None:
    gate.record("a")
    answer = gate.answer(gate.ask())
    assert isinstance(answer, HelloAnswer)
    theirs = msgspec.structs.replace(answer, acks=(ack_at(gate, 1, OTHER, archived=1),))
    gate.uplink.answered(theirs, 0.0)
    assert gate.uplink.status().pending == 1
    assert batches(gate.talk()) == [(1, 1)]


def test_a_greeting_is_no_answer_to_a_batch_nor_an_ack_to_a_greeting(gate: Gate) -> None:
    gate.record("a")
    hello = gate.answer(gate.ask())
    gate.uplink.answered(ack_at(gate, 1), 0.0)
    assert gate.uplink.status().link is Link.OFFLINE
    gate.now = 10.0
    greet(gate)
    gate.ask()
    gate.uplink.answered(hello, gate.now)
    assert gate.uplink.status().link is Link.OFFLINE
    gate.now = 20.0
    gate.talk()
    assert gate.ledger == {b"a"}


def test_the_hash_of_another_number_is_no_answer_when_hashes_are_compared() -> None:
    gate = forked(5, 2, 3)
    greet(gate)
    asked = gate.ask()
    assert isinstance(asked, AskChain)
    answer = gate.answer(asked)
    assert isinstance(answer, Ack)
    gate.uplink.answered(msgspec.structs.replace(answer, durable=asked.number - 1), 0.0)
    assert gate.uplink.status().link is Link.OFFLINE


def test_a_backlog_that_is_cut_off_is_written_down_as_far_as_it_came() -> None:
    """A stick that is taken then begins after it."""
    gate = Gate(most=10)
    gate.record(*(f"entry {number}" for number in range(25)))
    greet(gate)
    gate.uplink.answered(gate.answer(gate.ask()), 0.0)
    gate.ask()
    gate.uplink.failed(Failure.UNREACHABLE, 0.0)
    gate.uplink.next(0.0)
    assert gate.disk.lives[0].acked == 10


def test_batches_that_are_made_ahead_are_those_that_would_be_made_anyway() -> None:
    gate = Gate(most=10)
    gate.record(*(f"entry {number}" for number in range(25)))
    greet(gate)
    sent = []
    for _ in range(3):
        request = gate.ask()
        sent.append(request)
        gate.uplink.look_ahead()
        gate.uplink.answered(gate.answer(request), 0.0)
    assert batches(sent) == [(1, 10), (11, 10), (21, 5)]
    assert gate.uplink.status().pending == 0


def test_a_batch_that_was_made_ahead_is_not_sent_if_the_one_before_was_not_taken() -> None:
    gate = Gate(most=10)
    gate.record(*(f"entry {number}" for number in range(25)))
    greet(gate)
    gate.ask()
    gate.uplink.look_ahead()
    gate.uplink.answered(ack_at(gate, 4), 0.0)
    assert batches([gate.ask()]) == [(5, 10)]


def test_a_center_that_falls_back_in_the_midst_of_a_backlog_is_greeted_anew() -> None:
    """It was restored, and may lack what it had of other incarnations, too."""
    gate = Gate(most=10)
    gate.record(*(f"entry {number}" for number in range(25)))
    greet(gate)
    gate.uplink.answered(gate.answer(gate.ask()), 0.0)
    assert isinstance(gate.ask(), Push)
    gate.uplink.answered(ack_at(gate, 5), 0.0)
    assert isinstance(gate.ask(), Hello)


def test_a_record_that_was_not_taken_is_tried_again_at_once_when_somebody_presses_now() -> None:
    gate = Gate()
    gate.record("poison")
    refuse(gate, b"poison")
    assert gate.alarms == {Alarm.RECORD_REFUSED}
    gate.uplink.hurry()
    assert isinstance(gate.ask(), Push | Hello)


def hello_of(gate: Gate) -> Hello:
    request = gate.ask()
    assert isinstance(request, Hello)
    return request


def test_every_incarnation_is_offered_and_the_current_one_last() -> None:
    """The one in the middle, too: after a disk was moved twice."""
    gate = Gate()
    for machine in ("second pc", "third pc", "fourth pc"):
        gate.record(f"before the {machine}")
        gate.disk.start(machine)
    gate.record("now")
    lives = [chain.incarnation for chain in gate.disk.chains()]
    assert len(lives) == 4
    assert [chain.incarnation for chain in hello_of(gate).chains] == lives


def test_of_too_many_incarnations_those_that_are_still_to_be_sent_are_offered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("station.sync.uplink.MOST_CHAINS", 3)
    gate = Gate()
    gate.record("first")
    gate.talk()
    for machine in ("second pc", "third pc", "fourth pc"):
        gate.disk.start(machine)
        gate.record(f"on the {machine}")
    lives = [chain.incarnation for chain in gate.disk.chains()]
    gate.uplink.reconnect()
    assert [chain.incarnation for chain in hello_of(gate).chains] == lives[1:]


def test_what_the_center_archived_of_the_other_half_of_a_copied_disk_is_not_pruned_here() -> None:
    gate = forked(5, 2, 9)
    gate.center.back_up()
    gate.center.verify_backup()
    recorded = gate.disk.present()
    greet(gate)
    while isinstance(request := gate.uplink.next(gate.now), AskChain):
        gate.uplink.answered(gate.answer(request), gate.now)
    gate.disk.prune(1.0)
    ours = {f"ours {number}".encode() for number in range(2)}
    assert ours <= recorded
    assert ours <= gate.disk.present()


def test_before_the_first_greeting_nothing_is_said_to_be_revoked(gate: Gate) -> None:
    status = gate.uplink.status()
    assert (status.revoked, status.link, status.alarms) == (False, Link.STARTING, frozenset())


def test_an_old_stick_does_not_settle_what_the_network_is_just_comparing() -> None:
    """What it tells of is common, but not all that is: the center would get the rest of it a second time."""
    gate = forked(5, 2, 3)
    greet(gate)
    gate.uplink.heard([ack_at(gate, 2)])
    gate.talk()
    begun = gate.disk.lives[-1]
    assert (begun.parent_head, len(begun.records)) == (gate.disk.lives[0].hashes[5], 2)
    assert len(gate.ledger) == 5 + 2 + 3


def test_what_the_center_has_archived_no_more_is_not_pruned_in_the_midst_of_a_backlog() -> None:
    gate = Gate(most=10)
    gate.record(*(f"entry {number}" for number in range(35)))
    recorded = gate.disk.present()
    greet(gate)
    gate.ask()
    gate.uplink.answered(ack_at(gate, 10, archived=5), 0.0)
    assert gate.disk.lives[0].archived == 5
    gate.ask()
    gate.uplink.answered(ack_at(gate, 20), 0.0)
    gate.disk.prune(1.0)
    assert gate.disk.present() == recorded


def test_of_a_center_that_was_set_up_anew_while_hashes_were_compared_nothing_old_is_asked() -> None:
    """It has no other half any more: nothing is to be sealed again, and no admin to be alarmed."""
    gate = forked(5, 2, 3)
    greet(gate)
    assert isinstance(gate.ask(), AskChain)
    gate.uplink.failed(Failure.UNREACHABLE, 0.0)
    gate.center, gate.now = Center(Random(2)), 10.0
    gate.talk()
    assert gate.disk.present() == gate.ledger
    assert len(gate.disk.lives) == 1
    assert gate.alarms == set()


def test_a_batch_that_came_damaged_is_not_sent_again_in_the_same_moment(gate: Gate) -> None:
    gate.record("a")
    greet(gate)
    assert isinstance(gate.ask(), Push)
    gate.uplink.failed(Failure.DAMAGED, 0.0)
    assert gate.waits() == 1.0


def test_after_a_stick_that_tells_only_of_the_other_half_the_next_one_carries_all_that_is_here() -> None:
    gate = forked(5, 2, 9)
    gate.uplink.heard([ack_at(gate, 4)])
    theirs = gate.center.hello(hello_of(gate)).acks
    gate.uplink.heard(theirs)
    stick = [one.push for one in batches_for_stick(gate.disk, CENTER_PUBLIC, 100)]
    assert batches(list(stick)) == [(1, 7)]
    gate.uplink.heard(gate.center.stick(stick))
    assert gate.disk.lives[-1].parent_head == gate.disk.lives[0].hashes[5]


def test_the_other_half_of_a_copied_disk_is_found_in_the_midst_of_a_backlog() -> None:
    """The other PC was first with the same numbers: what it sent is not ours, and ours is not there."""
    gate = Gate(most=10)
    gate.record(*(f"entry {number}" for number in range(25)))
    greet(gate)
    assert isinstance(gate.ask(), Push)
    gate.uplink.answered(Ack(1, STATION, 1, 10, bytes(32), 0), 0.0)
    assert isinstance(gate.ask(), AskChain)
    assert gate.disk.lives[0].acked == 0


def test_a_center_that_was_set_up_anew_gets_the_incarnations_too_that_one_greeting_has_no_room_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("station.sync.uplink.MOST_CHAINS", 2)
    gate = Gate()
    for machine in ("second pc", "third pc", "fourth pc"):
        gate.record(f"before the {machine}")
        gate.disk.start(machine)
        gate.talk()
    gate.record("now")
    gate.talk()
    gate.center = Center(Random(2))
    gate.uplink.reconnect()
    gate.talk()
    assert gate.ledger == gate.disk.present()
    assert len(gate.ledger) == 4


def test_that_the_center_revoked_this_gate_or_is_in_alarm_is_said_until_it_says_otherwise(gate: Gate) -> None:
    answer = gate.answer(gate.ask())
    assert isinstance(answer, HelloAnswer)
    gate.uplink.answered(msgspec.structs.replace(answer, alarms=("clock",), revoked=True), 0.0)
    status = gate.uplink.status()
    assert status.revoked
    assert status.alarms == {"clock"}

    gate.uplink.reconnect()
    greet(gate)
    status = gate.uplink.status()
    assert (status.revoked, status.alarms) == (False, frozenset())


def test_a_center_that_has_much_to_do_slows_the_gate_down_with_each_batch(gate: Gate) -> None:
    gate.record("a")
    greet(gate)
    taken = gate.answer(gate.ask())
    assert isinstance(taken, Ack)
    gate.uplink.answered(msgspec.structs.replace(taken, backoff_ms=7_000), 0.0)
    gate.record("b")
    assert gate.waits() == 7.0


def test_after_a_batch_that_a_busy_center_took_at_last_the_gate_is_as_quick_as_ever(gate: Gate) -> None:
    gate.record("a")
    greet(gate)
    for _ in range(4):
        assert isinstance(gate.ask(), Push)
        gate.uplink.failed(Failure.BUSY, gate.now)
        gate.now += gate.waits()
    gate.talk()
    gate.record("b")
    gate.ask()
    gate.uplink.failed(Failure.BUSY, gate.now)
    assert gate.waits() == 1.0


def test_a_day_of_single_entries_is_no_reason_for_a_huge_first_batch_of_the_next_backlog() -> None:
    """How much this line carries at once nobody knows yet."""
    gate = Gate(most=4000)
    gate.center.takes = (bundle.LONG,)
    for number in range(6):
        gate.record(f"entry {number}")
        gate.talk()
    gate.record(*(f"backlog {number}" for number in range(900)))
    assert batches(gate.talk())[0] == (7, 500)


def test_a_gate_whose_batch_had_to_be_halved_rests_once_all_is_sent() -> None:
    """Else its PC would ask itself without a pause, until the next restart, what there is to do."""
    gate = Gate(most=8)
    gate.record("a", "b", "c")
    greet(gate)
    gate.ask()
    gate.uplink.failed(Failure.TOO_LARGE, 0.0)
    gate.now = 2.0
    assert batches(gate.talk()) == [(1, 1), (2, 2)]

    assert gate.waits() == HELLO_EVERY_S - gate.now


def test_a_record_that_is_not_taken_does_not_keep_the_gate_from_greeting(gate: Gate) -> None:
    gate.record("poison")
    refuse(gate, b"poison")

    assert gate.now > 0
    assert gate.waits() == HELLO_EVERY_S - gate.now


def test_a_backlog_makes_the_lane_write_once_and_not_for_each_batch() -> None:
    """Each is a commit of the lane's thread, in which people wait."""
    gate = Gate(most=10)
    gate.record(*(f"entry {number}" for number in range(35)))
    greet(gate)
    written = []
    for _ in range(4):
        gate.uplink.answered(gate.answer(gate.ask()), 0.0)
        written.append(gate.disk.lives[0].acked)

    assert written == [0, 0, 0, 35]
    gate.waits()
    assert gate.disk.lives[0].acked == 35


@pytest.mark.parametrize("taken", [0, 1], ids=["at once", "in the midst of a backlog"])
def test_what_a_stick_brought_back_does_not_wait_any_more_at_a_gate_whose_network_just_failed(
    taken: int,
) -> None:
    """Whoever takes the stick in, beside the loop, has a machine of their own; the journal is the same."""
    gate = Gate(most=1)
    gate.record("a", "b")
    greet(gate)
    for _ in range(taken):
        gate.uplink.answered(gate.answer(gate.ask()), gate.now)
    gate.ask()
    gate.uplink.failed(Failure.UNREACHABLE, gate.now)
    assert gate.waits() > 0
    beside = Gate(center=gate.center, disk=gate.disk)
    stick = [one.push for one in batches_for_stick(gate.disk, CENTER_PUBLIC)]
    beside.uplink.heard(gate.center.stick(stick))

    assert gate.uplink.status().pending == 0


def test_a_batch_that_a_weak_line_broke_off_is_sent_again_as_a_smaller_one() -> None:
    gate = Gate()
    gate.record(*(f"entry {number}" for number in range(600)))
    greet(gate)
    assert batches([gate.ask()]) == [(1, 500)]
    gate.uplink.failed(Failure.UNREACHABLE, gate.now)
    gate.now = 10.0

    assert batches(gate.talk())[0] == (1, 250)


def ahead(records: int = 25, most: int = 10) -> Gate:
    """A gate whose first batch is on its way; the one after it is made already."""
    gate = Gate(most=most)
    gate.disk.personal = True
    gate.record(*(f"entry {number}" for number in range(records)))
    greet(gate)
    gate.ask()
    gate.uplink.look_ahead()
    return gate


def test_whoever_was_erased_while_the_center_was_busy_is_not_sent_as_it_was_made_ready_before() -> None:
    gate = ahead()
    gate.uplink.failed(Failure.BUSY, gate.now)
    gate.disk.acknowledged(1, 10, 0)  # it had been taken, as a stick tells
    gate.disk.personal = False
    gate.now = 10.0

    push = gate.ask()
    assert isinstance(push, Push)
    assert batches([push]) == [(11, 10)]
    assert push.parts == bundle.Parts()


def test_after_a_slow_answer_the_next_batch_is_smaller_though_a_large_one_was_ready() -> None:
    gate = ahead(2000, 1000)
    gate.now = 6.0
    gate.uplink.answered(ack_at(gate, 500), gate.now)

    assert batches([gate.ask()]) == [(501, 250)]


def test_what_was_sealed_again_meanwhile_is_not_sent_under_its_former_number_too() -> None:
    gate = ahead()
    gate.uplink.answered(ack_at(gate, 10), 0.0)
    gate.disk.fork(1, 15)  # a stick told where the other half of a copied disk begins

    assert batches([gate.ask()]) == [(11, 5)]


def test_a_greeting_is_no_answer_when_hashes_are_compared() -> None:
    gate = forked(5, 2, 3)
    hello = gate.ask()
    greeting = gate.answer(hello)
    gate.uplink.answered(greeting, gate.now)
    assert isinstance(gate.ask(), AskChain)
    gate.uplink.answered(greeting, gate.now)

    assert gate.uplink.status().link is Link.OFFLINE


def test_entries_that_the_disk_lost_are_told_and_hold_up_no_other_incarnation(gate: Gate) -> None:
    gate.record("a", "b")
    gate.disk.start("another pc")
    gate.record("good")
    lost = gate.disk.lives[0]
    lost.end, lost.records = 2, []

    gate.talk()
    assert gate.ledger == {b"good"}
    assert gate.alarms == {Alarm.RECORD_REFUSED}
    assert gate.uplink.status().pending == 2


def test_what_the_restored_center_still_has_of_an_old_incarnation_is_not_sent_again(gate: Gate) -> None:
    """A second greeting offers what was archived and is offered again."""
    gate.record("a")
    gate.talk()
    gate.disk.start("another pc")
    gate.record("b")
    gate.talk()
    gate.center.back_up()
    gate.center.verify_backup()
    gate.uplink.reconnect()
    gate.talk()
    gate.center.restore(oldest=False)
    gate.uplink.reconnect()

    assert batches(gate.talk()) == []
    assert gate.uplink.status().pending == 0


def test_how_long_an_answer_took_does_not_depend_on_how_long_the_pc_has_been_on() -> None:
    gate = Gate()
    gate.now = 1e6
    gate.record(*(f"entry {number}" for number in range(3000)))
    greet(gate)
    request = gate.ask()
    gate.now += 0.5
    gate.uplink.answered(gate.answer(request), gate.now)

    assert batches([gate.ask()]) == [(501, 1000)]


@pytest.mark.parametrize("ack", [Ack(1, STATION, 99, 1, bytes(32), 0), Ack(1, STATION, 99, 0, bytes(32), 0)])
def test_an_incarnation_that_this_disk_never_had_is_of_no_concern(gate: Gate, ack: Ack) -> None:
    """Of the other half of a copied disk."""
    gate.record("a")
    answer = gate.answer(gate.ask())
    assert isinstance(answer, HelloAnswer)
    gate.uplink.answered(msgspec.structs.replace(answer, acks=(*answer.acks, ack)), 0.0)
    assert isinstance(gate.ask(), Push)
    gate.uplink.answered(ack, 0.0)
    assert gate.uplink.status().link is Link.OFFLINE
    gate.now = 10.0
    gate.talk()

    assert gate.ledger == {b"a"}
    assert gate.alarms == set()


def test_a_stick_settles_where_two_halves_part_while_the_network_is_asked_the_same() -> None:
    gate = forked(5, 2, 3)
    greet(gate)
    asked = gate.ask()
    assert isinstance(asked, AskChain)
    answer = gate.answer(asked)
    gate.uplink.heard([ack_at(gate, 5), Ack(1, STATION, 1, 8, bytes(32), 0)])
    gate.uplink.answered(answer, 0.0)
    gate.talk()

    assert len(gate.disk.lives) == 2
    assert len(gate.ledger) == 5 + 2 + 3


def archived(gate: Gate, *texts: str) -> None:
    """Recorded, sent, in a backup that was verified; and the gate knows it."""
    gate.record(*texts)
    gate.talk()
    gate.center.back_up()
    gate.center.verify_backup()
    gate.uplink.reconnect()
    gate.talk()


def test_a_gate_all_of_whose_entries_are_pruned_goes_on_with_a_center_that_lost_them(gate: Gate) -> None:
    gate.center.back_up()
    gate.center.verify_backup()
    archived(gate, "a", "b")
    gate.disk.prune(1.0)
    gate.center.restore(oldest=True)
    gate.uplink.reconnect()
    gate.talk()
    gate.record("the next morning")
    gate.talk()

    assert gate.ledger == {b"the next morning"}
    assert gate.uplink.status().pending == 0


def test_what_is_left_of_an_old_pc_s_entries_reaches_a_center_that_lost_those_before(gate: Gate) -> None:
    gate.center.back_up()
    gate.center.verify_backup()
    archived(gate, "a", "b")
    gate.disk.prune(1.0)
    gate.record("c")
    gate.disk.start("another pc")
    gate.center.restore(oldest=True)
    gate.uplink.reconnect()
    gate.talk()
    gate.record("d")
    gate.talk()

    assert gate.ledger == {b"c", b"d"}
    assert gate.alarms == {Alarm.ARCHIVE_LOST}


def test_the_answer_to_an_old_stick_is_no_sign_that_the_center_lost_its_archive(gate: Gate) -> None:
    """What it tells is long pruned here."""
    archived(gate, "a", "b")
    gate.disk.prune(1.0)
    gate.record("c")
    old = [Ack(1, STATION, 1, 1, bytes(32), 0), Ack(1, STATION, 99, 1, bytes(32), 0)]
    gate.uplink.heard(old, former=True)

    assert gate.alarms == set()
    assert len(gate.disk.lives) == 1
    assert gate.uplink.status().pending == 1


def test_a_stick_answers_for_each_incarnation_by_itself(gate: Gate) -> None:
    gate.record("a", "b", "c")
    gate.disk.start("another pc")
    gate.record("d")
    stick = [one.push for one in batches_for_stick(gate.disk, CENTER_PUBLIC)]
    gate.uplink.heard(gate.center.stick(stick))

    assert [life.acked for life in gate.disk.lives] == [3, 1]
    assert gate.uplink.status().pending == 0
    assert gate.alarms == set()


def test_the_center_has_more_than_a_disk_that_was_put_back_from_a_copy() -> None:
    """By stick alone: nothing is lost, and what is recorded from now on goes on in another incarnation."""
    gate = Gate()
    gate.record("a", "b")
    copy = gate.disk.copy()
    gate.record("c")
    gate.talk()
    back = Gate(center=gate.center, disk=copy)
    back.record("d")
    for _ in range(3):
        stick = [one.push for one in batches_for_stick(back.disk, CENTER_PUBLIC)]
        back.uplink.heard(back.center.stick(stick))

    assert back.ledger == {b"a", b"b", b"c", b"d"}
