"""The video of a code in a moving hand: the file that makes it, and what it must hold.

It comes from outside this project; KAKOU_GATEVIDEO names the file. What is measured on it is not for here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Protocol

from station.devices.frame import Image

VARIABLE = "KAKOU_GATEVIDEO"
LEVELS = ("easy", "medium", "hard")


class VideoFrame(Protocol):
    image: Image  # BGR
    t: float  # s since the video began
    full: bool  # the whole code is in the picture


class Video(Protocol):
    def frames(self) -> Iterable[VideoFrame]: ...


MakeVideo = Callable[[int, str, tuple[int, int]], Video]  # seed, level, size in px


def load(path: Path) -> MakeVideo:
    """The class `GateVideo` in this file. Raises OSError, and whatever the file raises."""
    spec = spec_from_file_location("gatevideo_for_bench", path)
    if spec is None or spec.loader is None:
        raise OSError(f"{path} is not a Python file")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    make: MakeVideo = module.GateVideo
    return make
