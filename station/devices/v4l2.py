"""The controls of a camera that matter to reading: shutter, mains frequency, focus.

By ioctl, because OpenCV has no property for the mains frequency, and gives the exposure mode another
meaning in each of its back ends. A camera without a control goes on without it; nothing here raises for that.
Source: Linux kernel, include/uapi/linux/videodev2.h and v4l2-controls.h.
"""

from __future__ import annotations

import fcntl
import os
import struct
from collections.abc import Callable
from enum import IntEnum
from pathlib import Path

# _IOWR('V', 27 and 28, struct v4l2_control): two 32-bit numbers, the control and its value.
_GET, _SET = 0xC008561B, 0xC008561C
_CONTROL = struct.Struct("=Ii")

Ioctl = Callable[[int, int, bytes], bytes]


class Control(IntEnum):
    POWER_LINE_FREQUENCY = 0x00980918
    EXPOSURE_AUTO = 0x009A0901
    EXPOSURE_ABSOLUTE = 0x009A0902  # in units of 100 µs
    EXPOSURE_AUTO_PRIORITY = 0x009A0903  # 1: the automatic may lower the frame rate
    FOCUS_AUTO = 0x009A090C


_MAINS_50_HZ = 1  # V4L2_CID_POWER_LINE_FREQUENCY_50HZ: all of China
_MANUAL = 1  # V4L2_EXPOSURE_MANUAL
_AUTOMATIC = (3, 0)  # V4L2_EXPOSURE_APERTURE_PRIORITY as USB cameras have it, or else V4L2_EXPOSURE_AUTO


class CameraControls:
    """The controls of one camera, beside whoever streams from it."""

    def __init__(self, path: Path, ioctl: Ioctl = fcntl.ioctl) -> None:
        """Raises OSError when the device cannot be opened."""
        self._ioctl = ioctl
        self._descriptor = os.open(path, os.O_RDWR | os.O_NONBLOCK)

    def close(self) -> None:
        """Leave the exposure to the camera's automatic, as other programs expect it."""
        self.set_shutter(None)
        os.close(self._descriptor)

    def prepare(self) -> None:
        """No flicker, no slow frames in the dark, sharp at any distance: as far as the camera can."""
        self._set(Control.POWER_LINE_FREQUENCY, _MAINS_50_HZ)
        self._set(Control.EXPOSURE_AUTO_PRIORITY, 0)
        self._set(Control.FOCUS_AUTO, 1)

    def set_shutter(self, seconds: float | None) -> bool:
        """Expose for so long, or as the camera finds right (None). Returns whether the camera can."""
        if seconds is None:
            return any(self._set(Control.EXPOSURE_AUTO, mode) for mode in _AUTOMATIC)
        units = round(seconds * 10_000)
        return self._set(Control.EXPOSURE_AUTO, _MANUAL) and self._set(Control.EXPOSURE_ABSOLUTE, units)

    def achieved(self) -> str:
        """What the camera says now, e.g. "1/100 s, 50 Hz, autofocus"."""
        mains = self._get(Control.POWER_LINE_FREQUENCY) == _MAINS_50_HZ
        focus = self._get(Control.FOCUS_AUTO) == 1
        parts = (self._shutter(), "50 Hz" if mains else "", "autofocus" if focus else "")
        return ", ".join(filter(None, parts))

    def _shutter(self) -> str:
        units = self._get(Control.EXPOSURE_ABSOLUTE)
        if self._get(Control.EXPOSURE_AUTO) == _MANUAL and units:
            return f"1/{10_000 / units:.0f} s"
        return "automatic exposure"

    def _set(self, control: Control, value: int) -> bool:
        try:
            self._ioctl(self._descriptor, _SET, _CONTROL.pack(control, value))
        except OSError:  # EINVAL, ENOTTY: no such control; EBUSY, EIO: not now
            return False
        return True

    def _get(self, control: Control) -> int | None:
        try:
            answer = self._ioctl(self._descriptor, _GET, _CONTROL.pack(control, 0))
        except OSError:
            return None
        value: int = _CONTROL.unpack(answer)[1]
        return value
