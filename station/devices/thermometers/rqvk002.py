"""RQVK002-TWBD-DS (台湾宝岛): streams two bytes around fixed temperatures.

Source: heef87/TemperatureDemo RQVK002_TW.java @199e7d5; nobody else describes it.

    5A | unknown | ambient - 25.0 °C | value - 36.0 °C | unknown | A5

Both in tenths of a degree, signed; that driver divides (byte - 255) below zero, 0.1 °C too high. There is
no checksum, and whether the value is skin or a body estimate is not said: it counts as skin, which has the
stricter limit.
"""

from __future__ import annotations

import struct

from station.core.model import FrameError, Reading, Site
from station.devices.thermometers.family import Family, ambient_of
from station.devices.thermometers.framing import FrameDecoder, FrameShape, always

_HEADER = b"\x5a"
_FRAME = struct.Struct(">BxbbxB")
_END = 0xA5
_AMBIENT_TENTHS, _VALUE_TENTHS = 250, 360  # what a zero byte means


def _read(frame: bytes) -> Reading | FrameError:
    _, ambient, value, end = _FRAME.unpack(frame)
    if end != _END:
        return FrameError("malformed", frame)
    return Reading((_VALUE_TENTHS + value) / 10, Site.OBJECT, (_AMBIENT_TENTHS + ambient) / 10)


def encode(reading: Reading) -> bytes:
    """The frame that says `reading`, or the nearest that a byte can say. ValueError without ambient."""
    ambient = _byte(ambient_of(reading), _AMBIENT_TENTHS)
    return _FRAME.pack(_HEADER[0], ambient, _byte(reading.value_c, _VALUE_TENTHS), _END)


def _byte(celsius: float, zero_tenths: int) -> int:
    return min(max(round(celsius * 10) - zero_tenths, -128), 127)


FAMILY = Family(
    slug="rqvk002",
    title="RQVK002-TWBD-DS (台湾宝岛)",
    bauds=(19200,),
    decoder=lambda: FrameDecoder(FrameShape(_HEADER, 1, always(_FRAME.size), _read)),
    encode=encode,
    interval_s=0.5,  # the period that its driver waits for
    confidence="single source",
    source="heef87/TemperatureDemo RQVK002_TW.java",
)
