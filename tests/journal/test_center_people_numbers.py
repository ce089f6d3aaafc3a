"""The center's people when numbers come again: overlapping pages, an emptied list, another list."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from station.journal.center_index import CenterIndex, add_run, merge_small
from station.journal.center_lists import CenterLists
from station.journal.center_names import CenterNames
from station.journal.center_pages import prepare_page
from station.journal.center_people import CenterPeople
from station.journal.center_roster import center_version
from station.journal.connection import open_reader, transaction
from station.journal.enrolment import forget_enrolment
from station.journal.entries import Journal
from station.sync.bundle import Item, Page, ReadyPeople
from station.sync.items import PersonItem, encode_item
from station.sync.people_chunks import packed, packed_people, placed
from tests.journal.given import EPOCH, Channel, enrol, gone, key, person
from tests.journal.samples import NOON
from tests.journal.test_center_people import center, lying_there, tidy


@pytest.fixture(params=[False, True], ids=["one by one", "made ready"])
def people(journal: Journal, request: pytest.FixtureRequest) -> Channel:
    enrol(journal)
    return Channel(CenterLists(journal), journal, "people", ready=request.param)


def page_of(channel: Channel, since: int, *items: tuple[int, tuple[str, str, bytes | None]]) -> Page:
    numbered = [Item(name, item_key, version, body) for version, (name, item_key, body) in items]
    made, strange = packed_people(numbered) if channel.ready else (ReadyPeople(), numbered)
    until = numbered[-1].version
    return Page(
        *(1, "people", EPOCH, since, until, False, channel.server_ms, tuple(strange)),
        people=made,
    )


def test_whoever_comes_again_in_an_overlapping_page_is_still_known_after_tidying(people: Channel) -> None:
    mother, father = person("p1", codes=("A",)), person("p2", "李红", codes=("B",))
    people.take(page_of(people, 0, (1, mother)))
    people.take(page_of(people, 0, (1, mother), (2, father)), by_stick=True)
    tidy(people)

    found = [center(people).by_code(key("code", code)) for code in "AB"]
    assert [one.id if one else None for one in found] == ["p1", "p2"]
    assert lying_there(people) == ["p1", "p2"]


def emptied(channel: Channel) -> None:
    """The gate belongs to a branch without people now."""
    channel.version = 0
    channel.give(refetch=True)
    tidy(channel)
    assert lying_there(channel) == []


def test_whoever_goes_after_the_list_was_empty_once_is_erased(people: Channel) -> None:
    for name in "abc":
        people.give(person(name))
    tidy(people)
    emptied(people)

    people.give(person("p1", codes=("A",)))
    people.give(gone("person", "p1"))
    tidy(people)
    assert lying_there(people) == []


def test_the_lane_finds_the_new_people_after_the_list_was_empty_once(people: Channel) -> None:
    people.give(person("p1", codes=("A",)))
    lane = center(people)
    assert lane.by_code(key("code", "A"))
    emptied(people)

    people.give(person("p2", "李红", codes=("B",)))
    assert lane.by_code(key("code", "B"))


def test_the_lane_finds_the_people_of_the_center_that_the_gate_belongs_to_now(people: Channel) -> None:
    people.give(person("p1", codes=("A",)))
    lane = center(people)
    assert lane.by_code(key("code", "A"))
    forget_enrolment(people.journal)
    enrol(people.journal)

    again = Channel(CenterLists(people.journal), people.journal, "people", ready=people.ready)
    again.give(person("p2", "李红", codes=("B",)))
    assert lane.by_code(key("code", "B"))


def test_the_list_to_search_in_is_read_anew_after_the_gate_went_to_another_branch(people: Channel) -> None:
    people.give(person("p1"))
    before = center_version(people.journal.connection)
    people.version = 0
    people.give(person("p2", "李红"), refetch=True)
    assert center_version(people.journal.connection) != before


def test_runs_that_are_merged_while_a_page_looks_somebody_up_are_no_surprise(
    journal: Journal, folder: Path
) -> None:
    with transaction(journal.connection):
        for chunk in range(1, 30):
            add_run(journal.connection, 1, chunk, packed([placed(chunk, 0)]))

    def merge(statement: str) -> None:
        if "keys FROM center_run" in statement:
            reader.set_trace_callback(None)
            with transaction(journal.connection):
                merge_small(journal.connection)

    with closing(open_reader(folder)) as reader:
        reader.set_trace_callback(merge)
        index = CenterIndex(reader)
        assert [len(index.places(chunk, 1)) for chunk in range(1, 30)] == [1] * 29


def test_somebody_who_was_not_understood_and_is_gone_leaves_nothing(people: Channel) -> None:
    people.give(("person", "p1", b"\x01"))
    rows = people.journal.connection.execute("SELECT key FROM center_item").fetchall()
    assert rows == [("p1",)]

    people.give(gone("person", "p1"))
    tidy(people)
    assert people.journal.connection.execute("SELECT key FROM center_item").fetchall() == []


def test_a_page_that_looks_somebody_up_while_they_change_does_not_take_them_for_gone(
    people: Channel, folder: Path
) -> None:
    people.give(person("p1", dwelling="1-1-1"))

    def change(statement: str) -> None:
        if "FROM center_chunk" in statement:
            reader.set_trace_callback(None)
            people.give(person("p1", dwelling="2-2-2"))
            tidy(people)

    with closing(open_reader(folder)) as reader:
        reader.set_trace_callback(change)
        asked = CenterPeople(reader, people.journal.vault)
        assert asked.by_id("p1")
        assert not reader.in_transaction
        found = asked.by_id("p1")
        assert found
        assert found.item.dwelling == "2-2-2"


def test_who_is_inside_is_not_looked_up_anew_each_minute_in_which_nothing_came(people: Channel) -> None:
    people.give(person("p1"))
    names = CenterNames(people.journal.connection, people.journal.vault)
    assert names.person("p1")
    assert names.person("p2") is None
    page = people.page()
    assert people.lists.apply(prepare_page(people.journal.vault, page), NOON + timedelta(minutes=2)).complete

    asked: list[str] = []
    people.journal.connection.set_trace_callback(asked.append)
    assert names.person("p1")
    people.journal.connection.set_trace_callback(None)
    assert not [one for one in asked if "center_chunk" in one]


@pytest.mark.parametrize("wrong", ["-1", "-fffffffffff"])
def test_somebody_with_a_code_below_nothing_is_counted_and_holds_nothing_up(
    people: Channel, wrong: str
) -> None:
    body = encode_item(PersonItem("resident", "王芳", codes=(wrong,)))
    applied = people.give(("person", "p1", body))
    assert applied.skipped == 1
    assert people.give(person("p2")).complete


def test_after_a_part_of_the_list_was_damaged_all_come_again_and_whoever_goes_is_erased(
    people: Channel,
) -> None:
    people.give(person("p1"))
    people.give(person("p2", "李红"))
    with transaction(people.journal.connection):
        people.journal.connection.execute(
            "UPDATE center_chunk SET sealed = zeroblob(length(sealed)) WHERE chunk = 1"
        )
    tidy(people)
    assert people.lists.cursor("people").version == 0

    people.version = 0
    people.give(person("p2", "李红"), person("p1"))
    people.give(gone("person", "p2"))
    tidy(people)
    assert lying_there(people) == ["p1"]
