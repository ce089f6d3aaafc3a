"""Finding people without a code, families, and who may speak for whom."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from station.core.outcome import PersonLine
from station.journal.batches import Batches, CodeOwnedError, Relation
from station.journal.directory import Building, Directory
from station.journal.entries import Journal
from station.journal.masking import mask_id_number, mask_phone
from station.journal.people import People, Person
from station.roster.pinyin import Pinyin
from tests.journal.samples import NOON, open_journal

PINYIN = Pinyin((Path(__file__).parents[2] / "assets" / "pinyin.txt").read_text("utf-8"))
ID = "11010519491231002X"
FATHER = Person("p1", "张强", "3-2-501", "resident", ("father",), phones=("13812345678",), id_number=ID)
CHILD = Person("p2", "张小强", "3栋2单元501", "resident", birth=date(2015, 6, 1))
GRANDMA = Person("p3", "单秀英", "平房15号", "resident", phones=("13812345678",), note="独居")
COURIER = Person("p4", "李飞", "", "courier", ("courier",), occupation="courier")


@pytest.fixture
def people(journal: Journal) -> People:
    people = People(journal)
    people.add([FATHER, CHILD, GRANDMA, COURIER], as_of=NOON)
    return people


@pytest.fixture
def directory(people: People) -> Directory:
    return Directory(people, PINYIN)


def ids(directory: Directory, typed: str) -> list[str]:
    return [one.person_id for one in directory.search(typed)]


def test_what_was_entered_comes_back_with_the_house_in_one_form(people: People) -> None:
    assert people.person("p2") == Person(
        "p2", "张小强", "3-2-501", "resident", birth=date(2015, 6, 1), dwelling_written="3栋2单元501"
    )
    assert people.person("nobody") is None


def test_an_id_card_finds_its_holder_and_a_phone_the_family(people: People) -> None:
    found = people.find_by_id_number(ID)
    assert found
    assert (found.person_id, found.line) == ("p1", PersonLine("张*", "3-2-501"))
    assert people.find_by_id_number("110105194912310010") is None
    assert [known.person_id for known in people.find_by_phone("13812345678")] == ["p1", "p3"]


def test_a_household_is_who_lives_there_however_it_was_written(people: People) -> None:
    assert people.household("p1") == people.household("p2") == ("p1", "p2")
    assert people.household("p4") == ("p4",)  # couriers without a house are no family


def test_a_father_may_speak_for_his_child_and_a_son_for_his_mother(people: People) -> None:
    people.relate([Relation("p2", "guardian", "p1"), Relation("p3", "proxy", "p1")], now=NOON)

    assert people.who_speaks_for("p2") == [Relation("p2", "guardian", "p1")]
    assert people.for_whom_speaks("p1") == [Relation("p2", "guardian", "p1"), Relation("p3", "proxy", "p1")]
    assert people.who_speaks_for("p1") == []


def test_a_new_pass_is_bound_to_its_holder_and_to_nobody_else(journal: Journal, people: People) -> None:
    people.bind("p3", "GP1:pass", now=NOON)
    known = people.find_by_code(journal.vault.code_key("GP1:pass"))
    assert known
    assert known.person_id == "p3"

    with pytest.raises(CodeOwnedError):
        people.bind("p4", "GP1:pass", now=NOON)


def test_an_edit_can_be_taken_back(journal: Journal, people: People) -> None:
    batch = people.bind("p3", "GP1:pass", now=NOON)
    Batches(journal).undo(batch, now=NOON)
    assert people.find_by_code(journal.vault.code_key("GP1:pass")) is None

    removed = people.remove(["p1"], now=NOON)
    assert people.find("p1") is None
    Batches(journal).undo(removed, now=NOON)
    assert people.find_by_code(journal.vault.code_key("father"))
    assert people.find_by_id_number(ID)


def test_the_directory_shows_masked_names(directory: Directory) -> None:
    (found,) = directory.search("zq")
    assert (found.line, found.category, found.phone_tail) == (
        PersonLine("张*", "3-2-501"),
        "resident",
        "5678",
    )


def test_everybody_is_found_by_every_reading_house_and_tail(directory: Directory) -> None:
    assert ids(directory, "sxy") == ids(directory, "dxy") == ids(directory, "平房") == ["p3"]
    assert ids(directory, "002x") == ["p1"]
    assert ids(directory, "3栋") == ["p2", "p1"]


def test_the_directory_follows_every_change(journal: Journal, people: People, directory: Directory) -> None:
    assert len(directory.search("3-2-501")) == 2
    batch = people.add([Person("p5", "赵六", "3-2-501", "tenant")], as_of=NOON)
    assert ids(directory, "zl") == ["p5"]
    Batches(journal).undo(batch, now=NOON)
    assert ids(directory, "zl") == []
    people.remove(["p2"], now=NOON)
    assert ids(directory, "3-2-501") == ["p1"]
    moved = people.add([Person("p1", "张强", "9-1-101", "resident")], as_of=NOON)
    assert ids(directory, "9-1") == ["p1"]
    Batches(journal).undo(moved, now=NOON)
    assert (ids(directory, "9-1"), ids(directory, "3-2-501")) == ([], ["p1"])


def test_two_taps_building_then_name(directory: Directory) -> None:
    assert directory.buildings() == [Building(("3",), 2), Building(("平房",), 1), Building((), 1)]
    assert [one.person_id for one in directory.of_building(directory.buildings()[0])] == ["p2", "p1"]
    assert [building.name for building in directory.buildings()] == ["3", "平房", ""]


def test_nothing_personal_lies_in_clear_on_the_disk(folder: Path) -> None:
    with open_journal(folder) as journal:
        people = People(journal)
        people.add([FATHER, CHILD, GRANDMA], as_of=NOON)
        people.relate([Relation("p2", "guardian", "p1")], now=NOON)
        written = b"".join(file.read_bytes() for file in folder.iterdir())

    texts = ("张强", "张小强", "3-2-501", "平房", "13812345678", ID, "2015-06-01", "独居")
    assert not [text for text in texts if text.encode() in written]


def test_phones_and_id_numbers_are_masked() -> None:
    assert mask_phone("13812345678") == "138****5678"
    assert mask_phone("88001234") == "****34"
    assert mask_id_number(ID) == "****002X"
    assert mask_id_number("12345") == "****"


def test_nothing_personal_is_in_a_repr(people: People, directory: Directory) -> None:
    shown = repr(people.everybody()) + repr(directory.search("zq")) + repr(people.find("p1"))
    assert not [text for text in ("张", "501", "5678", ID, "独居") if text in shown]
