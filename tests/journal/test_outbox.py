"""What the journal offers the center, and that a fork loses nothing and offers nothing twice."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from station.journal import upstream
from station.journal.check import check
from station.journal.connection import open_reader
from station.journal.entries import Journal
from station.journal.outbox import OutboxReader, OutboxWriter
from station.journal.reader import Reader
from station.sync.bundle import Batch, chain, genesis, verify_chain
from station.sync.outbox import OutboxChain
from tests.journal.samples import NOON, open_journal, passage
from tests.journal.test_check import tamper

EPOCH, ANOTHER_EPOCH = b"e" * 16, b"f" * 16


class Gate:
    """A lane that records, with its outbox as both threads see it."""

    def __init__(self, folder: Path, journal: Journal) -> None:
        self.folder, self.journal = folder, journal
        self.reader = OutboxReader.open(folder, journal.vault)
        self.writer = OutboxWriter(journal, lambda: NOON)

    def record(self, count: int = 1, personal: bytes | None = None) -> list[bytes]:
        return [self.journal.append(passage(), personal).entry.id for _ in range(count)]

    @property
    def current(self) -> OutboxChain:
        return self.reader.chains()[-1]

    def numbers(self) -> list[tuple[int, ...]]:
        return [(one.length, one.acked, one.archived) for one in self.reader.chains()]

    def offered(self) -> list[bytes]:
        """The records that the center would get, of all chains."""
        return [
            one.record
            for offered in self.reader.chains()
            for one in self.reader.records(offered.incarnation, 1, 1000)
        ]

    def written(self) -> list[bytes]:
        return [record for (record,) in self.journal.connection.execute("SELECT record FROM entry")]


@pytest.fixture
def gate(folder: Path) -> Iterator[Gate]:
    with open_journal(folder) as journal:
        gate = Gate(folder, journal)
        yield gate
        gate.reader.close()


def assert_nothing_is_lost_or_twice(gate: Gate) -> None:
    assert sorted(gate.offered()) == sorted(gate.written())
    for offered in gate.reader.chains():
        assert_batches_verify(gate, offered)
    report = check(gate.folder)
    assert report.ok, report.damages


def assert_batches_verify(gate: Gate, offered: OutboxChain) -> None:
    """As the center verifies them: from the first hash of the incarnation to its head."""
    first = genesis(gate.reader.station, offered.incarnation, offered.parent_head)
    records = tuple(one.record for one in gate.reader.records(offered.incarnation, 1, 10_000))
    assert len(records) == offered.length
    assert gate.reader.hash_at(offered.incarnation, 0) == first
    for number, expected in enumerate(chain(first, records), start=1):
        assert gate.reader.hash_at(offered.incarnation, number) == expected
    assert gate.reader.hash_at(offered.incarnation, offered.length) == offered.head
    assert gate.reader.hash_at(offered.incarnation, offered.length + 1) is None
    if records:
        parts = (offered.incarnation, offered.parent_head, 1, first, offered.head, records)
        verify_chain(Batch(1, gate.reader.station, *parts))


def test_a_fresh_journal_offers_its_one_empty_chain(gate: Gate) -> None:
    only = gate.current

    assert (only.length, only.acked, only.archived, only.current, only.pruned) == (0, 0, 0, True, 0)
    assert only.head == genesis(gate.reader.station, only.incarnation, b"")
    assert gate.reader.records(only.incarnation, 1, 10) == []


def test_records_come_in_order_and_no_more_than_asked_for(gate: Gate) -> None:
    gate.record(5)
    inc = gate.current.incarnation

    assert [one.record for one in gate.reader.records(inc, 2, 3)] == gate.written()[1:4]
    assert gate.reader.records(inc, 6, 10) == []
    assert gate.reader.records(12345, 1, 10) == []
    assert gate.reader.hash_at(12345, 0) is None
    assert_nothing_is_lost_or_twice(gate)


def test_what_is_not_committed_is_not_offered(gate: Gate) -> None:
    gate.record()
    gate.journal.connection.execute("BEGIN IMMEDIATE")
    gate.journal.connection.execute("INSERT INTO sync_note (name, value) VALUES ('x', x'00')")

    assert gate.current.length == 1
    gate.journal.connection.execute("ROLLBACK")


def test_what_was_asked_is_kept_until_something_is_committed_and_no_longer(gate: Gate) -> None:
    gate.record(3)
    first, asked = gate.current, list[str]()
    gate.reader._connection.set_trace_callback(asked.append)
    for number in (3, 3, 4, 4):
        assert gate.current == first
        assert (gate.reader.hash_at(first.incarnation, number) == first.head) is (number == 3)
    asked_once = [text for text in asked if "data_version" not in text]

    gate.record()
    assert gate.current.length == 4
    assert gate.reader.hash_at(first.incarnation, 4) == gate.current.head != first.head
    assert len(asked_once) < 15


def test_the_personal_part_goes_along_in_clear_and_under_the_shared_key_if_there_is_one(gate: Gate) -> None:
    gate.record(personal=b"the station's own key")
    gate.journal.code_pairs["other"] = "ab" * 32
    gate.record(personal=b"other")
    gate.record()
    inc = gate.current.incarnation

    personal = [one.personal for one in gate.reader.records(inc, 1, 10)]
    assert personal == [b"the station's own key", b"ab" * 32, None]


def test_a_personal_part_that_does_not_open_holds_nothing_up(gate: Gate) -> None:
    gate.record(personal=b"key")
    tamper(gate.folder, "UPDATE entry SET part_sealed = x'00'")

    assert gate.reader.records(gate.current.incarnation, 1, 10)[0].personal is None


def test_the_center_may_be_further_and_further_back(gate: Gate) -> None:
    gate.record(4)
    inc = gate.current.incarnation
    for durable, archived in ((4, 2), (1, 1), (1, 0)):
        gate.writer.acknowledged(inc, durable, archived)
        assert gate.numbers() == [(4, durable, archived)]
        assert upstream.prunable(gate.journal.connection, inc) == archived


def test_the_same_ack_again_writes_nothing(gate: Gate) -> None:
    gate.record(2)
    gate.writer.acknowledged(gate.current.incarnation, 2, 0)
    before = gate.journal.connection.total_changes
    gate.writer.acknowledged(gate.current.incarnation, 2, 0)

    assert gate.journal.connection.total_changes == before


def test_another_epoch_of_the_center_makes_everything_be_offered_again(gate: Gate) -> None:
    gate.record(2)
    assert not gate.writer.begin_epoch(EPOCH)
    gate.writer.acknowledged(gate.current.incarnation, 2, 2)
    gate.writer.fork(gate.current.incarnation, 2)
    assert gate.numbers() == [(0, 0, 0)]  # the old one is wholly archived

    assert not gate.writer.begin_epoch(EPOCH)
    assert gate.writer.begin_epoch(ANOTHER_EPOCH)
    assert gate.numbers() == [(2, 0, 0), (0, 0, 0)]
    assert not gate.writer.begin_epoch(ANOTHER_EPOCH)


def test_a_fork_reseals_what_follows_in_a_new_incarnation(gate: Gate) -> None:
    gate.record(5)
    old = gate.current
    common = gate.reader.hash_at(old.incarnation, 3)
    gate.writer.fork(old.incarnation, 3)

    first, second = gate.reader.chains()
    assert (first.incarnation, first.length, first.current) == (old.incarnation, 3, False)
    assert (second.length, second.parent_head, second.current) == (2, common, True)
    records = gate.reader.records(second.incarnation, 1, 10)
    assert [one.record for one in records] == gate.written()[3:]
    assert all(one.resealed for one in records)
    assert_nothing_is_lost_or_twice(gate)


def test_recording_goes_on_behind_what_was_resealed(gate: Gate) -> None:
    gate.record(3)
    gate.writer.fork(gate.current.incarnation, 1)
    stored = gate.journal.append(passage())

    assert stored.number == 3
    assert gate.current.length == 3
    with Reader.open(gate.folder) as reader:
        assert reader.head().number == 3
    assert_nothing_is_lost_or_twice(gate)


def test_saying_it_twice_changes_nothing(gate: Gate) -> None:
    gate.record(3)
    old = gate.current.incarnation
    gate.writer.fork(old, 1)
    before = [*gate.reader.chains()]
    gate.writer.fork(old, 1)
    gate.writer.fork(old, 2)

    assert gate.reader.chains() == before
    assert_nothing_is_lost_or_twice(gate)


def test_the_tail_of_an_old_incarnation_goes_behind_the_current_one(gate: Gate) -> None:
    """The center was restored from an older backup, and a clone of the disk was there first."""
    gate.record(4)
    first = gate.current.incarnation
    gate.writer.fork(first, 3)
    gate.record(1)
    gate.writer.fork(first, 1)

    assert [one.length for one in gate.reader.chains()] == [1, 4]
    assert gate.journal.append(passage()).number == 5
    assert_nothing_is_lost_or_twice(gate)


def test_what_was_resealed_is_resealed_again(gate: Gate) -> None:
    gate.record(4)
    gate.writer.fork(gate.current.incarnation, 2)
    gate.record(1)
    gate.writer.fork(gate.current.incarnation, 1)
    gate.writer.fork(gate.reader.chains()[0].incarnation, 0)

    assert [one.length for one in gate.reader.chains()] == [1, 4]
    assert_nothing_is_lost_or_twice(gate)


def test_a_center_that_is_ahead_makes_a_new_incarnation_without_a_tail(gate: Gate) -> None:
    """This disk was restored from a backup: the center has numbers that are not here."""
    gate.record(2)
    old = gate.current
    gate.writer.fork(old.incarnation, 7)

    assert gate.current.parent_head == old.head
    assert [one.length for one in gate.reader.chains()] == [2, 0]
    assert gate.journal.append(passage()).number == 1
    assert_nothing_is_lost_or_twice(gate)


def test_a_fork_from_the_very_beginning(gate: Gate) -> None:
    gate.record(2)
    old = gate.current
    gate.writer.fork(old.incarnation, 0)

    assert gate.current.parent_head == genesis(gate.reader.station, old.incarnation, b"")
    assert_nothing_is_lost_or_twice(gate)


def test_an_unknown_incarnation_is_a_mistake_and_changes_nothing(gate: Gate) -> None:
    gate.record(1)
    with pytest.raises(KeyError):
        gate.writer.fork(999, 0)
    with pytest.raises(sqlite3.IntegrityError):
        gate.writer.acknowledged(999, 1, 1)

    assert_nothing_is_lost_or_twice(gate)


def test_what_was_abandoned_stays_so_whatever_is_acknowledged(gate: Gate) -> None:
    gate.record(3)
    old = gate.current.incarnation
    gate.writer.acknowledged(old, 3, 3)
    gate.writer.fork(old, 1)
    assert upstream.acked_and_archived(gate.journal.connection, old) == (1, 1)
    with pytest.raises(sqlite3.IntegrityError, match="stays abandoned"):
        gate.journal.connection.execute("UPDATE upstream SET abandoned_after = NULL")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE resealed SET hash = zeroblob(32)",
        "DELETE FROM resealed",
        "INSERT OR REPLACE INTO resealed SELECT incarnation, number, 1, hash, signature FROM resealed",
        "INSERT INTO resealed SELECT incarnation, number + 9, position, hash, signature FROM resealed",
        "DELETE FROM upstream",
    ],
)
def test_what_was_resealed_is_append_only(gate: Gate, statement: str) -> None:
    gate.record(2)
    gate.writer.fork(gate.current.incarnation, 1)
    with pytest.raises(sqlite3.IntegrityError, match=r"append-only|stays abandoned"):
        gate.journal.connection.execute(statement)


@pytest.mark.parametrize(
    ("tampered", "what"),
    [
        ("DELETE FROM resealed WHERE number = 2", "was given up after a fork"),
        ("UPDATE resealed SET number = 9 WHERE number = 2", "follows number 1"),
        ("UPDATE resealed SET hash = zeroblob(32) WHERE number = 2", "does not continue the chain of hashes"),
        ("UPDATE resealed SET signature = zeroblob(64) WHERE number = 2", "was not signed by this station"),
        (
            "UPDATE incarnation SET parent_head = zeroblob(32) WHERE parent NOT NULL",
            "its parent does not have",
        ),
        ("UPDATE upstream SET abandoned_after = 0", "was given up after a fork"),
    ],
)
def test_the_check_sees_what_is_wrong_with_a_fork(gate: Gate, tampered: str, what: str) -> None:
    gate.record(4)
    gate.writer.fork(gate.current.incarnation, 1)
    assert (check(gate.folder).resealed, check(gate.folder).incarnations) == (3, 2)
    tamper(gate.folder, tampered)

    assert any(what in damage.what for damage in check(gate.folder).damages), check(gate.folder).damages


# --- moved and copied disks -----------------------------------------------------------------------


def test_a_copied_disk_begins_a_new_incarnation_before_its_first_entry(folder: Path, tmp_path: Path) -> None:
    with open_journal(folder) as journal:
        old = Gate(folder, journal)
        old.record(2)
        copy = tmp_path / "copy"
        shutil.copytree(folder, copy)
        old.record(1)  # the first PC goes on with number 3
        with open_journal(copy, machine="another PC") as there:
            new = Gate(copy, there)
            assert there.append(passage()).number == 1
            assert new.current.parent_head == new.reader.chains()[0].head
            assert upstream.fingerprint(there.connection) == "another PC"
            assert [one.why for one in upstream.status(there.connection).incarnations] == ["moved"]
            assert_nothing_is_lost_or_twice(new)
            new.reader.close()
        assert old.current.length == 3
        old.reader.close()


def test_on_the_same_machine_nothing_begins_anew(folder: Path) -> None:
    for number in (1, 2, 3):
        with open_journal(folder) as journal:
            assert journal.append(passage()).number == number


def test_a_machine_that_cannot_be_told_changes_nothing(folder: Path) -> None:
    with open_journal(folder) as journal:
        journal.append(passage())
    with open_journal(folder, machine="") as journal:
        assert journal.append(passage()).number == 2
    with open_journal(folder) as journal:
        assert journal.append(passage()).number == 3


# --- how it stands --------------------------------------------------------------------------------


def test_the_status_tells_what_waits_and_since_when(gate: Gate) -> None:
    gate.record(2)
    gate.journal.append(passage(at=NOON + timedelta(minutes=5)))
    gate.writer.acknowledged(gate.current.incarnation, 2, 0)
    gate.writer.fork(gate.current.incarnation, 1)
    upstream.heard(gate.journal, NOON)

    status = upstream.read_status(gate.folder)
    assert (status.pending, status.oldest_pending, status.contact) == (2, NOON, NOON)
    assert [one.why for one in status.incarnations] == ["fork"]


def test_contact_is_written_once_a_minute(gate: Gate) -> None:
    upstream.heard(gate.journal, NOON)
    upstream.heard(gate.journal, NOON + timedelta(seconds=59))
    assert upstream.read_status(gate.folder).contact == NOON
    upstream.heard(gate.journal, NOON + timedelta(seconds=60))
    assert upstream.read_status(gate.folder).contact == NOON + timedelta(seconds=60)
    upstream.heard(gate.journal, NOON)  # the clock was set back
    assert upstream.read_status(gate.folder).contact == NOON


def test_a_day_is_told_in_runs_without_a_gap(gate: Gate) -> None:
    tomorrow = NOON + timedelta(days=1)
    for at in (NOON, NOON, tomorrow, NOON):
        gate.journal.append(passage(at=at))
    gate.writer.fork(gate.current.incarnation, 1)
    first, second = gate.reader.chains()

    runs = upstream.day_runs(gate.journal.connection, NOON, tomorrow)
    told = sorted((run.incarnation == second.incarnation, run.first, run.last, run.count) for run in runs)
    assert told == [(False, 1, 1, 1), (True, 1, 1, 1), (True, 3, 3, 1)]
    for run in runs:
        assert run.first_hash == gate.reader.hash_at(run.incarnation, run.first)
        assert run.last_hash == gate.reader.hash_at(run.incarnation, run.last)
    assert first.length == 1


def test_reconciliations_are_kept_by_day(gate: Gate) -> None:
    for ours, agreed in ((b"1", False), (b"2", True)):
        upstream.keep_reconciliation(gate.journal, "2022-04-01", ours, b"c", agreed=agreed, now=NOON)
    upstream.keep_reconciliation(gate.journal, "2022-04-02", b"3", b"c", agreed=False, now=NOON)

    with closing(open_reader(gate.folder)) as connection:
        kept = upstream.reconciliations(connection)
    assert [(one.day, one.ours, one.agreed) for one in kept] == [
        ("2022-04-02", b"3", False),
        ("2022-04-01", b"2", True),
    ]
    assert upstream.status(gate.journal.connection).disagreed == ("2022-04-02",)
