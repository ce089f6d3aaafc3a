"""The QR readers, each asked in the one way that was found best: a grey picture in, a sighting out.

zxing-cpp reads; zbar (through pyzbar) and OpenCV are second opinions. What is done to a picture beforehand is
in enhance.py, what is tried when in decode.py. Texts are never trimmed, because an EU certificate may end in
a space.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

import numpy as np
import zxingcpp

from station.devices.frame import Image
from station.devices.opencv import cv2

try:
    from pyzbar.pyzbar import ZBarSymbol
    from pyzbar.pyzbar import decode as zbar_decode
except ImportError:  # no libzbar0 on this machine: the second reader is left out, nothing else changes
    zbar_decode = None

HAS_SECOND_READER = zbar_decode is not None

MAX_TEXT = 7089  # characters, all digits, in the largest QR code (ISO/IEC 18004, table 7)

# Not Micro QR: its smallest symbols only detect errors, and too few of them.
_QR_CODE = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCodeModel2])

Corners = tuple[tuple[float, float], ...]

_LATIN_1_OR_LOST = re.compile("[\x80-\xff\ufffd]")
_HAN_PAIRS = re.compile(rb"(?:[\x00-\x7f]|[\x81-\xfe][\xa1-\xfe])*")


@dataclass(frozen=True, slots=True)
class SeenCode:
    """A code read in one frame. `text` is personal; never log it."""

    text: str = field(repr=False)
    corners: Corners  # px, clockwise from the code's own top left
    reader: str  # zxing, pyzbar, opencv


@dataclass(frozen=True, slots=True)
class UnreadCode:
    """A code that is there beyond doubt, with more errors than it can repair."""

    corners: Corners  # px, clockwise from the code's own top left
    module_px: float  # the side of one module


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one attempt made of a picture."""

    codes: tuple[SeenCode, ...] = ()
    unread: tuple[UnreadCode, ...] = ()

    @property
    def located(self) -> tuple[Corners, ...]:
        """Where a code is, read or not; those read come first."""
        return (*(code.corners for code in self.codes), *(code.corners for code in self.unread))

    def moved(self, scale: float, left: int = 0, top: int = 0) -> Sighting:
        """The same, in the pixels of the picture that this one was cut out of and scaled from."""
        if scale == 1 and not (left or top):
            return self
        return Sighting(
            tuple(replace(code, corners=_moved(code.corners, scale, left, top)) for code in self.codes),
            tuple(
                UnreadCode(_moved(code.corners, scale, left, top), code.module_px * scale)
                for code in self.unread
            ),
        )


def _moved(corners: Corners, scale: float, left: int, top: int) -> Corners:
    return tuple((x * scale + left, y * scale + top) for x, y in corners)


# --- zxing-cpp -----------------------------------------------------------------------------------


def zxing(picture: Image) -> Sighting:
    """zxing-cpp with a threshold of its own for every 8 x 8 pixels: the reader for nearly everything."""
    return _zxing(picture, zxingcpp.Binarizer.LocalAverage)


def zxing_one_threshold(picture: Image) -> Sighting:
    """zxing-cpp with one threshold for the whole picture."""
    return _zxing(picture, zxingcpp.Binarizer.GlobalHistogram)


def _zxing(picture: Image, binarizer: zxingcpp.Binarizer) -> Sighting:
    found = zxingcpp.read_barcodes(
        picture,
        formats=_QR_CODE,
        text_mode=zxingcpp.TextMode.Plain,
        binarizer=binarizer,
        return_errors=True,  # costs nothing: they are found anyway
    )
    codes = (_zxing_code(code) for code in found if code.valid)
    return Sighting(
        tuple(code for code in codes if 0 < len(code.text) <= MAX_TEXT),
        tuple(_unread_code(code) for code in found if _is_unread(code)),
    )


def _zxing_code(code: zxingcpp.Barcode) -> SeenCode:
    return SeenCode(zxing_text(code.text, code.bytes), _corners(code.position), "zxing")


def _is_unread(code: zxingcpp.Barcode) -> bool:
    """A checksum is only reached behind finder patterns, timing and format bits: that is a code.

    Errors of form ("invalid symbol size") are as often a chequered shirt, and so is a damaged Micro QR code
    (versions M1 to M4), which zxing-cpp tells of without having been asked for one.
    """
    return (
        code.error is not None
        and code.error.type == zxingcpp.ErrorType.Checksum
        and _version(code).isdecimal()
    )


def _unread_code(code: zxingcpp.Barcode) -> UnreadCode:
    corners = _corners(code.position)
    modules = 17 + 4 * int(_version(code))  # ISO/IEC 18004, 6.3.1
    sides = np.subtract(corners, np.roll(corners, 1, axis=0))
    return UnreadCode(corners, float(np.hypot(sides[:, 0], sides[:, 1]).mean()) / modules)


def _version(code: zxingcpp.Barcode) -> str:
    return cast("dict[str, str]", code.extra).get("Version", "")


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


# --- zbar ----------------------------------------------------------------------------------------


def zbar(picture: Image) -> Sighting:
    """zbar follows lines across the picture: it reads some damaged codes that zxing does not, but is slow."""
    try:
        found = zbar_decode(picture, symbols=[ZBarSymbol.QRCODE])
    except ValueError:  # an orientation that pyzbar's enumeration does not know: the frame counts as missed
        return Sighting()
    return _ascii_only((code.data.decode("utf-8", "replace"), code.polygon, "pyzbar") for code in found)


def _ascii_only(found: Iterable[tuple[str, Sequence[Sequence[float]], str]]) -> Sighting:
    """The codes (text, corners, reader) of a second reader, but for texts beyond ASCII: zxing's business.

    The second readers guess the character set. For Chinese the guess is often wrong (UTF-8 taken for
    Shift-JIS or Big5) and the bytes are gone; health codes and passes are ASCII.
    """
    return Sighting(
        tuple(
            SeenCode(text, tuple((float(x), float(y)) for x, y in corners), reader)
            for text, corners, reader in found
            if 0 < len(text) <= MAX_TEXT and text.isascii()
        )
    )


# --- OpenCV --------------------------------------------------------------------------------------


def opencv(picture: Image) -> Sighting:
    """OpenCV finds the squares of a code as it does those of ArUco markers: a third way to look."""
    try:
        found, texts, corners, _ = cv2.QRCodeDetectorAruco().detectAndDecodeMulti(picture)
    except UnicodeDecodeError:  # Shift-JIS and the like: zxing's business
        return Sighting()
    if not found:
        return Sighting()
    return _ascii_only((text, quad, "opencv") for text, quad in zip(texts, corners, strict=True))
