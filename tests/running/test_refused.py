"""A gate that does not open: whoever clicked the icon, or switched the PC on, reads why on the screen."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from station.cli import main
from station.commands.on_screen import AGAIN_MS, is_read
from station.ui.refusal import refusal

# A dialog sizes itself, which the platform without a screen only remarks on.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> list[str]:
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
    return said


def test_a_settings_file_with_a_slip_of_the_pen_is_said_on_the_screen(
    tmp_path: Path, desktop: list[str]
) -> None:
    (tmp_path / "settings.toml").write_text('gaet = "东门"\n', encoding="utf-8")

    assert main(["run", "--data", str(tmp_path)]) == 3
    assert len(desktop) == 1
    assert "卡口没有打开" in desktop[0]
    assert "纸笔" in desktop[0]
    assert "gaet" in desktop[0]


def test_without_a_window_or_as_a_wrong_use_nothing_comes_up(tmp_path: Path, desktop: list[str]) -> None:
    (tmp_path / "settings.toml").write_text("gate = ", encoding="utf-8")

    assert main(["run", "--headless", "--data", str(tmp_path)]) == 3
    words = [word for name in "abc" for word in ("--thermometer", name)]
    assert main(["run", *words, "--data", str(tmp_path / "new")]) == 2
    assert desktop == []


def test_at_boot_it_goes_away_in_time_for_the_next_try(qtbot: QtBot) -> None:
    box = refusal("why", 1)
    qtbot.addWidget(box)
    with qtbot.waitSignal(box.finished):
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
