"""CJMCU-90614: a serial board with an MLX90614 and frames of its own.

Source: vendor text (newegg.ca 3D0-0039-001C4, electronicpro.co.za) and real bytes in a public STM32 driver.

    66 66 | 01 streaming, 02 asked | 04 | first value, 2 bytes | second value, 2 bytes | sum8 of the values

Temperatures are big-endian, in hundredths of a degree. Which value is the object is disputed: the STM32
driver takes the first, a MicroPython driver the second. Hold a hand before the sensor: if the ambient
follows it, choose `cjmcu-90614-swapped`.
"""

from __future__ import annotations

import struct
from dataclasses import replace

from station.core.model import FrameError, Reading, Site
from station.devices.thermometers.family import Family, ambient_of
from station.devices.thermometers.framing import FrameDecoder, FrameShape, sum8

_HEADER = b"\x66\x66"
_STREAMING, _ASKED = 0x01, 0x02
_FIELDS = struct.Struct(">hh")
_SIZE = 9


def _size(prefix: bytes) -> int | None:
    known = prefix[2] in (_STREAMING, _ASKED) and prefix[3] == _FIELDS.size
    return _SIZE if known else None


def _read(frame: bytes) -> Reading | FrameError:
    if sum8(frame[4:-1]) != frame[-1]:
        return FrameError("checksum", frame)
    # The checksum knows nothing of the header. A frame that lost its end and swallowed the next header can
    # fit: a lost last byte of the second value turns it into ..66, by up to 2.55 °C wrong.
    if _HEADER in frame[4:]:
        return FrameError("cut", frame)
    target, ambient = _FIELDS.unpack(frame[4:-1])
    return Reading(target / 100, Site.OBJECT, ambient / 100)


def _read_swapped(frame: bytes) -> Reading | FrameError:
    result = _read(frame)
    if isinstance(result, FrameError):
        return result
    first, second = _FIELDS.unpack(frame[4:-1])
    return Reading(second / 100, Site.OBJECT, first / 100)


def encode(reading: Reading) -> bytes:
    """The frame that says `reading`, object first. Raises ValueError without an ambient."""
    return _frame(reading.value_c, ambient_of(reading))


def _encode_swapped(reading: Reading) -> bytes:
    return _frame(ambient_of(reading), reading.value_c)


def _frame(first_c: float, second_c: float) -> bytes:
    data = _FIELDS.pack(round(first_c * 100), round(second_c * 100))
    return _HEADER + bytes([_STREAMING, _FIELDS.size]) + data + bytes([sum8(data)])


FAMILY = Family(
    slug="cjmcu-90614",
    title="CJMCU-90614, object first",
    bauds=(115200, 9600, 57600),
    decoder=lambda: FrameDecoder(FrameShape(_HEADER, 4, _size, _read)),
    encode=encode,
    # Streaming is also what it leaves the factory with, so nothing is lost if the board should store it.
    start=bytes.fromhex("66 66 01 56"),
    interval_s=0.1,
    confidence="several sources",
    source="vendor text (newegg.ca 3D0-0039-001C4, electronicpro.co.za), bytes in a public STM32 driver",
)
SWAPPED = replace(
    FAMILY,
    slug="cjmcu-90614-swapped",
    title="CJMCU-90614, ambient first",
    same_bytes_as=FAMILY.slug,
    decoder=lambda: FrameDecoder(FrameShape(_HEADER, 4, _size, _read_swapped)),
    encode=_encode_swapped,
)
