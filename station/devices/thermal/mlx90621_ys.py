"""MLX90621-YS: a gate board with 16 x 4 spots.

Source: heef87/TemperatureDemo SMLX90621_YS.java @199e7d5; nobody else describes it.

    A5 06 | unknown | 64 spots, TA, 2 bytes each | 2 unknown bytes | BF

Big-endian, signed, in hundredths of a degree. BF is an end mark, not a checksum. That driver replaces a
warmest spot of 34 to 35.9 °C by a random normal temperature; here a picture stays what was sent.
"""

from __future__ import annotations

import struct

from station.core.model import FrameError
from station.devices.thermal.picture import PictureFamily, ThermalPicture
from station.devices.thermometers.framing import FrameDecoder, FrameShape, always

_COLUMNS, _ROWS = 16, 4
_HEADER = b"\xa5\x06"
_FRAME = struct.Struct(f">2sx{_COLUMNS * _ROWS}hh2xB")
_END = 0xBF


def _read(frame: bytes) -> ThermalPicture | FrameError:
    _, *spots, ambient, end = _FRAME.unpack(frame)
    if end != _END:
        return FrameError("malformed", frame)
    return ThermalPicture(_COLUMNS, tuple(spot / 100 for spot in spots), ambient / 100)


def encode(picture: ThermalPicture) -> bytes:
    """The frame that says `picture`. Raises struct.error if it is not 16 x 4."""
    spots = (round(celsius * 100) for celsius in picture.celsius)
    return _FRAME.pack(_HEADER, *spots, round((picture.ambient_c or 0) * 100), _END)


FAMILY = PictureFamily(
    slug="mlx90621-ys",
    title="MLX90621-YS",
    bauds=(115200,),
    columns=_COLUMNS,
    rows=_ROWS,
    decoder=lambda: FrameDecoder(FrameShape(_HEADER, len(_HEADER), always(_FRAME.size), _read)),
    encode=encode,
    interval_s=0.05,
    confidence="single source",
    source="heef87/TemperatureDemo SMLX90621_YS.java",
    start=bytes.fromhex("A5 06 01 BF"),  # stream; A5 06 00 BF stops it
)
