"""A gate that is closed while its camera is still being opened ends like any other: no crash is counted."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.program import Program


def test_a_gate_that_is_closed_while_it_opens_its_camera_ends_well(tmp_path: Path) -> None:
    with Program("run", "--headless", "--emulate", "--data", tmp_path / "data") as gate:
        gate.until("camera demo: searching")  # its thread is about to load OpenCV
        assert gate.stop() == 0
