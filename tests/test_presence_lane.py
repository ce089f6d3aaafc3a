"""The sections about presence on a whole lane: its own journal, its own policy, one passage."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QStyle, QStyleOptionButton, QStyleOptionFrame

from station.app import Opening
from station.core.day_statistics import count
from station.core.model import Severity, Vouch
from station.core.override import OverrideReason
from station.equipment import Equipment
from station.journal.day_passages import read_day
from station.journal.people import People, Person
from station.screen import LaneInWindow
from station.settings import Settings
from station.showing_day import show_day
from station.ui.admin import statistics_words
from station.ui.admin.entries import EntriesSection
from station.ui.admin.inside import InsideSection
from station.ui.admin.lookback import LookbackSection
from station.ui.admin.rechecks import RechecksSection
from station.ui.admin.section_group import SectionGroup
from station.ui.admin.sections import Section
from station.ui.admin.visits import VisitsSection
from station.ui.language import speak
from tests.ui.admin.looking import SIZES
from tests.window_lane import shown


def move_in(people: People) -> None:
    visitor = Person("li", "李红", "", "visitor", codes=("a code",))
    people.add([visitor], as_of=datetime.now(UTC))


@pytest.fixture
def lane(tmp_path: Path, application: QApplication) -> Iterator[LaneInWindow]:
    with shown(LaneInWindow(Opening(tmp_path, Settings(), Equipment(camera=None), prepare=move_in))) as made:
        yield made


def test_every_section_opens_and_the_gate_goes_on(lane: LaneInWindow) -> None:
    QTest.keyClick(lane.window, Qt.Key.Key_F10)
    assert lane._admin
    wanted = (InsideSection, RechecksSection, LookbackSection, EntriesSection)
    shown: list[type[Section]] = []
    for number, section in enumerate(lane._admin.sections):
        lane._admin.go_to(number)
        assert lane._admin.section is section
        parts = section.parts if isinstance(section, SectionGroup) else [section]
        for tab, part in enumerate(parts):
            if isinstance(section, SectionGroup):
                section.show_part(tab)
                assert section.part is part
            if isinstance(part, wanted):
                assert lane._admin.work_bar.sentence.text() == ""
            shown.append(type(part))
    assert set(wanted) <= set(shown)


def test_the_menu_has_room_for_a_finger_at_each_section(lane: LaneInWindow) -> None:
    """1366x768, all sections of a gate: 40 px, what WCAG 2.2 asks for and more, between other buttons."""
    QTest.keyClick(lane.window, Qt.Key.Key_F10)
    assert lane._admin
    for button in (*lane._admin.menu.buttons, lane._admin.menu.back):
        assert button.height() >= 40, button.text()
        assert lane._admin.rect().contains(button.mapTo(lane._admin, button.rect().bottomRight()))


@pytest.mark.parametrize("size", SIZES)
def test_the_feet_of_letters_on_the_way_back_to_the_gate_are_not_cut_off_under_all_sections(
    lane: LaneInWindow, size: tuple[int, int]
) -> None:
    lane.window.resize(*size)
    QTest.keyClick(lane.window, Qt.Key.Key_F10)
    assert lane._admin
    for button in (*lane._admin.menu.buttons, lane._admin.menu.back):
        option = QStyleOptionButton()
        button.initStyleOption(option)
        room = button.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, button)
        letters = button.fontMetrics()
        baseline = (room.height() - letters.height()) / 2 + letters.ascent()
        assert baseline + letters.tightBoundingRect("To the gate").bottom() <= room.height(), button.text()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_to_fill_in_for_an_expected_visitor_is_read_in_full(
    lane: LaneInWindow, application: QApplication, language: str
) -> None:
    translator = speak(application, language)
    QTest.keyClick(lane.window, Qt.Key.Key_F10)
    assert lane._admin
    (section,) = [one for one in lane._admin.sections if isinstance(one, VisitsSection)]
    lane._admin.go_to(lane._admin.sections.index(section))
    QApplication.processEvents()
    if translator:
        application.removeTranslator(translator)
    fields = [one for one in section.findChildren(QLineEdit) if one.isVisible() and one.placeholderText()]
    assert fields
    for one in fields:
        option, panel = QStyleOptionFrame(), QStyle.SubElement.SE_LineEditContents
        one.initStyleOption(option)
        room = one.style().subElementRect(panel, option, one).width() - 4  # Qt's own margin, two on each side
        assert one.fontMetrics().horizontalAdvance(one.placeholderText()) <= room, one.placeholderText()


def test_what_the_gate_has_just_decided_is_explained_the_same_on_the_admin_page(lane: LaneInWindow) -> None:
    lane.no_code(Vouch.KNOWN, "li")
    lane.temperature_by_hand(36.5)
    QTest.keyClick(lane.window, Qt.Key.Key_F10)
    assert lane._admin
    (group,) = [
        one
        for one in lane._admin.sections
        if isinstance(one, SectionGroup) and isinstance(one.part, EntriesSection)
    ]
    lane._admin.go_to(lane._admin.sections.index(group))
    section = group.part
    assert isinstance(section, EntriesSection)
    (line,) = section.table.lines
    assert "李*" in line.cells
    section.table.selectRow(0)
    section.table.clicked.emit(section.table.model().index(0, 0))
    assert section.page.outcome.text() == "✓ 重新判定：结果相同"
    assert "36.5" in "".join(section.page.evidence.texts)
    assert "仪器：手填的（体温枪）" in section.page.evidence.texts


def test_a_passage_that_is_corrected_on_the_admin_page_is_shown_so_at_the_gate(lane: LaneInWindow) -> None:
    lane.no_code(Vouch.KNOWN, "li")
    lane.temperature_by_hand(36.5)
    QTest.keyClick(lane.window, Qt.Key.Key_F10)
    QApplication.processEvents()
    assert lane._admin
    sections = [
        part
        for one in lane._admin.sections
        for part in (one.parts if isinstance(one, SectionGroup) else [one])
    ]
    (section,) = [one for one in sections if isinstance(one, EntriesSection)]
    (line,) = lane.window.last_five.entries
    section._place = section._desk.place_of(1)
    section._amend(Severity.STOP, OverrideReason.MISTAKE)
    (corrected,) = lane.window.last_five.entries
    assert (line.severity, line.amended) != (Severity.STOP, True)
    assert (corrected.severity, corrected.amended) == (Severity.STOP, True)
    assert dict(lane.window.counters.counts) == {Severity.PASS: 0, Severity.RECHECK: 0, Severity.STOP: 1}


def test_a_gate_that_opens_again_knows_who_its_last_five_were(lane: LaneInWindow) -> None:
    """After a power cut in the night each resident of the evening stood there as 未登记 or 无码."""
    lane.no_code(Vouch.KNOWN, "li")
    lane.temperature_by_hand(36.5)
    QApplication.processEvents()
    (before,) = lane.window.last_five.entries
    lane.window.last_five.show_lines(())
    assert lane._station
    show_day(lane.window, lane._station)
    assert before.name
    assert lane.window.last_five.entries == (before,)


def test_whoever_went_unseen_is_counted_at_the_gate_as_in_the_figures(lane: LaneInWindow) -> None:
    """Else the screen says another number than the figures and the log, until the program starts again."""
    lane.no_code(Vouch.KNOWN, "li")
    lane.temperature_by_hand(36.5)
    QTest.keyClick(lane.window, Qt.Key.Key_F10)
    QApplication.processEvents()
    assert lane._admin
    parts = [
        part
        for one in lane._admin.sections
        for part in (one.parts if isinstance(one, SectionGroup) else [one])
    ]
    (inside,) = [one for one in parts if isinstance(one, InsideSection)]
    before = sum(lane.window.counters.counts.values())
    inside._mark([*inside._desk.now().others], left=True)

    station = lane._station
    assert station
    zone = datetime.now().astimezone().tzinfo
    assert zone
    assert sum(lane.window.counters.counts.values()) == before + 1
    assert dict(lane.window.counters.counts) == dict(station.counts_today(zone))
    figures = count(read_day(lane._opening.data, datetime.now(zone).date(), zone))
    assert (figures.passages, figures.by_hand) == (before + 1, 1)
    assert "其中人工登记 1 条" in statistics_words.counted(figures)
