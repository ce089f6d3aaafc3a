"""Pictures and videos from files, played as if a camera saw them.

Live cameras are in camera.py. Nothing here knows what a code is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from station.devices.frame import Fault, Frame, FrameSource, Image, SourceError
from station.devices.opencv import cv2

PICTURE_SUFFIXES = frozenset({".bmp", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"})
LONG_SIDE = 1920  # px; a larger picture only costs time: codes are read as well in this size
STILL_RATE = 15.0  # frames per second of a picture that is held still
USUAL_VIDEO_RATE = 25.0  # for a video that tells none, or its time base (1000, 90000) in its place

_FAULTS = {FileNotFoundError: Fault.NOT_FOUND, PermissionError: Fault.NO_PERMISSION}
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Playback:
    """How files are played: over and over in real time for a gate, once at full speed for a scan."""

    repeat: bool
    hold: int  # frames that each picture is held still
    wait: Callable[[float], None]  # called with the seconds between two frames
    monotonic: Callable[[], float]


class Pace:
    """Waits for the next frame's time. A pause is not made up for by a burst."""

    def __init__(self, monotonic: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self._monotonic = monotonic
        self._sleep = sleep
        self._due = monotonic()

    def wait(self, seconds: float) -> None:
        now = self._monotonic()
        self._due = max(self._due + seconds, now)
        self._sleep(self._due - now)


def is_picture(path: Path) -> bool:
    """By content if OpenCV knows it, else by name: a damaged picture is still meant as one."""
    return path.suffix.lower() in PICTURE_SUFFIXES or bool(cv2.haveImageReader(str(path)))


def pictures_in(folder: Path) -> list[Path]:
    """The pictures of a folder (not of its sub-folders), p2 before p10. Raises SourceError."""
    visible = (path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    found = sorted((path for path in visible if is_picture(path)), key=_natural)
    if not found:
        raise SourceError(Fault.NO_PICTURES, str(folder))
    return found


def _natural(path: Path) -> list[tuple[int, str]]:
    return [(int(part) if part.isdecimal() else -1, part) for part in re.split(r"(\d+)", path.name)]


def read_picture(path: Path) -> Image:
    """The picture as BGR, turned as its EXIF data say, its long side 1920 px at most.

    Raises SourceError (not_found, no_permission, not_a_picture).
    """
    try:
        data = np.fromfile(path, np.uint8)  # cv2.imread fails on Chinese paths on some platforms
    except OSError as error:
        fault = _FAULTS.get(type(error), Fault.NOT_A_PICTURE)
        raise SourceError(fault, str(path), error.strerror or "") from None
    image = _decoded(data)
    if image is None:
        raise SourceError(Fault.NOT_A_PICTURE, str(path))
    return image


def _decoded(data: Image) -> Image | None:
    try:
        image = cv2.imdecode(data, cv2.IMREAD_COLOR)
    except cv2.error:  # an empty file, or one that claims an impossible size
        return None
    if image is None:
        return None
    shown = fit(np.asarray(image, np.uint8), LONG_SIDE)
    return _on_white(shown, data) if data[: len(_PNG)].tobytes() == _PNG else shown


def _on_white(image: Image, png: Image) -> Image:
    """Put the picture on white paper: black modules on a transparent ground would be black on black."""
    layers = fit(np.asarray(cv2.imdecode(png, cv2.IMREAD_UNCHANGED)), LONG_SIDE)
    if layers.ndim != 3 or layers.shape[2] != 4 or layers.shape[:2] != image.shape[:2]:
        return image
    opacity = layers[..., 3:] / np.iinfo(layers.dtype).max
    return (image * opacity + 255 * (1 - opacity)).astype(np.uint8)


def fit(image: Image, long_side: int, interpolation: int = cv2.INTER_AREA) -> Image:
    """The picture itself, or one scaled down until its long side is `long_side` px. Contiguous."""
    height, width = image.shape[:2]
    scale = long_side / max(height, width)
    if scale >= 1:
        return np.ascontiguousarray(image)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(image, size, interpolation=interpolation))


def pictures(
    paths: Sequence[Path], playback: Playback, unreadable: Callable[[SourceError], None]
) -> FrameSource:
    """Each picture held still in turn. One that cannot be read is told to `unreadable` once and left out."""
    readable = list(paths)
    while readable:
        for path in tuple(readable):
            try:
                image = read_picture(path)
            except SourceError as error:
                unreadable(error)
                readable.remove(path)
            else:
                yield from _held(image, path.name, playback)
        if not playback.repeat:
            return
    raise SourceError(Fault.NO_PICTURES, str(paths[0].parent))


def _held(image: Image, name: str, playback: Playback) -> FrameSource:
    for index in range(playback.hold):
        yield Frame(image, playback.monotonic(), index, name)
        playback.wait(1 / STILL_RATE)


def video(path: Path, playback: Playback) -> FrameSource:
    """The frames of a video file. Raises SourceError when there is not one in it."""
    while True:
        played = yield from _played_once(path, playback)
        if not played:
            raise SourceError(Fault.NOT_A_PICTURE, str(path))
        if not playback.repeat:
            return


def _played_once(path: Path, playback: Playback) -> Generator[Frame, None, int]:
    """Yield the frames from first to last; return how many there were."""
    capture = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG)
    index = 0
    try:
        rate = capture.get(cv2.CAP_PROP_FPS)
        pause = 1 / (rate if 1 <= rate <= 240 else USUAL_VIDEO_RATE)
        while (read := capture.read())[0]:
            yield Frame(fit(np.asarray(read[1], np.uint8), LONG_SIDE), playback.monotonic(), index, path.name)
            index += 1
            playback.wait(pause)
    finally:
        capture.release()
    return index
