"""Codes in a moving hand: how long it takes until one is confirmed, and what each frame costs.

The video comes from a generator outside this project, a file that KAKOU_GATEVIDEO names; without it there is
nothing to measure. It must hold a class `GateVideo(seed, level, size)` whose `frames()` have `image` (BGR),
`t` (seconds) and `full` (the whole code is in the picture).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Protocol

from bench.figures import HEADINGS, Series, Table
from bench.frames import HEIGHT, WIDTH
from station.devices.frame import Frame, Image
from station.devices.sight import Sight

VARIABLE = "KAKOU_GATEVIDEO"
LEVELS = ("easy", "medium", "hard")
_HEADINGS = ("", "confirmed", "wait:", *HEADINGS[:2], "look:", *HEADINGS[:2])


class VideoFrame(Protocol):
    image: Image
    t: float  # s since the video began
    full: bool


class Video(Protocol):
    def frames(self) -> Iterable[VideoFrame]: ...


MakeVideo = Callable[[int, str, tuple[int, int]], Video]


@dataclass(slots=True)
class _Level:
    """What became of the passes of one level."""

    waits: Series = field(default_factory=Series)
    looks: Series = field(default_factory=Series)

    def row(self, name: str, passes: int) -> tuple[str, ...]:
        confirmed = f"{len(self.waits.all)}/{passes}"
        return (name, confirmed, "", *self.waits.cells()[:2], "", *self.looks.cells()[:2])


def table(passes: int) -> Table:
    """Passes of each level, through the same `Sight` that a camera's frames go through."""
    title = (
        f"Hand: the whole code in the picture → scan (the video's time), and one look, ms ({passes} passes)"
    )
    generator = os.environ.get(VARIABLE)
    if not generator:
        return Table(title, _HEADINGS, (), f"Not measured: {VARIABLE} names no generator of such a video.")
    make = load(Path(generator))
    return Table(title, _HEADINGS, [_level(make, level, passes).row(level, passes) for level in LEVELS])


def load(path: Path) -> MakeVideo:
    """The generator in this file. Raises OSError, and whatever the file raises."""
    spec = spec_from_file_location("gatevideo_for_bench", path)
    if spec is None or spec.loader is None:
        raise OSError(f"{path} is not a Python file")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    make: MakeVideo = module.GateVideo
    return make


def _level(make: MakeVideo, level: str, passes: int) -> _Level:
    result = _Level()
    for seed in range(passes):
        _one_pass(make(seed, level, (WIDTH, HEIGHT)).frames(), result)
    return result


def _one_pass(frames: Iterable[VideoFrame], result: _Level) -> None:
    """Look at each frame until the code is confirmed."""
    sight, whole_at = Sight(lambda text: False), float("inf")
    for index, frame in enumerate(frames):
        whole_at = min(whole_at, frame.t) if frame.full else whole_at
        shown = Frame(frame.image, frame.t, index, "bench")
        scan, _ = result.looks.timed(partial(sight.look, shown))
        if scan:
            result.waits.add(max(0.0, frame.t - whole_at))
            return
