"""Live cameras: a USB camera set up for reading, a network camera, and the frames of either.

Every frame is grabbed, so that the driver's buffers never grow old; only a frame that will be looked at is
decoded, because a 1080p JPEG costs more than reading what is in it. Files are played in playback.py.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from station.devices.exposure import Exposure
from station.devices.frame import Fault, Frame, FrameSource, Image, SourceError
from station.devices.opencv import cv2
from station.devices.v4l2 import CameraControls

FROZEN_S = 10.0  # no sensor gives the same noise twice, and IP cameras send a key frame more often than this
# 1080p reads a certificate (65 modules) from 46 cm where 720p needs 31 cm; a slow USB port does not carry it.
SIZES = ((1920, 1080), (1280, 720))
SUSTAINED = 20.0  # frames per second, decoded
_WARM_UP, _MEASURED = 5, 15  # frames
# FFmpeg waits 30 s for each by default (cap_ffmpeg_impl.hpp).
_NETWORK_SETTINGS = (cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, 5000, cv2.CAP_PROP_READ_TIMEOUT_MSEC, 2000)

Monotonic = Callable[[], float]
Wanted = Callable[[int], bool]  # whether the frame of this number will be looked at

log = logging.getLogger(__name__)


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


# --- USB cameras ---------------------------------------------------------------------------------


def open_device(path: Path, monotonic: Monotonic = time.monotonic) -> UsbCamera:
    """A V4L2 camera in the largest of SIZES that it sustains. Raises SourceError."""
    if not os.access(path, os.R_OK | os.W_OK):
        raise SourceError(Fault.NO_PERMISSION, str(path))
    device = largest_sustained(lambda size: UsbCamera(_stream(path, size), _controls(path), monotonic))
    log.info("camera %s delivers %s", path, device.achieved())
    return device


def largest_sustained(open_in: Callable[[tuple[int, int]], UsbCamera]) -> UsbCamera:
    """The camera in the first of SIZES that it delivers quickly enough, or else in the last."""
    *larger, last = SIZES
    for size in larger:
        device = open_in(size)
        if device.rate() >= SUSTAINED:
            return device
        device.release()
    return open_in(last)


def _controls(path: Path) -> CameraControls:
    try:
        return CameraControls(path)
    except OSError as error:
        raise SourceError(Fault.NOT_OPENED, str(path), error.strerror or "") from None


def _stream(path: Path, size: tuple[int, int]) -> cv2.VideoCapture:
    capture = cv2.VideoCapture(str(path), cv2.CAP_V4L2)
    if not capture.isOpened():
        raise SourceError(Fault.NOT_OPENED, str(path))
    # MJPG before the size: over USB 2 the uncompressed default gives 720p no more than 5-10 times a second.
    capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
    capture.set(cv2.CAP_PROP_FRAME_WIDTH, size[0])
    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, size[1])
    # Two: one that the camera fills while the other is decoded. All are grabbed, so none grows old.
    capture.set(cv2.CAP_PROP_BUFFERSIZE, 2)
    return capture


class UsbCamera:
    """A stream of frames whose exposure follows the light, as far as the camera lets itself be set."""

    def __init__(
        self, stream: cv2.VideoCapture, controls: CameraControls, monotonic: Monotonic = time.monotonic
    ) -> None:
        self._stream = stream
        self._controls = controls
        self._monotonic = monotonic
        self._exposure = Exposure()
        self._shutter: float | None = None  # in use; None: automatic
        self._adjustable = True
        controls.prepare()

    def grab(self) -> bool:
        return self._stream.grab()

    def retrieve(self) -> tuple[bool, Any]:
        arrived, image = self._stream.retrieve()
        if arrived and self._adjustable:
            self._expose(float(np.mean(image[::16, ::16])))
        return arrived, image

    def release(self) -> None:
        self._stream.release()
        self._controls.close()

    def rate(self) -> float:
        """Frames per second, decoded, over the next few frames; 0 if they do not come."""
        if not self._read(_WARM_UP):
            return 0.0
        began = self._monotonic()
        complete = self._read(_MEASURED)
        return _MEASURED / (self._monotonic() - began) if complete else 0.0

    def _read(self, frames: int) -> bool:
        """Whether so many frames arrive, one after another."""
        return all(self._stream.read()[0] for _ in range(frames))

    def achieved(self) -> str:
        """What the camera made of the settings, e.g. "MJPG 1920x1080 30 fps, 1/100 s, 50 Hz"."""
        fourcc = int(self._stream.get(cv2.CAP_PROP_FOURCC)).to_bytes(4, "little").decode("ascii", "replace")
        width, height, fps = (
            self._stream.get(property)
            for property in (cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT, cv2.CAP_PROP_FPS)
        )
        return f"{fourcc} {width:.0f}x{height:.0f} {fps:.0f} fps, {self._controls.achieved()}"

    def _expose(self, brightness: float) -> None:
        """Follow the light; a camera that cannot be set is left to its automatic for good."""
        shutter = self._exposure.feed(self._monotonic(), brightness)
        if shutter != self._shutter:
            self._adjustable = self._controls.set_shutter(shutter)
            self._shutter = shutter
