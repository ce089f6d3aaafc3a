"""A scanner that types, in a real window on an X display: a code arrives whole, and ENTER presses nothing."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest
from pytestqt.qtbot import QtBot

from station.core.model import Scan
from tests.patience import PATIENCE_MS
from tests.ui.states import Stand

pytestmark = pytest.mark.window


CODE = "https://kakou.invalid/00001111aaBB"  # X11 takes its doubled characters for keys held down


@pytest.fixture
def xdotool(gate: Stand, qtbot: QtBot) -> str:
    """The program that presses keys, for the window that has them."""
    program = shutil.which("xdotool")
    if program is None:
        pytest.skip("needs xdotool")
    gate.window.activateWindow()
    qtbot.waitUntil(gate.window.isActiveWindow, timeout=PATIENCE_MS)
    assert gate.window.focusWidget() is None
    return program


@pytest.fixture
def scans(gate: Stand) -> list[str]:
    """The codes that the lane hears of."""
    heard: list[str] = []
    gate.bridge.device_event.connect(lambda event: isinstance(event, Scan) and heard.append(event.text))
    return heard


def test_a_burst_is_a_code_and_its_enter_presses_nothing(
    gate: Stand, xdotool: str, scans: list[str], qtbot: QtBot
) -> None:
    subprocess.run([xdotool, "type", "--delay", "0", CODE], check=True)
    subprocess.run([xdotool, "key", "Return", "space", "Tab", "Return", "F3"], check=True)
    qtbot.waitUntil(
        gate.window.pages.temperature.isVisible, timeout=PATIENCE_MS
    )  # F3 came last, so all the others have been heard
    assert scans == [CODE]
    assert gate.wishes.made == []


def test_a_burst_is_one_code_even_if_the_screen_stands_still_in_the_middle(
    gate: Stand, xdotool: str, scans: list[str], qtbot: QtBot
) -> None:
    typing = ("type", "--delay", "20", "--args", "1", CODE)
    with subprocess.Popen([xdotool, *typing, "key", "F3", *typing]) as scanner:
        qtbot.waitUntil(
            gate.window.pages.temperature.isVisible, timeout=PATIENCE_MS
        )  # the first half is heard, its pause is timed
        scanner.wait()  # nothing runs here until the last character has been typed
    qtbot.waitUntil(lambda: bool(scans), timeout=PATIENCE_MS)
    assert scans == [CODE + CODE]


def test_what_a_person_types_is_no_code(gate: Stand, xdotool: str, scans: list[str], qtbot: QtBot) -> None:
    """Typed while nothing runs here: all keys arrive at once, and still are known to have come slowly."""
    subprocess.run([xdotool, "type", "--delay", "150", "12345678"], check=True)
    subprocess.run([xdotool, "key", "Return", "F3"], check=True)
    qtbot.waitUntil(gate.window.pages.temperature.isVisible, timeout=PATIENCE_MS)
    assert scans == []
    assert gate.wishes.made == []


def test_the_number_block_types_digits_though_numlock_is_off(gate: Stand, xdotool: str, qtbot: QtBot) -> None:
    keys = ("F3", "KP_Next", "KP_Right", "KP_Begin")  # 3 6 5
    subprocess.run([xdotool, "key", "--delay", "150", *keys], check=True)
    qtbot.waitUntil(lambda: bool(gate.wishes.made), timeout=PATIENCE_MS)
    assert gate.wishes.made[-1] == ("temperature", 36.5)


_ANOTHER_PROGRAM = """
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
window = QLabel("updates are ready")
window.show()
window.activateWindow()
application.exec()
"""


def test_while_another_program_has_the_keyboard_the_gate_says_that_scans_do_not_come(
    gate: Stand, xdotool: str, qtbot: QtBot
) -> None:
    with subprocess.Popen([sys.executable, "-c", _ANOTHER_PROGRAM]) as other:
        try:
            qtbot.waitUntil(lambda: not gate.window.isActiveWindow(), timeout=PATIENCE_MS)
            qtbot.waitUntil(gate.window.sidelines.bar.isVisible, timeout=PATIENCE_MS)
            assert "键盘" in gate.window.sidelines.bar.accessibleName()
        finally:
            other.kill()
    gate.window.activateWindow()
    qtbot.waitUntil(gate.window.sidelines.bar.isHidden, timeout=PATIENCE_MS)
