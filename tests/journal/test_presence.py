"""Whereabouts and roster together: whose code it is now counts, and nothing personal is opened unasked."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from station.core.model import Direction
from station.journal.entries import Journal
from station.journal.movements import Mover
from station.journal.people import People, Person
from station.journal.presence import Presence, open_presence
from tests.journal.samples import NOON, passage

ZHANG = Person("zhang", "张小强", "3-2-501", "resident", phones=("13812345678",))
LI = Person("li", "李红", "", "visitor")


@pytest.fixture
def presence(journal: Journal) -> Presence:
    People(journal).add([ZHANG, LI], as_of=NOON)
    return Presence(journal.connection, journal.vault)


def go(journal: Journal, subject: str, way: Direction, minutes: int = 0) -> None:
    journal.append(passage(at=NOON + timedelta(minutes=minutes), direction=way), mover=Mover(subject))


def test_who_came_in_is_told_with_who_they_are(journal: Journal, presence: Presence) -> None:
    go(journal, "li", Direction.IN)
    go(journal, "3f2a", Direction.IN, 1)
    go(journal, "zhang", Direction.OUT, 2)
    visitor, stranger = presence.seen(Direction.IN)
    assert visitor.row
    assert (presence.open(visitor.row).name, visitor.category) == ("李红", "visitor")
    assert (stranger.row, stranger.category) == (None, "")
    assert [one.where.subject for one in presence.seen(Direction.OUT)] == ["zhang"]


def test_a_code_that_is_bound_later_is_the_same_person(journal: Journal, presence: Presence) -> None:
    key = journal.vault.code_key("a code")
    go(journal, key, Direction.IN)
    assert [one.category for one in presence.seen(Direction.IN)] == [""]
    People(journal).bind("zhang", "a code", now=NOON)
    assert [one.category for one in presence.seen(Direction.IN)] == ["resident"]
    go(journal, "zhang", Direction.OUT, 5)
    assert presence.seen(Direction.IN) == []  # not inside as a code and outside as a person
    assert len(presence.seen(Direction.OUT)) == 1


def test_where_one_of_them_is_by_person_or_by_code(journal: Journal, presence: Presence) -> None:
    go(journal, "li", Direction.IN)
    go(journal, "3f2a", Direction.OUT, 1)
    found = presence.of(["li", "3f2a", "zhang"])
    assert {subject: one.where.direction for subject, one in found.items()} == {
        "li": Direction.IN,
        "3f2a": Direction.OUT,
    }


def test_who_never_passed_may_be_at_home(journal: Journal, presence: Presence) -> None:
    assert [one.id for one in presence.never_seen(["resident", "tenant"])] == ["zhang"]
    People(journal).bind("zhang", "a code", now=NOON)
    go(journal, journal.vault.code_key("a code"), Direction.OUT)
    assert presence.never_seen(["resident", "tenant"]) == []


def test_a_command_reads_beside_the_running_gate(journal: Journal, presence: Presence, folder: Path) -> None:
    go(journal, "li", Direction.IN)
    with open_presence(folder) as beside:
        assert len(beside.seen(Direction.IN)) == 1


def test_nothing_personal_is_in_a_repr(journal: Journal, presence: Presence) -> None:
    go(journal, "zhang", Direction.IN)
    assert "zhang" not in repr(presence.seen(Direction.IN))
