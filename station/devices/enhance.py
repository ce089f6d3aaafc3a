"""What can be done to a picture before it is read, each with the physics that it undoes.

Pure: picture in, picture out, the whole of it and nothing cut off; the size may change. Who reads the
result is decided in decode.py.
"""

from __future__ import annotations

import numpy as np

from station.devices.frame import Image
from station.devices.opencv import cv2
from station.devices.playback import fit

ENLARGED_SIDE = 2048  # px, the longest that `enlarged` makes: its cost is its area
_EVENED_LEVEL = 160  # grey level of an evenly lit sheet


# --- one plane of a colour picture ---------------------------------------------------------------


def grey(image: Image) -> Image:
    """What the eye calls light and dark."""
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.uint8)


def darkest_channel(image: Image) -> Image:
    """Coloured modules (green, amber) are darkest in one channel, and grey dilutes it."""
    blue, green, red = cv2.split(image)
    return np.asarray(cv2.min(cv2.min(blue, green), red), np.uint8)


# --- a grey picture, improved --------------------------------------------------------------------


def unchanged(picture: Image) -> Image:
    return picture


def enlarged(picture: Image) -> Image:
    """Twice to three times the size: a reader that samples whole pixels needs two for each module."""
    scale = float(np.clip(ENLARGED_SIDE / max(picture.shape), 1.0, 3.0))
    return np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC), np.uint8)


def halved(picture: Image) -> Image:
    """Four pixels averaged into one have half the noise: for dim light and large codes."""
    size = (max(1, picture.shape[1] // 2), max(1, picture.shape[0] // 2))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def sharpened(picture: Image) -> Image:
    """What lack of focus took from the edges, given back: the picture minus its own blur."""
    blurred = cv2.GaussianBlur(picture, (0, 0), 1.5)
    return np.asarray(cv2.addWeighted(picture, 2.5, blurred, -1.5, 0), np.uint8)


def enlarged_and_sharpened(picture: Image) -> Image:
    """Both: small modules run into each other, as blurred ones do."""
    return sharpened(enlarged(picture))


def despeckled(picture: Image) -> Image:
    """The median of each 5 x 5: sensor noise at night and hair cracks are thinner than modules."""
    return np.asarray(cv2.medianBlur(picture, 5), np.uint8)


def evened(picture: Image) -> Image:
    """Divided by its own wide average: glare and shadow are smooth, modules are not."""
    small = halved(picture)
    light = cv2.blur(small, (17, 17))
    return np.asarray(cv2.divide(small, light, scale=_EVENED_LEVEL), np.uint8)


def stretched(picture: Image) -> Image:
    """Contrast stretched tile by tile (CLAHE), at 640 px: for pale prints and half-shaded codes."""
    tiles = cv2.createCLAHE(clipLimit=3.0, tileGridSize=(8, 8))
    return np.asarray(tiles.apply(fit(picture, 640)), np.uint8)


def two_tone(picture: Image) -> Image:
    """Black and white around the mean of a window that spans several modules of a large code."""
    window = max(15, (max(picture.shape) // 40) | 1)
    smooth = cv2.GaussianBlur(picture, (3, 3), 0)
    method, kind = cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY
    return np.asarray(cv2.adaptiveThreshold(smooth, 255, method, kind, window, 5), np.uint8)
