"""Somebody's face in a thermal picture, or nobody's. Pure. For presence and aiming; never for a fever.

A face is the largest patch of touching spots that are clearly warmer than the scene, not hotter than skin can
be, and of a face's proportions. These sensors are off by 2 °C (GY-MCU90640 manual), so every limit is wide. A
face that is as warm as the wall behind it is not found, and a mug of warm milk may be: both only cost a hint.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from station.core.model import ThermalView
from station.devices.thermal.picture import ThermalPicture

HOTTEST_SKIN_C = 44.0  # a fever of 42 °C, and the sensor's own 2 °C
CLEARLY_WARMER_C = 4.0  # than the scene, twice the sensor's error
TOWARDS_SKIN = 0.55  # of the way from the scene to the warmest skin: leaves clothes out
LEAST_SPOTS = 6
LARGEST_SHARE = 0.5  # of all spots; more is a wall in the sun, or a hand on the lens
SLIMMEST = 1 / 3  # width by height, or height by width
FULLEST = 0.45  # of its box is filled at least: a lamp tube or a radiator in view is not
LEAST_CONTRAST_C = 6.0  # so that an empty wall is one shade, and not a storm of noise

Spot = tuple[int, int]  # column, row


@dataclass(frozen=True, slots=True)
class Box:
    """A patch's place in spots."""

    left: int
    top: int
    width: int
    height: int


def view(picture: ThermalPicture, name: str, *, right_to_left: bool, emulated: bool = False) -> ThermalView:
    """What of a picture is for people to see."""
    seen = picture.mirrored() if right_to_left else picture
    face = face_in(seen)
    return ThermalView(
        seen.columns,
        seen.rows,
        shades(seen.celsius),
        seen.warmest,
        (face.left, face.top, face.width, face.height) if face else None,
        name,
        emulated,
    )


def shades(celsius: tuple[float, ...]) -> bytes:
    """Each spot from 0, the coolest, to 255, the warmest; a scene without contrast stays dark."""
    coolest = min(celsius)
    contrast = max(max(celsius) - coolest, LEAST_CONTRAST_C)
    return bytes(round(255 * (spot - coolest) / contrast) for spot in celsius)


def face_in(picture: ThermalPicture) -> Box | None:
    """Where somebody's face is, if anybody's."""
    warm = _warm_spots(picture)
    patches = sorted(_patches(warm), key=len, reverse=True)
    return next((box for patch in patches if (box := _face(patch, len(picture.celsius)))), None)


def _warm_spots(picture: ThermalPicture) -> set[Spot]:
    scene = median(picture.celsius)
    warmest_skin = max((spot for spot in picture.celsius if spot <= HOTTEST_SKIN_C), default=scene)
    if warmest_skin - scene < CLEARLY_WARMER_C:
        return set()
    least = scene + TOWARDS_SKIN * (warmest_skin - scene)
    return {
        (number % picture.columns, number // picture.columns)
        for number, spot in enumerate(picture.celsius)
        if least <= spot <= HOTTEST_SKIN_C
    }


def _patches(warm: Iterable[Spot]) -> list[set[Spot]]:
    """Spots that touch each other by a side."""
    left, patches = set(warm), []
    while left:
        patch, edge = set[Spot](), [left.pop()]
        while edge:
            column, row = spot = edge.pop()
            patch.add(spot)
            around = {(column - 1, row), (column + 1, row), (column, row - 1), (column, row + 1)} & left
            left -= around
            edge += around
        patches.append(patch)
    return patches


def _face(patch: set[Spot], spots: int) -> Box | None:
    """The box around a patch, if it has the size and the shape of a face."""
    columns, rows = {column for column, _ in patch}, {row for _, row in patch}
    width, height = max(columns) - min(columns) + 1, max(rows) - min(rows) + 1
    is_face = (
        LEAST_SPOTS <= len(patch) <= LARGEST_SHARE * spots
        and SLIMMEST <= width / height <= 1 / SLIMMEST
        and len(patch) >= FULLEST * width * height
    )
    return Box(min(columns), min(rows), width, height) if is_face else None
