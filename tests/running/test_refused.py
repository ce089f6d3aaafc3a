"""A gate that does not open: whoever clicked the icon, or switched the PC on, reads why on the screen."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from station.cli import main
from station.commands.on_screen import AGAIN_MS, is_read
from station.ui.refusal import refusal
from tests.patience import PATIENCE_MS

# A dialog sizes itself, which the platform without a screen only remarks on.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Iterator[list[str]]:
    """A screen and no terminal; whoever reads what is said there closes it."""
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    monkeypatch.delenv("QT_QPA_PLATFORM")
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(f"sys.{name}", io.StringIO())
    said: list[str] = []
    timer = QTimer(qapp, interval=20)

    def read() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            said.append(f"{box.text()} {box.informativeText()}")
            box.buttons()[0].click()

    timer.timeout.connect(read)
    timer.start()
    yield said
    timer.stop()


def test_a_settings_file_with_a_slip_of_the_pen_is_said_on_the_screen(
    tmp_path: Path, desktop: list[str]
) -> None:
    (tmp_path / "settings.toml").write_text('gaet = "东门"\n', encoding="utf-8")

    assert main(["run", "--data", str(tmp_path)]) == 3
    assert len(desktop) == 1
    assert "卡口没有打开" in desktop[0]
    assert "纸笔" in desktop[0]
    assert "gaet" in desktop[0]


@pytest.fixture
def signals() -> Iterator[None]:
    """As they were; the gate's window has handlers of its own (`station.screen`)."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_a_pc_that_is_switched_off_does_not_wait_for_somebody_to_close_it(
    tmp_path: Path, desktop: list[str], signals: None, qapp: QApplication
) -> None:
    (tmp_path / "settings.toml").write_text("gate = ", encoding="utf-8")
    signal.signal(signal.SIGTERM, lambda number, frame: None)
    seen: list[object] = []
    QTimer.singleShot(1, qapp, lambda: seen.append(signal.getsignal(signal.SIGTERM)))

    assert main(["run", "--data", str(tmp_path)]) == 3
    assert seen == [signal.SIG_DFL]
    assert len(desktop) == 1


def test_the_log_says_why_also_where_the_screen_is_gone(tmp_path: Path) -> None:
    """The session of the service is over, and with it the screen: Qt ends the program."""
    (tmp_path / "settings.toml").write_text('gaet = "东门"\n', encoding="utf-8")
    gone = {"DISPLAY": ":4711", "QT_QPA_PLATFORM": "xcb", "LC_ALL": "zh_CN.UTF-8", "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "station", "run", "--data", str(tmp_path)]
    ended = subprocess.run(
        command, env=os.environ | gone, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8"
    )

    assert ended.returncode
    assert ended.stderr.count("gaet") == 1


def test_an_installation_without_its_letters_still_prints_why(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('gaet = "东门"\n', encoding="utf-8")
    bare = {"DISPLAY": ":4711", "QT_QPA_PLATFORM": "minimal", "LC_ALL": "zh_CN.UTF-8", "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "station", "run", "--data", str(tmp_path)]
    ended = subprocess.run(
        command, env=os.environ | bare, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8"
    )

    assert ended.returncode == 3
    assert ended.stderr.count("gaet") == 1


def test_without_a_window_or_as_a_wrong_use_nothing_comes_up(tmp_path: Path, desktop: list[str]) -> None:
    (tmp_path / "settings.toml").write_text("gate = ", encoding="utf-8")

    assert main(["run", "--headless", "--data", str(tmp_path)]) == 3
    words = [word for name in "abc" for word in ("--thermometer", name)]
    assert main(["run", *words, "--data", str(tmp_path / "new")]) == 2
    assert desktop == []


def test_at_boot_it_goes_away_in_time_for_the_next_try(qtbot: QtBot) -> None:
    box = refusal("why", 1)
    qtbot.addWidget(box)
    with qtbot.waitSignal(box.finished, timeout=PATIENCE_MS):
        box.open()
    unit = (Path(__file__).parents[2] / "assets" / "autostart" / "kakou.service").read_text("utf-8")
    (seconds,) = (line.split("=")[1] for line in unit.splitlines() if line.startswith("TimeoutStartSec="))
    assert int(seconds) - 10 > AGAIN_MS / 1000


@pytest.mark.parametrize(
    ("environment", "read"),
    [({"DISPLAY": ":0"}, False), ({"WAYLAND_DISPLAY": "w"}, False), ({}, True), ({"DISPLAY": ""}, True)],
)
def test_a_pc_without_a_screen_waits_for_nobody(
    environment: dict[str, str], read: bool, desktop: list[str]
) -> None:
    assert is_read(environment) is read
