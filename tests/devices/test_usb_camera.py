"""A USB camera set up for reading. The camera is made of figures; its controls are those of test_v4l2."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from station.devices.exposure import STEADY_S
from station.devices.opencv import cv2
from station.devices.usb_camera import SIZES, UsbCamera, largest_sustained
from station.devices.v4l2 import CameraControls, Control
from tests.devices.test_v4l2 import USB_CAMERA, Kernel

Size = tuple[int, int]


class Stream:
    """Frames of one size and brightness; each of them takes its time to come, and a dead one none."""

    def __init__(self, size: Size, fps: float, level: int = 110, alive: bool = True) -> None:
        self.size, self.fps, self.level, self.alive = size, fps, level, alive
        self.time = 0.0
        self.released = False

    def grab(self) -> bool:
        self.time += 1 / self.fps
        return self.alive

    def retrieve(self) -> tuple[bool, Any]:
        width, height = self.size
        return True, np.full((height // 10, width // 10, 3), self.level, np.uint8)

    def read(self) -> tuple[bool, Any]:
        return (True, self.retrieve()[1]) if self.grab() else (False, None)

    def get(self, property: int) -> float:
        known = {
            cv2.CAP_PROP_FOURCC: cv2.VideoWriter.fourcc(*"MJPG"),
            cv2.CAP_PROP_FRAME_WIDTH: self.size[0],
            cv2.CAP_PROP_FRAME_HEIGHT: self.size[1],
            cv2.CAP_PROP_FPS: self.fps,
        }
        return float(known[property])

    def release(self) -> None:
        self.released = True


def device(stream: Stream, kernel: Kernel | None = None) -> UsbCamera:
    controls = CameraControls(Path("/dev/null"), kernel or Kernel(**USB_CAMERA))
    return UsbCamera(cast("cv2.VideoCapture", stream), controls, lambda: stream.time)


def opened(make: Callable[[Size], Stream]) -> list[Stream]:
    """The streams that were opened until one was good enough; the last is the one in use."""
    streams: list[Stream] = []

    def open_in(size: Size) -> UsbCamera:
        streams.append(make(size))
        return device(streams[-1])

    largest_sustained(open_in)
    return streams


def test_1080p_is_kept_where_the_camera_sustains_it() -> None:
    (stream,) = opened(lambda size: Stream(size, fps=30))

    assert stream.size == (1920, 1080)
    assert not stream.released


@pytest.mark.parametrize("alive", [True, False], ids=["slow", "nothing arrives"])
def test_a_camera_or_port_too_slow_for_1080p_delivers_720p(alive: bool) -> None:
    slow, quick = opened(lambda size: Stream(size, fps=30 if size == SIZES[-1] else 5, alive=alive))

    assert slow.released
    assert quick.size == (1280, 720)
    assert not quick.released


def test_a_camera_says_what_it_achieves() -> None:
    camera = device(Stream((1920, 1080), fps=30))
    camera.retrieve()

    assert camera.achieved() == "MJPG 1920x1080 30 fps, 1/100 s, 50 Hz, autofocus"


def test_the_shutter_follows_the_light() -> None:
    kernel = Kernel(**USB_CAMERA)
    stream = Stream((1280, 720), fps=30, level=250)
    camera = device(stream, kernel)
    while stream.time < 2 * STEADY_S:
        camera.grab()
        camera.retrieve()

    assert kernel.values[Control.EXPOSURE_ABSOLUTE] == 40  # 1/250 s


def test_a_camera_that_cannot_be_set_is_asked_once() -> None:
    kernel = Kernel(EXPOSURE_AUTO=3)
    kernel.refused.add((Control.EXPOSURE_AUTO, 1))
    camera = device(Stream((1280, 720), fps=30), kernel)
    camera.retrieve()
    kernel.refused.clear()
    camera.retrieve()

    assert kernel.values[Control.EXPOSURE_AUTO] == 3


def test_released_it_leaves_the_exposure_as_other_programs_expect_it() -> None:
    kernel, stream = Kernel(**USB_CAMERA), Stream((1280, 720), fps=30)
    camera = device(stream, kernel)
    camera.retrieve()
    camera.release()

    assert stream.released
    assert kernel.values[Control.EXPOSURE_AUTO] == 3
