"""The frames that are looked at: 1280x720, as a camera at a gate gives them.

A real picture of a code (photograph or certificate, from the folder that KAKOU_TEST_DATA names) is held
before the demo's drawn gate; without that folder it is a code that the demo draws. Each frame gets a
camera's noise, because two frames of a camera are never equal.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from station.devices.emulators.scene import PAUSE_S, WALK_S, SceneScript, Stage, Visit
from station.devices.frame import Image
from station.devices.opencv import cv2
from station.devices.playback import pictures_in, read_picture

WIDTH, HEIGHT = 1280, 720
RATE = 30.0  # frames per second
_ROOT = Path(__file__).parents[1]
_STAY_S = 3.0


class Grain:
    """A camera's noise: one field of it, laid on each frame at another place."""

    _ROOM = 64  # px

    def __init__(self, sigma: float = 4.0) -> None:
        self._random = np.random.default_rng(0)
        size = (HEIGHT + self._ROOM, WIDTH + self._ROOM, 3)
        self._field = self._random.normal(0.0, sigma, size).astype(np.int16)

    def on(self, image: Image) -> Image:
        """A new picture; takes about as long as a camera's JPEG to decode."""
        top, left = self._random.integers(0, self._ROOM, 2)
        noise = self._field[top : top + HEIGHT, left : left + WIDTH]
        return np.asarray(cv2.add(image, noise, dtype=cv2.CV_8U), np.uint8)


def empty_gate() -> Image:
    return Stage(SceneScript([Visit(None)])).picture(0.0)


def passer_by() -> tuple[Image, ...]:
    """Somebody walks up, stands there without a code, and goes: one frame after another."""
    visit = Visit(None, _STAY_S)
    stage = Stage(SceneScript([visit]))
    seconds = PAUSE_S + 2 * WALK_S + visit.seconds
    return tuple(stage.picture(index / RATE) for index in range(int(seconds * RATE)))


def frames_with_codes(most: int) -> tuple[str, list[Image]]:
    """What they are, and at most so many frames, each with a real picture if there is any."""
    folder = Path(os.environ.get("KAKOU_TEST_DATA", _ROOT / "../shared/data")) / "qr"
    if folder.is_dir():
        ground = empty_gate()
        return "real pictures", [
            held(read_picture(path), ground) for path in _spread(pictures_in(folder), most)
        ]
    return "drawn codes (KAKOU_TEST_DATA names no pictures)", drawn_codes(most)


def drawn_codes(count: int) -> list[Image]:
    """Made-up people of the demo, each with a code in the hand."""
    held_still = PAUSE_S + WALK_S + _STAY_S / 2
    scripts = (
        SceneScript([Visit(f"https://kakou.invalid/{number:032x}", _STAY_S)]) for number in range(count)
    )
    return [Stage(script).picture(held_still) for script in scripts]


def held(picture: Image, ground: Image) -> Image:
    """The picture in the middle of the ground, made smaller if it does not fit."""
    height, width = picture.shape[:2]
    scale = min(1.0, WIDTH / width, HEIGHT / height)
    size = (max(1, int(width * scale)), max(1, int(height * scale)))
    frame = ground.copy()
    left, top = (WIDTH - size[0]) // 2, (HEIGHT - size[1]) // 2
    frame[top : top + size[1], left : left + size[0]] = cv2.resize(
        picture, size, interpolation=cv2.INTER_AREA
    )
    return frame


def _spread(paths: Sequence[Path], most: int) -> list[Path]:
    """As many as asked for, evenly over the whole list."""
    count = min(most, len(paths))
    return [paths[index * len(paths) // count] for index in range(count)]
