"""What is done by hand at a whole lane: picking somebody, turning the way, changing a verdict."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.app import Opening
from station.core.asking import Asked, Question
from station.core.entry import Entry
from station.core.override import Role
from station.equipment import Equipment
from station.journal.people import ColourFact, People, Person
from station.screen import LaneInWindow
from station.settings import Settings, SettingsError, load_settings
from station.ui.person_tile import PersonTile
from tests.patience import PATIENCE_MS
from tests.window_lane import press, shown


def _move_in(people: People) -> None:
    now = datetime.now(UTC)
    red = ColourFact("red", now, "center")
    people.add([Person("p1", "张小强", "3-2-501", "resident", colour=red)], as_of=now)


@pytest.fixture
def lane(tmp_path: Path, application: QApplication) -> Iterator[LaneInWindow]:
    """A gate without any device, with one resident, who is red."""
    settings = Settings(guards=("1001",))
    with shown(LaneInWindow(Opening(tmp_path, settings, Equipment(camera=None), prepare=_move_in))) as made:
        yield made


def _newest(lane: LaneInWindow) -> Entry:
    assert lane._station
    return lane._station.last_entries(1)[0].entry


def test_what_was_seen_on_a_telephone_of_nobody_is_said_not_to_be_taken(lane: LaneInWindow) -> None:
    """A value was typed before the code: the telephone is that of whoever has not shown it yet."""
    lane.window.pages.allow_asking((Asked(Question.COLOUR),))
    lane.temperature_by_hand(36.4)
    press(lane, Qt.Key.Key_F6, Qt.Key.Key_3)
    said = [sentence for _, sentence in lane.window.sidelines.notices._passing]
    assert said == ["没记下：不知道是谁的。请他再亮一次码，再按 F6"]


def _tap(lane: LaneInWindow, name: str, qtbot: QtBot) -> None:
    """The first tile, once it is called so."""
    page = lane.window.pages.no_code
    tile = page.findChildren(PersonTile)[0]
    qtbot.waitUntil(lambda: tile.accessibleName().startswith(name), timeout=PATIENCE_MS)
    lane.window._touch._last = float("-inf")
    QTest.mouseClick(tile, Qt.MouseButton.LeftButton)


def _pick(lane: LaneInWindow, qtbot: QtBot) -> None:
    """Building, then name."""
    press(lane, Qt.Key.Key_F1)
    for name in ("3 号楼", "张*强"):
        _tap(lane, name, qtbot)


def test_red_resident_without_a_phone_is_picked_and_stopped_and_the_guard_decides(
    lane: LaneInWindow, qtbot: QtBot
) -> None:
    _pick(lane, qtbot)
    stopped = _newest(lane)
    assert (stopped.person_id, stopped.vouch, stopped.decision.word) == ("p1", "known", "stop")
    qtbot.waitUntil(lambda: "张*强" in lane.window.last_five.accessibleName(), timeout=PATIENCE_MS)

    press(lane, Qt.Key.Key_F8, Qt.Key.Key_1, Qt.Key.Key_2)
    assert _newest(lane).amends is None  # a volunteer may not
    press(lane, Qt.Key.Key_Escape, Qt.Key.Key_F8, Qt.Key.Key_1)
    press(lane, Qt.Key.Key_1, Qt.Key.Key_0, Qt.Key.Key_0, Qt.Key.Key_1, Qt.Key.Key_Return, Qt.Key.Key_2)
    amended = _newest(lane)
    assert amended.amends == stopped.id
    assert (amended.operator, amended.role, amended.override) == ("1001", "guard", "going_home")


def test_way_that_was_turned_is_recorded_and_outlives_other_devices(lane: LaneInWindow) -> None:
    press(lane, Qt.Key.Key_F12)
    lane._open_anew()
    assert "← 出门" in lane.window.header.accessibleName()
    press(lane, Qt.Key.Key_F1, Qt.Key.Key_Slash, Qt.Key.Key_F3, Qt.Key.Key_0)
    assert _newest(lane).direction == "out"


def test_guards_are_known_by_their_numbers() -> None:
    settings = Settings(guards=("1001",), admins=("2001",))
    assert settings.role_of("1001") is Role.GUARD
    assert settings.role_of("2001") is Role.ADMIN
    assert settings.role_of("3001") is None


def test_any_number_is_a_guards_where_none_is_named_and_it_is_recorded() -> None:
    assert Settings().role_of("4711") is Role.GUARD
    assert Settings().role_of("471") is None  # a slip of the finger


def test_operator_number_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('guards = ["1"]', "utf-8")
    with pytest.raises(SettingsError, match="guards"):
        load_settings(tmp_path)
