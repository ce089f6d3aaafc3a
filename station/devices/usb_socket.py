"""Serial ports by the USB socket that they are plugged into, written usb:LOCATION, e.g. usb:1-1.2.

The names that the system gives (ttyUSB0, COM3) change with the order of plugging in, and equal adapters have
no number of their own. The socket stays: what is plugged into it next, after a repair, has the same address.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import serial
from serial.tools import list_ports as serial_ports

_SCHEME = "usb:"
# The chips of most adapters (usb.ids). The sellers of thermometers and relays rarely write more on them.
_ADAPTERS = {
    "1a86:7522": "CH340",
    "1a86:7523": "CH340",
    "1a86:5523": "CH341",
    "10c4:ea60": "CP210x",
    "0403:6001": "FT232",
    "0403:6015": "FT-X",
    "067b:2303": "PL2303",
    "067b:23a3": "PL2303",
}
# Makers of scanners that are serial ports themselves (usb.ids); other scanners hide behind an adapter.
_MAKERS_OF_SCANNERS = {"0c2e", "05e0", "1eab", "05f9"}  # Honeywell, Zebra, Newland, Datalogic


@dataclass(frozen=True, slots=True)
class SerialDevice:
    """A serial port that the operating system lists."""

    path: str
    description: str
    usb_id: str | None  # vid:pid in hex. A CH340 thermometer and a CH340 relay have the same one
    location: str | None  # the USB socket: what to tell two equal adapters apart by

    @property
    def address(self) -> str:
        """What to keep in the settings."""
        return f"{_SCHEME}{self.location}" if self.location else self.path

    @property
    def looks_like_scanner(self) -> bool:
        """Its maker makes scanners, and no thermometers."""
        return (self.usb_id or "").partition(":")[0] in _MAKERS_OF_SCANNERS

    @property
    def title(self) -> str:
        """What to show a person who has the plug in hand: CH340, USB 1-1.2 (/dev/ttyUSB0)."""
        if not self.location:
            return self.path
        adapter = _ADAPTERS.get(self.usb_id or "", self.description)
        return f"{adapter}, USB {self.location} ({self.path})"


def list_ports() -> Iterator[SerialDevice]:
    """The serial ports of this PC. Pseudo-terminals are not among them; their path has to be typed."""
    for port in serial_ports.comports():
        usb_id = None if port.vid is None else f"{port.vid:04x}:{port.pid:04x}"
        yield SerialDevice(port.device, port.description, usb_id, port.location)


def path_of(address: str) -> str:
    """The port that is in this USB socket now; any other address as it is. Raises SerialException."""
    if not address.startswith(_SCHEME):
        return address
    path = port_at(address)
    if path is None:
        raise serial.SerialException(f"nothing is plugged into USB socket {address.removeprefix(_SCHEME)}")
    return path


def port_at(address: str) -> str | None:
    """The port in this USB socket, or at this path, if there is one now. Opens nothing."""
    if not address.startswith(_SCHEME):
        there = Path(address).exists() or any(port.path == address for port in list_ports())
        return address if there else None
    location = address.removeprefix(_SCHEME)
    return next((port.path for port in list_ports() if port.location == location), None)
