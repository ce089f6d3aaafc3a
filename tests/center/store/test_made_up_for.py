"""Typed rows that wait are made by thousands, by one at a time for each gate, and hold up no batch."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from center.store import SqlStore, entries, open_store
from center.store.database import Connection
from center.store.typed import Part
from station.sync.bundle import BundleError
from tests.center.store.gate import NOON_MS, STATION, Gate, altered, entry, records
from tests.center.store.test_chains import ask
from tests.center.store.test_projection import POISON, everything

DAY_MS = 86_400_000


@pytest.fixture
def later(where: str) -> Iterator[SqlStore]:
    opened = open_store(where, projecting="later")
    yield opened
    opened.close()


@pytest.fixture
def on_postgresql(postgresql_url: str) -> Iterator[SqlStore]:
    """SQLite has one that writes, and all others wait."""
    opened = open_store(postgresql_url, projecting="later")
    yield opened
    opened.close()


def made(store: SqlStore, most: int = 50) -> list[int]:
    """Numbers of the segments' first records, of one transaction."""
    return [part.first for part in entries._project_next(store.database, STATION, 7, most)]


def test_a_transaction_makes_up_for_as_many_segments_as_are_good_for_it(
    later: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entries, "_MOST_AT_ONCE", 25)
    gate = Gate()
    for first in (1, 11, 21, 31):
        gate.push(later, records(first, 10))
    gate.push(later, records(41, 40))
    gate.push(later, records(81, 10))

    assert [made(later) for _ in range(4)] == [[1, 11], [21, 31], [41], [81]]
    assert made(later) == []
    assert ask(later, "SELECT count(*), max(number) FROM entry") == [(90, 90)]


def test_no_more_segments_than_were_asked_for(later: SqlStore) -> None:
    gate, other = Gate(), Gate(b"another station!")
    for first in (1, 11, 21):
        gate.push(later, records(first, 10))
        other.push(later, records(first, 10))

    assert [later.project_pending(4) for _ in range(3)] == [40, 20, 0]


