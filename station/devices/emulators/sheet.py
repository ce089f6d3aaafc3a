"""A transparent sheet for flat drawings, with smooth edges. What is drawn is in scene_art.py."""

from __future__ import annotations

from typing import Self

import numpy as np
from cv2.typing import MatLike

from station.devices.frame import Image
from station.devices.opencv import cv2

Point = tuple[float, float]

_FINE = 2  # drawn at twice the size and scaled down at the end
_SHIFT = 4  # bits behind the binary point of OpenCV's coordinates, so that shapes do not jump by whole pixels


class Sheet:
    """Coordinates are px of the finished picture, colours are hex."""

    def __init__(self, width: int, height: int) -> None:
        self._pixels: MatLike = np.zeros((height * _FINE, width * _FINE, 4), np.uint8)

    def polygon(self, colour: str, *points: Point) -> None:
        cv2.fillPoly(self._pixels, [_fixed(points)], _ink(colour), cv2.LINE_AA, _SHIFT)

    def line(self, colour: str, width: float, *points: Point) -> None:
        """A line with round ends and corners."""
        thickness = round(width * _FINE)
        cv2.polylines(self._pixels, [_fixed(points)], False, _ink(colour), thickness, cv2.LINE_AA, _SHIFT)

    def box(self, colour: str, x: float, y: float, width: float, height: float, radius: float = 0) -> None:
        """A rectangle with rounded corners."""
        right, bottom = x + width, y + height
        if not radius:
            self.polygon(colour, (x, y), (right, y), (right, bottom), (x, bottom))
            return
        for across in (x + radius, right - radius):
            for down in (y + radius, bottom - radius):
                self.disc(colour, (across, down), radius)
        self.box(colour, x, y + radius, width, height - 2 * radius)
        self.box(colour, x + radius, y, width - 2 * radius, height)

    def disc(self, colour: str, centre: Point, radius: float, flatten: float = 1.0) -> None:
        """A circle, or an ellipse whose height is `flatten` times its width."""
        self.slice(colour, centre, radius, flatten, 0, 360)

    def slice(
        self, colour: str, centre: Point, radius: float, flatten: float, start: float, end: float
    ) -> None:
        """The part of an ellipse between two angles, cut straight; degrees clockwise from the right."""
        angles = np.radians(np.linspace(start, end, 60))
        x = centre[0] + radius * np.cos(angles)
        y = centre[1] + radius * flatten * np.sin(angles)
        self.polygon(colour, *zip(x.tolist(), y.tolist(), strict=True))

    def stamp(self, modules: Image, x: float, y: float, side: float) -> None:
        """A QR code's modules (0 is dark), as sharp squares."""
        size = round(side * _FINE)
        left, top = round(x * _FINE), round(y * _FINE)
        enlarged = cv2.resize(modules, (size, size), interpolation=cv2.INTER_NEAREST)
        self._pixels[top : top + size, left : left + size, :3] = enlarged[..., None]
        self._pixels[top : top + size, left : left + size, 3] = 255

    def turn(self, degrees: float) -> Self:
        """Turn everything drawn so far about the middle, clockwise."""
        height, width = self._pixels.shape[:2]
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1)
        self._pixels = cv2.warpAffine(self._pixels, matrix, (width, height))
        return self

    def finished(self) -> Image:
        """BGRA; the colours are already multiplied by their opacity."""
        height, width = self._pixels.shape[:2]
        size = (width // _FINE, height // _FINE)
        return np.asarray(cv2.resize(self._pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def _fixed(points: tuple[Point, ...]) -> MatLike:
    return np.asarray(np.round(np.array(points) * _FINE * 2**_SHIFT), np.int32)


def _ink(colour: str) -> tuple[int, int, int, int]:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return blue, green, red, 255
