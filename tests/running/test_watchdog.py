"""systemd hears that the window lives, and nothing once it hangs; a device that hangs is only said."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from station.core.crash import Cause
from station.core.model import (
    DeviceEvent,
    DeviceKind,
    DeviceState,
    DeviceStatus,
    Instrument,
    Reading,
    Sample,
    Scan,
    Site,
    View,
)
from station.running.device_watch import HANGS_S, DeviceWatch
from station.running.notify import is_service, notify, watchdog_ms
from station.running.screen_awake import ScreenAwake
from station.running.single_instance import claim
from station.running.starts import Starts
from station.running.window_life import WindowLife
from tests.patience import PATIENCE_MS, PATIENCE_S

SERVICE = "kakou-test-notify"


@pytest.fixture(params=["file", "name without a file"])
def systemd(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[socket.socket, dict[str, str]]]:
    """systemd's end of the line, and the environment that it gives a service."""
    said = str(tmp_path / "notify") if request.param == "file" else f"@{SERVICE}-{os.getpid()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(said.replace("@", "\0", 1))
        line.settimeout(PATIENCE_S)
        yield line, {"NOTIFY_SOCKET": said}


def test_systemd_is_told(systemd: tuple[socket.socket, dict[str, str]]) -> None:
    line, environment = systemd

    assert notify("READY=1", environment)
    assert line.recv(100) == b"READY=1"
    assert is_service(environment)


def test_a_window_that_somebody_started_by_hand_tells_nobody() -> None:
    assert not notify("READY=1", {})
    assert not is_service({})


def test_systemd_that_is_gone_does_not_matter(tmp_path: Path) -> None:
    assert not notify("WATCHDOG=1", {"NOTIFY_SOCKET": str(tmp_path / "gone")})


@pytest.mark.parametrize(
    ("environment", "every"),
    [
        ({"WATCHDOG_USEC": "20000000", "WATCHDOG_PID": str(os.getpid())}, 10_000),
        ({"WATCHDOG_USEC": "20000000"}, 10_000),
        ({"WATCHDOG_USEC": "20000000", "WATCHDOG_PID": "1"}, None),  # it means another process
        ({"WATCHDOG_USEC": "0"}, None),
        ({"WATCHDOG_USEC": "soon"}, None),
        ({}, None),
    ],
)
def test_twice_as_often_as_systemd_waits(environment: dict[str, str], every: int | None) -> None:
    assert watchdog_ms(environment) == every


@pytest.fixture
def make_life(tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[..., WindowLife]]:
    made: list[WindowLife] = []

    def make(say: Callable[[str], object], starts: Starts | None = None) -> WindowLife:
        first = claim(tmp_path)
        assert first
        awake = ScreenAwake(None, name="kakou-test-awake")
        life = WindowLife(tmp_path, first, starts=starts, awake=awake, say=say, every_ms=lambda: 1)
        made.append(life)
        return life

    yield make
    for life in made:
        life.close()


def test_the_window_says_ready_and_then_that_it_lives_as_long_as_its_loop_turns(
    make_life: Callable[..., WindowLife], qtbot: QtBot
) -> None:
    said: list[str] = []
    window = QWidget()
    qtbot.addWidget(window)
    life = make_life(said.append)
    assert life.crashed is None

    life.watch_over(window)
    assert said == []  # the loop has not turned yet
    qtbot.waitUntil(lambda: said[:2] == ["READY=1", "WATCHDOG=1"] and len(said) > 3, timeout=PATIENCE_MS)

    beats = len(said)
    due = sum(1 for _ in range(3_000_000))  # the loop hangs in something: nobody says a word for it
    assert due
    assert len(said) == beats
    qtbot.waitUntil(lambda: len(said) > beats, timeout=PATIENCE_MS)


