"""Another policy on a whole lane, with a real journal: the gate goes on with it, also after a restart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.app import Opening
from station.commands.explain import _explained
from station.core.entry import Entry
from station.core.model import Vouch
from station.core.policy import parse_policy
from station.equipment import Equipment
from station.journal.policies import read_policy_history
from station.journal.reader import Reader
from station.policy_desk import find_text, policy_text
from station.screen import LaneInWindow
from station.settings import Settings
from station.ui.admin.policy import DRILL, PolicySection
from station.ui.notices import Afterwards
from tests.patience import PATIENCE_MS
from tests.window_lane import shown

CONTROLLED = parse_policy(policy_text("controlled"))


@pytest.fixture
def lane(tmp_path: Path, application: QApplication) -> Iterator[LaneInWindow]:
    """A gate without any device, whose settings say `open`."""
    with shown(LaneInWindow(Opening(tmp_path, Settings(), Equipment(camera=None)))) as made:
        made.open_admin()
        yield made


def rules(lane: LaneInWindow) -> PolicySection:
    assert lane._admin is not None
    (number,) = [n for n, one in enumerate(lane._admin.sections) if isinstance(one, PolicySection)]
    lane._admin.go_to(number)
    section = lane._admin.sections[number]
    assert isinstance(section, PolicySection)
    return section


def pass_by(lane: LaneInWindow, folder: Path, qtbot: QtBot) -> Entry:
    """Somebody without a code comes, and is measured by hand."""
    lane.no_code(Vouch.STRANGER)
    lane.temperature_by_hand(36.4)
    with Reader.open(folder) as reader:
        qtbot.waitUntil(lambda: bool(reader.last(1)), timeout=PATIENCE_MS)
        return reader.last(1)[0].entry


def test_an_activated_policy_decides_about_the_next_person_without_a_restart(
    lane: LaneInWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    first = pass_by(lane, tmp_path, qtbot)
    section = rules(lane)
    section.form.begun.emit(3)
    section.trial.start.click()
    qtbot.waitUntil(section.trial.activate.isEnabled, timeout=PATIENCE_MS)
    section.trial.signature.by.setText("07")
    section.trial.activate.click()
    section.question.answer(yes=True)
    then = pass_by(lane, tmp_path, qtbot)
    assert first.policy.startswith("open/")
    assert then.policy == CONTROLLED.label

    lane._close_lane()
    lane.open()
    assert pass_by(lane, tmp_path, qtbot).policy == CONTROLLED.label


def test_every_entry_finds_its_policy_again_whatever_the_settings_say_today(
    lane: LaneInWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    entry = pass_by(lane, tmp_path, qtbot)
    history = read_policy_history(tmp_path)
    assert [event.kind for event in history] == ["used"]
    assert find_text(entry.policy_digest or "", history) == policy_text("open")
    assert _explained(tmp_path, 1).same


def test_the_drill_lasts_over_a_restart_and_marks_every_entry(
    lane: LaneInWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    section = rules(lane)
    section.show_page(DRILL)
    section.drill.signature.by.setText("07")
    section.drill.switch.click()
    section.question.answer(yes=True)
    lane._close_lane()
    lane.open()
    assert pass_by(lane, tmp_path, qtbot).policy.endswith("+no-codes")
    assert read_policy_history(tmp_path)[-1].at <= datetime.now(UTC)


@pytest.mark.parametrize("announced", Afterwards)
def test_admin_page_opens_whatever_the_gate_has_announced(lane: LaneInWindow, announced: Afterwards) -> None:
    """Lists that another program had changed: F10, and nothing opened."""
    assert lane._admin is not None
    lane._admin.close()
    lane.window.sidelines.notices.announce(announced, "有事 · F10")
    lane.open_admin()
    assert lane._admin.isVisible()


def test_clock_that_is_set_to_another_date_and_back_leaves_the_day_as_it_was(
    lane: LaneInWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    """The counters and the last five stood empty until the gate was started anew."""
    entry = pass_by(lane, tmp_path, qtbot)
    window, now = lane.window, lane.window._now
    qtbot.waitUntil(lambda: bool(window.last_five.entries), timeout=PATIENCE_MS)
    counts = dict(window.counters.counts)
    for days in (3, 0):
        window._now = lambda days=days: now() + timedelta(days=days)  # type: ignore[misc]
        window.tick()

    assert sum(counts.values()) == 1
    assert dict(window.counters.counts) == counts
    assert [line.id for line in window.last_five.entries] == [entry.id]
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert window.pages.correction.isVisible()


def test_whoever_passes_in_the_moment_the_date_changes_is_counted_once(
    lane: LaneInWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    """The lane closed their passage, and before the screen heard of it the window saw midnight."""
    window, now = lane.window, lane.window._now
    window._now = lambda: now() + timedelta(days=1)
    lane.no_code(Vouch.STRANGER)
    lane.temperature_by_hand(36.4)
    window.tick()
    pass_by(lane, tmp_path, qtbot)
    qtbot.waitUntil(lambda: len(window.last_five.entries) > 1, timeout=PATIENCE_MS)

    assert sum(window.counters.counts.values()) == 2
    assert len(window.last_five.entries) == 2
