"""The owner of a picture sensor against an emulated one on a real pseudo-terminal."""

from __future__ import annotations

import logging
import queue
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from station.core.model import Reading, Site, ThermalView
from station.devices import port_owner
from station.devices.emulators.thermal import PtyThermal
from station.devices.thermal import PICTURES
from station.devices.thermal_camera import ThermalCamera
from tests.devices.clocks import WorkingClock
from tests.patience import PATIENCE_S

SLUG = "gy-mcu90640"
FAMILY = PICTURES[SLUG]
INTERVAL_S = 0.03
at_its_pace, hasty = WorkingClock(), WorkingClock(20)


def somebody(_at: float) -> Reading:
    return Reading(36.2, Site.OBJECT, 22.0)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(port_owner, "_BACK_OFF_S", (0.02,))
    monkeypatch.setattr(port_owner, "READ_TIMEOUT_S", 0.03)


Views = queue.Queue[ThermalView]


@contextmanager
def looking(url: str, clock: Callable[[], float] = at_its_pace) -> Iterator[Views]:
    views: Views = queue.Queue()
    camera = ThermalCamera(url, FAMILY, views.put, emulated=True, monotonic=clock)
    camera.start()
    try:
        yield views
    finally:
        camera.stop()


def test_somebody_steps_before_the_sensor_and_is_seen_coming_from_the_left() -> None:
    with PtyThermal(SLUG, somebody, interval_s=INTERVAL_S) as device, looking(device.path) as views:
        first = views.get(timeout=PATIENCE_S)
        assert (first.width, first.height, first.name) == (32, 24, f"thermal {SLUG}")
        assert first.emulated
        assert first.face
        seen = first
        while not (seen.face and seen.face[2] >= 10):  # they have come near
            seen = views.get(timeout=PATIENCE_S)
    assert first.face[0] + first.face[2] < 16


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    """The states that were logged, in order."""
    return [record.message.split(": ")[1].split()[0] for record in caplog.records]


def test_a_pulled_plug_ends_the_pictures_and_the_next_one_brings_them_back(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, "station.devices.port_owner")
    with PtyThermal(SLUG, somebody, interval_s=INTERVAL_S) as device, looking(device.path) as views:
        views.get(timeout=PATIENCE_S)
        device.unplug()
        device.replug()
        while told(caplog).count("working") < 2:  # a picture of before may still be on its way
            views.get(timeout=PATIENCE_S)
    assert told(caplog) == ["searching", "working", "lost", "working"]


def test_the_other_speeds_are_tried_and_that_is_said_once(caplog: pytest.LogCaptureFixture) -> None:
    with (
        PtyThermal(SLUG, somebody, baud=460800, interval_s=INTERVAL_S) as device,
        looking(device.path, hasty) as views,
    ):
        views.get(timeout=PATIENCE_S)
    assert [record.message for record in caplog.records if "silent" in record.message] == [
        f"camera thermal {SLUG}: silent no picture at 115200 baud"
    ]


def test_nobody_is_no_face() -> None:
    with (
        PtyThermal(SLUG, lambda _: Reading(22.3, Site.OBJECT, 22.0), interval_s=INTERVAL_S) as device,
        looking(device.path) as views,
    ):
        assert views.get(timeout=PATIENCE_S).face is None


def test_a_sensor_that_is_asked_answers() -> None:
    family = PICTURES["htpa32"]
    views: Views = queue.Queue()
    with PtyThermal("htpa32", somebody, interval_s=INTERVAL_S) as device:
        camera = ThermalCamera(device.path, family, views.put)
        camera.start()
        try:
            assert views.get(timeout=PATIENCE_S).width == 32
        finally:
            camera.stop()
