"""Lanes with more than one thermometer, and with a thermal picture, as the whole program opens them."""

from __future__ import annotations

from pathlib import Path

import pytest

from station.core.model import Reading, Site
from station.devices.emulators.thermal import PtyThermal
from station.devices.emulators.thermometer import PtyThermometer
from tests.e2e.program import Program, station

SLUG = "gy-mcu90614"


def empty_stand(_at: float) -> Reading:
    return Reading(22.4, Site.OBJECT, 22.0)


def until_all_work(gate: Program, *names: str) -> None:
    """Wait until each of these devices was said to work, in whatever order."""
    while not all(f" {name}: working" in gate.log for name in names):
        gate.until(": working")


def test_two_thermometers_and_a_thermal_picture_are_opened_each_by_its_name(tmp_path: Path) -> None:
    with (
        PtyThermometer(SLUG, empty_stand) as first,
        PtyThermometer(SLUG, empty_stand) as second,
        PtyThermal("gy-mcu90640", empty_stand) as thermal,
        Program(
            *("run", "--headless", "--data", tmp_path / "data", "--camera", tmp_path / "unplugged"),
            *("--thermometer", f"{first.path},{SLUG}", "--thermometer", f"{second.path},{SLUG}"),
            *("--thermal", thermal.path),
        ) as gate,
    ):
        until_all_work(gate, f"{SLUG} #1", f"{SLUG} #2", "gy-mcu90640")
        first.unplug()
        gate.until(f"{SLUG} #1: lost")
        first.replug()
        gate.until(f"{SLUG} #1: working")
        assert gate.stop() == 0
    assert "Traceback" not in gate.log


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--thermometer", "a", "--thermometer", "b", "--thermometer", "c"), 2, "两个"),
        (("--thermometer", "/dev/ttyUSB0", "--thermometer", "/dev/ttyUSB0,lu90614"), 3, "same port"),
        (("--thermal", "/dev/ttyUSB0,abacus"), 3, "gy-mcu90640"),
    ],
)
def test_what_cannot_be_is_refused_before_the_gate_opens(
    tmp_path: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    refused = station("run", "--headless", "--data", tmp_path / "data", *arguments)
    assert (refused.returncode, said in refused.stderr) == (code, True)


def test_the_second_one_of_the_settings_is_opened_too(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    with (
        PtyThermometer("lu90614", empty_stand) as first,
        PtyThermometer(SLUG, empty_stand) as second,
    ):
        (data / "settings.toml").write_text(
            f'thermometer = "{first.path},lu90614"\nthermometer_2 = "{second.path},{SLUG}"\n',
            encoding="utf-8",
        )
        with Program("run", "--headless", "--data", data, "--camera", tmp_path / "unplugged") as gate:
            until_all_work(gate, "lu90614", SLUG)
            assert gate.stop() == 0


@pytest.mark.parametrize("kind", ["thermometer", "thermal"])
def test_an_emulated_device_prints_its_port_and_is_opened_by_the_gate(kind: str, tmp_path: Path) -> None:
    family = SLUG if kind == "thermometer" else "gy-mcu90640"
    with (
        Program("emulate", kind, family) as emulator,
        Program(
            "run", "--headless", "--emulate", "--data", tmp_path / "data", f"--{kind}", emulator.line()
        ) as gate,
    ):
        gate.until(f"{family}: working")
        assert gate.stop() == 0
        assert emulator.stop() == 0


def test_an_unknown_picture_sensor_is_refused_with_those_there_are() -> None:
    refused = station("emulate", "thermal", "abacus")
    assert (refused.returncode, "gy-mcu90640" in refused.stderr) == (2, True)
