"""QR codes in a picture: zxing-cpp first, and one more attempt on each frame that it missed.

No files, no threads, no clock. What a text means is for station.codes to say; texts are never
trimmed here, because an EU certificate may end in a space.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import cycle

import numpy as np
import zxingcpp
from cv2.typing import MatLike

from station.devices.frame import Image
from station.devices.opencv import cv2

try:
    from pyzbar.pyzbar import ZBarSymbol
    from pyzbar.pyzbar import decode as zbar_decode
except ImportError:  # no libzbar0 on this machine: the second reader is left out, nothing else changes
    zbar_decode = None

HAS_SECOND_READER = zbar_decode is not None

# Not Micro QR: its smallest symbols only detect errors, and too few of them.
_QR_CODE = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCodeModel2])

MAX_TEXT = 7089  # characters, all digits, in the largest QR code (ISO/IEC 18004, table 7)

Corners = tuple[tuple[float, float], ...]
Stage = Callable[[Image], list["SeenCode"]]

_LATIN_1_OR_LOST = re.compile("[\x80-\xff\ufffd]")
_HAN_PAIRS = re.compile(rb"(?:[\x00-\x7f]|[\x81-\xfe][\xa1-\xfe])*")


@dataclass(frozen=True, slots=True)
class SeenCode:
    """A code read in one frame. `text` is personal; never log it."""

    text: str = field(repr=False)
    corners: Corners  # px, clockwise from the code's own top left
    reader: str  # zxing, pyzbar


class Reader:
    """Reads a stream of frames: the first attempts by turns, and one rescue on each frame they missed.

    A person holds a code before the camera for dozens of frames, so no frame needs more than one rescue:
    each of them has its turn within five.
    """

    def __init__(self, first: Sequence[Stage] = (), rescues: Sequence[Stage] = ()) -> None:
        self._first = cycle(first or FIRST)
        self._rescues = cycle(rescues or RESCUES)

    def read(self, image: Image) -> list[SeenCode]:
        """The codes in the next frame, a BGR picture; none if this frame's two attempts fail."""
        return next(self._first)(image) or next(self._rescues)(image)


def read_codes(image: Image) -> list[SeenCode]:
    """The codes that the first attempt finds in one BGR picture."""
    return _zxing(_grey(image))


# --- stages: one attempt each, at a BGR picture --------------------------------------------------


def darkest_channel(image: Image) -> list[SeenCode]:
    """Coloured modules (green, amber) are darkest in one channel, and grey dilutes it."""
    blue, green, red = cv2.split(image)
    return _zxing(cv2.min(cv2.min(blue, green), red))


def global_threshold(image: Image) -> list[SeenCode]:
    """One threshold for the whole picture: for codes that fill it, and for soft edges."""
    return _zxing(_grey(image), binarizer=zxingcpp.Binarizer.GlobalHistogram)


def enlarged_middle(image: Image) -> list[SeenCode]:
    """The middle 72 % by 90 %, enlarged: for modules of less than two pixels."""
    height, width = image.shape[:2]
    left, top = round(width * 0.14), round(height * 0.05)
    middle = _grey(image)[top : height - top, left : width - left]
    scale = float(np.clip(1920 / max(middle.shape), 1.5, 3.0))
    enlarged = cv2.resize(middle, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    return [_moved(code, 1 / scale, left, top) for code in _zxing(enlarged)]


def evened_contrast(image: Image) -> list[SeenCode]:
    """Contrast evened out tile by tile: for glare and half-shaded codes."""
    return _zxing(cv2.createCLAHE(clipLimit=3.0, tileGridSize=(8, 8)).apply(_grey(image)))


def second_reader(image: Image, shrink: int = 2) -> list[SeenCode]:
    """pyzbar on a smaller picture: it reads some damaged codes that zxing does not, but is slow."""
    size = (max(1, image.shape[1] // shrink), max(1, image.shape[0] // shrink))
    small = cv2.resize(_grey(image), size, interpolation=cv2.INTER_AREA)
    return [_moved(code, shrink) for code in _pyzbar(small)]


FIRST: Sequence[Stage] = (read_codes, darkest_channel)
RESCUES: Sequence[Stage] = (
    *([second_reader] if zbar_decode else []),
    global_threshold,
    enlarged_middle,
    evened_contrast,
    *([partial(second_reader, shrink=3)] if zbar_decode else []),
)


def _grey(image: Image) -> Image:
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.uint8)


def _moved(code: SeenCode, scale: float, left: int = 0, top: int = 0) -> SeenCode:
    corners = tuple((x * scale + left, y * scale + top) for x, y in code.corners)
    return replace(code, corners=corners)


# --- the two readers -----------------------------------------------------------------------------


def _zxing(
    picture: MatLike, binarizer: zxingcpp.Binarizer = zxingcpp.Binarizer.LocalAverage
) -> list[SeenCode]:
    found = zxingcpp.read_barcodes(
        picture,
        formats=_QR_CODE,
        text_mode=zxingcpp.TextMode.Plain,
        binarizer=binarizer,
    )
    seen = (SeenCode(zxing_text(code.text, code.bytes), _corners(code.position), "zxing") for code in found)
    return [code for code in seen if 0 < len(code.text) <= MAX_TEXT]


def _corners(position: zxingcpp.Position) -> Corners:
    points = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    return tuple((float(point.x), float(point.y)) for point in points)


def zxing_text(guessed: str, content: bytes) -> str:
    """zxing's text, or a better reading of `content` where zxing fell back to Latin-1.

    A code that does not declare its character set is UTF-8, or at Chinese counters GB18030, which zxing
    never guesses. Only pairs of high bytes are taken for GB18030, so that "Müller" stays what it is.
    """
    if not _LATIN_1_OR_LOST.search(guessed):
        return guessed
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("gb18030") if _HAN_PAIRS.fullmatch(content) else guessed


def _pyzbar(picture: MatLike) -> list[SeenCode]:
    try:
        found = zbar_decode(picture, symbols=[ZBarSymbol.QRCODE])
    except ValueError:  # an orientation that pyzbar's enumeration does not know: the frame counts as missed
        return []
    seen = (_pyzbar_code(code.data, code.polygon) for code in found)
    return [code for code in seen if 0 < len(code.text) <= MAX_TEXT and code.text.isascii()]


def _pyzbar_code(data: bytes, polygon: Sequence[tuple[int, int]]) -> SeenCode:
    """zbar has converted the text already, from a character set that it guessed.

    For Chinese the guess is often wrong (UTF-8 taken for Shift-JIS or Big5) and the bytes are gone, so a text
    beyond ASCII is left to zxing; health codes and passes are ASCII.
    """
    corners = tuple((float(x), float(y)) for x, y in polygon)
    return SeenCode(data.decode("utf-8", "replace"), corners, "pyzbar")
