"""Picking somebody without a code: building, then name; or a few keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from station.core.model import Vouch
from station.ui.no_code_page import NoCodePage
from station.ui.person_tile import PersonTile
from tests.ui.neighbours import LARGE, Neighbours
from tests.ui.states import Stand, tap_place

F1, ENTER, ERASE = Qt.Key.Key_F1, Qt.Key.Key_Return, Qt.Key.Key_Backspace


def _page(gate: Stand) -> NoCodePage:
    return gate.window.pages.no_code


def _told(gate: Stand) -> list[str]:
    tiles = _page(gate).findChildren(PersonTile)
    return [tile.accessibleName() for tile in tiles if tile.isEnabled()]


def _tap(gate: Stand, *places: int) -> None:
    for place in places:
        gate.clock.advance(1)
        tap_place(gate, place)


def test_resident_is_picked_by_building_and_name(gate: Stand) -> None:
    gate.press(F1)
    _tap(gate, 0, 2)
    assert gate.wishes.made == [("no_code", Vouch.KNOWN, "wang")]
    assert not _page(gate).isVisible()


def test_buildings_are_named_as_people_say_them(gate: Stand) -> None:
    gate.press(F1)
    assert _told(gate) == ["1 号楼 3 人", "2 号楼 36 人", "平房 3 人", "没登记住处 1 人"]


def test_two_who_are_written_alike_are_told_apart_by_their_phone(gate: Stand) -> None:
    gate.press(F1)
    _tap(gate, 0)
    assert _told(gate) == ["张* 1-1-101 · 尾号 5678", "张* 1-1-101 · 尾号 4321", "王*英 1-2-201"]


def test_large_building_offers_who_usually_has_no_code_and_then_its_parts(gate: Stand) -> None:
    gate.press(F1)
    _tap(gate, 1)
    assert _told(gate) == ["李*红 2-1-402", "2-1 单元 12 人", "2-2 单元 12 人", "2-3 单元 12 人"]
    _tap(gate, 3, 11)
    assert gate.wishes.made == [("no_code", Vouch.KNOWN, LARGE[-1].person_id)]


def test_who_usually_has_no_code_is_two_taps_away_in_a_large_building_too(gate: Stand) -> None:
    gate.press(F1)
    _tap(gate, 1, 0)
    assert gate.wishes.made == [("no_code", Vouch.KNOWN, LARGE[7].person_id)]


def test_digits_of_the_house_and_enter_pick_the_one_who_is_left(gate: Stand) -> None:
    gate.press(F1)
    gate.type("2-3-602")
    gate.press(ENTER)
    assert gate.wishes.made == [("no_code", Vouch.KNOWN, LARGE[-1].person_id)]


def test_enter_picks_nobody_while_several_fit(gate: Stand) -> None:
    gate.press(F1)
    gate.type("2-3")
    gate.press(ENTER)
    assert gate.wishes.made == []
    assert _page(gate).isVisible()


def test_enter_without_a_word_picks_nobody(gate: Stand) -> None:
    gate.press(F1)
    _tap(gate, 3)
    gate.press(ENTER)
    assert gate.wishes.made == []


def test_what_is_typed_in_a_building_is_looked_for_there(gate: Stand) -> None:
    neighbours = Neighbours()
    gate.window.pages.no_code.use(neighbours)
    gate.press(F1)
    _tap(gate, 1)
    gate.type("lh")
    assert neighbours.searched[-1] == "2 lh"


def test_door_of_a_building_is_found_from_its_first_digit_on(gate: Stand) -> None:
    gate.press(F1)
    _tap(gate, 1)
    gate.type("6")
    assert len(_told(gate)) == 6
    gate.type("02")
    assert _told(gate) == ["李*红 2-1-602", "李*红 2-2-602", "李*红 2-3-602"]


def test_wrong_key_is_taken_back(gate: Stand) -> None:
    gate.press(F1)
    gate.type("9")
    assert _told(gate) == []
    gate.press(ERASE)
    assert len(_told(gate)) == 4


def test_one_who_is_not_on_the_list_is_vouched_for_as_before(gate: Stand) -> None:
    gate.press(F1)
    gate.type("9+")
    assert gate.wishes.made == [("no_code", Vouch.KNOWN, None)]


@pytest.mark.parametrize(("key", "vouch"), [("+", Vouch.KNOWN), ("=", Vouch.KNOWN), ("/", Vouch.STRANGER)])
def test_page_works_while_the_roster_is_being_read(gate: Stand, key: str, vouch: Vouch) -> None:
    gate.window.pages.no_code.use(Neighbours(ready=False))
    gate.press(F1)
    assert "没读好" in _page(gate)._hint.text()
    gate.type(key)
    assert gate.wishes.made == [("no_code", vouch, None)]


def test_buildings_appear_once_the_roster_is_read_and_a_finger_on_its_way_hits_nobody(gate: Stand) -> None:
    neighbours = Neighbours(ready=False)
    gate.window.pages.no_code.use(neighbours)
    gate.press(F1)
    neighbours.ready = True
    gate.wait(0.2)
    assert len(_told(gate)) == 4
    tap_place(gate, 0)
    assert len(_told(gate)) == 4


def test_many_buildings_take_pages(gate: Stand) -> None:
    gate.window.pages.no_code.use(Neighbours(many=30))
    gate.press(F1)
    assert len(_told(gate)) == 20
    gate.press(Qt.Key.Key_PageDown)
    assert len(_told(gate)) == 14
    gate.press(Qt.Key.Key_PageDown)
    assert len(_told(gate)) == 20


def test_page_begins_anew_for_the_next_person(gate: Stand) -> None:
    gate.press(F1)
    _tap(gate, 0)
    gate.type("1")
    gate.press(Qt.Key.Key_Escape)
    gate.press(F1)
    assert len(_told(gate)) == 4


def test_names_do_not_reach_a_repr(gate: Stand) -> None:
    gate.press(F1)
    _tap(gate, 0)
    assert "张" not in repr(_page(gate)._offers)
