"""The drawings of the emulated camera: a gate in daylight, its visitors, what they hold up.

Pictures only; who comes when is told in scene.py.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import zxingcpp

from station.devices.emulators.sheet import Sheet
from station.devices.frame import Image
from station.devices.opencv import cv2

WIDTH, HEIGHT = 1280, 720  # px
TABLE_Y = 596  # px from above: where the table's edge hides what is behind
FRONT_Y = 430  # px from above: where the things on the table begin

VISITOR_SIZE = (460, 520)  # px
HELD_SIZE = (360, 470)  # px

_SHADE, _PAPER, _INK = "#1d2a35", "#fdfcf8", "#22313c"


@dataclass(frozen=True, slots=True)
class Looks:
    """How a visitor looks; colours are hex."""

    coat: str
    hair: str
    skin: str = "#f0c8a4"
    bun: bool = False
    glasses: bool = False
    hat: str | None = None
    tall: float = 1.0  # share of a grown person's size


LOOKS = (
    Looks(coat="#d9694f", hair="#2d2626", bun=True),
    Looks(coat="#3f6fa3", hair="#26221f", skin="#e8b98f"),
    Looks(coat="#6b8f5a", hair="#c9c6c2", glasses=True),
    Looks(coat="#e0a43a", hair="#3a2a22", skin="#f3d0b0", hat="#b5472f"),
    Looks(coat="#7a5c99", hair="#1f1d20", glasses=True, bun=True),
    Looks(coat="#54636f", hair="#8f8b88", skin="#e2b38a", hat="#3d4a55"),
)

CHILD = Looks(coat="#e3b23c", hair="#2b211d", skin="#f5d3b3", tall=0.62)

_HOUSES = (  # x, top, width, colour
    (60, 150, 190, "#d3dce2"),
    (330, 105, 170, "#dde3e6"),
    (760, 130, 210, "#d6dee3"),
    (1040, 90, 180, "#dfe5e8"),
)
_TREES = (  # x, y, radius, colour
    (20, 330, 80, "#9dbd8e"),
    (290, 350, 62, "#8fb381"),
    (570, 370, 52, "#a6c497"),
    (725, 356, 64, "#93b685"),
    (1010, 345, 70, "#9dbd8e"),
    (1262, 335, 84, "#8bb07d"),
)
_SIGN = (  # 卡口, stroke by stroke: OpenCV has no font for it
    ((602, 20), (602, 42)),
    ((602, 29), (622, 29)),
    ((576, 42), (630, 42)),
    ((602, 42), (602, 68)),
    ((603, 49), (619, 57)),
    ((664, 28), (664, 62), (708, 62), (708, 28), (664, 28)),
)


def backdrop() -> Image:
    """All that lies behind the visitor, as opaque BGR."""
    sheet = Sheet(WIDTH, HEIGHT)
    _sky_and_houses(sheet)
    _gate(sheet)
    _ground(sheet)
    _tent(sheet)
    return np.ascontiguousarray(sheet.finished()[..., :3])


def _sky_and_houses(sheet: Sheet) -> None:
    for step in range(24):
        shade = 206 + 8 * step // 5
        sheet.box(f"#{shade - 8:02x}{shade + 4:02x}{min(shade + 14, 255):02x}", 0, step * 20, WIDTH, 21)
    for x, top, width, colour in _HOUSES:
        _house(sheet, x, top, width, colour)
    for x, y, radius, colour in _TREES:
        sheet.box("#a58d72", x - 6, y, 12, 482 - y)
        sheet.disc(colour, (x, y), radius)
        sheet.disc(colour, (x + radius * 0.6, y + 20), radius * 0.7)


def _house(sheet: Sheet, x: int, top: int, width: int, colour: str) -> None:
    sheet.box(colour, x, top, width, 482 - top)
    for y in range(top + 22, 440, 34):
        for window in range(x + 18, x + width - 24, 38):
            sheet.box("#bccad4", window, y, 20, 18, 2)


def _gate(sheet: Sheet) -> None:
    """The compound's wall, its two pillars, and the lifted barrier between them."""
    sheet.box("#e7dccb", 0, 372, 350, 118)
    sheet.box("#e7dccb", 940, 372, 340, 118)
    sheet.box("#cdbfa9", 0, 364, 350, 14)
    sheet.box("#cdbfa9", 940, 364, 340, 14)
    for x in (330, 890):
        sheet.box("#d9c7ad", x, 300, 66, 200, 4)
        sheet.box("#bda98c", x - 8, 290, 82, 18, 5)
        sheet.disc("#fff6d8", (x + 33, 274), 16)
    sheet.line("#f4f4f2", 13, (404, 470), (610, 250))
    for step in (0.1, 0.35, 0.6, 0.85):
        start, end = step, step + 0.12
        sheet.line("#d0463c", 13, (404 + 206 * start, 470 - 220 * start), (404 + 206 * end, 470 - 220 * end))
    sheet.box("#55626c", 384, 440, 40, 62, 6)


