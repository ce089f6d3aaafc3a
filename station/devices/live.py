"""Live cameras: the frames of whatever delivers them, and network cameras. USB cameras are in usb_camera.py.

Every frame is grabbed, so that the driver's buffers never grow old; only a frame that will be looked at is
decoded, because a 1080p JPEG costs more than reading what is in it. Files are played in playback.py.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from station.devices.frame import Fault, Frame, FrameSource, Image, SourceError
from station.devices.opencv import cv2

FROZEN_S = 10.0  # no sensor gives the same noise twice, and IP cameras send a key frame more often than this
# FFmpeg waits 30 s for each by default (cap_ffmpeg_impl.hpp).
_NETWORK_SETTINGS = (cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, 5000, cv2.CAP_PROP_READ_TIMEOUT_MSEC, 2000)

Monotonic = Callable[[], float]
Wanted = Callable[[int], bool]  # whether the frame of this number will be looked at


class Capture(Protocol):
    """What is used of cv2.VideoCapture."""

    def grab(self) -> bool: ...
    def retrieve(self) -> tuple[bool, Any]: ...
    def release(self) -> None: ...


def every(index: int) -> bool:
    """Every frame is wanted."""
    return True


def camera(
    open_capture: Callable[[], Capture],
    name: str,
    monotonic: Monotonic = time.monotonic,
    wanted: Wanted = every,
) -> FrameSource:
    """The wanted frames of a live camera. Raises SourceError when it cannot be opened or falls silent."""
    capture = open_capture()
    freshness = _Freshness()
    try:
        for index, at, image in _images(capture, monotonic, wanted):
            yield Frame(np.ascontiguousarray(image), at, index, name, freshness.of(image, at))
        raise SourceError(_why_nothing_arrives(name), name)
    finally:
        capture.release()


def _images(capture: Capture, monotonic: Monotonic, wanted: Wanted) -> Iterator[tuple[int, float, Image]]:
    """Number, time and picture of every wanted frame, until nothing arrives."""
    for index in count():
        if not capture.grab():
            return
        at = monotonic()
        if not wanted(index):
            continue
        arrived, image = capture.retrieve()
        if not arrived:
            return
        yield index, at, image


def _why_nothing_arrives(name: str) -> Fault:
    unplugged = "://" not in name and not Path(name).exists()
    return Fault.NOT_FOUND if unplugged else Fault.NO_SIGNAL


class _Freshness:
    """Whether the picture has changed at all within the last FROZEN_S seconds."""

    def __init__(self) -> None:
        self._sample: Image | None = None
        self._changed_at = 0.0

    def of(self, image: Image, at: float) -> bool:
        sample = image[::8, ::8]
        if self._sample is None or not np.array_equal(sample, self._sample):
            self._sample, self._changed_at = sample.copy(), at
        return at - self._changed_at < FROZEN_S


# --- network cameras -----------------------------------------------------------------------------


def open_address(address: str, name: str) -> Capture:
    """A network camera. Raises SourceError with `name`, which holds no password."""
    capture = cv2.VideoCapture(address, cv2.CAP_FFMPEG, _NETWORK_SETTINGS)
    if not capture.isOpened():
        raise SourceError(Fault.NOT_OPENED, name)
    return capture
