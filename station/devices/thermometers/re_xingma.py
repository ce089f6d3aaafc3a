"""RE-XINGMA (兴码): a single-point gate board.

Source: heef87/TemperatureDemo RE_XINGMA.java @199e7d5; nobody else describes it.

    3 unknown bytes | value, 2 bytes | ambient, 2 bytes | unknown byte

Both are big-endian in hundredths of a degree, the value in °C, the ambient in kelvin. No byte marks the
answer, only its size.
"""

from __future__ import annotations

import struct

from station.core.model import FrameError, Reading, Site
from station.devices.thermometers.family import Family, ambient_of
from station.devices.thermometers.framing import FrameDecoder, FrameShape, always, is_plausible

_ANSWER = struct.Struct(">3xHHx")
_ZERO_CELSIUS = 27315  # hundredths of a kelvin


def _read(frame: bytes) -> Reading | FrameError:
    value, kelvin = _ANSWER.unpack(frame)
    reading = Reading(value / 100, Site.OBJECT, (kelvin - _ZERO_CELSIUS) / 100)
    plausible = is_plausible(reading.value_c, ambient_of(reading))
    return reading if plausible else FrameError("implausible", frame)


def encode(reading: Reading) -> bytes:
    """The answer that says `reading`. Raises ValueError without ambient, struct.error below 0 °C."""
    return _ANSWER.pack(round(reading.value_c * 100), round(ambient_of(reading) * 100) + _ZERO_CELSIUS)


FAMILY = Family(
    slug="re-xingma",
    title="RE-XINGMA (兴码)",
    bauds=(57600,),
    decoder=lambda: FrameDecoder(FrameShape(b"", 0, always(_ANSWER.size), _read)),
    encode=encode,
    query=bytes.fromhex("EE E1 01 55 FF FC"),
    probe=bytes.fromhex("EE E1 01 55 FF FC"),
    interval_s=0.25,
    confidence="single source",
    source="heef87/TemperatureDemo RE_XINGMA.java",
    unmarked_size=_ANSWER.size,
)
