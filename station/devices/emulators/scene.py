"""The emulated camera: people come to a drawn gate, hold up their codes, and go.

The same timeline tells the emulated thermometer who stands there. The drawings are in scene_art.py.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Protocol

import numpy as np

from station.devices.emulators import scene_art as art
from station.devices.frame import Frame, FrameSource, Image
from station.devices.opencv import cv2
from station.devices.playback import Pace

FRAME_RATE = 15.0  # per second
WALK_S = 0.9  # from the edge of the picture to the table, and on to the other edge
RAISE_S = 0.4  # from below the table until the code is held still
PAUSE_S = 1.5  # nobody there; with the two walks, longer than a code needs to be forgotten

_TABLE_X = 410  # px; where a visitor stands
_VISITOR_Y = 110
_HELD_X, _HELD_Y = 690, 150


@dataclass(frozen=True, slots=True)
class Visit:
    """One person who comes to the table. `text` is what their code holds; None for no code at all."""

    text: str | None = field(repr=False)
    seconds: float = 4.0  # how long they stand there
    paper: bool = False  # a paper pass, not a phone
    child: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """A visit as far as it has got."""

    index: int
    since: float  # s since the person stands at the table; negative while they walk up
    left: float  # s until they leave; negative while they walk away


class Timeline(Protocol):
    """Who is in the picture when."""

    @property
    def visits(self) -> Sequence[Visit]: ...

    def moment(self, seconds: float) -> Moment | None:
        """The visit in the picture, walking included; None for an empty gate."""


@dataclass(frozen=True, slots=True)
class SceneScript:
    """Who comes, one after another, and then all over again."""

    visits: Sequence[Visit]

    def __post_init__(self) -> None:
        if not self.visits:
            raise ValueError("a scene needs at least one visit")

    @property
    def seconds(self) -> float:
        """Until the first one comes again."""
        return sum(_length(visit) for visit in self.visits)

    def who_is_there(self, seconds: float) -> int | None:
        """Which visit's person stands at the table, `seconds` after the scene began; None for nobody."""
        moment = self.moment(seconds)
        return moment.index if moment and moment.since >= 0 and moment.left > 0 else None

    def moment(self, seconds: float) -> Moment | None:
        """The visit in the picture, walking included; None for an empty gate."""
        left = seconds % self.seconds
        for index, visit in enumerate(self.visits):
            if left < _length(visit):
                since = left - PAUSE_S - WALK_S
                return Moment(index, since, visit.seconds - since) if since >= -WALK_S else None
            left -= _length(visit)
        return None  # where rounding leaves a remainder at the very end


def _length(visit: Visit) -> float:
    return PAUSE_S + WALK_S + visit.seconds + WALK_S


def play(
    script: Timeline,
    name: str = "scene",
    *,
    began: float | None = None,
    monotonic: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> FrameSource:
    """The scene as a camera sees it, for ever.

    Who comes when is counted from the monotonic time `began`: give the emulated thermometer the same one.
    """
    stage = Stage(script)
    pace = Pace(monotonic, sleep)
    began = monotonic() if began is None else began
    for index in count():
        at = monotonic()
        yield Frame(stage.picture(at - began), at, index, name)
        pace.wait(1 / FRAME_RATE)


class Stage:
    """Draws the scene at any time. Everything is drawn beforehand; a picture only lays it in place."""

    def __init__(self, script: Timeline) -> None:
        self._script = script
        self._backdrop = art.backdrop()
        self._table = art.table()
        self._actors = [_Actor.of(index, visit) for index, visit in enumerate(script.visits)]

    def picture(self, seconds: float) -> Image:
        """The picture `seconds` after the scene began: contiguous BGR."""
        picture = self._backdrop.copy()
        if moment := self._script.moment(seconds):
            behind_table = picture[: art.TABLE_Y + 10]
            self._actors[moment.index].enter(behind_table, moment)
        _lay(picture, self._table, 0, art.FRONT_Y)
        return picture


@dataclass(frozen=True, slots=True)
class _Actor:
    person: Image
    held: Image | None

    @classmethod
    def of(cls, index: int, visit: Visit) -> _Actor:
        looks = art.CHILD if visit.child else art.LOOKS[index % len(art.LOOKS)]
        tilt = (-3.0, 4.0, -1.5, 2.5)[index % 4]
        held = art.held(visit.text, looks, paper=visit.paper, tilt=tilt) if visit.text else None
        return cls(art.visitor(looks), held)

    def enter(self, picture: Image, moment: Moment) -> None:
        """Walk in from the left, hold up the code, walk out to the right."""
        walk = _eased(1 + moment.since / WALK_S) - _eased(1 + moment.left / WALK_S)  # -1 left, 1 right
        x = _TABLE_X + round(walk * (art.WIDTH - _TABLE_X))
        step = round(8 * abs(math.sin(walk * 3 * math.pi)))
        aside = (art.VISITOR_SIZE[0] - self.person.shape[1]) // 2
        lower = art.VISITOR_SIZE[1] - self.person.shape[0]
        _lay(picture, self.person, x + aside, _VISITOR_Y + lower - step)
        if self.held is not None:
            raised = _eased(moment.since / RAISE_S) * _eased(moment.left / RAISE_S)
            lowered = round((1 - raised) * (art.TABLE_Y - _HELD_Y))
            sway_x, sway_y = _sway(moment.since)
            _lay(picture, self.held, x + _HELD_X - _TABLE_X + sway_x, _HELD_Y + lowered + sway_y)


def _eased(share: float) -> float:
    """From 0 to 1 with a gentle start and end."""
    share = min(max(share, 0.0), 1.0)
    return share * share * (3 - 2 * share)


def _sway(seconds: float) -> tuple[int, int]:
    """A hand is never quite still, px."""
    return round(4 * math.sin(seconds * 2.1)), round(3 * math.sin(seconds * 3.3 + 1))


def _lay(picture: Image, sprite: Image, x: int, y: int) -> None:
    """Lay a premultiplied BGRA sprite on the picture; what is outside is cut off."""
    height, width = picture.shape[:2]
    left, top = max(x, 0), max(y, 0)
    right, bottom = min(x + sprite.shape[1], width), min(y + sprite.shape[0], height)
    if left >= right or top >= bottom:
        return
    seen = sprite[top - y : bottom - y, left - x : right - x]
    ground = picture[top:bottom, left:right]
    clear = cv2.cvtColor(255 - seen[..., 3], cv2.COLOR_GRAY2BGR)
    dimmed = cv2.multiply(ground, clear, scale=1 / 255)
    ground[:] = cv2.add(np.asarray(dimmed), cv2.cvtColor(seen, cv2.COLOR_BGRA2BGR))
