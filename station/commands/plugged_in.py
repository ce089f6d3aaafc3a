"""Which cameras and serial ports this PC has, without opening any of them."""

from __future__ import annotations

from pathlib import Path

from station.devices.usb_socket import SerialDevice, list_ports

_BY_ID = Path("/dev/v4l/by-id")
_DEV = Path("/dev")


def cameras() -> list[str]:
    """Camera devices, by a path that stays the same in another USB socket, where there is one."""
    stable = sorted(_BY_ID.glob("*-video-index0")) if _BY_ID.is_dir() else []
    return [str(path) for path in stable or sorted(_DEV.glob("video*"))]


def serial_ports() -> list[SerialDevice]:
    """Serial ports with something on them: USB adapters, not the mainboard's own empty sockets."""
    return [port for port in list_ports() if port.usb_id]
