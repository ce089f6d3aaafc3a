"""A camera is unplugged: the center says so within seconds, not at the next hello in five minutes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from center.console.attention import look_at
from center.scope import EVERYWHERE
from station.sync.device_news import EVERY_S, Devices
from station.sync.talk import UpTalk
from tests.sync.district import District, district
from tests.sync.test_talk import talk

WELL: Devices = (("camera 0", "ok"), ("thermometer lu90614", "ok"))
UNPLUGGED: Devices = (("camera 0", "lost"), ("thermometer lu90614", "ok"))
LOOKS_EVERY_S = 0.25  # a gate's lane looks at its devices so often, and wakes the sync


@dataclass
class Gate:
    """An enrolled gate whose cables a test pulls."""

    there: District
    devices: Devices = WELL

    def __post_init__(self) -> None:
        self.there.enrol()
        self.up: UpTalk = self.there.up(lambda: self.devices)
        talk(self.up)

    def hellos(self) -> int:
        return self.there.road.asked.count("/v1/hello")

    def goes_on(self, seconds: float) -> None:
        for _ in range(round(seconds / LOOKS_EVERY_S)):
            self.there.clock.move(LOOKS_EVERY_S)
            talk(self.up)

    def said_at_the_center(self) -> list[str]:
        """What is to be seen to at this gate, as the overview has it."""
        (row,) = self.there.center.store.gates.overview(EVERYWHERE)
        now_ms = self.there.center.clocks.ms
        return [matter.device for matter in look_at(row, now_ms, now_ms).matters if matter.device]


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    with district(tmp_path) as there:
        yield Gate(there)


def test_an_unplugged_camera_is_told_within_five_seconds_and_when_it_is_back(gate: Gate) -> None:
    gate.goes_on(60)
    assert (gate.hellos(), gate.said_at_the_center()) == (1, [])

    gate.devices = UNPLUGGED
    gate.goes_on(1)
    assert (gate.hellos(), gate.said_at_the_center()) == (2, ["摄像头"])

    gate.devices = WELL
    gate.goes_on(EVERY_S)
    assert gate.said_at_the_center() == []


def test_a_loose_plug_does_not_keep_the_center_busy(gate: Gate) -> None:
    gate.goes_on(60)
    for number in range(40):
        gate.devices = (UNPLUGGED, WELL)[number % 2]
        gate.goes_on(LOOKS_EVERY_S)
    assert gate.hellos() <= 1 + 10 / EVERY_S + 1

    gate.devices = UNPLUGGED
    gate.goes_on(EVERY_S)
    assert gate.said_at_the_center() == ["摄像头"]


def test_what_happened_without_a_network_is_told_when_it_is_back(gate: Gate) -> None:
    gate.there.road.closed = httpx2.ConnectError("no route")
    gate.devices = UNPLUGGED
    gate.goes_on(30)
    assert gate.said_at_the_center() == []

    gate.there.road.closed = None
    gate.goes_on(400)
    assert gate.said_at_the_center() == ["摄像头"]
