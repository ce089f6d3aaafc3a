"""Records that an entry table cannot hold go to quarantine with their bytes; the gate's queue goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from center.projection import COLUMNS, Arrival, NotUnderstoodError, project
from center.store import Projector, SqlStore, open_store
from center.store.typed import Part, TypedRows
from station.core import entry as entries
from station.core.entry import ReasonPart
from tests.center.store.gate import NOON_MS, STATION, Gate, altered, entry, records
from tests.center.store.test_chains import ask

ARRIVAL = Arrival(STATION, 7, NOON_MS, 0, 0)
TEMPERATURE = [36.4, 36.4, "forehead", None, "t", "f", "raw", [36.4]]


def too_hot(value: object) -> bytes:
    return altered(2, temperature=[value, value, *TEMPERATURE[2:]])


def surrogate() -> bytes:
    """A lone surrogate as UTF-8 would have it; no text may hold it."""
    return entries.encode(entry(2, gate="@@@")).replace(b"@@@", "\ud800".encode("utf-8", "surrogatepass"))


POISON = {
    "no MessagePack": b"\xc1not a record",
    "nothing": b"",
    "a NUL in a text": altered(2, gate="south\0gate"),
    "a lone surrogate": surrogate(),
    "2^63 as a time": altered(2, at_ms=2**63),
    "2^64-1 as a time": altered(2, at_ms=2**64 - 1),
    "-2^63 as a time": altered(2, at_ms=-(2**63)),
    "a decision of 99999": altered(2, severity=99999),
    "a decision of -1": altered(2, severity=-1),
    "99999 °C": too_hot(99999.0),
    "no number": too_hot(float("nan")),
    "infinite": too_hot(float("inf")),
    "an id of 3 bytes": altered(2, id=b"abc"),
    "amends 3 bytes": altered(2, amends=b"abc"),
    "64 kB of lane": altered(2, lane="x" * 65536),
    "64 kB of person": altered(2, person_id="x" * 65536),
    "another kind": altered(2, gate=7),
    "10^5 arrays in each other": b"\x91" * 100_000 + b"\xc0",
    "deep in an unread field": entries.encode(entry(2))[:-1] + b"\x91" * 100_000 + b"\xc0",
    "many reasons": altered(2, reasons=[["r" * 100, 0]] * 21),
    "schema of the future": altered(2, schema=entries.SCHEMA + 1),
    "schema of the future, unreadable": msgspec.msgpack.encode([entries.SCHEMA + 1, "all is new"]),
}


@pytest.mark.parametrize("record", POISON.values(), ids=POISON)
def test_what_no_entry_may_be_is_not_understood(record: bytes) -> None:
    with pytest.raises(NotUnderstoodError):
        project(ARRIVAL, 1, record)


def test_poison_is_kept_aside_and_the_rest_of_the_batch_goes_on(store: SqlStore) -> None:
    between = [record for poison in POISON.values() for record in (poison, entries.encode(entry(9)))]
    bad = Gate().push(store, [*records(1, 1), *between])
    expected = [(number, record) for number, record in enumerate(between, 2) if record in POISON.values()]

    assert [(one.number, one.record) for one in bad] == expected
    assert [(one.number, one.record) for one in store.quarantined()] == expected
    assert store.quarantined(b"another station!") == []
    assert ask(store, "SELECT number FROM entry ORDER BY number") == [(1,), (3,)]
    ((durable, projected),) = ask(store, "SELECT durable, projected FROM chain")
    assert durable == projected == 1 + len(between)


def test_what_is_said_of_poison_never_repeats_it(store: SqlStore) -> None:
    Gate().push(
        store, [altered(1, gate="王小明\0"), altered(2, gate=["王小明"]), altered(3, lane="王小明" * 300)]
    )

    assert not [one.error for one in store.quarantined() if "王" in one.error]
    assert not [one for one in store.quarantined() if "王" in repr(one)]


@given(st.binary(max_size=200))
def test_any_bytes_are_a_row_or_not_understood(record: bytes) -> None:
    found = TypedRows(Part(ARRIVAL, 1, [record]))

    assert [len(row) for row in found.rows] == [len(COLUMNS)] * (1 - len(found.bad))
    assert not [bad for _, bad in found.bad if "\0" in bad.error]


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=5,
)


@given(st.sampled_from(entries.Entry.__struct_fields__), _ANYTHING)
def test_whatever_is_in_a_field_sqlite_takes_the_row(field: str, value: object) -> None:
    memory = open_memory()
    try:
        row = project(ARRIVAL, 1, altered(2, **{field: value}))
    except NotUnderstoodError:
        return
    memory(row)


def open_memory() -> Callable[[tuple[Any, ...]], None]:
    import sqlite3

    connection = sqlite3.connect(":memory:")
    marks = ", ".join("?" * len(COLUMNS))

    def insert(row: tuple[Any, ...]) -> None:
        assert connection.execute(f"SELECT {marks}", row).fetchone() == row
        connection.close()

    return insert


@pytest.mark.parametrize(
    "at_ms", [0, -1, 4_102_444_800_000, 2**53, -(2**53)], ids=["1970", "1969", "2100", "far", "before"]
)
def test_an_entry_of_an_absurd_clock_is_an_entry(store: SqlStore, at_ms: int) -> None:
    assert Gate().push(store, [altered(1, at_ms=at_ms), *records(2, 1)]) == []
    assert ask(store, "SELECT at_ms, day FROM entry WHERE number = 1") == [(at_ms, at_ms // 86_400_000)]


def test_a_resealed_entry_is_one_row_and_stays_twice_in_the_ledger(store: SqlStore) -> None:
    old, new = Gate(incarnation=7), Gate(incarnation=9)
    old.push(store, records(1, 20))
    new.push(store, [*records(11, 10), *records(100, 5)], at_ms=NOON_MS + 1)

    assert ask(store, "SELECT incarnation, count(*) FROM entry GROUP BY incarnation ORDER BY 1") == [
        (7, 20),
        (9, 5),
    ]
    assert ask(store, "SELECT sum(last - first + 1) FROM segment") == [(35,)]


def test_a_batch_that_holds_an_entry_twice_advances(store: SqlStore) -> None:
    assert Gate().push(store, [*records(1, 3), *records(1, 3)]) == []
    assert ask(store, "SELECT number FROM entry ORDER BY number") == [(1,), (2,), (3,)]


def everything(store: SqlStore) -> list[Any]:
    return [
        ask(store, f"SELECT {', '.join(COLUMNS)} FROM entry ORDER BY station, day, id"),
        ask(store, "SELECT * FROM quarantine ORDER BY station, incarnation, number"),
    ]


def test_typed_rows_made_again_from_the_ledger_are_the_same(store: SqlStore) -> None:
    Gate(incarnation=9).push(store, [*records(1, 5), POISON["a NUL in a text"]], at_ms=NOON_MS)
    Gate(incarnation=7).push(store, records(3, 5), at_ms=NOON_MS)  # the same moment, the lower number
    Gate(incarnation=8).push(store, records(1, 9), at_ms=NOON_MS - 1)  # came first, was stored last
    Gate(b"another station!").push(store, [altered(1, at_ms=0), *records(2, 3)])
    before = everything(store)

    assert store.reproject() == 6 + 5 + 9 + 4
    assert everything(store) == before
    assert ask(store, "SELECT incarnation, count(*) FROM entry WHERE station = ? GROUP BY 1", STATION) == [
        (8, 9)
    ]


def test_ledger_first_then_typed_rows_gives_the_same(where: str, tmp_path: Any) -> None:
    later, at_once = open_store(where, projecting="later"), open_store(tmp_path / "peer.db")
    for target in (later, at_once):
        gate = Gate()
        gate.push(target, [*records(1, 50), POISON["2^63 as a time"]])
        gate.push(target, records(60, 50))
    assert ask(later, "SELECT count(*) FROM entry") == [(0,)]
    assert ask(later, "SELECT durable, projected FROM chain") == [(101, 0)]

    assert later.project_pending(1) == 51
    assert later.project_pending() == 50
    assert later.project_pending() == 0
    assert everything(later) == everything(at_once)
    later.close()
    at_once.close()


def break_entries(store: SqlStore, *, mend: bool = False) -> None:
    names = ("entry_away", "entry") if mend else ("entry", "entry_away")
    with store.database.write() as connection:
        connection.run(f"ALTER TABLE {names[0]} RENAME TO {names[1]}")


def test_a_projection_that_fails_leaves_the_ledger_going_on_and_is_made_up_for(
    store: SqlStore, caplog: pytest.LogCaptureFixture
) -> None:
    gate = Gate()
    gate.push(store, records(1, 5))
    break_entries(store)
    gate.push(store, records(6, 5))
    gate.push(store, [*records(11, 4), POISON["nothing"]])

    assert ask(store, "SELECT durable, projected FROM chain") == [(15, 5)]
    assert not Projector(store).step()
    assert ask(store, "SELECT durable, projected FROM chain") == [(15, 5)]
    assert "王" not in caplog.text

    break_entries(store, mend=True)
    assert Projector(store).step()
    assert ask(store, "SELECT durable, projected FROM chain") == [(15, 15)]
    assert ask(store, "SELECT count(*) FROM entry") == [(14,)]
    assert [one.number for one in store.quarantined()] == [15]


def test_one_record_that_only_the_database_refuses_does_not_hold_up_the_others(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate()
    with monkeypatch.context() as careless:
        careless.setattr("center.projection._check", lambda *_: None)  # a check that was forgotten
        gate.push(store, [*records(1, 2), altered(3, severity=2**63), *records(4, 2)])
        assert ask(store, "SELECT durable, projected FROM chain") == [(5, 0)]
        store.project_pending()

    assert ask(store, "SELECT durable, projected FROM chain") == [(5, 5)]
    assert ask(store, "SELECT number FROM entry ORDER BY number") == [(1,), (2,), (4,), (5,)]
    assert [one.number for one in store.quarantined()] == [3]


def test_records_of_a_newer_station_wait_until_the_center_is_renewed(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    Gate().push(store, [altered(1, schema=2), POISON["nothing"], altered(3, schema=3), *records(4, 1)])
    assert store.interpret_again() == 0

    monkeypatch.setattr(entries, "SCHEMA", 2)
    assert store.interpret_again() == 1
    assert ask(store, "SELECT number FROM entry ORDER BY number") == [(1,), (4,)]
    assert [one.number for one in store.quarantined()] == [2, 3]

    monkeypatch.setattr(entries, "SCHEMA", 3)
    assert store.interpret_again() == 1
    assert store.interpret_again() == 0


def test_whoever_is_isolated_and_went_through_a_newer_gate_is_an_alarm_once_the_center_is_renewed(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    leaving = altered(1, schema=2, reasons=[["isolated_leaving", 2]], severity=2, person_id="p1")
    Gate().push(store, [leaving, *records(2, 1)])
    assert store.alarms.places() == set()

    monkeypatch.setattr(entries, "SCHEMA", 2)
    assert store.interpret_again() == 1
    assert store.alarms.places() == {(STATION, entry(1).id)}


def test_an_alarm_in_a_batch_that_brings_an_entry_a_second_time_is_none_the_less_one(store: SqlStore) -> None:
    """A copied disk: what came before is sealed again, and with it comes whoever just left."""
    Gate(incarnation=7).push(store, records(1, 3))
    leaving = entries.encode(entry(9, reasons=(ReasonPart("isolated_leaving", 2),), severity=2))
    Gate(incarnation=9).push(store, [*records(2, 2), leaving], at_ms=NOON_MS + 1)

    assert store.alarms.places() == {(STATION, entry(9).id)}


def test_what_is_understood_by_now_leaves_the_quarantine_when_rows_are_made_again(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    Gate().push(store, [altered(1, schema=2), *records(2, 1)])
    monkeypatch.setattr(entries, "SCHEMA", 2)

    assert store.reproject() == 2
    assert store.quarantined() == []
    assert ask(store, "SELECT number FROM entry ORDER BY number") == [(1,), (2,)]


def test_a_newer_gate_s_record_waits_for_an_update_even_if_nothing_of_it_can_be_read(store: SqlStore) -> None:
    """Of all others the gate is told, and its admin is alarmed."""
    newer = ("schema of the future", "schema of the future, unreadable")
    bad = Gate().push(store, list(POISON.values()))

    assert [name for name, one in zip(POISON, bad, strict=True) if one.newer] == list(newer)
    assert all(one.error for one in store.quarantined())


def test_a_passage_with_many_long_words_is_one(store: SqlStore) -> None:
    """Only a single text may be too long for an index; 640 characters are not."""
    long = altered(1, lane="道" * 640, gate="门" * 400, operator="员" * 400, reasons=[["r" * 60, 0]] * 10)

    assert Gate().push(store, [long]) == []
    assert ask(store, "SELECT gate, lane FROM entry") == [("门" * 400, "道" * 640)]


def test_reasons_are_kept_with_the_entry(store: SqlStore) -> None:
    two = (ReasonPart("temperature_high", 2), ReasonPart("code_expired", 1))
    Gate().push(store, [entries.encode(entry(1, reasons=two, severity=2))])

    assert ask(store, "SELECT reasons, severity FROM entry") == [("temperature_high code_expired", 2)]


class Broken:
    """A store whose database is away for two looks, is back for one, and away again."""

    def __init__(self) -> None:
        self.looks = 0

    def project_pending(self, most_segments: int = 1000) -> int:
        self.looks += 1
        if self.looks != 3:
            raise OSError("away")
        return 0


def test_the_projector_outlives_a_database_that_is_away(caplog: pytest.LogCaptureFixture) -> None:
    """It says so at once, and once each time."""
    broken, said = Broken(), []
    projector = Projector(broken)
    for _ in range(5):
        assert not projector.step()
        said.append(len([line for line in caplog.records if line.levelname == "ERROR"]))

    assert broken.looks == 5
    assert said == [1, 1, 1, 2, 2]


@pytest.mark.parametrize("threads", [1, 2])
def test_the_projector_starts_and_stops(store: SqlStore, threads: int) -> None:
    projector = Projector(store, every_s=0.01, threads=threads)
    projector.start()
    projector.stop()
