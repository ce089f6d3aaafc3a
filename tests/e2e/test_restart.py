"""kill -9 of a window at work: it is back within five seconds, as it was; the third time it goes by hand."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.app import Opening
from station.demo import CAST
from station.equipment import Equipment
from station.journal.check import check
from station.journal.reader import Reader
from station.running.logfiles import FOLDER
from station.screen import LaneInWindow
from station.settings import Settings
from station.ui.application import prepare
from tests.devices.qr_pictures import TOKEN
from tests.e2e.desktop import Desktop
from tests.e2e.program import Program, station
from tests.e2e.residents import Resident, move_in
from tests.patience import PATIENCE_MS, PATIENCE_S

BACK_S = 5.0  # from the start of the process to the first window; systemd's RestartSec comes before it


@pytest.fixture
def systemd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """systemd's end of the line to the service."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(str(tmp_path / "notify"))
        line.settimeout(PATIENCE_S)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        yield line


def heard(systemd: socket.socket, word: bytes) -> None:
    while systemd.recv(100) != word:
        pass


def start(folder: Path, tmp_path: Path) -> Program:
    """A gate whose camera is not plugged in, without a screen."""
    words = ("run", "--data", folder, "--camera", tmp_path / "unplugged")
    return Program(*words, env={"QT_QPA_PLATFORM": "offscreen"})


def waited_for_processor(pid: int) -> float:
    """Seconds that a process was ready and other programs ran: proc(5), schedstat. They are not its own."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[1]) / 1e9


@pytest.mark.window
def test_a_window_killed_at_work_comes_back_within_five_seconds_as_it_was(
    folder: Path, tmp_path: Path, desktop: Desktop, systemd: socket.socket, qtbot: QtBot, qapp: QApplication
) -> None:
    move_in(folder, Resident("张小强", "3-2-501", TOKEN))
    down = station("policy", "drill", "on", "--by", "2001", "--reason", "停了", "--data", folder)
    assert down.returncode == 0, down.stderr
    words = ("run", "--data", folder, "--camera", tmp_path / "unplugged")
    program = desktop.open(*words)
    heard(systemd, b"READY=1")
    desktop.press("F12")
    desktop.scan(TOKEN)
    desktop.press("F3", "8", "5")
    program.until("entry 1 stored: recheck")
    program.kill()

    with start(folder, tmp_path) as again:
        began = time.monotonic()
        heard(systemd, b"READY=1")
        took = time.monotonic() - began - waited_for_processor(again.pid)
        again.kill()

    program = desktop.open(*words)
    desktop.press("F1", "slash", "F3", "0")
    program.until("entry 2 stored: recheck")
    program.kill()

    assert took < BACK_S
    assert check(folder).ok
    with Reader.open(folder) as reader:
        assert [stored.entry.direction for stored in reader.last(2)] == ["out", "out"]
    prepare(qapp, "zh")
    lane = LaneInWindow(Opening(folder, Settings(), Equipment(camera=None)))
    lane.open()
    assert "← 出门" in lane.window.header.accessibleName()
    assert "停码" in lane.window.header.accessibleName()
    assert len(lane.window.last_five.lines()) >= 2
    qtbot.waitUntil(lambda: bool(lane.window.sidelines.waiting), timeout=PATIENCE_MS)
    assert [line.last_c for line in lane.window.sidelines.waiting] == [38.5]
    lane.close()


def test_the_third_crash_makes_it_manual_only_and_a_hung_window_is_not_spoken_for(
    folder: Path, tmp_path: Path, systemd: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHDOG_USEC", "200000")
    for _ in range(3):
        with start(folder, tmp_path) as program:
            heard(systemd, b"READY=1")
            program.until("unplugged: lost")
            heard(systemd, b"WATCHDOG=1")
            program.kill()

    with start(folder, tmp_path) as program:
        program.until("by hand alone, without devices and center: killed")
        heard(systemd, b"READY=1")
        assert program.stop() == 0
        assert "camera" not in program.log

    with start(
        folder, tmp_path
    ) as program:  # the count is of the last five minutes, however the last one ended
        program.until("by hand alone")


def test_a_second_start_ends_while_the_first_goes_on(
    folder: Path, tmp_path: Path, systemd: socket.socket
) -> None:
    with start(folder, tmp_path) as first:
        heard(systemd, b"READY=1")
        os.environ.pop("NOTIFY_SOCKET")  # the second one is started by hand
        with start(folder, tmp_path) as second:
            assert second.ended() == 0
        assert first.stop() == 0


PERSONAL = (*(actor.name for actor in CAST if actor.name), "3-2-501", "kakou.invalid", "dingtalk")


@pytest.mark.parametrize("people", [2, pytest.param(len(CAST), marks=pytest.mark.slow)])
def test_the_log_of_a_demo_names_nobody(people: int, folder: Path) -> None:
    with Program("demo", "--headless", "--data", folder) as program:
        for _ in range(people):
            program.entry()
        assert program.stop() == 0

    logs = "".join(file.read_text("utf-8") for file in (folder / "demo" / FOLDER).iterdir())
    assert f"entry {people} stored" in logs
    assert not [word for word in PERSONAL if word in logs]
