"""What a camera, or whatever stands in for one, delivers: frames, and the reasons why there are none.

No OpenCV call and no file access belongs here.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture: contiguous BGR bytes, and where and when it came from."""

    image: Image = field(repr=False)
    at: float  # monotonic s
    index: int  # counts from 0 within `source`
    source: str  # the camera's or the file's name
    fresh: bool = True  # False: a live camera has been delivering the very same picture for a while


FrameSource = Generator[Frame, None, None]
"""Frames, one after another. Opens at the first `next`, releases at `close`; both in one thread.

Raises SourceError when there is nothing (more) to be had.
"""


class Fault(StrEnum):
    """Why a source gives no frames."""

    NOT_FOUND = "not_found"  # no such file, camera not plugged in
    NO_PERMISSION = "no_permission"
    NOT_A_PICTURE = "not_a_picture"  # neither a picture nor a video, or a damaged one
    NO_PICTURES = "no_pictures"  # a folder without one readable picture
    NOT_OPENED = "not_opened"  # used by another program, or the network camera does not answer
    NO_SIGNAL = "no_signal"  # it was opened, and nothing arrives (any more)
    DRIVER = "driver"  # the driver or its library failed in a way of its own


class SourceError(Exception):
    """A source of frames failed. `path` is its name without a password."""

    def __init__(self, fault: Fault, path: str, detail: str = "") -> None:
        super().__init__(f"{path}: {fault.value} {detail}".rstrip())
        self.fault = fault
        self.path = path
