"""The screen stays on while the gate is open, and goes back to its own ways afterwards."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from station.running.screen_awake import BareScreen, ScreenAwake
from tests.e2e.program import ROOT
from tests.patience import PATIENCE_S

XSET_Q = """Screen Saver:
  prefer blanking:  yes    allow exposures:  yes
  timeout:  600    cycle:  300
DPMS (Energy Star):
  Standby: 600    Suspend: 600    Off: 600
  DPMS is {state}
  Monitor is On
"""
# Holds the screen until the desktop has it; then it closes its window and stays, or is ended by kill -9.
GATE = """
import os, signal, sys
from PySide6.QtCore import QCoreApplication, QSocketNotifier
from station.running.screen_awake import ScreenAwake
application = QCoreApplication([])
awake = ScreenAwake(None)
awake.begin()
held = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
held.activated.connect(application.quit)
application.exec()
held.setEnabled(False)
if sys.argv[1] == "killed":
    os.kill(os.getpid(), signal.SIGKILL)
awake.end()
application.exec()
"""


class Xset:
    """An X server as xset shows it."""

    def __init__(self, state: str = "Enabled", failure: Exception | None = None) -> None:
        self.told: list[list[str]] = []
        self._state, self._failure = state, failure

    def run(self, arguments: Sequence[str]) -> str:
        if self._failure:
            raise self._failure
        if arguments == ["q"]:
            return XSET_Q.format(state=self._state)
        self.told.append(list(arguments))
        return ""


@pytest.mark.parametrize(("state", "after"), [("Enabled", ["+dpms"]), ("Disabled", [])])
def test_a_bare_screen_stays_on_and_is_as_before_afterwards(state: str, after: list[str]) -> None:
    xset = Xset(state)
    screen = BareScreen(xset.run)
    screen.keep_on()
    screen.let_go()
    screen.let_go()

    assert xset.told == [["s", "off", "-dpms"], ["s", "600", "300", *after]]


@pytest.mark.parametrize(
    "failure",
    [FileNotFoundError("xset"), subprocess.TimeoutExpired("xset", 5), subprocess.CalledProcessError(1, "x")],
)
def test_a_screen_that_cannot_be_asked_does_not_keep_the_gate_shut(
    failure: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    screen = BareScreen(Xset(failure=failure).run)
    screen.keep_on()
    screen.let_go()

    assert "the screen may go dark" in caplog.text


def test_where_there_is_no_desktop_the_bare_screen_is_told(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nobody")
    xset = Xset()
    awake = ScreenAwake(BareScreen(xset.run), name="kakou-test-nobody")
    awake.begin()
    awake.end()

    assert xset.told[0] == ["s", "off", "-dpms"]
    assert len(xset.told) == 2


@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="needs dbus-run-session")
@pytest.mark.parametrize("end", ["closed", "killed"])
def test_a_desktop_keeps_the_screen_on_until_the_gate_ends_however_it_ends(end: str) -> None:
    service = Path(__file__).with_name("desktop_service.py")
    done = subprocess.run(
        ["dbus-run-session", "--", sys.executable, "-P", str(service), sys.executable, "-P", "-c", GATE, end],
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=2 * PATIENCE_S,
        check=False,
    )

    assert done.stdout.split("\n")[:2] == ["held by kakou", "let go"], done.stderr
