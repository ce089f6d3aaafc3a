"""The focus trap, in a real window on an X display: a scanner's ENTER must find nothing to press."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.states import Stand

pytestmark = pytest.mark.window


def test_enter_from_a_scanner_presses_nothing_in_the_active_window(gate: Stand, qtbot: QtBot) -> None:
    xdotool = shutil.which("xdotool")
    if xdotool is None:
        pytest.skip("needs xdotool")
    gate.window.activateWindow()
    qtbot.waitUntil(gate.window.isActiveWindow)
    assert gate.window.focusWidget() is None
    subprocess.run([xdotool, "type", "--delay", "2", "6512345"], check=True)
    subprocess.run([xdotool, "key", "Return", "space", "Tab", "Return", "F3"], check=True)
    qtbot.waitUntil(gate.window.temperature_page.isVisible)  # F3 came last, so all the others have been heard
    assert gate.wishes.made == []
