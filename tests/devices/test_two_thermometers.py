"""Lanes with more than one thermometer, and with a thermal picture, as the whole program opens them."""

from __future__ import annotations

import array
import fcntl
import termios
from pathlib import Path
from queue import SimpleQueue

import pytest

from station.core.model import Reading, Site
from station.devices.emulators.scanner import PtyScanner
from station.devices.emulators.thermal import PtyThermal
from station.devices.emulators.thermometer import PtyThermometer
from tests.e2e.program import Program, station
from tests.patience import PATIENCE_S

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


class Stand:
    """What one of the two sees; both see the same person, and one of them reads higher."""

    def __init__(self, offset_c: float) -> None:
        self._offset_c = offset_c
        self._somebody = False
        self._seen: SimpleQueue[bool] = SimpleQueue()  # for each reading, whether all before it were read
        self.device: PtyThermometer | None = None

    def __call__(self, _at: float) -> Reading:
        self._seen.put(self.device is not None and not _is_behind(self.device))
        return Reading(round((36.3 + self._offset_c) if self._somebody else 22.4, 2), Site.OBJECT, 22.0)

    def arrive(self) -> None:
        self._somebody = True

    def leave(self) -> None:
        """Gone, and for so many readings that the next one to come is somebody else."""
        self._somebody, self._seen = False, SimpleQueue()
        in_a_row = 0
        while in_a_row < 6:  # 0.6 s; the lane takes 0.4 s for gone
            in_a_row = in_a_row + 1 if self._seen.get(timeout=PATIENCE_S) else 0


def _is_behind(device: PtyThermometer) -> bool:
    """Whether the program has not yet read all that was said: it reads that at once, and nobody is gone."""
    unread, cable = array.array("i", [0]), device._cable
    assert cable  # asked by the thread that talks on it
    fcntl.ioctl(cable._slave, termios.FIONREAD, unread)
    return unread[0] > 0


def test_a_person_is_measured_by_the_first_and_when_it_dies_by_the_second(tmp_path: Path) -> None:
    stands = Stand(0.0), Stand(0.2)
    with (
        PtyThermometer(SLUG, stands[0]) as first,
        PtyThermometer(SLUG, stands[1]) as second,
        PtyScanner() as scanner,
        Program(
            *("run", "--headless", "--data", tmp_path / "data", "--camera", tmp_path / "unplugged"),
            *("--thermometer", f"{first.path},{SLUG}", "--thermometer", f"{second.path},{SLUG}"),
            *("--scanner", f"{scanner.path},gm65"),
        ) as gate,
    ):
        until_all_work(gate, f"{SLUG} #1", f"{SLUG} #2", "gm65")
        stands[0].device, stands[1].device = first, second
        measured = []
        for number in range(2):
            scanner.show(f"https://kakou.invalid/aa0011223{number}")
            for stand in stands:
                stand.arrive()
            measured.append(gate.entry()["temperature"])
            for stand in stands[number:]:  # the first one is pulled out after the first person
                stand.leave()
            if number == 0:
                first.unplug()
                gate.until(f"{SLUG} #1: lost")
        assert gate.stop() == 0
    assert [(one["raw_c"], one["instrument"]) for one in measured] == [
        (36.3, f"{SLUG} #1"),
        (36.5, f"{SLUG} #2"),
    ]


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