def test_what_one_segment_cannot_holds_up_no_other(
    later: SqlStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    gate = Gate()
    gate.push(later, records(1, 3))
    gate.push(later, [*records(11, 2), altered(13, severity=2**63), *records(14, 1), POISON["nothing"]])
    gate.push(later, [*records(21, 3), POISON["schema of the future"]])
    with monkeypatch.context() as careless:
        careless.setattr("center.projection._check", lambda *_: None)  # a check that was forgotten
        assert later.project_pending() == 12

    assert ask(later, "SELECT durable, projected FROM chain") == [(12, 12)]
    assert ask(later, "SELECT number FROM entry ORDER BY number") == [
        (n,) for n in (1, 2, 3, 4, 5, 7, 9, 10, 11)
    ]
    assert [one.number for one in later.quarantined()] == [6, 8, 12]
    assert len([line for line in caplog.records if "record by record" in line.message]) == 1


def test_a_segment_that_is_rotten_holds_up_no_other_gate(later: SqlStore) -> None:
    other = Gate(b"z other station!")
    Gate().push(later, records(1, 3))
    other.push(later, records(1, 5))
    with later.database.write() as disk:
        disk.run("UPDATE segment SET payload = ? WHERE station = ?", b"rotten", STATION)

    assert later.project_pending() == 5
    with pytest.raises(BundleError):
        later.project_pending()

    other.push(later, records(6, 2))
    assert later.project_pending() == 2
    assert later.pending_rows() == 3


def test_what_the_database_does_not_take_stays_apart_when_the_center_begins_again(
    later: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    Gate().push(later, [POISON["nothing"], altered(2, severity=2**63), *records(3, 1)])
    with monkeypatch.context() as careless:
        careless.setattr("center.projection._check", lambda *_: None)  # a check that was forgotten
        assert later.project_pending() == 3
        with later.database.write() as repair:
            repair.run("UPDATE quarantine SET record = ? WHERE number = 1", records(1, 1)[0])

        assert later.interpret_again() == 1
        assert not later.interpret_one(STATION, 7, 2)

    assert [one.number for one in later.quarantined()] == [2]
    assert ask(later, "SELECT number FROM entry ORDER BY number") == [(1,), (3,)]


def test_a_correction_whose_row_is_made_before_its_passage_counts(later: SqlStore) -> None:
    """A gate's PC was set up anew, and what came before is a longer backlog, or on a stick."""
    after = Gate(incarnation=9)
    after.push(later, [altered(50, amends=entry(1).id, severity=0), altered(51, amends=entry(2).id)])
    assert later.project_pending() == 2
    some = [*(altered(n, severity=2) for n in range(4)), altered(9, amends=entry(2).id, severity=1)]
    Gate().push(later, some, at_ms=NOON_MS + 1)
    assert later.project_pending() == 5

    assert ask(later, "SELECT passed, rechecked, stopped FROM passed_hour") == [(1, 1, 2)]
    later.reproject()
    assert ask(later, "SELECT passed, rechecked, stopped FROM passed_hour") == [(1, 1, 2)]


def test_two_chains_of_a_gate_are_not_made_at_the_same_time(
    on_postgresql: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither would see what the other corrects, or is corrected by."""
    store, project = on_postgresql, entries._project
    Gate().push(store, [altered(1, severity=2)])
    Gate(incarnation=9).push(store, [altered(2, amends=entry(1).id)], at_ms=NOON_MS + 1)

    def meanwhile(connection: Connection, parts: list[Part]) -> None:
        project(connection, parts)
        if parts[0].arrival.incarnation == 7:
            assert store.project_pending() == 0

    with monkeypatch.context() as busy:
        busy.setattr(entries, "_project", meanwhile)
        assert store.project_pending() == 2

    assert ask(store, "SELECT passed, stopped FROM passed_hour") == [(1, 0)]


def test_a_gate_that_somebody_else_is_at_is_left_to_them(on_postgresql: SqlStore) -> None:
    store, other = on_postgresql, Gate(b"another station!")
    Gate().push(store, records(1, 10))
    other.push(store, records(1, 5))
    with store.database.write() as somebody:
        assert somebody.try_lock(b"projecting" + STATION)
        assert store.project_pending() == 5
        assert store.project_pending() == 0

    assert store.project_pending() == 10


def test_a_gate_does_not_wait_for_the_rows_of_its_last_batch(
    on_postgresql: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, gate = on_postgresql, Gate()
    gate.push(store, records(1, 10))
    project = entries._project

    def meanwhile(connection: Connection, parts: list[Part]) -> None:
        project(connection, parts)
        gate.push(store, records(11, 10))

    with monkeypatch.context() as busy:
        busy.setattr(entries, "_project", meanwhile)
        assert made(store) == [1]

    assert ask(store, "SELECT durable, projected FROM chain") == [(20, 10)]
    assert made(store) == [11]


def test_rows_that_were_made_meanwhile_are_not_made_twice(
    on_postgresql: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two centers that do not see each other's locks, as behind two coordinators of a spread database."""
    store, gate = on_postgresql, Gate()
    gate.push(store, records(1, 10))
    pending = entries._pending

    def overtaken(connection: Connection, *rest: object) -> list[Part]:
        parts: list[Part] = pending(connection, *rest)  # type: ignore[arg-type]
        with monkeypatch.context() as once:
            once.setattr(entries, "_pending", pending)
            once.setattr(type(connection), "try_lock", lambda *_: True)
            assert made(store) == [1]
        return parts

    with monkeypatch.context() as slow:
        slow.setattr(entries, "_pending", overtaken)
        assert made(store) == []

    assert ask(store, "SELECT durable, projected FROM chain") == [(10, 10)]
    assert ask(store, "SELECT count(*) FROM entry") == [(10,)]
    assert ask(store, "SELECT sum(passed) FROM passed_hour") == [(10,)]


def test_a_batch_of_many_days_and_blocks(where: str, elsewhere: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Text goes to the database block by block: days that are new to it come up in between."""
    some = [altered(n, at_ms=NOON_MS - (30 - n // 4) * DAY_MS) for n in range(40)]
    some[17], some[30] = POISON["nothing"], altered(30, at_ms=0)
    resealed = [*records(500, 5), *some[10:20], POISON["nothing"]]
    found = []
    for place, block in ((where, 500), (elsewhere, 3)):
        monkeypatch.setattr("center.store.typed_text._BLOCK", block)
        store = open_store(place)
        bad = [Gate().push(store, some), Gate(incarnation=9).push(store, resealed, at_ms=NOON_MS + 1)]
        assert [[one.number for one in each] for each in bad] == [[18], [13, 16]]
        found.append([everything(store), ask(store, "SELECT * FROM passed_hour ORDER BY hour")])
        store.close()

    assert found[0] == found[1]


def test_days_that_come_up_in_the_midst_of_a_batch_have_their_partitions(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stick of a week: what lies in no day's partition would have to be moved, row by row."""
    monkeypatch.setattr("center.store.typed_text._BLOCK", 3)
    store = open_store(postgresql_url)
    Gate().push(store, [altered(n, at_ms=NOON_MS - (n // 4) * DAY_MS) for n in range(28)])

    assert ask(store, "SELECT count(*) FROM entry_default") == [(0,)]
    assert ask(store, "SELECT count(*) FROM entry") == [(28,)]
    store.close()


def test_days_of_a_transaction_that_was_undone_are_made_again(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("center.store.typed_text._BLOCK", 3)
    store = open_store(postgresql_url)
    here_already = records(500, 2)
    Gate().push(store, here_already)
    some = [altered(n, at_ms=NOON_MS - (2 + n // 4) * DAY_MS) for n in range(12)]
    Gate(incarnation=9).push(store, [*some, *here_already], at_ms=NOON_MS + 1)

    assert ask(store, "SELECT count(*) FROM entry_default") == [(0,)]
    assert ask(store, "SELECT count(*) FROM entry") == [(14,)]
    store.close()


def test_several_threads_make_all_rows_once(on_postgresql: SqlStore) -> None:
    for number in range(4):
        gate = Gate(b"station no. %04d" % number)
        for first in range(1, 31, 10):
            gate.push(on_postgresql, records(first, 10))

    def drain(_: int) -> int:
        return sum(iter(on_postgresql.project_pending, 0))

    with ThreadPoolExecutor(3) as threads:
        assert sum(threads.map(drain, range(3))) == 120

    assert ask(on_postgresql, "SELECT count(*) FROM entry") == [(120,)]
    assert ask(on_postgresql, "SELECT sum(passed) FROM passed_hour") == [(120,)]
