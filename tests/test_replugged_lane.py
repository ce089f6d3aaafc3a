"""The stick that holds the data folder is pulled out while the gate is open, and plugged in again."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from station.app import Opening
from station.core.model import Vouch
from station.equipment import Equipment
from station.journal.reader import Reader
from station.screen import LaneInWindow
from station.settings import Settings
from tests.e2e.disk import SmallDisk
from tests.patience import PATIENCE_MS


@pytest.fixture
def stick(tmp_path: Path) -> Iterator[SmallDisk]:
    with SmallDisk(tmp_path / "stick", "8m") as mounted:
        yield mounted


def plug_in_again(stick: SmallDisk, kept: Path) -> None:
    """Over the former one, which a program that has files open there still sees."""
    shutil.copytree(stick.path / "station", kept)
    mount = ("mount", "-t", "tmpfs", "-o", "size=8m", "kakou-test", str(stick.path))
    subprocess.run(mount, check=True)
    shutil.copytree(kept, stick.path / "station")


def test_the_gate_goes_on_with_it_and_nobody_has_to_start_it_anew(
    stick: SmallDisk, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = stick.path / "station"
    lane = LaneInWindow(Opening(folder, Settings(), Equipment(camera=None), alone=True))
    lane.open()
    try:
        stick.fill()
        before = lane._station
        assert before
        while before.journal.has_room():
            pass
        lane.no_code(Vouch.STRANGER)
        lane.temperature_by_hand(36.5)
        plug_in_again(stick, tmp_path / "kept")
        qtbot.waitUntil(lambda: lane._station is not before, timeout=PATIENCE_MS)
        lane.no_code(Vouch.STRANGER)
        lane.temperature_by_hand(36.6)
        with Reader.open(folder) as reader:
            (stored,) = reader.last(5)
        assert stored.entry.temperature
        assert stored.entry.temperature.value_c == 36.6
    finally:
        lane.close()
        subprocess.run(("umount", "--lazy", str(stick.path)), check=True)
