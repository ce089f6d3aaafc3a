"""Who is known by a code, how they are shown, and which of two colours is the newer."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path
from statistics import median

import pytest

from station.core.model import Fact, FactKind
from station.core.outcome import PersonLine
from station.journal.entries import Journal
from station.journal.errors import VaultError
from station.journal.people import CodeTakenError, ColourFact, Known, People, Person
from tests.journal.samples import NOON, open_journal

CODE = "330106199001011234"
ZHANG = Person("p1", "张小强", "3-2-501", "resident", (CODE, "second code"))


@pytest.fixture
def people(journal: Journal) -> People:
    return People(journal)


@pytest.fixture
def key(journal: Journal) -> str:
    return journal.vault.code_key(CODE)


def colours(known: Known | None) -> list[tuple[str, str]]:
    assert known
    return [(fact.value, fact.source) for fact in known.facts if fact.kind is FactKind.COLOUR]


def test_a_resident_is_found_by_each_of_their_codes_and_shown_masked(
    journal: Journal, people: People
) -> None:
    people.add([ZHANG], as_of=NOON)

    for code in ZHANG.codes:
        known = people.find_by_code(journal.vault.code_key(code))
        identity = Fact(FactKind.IDENTITY, "resident", NOON, "roster")
        household = people.dwelling_key("3栋2单元501")
        assert known == Known("p1", PersonLine("张*强", "3-2-501"), (identity,), household)


def test_an_unknown_code_is_nobodys(people: People, key: str) -> None:
    assert people.find_by_code(key) is None
    assert people.find_by_code("hand:0011223344556677") is None


def test_a_colour_of_the_person_and_one_of_the_code_are_both_told_newest_first(
    people: People, key: str
) -> None:
    people.add([ZHANG], as_of=NOON)
    people.set_colour("person", "p1", ColourFact("green", NOON, "center"))
    people.set_colour("code", key, ColourFact("red", NOON + timedelta(minutes=1), "operator"))

    assert colours(people.find_by_code(key)) == [("red", "operator"), ("green", "center")]


def test_a_colour_can_be_known_of_a_code_that_is_nobodys_here(people: People, key: str) -> None:
    people.set_colour("code", key, ColourFact("yellow", NOON, "center"))
    known = people.find_by_code(key)

    assert known
    assert (known.person_id, known.line) == (None, None)
    assert colours(known) == [("yellow", "center")]


def test_old_news_does_not_replace_newer(people: People, key: str) -> None:
    people.set_colour("code", key, ColourFact("red", NOON, "center"))
    people.set_colour("code", key, ColourFact("green", NOON - timedelta(hours=1), "center"))
    assert colours(people.find_by_code(key)) == [("red", "center")]

    people.set_colour("code", key, ColourFact("green", NOON + timedelta(hours=1), "center"))
    assert colours(people.find_by_code(key)) == [("green", "center")]


def test_entering_a_person_again_replaces_and_keeps_their_codes(people: People, key: str) -> None:
    people.add([ZHANG], as_of=NOON)
    people.add([Person("p1", "张小强", "5-1-101", "tenant")], as_of=NOON + timedelta(days=1))
    known = people.find_by_code(key)

    assert known
    assert known.line == PersonLine("张*强", "5-1-101")
    assert known.facts == (Fact(FactKind.IDENTITY, "tenant", NOON + timedelta(days=1), "roster"),)


def test_a_code_of_somebody_else_takes_the_whole_list_back(
    people: People, key: str, journal: Journal
) -> None:
    people.add([ZHANG], as_of=NOON)
    other = Person("p3", "王强", "1-1-101", "resident", (CODE,))

    with pytest.raises(CodeTakenError) as refused:
        people.add([Person("p2", "李红", "1-1-102", "resident", ("third",)), other], as_of=NOON)
    assert refused.value.person is other
    assert people.find_by_code(journal.vault.code_key("third")) is None
    known = people.find_by_code(key)
    assert known
    assert known.person_id == "p1"


def test_people_are_still_known_after_a_restart(folder: Path) -> None:
    with open_journal(folder) as journal:
        People(journal).add([ZHANG], as_of=NOON)
    with open_journal(folder) as journal:
        assert People(journal).find_by_code(journal.vault.code_key(CODE))


def test_no_file_holds_a_name_a_dwelling_or_a_code_in_clear(folder: Path) -> None:
    with open_journal(folder) as journal:
        People(journal).add([ZHANG], as_of=NOON)
        written = b"".join(file.read_bytes() for file in folder.iterdir())

    assert not [text for text in ("张小强", "3-2-501", CODE) if text.encode() in written]


def test_nothing_personal_is_in_what_a_log_line_would_show(people: People, key: str) -> None:
    people.add([ZHANG], as_of=NOON)
    shown = f"{ZHANG!r} {people.find_by_code(key)!r} {CodeTakenError(ZHANG)!r}"

    assert not [text for text in ("张", "3-2-501", CODE) if text in shown]


def test_a_name_moved_to_another_person_does_not_open(people: People, key: str, journal: Journal) -> None:
    people.add([ZHANG, Person("p2", "李红", "1-1-102", "resident")], as_of=NOON)
    journal.connection.execute("UPDATE person SET name = (SELECT name FROM person WHERE id = 'p2')")

    with pytest.raises(VaultError):
        people.find_by_code(key)


def test_a_look_up_in_a_large_compound_takes_less_than_a_millisecond(people: People, key: str) -> None:
    crowd = (Person(f"p{n}", "王强", f"{n}", "resident", (f"code {n}",)) for n in range(2, 5000))
    people.add([ZHANG, *crowd], as_of=NOON)

    def seconds() -> float:
        start = time.process_time()
        assert people.find_by_code(key)
        return time.process_time() - start

    assert median(seconds() for _ in range(101)) < 0.001
