"""A camera's controls, with a camera that one can read in the place of the kernel."""

from __future__ import annotations

import errno
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from station.devices.v4l2 import CameraControls, Control

GET, SET = 0xC008561B, 0xC008561C  # strace of v4l2-ctl shows the same two numbers


class Kernel:
    """Answers ioctl as a driver with these controls does."""

    def __init__(self, **controls: int) -> None:
        self.values = {Control[name]: value for name, value in controls.items()}
        self.refused: set[tuple[Control, int]] = set()

    def __call__(self, descriptor: int, request: int, argument: bytes) -> bytes:
        number, value = struct.unpack("=Ii", argument)
        if number not in self.values or (number, value) in self.refused:
            raise OSError(errno.EINVAL, "no such control")
        if request == SET:
            self.values[Control(number)] = value
        return struct.pack("=Ii", number, self.values[Control(number)])


USB_CAMERA = dict(
    POWER_LINE_FREQUENCY=2, EXPOSURE_AUTO=3, EXPOSURE_ABSOLUTE=333, EXPOSURE_AUTO_PRIORITY=1, FOCUS_AUTO=0
)


@pytest.fixture
def kernel() -> Kernel:
    return Kernel(**USB_CAMERA)


@pytest.fixture
def controls(kernel: Kernel) -> Iterator[CameraControls]:
    controls = CameraControls(Path("/dev/null"), kernel)
    yield controls
    controls.close()


def test_flicker_slow_frames_and_a_fixed_focus_are_switched_off(
    kernel: Kernel, controls: CameraControls
) -> None:
    controls.prepare()

    assert kernel.values[Control.POWER_LINE_FREQUENCY] == 1
    assert kernel.values[Control.EXPOSURE_AUTO_PRIORITY] == 0
    assert kernel.values[Control.FOCUS_AUTO] == 1
    assert controls.achieved() == "automatic exposure, 50 Hz, autofocus"


def test_a_shutter_time_is_set_by_hand(kernel: Kernel, controls: CameraControls) -> None:
    assert controls.set_shutter(1 / 250)

    assert kernel.values[Control.EXPOSURE_AUTO] == 1
    assert kernel.values[Control.EXPOSURE_ABSOLUTE] == 40  # of 100 µs
    assert controls.achieved() == "1/250 s"


def test_the_automatic_is_given_back_in_the_way_that_the_camera_knows(
    kernel: Kernel, controls: CameraControls
) -> None:
    kernel.refused.add((Control.EXPOSURE_AUTO, 3))
    controls.set_shutter(1 / 100)

    assert controls.set_shutter(None)
    assert kernel.values[Control.EXPOSURE_AUTO] == 0


def test_the_next_program_finds_the_camera_on_automatic(kernel: Kernel) -> None:
    controls = CameraControls(Path("/dev/null"), kernel)
    controls.set_shutter(1 / 100)
    controls.close()

    assert kernel.values[Control.EXPOSURE_AUTO] == 3


def test_a_camera_without_controls_goes_on_without_them() -> None:
    controls = CameraControls(Path("/dev/null"))  # the real ioctl, which this device does not know
    controls.prepare()

    assert not controls.set_shutter(1 / 100)
    assert not controls.set_shutter(None)
    assert controls.achieved() == "automatic exposure"
    controls.close()


def test_a_camera_that_is_gone_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        CameraControls(tmp_path / "video0")
