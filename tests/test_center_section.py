"""The number to call when no whistle gets out: kept in the settings, and what the gate says from then on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from station.center_section import StationPhoneDesk
from station.core.help import Help, HelpKind, Stage
from station.equipment import Equipment
from station.opening import Opening
from station.settings import Settings, load_settings
from station.settings_file import Value, change_settings
from station.ui.desk_error import DeskError
from station.ui.help_words import told


class Gate:
    """A gate with its settings, as `LaneInWindow` keeps them."""

    def __init__(self, folder: Path) -> None:
        self.opening = Opening(folder, Settings(), Equipment(camera=None))
        self.desk = StationPhoneDesk(lambda: self.opening, self._keep)

    def _keep(self, changes: Mapping[str, Value]) -> None:
        settings = change_settings(self.opening.data, changes)
        self.opening = replace(self.opening, settings=settings)


@pytest.fixture
def gate(tmp_path: Path) -> Gate:
    return Gate(tmp_path)


def test_a_new_number_is_on_the_screen_at_once_and_after_a_restart(gate: Gate) -> None:
    gate.desk.keep("8765 4321")

    whistle = Help("1", HelpKind.WHISTLE, "", datetime(2022, 4, 16, tzinfo=UTC), Stage.NOT_OUT)
    assert told(whistle, gate.desk.number()).sentence == "没有网，请打 8765 4321"
    assert load_settings(gate.opening.data).help_phone == "8765 4321"


def test_settings_that_cannot_be_written_are_said_and_change_nothing(gate: Gate) -> None:
    (gate.opening.data / "settings.toml").write_text("gate = 3", encoding="utf-8")

    with pytest.raises(DeskError, match=r"settings\.toml"):
        gate.desk.keep("110")

    assert gate.desk.number() == "12345"
