"""The people section on a whole lane: what it changes counts at the gate at once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.app import Opening
from station.core.model import Scan
from station.core.outcome import Waiting
from station.equipment import Equipment
from station.journal.entries import Journal
from station.journal.people import People
from station.screen import LaneInWindow
from station.settings import Settings
from station.ui.admin.people import PeopleSection
from tests.patience import PATIENCE_MS
from tests.test_admin_lane import move_in
from tests.window_lane import shown

CODE = "https://kakou.invalid/health/1"


@pytest.fixture
def lane(tmp_path: Path, application: QApplication) -> Iterator[LaneInWindow]:
    """A gate without any device, with one resident, and the people section in sight."""
    with shown(LaneInWindow(Opening(tmp_path, Settings(), Equipment(camera=None), prepare=move_in))) as made:
        made.open_admin()
        yield made


def section_of(lane: LaneInWindow, qtbot: QtBot) -> PeopleSection:
    assert lane._admin is not None
    (section,) = [one for one in lane._admin.sections if isinstance(one, PeopleSection)]
    lane._admin.go_to(lane._admin.sections.index(section))
    bar = lane._admin.work_bar
    qtbot.waitUntil(lambda: not bar.busy, timeout=PATIENCE_MS)
    return section


def journal_of(lane: LaneInWindow) -> Journal:
    assert lane._station is not None
    return lane._station.journal


def scan(lane: LaneInWindow) -> None:
    lane._bridge.publish(Scan(CODE, time.monotonic(), "scanner", "scanner"))


def test_a_code_scanned_for_a_card_is_not_judged_and_afterwards_is_known_at_the_gate(
    lane: LaneInWindow, qtbot: QtBot
) -> None:
    section, outcomes = section_of(lane, qtbot), list[object]()
    lane._bridge.outcome.connect(outcomes.append)
    section.finder.typed.setText("zxq")
    section.finder.open(section.finder.table.lines[0].about)
    section.operator.setText("017")
    section.card.keys.click()
    section.card.codes.bind.click()
    scan(lane)
    qtbot.waitUntil(section.card.codes.question.isVisible, timeout=PATIENCE_MS)
    assert not [one for one in outcomes if isinstance(one, Waiting)], "the gate never heard of it"
    section.card.codes.question.answer(yes=True)
    journal = journal_of(lane)
    known = People(journal).find_by_code(journal.vault.code_key(CODE))
    assert known is not None
    assert known.person_id == section.card._id
    scan(lane)
    qtbot.waitUntil(lambda: any(isinstance(one, Waiting) for one in outcomes), timeout=PATIENCE_MS)
    lane._bridge.outcome.disconnect(outcomes.append)


def test_when_the_gate_begins_anew_people_are_found_again(lane: LaneInWindow, qtbot: QtBot) -> None:
    section = section_of(lane, qtbot)
    lane._open_anew()
    section.leave()
    section.enter()
    section_of(lane, qtbot)
    section.finder.typed.setText("zxq")
    assert len(section.finder.table.lines) == 1


def test_whoever_types_after_the_gate_began_anew_finds_all_the_same(lane: LaneInWindow, qtbot: QtBot) -> None:
    section = section_of(lane, qtbot)
    lane._open_anew()
    section.finder.typed.setText("zxq")
    assert lane._admin is not None
    qtbot.waitUntil(lambda: len(section.finder.table.lines) == 1, timeout=PATIENCE_MS)
