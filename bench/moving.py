"""Codes in a moving hand: how many are scanned, after how long, and what an empty gate costs.

The video comes from the generator that passes.py loads. It runs in its own time, at 30 frames a second: a
reader that takes longer than a frame misses the frames that came meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil
from time import process_time
from typing import Protocol

import numpy as np

from bench.figures import Table, share
from bench.passes import LEVELS, Video, VideoFrame
from bench.peers import STATION, Read, new_readers
from station.devices.confirm import Confirmer
from station.devices.frame import Frame, Image
from station.devices.motion import CALM_FRAMES
from station.devices.opencv import cv2
from station.devices.sight import Sight

SIZES = ((1280, 720), (1920, 1080))
RATE = 30.0  # frames per second
_NEVER = float("inf")


class Generator(Protocol):
    """Makes a video of somebody holding a code, or of the empty gate."""

    def __call__(self, seed: int, level: str, size: tuple[int, int], *, idle: bool = False) -> Video: ...


@dataclass(slots=True)
class _Tally:
    """What became of the passes of one level and size with one reader."""

    waits: list[float] = field(default_factory=list)  # s from the whole code in the picture to the scan
    frames: int = 0  # read
    spent: list[float] = field(default_factory=list)  # s for each frame looked at

    def row(self, name: str) -> tuple[str, ...]:
        scanned = sum(wait < _NEVER for wait in self.waits)
        ms = f"{1000 * sum(self.spent) / len(self.spent):.1f}"
        return (name, f"{scanned}/{len(self.waits)}", str(self.frames), *map(self._wait, (0.5, 0.9)), ms)

    def _wait(self, part: float) -> str:
        wait = sorted(self.waits)[ceil(part * len(self.waits)) - 1]
        return f"{1000 * wait:.0f}" if wait < _NEVER else "never"


class _Watch:
    """One reader through one pass."""

    def __init__(self, read: Read, tally: _Tally) -> None:
        self._read, self._tally = read, tally
        self._confirmer = Confirmer()
        self._free_at = 0.0
        self._whole_at = self._scanned_at = _NEVER

    def show(self, frame: VideoFrame) -> None:
        if frame.full:
            self._whole_at = min(self._whole_at, frame.t)
        if frame.t < self._free_at:
            return
        began = process_time()
        texts = self._read(frame.image)
        spent = process_time() - began
        self._tally.spent.append(spent)
        self._tally.frames += bool(texts)
        self._free_at = frame.t + spent
        if self._confirmer.feed(frame.t, texts).text:
            self._scanned_at = min(self._scanned_at, self._free_at)

    def end(self) -> None:
        """Keep how long it took; a code that was scanned before all of it was in the picture took no time."""
        self._tally.waits.append(
            max(0.0, self._scanned_at - self._whole_at) if self._scanned_at < _NEVER else _NEVER
        )


def passes(make: Generator, seeds: Sequence[int]) -> Iterator[Table]:
    """A table for every size and level."""
    for size in SIZES:
        for level in LEVELS:
            tallies = {name: _Tally() for name in new_readers()}
            for seed in seeds:
                _one_pass(make(seed, level, size).frames(), tallies)
            yield Table(
                f"Hand: {level}, {size[1]}p, {len(seeds)} passes; the whole code in the picture → scan, ms",
                ("", "scanned", "frames read", "median", "p90", "ms a frame"),
                [tally.row(name) for name, tally in tallies.items()],
            )


def _one_pass(frames: Iterable[VideoFrame], tallies: dict[str, _Tally]) -> None:
    watches = [_Watch(read, tallies[name]) for name, read in new_readers().items()]
    for frame in frames:
        for watch in watches:
            watch.show(frame)
    for watch in watches:
        watch.end()


# --- the empty gate ------------------------------------------------------------------------------


def idle(make: Generator, seed: int) -> Table:
    """Share of one core at 30 frames a second, the camera's JPEG included, once the gate has come to rest."""
    rows = []
    for size in SIZES:
        for level in LEVELS:
            moving = [frame.image for frame in make(seed, level, size, idle=True).frames()]
            still = [_with_noise(moving[0], number) for number in range(len(moving))]
            for scene, images in (("still", still), ("drifting", moving)):
                rows.append(_idle_row(f"{level}, {size[1]}p, {scene}", images))
    return Table(
        "Idle: share of one core, nobody there; with the decoding of the camera's JPEG",
        ("", STATION, "without JPEG", *list(new_readers())[1:]),
        rows,
        "still: nothing but noise changes; drifting: the whole scene sways, as on a camera in the wind.",
    )


def _with_noise(image: Image, seed: int) -> Image:
    noise = np.random.default_rng(seed).integers(-6, 7, image.shape, np.int16)
    return np.asarray(cv2.add(image, noise, dtype=cv2.CV_8U), np.uint8)


def _idle_row(name: str, images: Sequence[Image]) -> tuple[str, ...]:
    jpegs = [np.asarray(cv2.imencode(".jpg", image)[1]) for image in images]
    at_rest = (len(jpegs) - 2 * CALM_FRAMES) / RATE  # s
    ours, jpeg = _station(jpegs)
    alone = [_alone(read, jpegs[2 * CALM_FRAMES :]) for read in list(new_readers().values())[1:]]
    return (name, *(share(spent, at_rest) for spent in (ours, ours - jpeg, *alone)))


def _station(jpegs: Sequence[Image]) -> tuple[float, float]:
    """Seconds after the gate has come to rest: all, and those for the JPEGs of the wanted frames."""
    sight, jpeg, began = Sight(lambda text: False), 0.0, 0.0
    for index, data in enumerate(jpegs):
        if index == 2 * CALM_FRAMES:
            jpeg, began = 0.0, process_time()
        if sight.wants(index):
            decoding = process_time()
            image = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)
            jpeg += process_time() - decoding
            sight.look(Frame(image, index / RATE, index, "bench"))
    return process_time() - began, jpeg


def _alone(read: Read, jpegs: Sequence[Image]) -> float:
    began = process_time()
    for data in jpegs:
        read(np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8))
    return process_time() - began
