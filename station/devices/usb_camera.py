"""A USB camera as this program wants it: MJPG, 1080p where it is sustained, a short shutter time.

Its frames are handed on by live.py. Where the camera cannot be set, it is left as it is.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from station.devices.exposure import Exposure
from station.devices.frame import Fault, SourceError
from station.devices.live import Monotonic
from station.devices.opencv import cv2
from station.devices.v4l2 import CameraControls

# 1080p reads a certificate (65 modules) from 46 cm where 720p needs 31 cm; a slow USB port does not carry it.
SIZES = ((1920, 1080), (1280, 720))
SUSTAINED = 20.0  # frames per second, decoded
_WARM_UP, _MEASURED = 5, 15  # frames

log = logging.getLogger(__name__)


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
