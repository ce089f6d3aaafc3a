"""A PC that is shut down while the gate opens: it ends in order, and not by kill -9 after a wait."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from station import screen
from station.app import Opening
from station.equipment import Equipment
from station.running.starts import Starts
from station.settings import Settings
from tests.patience import PATIENCE_MS


@pytest.fixture
def handlers() -> Iterator[None]:
    """Signals are as before afterwards."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("handlers")
def test_a_request_to_end_that_comes_before_the_loop_begins_is_heard(
    tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen.LaneInWindow, "show", lambda lane: os.kill(os.getpid(), signal.SIGTERM))
    too_late = QTimer(qapp, interval=PATIENCE_MS, singleShot=True)
    too_late.timeout.connect(lambda: qapp.exit(99))
    too_late.start()

    assert screen.run(Opening(tmp_path, Settings(), Equipment(camera=None))) == 0
    too_late.stop()
    assert not any(Starts(tmp_path).begin() for _ in range(3))  # the first was no crash
