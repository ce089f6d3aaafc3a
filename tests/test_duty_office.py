"""Shifts at a whole gate: two taps and a PIN begin a duty, and a restart forgets nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from station.app import Opening
from station.core.moments import to_ms
from station.core.operators import Who
from station.core.override import Role
from station.duty_office import DutyOffice
from station.equipment import Equipment
from station.journal.center_lists import CenterLists
from station.journal.duties import Duties
from station.journal.entries import Journal
from station.journal.reports import to_send
from station.screen import LaneInWindow
from station.settings import Settings
from station.sync.items import ChecklistItem, ChecklistPoint, encode_item
from station.sync.reports import DutyReport, decode_body
from tests.journal.given import Channel
from tests.journal.samples import NOON

OpenLane = Callable[[], LaneInWindow]


@pytest.fixture
def open_lane(application: QApplication, tmp_path: Path) -> Iterator[OpenLane]:
    lanes: list[LaneInWindow] = []

    def open_one() -> LaneInWindow:
        for lane in lanes:
            lane.close()
        opening = Opening(tmp_path / "data", Settings(lane="2"), Equipment(camera=None), alone=True)
        lane = LaneInWindow(opening)
        lanes.append(lane)
        lane.open()
        lane.window.show()
        return lane

    yield open_one
    for lane in lanes:
        lane.close()
        lane.window.close()


def journal_of(lane: LaneInWindow) -> Journal:
    assert lane._offices
    journal = lane._offices.journal()
    assert journal is not None
    return journal


def duty_of(lane: LaneInWindow) -> DutyOffice:
    assert lane._offices
    return lane._offices.duty


def sign_in(lane: LaneInWindow) -> None:
    """One key for the page, one for the name, the PIN and ENTER."""
    QTest.keyClick(lane.window, Qt.Key.Key_Home)
    page = lane.window.pages.sign_in
    page.type("1", 1.0)
    for digit in "730518":
        page.pad.type(digit)
    page.pad.enter()


def test_signing_in_begins_a_duty_at_this_lane_and_a_restart_forgets_nobody(open_lane: OpenLane) -> None:
    lane = open_lane()
    duty_of(lane).signing.operators.add("1001", "王建国", Role.ADMIN, "730518")
    sign_in(lane)
    duty = Duties(journal_of(lane)).current()
    assert duty is not None
    assert (duty.number, duty.lane) == ("1001", "2")
    again = open_lane()
    assert "当班 王*国" in again.window.header.accessibleName()
    assert duty_of(again).signing.on_duty == Who("1001", Role.VOLUNTEER), "more needs the PIN again"
    duty_of(again).signing.sign_out()
    assert Duties(journal_of(again)).current() is None


def test_signing_in_again_is_the_same_duty(open_lane: OpenLane) -> None:
    lane = open_lane()
    duty_of(lane).signing.operators.add("1001", "王建国", Role.ADMIN, "730518")
    sign_in(lane)
    sign_in(lane)
    found = Duties(journal_of(lane)).current()
    assert found is not None
    assert found.position == 1


def test_who_left_days_ago_without_a_word_is_on_duty_no_more_and_comes_anew(open_lane: OpenLane) -> None:
    lane = open_lane()
    duty_of(lane).signing.operators.add("1001", "王建国", Role.ADMIN, "730518")
    sign_in(lane)
    three_days_ago = to_ms(datetime.now(UTC) - timedelta(days=3))
    journal_of(lane).connection.execute("UPDATE duty SET began_ms = ?", (three_days_ago,))
    again = open_lane()
    assert Duties(journal_of(again)).current() is None
    told = [
        one for one in to_send(journal_of(again).connection, journal_of(again).vault) if one.kind == "duty"
    ]
    assert [decode_body(one.body, DutyReport).until_ms is None for one in told] == [False]
    sign_in(again)
    found = Duties(journal_of(again)).current()
    assert found is not None
    assert datetime.now(UTC) - found.began < timedelta(hours=1)


def test_the_center_hears_at_once_how_far_a_list_is_that_it_has_just_given(open_lane: OpenLane) -> None:
    lane = open_lane()
    duty_of(lane).signing.operators.add("1001", "王建国", Role.ADMIN, "730518")
    sign_in(lane)
    duty_of(lane)._tick()
    journal = journal_of(lane)
    body = encode_item(ChecklistItem("open", "江北区", to_ms(NOON), (ChecklistPoint("p1", "查健康码"),)))
    Channel(CenterLists(journal), journal).give(("checklist", "open:1", body))
    duty_of(lane)._tick()
    (report,) = [one for one in to_send(journal.connection, journal.vault) if one.kind == "duty"]
    assert ("open/p1", None, "") in decode_body(report.body, DutyReport).checklist
    assert "查健康码" in [point.text for one in duty_of(lane).handover.lists() for point in one.points]


def test_home_hands_over_at_a_gate_where_nobody_has_a_pin(open_lane: OpenLane) -> None:
    lane = open_lane()
    QTest.keyClick(lane.window, Qt.Key.Key_Home)
    assert lane.window.pages.handover.isVisible()
