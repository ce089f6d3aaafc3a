"""YS-HAIMAN and SLSC_HM: gate boards with a Heimann sensor that answer with the warmest spot.

Source: heef87/TemperatureDemo YS_HAIMAN.java, SHAIMAN_32x24.java @199e7d5; nobody else describes them.

    2 unknown bytes | value, 2 bytes | 2 bytes, column and row on boards with a picture | unknown byte

The value is little-endian, in hundredths of a degree; zero means that there is none. No byte marks the
answer, only its size. The sender may have "compensated" the value; nothing in the answer would say so.
"""

from __future__ import annotations

import struct

from station.core.model import FrameError, Reading, Site
from station.devices.thermometers.family import Family
from station.devices.thermometers.framing import FrameDecoder, FrameShape, always, is_plausible

_ANSWER = struct.Struct("<2xH3x")


def _read(frame: bytes) -> Reading | FrameError:
    (value,) = _ANSWER.unpack(frame)
    if value == 0:
        return FrameError("no_data", frame)
    return (
        Reading(value / 100, Site.OBJECT) if is_plausible(value / 100) else FrameError("implausible", frame)
    )


def encode(reading: Reading) -> bytes:
    """The answer that says `reading`. Raises struct.error outside 0-655.35 °C."""
    return _ANSWER.pack(round(reading.value_c * 100))


FAMILY = Family(
    slug="ys-haiman",
    title="YS-HAIMAN, SLSC_HM (海曼)",
    bauds=(115200,),
    decoder=lambda: FrameDecoder(FrameShape(b"", 0, always(_ANSWER.size), _read)),
    encode=encode,
    query=bytes.fromhex("A5 55 01 FB"),
    probe=bytes.fromhex("A5 55 01 FB"),  # asks a GY-MCU90640 for its emissivity, and changes nothing there
    interval_s=0.25,
    confidence="single source",
    source="heef87/TemperatureDemo YS_HAIMAN.java",
    unmarked_size=_ANSWER.size,
)
