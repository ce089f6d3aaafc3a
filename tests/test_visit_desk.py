"""Visitors, parcels and errands on the whole gate: its page, its admin section, its journal."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.app import Opening
from station.core.audit import Audited
from station.core.errand import Ending, Errand, ErrandKind
from station.core.model import Direction, Reading, Sample, Site
from station.core.outcome import Recorded
from station.equipment import Equipment
from station.journal.audit import read
from station.journal.entries import Journal
from station.journal.errands import Errands, new_errand_id
from station.journal.people import People, Person
from station.journal.retention import Eraser
from station.offices import Offices
from station.reports.errand_list import ToCarry, page_image, write_errands
from station.screen import LaneInWindow
from station.settings import Settings
from station.ui.admin.visits import Mode, VisitsSection
from station.ui.visitor_said import Step
from tests.lane import MODULE
from tests.patience import PATIENCE_MS

ENTER, F1, F12 = Qt.Key.Key_Return, Qt.Key.Key_F1, Qt.Key.Key_F12


def move_in(people: People) -> None:
    residents = [Person("p1", "张小强", "3-2-501", "resident"), Person("p2", "李红", "1-1-101", "resident")]
    people.add(residents, as_of=datetime.now(UTC))


@pytest.fixture
def lane(tmp_path: Path, application: QApplication, qtbot: QtBot) -> Iterator[LaneInWindow]:
    """A gate without any device, with two residents."""
    settings = Settings(visitor_phone="skip")
    made = LaneInWindow(Opening(tmp_path, settings, Equipment(camera=None), prepare=move_in))
    made.window.resize(1366, 768)
    made.open()
    made.window.show()
    qtbot.waitUntil(lambda: offices(made).visitors._desk.knows_houses(), timeout=PATIENCE_MS)
    yield made
    made.close()
    for timer in (*made.findChildren(QTimer), *made.window.findChildren(QTimer)):
        timer.stop()  # another thread may collect them: Qt crashes on one that still runs


def offices(lane: LaneInWindow) -> Offices:
    assert lane._offices
    return lane._offices


def journal_of(lane: LaneInWindow) -> Journal:
    assert lane._station is not None
    return lane._station.journal


def press(lane: LaneInWindow, keys: str) -> None:
    for key in keys:
        if key == "\r":
            QTest.keyClick(lane.window, ENTER)
        else:
            QTest.keyClicks(lane.window, key)
            lane.window.keys.settle()


def take_down(lane: LaneInWindow, keys: str) -> None:
    QTest.keyClick(lane.window, F1)
    QTest.keyClick(lane.window, F1)
    press(lane, keys)


def be_measured(lane: LaneInWindow) -> None:
    assert lane._station is not None
    for _ in range(15):
        lane._station.handle(Sample(Reading(36.5, Site.BODY), time.monotonic(), MODULE))
    lane._station.checkpoint.temperature_by_hand(36.5)
    QApplication.processEvents()


def test_visitor_is_taken_down_measured_and_recorded_with_facts(lane: LaneInWindow) -> None:
    heard = list[object]()
    lane._bridge.outcome.connect(heard.append)
    take_down(lane, "32501\r1")
    page = lane.window.pages.visitor
    assert page.flow.step is Step.CODE, "the open policy asks everybody for a code"
    press(lane, "1")
    be_measured(lane)
    (recorded,) = [one for one in heard if isinstance(one, Recorded)]
    assert recorded.person is not None
    assert recorded.person.dwelling == "3-2-501"
    assert {fact.kind for fact in recorded.stored.entry.facts} >= {"identity"}
    assert lane.window.last_five.entries


def test_phone_is_asked_as_the_settings_say(lane: LaneInWindow) -> None:
    rules = offices(lane).visitors._desk.rules()
    assert (rules.phone, rules.phone_must, rules.travel, rules.code) == (False, False, False, True)


def test_lane_that_is_turned_takes_no_visitor(lane: LaneInWindow) -> None:
    QTest.keyClick(lane.window, F12)
    take_down(lane, "32501\r1")
    assert "F12" in lane.window.pages.visitor.flow.hint
    assert lane._station is not None
    assert lane._station.checkpoint.direction is Direction.OUT


def test_parcel_is_in_the_journal_before_it_is_said_and_is_handed_over_once(lane: LaneInWindow) -> None:
    take_down(lane, "11101\r52")
    (parcel,) = Errands(journal_of(lane)).open()
    assert (parcel.kind, parcel.house) == (ErrandKind.EXPRESS, "1-1-101")
    press(lane, "*11101\r1")
    assert Errands(journal_of(lane)).open() == []
    (closed,) = Errands(journal_of(lane)).since(datetime.now(UTC) - timedelta(hours=1))
    assert closed.ending is Ending.TO_THE_DOOR
    assert not Errands(journal_of(lane)).close(parcel.id, Ending.RETURNED, datetime.now(UTC))


def test_gate_whose_journal_is_closed_says_so_and_loses_nothing(lane: LaneInWindow) -> None:
    take_down(lane, "32501\r")
    lane._close_lane()
    press(lane, "51")
    assert lane.window.pages.visitor.flow.hint != ""
    assert lane.window.pages.visitor.flow.step is Step.PARCEL_KIND


def section_of(lane: LaneInWindow, mode: Mode) -> VisitsSection:
    lane.open_admin()
    assert lane._admin is not None
    (section,) = [one for one in lane._admin.sections if isinstance(one, VisitsSection)]
    lane._admin.go_to(lane._admin.sections.index(section))
    section.show_mode(mode)
    return section


def test_announced_visitor_is_a_tile_at_the_gate_and_passes_as_expected(lane: LaneInWindow) -> None:
    section = section_of(lane, Mode.EXPECTED)
    soon = datetime.now().astimezone() - timedelta(minutes=5)
    page = section.expected
    for name, text in (
        ("house", "3栋2单元501"),
        ("name", "钱多多"),
        ("phone", "13800005678"),
        ("people", "2"),
    ):
        page.fields[name].setText(text)
    page.fields["begins"].setText(f"{soon:%Y-%m-%d %H:%M}")
    page.fields["ends"].setText(f"{soon + timedelta(days=2):%Y-%m-%d %H:%M}")
    page.add.click()
    (line,) = page.table.lines
    assert line.cells[:3] == ("3-2-501", "钱*多", "5678")
    (tile,) = offices(lane).visitors._desk.expected()
    assert (tile.name, tile.house, tile.left) == ("钱*多", "3-2-501", 2)

    heard = list[object]()
    lane._bridge.outcome.connect(heard.append)
    lane._admin.hide()  # type: ignore[union-attr]
    QTest.keyClick(lane.window, F1)
    QTest.keyClick(lane.window, F1)
    flow = lane.window.pages.visitor.flow
    flow.take(flow.options()[0])
    press(lane, "1")
    be_measured(lane)
    (recorded,) = [one for one in heard if isinstance(one, Recorded)]
    assert recorded.person is not None
    assert recorded.person.name == "钱*多"
    assert "person_expected" in {reason.code.value for reason in recorded.decision.reasons}


@pytest.mark.parametrize("mode", [Mode.EXPECTED, Mode.PAST])
def test_names_of_visitors_in_full_go_on_record(lane: LaneInWindow, mode: Mode) -> None:
    section = section_of(lane, mode)
    page = section.expected if mode is Mode.EXPECTED else section.past
    page.unmasked.click()
    page.unmasked.click()
    page.unmasked.click()
    journal, now = journal_of(lane), datetime.now(UTC)
    lines = read(journal.connection, journal.vault, now - timedelta(hours=1), now + timedelta(hours=1))
    seen = [line.facts for line in lines if line.what == Audited.UNMASKED]
    assert seen == [(("page", "访客代办"),)] * 2, "each time they were shown"


def test_house_that_is_in_no_list_is_not_announced(lane: LaneInWindow) -> None:
    page = section_of(lane, Mode.EXPECTED).expected
    page.fields["house"].setText("9-9-999")
    page.fields["begins"].setText(f"{datetime.now().astimezone():%Y-%m-%d %H:%M}")
    page.add.click()
    assert page.table.lines == []
    assert page.fields["house"].text() == "9-9-999", "nothing that was typed is lost"


def test_list_is_imported_and_its_bad_rows_are_named(lane: LaneInWindow, tmp_path: Path) -> None:
    tomorrow = datetime.now().astimezone() + timedelta(days=1)
    file = tmp_path / "访客.csv"
    good = f"3-2-501,孙一,13900001111,{tomorrow:%Y-%m-%d},2"
    rows = f"来访登记\n房号,姓名,手机,从,人数\n{good}\n1-1-101,周,,明天,1\n"
    file.write_text(rows, encoding="gb18030")
    page = section_of(lane, Mode.EXPECTED).expected
    page.take_file(file)
    assert [line.cells[0] for line in page.table.lines] == ["3-2-501"]


def test_errand_is_typed_with_a_note_and_closed_in_the_admin_page(lane: LaneInWindow) -> None:
    page = section_of(lane, Mode.ERRANDS).errands
    page.house.setText("1-1-101")
    page.note.setText("降压药两盒")
    page.kind.setCurrentIndex(page.kind.findData(ErrandKind.PRESCRIPTION))
    page.add.click()
    (line,) = page.table.lines
    assert line.cells[3] == "降压药两盒"
    page.table.mark_all()
    page.close_marked.click()
    assert page.table.lines == []


def test_late_errand_is_named_in_both_places(lane: LaneInWindow) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=2)
    late = Errand(new_errand_id(), ErrandKind.TAKEAWAY, "3-2-501", long_ago)
    Errands(journal_of(lane)).take(late)
    assert [one.late for one in offices(lane).visitors._desk.chores()] == [True]
    page = section_of(lane, Mode.ERRANDS).errands
    assert "1" in page.hint.text()


def test_the_time_of_a_parcel_to_go_counts_from_when_it_was_handed_over(lane: LaneInWindow) -> None:
    journal, now = journal_of(lane), datetime.now(UTC)
    store, then = Errands(journal), now - timedelta(days=60)
    at_once, lately = (Errand(new_errand_id(), ErrandKind.EXPRESS, "3-2-501", then) for _ in range(2))
    for one, handed_over in ((at_once, then), (lately, now)):
        store.take(one)
        store.close(one.id, Ending.OWNER, handed_over)

    Eraser(journal, now - timedelta(days=30), now).run()
    assert [one.id for one in store.since(then)] == [lately.id]


def test_errands_of_a_house_are_sealed(lane: LaneInWindow, tmp_path: Path) -> None:
    secret = Errand(new_errand_id(), ErrandKind.MEDICINE, "1-1-101", datetime.now(UTC), note="精神科的药")
    assert "精神科" not in repr(secret)
    Errands(journal_of(lane)).take(secret)
    journal_of(lane).checkpoint()
    raw = b"".join(file.read_bytes() for file in tmp_path.glob("journal.db*"))
    assert "精神科".encode() not in raw


def test_list_on_paper_has_a_page_for_each_building(application: QApplication, tmp_path: Path) -> None:
    at = datetime(2026, 11, 22, 9, tzinfo=UTC)
    lines = [ToCarry(f"{building}-1-101", "快递", at, late=False) for building in (10, 2) for _ in range(30)]
    assert write_errands(tmp_path / "list.pdf", lines, "东门", at, lambda done, total: None) == 4
    assert not page_image(lines, "东门", at, page=3, dpi=30).isNull()
    assert write_errands(tmp_path / "none.pdf", [], "东门", at, lambda done, total: None) == 1