def _ground(sheet: Sheet) -> None:
    sheet.box("#cfd3d2", 0, 478, WIDTH, HEIGHT - 478)
    sheet.polygon("#dcdfdd", (430, 478), (860, 478), (1130, HEIGHT), (150, HEIGHT))
    for y, half in ((506, 190), (548, 240)):  # stand a metre apart
        sheet.line("#e9bf3f", 7, (645 - half, y), (645 + half, y))


def _tent(sheet: Sheet) -> None:
    """The canopy over the camera with the sign 卡口, and two of its poles."""
    for x in (38, 1226):
        sheet.box("#eef1f2", x, 0, 18, HEIGHT)
        sheet.box("#d2d9dd", x + 12, 0, 6, HEIGHT)
    sheet.box("#2f73b5", 0, 0, WIDTH, 62)
    for number in range(16):
        colour = "#2f73b5" if number % 2 == 0 else "#f6f8f9"
        sheet.slice(colour, (number * 80 + 40, 58), 40, 0.8, 0, 180)
        sheet.box(colour, number * 80, 44, 80, 15)
    sheet.box("#f6f8f9", 520, 8, 240, 72, 12)
    sheet.box("#2f73b5", 526, 14, 228, 60, 8)
    for stroke in _SIGN:
        sheet.line("#ffffff", 5.5, *stroke)


def table() -> Image:
    """What stands before the visitor, from FRONT_Y down, as premultiplied BGRA."""
    sheet = Sheet(WIDTH, HEIGHT - FRONT_Y)
    edge = TABLE_Y - FRONT_Y
    sheet.box("#2b7a78", 0, edge + 10, WIDTH, 200)
    sheet.box("#3d9a96", 0, edge, WIDTH, 22)
    sheet.box("#226361", 0, edge + 22, WIDTH, 5)
    _sanitiser(sheet, 150, edge)
    _thermometer(sheet, 1060, edge)
    return sheet.finished()


def _sanitiser(sheet: Sheet, x: float, edge: float) -> None:
    sheet.box("#f4f7f8", x, edge - 84, 58, 96, 10)
    sheet.box("#58a9d6", x, edge - 56, 58, 44)
    sheet.box("#ffffff", x + 24, edge - 50, 10, 32)
    sheet.box("#ffffff", x + 13, edge - 39, 32, 10)
    sheet.box("#d5dde2", x + 21, edge - 104, 16, 24, 3)
    sheet.line("#d5dde2", 9, (x + 29, edge - 104), (x + 62, edge - 102))


def _thermometer(sheet: Sheet, x: float, edge: float) -> None:
    """An infrared thermometer on its stand, looking at the visitor's wrist."""
    sheet.box("#aab4bb", x + 26, edge - 90, 12, 104)
    sheet.box("#8a959d", x - 4, edge, 72, 16, 8)
    sheet.box("#ffffff", x - 8, edge - 160, 80, 96, 16)
    sheet.box("#e4eaed", x - 8, edge - 90, 80, 26, 12)
    sheet.disc(_SHADE, (x + 32, edge - 118), 24)
    sheet.disc("#3b4d5c", (x + 32, edge - 118), 17)
    sheet.disc("#8fd0f0", (x + 26, edge - 124), 5)
    sheet.disc("#49b36b", (x + 32, edge - 77), 5)


def visitor(looks: Looks) -> Image:
    """Head and shoulders of a masked visitor, as premultiplied BGRA."""
    sheet = Sheet(*VISITOR_SIZE)
    middle = VISITOR_SIZE[0] / 2
    if looks.bun:
        sheet.disc(looks.hair, (middle + 52, 42), 36)
    _coat(sheet, looks, middle)
    _head(sheet, looks, middle)
    _mask(sheet, middle)
    seen = sheet.finished()
    return seen if looks.tall == 1 else _smaller(seen, looks.tall)


def _smaller(picture: Image, share: float) -> Image:
    return np.asarray(cv2.resize(picture, None, fx=share, fy=share, interpolation=cv2.INTER_AREA), np.uint8)


def _coat(sheet: Sheet, looks: Looks, middle: float) -> None:
    sheet.box(looks.skin, middle - 30, 200, 60, 90, 20)
    sheet.box(looks.coat, middle - 190, 262, 380, 300, 110)
    sheet.polygon("#fbfaf7", (middle - 44, 262), (middle + 44, 262), (middle, 322))
    sheet.disc(looks.skin, (middle, 262), 34, 0.55)
    for side in (-1, 1):
        collar = ((62, 258), (22, 258), (0, 330), (20, 356))
        sheet.polygon(_darker(looks.coat), *((middle + side * x, y) for x, y in collar))
    sheet.line(_darker(looks.coat), 4, (middle, 330), (middle, 520))
    for y in (380, 440):
        sheet.disc(_darker(looks.coat), (middle + 14, y), 6)


