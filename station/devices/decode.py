"""What is tried on a frame, and when: one look at every frame, and rescues on those that it missed.

The stages are data: each one prepares the picture (enhance.py) and asks a reader (readers.py).
bench/reading.py measures what each of them is worth. No files, no threads, no clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import cycle

from station.devices import enhance
from station.devices.frame import Image
from station.devices.playback import fit
from station.devices.readers import (
    HAS_SECOND_READER,
    SeenCode,
    Sighting,
    opencv,
    zbar,
    zxing,
    zxing_one_threshold,
)
from station.devices.region import Box, Region, middle, whole

# px, of what a rescue is given: its cost is its area, and a whole 1080p frame would cost the next one. The
# details of so large a picture are for the first look, and for rescues where a code is known to be.
RESCUED_SIDE = 1280

Plane = Callable[[Image], Image]


@dataclass(frozen=True, slots=True)
class Stage:
    """One attempt at one plane of a frame."""

    name: str  # for the bench
    prepare: Callable[[Image], Image]
    read: Callable[[Image], Sighting]
    part: Callable[[Image], Box] = whole  # of the frame, when nobody knows where the code is

    def look(self, plane: Image, box: Box) -> Sighting:
        """What is seen in this part, in pixels of the whole plane."""
        cut = box.cut(plane)
        prepared = self.prepare(fit(cut, RESCUED_SIDE))
        return self.read(prepared).moved(cut.shape[1] / prepared.shape[1], box.left, box.top)


PLANES: Sequence[Plane] = (enhance.grey, enhance.darkest_channel)

# In the order of their gain on photographs, the dear ones apart from each other.
_ALL_RESCUES = (
    Stage("zbar at 800 px", partial(fit, long_side=800), zbar),
    Stage("enlarged", enhance.enlarged, zxing, middle),
    Stage("two-tone", enhance.two_tone, zxing),
    Stage("sharpened", enhance.sharpened, zxing),
    Stage("one threshold", enhance.unchanged, zxing_one_threshold),
    Stage("zbar, stretched", enhance.stretched, zbar),
    Stage("despeckled", enhance.despeckled, zxing),
    Stage("evened", enhance.evened, zxing),
    Stage("zbar at 480 px", partial(fit, long_side=480), zbar),
    Stage("enlarged, sharpened", enhance.enlarged_and_sharpened, zxing, middle),
    Stage("OpenCV at 800 px", partial(fit, long_side=800), opencv),
)
RESCUES = tuple(stage for stage in _ALL_RESCUES if HAS_SECOND_READER or stage.read is not zbar)


class Reader:
    """Reads a stream of frames.

    A person holds a code before the camera for dozens of frames, so no frame needs more than one rescue of
    the whole of it, and one more, which is cheap, where a code is known to be. Each has its turn.
    """

    def __init__(self, planes: Sequence[Plane] = PLANES, rescues: Sequence[Stage] = RESCUES) -> None:
        self._planes = cycle(planes)
        self._rescues = cycle(rescues)
        self._close_rescues = cycle(rescues)
        self._region = Region()

    def read(self, image: Image) -> tuple[SeenCode, ...]:
        """The codes in the next frame, a BGR picture."""
        return self.look(image).codes

    def look(self, image: Image, *, rescue: bool = True) -> Sighting:
        """The codes in the next frame, read or at least located; without `rescue` the first look only."""
        plane = next(self._planes)(image)
        sighting = zxing(plane)
        if rescue and not sighting.codes:
            sighting = self._rescued(plane, sighting)
        self._region.feed(sighting, plane)
        return sighting

    def _rescued(self, plane: Image, missed: Sighting) -> Sighting:
        """The first rescue that reads a code, or else the first attempt that located one."""
        located = missed
        for stage, box in self._attempts(plane):
            sighting = stage.look(plane, box)
            if sighting.codes:
                return sighting
            located = located if located.unread else sighting
        return located

    def _attempts(self, plane: Image) -> Iterator[tuple[Stage, Box]]:
        if box := self._region.box:
            yield next(self._close_rescues), box
        stage = next(self._rescues)
        yield stage, stage.part(plane)
