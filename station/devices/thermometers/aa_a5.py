"""The body temperature module with frames AA A5 … 55, named after them for want of a model number.

Source: xiaohu_robot InfraredTemperatureSensor.hpp and .cpp; a single driver, but clean and complete.

    AA A5 | length, itself to the sum | command | arguments | sum8 from the length on | 55
    measured: command 01, arguments 01 object or 02 body | value | ambient, 2 bytes each

Temperatures are big-endian, in tenths of a degree; a sign is not mentioned, two's complement is assumed.
"""

from __future__ import annotations

import struct

from station.core.model import FrameError, Reading, Site
from station.devices.thermometers.family import Family, ambient_of
from station.devices.thermometers.framing import FrameDecoder, FrameShape, sum8

_HEADER = b"\xaa\xa5"
_END = 0x55
_MEASURE = 0x01
_ANSWER = struct.Struct(">BBBhh")  # length, command, target, value, ambient
_LENGTH = _ANSWER.size + 1  # with the sum
_AROUND = 3  # header and end, which the length leaves out
_SHORTEST, _LONGEST = 3, _LENGTH
_SITES = {0x01: Site.OBJECT, 0x02: Site.BODY}


def _size(prefix: bytes) -> int | None:
    return prefix[2] + _AROUND if _SHORTEST <= prefix[2] <= _LONGEST else None


def _read(frame: bytes) -> Reading | FrameError | None:
    if frame[-1] != _END or sum8(frame[2:-2]) != frame[-2]:
        return FrameError("checksum", frame)
    if frame[3] != _MEASURE or frame[2] != _LENGTH:
        return None  # the answer to a setting, which we never send
    _, _, target, value, ambient = _ANSWER.unpack(frame[2:-2])
    if target not in _SITES:
        return FrameError("unknown_site", frame)
    return Reading(value / 10, _SITES[target], ambient / 10)


def encode(reading: Reading) -> bytes:
    """The answer that says `reading`, in body mode for Site.BODY. Raises ValueError without an ambient."""
    target = 0x02 if reading.site is Site.BODY else 0x01
    value, ambient = round(reading.value_c * 10), round(ambient_of(reading) * 10)
    body = _ANSWER.pack(_LENGTH, _MEASURE, target, value, ambient)
    return _HEADER + body + bytes([sum8(body), _END])


FAMILY = Family(
    slug="aa-a5",
    title="body module AA A5 … 55",
    bauds=(38400,),
    decoder=lambda: FrameDecoder(FrameShape(_HEADER, 3, _size, _read)),
    encode=encode,
    # "Measure" only. Command 02 would choose object or body, 03 and 04 calibrate against a black body.
    query=bytes.fromhex("AA A5 03 01 04 55"),  # no probe: AA alone switches an HW-667 relay on
    interval_s=0.3,  # the same part by I2C needs 220 ms for an answer
    confidence="single source",
    source="xiaohu_robot InfraredTemperatureSensor.cpp",
)
