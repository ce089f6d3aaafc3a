"""The voice of a gate with a window: what the lane publishes is heard, and a missing loudspeaker is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from station.core.model import DeviceEvent, DeviceKind, DeviceState, DeviceStatus, Scan, View
from station.core.outcome import Phase, Waiting
from station.settings import Settings
from station.speaking import GateVoice
from station.ui.bridge import Bridge
from tests.patience import PATIENCE_MS


@dataclass
class Loudspeaker:
    """Remembers what it was to play; can be pulled out."""

    is_heard: bool = True
    played: list[list[str]] = field(default_factory=list)

    def play(self, files: list[Path], volume: float) -> None:
        self.played.append([file.stem for file in files])


@dataclass
class Gate:
    """A bridge with its voice, and what the screen was told of devices."""

    voice: GateVoice
    bridge: Bridge
    told: list[DeviceEvent]

    @property
    def sound(self) -> list[DeviceState]:
        return [
            one.state for one in self.told if isinstance(one, DeviceStatus) and one.kind is DeviceKind.SOUND
        ]


OpenGate = Callable[[Loudspeaker, Settings], Gate]


@pytest.fixture
def open_gate(qtbot: QtBot, tmp_path: Path) -> OpenGate:
    def make(loudspeaker: Loudspeaker, settings: Settings) -> Gate:
        bridge = Bridge()
        told: list[DeviceEvent] = []
        bridge.device_event.connect(told.append)
        gate = Gate(GateVoice(tmp_path, settings, bridge, bridge, sounding=loudspeaker), bridge, told)
        qtbot.waitUntil(lambda: settings.volume == 0 or bool(gate.sound), timeout=PATIENCE_MS)
        return gate

    return make


def test_what_the_lane_says_is_heard(qtbot: QtBot, open_gate: OpenGate) -> None:
    loudspeaker = Loudspeaker()
    gate = open_gate(loudspeaker, Settings())
    gate.bridge.publish(Waiting(Phase.NEEDS_CODE))

    qtbot.waitUntil(lambda: loudspeaker.played == [["show_code"]], timeout=PATIENCE_MS)


def test_a_camera_that_is_lost_is_heard(qtbot: QtBot, open_gate: OpenGate) -> None:
    loudspeaker = Loudspeaker()
    gate = open_gate(loudspeaker, Settings())
    gate.bridge.publish(DeviceStatus(DeviceKind.CAMERA, DeviceState.LOST, "video0"))

    qtbot.waitUntil(lambda: loudspeaker.played == [["recheck", "device_cam"]], timeout=PATIENCE_MS)


def test_codes_are_asked_for_aloud_when_a_scanner_reads_in_place_of_the_camera(
    qtbot: QtBot, open_gate: OpenGate
) -> None:
    loudspeaker = Loudspeaker()
    gate = open_gate(loudspeaker, Settings())
    gate.bridge.publish(DeviceStatus(DeviceKind.CAMERA, DeviceState.SILENT, "video0"))
    gate.bridge.publish(Scan("token", 1.0, reader="keyboard", source="keyboard"))
    gate.bridge.publish(Waiting(Phase.NEEDS_CODE))

    qtbot.waitUntil(lambda: loudspeaker.played == [["show_code"]], timeout=PATIENCE_MS)


def test_without_a_loudspeaker_the_screen_says_so_once_and_again_when_it_is_back(
    qtbot: QtBot, open_gate: OpenGate
) -> None:
    loudspeaker = Loudspeaker(is_heard=False)
    gate = open_gate(loudspeaker, Settings())
    gate.voice.check()
    loudspeaker.is_heard = True
    gate.voice.check()

    qtbot.waitUntil(lambda: gate.sound == [DeviceState.ABSENT, DeviceState.WORKING], timeout=PATIENCE_MS)


def test_a_gate_that_is_to_be_silent_is(qtbot: QtBot, open_gate: OpenGate) -> None:
    loudspeaker = Loudspeaker()
    gate = open_gate(loudspeaker, Settings(volume=0))
    gate.bridge.publish(Waiting(Phase.NEEDS_CODE))
    with qtbot.waitSignal(gate.bridge.outcome, timeout=PATIENCE_MS):
        gate.bridge.publish(Waiting(Phase.IDLE))

    assert loudspeaker.played == []
    assert gate.sound == []


def test_who_comes_by_night_is_heard(qtbot: QtBot, open_gate: OpenGate) -> None:
    loudspeaker = Loudspeaker()
    all_day = msgspec.convert({"quiet_from": "00:00:00", "quiet_until": "23:59:59"}, Settings)
    gate = open_gate(loudspeaker, all_day)
    gate.bridge.publish(View(memoryview(bytes(3)), 1, 1, (), 10.0, moving=True))

    qtbot.waitUntil(lambda: loudspeaker.played == [["arrival"]], timeout=PATIENCE_MS)
