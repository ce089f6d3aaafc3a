"""What a gate pushed is in the ledger, once, verbatim, and in typed rows."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from center.ledger import Chain, Clock, SealedParts
from center.store import SqlStore, UnavailableError, open_store
from station.sync import bundle
from tests.center.store.gate import NOON_MS, STATION, Gate, records, segment, take

Rows = list[tuple[Any, ...]]
_PARTS = "SELECT body FROM parts ORDER BY first"


def ask(store: SqlStore, sql: str, *values: Any) -> Rows:
    with store.database.read() as connection:
        return connection.rows(sql, *values)


def test_a_morning_of_pushes_is_stored_in_order(store: SqlStore) -> None:
    gate = Gate()
    for first in range(1, 2001, 500):
        assert gate.push(store, records(first, 500)) == []

    assert gate.place(store) == Chain(b"", 2000, gate.head, 0)
    assert ask(store, "SELECT count(*), min(number), max(number) FROM entry") == [(2000, 1, 2000)]
    assert ask(store, "SELECT first, last FROM segment ORDER BY first") == [
        (1, 500),
        (501, 1000),
        (1001, 1500),
        (1501, 2000),
    ]


def test_a_segment_is_kept_verbatim_with_what_it_came_with(store: SqlStore) -> None:
    gate = Gate()
    batch = gate.batch(records(1, 10))
    with store.transaction() as ledger:
        take(ledger, batch, Clock(-90_000, 40), NOON_MS + 5)

    assert ask(
        store, "SELECT payload, signature, received_ms, offset_ms, uncertainty_ms, flagged FROM segment"
    ) == [(bundle.pack(batch), b"s" * 64, NOON_MS + 5, -90_000, 40, "")]
    assert ask(store, "SELECT at_ms, corrected_ms, uncertainty_ms FROM entry WHERE number = 3") == [
        (NOON_MS + 3000, NOON_MS + 3000 - 90_000, 40)
    ]


def test_the_values_of_an_entry_are_the_same_in_both_databases(store: SqlStore) -> None:
    Gate().push(store, records(1, 1))

    assert ask(
        store,
        "SELECT station, day, incarnation, gate, lane, direction, severity, closing, reasons, code_kind,"
        " code_trust, code_status, value_c, site, person_id, operator, policy, amends, emulated FROM entry",
    ) == [
        (
            STATION,
            NOON_MS // 86_400_000,
            7,
            "南门",
            "1",
            "in",
            0,
            "paired",
            "temperature_normal",
            "regional",
            "recognised",
            "valid",
            36.4,
            "forehead",
            "p1",
            None,
            "open-1",
            None,
            0,
        )
    ]


def test_every_hash_can_be_told(store: SqlStore) -> None:
    gate = Gate()
    some = records(1, 30)
    for first in (0, 10, 20):
        gate.push(store, some[first : first + 10])
    hashes = [gate.genesis, *bundle.chain(gate.genesis, some)]

    with store.transaction() as ledger:
        assert [ledger.hash_at(STATION, 7, number) for number in range(31)] == hashes
        assert ledger.hash_at(STATION, 7, 31) is None
        assert ledger.hash_at(STATION, 8, 0) is None
        assert ledger.hash_at(STATION, 8, 1) is None


def test_what_does_not_continue_is_never_stored_even_if_asked_for(store: SqlStore) -> None:
    gate = Gate()
    gate.push(store, records(1, 10))
    missed, late = gate.batch(records(11, 10)), gate.batch(records(21, 10))

    with pytest.raises(UnavailableError), store.transaction() as ledger:
        take(ledger, late)
    with store.transaction() as ledger:
        take(ledger, missed)
    with pytest.raises(UnavailableError), store.transaction() as ledger:
        take(ledger, missed)

    place = gate.place(store)
    assert place is not None
    assert place.durable == 20
    assert ask(store, "SELECT count(*) FROM entry") == [(20,)]


def test_a_push_that_fails_on_the_way_leaves_nothing(store: SqlStore) -> None:
    gate = Gate()

    def push() -> None:
        with store.transaction() as ledger:
            take(ledger, gate.batch(records(1, 10)))
            raise RuntimeError("the server was stopped here")

    with pytest.raises(RuntimeError):
        push()

    assert gate.place(store) is None
    assert ask(store, "SELECT count(*) FROM entry") == ask(store, "SELECT count(*) FROM segment") == [(0,)]


def test_opening_a_chain_twice_finds_the_one_that_is_there(store: SqlStore) -> None:
    gate = Gate()
    gate.push(store, records(1, 10))
    with store.transaction() as ledger:
        assert ledger.open_chain(STATION, 7, b"", gate.genesis) == Chain(b"", 10, gate.head, 0)


def test_two_machines_that_push_the_same_chain_at_once_are_put_in_order(where: str) -> None:
    store, other = open_store(where), open_store(where)
    batch = Gate().batch(records(1, 100))
    both = Barrier(2)

    def push(target: SqlStore) -> str:
        both.wait()
        try:
            with target.transaction() as ledger:
                if ledger.lock_chain(STATION, 7) is None:
                    ledger.open_chain(STATION, 7, b"", batch.previous)
                    ledger.append(segment(batch), batch.records, Clock(0, 0))
                return "taken"
        except UnavailableError:
            return "come again"

    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(push, (store, other)))

    assert "taken" in answers
    assert ask(store, "SELECT count(*) FROM entry") == [(100,)]
    store.close()
    other.close()


def fill_disk(store: SqlStore, pages_left: int | None) -> None:
    """The next pages cannot be had, as on a full disk; None: there is room again."""
    with store.database.write() as connection:
        ((pages,),) = connection.rows("PRAGMA page_count")
        most = 2**30 if pages_left is None else pages + pages_left
        connection.rows(f"PRAGMA max_page_count = {most}")


@pytest.mark.parametrize("pages_left", [0, 2, 20, 60])
def test_a_full_disk_acknowledges_nothing_that_is_not_there(tmp_path: Path, pages_left: int) -> None:
    store = open_store(tmp_path / "center.db")
    gate = Gate()
    gate.push(store, records(1, 10))
    fill_disk(store, pages_left)
    batch = gate.batch(records(11, 1000))
    acknowledged = True
    try:
        with store.transaction() as ledger:
            take(ledger, batch)
    except UnavailableError:
        acknowledged = False
    fill_disk(store, None)

    place = gate.place(store)
    assert place is not None
    assert place.durable == (1010 if acknowledged else 10)
    if not acknowledged:
        with store.transaction() as ledger:
            take(ledger, batch)
    store.project_pending()
    assert ask(store, "SELECT count(*), max(number) FROM entry") == [(1010, 1010)]
    store.close()


def test_a_transaction_that_the_database_gave_up_is_no_success(store: SqlStore) -> None:
    def give_up() -> None:
        with store.database.write() as connection, connection.savepoint():
            connection.run("ROLLBACK")
            raise ValueError("whatever")

    with pytest.raises(UnavailableError):
        give_up()
    assert store.healthy()


def test_many_gates_push_at_once(store: SqlStore) -> None:
    def day(place: int) -> int:
        gate = Gate(station=b"gate %011d" % place)
        for first in range(1, 401, 100):
            gate.push(store, records(place * 1000 + first, 100))
        return gate.number

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(day, range(8))) == 3200
    assert ask(store, "SELECT count(*) FROM entry") == [(3200,)]
    assert ask(store, "SELECT count(*) FROM chain WHERE projected = durable") == [(8,)]


def test_a_fork_is_noted_once_per_place(store: SqlStore) -> None:
    with store.transaction() as ledger:
        ledger.note_fork(STATION, 7, 12, NOON_MS)
        ledger.note_fork(STATION, 7, 12, NOON_MS + 1)
        ledger.note_fork(STATION, 7, 40, NOON_MS + 2)

    assert [(fork.number, fork.seen_ms) for fork in store.forks()] == [(12, NOON_MS), (40, NOON_MS + 2)]


def test_personal_parts_lie_beside_and_known_ones_stay(store: SqlStore) -> None:
    gate = Gate()
    gate.push(store, records(1, 4))
    with store.transaction() as ledger:
        ledger.keep_parts(STATION, 7, SealedParts(1, b"one"))
        ledger.keep_parts(STATION, 7, SealedParts(1, b"other"))
        ledger.keep_parts(STATION, 7, SealedParts(3, b"two"))

    assert ask(store, _PARTS) == [(b"one",), (b"two",)]


def test_archived_goes_up_only_and_never_above_what_is_here(store: SqlStore) -> None:
    gate = Gate()
    gate.push(store, records(1, 10))

    def after(number: int) -> int:
        store.mark_archived({(STATION, 7): number})
        place = gate.place(store)
        assert place is not None
        return place.archived

    assert [after(number) for number in (4, 2, 11, 10)] == [4, 4, 4, 10]


def test_all_is_there_after_opening_again(where: str) -> None:
    gate = Gate()
    first = open_store(where)
    gate.push(first, records(1, 10))
    epoch = first.epoch
    first.close()

    second = open_store(where)
    place = gate.place(second)
    assert place is not None
    assert (place.durable, second.epoch, second.healthy()) == (10, epoch, True)
    second.close()
