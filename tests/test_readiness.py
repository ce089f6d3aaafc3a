"""The self-test of a gate that runs: it looks by itself, and speaks up only if something does not work."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.app import Opening
from station.equipment import Equipment
from station.readiness import Readiness
from station.settings import Settings
from station.ui.voice import Player
from station.ui.wizard.draft import Value
from tests.patience import PATIENCE_MS
from tests.ui.states import Stand
from tests.ui.wizard.stand import FakePlayer


def readiness(stand: Stand, folder: Path, saved: list[Mapping[str, Value]] | None) -> Readiness:
    opening = Opening(folder, Settings(), Equipment(camera=None))

    def make(parent: QObject) -> Player:
        return FakePlayer()

    save = None if saved is None else saved.append
    return Readiness(
        stand.window, stand.bridge, lambda: opening, lambda: None, save, make_player=make
    )  # fmt: skip


@pytest.fixture
def stand(application: QApplication) -> Stand:
    return Stand.open()


def test_gate_without_a_camera_is_told_in_one_sentence(stand: Stand, tmp_path: Path, qtbot: QtBot) -> None:
    ready = readiness(stand, tmp_path, [])
    ready.test_quietly()
    qtbot.waitUntil(lambda: ready._work is None, timeout=PATIENCE_MS)
    said = stand.window.sidelines.notices.caption(0.0)
    assert "摄像头" in said
    assert "管理 → 自检" in said
    ready.end()


def test_wizard_over_the_gate_goes_when_it_is_left(stand: Stand, tmp_path: Path) -> None:
    saved: list[Mapping[str, Value]] = []
    ready = readiness(stand, tmp_path, saved)
    assert ready.can_set_up
    ready.set_up()
    assert ready._wizard is not None
    assert ready._wizard.isVisible()
    ready._wizard.leave()
    assert ready._wizard is None
    assert saved == []


def test_demo_tests_nothing_by_itself_and_is_never_set_up(stand: Stand, tmp_path: Path) -> None:
    ready = readiness(stand, tmp_path, None)
    ready.begin()
    ready.set_up()
    assert not ready._soon.isActive()
    assert ready._wizard is None
