"""What works otherwise in the program of the .deb, which has no `python -m`."""

from __future__ import annotations

import queue
import sys
from pathlib import Path

import pytest

from station.core.model import DeviceState, DeviceStatus
from station.devices.barrier_keeper import KeptBarrier
from station.devices.emulators.relay import PtyRelay
from tests.e2e.program import ROOT
from tests.patience import PATIENCE_S


@pytest.fixture
def frozen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As PyInstaller leaves it: one executable, whose first word is a command."""
    program = tmp_path / "station"
    program.write_text(
        f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -P -m station "$@"\n', encoding="utf-8"
    )
    program.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(program))
    monkeypatch.setattr("sys.frozen", True, raising=False)


@pytest.mark.usefixtures("frozen")
def test_the_barrier_is_kept_by_the_program_itself() -> None:
    told: queue.Queue[DeviceStatus] = queue.Queue()
    with PtyRelay("lcus") as board:
        kept = KeptBarrier(board.path, "lcus", told.put)
        kept.start()
        try:
            assert told.get(timeout=PATIENCE_S).state is DeviceState.SEARCHING
            assert told.get(timeout=PATIENCE_S).state is DeviceState.WORKING
        finally:
            kept.stop()


def test_the_keeper_is_no_command_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    from station.cli import main

    with pytest.raises(SystemExit):
        main(["--help"])

    assert "barrier-keeper" not in capsys.readouterr().out
