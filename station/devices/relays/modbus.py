"""Modbus RTU relays, 9600 8N1: function 05 "write single coil", answered by its echo.

Modbus application protocol V1.1b3, section 6.5; CRC-16 with A001, low byte first (Modbus over serial line
V1.02, section 6.2.2). Clones count coils from 1 and write 0x0100 for "on" (`modbus-clone`). Waveshare boards
can let go by themselves: 0x0200 in the address, tenths of a second as value (`waveshare`).
"""

from __future__ import annotations

from station.devices.relays.relay import Relay, RelayFamily

UNIT = 1  # as the boards leave the factory
_FLASH_ON, _TENTHS = 0x0200, 7


def crc(frame: bytes) -> bytes:
    """CRC-16/MODBUS, low byte first."""
    value = 0xFFFF
    for byte in frame:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (0xA001 if value & 1 else 0)
    return value.to_bytes(2, "little")


def write_coil(address: int, value: int) -> bytes:
    """The request to set one coil of the unit."""
    frame = bytes([UNIT, 5]) + address.to_bytes(2, "big") + value.to_bytes(2, "big")
    return frame + crc(frame)


def _standard(channel: int) -> Relay:
    return Relay(write_coil(channel - 1, 0xFF00), write_coil(channel - 1, 0), echoes=True)


def _clone(channel: int) -> Relay:
    return Relay(write_coil(channel, 0x0100), write_coil(channel, 0), echoes=True)


def _waveshare(channel: int) -> Relay:
    flash = write_coil(_FLASH_ON | (channel - 1), _TENTHS)
    plain = _standard(channel)
    return Relay(plain.on, plain.off, pulse=flash, pulse_s=_TENTHS / 10, echoes=True)


FAMILIES = (
    RelayFamily("modbus", _standard),
    RelayFamily("modbus-clone", _clone),
    RelayFamily("waveshare", _waveshare),
)
