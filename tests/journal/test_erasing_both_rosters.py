"""Somebody of the gate's roster asks to be erased, and the center's list knows them by ids of its own."""

from __future__ import annotations

import msgspec
import pytest

from station.core.audit import Audited, Event
from station.core.operators import Who
from station.journal.center_lists import CenterLists
from station.journal.connection import transaction
from station.journal.entries import Journal
from station.journal.erasing import Erased, StillWaitingError, erase, find_traces
from station.journal.memory import LaneMemory
from station.journal.movements import Movements, Mover
from station.journal.people import People, Person
from station.journal.shared_keys import follow
from tests.journal.given import Channel, enrol, key, person
from tests.journal.kept import ZONE
from tests.journal.samples import NOON, passage

ID = "110101195001010014"
ANOTHER_ID = "110101198001010013"
ASKED = Event(Audited.ERASED, Who("1001"))


@pytest.fixture
def roster(journal: Journal) -> Channel:
    """Of the center."""
    enrol(journal)
    return Channel(CenterLists(journal), journal, "people")


def passes(journal: Journal, subject: str, code: str = "C") -> None:
    entry = msgspec.structs.replace(passage(), person_id=subject)
    journal.append(entry, journal.vault.code_key(code).encode(), mover=Mover(subject))


def add(journal: Journal, **more: object) -> None:
    made = Person("ours", "王芳", "3-2-501", "resident", **more)  # type: ignore[arg-type]
    People(journal).add([made], as_of=NOON)


def ask(journal: Journal) -> Erased:
    traces = find_traces(journal.connection, journal.vault, "ours")
    return erase(journal, traces, ASKED, now=NOON, zone=ZONE)


def left(journal: Journal) -> tuple[int, list[str]]:
    """Sealed parts, and whose passages are still told apart."""
    (parts,) = journal.connection.execute("SELECT count(*) FROM personal").fetchone()
    rows = journal.connection.execute("SELECT DISTINCT subject FROM movement ORDER BY subject")
    return parts, [subject for (subject,) in rows]


def test_what_lies_under_the_centers_id_goes_too(journal: Journal, roster: Channel) -> None:
    """They came by the center's list until the gate's admin took them into the roster."""
    roster.give(person("p1", "王芳", "3-2-501"), person("p2", "李红", "3-2-502"))
    passes(journal, "p1")
    passes(journal, "p2", "D")
    add(journal)

    done = ask(journal)

    assert left(journal) == (1, ["p2"])
    assert done.receipt.kinds["entries"] == 1
    assert [one.subject for one in Movements(journal.connection).inside()] == ["p2"]


def test_who_waits_under_the_centers_id_is_not_erased_now(journal: Journal, roster: Channel) -> None:
    roster.give(person("p1", "王芳", "3-2-501"))
    add(journal)
    LaneMemory(journal).save("rechecks", msgspec.msgpack.encode({"p1": 38.5}))

    with pytest.raises(StillWaitingError):
        ask(journal)


@pytest.mark.parametrize("number", ["", ID], ids=["no number", "number"])
def test_of_namesakes_in_a_dwelling_only_who_is_sure_goes(
    journal: Journal, roster: Channel, number: str
) -> None:
    """Father and son at the center, one of them in the roster."""
    roster.give(person("father", id_number=ID), person("son", id_number=ANOTHER_ID))
    for one in ("father", "son"):
        passes(journal, one, one)
    add(journal, id_number=number)

    ask(journal)

    assert left(journal)[1] == (["son"] if number else ["father", "son"])


@pytest.mark.parametrize(("fathers", "sons"), [(ID, ""), (ID, ANOTHER_ID), ("", "")])
def test_who_is_erased_takes_nothing_of_a_namesake_of_the_dwelling_who_is_in_both_rosters(
    journal: Journal, roster: Channel, fathers: str, sons: str
) -> None:
    """Father and son in the roster, the father alone at the center: it is the son who asks."""
    roster.give(person("father", id_number=fathers))
    passes(journal, "father")
    add(journal, id_number=sons)
    People(journal).add([Person("his", "王芳", "3-2-501", "resident", id_number=fathers)], as_of=NOON)
    while follow(journal.connection, journal.vault):
        pass

    ask(journal)

    assert left(journal) == (1, ["father"])


def test_codes_that_only_the_center_knows_as_theirs_go_and_who_has_one_of_them_here_keeps_it(
    journal: Journal, roster: Channel
) -> None:
    roster.give(person("p1", "王芳", "3-2-501", codes=("C", "D")))
    pairs = [(key("code", code), journal.vault.code_key(code)) for code in ("C", "D")]
    with transaction(journal.connection):
        journal.connection.executemany("INSERT INTO code_pair (shared, local) VALUES (?, ?)", pairs)
    passes(journal, pairs[0][1], "C")
    passes(journal, pairs[1][1], "D")
    add(journal)
    People(journal).add([Person("other", "李红", "3-2-502", "resident", ("D",))], as_of=NOON)

    ask(journal)

    assert left(journal) == (1, [journal.vault.code_key("D")])
