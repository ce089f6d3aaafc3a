"""The benchmark runs and prints its rows. How long anything took is never asserted."""

from __future__ import annotations

import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication

from bench.figures import HEADINGS, Series, Table
from bench.gate import SECTIONS, Extent, report

TINY = Extent(frames=2, rounds=1, visits=1, scenes=("still",), warm_up_s=1.0, idle_s=0.2, entries=(2, 4))


@pytest.fixture
def lines(
    request: pytest.FixtureRequest, tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> list[str]:
    """The report of these sections on drawn codes, for no real picture need be there."""
    monkeypatch.setenv("KAKOU_TEST_DATA", str(tmp_path / "none"))
    return list(report(TINY, request.param, tmp_path))


def figures(lines: list[str], name: str) -> list[float]:
    """The numbers in the row of this name; fails if there is none."""
    (row,) = (line.removeprefix(name) for line in lines if line.startswith(name))
    return [float(cell) for cell in row.split() if cell.replace(".", "").isdigit()]


@pytest.mark.parametrize("lines", [("decode", "verdict")], indirect=True)
def test_code_to_verdict_is_reported_part_by_part(lines: list[str]) -> None:
    for name in ("station (two attempts", "pyzbar.decode(bgr)", "cv2.QRCodeDetector"):
        assert len(figures(lines, name)) >= 2 * len(HEADINGS)
    for name in ("decode: ", "decision: ", "commit: ", "paint: ", "all: "):
        assert len(figures(lines, name)) >= len(HEADINGS)
    assert "2 of 2 codes were confirmed by their second frame." in lines


@pytest.mark.parametrize("lines", [("memory",)], indirect=True)
def test_memory_is_reported_at_each_number_of_entries(lines: list[str]) -> None:
    assert figures(lines, "2  ")[0] > 0
    assert figures(lines, "4  ")[0] > 0


@pytest.mark.slow
@pytest.mark.parametrize("lines", [("live", "idle")], indirect=True)
def test_the_whole_gate_is_watched_at_work_and_idle(lines: list[str]) -> None:
    assert figures(lines, "all codes")
    assert "1 of 1 codes were read" in "\n".join(lines)
    for name in ("only decoding the video", "without a window", "with a window"):
        assert figures(lines, f"still scene, {name}")


def test_every_section_is_tried_here() -> None:
    assert set(SECTIONS) == {"decode", "verdict", "memory", "live", "idle"}


def test_a_busy_round_does_not_change_the_quiet_figure() -> None:
    series = Series([[0.010, 0.012, 0.014], [0.030, 0.036, 0.042]])

    assert series.cells() == ("22.0", "42.0", "12.0")


def test_columns_stand_below_their_headings() -> None:
    table = Table("Title", ("", "median"), [("a row", "1.0"), ("another row", "22.0")])

    assert list(table.lines()) == [
        "== Title",
        "             median",
        "a row           1.0",
        "another row    22.0",
        "",
    ]
