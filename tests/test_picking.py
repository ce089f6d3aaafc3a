"""The roster for people without a code: read beside the screen, in the order of who is usually picked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from station.core.model import Vouch
from station.journal.center_lists import CenterLists
from station.journal.connection import transaction
from station.journal.people import Person
from station.picking import CENTER_EVERY_S, Picking
from tests.journal.given import Channel, enrol, person
from tests.lane import Gate

FURTHER = [Person(f"w{number}", "王秀英", f"3-2-60{number}", "resident") for number in range(1, 4)]


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    gate = Gate(tmp_path)
    gate.people.add(FURTHER, as_of=gate.clock.now())
    yield gate
    gate.journal.close()


def _picking(gate: Gate) -> Picking:
    picking = Picking(gate.folder, gate.journal)
    picking.wait()
    return picking


def _ids(found: object) -> list[str]:
    return [one.person_id for one in found]  # type: ignore[attr-defined]


def test_whole_roster_is_offered_by_building_and_by_what_is_typed(gate: Gate) -> None:
    picking = _picking(gate)
    assert picking.is_ready()
    assert [(one.name, one.people) for one in picking.buildings()] == [("1", 1), ("3", 4)]
    assert _ids(picking.of_building("3")) == ["p1", "w1", "w2", "w3"]
    assert _ids(picking.search("wxy")) == ["w1", "w2", "w3"]
    assert picking.of_building("no such house") == []


def test_nobody_is_offered_until_the_roster_is_read(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("station.picking.Thread.start", lambda thread: None)
    picking = Picking(gate.folder, gate.journal)
    assert not picking.is_ready()
    assert picking.buildings() == []
    assert picking.search("wxy") == []


def test_who_usually_has_no_code_comes_first_also_after_a_restart(gate: Gate) -> None:
    gate.checkpoint.no_code(Vouch.KNOWN, "w2")
    gate.measure(36.5)
    picking = _picking(gate)
    assert _ids(picking.of_building("3")) == ["w2", "p1", "w1", "w3"]
    for _ in range(2):
        picking.picked("w3")
    assert _ids(picking.usual("3")) == ["w3", "w2"]
    assert picking.usual("1") == []


def test_whoever_moves_in_later_is_found(gate: Gate) -> None:
    picking = _picking(gate)
    gate.people.add([Person("new", "赵云", "8-1-101", "resident")], as_of=gate.clock.now())
    assert _ids(picking.search("zy")) == []
    picking.follow()
    picking.wait()
    assert _ids(picking.search("zy")) == ["new"]


def test_roster_is_asked_as_it_was_while_it_is_read_anew(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    picking = _picking(gate)
    gate.people.remove(["w1"], now=gate.clock.now())
    monkeypatch.setattr("station.picking.Thread.start", lambda thread: None)
    picking.follow()
    assert picking.is_ready()
    assert _ids(picking.search("wxy")) == ["w1", "w2", "w3"]


def test_nothing_is_read_anew_while_nothing_changes(gate: Gate) -> None:
    picking = _picking(gate)
    thread = picking._thread
    picking.follow()
    assert picking._thread is thread


def test_many_buildings_begin_with_the_most_used(gate: Gate) -> None:
    houses = [Person(f"h{number}", "李红", f"{number}-1-101", "resident") for number in range(4, 30)]
    gate.people.add(houses, as_of=gate.clock.now())
    picking = _picking(gate)
    assert picking.buildings()[0].name == "1"
    picking.picked("h17")
    assert [one.name for one in picking.buildings()[:3]] == ["17", "1", "3"]


def test_roster_that_does_not_open_offers_nobody_and_the_gate_goes_on(
    gate: Gate, caplog: pytest.LogCaptureFixture
) -> None:
    gate.journal.connection.execute("UPDATE person SET name = x'00' WHERE id = 'w1'")
    picking = _picking(gate)
    assert not picking.is_ready()
    assert "roster not readable" in caplog.text


def test_centers_people_are_found_by_name_unless_they_are_ours_too(gate: Gate) -> None:
    enrol(gate.journal)
    lists = CenterLists(gate.journal)
    while lists.tidy():
        pass
    center = Channel(lists, gate.journal, "people")
    center.give(
        person("c1", "诸葛亮", "9-1-101"),
        person("w1 there", "王秀英", "3-2-601"),
        person("c2", "司马", "2022-3-12"),
    )
    picking = _picking(gate)

    assert _ids(picking.search("zgl")) == ["c1"]
    assert _ids(picking.search("司马")) == ["c2"]  # Excel made a date of 3-12
    assert _ids(picking.search("wxy")) == ["w1", "w2", "w3"]


def test_changes_of_the_centers_list_are_followed_now_and_then(gate: Gate) -> None:
    now = 0.0
    picking = Picking(gate.folder, gate.journal, monotonic=lambda: now)
    center = Channel(CenterLists(gate.journal), gate.journal, "people")
    found = []
    for name in ("诸葛亮", "诸葛瑾"):  # the first list is followed at once
        center.give(person(name, name, "9-1-101"))
        picking.wait()
        picking.follow()
        picking.wait()
        found.append(_ids(picking.search("诸葛")))
    now = CENTER_EVERY_S
    picking.follow()
    picking.wait()
    found.append(_ids(picking.search("诸葛")))

    assert found == [["诸葛亮"], ["诸葛亮"], ["诸葛亮", "诸葛瑾"]]


def test_our_own_people_are_offered_even_if_the_centers_do_not_open(gate: Gate) -> None:
    enrol(gate.journal)
    Channel(CenterLists(gate.journal), gate.journal, "people").give(person("c1", "赵云", "9-1-101"))
    with transaction(gate.journal.connection):
        gate.journal.connection.execute("UPDATE center_chunk SET sealed = zeroblob(length(sealed))")
    picking = _picking(gate)
    assert _ids(picking.search("wxy")) == ["w1", "w2", "w3"]
    assert _ids(picking.search("zy")) == []
