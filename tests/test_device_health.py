"""What a center is told of a gate's devices."""

from __future__ import annotations

from station.core.model import DeviceKind, DeviceState, DeviceStatus
from station.device_health import MOST, DeviceHealth


def test_the_last_word_of_each_device_counts() -> None:
    health = DeviceHealth()
    health.heard(DeviceStatus(DeviceKind.THERMOMETER, DeviceState.WORKING, "lu90614"))
    health.heard(DeviceStatus(DeviceKind.CAMERA, DeviceState.WORKING, "camera 0", emulated=True))
    health.heard(DeviceStatus(DeviceKind.THERMOMETER, DeviceState.LOST, "lu90614", detail="unplugged"))

    assert health.state() == (("camera camera 0", "working (emulated)"), ("thermometer lu90614", "lost"))


def test_none_and_one_exclude_each_other() -> None:
    health = DeviceHealth()
    health.heard(DeviceStatus(DeviceKind.THERMOMETER, DeviceState.ABSENT, ""))
    assert health.state() == (("thermometer", "absent"),)

    health.heard(DeviceStatus(DeviceKind.THERMOMETER, DeviceState.SEARCHING, "lu90614"))
    assert health.state() == (("thermometer lu90614", "searching"),)

    health.heard(DeviceStatus(DeviceKind.THERMOMETER, DeviceState.ABSENT, ""))
    assert health.state() == (("thermometer", "absent"),)


def test_names_that_change_with_every_plug_do_not_pile_up() -> None:
    health = DeviceHealth()
    for number in range(100):
        health.heard(DeviceStatus(DeviceKind.SCANNER, DeviceState.LOST, f"ttyUSB{number}"))

    assert len(health.state()) == MOST
