"""What lies over the admin page: the wizard, and own recordings. Keys are theirs until they are left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from station.core.model import Direction
from station.core.override import Role
from station.equipment import Equipment
from station.opening import Opening
from station.screen import LaneInWindow
from station.settings import Settings
from station.ui.admin.window import AdminWindow
from station.ui.covering_page import CoveringPage
from station.ui.recording_page import RecordingPage
from station.ui.selftest_section import SelfTestSection
from station.ui.wizard.window import Wizard
from tests.test_admin_lane import without_camera
from tests.window_lane import shown

ESC, F10, F12, TAB = Qt.Key.Key_Escape, Qt.Key.Key_F10, Qt.Key.Key_F12, Qt.Key.Key_Tab
OPENERS = ["set_up", "record"]


class Covered:
    """An admin at 自检, from which the wizard and own recordings are opened."""

    def __init__(self, lane: LaneInWindow) -> None:
        self.lane, self.window = lane, lane.window
        self.window.activateWindow()
        QTest.keyClick(self.window, F10)
        assert lane._admin
        self.admin: AdminWindow = lane._admin
        (self.section,) = [one for one in self.admin.sections if isinstance(one, SelfTestSection)]
        self.admin.menu.buttons[self.admin.sections.index(self.section)].click()

    def open(self, opener: str) -> CoveringPage:
        getattr(self.section, opener).click()
        QApplication.processEvents()
        (cover,) = self.covers
        return cover

    @property
    def covers(self) -> list[CoveringPage]:
        return [one for one in self.window.findChildren(CoveringPage) if one.isVisible()]

    def press(self, key: Qt.Key) -> None:
        """Wherever the keyboard is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key)
        QApplication.processEvents()

    def is_in(self, page: CoveringPage | AdminWindow) -> bool:
        focus = QApplication.focusWidget()
        return focus is page or (focus is not None and page.isAncestorOf(focus))


@pytest.fixture
def covered(tmp_path: Path, application: QApplication) -> Iterator[Covered]:
    opening = Opening(tmp_path, Settings(volume=0.0), Equipment(camera=None))
    with shown(LaneInWindow(opening, without_camera)) as lane:
        yield Covered(lane)


@pytest.mark.parametrize("opener", OPENERS)
def test_esc_ends_what_lies_over_the_admin_page_and_not_the_page_under_it(
    covered: Covered, opener: str
) -> None:
    covered.open(opener)
    covered.press(ESC)
    assert covered.covers == []
    assert covered.admin.isVisible()
    covered.press(ESC)
    assert covered.admin.isHidden()


@pytest.mark.parametrize("opener", OPENERS)
def test_whoever_leaves_it_types_on_the_admin_page_and_not_into_the_gate_under_it(
    covered: Covered, opener: str
) -> None:
    cover = covered.open(opener)
    assert isinstance(cover, Wizard | RecordingPage)
    cover.leave()
    QApplication.processEvents()
    assert covered.is_in(covered.admin)
    covered.press(F12)
    assert covered.lane._station
    assert covered.lane._station.checkpoint.direction is Direction.IN, "nobody saw the way being turned"


@pytest.mark.parametrize("opener", OPENERS)
def test_f10_does_not_close_the_admin_page_under_it_unseen(covered: Covered, opener: str) -> None:
    cover = covered.open(opener)
    covered.press(F10)
    assert covered.admin.isVisible()
    assert covered.is_in(cover)


@pytest.mark.parametrize("opener", OPENERS)
def test_tab_goes_round_on_it_and_not_to_buttons_that_nobody_sees(covered: Covered, opener: str) -> None:
    cover, seen = covered.open(opener), set[object]()
    for _ in range(12):
        covered.press(TAB)
        assert covered.is_in(cover)
        seen.add(QApplication.focusWidget())
    assert len(seen) > 1


def test_the_first_admin_made_on_the_wizard_goes_on_there_and_then_signs_in(covered: Covered) -> None:
    """From then on the admin page has a door: it does not take the keys away under the recovery key."""
    wizard = covered.open("set_up")
    assert covered.lane._offices
    covered.lane._offices.duty.signing.operators.add("1001", "王建国", Role.ADMIN, "730518")
    covered.admin.tick()
    assert covered.is_in(wizard)
    covered.press(ESC)
    covered.admin.tick()
    assert covered.admin.door
    assert covered.admin.door.isVisible()
    assert covered.is_in(covered.admin)
