"""The gate after its third crash: no device, no center, people by hand; an admin opens it as usual."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.app import Opening
from station.center_link import CenterLink
from station.core.crash import Cause
from station.equipment import Equipment
from station.running.window_life import WindowLife
from station.screen import LaneInWindow
from station.settings import Settings
from station.ui.admin.setup import SetUpSection
from station.ui.application import prepare
from station.ui.bridge import Bridge
from tests.window_lane import press, shown


@dataclass
class Life:
    """A window that crashed again and again."""

    crashed: Cause | None = Cause.CAMERA

    def forgive(self) -> None:
        self.crashed = None


@dataclass
class Hardware:
    """What was switched on."""

    on: list[str] = field(default_factory=list)

    def camera(self, post: object, judge: object) -> Hardware:
        self.on.append("camera")
        return self

    def start(self) -> None:
        self.on.append("started")

    def stop(self) -> None:
        self.on.append("stopped")


@pytest.fixture
def hardware(monkeypatch: pytest.MonkeyPatch) -> Hardware:
    hardware = Hardware()
    monkeypatch.setattr(CenterLink, "open", lambda self: hardware.on.append("center"))
    return hardware


@pytest.fixture
def lane(tmp_path: Path, qapp: QApplication, hardware: Hardware) -> Iterator[LaneInWindow]:
    prepare(qapp, "zh")
    life: WindowLife = Life()  # type: ignore[assignment] - as much of it as the lane asks for
    with shown(
        LaneInWindow(Opening(tmp_path, Settings(), Equipment(camera=hardware.camera)), None, life)
    ) as made:
        yield made


def bar(lane: LaneInWindow) -> str:
    return lane.window.sidelines.bar.accessibleName()


def test_it_says_why_and_records_people_by_hand_without_touching_a_device_or_the_center(
    lane: LaneInWindow, hardware: Hardware
) -> None:
    press(lane, Qt.Key.Key_F1, Qt.Key.Key_Plus, Qt.Key.Key_F3, Qt.Key.Key_6, Qt.Key.Key_5)

    assert bar(lane) == "反复出错，先手工登记：一用摄像头就出错, 请管理员看 F10 → 设备"
    assert lane._station
    (stored,) = lane._station.last_entries()
    assert stored.entry.temperature
    assert stored.entry.temperature.raw_c == 36.5
    assert hardware.on == []


def test_an_admin_opens_it_as_usual_from_the_page_of_devices(
    lane: LaneInWindow, hardware: Hardware, qtbot: QtBot
) -> None:
    lane.open_admin()
    assert lane._admin
    section = next(one for one in lane._admin.sections if isinstance(one, SetUpSection))
    lane._admin.go_to(lane._admin.sections.index(section))
    assert section.usual.isVisibleTo(section)

    section.usual.click()

    assert hardware.on == ["camera", "started", "center"]
    assert bar(lane) == ""
    assert not section.usual.isVisibleTo(section)


@pytest.mark.parametrize("cause", Cause)
def test_each_cause_has_its_words_and_fits_the_bar(cause: Cause, tmp_path: Path, qapp: QApplication) -> None:
    prepare(qapp, "zh")
    life: WindowLife = Life(cause)  # type: ignore[assignment]
    lane = LaneInWindow(Opening(tmp_path, Settings(), Equipment(camera=None)), None, life)
    lane.window.resize(1366, 768)
    lane.open()
    lane.window.show()

    assert bar(lane).startswith("反复出错，先手工登记：")
    assert all(line.fits() for line in lane.window.sidelines.bar.lines())
    lane.close()


def test_a_gate_that_did_not_crash_offers_nothing(tmp_path: Path, qapp: QApplication) -> None:
    prepare(qapp, "zh")
    lane = LaneInWindow(Opening(tmp_path, Settings(), Equipment(camera=None)))
    lane.open()
    lane.open_admin()
    assert lane._admin
    section = next(one for one in lane._admin.sections if isinstance(one, SetUpSection))
    lane._admin.go_to(lane._admin.sections.index(section))

    assert not section.usual.isVisibleTo(section)
    assert bar(lane) == ""
    assert isinstance(lane._bridge, Bridge)
    lane.close()
