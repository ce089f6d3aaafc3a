"""Two of the lists turned out to be one; gates that had not heard of it still tell of the one that went."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from center.backup import back_up, restore
from center.rounds import STEPS, Rounds
from center.scope import EVERYWHERE
from center.store import SqlStore, open_store
from center.store.console_audit import Note
from center.store.one_person import former, make_one, remembered
from station.core.entry import encode
from station.sync import bundle
from station.sync.bundle import Parts, Push
from station.sync.items import FactItem, PersonItem, encode_item
from station.sync.reports import CaseReport, Report, encode_body
from tests.center.store.gate import ITEMS_KEY, NOON_MS, STATION, Gate, entry
from tests.center.store.test_chains import ask

VILLAGE = "district/town/village"


@pytest.fixture
def other(elsewhere: str) -> Iterator[SqlStore]:
    opened = open_store(elsewhere, items_key=ITEMS_KEY)
    yield opened
    opened.close()


def enrolled(store: SqlStore) -> Gate:
    store.stations.add_enrol_code(b"code", name="南门", gate="s", branch=VILLAGE, expires_ms=NOON_MS + 1)
    store.stations.enrol(b"code", station=STATION, public_key=b"k" * 32, seal_key=b"", now_ms=NOON_MS)
    return Gate()


def merge(store: SqlStore, kept: str, gone: str) -> None:
    with store.database.write() as connection:
        make_one(connection, kept, gone)


def passes(gate: Gate, store: SqlStore, number: int, person: str) -> None:
    gate.push(store, [encode(entry(number, person_id=person))])


def a_minute_later(store: SqlStore) -> None:
    Rounds(store, lambda: NOON_MS, STEPS).step()


def traced(store: SqlStore, person: str) -> int:
    return len(store.passages.of_person(EVERYWHERE, person, 0, NOON_MS * 2))


def test_where_they_passed_is_traced_though_the_gate_had_not_heard_of_it(store: SqlStore) -> None:
    """Offline, or by a stick of a week ago: whoever stood beside them is found all the same."""
    gate = enrolled(store)
    passes(gate, store, 1, "gone")
    merge(store, "kept", "gone")
    passes(gate, store, 2, "gone")
    told = encode_body(CaseReport("whistle", NOON_MS, person_id="gone"))
    case = Report(b"c" * 16, "case", 1, NOON_MS, told)
    store.reports.take(STATION, VILLAGE, (case,), NOON_MS)

    a_minute_later(store)

    assert (traced(store, "kept"), traced(store, "gone")) == (2, 0)
    assert [one.person_id for one in store.cases.open(VILLAGE)] == ["kept"]


def test_of_three_who_are_one_all_lies_with_whom_stays(store: SqlStore) -> None:
    gate = enrolled(store)
    merge(store, "second", "first")
    merge(store, "third", "second")
    for number, person in enumerate(("first", "second", "third"), 1):
        passes(gate, store, number, person)

    a_minute_later(store)

    assert traced(store, "third") == 3


def test_who_is_on_the_list_again_is_nobody_else(store: SqlStore) -> None:
    """An import makes the same id for the same cells."""
    gate = enrolled(store)
    merge(store, "kept", "again")
    store.lists.put("people", [("person", "again", encode_item(PersonItem("resident", "Cy")))], VILLAGE)
    passes(gate, store, 1, "again")
    a_minute_later(store)
    assert (traced(store, "kept"), traced(store, "again")) == (0, 1)

    merge(store, "again", "kept")
    with store.database.read() as connection:
        assert remembered(connection) == {"kept": "again"}


def test_who_came_back_and_turned_out_to_be_another_one_is_that_one(store: SqlStore) -> None:
    gate = enrolled(store)
    merge(store, "ys", "again")
    store.lists.put("people", [("person", "again", encode_item(PersonItem("resident", "Cy")))], VILLAGE)
    merge(store, "xs", "again")
    store.lists.put("people", [("person", "again", None)], VILLAGE)
    passes(gate, store, 1, "again")

    a_minute_later(store)

    assert (traced(store, "ys"), traced(store, "xs")) == (0, 1)
    with store.database.read() as connection:
        assert former(connection, "ys") == []


def test_what_a_program_of_before_left_out_is_told_to_the_gates(store: SqlStore) -> None:
    """It merged them itself, or changed whoever stayed: after going back to it, and forth again."""
    put(store, "kept", PersonItem("resident", "Cy"))
    merge(store, "kept", "gone")
    merge(store, "kept", "first")

    a_minute_later(store)

    assert set(person(store, "kept").former) == {"gone", "first"}
    newest = store.lists.newest("people")
    a_minute_later(store)
    assert store.lists.newest("people") == newest

    put(store, "gone", PersonItem("resident", "Cy"))
    put(store, "kept", PersonItem("resident", "Cy"))
    a_minute_later(store)
    assert person(store, "kept").former == ("first",)  # who is on the list is somebody


def put(store: SqlStore, id: str, item: PersonItem) -> None:
    store.lists.put("people", [("person", id, encode_item(item))], VILLAGE)


def person(store: SqlStore, id: str) -> PersonItem:
    known = store.directory.get(EVERYWHERE, id)
    assert known is not None
    return known.person


def test_a_restored_center_knows_who_is_one(store: SqlStore, other: SqlStore, tmp_path: Path) -> None:
    gate = enrolled(store)
    passes(gate, store, 1, "gone")
    merge(store, "kept", "gone")
    back_up(store, tmp_path / "center.kakou", files={}, made_ms=NOON_MS)

    restore(tmp_path / "center.kakou", other)

    assert (traced(other, "kept"), traced(other, "gone")) == (1, 0)


def test_who_is_erased_is_erased_under_the_id_of_whom_went_too(store: SqlStore) -> None:
    """What came since the last round, and what waits for another stick; nobody knows then who was who."""
    gate, note = enrolled(store), Note(NOON_MS, "one", "x", "")
    merge(store, "kept", "gone")
    id = store.erasures.ask(VILLAGE, "kept", "self", note)
    passes(gate, store, 1, "gone")
    waits = bundle.pack(gate.batch([encode(entry(9, person_id="gone"))]))
    push = bundle.pack(Push(1, waits, b"s" * 64, Parts(b"key", (), 9, b"personal")))
    store.sticks.keep(STATION, 7, 9, push, NOON_MS)  # one of two; the other was not handed in yet
    with store.database.write() as connection:  # what the lists said of them stays under that id
        connection.run("INSERT INTO colour_now VALUES ('person', 'gone', 'red', 1)")
    erasure = store.erasures.get(EVERYWHERE, id)
    assert erasure is not None

    red = encode_item(FactItem("person", "gone", "colour", "red", NOON_MS))
    store.lists.put("quick", [("fact", "person:gone:colour", red)], VILLAGE)
    assert store.erasures.traces("kept")["facts"] == 1

    second = Note(NOON_MS, "two", "x", "")
    store.erasures.confirm(erasure, lambda *_: None, lambda *_: "receipt", second)

    assert store.lists.get("quick", "fact", "person:gone:colour") is None

    assert traced(store, "gone") == 0
    assert ask(store, "SELECT subject FROM colour_now") == []
    assert b"personal" not in (store.sticks.next(STATION, 7, 9) or b"personal")
    assert ask(store, "SELECT finding FROM settled") == []
