"""GY-MCU90614 and GY-MCU90615: the wide-spread UART board with an MLX90614 or MLX90615.

Source: the vendor's text as kept in a public Arduino sketch (arduinoshop99, product 363), agreeing with
ZKRT Temperature.c, SGY_MCU90614_TW.java (heef87/TemperatureDemo) and Tizen resource_read_mcu90615.

    5A 5A | 45 | 04 | object, 2 bytes | ambient, 2 bytes | sum8 of all before

Temperatures are signed 16-bit, big-endian, in hundredths of a degree. The object is skin, as measured;
the board has no body mode and no error code. One variant adds a module number after the checksum
(ZKRT: 0x01-0x15, mostly 0x14); it is dropped as junk between frames.
"""

from __future__ import annotations

import struct

from station.core.model import FrameError, Reading, Site
from station.devices.thermometers.family import Family, ambient_of
from station.devices.thermometers.framing import FrameDecoder, FrameShape, sum8

_HEADER = b"\x5a\x5a"
_TEMPERATURE = 0x45
_OTHER_TYPES = (0x25, 0x35)  # emissivity, temperature offset: answers to commands that we never send
_AROUND_DATA = 5  # header 2, type, length, checksum
_FIELDS = struct.Struct(">hh")
_BEGINNING = _HEADER + bytes([_TEMPERATURE])


def _size(prefix: bytes) -> int | None:
    kind, length = prefix[2], prefix[3]
    if kind == _TEMPERATURE:
        known = length == _FIELDS.size
    else:  # a longer length would be junk, and waiting for its end would hold good frames back
        known = kind in _OTHER_TYPES and length <= _FIELDS.size
    return length + _AROUND_DATA if known else None


def _read(frame: bytes) -> Reading | FrameError | None:
    if sum8(frame[:-1]) != frame[-1]:
        return FrameError("checksum", frame)
    # A frame that lost its end swallows the beginning of the next one. If it was cut after a first data
    # byte of 0E (35.84 to 38.39 °C) the checksum fits always, and says 36.74 °C of anybody. No true frame
    # looks like that: its ambient would be 231 °C, and the board ends at 125 °C.
    if _BEGINNING in frame[5:]:
        return FrameError("cut", frame)
    if frame[2] != _TEMPERATURE:
        return None
    target, ambient = _FIELDS.unpack(frame[4:-1])
    return Reading(target / 100, Site.OBJECT, ambient / 100)


def encode(reading: Reading) -> bytes:
    """The frame that says `reading`. Raises ValueError without an ambient."""
    data = _FIELDS.pack(round(reading.value_c * 100), round(ambient_of(reading) * 100))
    frame = _HEADER + bytes([_TEMPERATURE, len(data)]) + data
    return frame + bytes([sum8(frame)])


FAMILY = Family(
    slug="gy-mcu90614",
    title="GY-MCU90614 / GY-MCU90615",
    bauds=(9600, 115200),  # 90614 leaves the factory with 9600, most 90615 with 115200
    decoder=lambda: FrameDecoder(FrameShape(_HEADER, 4, _size, _read)),
    encode=encode,
    # Streaming now, not the stored power-up setting (that would be A5 51 F6): it wakes a board that was
    # set to answer only when asked.
    start=bytes.fromhex("A5 45 EA"),
    probe=bytes.fromhex("A5 15 BA"),  # one reading, from a board that does not stream
    interval_s=0.1,  # the 90615 V2 streams at 10 Hz, others at about 14 Hz
    confidence="several sources",
    source="vendor text in public drivers (arduinoshop99 363, ZKRT Temperature.c, heef87/TemperatureDemo)",
)
