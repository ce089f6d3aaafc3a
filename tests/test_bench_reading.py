"""The benchmark of reading runs and prints its rows. How long anything took is never asserted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from bench.moving import idle, passes
from bench.passes import Video, VideoFrame
from bench.peers import STATION, new_readers
from bench.photographs import photographs, stages, table
from bench.reading import Extent, report
from station.devices.decode import RESCUES
from station.devices.frame import Image
from tests.devices.qr_pictures import TOKEN, on_desk, qr, save

TINY = Extent(every=1, every_for_stages=1, passes=1)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two photographs: a code, and one whose published text is another."""
    (tmp_path / "qr").mkdir()
    manifest = {}
    for name, published in (("right.png", TOKEN), ("wrong.png", "another text")):
        save(tmp_path / "qr" / name, qr(TOKEN))
        manifest[name] = {"expected": f" {published}\r\n", "also_accepted": []}
    (tmp_path / "qr" / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    monkeypatch.setenv("KAKOU_TEST_DATA", str(tmp_path))
    return tmp_path


def row(lines: list[str], name: str) -> list[str]:
    (found,) = (line for line in lines if line.startswith(f"{name}  "))
    return found.removeprefix(name).split()


@pytest.mark.usefixtures("folder")
def test_right_and_wrong_texts_are_counted_for_each_reader() -> None:
    lines = list(table(photographs(every=1)).lines())

    for name in new_readers():
        assert row(lines, name)[:2] == ["1", "1"]


@pytest.mark.usefixtures("folder")
def test_every_stage_has_its_row() -> None:
    lines = list(stages(photographs(every=1)).lines())

    assert all(row(lines, stage.name) for stage in RESCUES)
    assert row(lines, "missed by the first looks")[0] == "0"


def test_without_photographs_it_says_what_to_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAKOU_TEST_DATA", str(tmp_path))

    with pytest.raises(SystemExit, match="KAKOU_TEST_DATA"):
        list(report(TINY, ["photographs"], seed=0))


class Shown:
    def __init__(self, image: Image, t: float, full: bool) -> None:
        self.image, self.t, self.full = image, t, full


class Hand:
    """Nothing for a third of a second, then a code; or nothing at all."""

    def __init__(self, seed: int, level: str, size: tuple[int, int], *, idle: bool = False) -> None:
        self._code_from = 40 if idle else 10

    def frames(self) -> Iterator[VideoFrame]:
        empty = on_desk(width=320, height=240)
        code = on_desk(qr(TOKEN, module=3), width=320, height=240)
        for index in range(40):
            full = index >= self._code_from
            yield Shown(np.ascontiguousarray(code if full else empty), index / 30, full)


def make(seed: int, level: str, size: tuple[int, int], *, idle: bool = False) -> Video:
    return Hand(seed, level, size, idle=idle)


def test_a_held_code_is_scanned_in_its_second_frame() -> None:
    (first, *_) = passes(make, seeds=[0, 1])
    scanned, _, median, _, _ = row(list(first.lines()), STATION)

    assert scanned == "2/2"
    assert float(median) >= 33


def test_an_empty_gate_is_measured_for_each_reader() -> None:
    lines = list(idle(make, seed=0).lines())

    assert row(lines, "easy, 720p, still")
    assert row(lines, "hard, 1080p, drifting")