def test_a_journal_of_years_has_time_to_be_carried_over_before_the_window_is_ready(
    make_life: Callable[..., WindowLife], qtbot: QtBot
) -> None:
    said: list[str] = []
    window = QWidget()
    qtbot.addWidget(window)
    life = make_life(said.append)

    life.opens()
    (told,) = said
    name, _, microseconds = told.partition("=")
    assert name == "EXTEND_TIMEOUT_USEC"  # sd_notify(3)
    assert int(microseconds) >= 10 * 60 * 1_000_000
    life.watch_over(window)
    qtbot.waitUntil(lambda: said[1:3] == ["READY=1", "WATCHDOG=1"], timeout=PATIENCE_MS)


def test_after_the_third_crash_it_knows_why_until_an_admin_forgives(
    make_life: Callable[..., WindowLife], tmp_path: Path
) -> None:
    for _ in range(3):
        Starts(tmp_path).begin()

    life = make_life(lambda word: None)
    causes = [life.crashed]
    life.forgive()
    causes.append(life.crashed)
    assert causes == [Cause.KILLED, None]
    life.ended()
    assert not Starts(tmp_path).begin()


# --- devices ----------------------------------------------------------------------------------

CAMERA = DeviceStatus(DeviceKind.CAMERA, DeviceState.WORKING, "video0")
THERMOMETER = DeviceStatus(DeviceKind.THERMOMETER, DeviceState.WORKING, "ttyUSB0")
FRAME = View(memoryview(b"\0" * 3), 1, 1, (), 100.0)
READING = Sample(Reading(36.5, Site.OBJECT, 22.0), 0.0, Instrument("ttyUSB0", "lu90614"))


class Devices:
    """What a lane hears, and a clock that a test moves."""

    def __init__(self) -> None:
        self.heard: list[DeviceEvent] = []
        self.now = 1000.0
        self.watch = DeviceWatch(self.heard.append, lambda: self.now)

    def after(self, seconds: float, *events: DeviceEvent) -> list[DeviceEvent]:
        """What the lane hears then."""
        self.now += seconds
        before = len(self.heard)
        for event in events:
            self.watch.hear(event)
        self.watch.look()
        return self.heard[before:]


@pytest.fixture
def devices() -> Devices:
    return Devices()


@pytest.mark.parametrize(("status", "sign"), [(CAMERA, FRAME), (THERMOMETER, READING)])
def test_a_device_whose_thread_hangs_is_said_to_be_silent_once_and_back_when_it_goes_on(
    devices: Devices, status: DeviceStatus, sign: DeviceEvent
) -> None:
    assert devices.after(0, status) == [status]
    assert devices.after(HANGS_S, sign) == [sign]
    assert devices.after(HANGS_S) == []
    (told,) = devices.after(0.1)
    assert isinstance(told, DeviceStatus)
    assert (told.kind, told.name, told.state) == (status.kind, status.name, DeviceState.SILENT)
    assert devices.after(HANGS_S) == []

    back, again = devices.after(5, sign)
    assert isinstance(back, DeviceStatus)
    assert back.state is DeviceState.WORKING
    assert again == sign


def test_a_device_that_says_itself_that_it_is_silent_is_left_to_itself(devices: Devices) -> None:
    silent = DeviceStatus(DeviceKind.CAMERA, DeviceState.SILENT, "video0")

    assert devices.after(0, CAMERA, silent) == [CAMERA, silent]
    assert devices.after(10 * HANGS_S) == []


def test_a_scanner_may_have_nothing_to_say_all_day(devices: Devices) -> None:
    scanner = DeviceStatus(DeviceKind.SCANNER, DeviceState.WORKING, "ttyUSB1")

    devices.after(0, scanner, Scan("a code", 0.0, "scanner", "ttyUSB1"))
    assert devices.after(86_400) == []


def test_devices_that_were_replaced_are_forgotten(devices: Devices) -> None:
    devices.after(0, CAMERA)
    devices.watch.forget()

    assert devices.after(10 * HANGS_S) == []


def test_one_thermometer_is_no_sign_of_the_other(devices: Devices) -> None:
    other = DeviceStatus(DeviceKind.THERMOMETER, DeviceState.WORKING, "ttyUSB1")
    devices.after(0, THERMOMETER, other)

    *_, told = devices.after(HANGS_S + 1, READING)
    assert isinstance(told, DeviceStatus)
    assert told.name == "ttyUSB1"
