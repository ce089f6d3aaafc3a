"""HTPA32x32 boards of CHUWO and M23-XM: 32 x 32 spots.

Source: heef87/TemperatureDemo CHUWO_32x32.java, SM23_32x32_XM.java @199e7d5; nobody else describes them.

    E1 | 1024 spots, TA, 2 bytes each | 4 unknown bytes

Big-endian, in tenths of a kelvin from 273.1. There is no checksum, and E1 occurs within pictures too: a frame
counts only if all of its spots are possible.
"""

from __future__ import annotations

import struct

from station.core.model import FrameError
from station.devices.thermal.picture import PictureFamily, ThermalPicture
from station.devices.thermometers.framing import FrameDecoder, FrameShape, always, is_plausible

_COLUMNS, _ROWS = 32, 32
_HEADER = b"\xe1"
_FRAME = struct.Struct(f">x{_COLUMNS * _ROWS}HH4x")
_ZERO_CELSIUS = 2731  # tenths of a kelvin, as the driver takes it


def _read(frame: bytes) -> ThermalPicture | FrameError:
    *spots, ambient = ((tenths - _ZERO_CELSIUS) / 10 for tenths in _FRAME.unpack(frame))
    if not is_plausible(*spots, ambient):
        return FrameError("implausible", frame)
    return ThermalPicture(_COLUMNS, tuple(spots), ambient)


def encode(picture: ThermalPicture) -> bytes:
    """The frame that says `picture`. Raises struct.error if it is not 32 x 32."""
    spots = (round(celsius * 10) + _ZERO_CELSIUS for celsius in (*picture.celsius, picture.ambient_c or 0))
    return _HEADER + _FRAME.pack(*spots)[1:]


FAMILY = PictureFamily(
    slug="htpa32",
    title="HTPA32x32: CHUWO, M23-XM",
    bauds=(115200,),
    columns=_COLUMNS,
    rows=_ROWS,
    decoder=lambda: FrameDecoder(FrameShape(_HEADER, len(_HEADER), always(_FRAME.size), _read)),
    encode=encode,
    interval_s=0.3,  # 178 ms of it on the wire
    confidence="single source",
    source="heef87/TemperatureDemo CHUWO_32x32.java",
    query=bytes.fromhex("EE E1 01 55 FF FC FD FF"),
)
