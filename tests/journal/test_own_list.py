"""How old the roster of a gate without a center is: told from what was imported here and still stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from station.core.contact import CenterStatus, OwnList
from station.journal.batches import Batches
from station.journal.entries import Journal
from station.journal.own_list import own_list
from station.journal.people import People, Person
from station.ui.center_words import gate_line

NOON = datetime(2022, 4, 16, 4, 0, tzinfo=UTC)
ZHANG, LI = Person("zhang", "张小强", "3-2-501", "resident"), Person("li", "李红", "3-2-501", "resident")


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal.open(tmp_path, now=lambda: NOON) as opened:
        yield opened


def said(own: OwnList | None) -> str:
    return gate_line(CenterStatus(own=own), NOON, lambda context, text: text)


def test_a_roster_without_anybody_is_none(journal: Journal) -> None:
    assert own_list(journal.connection) == OwnList()


def test_the_newest_import_counts_and_a_correction_by_hand_makes_it_no_younger(journal: Journal) -> None:
    People(journal).add([ZHANG], as_of=NOON - timedelta(days=9), kind="import")
    People(journal).add([ZHANG, LI], as_of=NOON - timedelta(days=3), kind="import")
    People(journal).add([LI], as_of=NOON, kind="edit")

    assert own_list(journal.connection) == OwnList(NOON - timedelta(days=3), imported=True)


def test_an_import_that_was_taken_back_does_not_count(journal: Journal) -> None:
    People(journal).add([ZHANG], as_of=NOON - timedelta(days=9), kind="import")
    taken_back = People(journal).add([LI], as_of=NOON - timedelta(days=3), kind="import")
    Batches(journal).undo(taken_back, now=NOON)

    assert own_list(journal.connection).at == NOON - timedelta(days=9)


def test_people_entered_by_hand_are_not_called_imported(journal: Journal) -> None:
    People(journal).add([ZHANG], as_of=NOON - timedelta(hours=2))

    assert own_list(journal.connection) == OwnList(NOON - timedelta(hours=2), imported=False)


@pytest.mark.parametrize(
    ("own", "line"),
    [
        (None, "未连中心"),
        (OwnList(), "未连中心 · 还没有名单"),
        (OwnList(NOON - timedelta(days=3), imported=True), "未连中心 · 名单 3 天前导入"),
        (OwnList(NOON - timedelta(minutes=7)), "未连中心 · 名单 7 分钟前改过"),
        (OwnList(NOON, imported=True), "未连中心 · 名单刚导入"),
    ],
)
def test_the_gate_says_it_in_words(own: OwnList | None, line: str) -> None:
    assert said(own) == line
