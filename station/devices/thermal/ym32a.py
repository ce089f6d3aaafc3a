"""YM32A-32x32-XM: a gate board with 32 x 32 spots.

Source: heef87/TemperatureDemo SYM32A_32x32_XM.java @199e7d5; nobody else describes it.

    ABCDEF in ASCII | 1024 spots, 2 bytes each | 7 unknown bytes

Big-endian, in tenths of a degree, no checksum: a frame counts only if all of its spots are possible. The
board can also be set to eight bits a spot; what that looks like is not documented.
"""

from __future__ import annotations

import struct

from station.core.model import FrameError
from station.devices.thermal.picture import PictureFamily, ThermalPicture
from station.devices.thermometers.framing import FrameDecoder, FrameShape, always, is_plausible

_COLUMNS, _ROWS = 32, 32
_HEADER = b"ABCDEF"
_FRAME = struct.Struct(f">6s{_COLUMNS * _ROWS}H7x")


def _read(frame: bytes) -> ThermalPicture | FrameError:
    _, *spots = _FRAME.unpack(frame)
    picture = ThermalPicture(_COLUMNS, tuple(spot / 10 for spot in spots))
    return picture if is_plausible(*picture.celsius) else FrameError("implausible", frame)


def encode(picture: ThermalPicture) -> bytes:
    """The frame that says `picture`. Raises struct.error if it is not 32 x 32 or below 0 °C."""
    return _FRAME.pack(_HEADER, *(round(celsius * 10) for celsius in picture.celsius))


FAMILY = PictureFamily(
    slug="ym32a",
    title="YM32A-32x32-XM",
    bauds=(921600,),
    columns=_COLUMNS,
    rows=_ROWS,
    decoder=lambda: FrameDecoder(FrameShape(_HEADER, len(_HEADER), always(_FRAME.size), _read)),
    encode=encode,
    interval_s=0.1,
    confidence="single source",
    source="heef87/TemperatureDemo SYM32A_32x32_XM.java",
    query=bytes.fromhex("FF FF FE 25 00 00 FE FF FF"),  # answered only while it does not stream by itself
)
