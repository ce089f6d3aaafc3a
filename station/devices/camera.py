"""`open_source`: whatever was named as the camera, as one sort of frames.

A camera's index or stable path, a network camera's address, a picture, a folder of pictures, a video.
Files are played in playback.py; what is done with a frame is the looker's business.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from station.devices.frame import Fault, Frame, FrameSource, Image, SourceError
from station.devices.opencv import cv2
from station.devices.playback import Pace, Playback, is_picture, pictures, pictures_in, video

GATE_HOLD = 45  # frames (3 s): about how long a person holds a code before a camera
SCAN_HOLD = 12  # frames: as often as the command line promises to try a still picture
FROZEN_S = 10.0  # no sensor gives the same noise twice, and IP cameras send a key frame more often than this

_NETWORK = frozenset({"http", "https", "rtsp", "rtsps", "rtmp"})
# MJPG before the size: over USB 2 the uncompressed default gives 720p no more than 5-10 times a second.
_DEVICE_SETTINGS = (
    (cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG")),
    (cv2.CAP_PROP_FRAME_WIDTH, 1280),
    (cv2.CAP_PROP_FRAME_HEIGHT, 720),
    (cv2.CAP_PROP_BUFFERSIZE, 1),  # the newest frame, not the oldest of four
)
# FFmpeg waits 30 s for each by default (cap_ffmpeg_impl.hpp).
_NETWORK_SETTINGS = (cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, 5000, cv2.CAP_PROP_READ_TIMEOUT_MSEC, 2000)

log = logging.getLogger(__name__)


def log_unreadable(error: SourceError) -> None:
    """One line for a picture that is left out."""
    log.warning("left out: %s", error)


def open_source(
    source: str,
    *,
    unreadable: Callable[[SourceError], None] = log_unreadable,
    monotonic: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> FrameSource:
    """The source as a gate's camera: files are played in real time, over and over.

    `source` is an index ("0"), a device path (best one of /dev/v4l/by-id), a picture, a folder of pictures, a
    video, or an http(s), rtsp or rtmp address. Raises SourceError, here or at the first frame.
    """
    pace = Pace(monotonic, sleep)
    return _opened(source, Playback(True, GATE_HOLD, pace.wait, monotonic), unreadable)


def frames(
    source: str,
    *,
    unreadable: Callable[[SourceError], None] = log_unreadable,
    monotonic: Callable[[], float] = time.monotonic,
) -> FrameSource:
    """The source for a scan: files once, at full speed, each picture as if held still for 12 frames.

    Raises SourceError as `open_source` does.
    """
    return _opened(source, Playback(False, SCAN_HOLD, lambda seconds: None, monotonic), unreadable)


def public_name(source: str) -> str:
    """The source as it may be shown and logged: an address without its user name and password.

    Up to the last "@", because people do not escape the signs in their passwords.
    """
    scheme, mark, rest = source.partition("://")
    return scheme + mark + rest.rpartition("@")[2] if is_network(source) else source


def is_network(source: str) -> bool:
    scheme, mark, _ = source.partition("://")
    return bool(mark) and scheme.lower() in _NETWORK


def _opened(source: str, playback: Playback, unreadable: Callable[[SourceError], None]) -> FrameSource:
    if is_network(source):
        return camera(lambda: _open_address(source), public_name(source), playback.monotonic)
    path = Path(f"/dev/video{source}" if source.isdecimal() else source)
    try:
        return _opened_path(path, playback, unreadable)
    except PermissionError:
        raise SourceError(Fault.NO_PERMISSION, str(path)) from None


def _opened_path(path: Path, playback: Playback, unreadable: Callable[[SourceError], None]) -> FrameSource:
    if path.is_char_device():
        return camera(lambda: _open_device(path), str(path), playback.monotonic)
    if path.is_dir():
        return pictures(pictures_in(path), playback, unreadable)
    if not path.is_file():
        raise SourceError(Fault.NOT_FOUND, str(path))
    if is_picture(path):
        return pictures([path], playback, _refuse)
    return video(path, playback)


def _refuse(error: SourceError) -> None:
    """The only picture there is cannot be left out."""
    raise error


class Capture(Protocol):
    """What is used of cv2.VideoCapture."""

    def read(self) -> tuple[bool, Any]: ...
    def release(self) -> None: ...


def camera(
    open_capture: Callable[[], Capture], name: str, monotonic: Callable[[], float] = time.monotonic
) -> FrameSource:
    """The frames of a live camera. Raises SourceError when it cannot be opened or falls silent."""
    capture = open_capture()
    freshness = _Freshness()
    try:
        for index in count():
            arrived, image = capture.read()
            if not arrived:
                raise SourceError(_why_nothing_arrives(name), name)
            at = monotonic()
            yield Frame(np.ascontiguousarray(image), at, index, name, freshness.of(image, at))
    finally:
        capture.release()


def _why_nothing_arrives(name: str) -> Fault:
    unplugged = not is_network(name) and not Path(name).exists()
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


def _open_device(path: Path) -> Capture:
    if not os.access(path, os.R_OK | os.W_OK):
        raise SourceError(Fault.NO_PERMISSION, str(path))
    capture = cv2.VideoCapture(str(path), cv2.CAP_V4L2)
    if not capture.isOpened():
        raise SourceError(Fault.NOT_OPENED, str(path))
    for setting, value in _DEVICE_SETTINGS:
        capture.set(setting, value)
    log.info("camera %s delivers %s", path, _achieved(capture))
    return capture


def _achieved(capture: cv2.VideoCapture) -> str:
    """What the driver made of the settings, e.g. "MJPG 1280x720 30 fps"."""
    fourcc = int(capture.get(cv2.CAP_PROP_FOURCC)).to_bytes(4, "little").decode("ascii", "replace")
    width, height = capture.get(cv2.CAP_PROP_FRAME_WIDTH), capture.get(cv2.CAP_PROP_FRAME_HEIGHT)
    return f"{fourcc} {width:.0f}x{height:.0f} {capture.get(cv2.CAP_PROP_FPS):.0f} fps"


def _open_address(address: str) -> Capture:
    capture = cv2.VideoCapture(address, cv2.CAP_FFMPEG, _NETWORK_SETTINGS)
    if not capture.isOpened():
        raise SourceError(Fault.NOT_OPENED, public_name(address))
    return capture
