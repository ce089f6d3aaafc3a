"""A red of somebody who is not on the list here yet: people are asked for at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from station.center_shelf import PEOPLE_AGAIN_S, Gate, Shelf
from station.journal.center_lists import CenterLists
from station.journal.center_pages import prepare_page
from station.journal.entries import Journal
from station.sync.status import Board
from tests.journal.given import Channel, enrol, fact, person
from tests.journal.samples import NOON

NOBODY = Gate(lambda: None, lambda: None, lambda: None)
KNOWN = tuple(person(f"c{number}", codes=(f"token-{number}",)) for number in range(100))


class Desk:
    """A shelf, the center's lists, and how often people were asked for."""

    def __init__(self, journal: Journal, data: Path) -> None:
        self.journal, self.asked, self._mono = journal, 0, 0.0
        here = (data, journal, b"s" * 32, NOBODY, Board(), lambda: NOON)
        self.shelf = Shelf(*here, ask_people=self._ask)
        lists = CenterLists(journal)
        self.people, self.quick = Channel(lists, journal, "people"), Channel(lists, journal)

    def red(self, *who: str, more: bool = False) -> None:
        page = self.quick.page(*(fact("person", one, "colour", "red") for one in who), more=more)
        self.shelf.apply(prepare_page(self.journal.vault, page))

    def ticks(self, times: int = 20) -> None:
        for _ in range(times):
            self._mono += PEOPLE_AGAIN_S / 4
            self.shelf.tick(self._mono)

    def _ask(self) -> None:
        self.asked += 1


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Journal.open(tmp_path / "station", now=lambda: NOON) as journal:
        enrol(journal)
        made = Desk(journal, tmp_path / "station")
        made.people.give(*KNOWN)
        yield made


def test_a_stranger_at_the_head_of_a_long_morning_list_of_reds_is_asked_for(desk: Desk) -> None:
    """The list comes in pages; those of the last one are known."""
    desk.red("c-new", "c1", more=True)
    desk.ticks()
    assert desk.asked == 0, "while it comes, people come too"

    desk.red(*(f"c{number}" for number in range(2, 90)))
    desk.ticks()

    assert desk.asked == 1


def test_who_is_on_the_list_or_never_comes_is_not_asked_for_again(desk: Desk) -> None:
    desk.red(*(f"c{number}" for number in range(90)))
    desk.ticks()
    assert desk.asked == 0

    desk.red("c-never", "c-nor-they")
    desk.ticks(200)
    assert desk.asked == 1
