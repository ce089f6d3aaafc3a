"""Ports by the USB socket they are in, with adapters that cannot be told apart otherwise."""

from __future__ import annotations

import pytest
import serial
from serial.tools.list_ports_common import ListPortInfo

from station.devices.usb_socket import SerialDevice, list_ports, path_of


def adapter(path: str, location: str | None) -> ListPortInfo:
    """A CH340, which has no serial number."""
    info = ListPortInfo(path)
    info.description, info.location = "USB Serial", location
    if location:
        info.vid, info.pid = 0x1A86, 0x7523
    return info


@pytest.fixture
def plugged_in(monkeypatch: pytest.MonkeyPatch) -> list[ListPortInfo]:
    """The ports that the system lists; tests change the list as hands change plugs."""
    ports = [adapter("/dev/ttyUSB0", "1-1.2"), adapter("/dev/ttyUSB1", "1-1.3"), adapter("/dev/ttyS0", None)]
    monkeypatch.setattr("station.devices.usb_socket.serial_ports.comports", lambda: ports)
    return ports


def test_a_socket_keeps_its_address_when_the_system_gives_other_names(
    plugged_in: list[ListPortInfo],
) -> None:
    assert path_of("usb:1-1.3") == "/dev/ttyUSB1"
    plugged_in[:] = [adapter("/dev/ttyUSB0", "1-1.3"), adapter("/dev/ttyUSB1", "1-1.2")]
    assert path_of("usb:1-1.3") == "/dev/ttyUSB0"


@pytest.mark.usefixtures("plugged_in")
@pytest.mark.parametrize("address", ["/dev/ttyUSB7", "COM3", "socket://10.0.0.5:4001", "loop://"])
def test_other_addresses_stay_as_they_are(address: str) -> None:
    assert path_of(address) == address


@pytest.mark.usefixtures("plugged_in")
def test_an_empty_socket_is_named() -> None:
    with pytest.raises(serial.SerialException, match=r"USB socket 1-1\.4"):
        path_of("usb:1-1.4")


@pytest.mark.usefixtures("plugged_in")
def test_two_equal_adapters_have_two_titles_and_two_addresses() -> None:
    first, second, mainboard = list_ports()
    assert first.title == "CH340, USB 1-1.2 (/dev/ttyUSB0)"
    assert (first.address, second.address) == ("usb:1-1.2", "usb:1-1.3")
    assert (mainboard.title, mainboard.address) == ("/dev/ttyS0", "/dev/ttyS0")


def test_an_unknown_adapter_is_called_what_the_system_calls_it() -> None:
    port = SerialDevice("COM3", "Gate Probe", "dead:beef", "1-4")
    assert port.title == "Gate Probe, USB 1-4 (COM3)"
