"""A scanner and a person at the admin page, in a real window on an X display."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from pytestqt.qtbot import QtBot

from station.core.model import Scan
from tests.patience import PATIENCE_MS
from tests.ui.admin.office import Office
from tests.ui.admin.states import issuing

pytestmark = pytest.mark.window

CODE = "https://kakou.invalid/00001111aaBB"  # X11 takes its doubled characters for keys held down


@pytest.fixture
def xdotool(office: Office, qtbot: QtBot) -> str:
    """The program that presses keys; the cursor is in the field for a house."""
    program = shutil.which("xdotool")
    if program is None:
        pytest.skip("needs xdotool")
    issuing(office)
    office.gate.window.activateWindow()
    qtbot.waitUntil(office.gate.window.isActiveWindow, timeout=PATIENCE_MS)
    office.passes.house.clear()
    office.passes.house.setFocus()
    return program


@pytest.fixture
def scans(office: Office) -> list[str]:
    heard: list[str] = []
    office.gate.bridge.device_event.connect(
        lambda event: isinstance(event, Scan) and heard.append(event.text)
    )
    return heard


def test_a_scan_reaches_the_gate_and_no_field(
    office: Office, xdotool: str, scans: list[str], qtbot: QtBot
) -> None:
    subprocess.run([xdotool, "type", "--delay", "2", CODE], check=True)
    subprocess.run([xdotool, "key", "Return"], check=True)
    qtbot.waitUntil(lambda: bool(scans), timeout=PATIENCE_MS)
    assert scans == [CODE]
    assert office.passes.house.text() == ""


def test_what_a_person_types_is_found(office: Office, xdotool: str, scans: list[str], qtbot: QtBot) -> None:
    subprocess.run([xdotool, "type", "--delay", "120", "3-2-501"], check=True)
    subprocess.run([xdotool, "key", "Return"], check=True)
    qtbot.waitUntil(lambda: len(office.passes.table.lines) == 3, timeout=PATIENCE_MS)
    assert scans == []


def test_escape_leads_back_to_a_gate_that_hears_its_keys(office: Office, xdotool: str, qtbot: QtBot) -> None:
    subprocess.run([xdotool, "key", "Escape"], check=True)
    qtbot.waitUntil(office.admin.isHidden, timeout=PATIENCE_MS)
    subprocess.run([xdotool, "key", "F5"], check=True)
    qtbot.waitUntil(lambda: ("start_over",) in office.gate.wishes.made, timeout=PATIENCE_MS)
