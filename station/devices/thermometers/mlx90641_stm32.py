"""MLX90641 behind an STM32, and the single-point HTPA board that speaks the same.

Source: heef87/TemperatureDemo SMLX90641_STM32.java, SHTPA_32x32dR2L5_single.java @199e7d5.

    A5 | 3 unknown bytes | ambient | warmest | coldest | result, 2 bytes each | perhaps more

All are big-endian, in tenths of a degree. There is no checksum, so a frame counts only if its four values
can be true together. The driver rewrites a result of 35 to 36 °C into a random normal one; here it stays.
"""

from __future__ import annotations

import struct

from station.core.model import FrameError, Reading, Site
from station.devices.thermometers.family import Family, ambient_of
from station.devices.thermometers.framing import FrameDecoder, FrameShape, always, is_plausible

_HEADER = b"\xa5"
_FRAME = struct.Struct(">B3xHHHH")  # header, ambient, warmest, coldest, result


def _read(frame: bytes) -> Reading | FrameError:
    _, *tenths = _FRAME.unpack(frame)
    ambient, warmest, coldest, result = (value / 10 for value in tenths)
    if coldest > warmest or not is_plausible(ambient, warmest, coldest, result):
        return FrameError("implausible", frame)
    return Reading(result, Site.OBJECT, ambient)


def encode(reading: Reading) -> bytes:
    """The frame that says `reading`. Raises ValueError without an ambient, struct.error below 0 °C."""
    ambient, value = round(ambient_of(reading) * 10), round(reading.value_c * 10)
    return _FRAME.pack(_HEADER[0], ambient, max(ambient, value), min(ambient, value), value)


FAMILY = Family(
    slug="mlx90641-stm32",
    title="MLX90641-STM32, HTPA single point",
    bauds=(115200,),
    decoder=lambda: FrameDecoder(FrameShape(_HEADER, 1, always(_FRAME.size), _read)),
    encode=encode,
    # BF is an end mark, not a sum. No probe: on the sister board, A5 06 01 BF begins and A5 06 00 BF ends a
    # stream, so this one may well switch something too.
    query=bytes.fromhex("A5 05 01 BF"),
    interval_s=0.2,
    confidence="single source",
    source="heef87/TemperatureDemo SMLX90641_STM32.java",
)
