"""Photographs of codes, held still: what the station reads, what each decoder does alone, what a stage adds.

The photographs and their published texts come from the folder that KAKOU_TEST_DATA names. Beside them stand
the same photographs made worse in four ways, so that no stage earns its place by a picture or two.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.figures import HEADINGS, Series, Table
from bench.peers import Read, new_readers, station
from station.devices.camera import SCAN_HOLD
from station.devices.decode import PLANES, RESCUES, Reader, Stage
from station.devices.frame import Image
from station.devices.opencv import cv2
from station.devices.playback import read_picture
from station.devices.readers import zxing
from station.devices.region import whole

_ROOT = Path(__file__).parents[1]
Change = Callable[[Image], Image]


@dataclass(frozen=True, slots=True)
class Photograph:
    path: Path
    texts: frozenset[str]  # accepted, bare

    def shows(self, texts: Sequence[str]) -> bool:
        return not self.texts.isdisjoint(map(bare, texts))


def photographs(every: int) -> list[Photograph]:
    """Every so manieth of the photographs; none if there is no such folder."""
    folder = Path(os.environ.get("KAKOU_TEST_DATA", _ROOT / "../shared/data")) / "qr"
    if not folder.is_dir():
        return []
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    return [
        Photograph(folder / name, frozenset(map(bare, (entry["expected"], *entry["also_accepted"]))))
        for name, entry in sorted(manifest.items())[::every]
    ]


def bare(text: str) -> str:
    """The published texts have lost carriage returns and blanks at line ends."""
    return "\n".join(line.rstrip() for line in text.replace("\r", "").splitlines()).strip()


# --- the same, made worse ------------------------------------------------------------------------


def _noisy(image: NDArray[np.floating], sigma: float) -> Image:
    noise = np.random.default_rng(image.size).normal(0, sigma, image.shape)
    return _bytes(image + noise)


def _bytes(image: NDArray[np.floating]) -> Image:
    clipped: Image = np.clip(image, 0, 255).astype(np.uint8)
    return clipped


def _dim(image: Image) -> Image:
    """A fifth of the light, and the noise of a sensor that lacks it."""
    return _noisy(image * 0.18 + 8, sigma=5)


def _glare(image: Image) -> Image:
    """A lamp mirrored near the middle."""
    height, width = image.shape[:2]
    y, x = np.mgrid[:height, :width]
    spot = np.exp(-(((x / width - 0.55) ** 2) + (y / height - 0.45) ** 2) / 0.02)
    return _bytes(image + 200 * spot[..., None])


def _far(image: Image) -> Image:
    """From twice as far away."""
    small = cv2.resize(image, None, fx=0.45, fy=0.45, interpolation=cv2.INTER_AREA)
    return _noisy(small.astype(np.float64), sigma=4)


def _unfocused(image: Image) -> Image:
    return np.asarray(cv2.GaussianBlur(image, (0, 0), max(image.shape) / 700), np.uint8)


CHANGES: dict[str, Change] = {
    "as is": lambda image: image,
    "dim": _dim,
    "glare": _glare,
    "far": _far,
    "unfocused": _unfocused,
}


# --- the station beside each decoder alone -------------------------------------------------------


@dataclass(slots=True)
class _Tally:
    right: int = 0
    wrong: int = 0
    times: Series = field(default_factory=Series)

    def row(self, name: str) -> tuple[str, ...]:
        return (name, str(self.right), str(self.wrong), *self.times.cells()[:2])


def table(photos: Sequence[Photograph]) -> Table:
    """Each photograph held still for SCAN_HOLD frames; the time is that until the text, or giving up."""
    tallies: dict[str, _Tally] = {}
    for photo in photos:
        image = read_picture(photo.path)
        for name, read in new_readers().items():
            tally = tallies.setdefault(name, _Tally())
            texts = tally.times.timed(partial(_held, read, image))
            tally.right += photo.shows(texts)
            tally.wrong += bool(texts) and not photo.shows(texts)
    return Table(
        f"Photographs: {len(photos)}, long side 1920 px at most, each held still for {SCAN_HOLD} frames; ms",
        ("", "right", "wrong", *HEADINGS[:2]),
        [tally.row(name) for name, tally in tallies.items()],
        "wrong: of a decoder alone mostly right bytes in the wrong character set.",
    )


def _held(read: Read, image: Image) -> Sequence[str]:
    """What is first read of a picture that is held still."""
    return next(filter(None, (read(image) for _ in range(SCAN_HOLD))), ())


# --- what each stage adds ------------------------------------------------------------------------


@dataclass(slots=True)
class _Stages:
    """Counts over all pictures; `rescued` by stage and change, `lost` when a stage is left out."""

    missed: Counter[str] = field(default_factory=Counter)
    read: Counter[str] = field(default_factory=Counter)
    rescued: Counter[tuple[str, str]] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    times: dict[str, Series] = field(default_factory=lambda: {stage.name: Series() for stage in RESCUES})

    def add(self, change: str, image: Image, photo: Photograph) -> None:
        planes = [plane(image) for plane in PLANES]
        if any(zxing(plane).codes for plane in planes):
            return
        self.missed[change] += 1
        for stage in RESCUES:
            self.rescued[stage.name, change] += any(self._reads(stage, plane, photo) for plane in planes)
        if photo.shows(_held(station(Reader()), image)):
            self.read[change] += 1
            self.lost.update(stage.name for stage in RESCUES if not photo.shows(_without(stage, image)))

    def _reads(self, stage: Stage, plane: Image, photo: Photograph) -> bool:
        sighting = self.times[stage.name].timed(lambda: stage.look(plane, whole(plane)))
        return photo.shows([code.text for code in sighting.codes])

    def rows(self) -> Iterator[tuple[str, ...]]:
        yield ("missed by the first looks", *(str(self.missed[change]) for change in CHANGES), "", "", "")
        for stage in RESCUES:
            counts = (str(self.rescued[stage.name, change]) for change in CHANGES)
            yield (stage.name, *counts, str(self.lost[stage.name]), *self.times[stage.name].cells()[:2])
        yield ("all, by turns", *(str(self.read[change]) for change in CHANGES), "", "", "")


def _without(stage: Stage, image: Image) -> Sequence[str]:
    others = [other for other in RESCUES if other is not stage]
    return _held(station(Reader(rescues=others)), image)


def stages(photos: Sequence[Photograph]) -> Table:
    """How many of the pictures that the first looks missed each stage reads, and what it costs."""
    counts = _Stages()
    for photo in photos:
        image = read_picture(photo.path)
        for name, change in CHANGES.items():
            counts.add(name, change(image), photo)
    return Table(
        f"Stages: what each reads of what the first looks missed ({len(photos)} photographs, made worse)",
        ("", *CHANGES, "left out", *HEADINGS[:2]),
        list(counts.rows()) if photos else (),
        "left out: so many pictures would be lost without this stage. ms: for one picture.",
    )
