"""How the settings name a thermometer: where it is, and what it is if that is known."""

from __future__ import annotations

import pytest

from station.equipment import thermometer, thermometers
from station.judge import Judge
from station.settings import SettingsError


def test_an_unknown_family_is_refused_before_the_gate_opens() -> None:
    with pytest.raises(SettingsError, match="abacus"):
        thermometer("/dev/ttyUSB0,abacus")


@pytest.mark.parametrize(
    "address", ["/dev/ttyUSB0,lu90614", "usb:1-1.2,lu90614", "/dev/ttyUSB0", "usb:1-1.2"]
)
def test_a_thermometer_is_named_by_port_or_socket_with_or_without_family(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[tuple[object, ...]] = []
    monkeypatch.setattr("station.equipment.SerialThermometer", lambda *given, name: made.append(given))
    thermometer(address)(lambda event: None, Judge.__new__(Judge))
    url, family, _ = made[0]
    assert url == address.removesuffix(",lu90614")
    assert (family is None) == ("," not in address)


def names(*addresses: str | None) -> list[str]:
    """What the thermometers at these addresses are called, in the order in which they count."""
    judge = Judge.__new__(Judge)
    return [make(lambda event: None, judge).name for make in thermometers(*addresses)]


def test_two_thermometers_are_told_apart_by_name() -> None:
    assert names("/dev/ttyUSB0,lu90614", None) == ["ttyUSB0"]
    assert names("/dev/ttyUSB1", "usb:1-1.2") == ["ttyUSB1", "usb:1-1.2"]
    assert names("/dev/left/port0", "/dev/right/port0") == ["port0 #1", "port0 #2"]
    assert names(None, "/dev/ttyUSB0") == ["ttyUSB0"]
    assert names(None, None) == []


def test_one_port_cannot_be_two_thermometers() -> None:
    with pytest.raises(SettingsError, match="same port"):
        thermometers("/dev/ttyUSB0,lu90614", "/dev/ttyUSB0")
