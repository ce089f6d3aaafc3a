"""The admin page on a whole lane: real journal, real checkpoint, emulated instruments on pseudo-terminals."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.app import Opening
from station.commands.gate import equipment_of
from station.core.model import CodeStatus, DeviceKind, DeviceState, Reading, ReasonCode, Sample, Scan, Site
from station.core.outcome import Outcome, Phase, Recorded, Waiting
from station.devices.emulators.thermometer import PtyThermometer
from station.equipment import Equipment
from station.journal.passes import Passes
from station.journal.people import People, Person
from station.screen import LaneInWindow
from station.settings import Settings, SettingsError, load_settings
from station.ui.admin.bench import SaveError
from station.ui.admin.passes import PassesSection
from station.ui.admin.window import AdminWindow
from tests.patience import PATIENCE_MS
from tests.window_lane import shown

EMPTY = Reading(22.5, Site.OBJECT, 22.5)


def move_in(people: People) -> None:
    now = datetime.now(UTC)
    who = ("张小强", "3-2-501")
    people.add([Person(people.id_for(*who), *who, "resident")], as_of=now)


def without_camera(settings: Settings) -> Equipment:
    """What the settings name, whatever camera this PC may have."""
    return replace(equipment_of(settings), camera=None)


class Lane:
    def __init__(self, lane: LaneInWindow) -> None:
        self.lane, self.outcomes = lane, list[Outcome]()
        lane._bridge.outcome.connect(self.outcomes.append)

    @property
    def admin(self) -> AdminWindow:
        QTest.keyClick(self.lane.window, Qt.Key.Key_F10) if self.lane._admin is None else None
        assert self.lane._admin is not None
        return self.lane._admin

    @property
    def passes(self) -> PassesSection:
        (section,) = [one for one in self.admin.sections if isinstance(one, PassesSection)]
        self.admin.open()
        self.admin.go_to(self.admin.sections.index(section))
        return section

    def scan(self, text: str, qtbot: QtBot) -> set[ReasonCode]:
        """Show a code and have the temperature typed in. Returns the reasons of the entry."""
        before = len(self._recorded)
        self.lane._bridge.publish(Scan(text, time.monotonic(), "keyboard", "keyboard"))
        qtbot.waitUntil(lambda: self._asked is Phase.NEEDS_TEMPERATURE, timeout=PATIENCE_MS)
        self.lane.temperature_by_hand(36.4)
        qtbot.waitUntil(lambda: len(self._recorded) > before, timeout=PATIENCE_MS)
        return {reason.code for reason in self._recorded[-1].decision.reasons}

    def status_of(self, text: str) -> CodeStatus:
        """What the lane's judge makes of a code now: the lane itself would repeat its last verdict."""
        station = self.lane._station
        assert station is not None
        return station._judge(text, datetime.now(UTC)).status

    @property
    def _asked(self) -> Phase | None:
        waiting = [one.phase for one in self.outcomes if isinstance(one, Waiting)]
        return waiting[-1] if waiting else None

    @property
    def _recorded(self) -> list[Recorded]:
        return [one for one in self.outcomes if isinstance(one, Recorded)]


@pytest.fixture
def lane(tmp_path: Path, application: QApplication) -> Iterator[Lane]:
    """A gate without any device, with one resident."""
    opening = Opening(tmp_path, Settings(), Equipment(camera=None), prepare=move_in)
    with shown(LaneInWindow(opening, without_camera)) as made:
        yield Lane(made)


def test_a_new_pass_is_known_at_the_gate_at_once_and_a_revoked_one_is_stopped(
    lane: Lane, qtbot: QtBot
) -> None:
    section = lane.passes
    section.show_mode(issuing=True)
    section.house.setText("3-2-501")
    section.look_up()
    section.issue.click()
    station = lane.lane._station
    assert station is not None
    (signed,) = Passes(station.journal).all()
    assert ReasonCode.CODE_VALID in lane.scan(signed.text, qtbot)

    assert lane.status_of(signed.text) is CodeStatus.VALID
    section.table.mark_all()
    section.revoke.click()
    section.question.answer(yes=True)
    assert lane.status_of(signed.text) is CodeStatus.REVOKED


def test_the_pass_of_whoever_is_removed_is_stopped_at_the_gate_at_once(lane: Lane, qtbot: QtBot) -> None:
    desk = lane.passes._desk
    desk.issue(desk.living_in("3-2-501"))
    station, offices = lane.lane._station, lane.lane._offices
    assert station is not None
    assert offices is not None
    (signed,) = Passes(station.journal).all()
    assert ReasonCode.CODE_VALID in lane.scan(signed.text, qtbot)
    (person,) = People(station.journal).living_in("3-2-501")
    offices.people.remove(person.id, "017")
    assert lane.status_of(signed.text) is CodeStatus.REVOKED


def test_the_lane_takes_another_thermometer_over_without_a_restart(
    lane: Lane, qtbot: QtBot, tmp_path: Path
) -> None:
    with PtyThermometer("gy-mcu90614", lambda seconds: EMPTY, interval_s=0.05) as plugged:
        heard: list[object] = []
        lane.lane._bridge.device_event.connect(heard.append)
        lane.lane._change_devices({"thermometer": f"{plugged.path},gy-mcu90614"})
        qtbot.waitUntil(lambda: any(isinstance(event, Sample) for event in heard), timeout=PATIENCE_MS)
        assert load_settings(tmp_path).thermometer == f"{plugged.path},gy-mcu90614"

        lane.lane._change_devices({"thermometer": None})
        absent = (DeviceKind.THERMOMETER, DeviceState.ABSENT)
        qtbot.waitUntil(
            lambda: (getattr(heard[-1], "kind", ""), getattr(heard[-1], "state", "")) == absent,
            timeout=PATIENCE_MS,
        )
        lane.lane._bridge.device_event.disconnect(heard.append)


def test_devices_that_make_no_sense_are_refused_and_the_lane_goes_on(lane: Lane, tmp_path: Path) -> None:
    before = lane.lane._station
    with pytest.raises(SaveError, match="nonsense"):
        lane.lane._change_devices({"thermometer": "usb:1-1,nonsense"})
    assert lane.lane._station is before
    assert not (tmp_path / "settings.toml").exists()


def test_passes_are_said_to_be_out_of_reach_while_the_journal_is_not_open(lane: Lane) -> None:
    section = lane.passes
    lane.lane._close_lane()
    lane.lane._station = None
    section.enter()
    assert "登记本" in lane.admin.work_bar.sentence.text()


def test_settings_errors_are_not_swallowed() -> None:
    with pytest.raises(SettingsError):
        equipment_of(Settings(thermometer="usb:1-1,nonsense"))
