"""MLX90621-HH: a gate board with 16 x 4 spots and the header of the GY boards.

Source: heef87/TemperatureDemo SMLX90621_HH.java @199e7d5; nobody else describes it.

    5A 5A | 2 unknown bytes | 64 spots, 2 bytes each

Little-endian, in hundredths of a degree, no checksum: a frame counts only if all of its spots are possible.
"""

from __future__ import annotations

import struct

from station.core.model import FrameError
from station.devices.thermal.picture import PictureFamily, ThermalPicture
from station.devices.thermometers.framing import FrameDecoder, FrameShape, always, is_plausible

_COLUMNS, _ROWS = 16, 4
_HEADER = b"\x5a\x5a"
_FRAME = struct.Struct(f"<2s2x{_COLUMNS * _ROWS}H")


def _read(frame: bytes) -> ThermalPicture | FrameError:
    _, *spots = _FRAME.unpack(frame)
    picture = ThermalPicture(_COLUMNS, tuple(spot / 100 for spot in spots))
    return picture if is_plausible(*picture.celsius) else FrameError("implausible", frame)


def encode(picture: ThermalPicture) -> bytes:
    """The frame that says `picture`. Raises struct.error if it is not 16 x 4 or below 0 °C."""
    return _FRAME.pack(_HEADER, *(round(celsius * 100) for celsius in picture.celsius))


FAMILY = PictureFamily(
    slug="mlx90621-hh",
    title="MLX90621-HH",
    bauds=(115200,),
    columns=_COLUMNS,
    rows=_ROWS,
    decoder=lambda: FrameDecoder(FrameShape(_HEADER, len(_HEADER), always(_FRAME.size), _read)),
    encode=encode,
    interval_s=0.1,
    confidence="single source",
    source="heef87/TemperatureDemo SMLX90621_HH.java",
    query=bytes.fromhex("A5 35 01 DB"),  # on a GY-MCU90640 the same bytes end the stream
)
