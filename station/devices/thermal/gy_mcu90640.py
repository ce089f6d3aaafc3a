"""GY-MCU90640: a serial board with an MLX90640, 32 x 24 spots.

Source: "GY_MCU9064 user manual v1.pdf" (the same in vvkuryshev/GY-MCU90640-RPI-Python and
kluzzebass/gy-mcu90640-node), agreeing with three public parsers.

    5A 5A 02 06 | 768 spots, then TA, 2 bytes each | sum of all words before, 2 bytes

Everything is little-endian, the words of the header too; temperatures in hundredths of a degree, signed.
Spots come row by row, the upper right one first. A board asked for its emissivity answers 5A 5A, percent,
sum8 under the same header.
"""

from __future__ import annotations

import struct

from station.core.model import FrameError
from station.devices.thermal.picture import PictureFamily, ThermalPicture
from station.devices.thermometers.framing import FrameDecoder, FrameShape, sum8

_COLUMNS, _ROWS = 32, 24
_HEADER = b"\x5a\x5a"
_PICTURE = b"\x02\x06"  # the number of data bytes, 1538
_FIELDS = struct.Struct(f"<{_COLUMNS * _ROWS}hh")
_SIZE = len(_HEADER) + len(_PICTURE) + _FIELDS.size + 2
_EMISSIVITY_SIZE = 4


def _size(prefix: bytes) -> int | None:
    if prefix[2:] == _PICTURE:
        return _SIZE
    return _EMISSIVITY_SIZE if sum8(prefix[:3]) == prefix[3] else None


def _read(frame: bytes) -> ThermalPicture | FrameError | None:
    if len(frame) == _EMISSIVITY_SIZE:
        return None
    if _sum16(frame[:-2]) != frame[-2:]:
        return FrameError("checksum", frame)
    *spots, ambient = _FIELDS.unpack(frame[4:-2])
    return ThermalPicture(_COLUMNS, tuple(spot / 100 for spot in spots), ambient / 100)


def _sum16(data: bytes) -> bytes:
    words: tuple[int, ...] = struct.unpack(f"<{len(data) // 2}H", data)
    return (sum(words) & 0xFFFF).to_bytes(2, "little")


def encode(picture: ThermalPicture) -> bytes:
    """The frame that says `picture`. Raises struct.error if it is not 32 x 24, ValueError without TA."""
    if picture.ambient_c is None:
        raise ValueError("a GY-MCU90640 frame always holds TA")
    frame = (
        _HEADER + _PICTURE + _FIELDS.pack(*(round(c * 100) for c in (*picture.celsius, picture.ambient_c)))
    )
    return frame + _sum16(frame)


FAMILY = PictureFamily(
    slug="gy-mcu90640",
    title="GY-MCU90640",
    bauds=(115200, 9600, 460800),
    columns=_COLUMNS,
    rows=_ROWS,
    decoder=lambda: FrameDecoder(FrameShape(_HEADER, 4, _size, _read)),
    encode=encode,
    # It streams when powered. A5 35 02 DC would start the stream of a board that was told to wait; on other
    # boards those bytes mean other things, and A5 45, A5 65 set and save, so nothing is sent.
    interval_s=0.25,
    right_to_left=True,
    confidence="several sources",
    source="GY_MCU9064 user manual v1.pdf, and three public parsers",
)