def _head(sheet: Sheet, looks: Looks, middle: float) -> None:
    for side in (-1, 1):
        sheet.disc(looks.skin, (middle + side * 84, 150), 17, 1.3)
    sheet.disc(looks.hair, (middle, 118), 92, 1.02)
    sheet.disc(looks.skin, (middle, 142), 82, 1.16)
    sheet.slice(looks.hair, (middle, 112), 90, 0.92, 190, 350)
    if looks.hat:
        sheet.slice(looks.hat, (middle, 102), 98, 0.94, 180, 360)
        sheet.box(_darker(looks.hat), middle - 104, 92, 208, 24, 12)
    for side in (-1, 1):
        sheet.disc(_INK, (middle + side * 32, 142), 8, 1.15)
        sheet.disc("#ffffff", (middle + side * 32 + 3, 138), 2.5)
        brow = ((20, 118), (33, 113), (46, 118))
        sheet.line(_darker(looks.hair), 5, *((middle + side * x, y) for x, y in brow))
    if looks.glasses:
        _glasses(sheet, middle)


def _glasses(sheet: Sheet, middle: float) -> None:
    for side in (-1, 1):
        ring = [(middle + side * 34 + 25 * np.cos(a), 143 + 22 * np.sin(a)) for a in np.linspace(0, 6.3, 40)]
        sheet.line("#3a3f45", 3.5, *ring)
        sheet.line("#3a3f45", 3.5, (middle + side * 59, 140), (middle + side * 82, 136))
    sheet.line("#3a3f45", 3.5, (middle - 10, 141), (middle + 10, 141))


def _mask(sheet: Sheet, middle: float) -> None:
    for side in (-1, 1):
        sheet.line("#e9f2f6", 3.5, (middle + side * 64, 176), (middle + side * 86, 146))
        sheet.line("#e9f2f6", 3.5, (middle + side * 56, 220), (middle + side * 86, 168))
    cloth = ((-68, 172), (0, 158), (68, 172), (56, 224), (0, 246), (-56, 224))
    sheet.polygon("#9fd0e6", *((middle + x, y) for x, y in cloth))
    for y in (190, 206, 222):
        sheet.line("#86bdd6", 2.5, (middle - 54, y), (middle + 54, y))


def held(text: str, looks: Looks, *, paper: bool, tilt: float) -> Image:
    """A hand with a phone or a paper pass that shows `text` as a QR code, as premultiplied BGRA."""
    sheet = Sheet(*HELD_SIZE)
    modules = qr_modules(text)
    _sleeve(sheet, looks)
    (_paper_pass if paper else _phone)(sheet, modules)
    _fingers(sheet, looks)
    return sheet.turn(tilt).finished()


def qr_modules(text: str) -> Image:
    """A QR code with its quiet zone, one pixel a module. Raises ValueError when the text is too long."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="L")
    return np.asarray(code.to_image(scale=1), np.uint8)


def _sleeve(sheet: Sheet, looks: Looks) -> None:
    sheet.line(looks.coat, 84, (150, 470), (176, 410))
    sheet.disc(looks.skin, (180, 372), 48, 1.1)


def _phone(sheet: Sheet, modules: Image) -> None:
    sheet.box(_SHADE, 52, 12, 256, 392, 26)
    sheet.box(_PAPER, 61, 22, 238, 372, 18)
    sheet.box("#1f9d6b", 61, 40, 238, 44)
    sheet.box("#ffffff", 84, 56, 120, 12, 6)
    sheet.box(_SHADE, 150, 26, 60, 9, 4)
    _code(sheet, modules, 180, 208)
    sheet.box("#c9d3d9", 92, 338, 176, 12, 6)
    sheet.box("#dde4e8", 122, 360, 116, 10, 5)


def _paper_pass(sheet: Sheet, modules: Image) -> None:
    sheet.box("#e3dfd2", 40, 14, 286, 384)
    sheet.box(_PAPER, 36, 10, 286, 384)
    sheet.box("#b33a32", 60, 30, 238, 8, 4)
    sheet.box(_INK, 98, 52, 162, 18, 4)
    _code(sheet, modules, 179, 198)
    for y, width in ((330, 190), (350, 150), (370, 110)):
        sheet.box("#b9bfc2", 66, y, width, 8, 4)
    sheet.disc("#d8685f", (272, 350), 32)
    sheet.disc(_PAPER, (272, 350), 27)
    sheet.disc("#d8685f", (272, 350), 10)


def _code(sheet: Sheet, modules: Image, x: float, y: float) -> None:
    """Modules of a whole number of half pixels, 226 px wide at most: then every one is equally large."""
    side = max(1, 226 * 2 // len(modules)) * len(modules) / 2
    sheet.stamp(modules, x - side / 2, y - side / 2, side)


def _fingers(sheet: Sheet, looks: Looks) -> None:
    for x, y in ((124, 412), (160, 420), (196, 420), (230, 412)):
        sheet.line(_darker(looks.skin), 29, (x, y), (x + (180 - x) * 0.1, y - 16))
        sheet.line(looks.skin, 26, (x, y), (x + (180 - x) * 0.1, y - 16))


def _darker(colour: str) -> str:
    return "#" + "".join(f"{int(part * 0.82):02x}" for part in bytes.fromhex(colour.removeprefix("#")))
