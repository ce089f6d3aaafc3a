"""Calex PyroUSB and PyroMiniBus: industrial pyrometers that speak Modbus RTU.

Source: Calex manuals (easymanua.ls calex/pyrousb-series p11, manualshive 3421020 p12 and 483566 p7).

    01 04 | register, 2 bytes | 00 01 | CRC   asks slave 1 for the filtered temperature
    01 04 02 | value, 2 bytes | CRC           tenths of a degree, two's complement assumed
    01 84 | code | CRC                        refused

The models differ in the register only: 12 hex for PyroUSB, 0E for PyroMiniBus, where 0E is the sensor's own
temperature on a PyroUSB. Nothing is ever written: most registers that can be written are kept in flash.
"""

from __future__ import annotations

import struct
from dataclasses import replace

from station.core.model import FrameError, Reading, Site
from station.devices.thermometers.family import Family
from station.devices.thermometers.framing import FrameDecoder, FrameShape, crc16_modbus

_SLAVE = b"\x01"
_READ, _REFUSED = 0x04, 0x84
_QUESTION = struct.Struct(">BBHH")
_ANSWER = struct.Struct(">BBBh")
_CRC = 2  # bytes


def _size(prefix: bytes) -> int | None:
    if prefix[1] == _REFUSED:
        return len(prefix) + _CRC
    return _ANSWER.size + _CRC if prefix[1:] == bytes([_READ, 2]) else None


def _read(frame: bytes) -> Reading | FrameError:
    if crc16_modbus(frame[:-_CRC]) != frame[-_CRC:]:
        return FrameError("checksum", frame)
    if frame[1] == _REFUSED:
        return FrameError("refused", frame)
    *_, tenths = _ANSWER.unpack(frame[:-_CRC])
    return Reading(tenths / 10, Site.OBJECT)


def encode(reading: Reading) -> bytes:
    """The answer that says `reading`. Raises struct.error outside ±3276.7 °C."""
    return _with_crc(_ANSWER.pack(_SLAVE[0], _READ, 2, round(reading.value_c * 10)))


def _ask(register: int) -> bytes:
    return _with_crc(_QUESTION.pack(_SLAVE[0], _READ, register, 1))


def _with_crc(message: bytes) -> bytes:
    return message + crc16_modbus(message)


FAMILY = Family(
    slug="calex",
    title="Calex PyroUSB",
    bauds=(9600,),
    decoder=lambda: FrameDecoder(FrameShape(_SLAVE, 3, _size, _read)),
    encode=encode,
    query=_ask(0x12),
    probe=_ask(0x12),
    interval_s=0.2,
    confidence="manual",
    source="Calex PyroUSB manual p11 (easymanua.ls), PyroMiniBus manual p12 (manualshive 3421020)",
)
# No probe: it would be answered by a PyroUSB, with the temperature of its sensor.
MINIBUS = replace(FAMILY, slug="calex-minibus", title="Calex PyroMiniBus", query=_ask(0x0E), probe=None)
