"""What `station doctor` and `station devices` say of thermometers and scanners: nothing is opened for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from serial.tools.list_ports_common import ListPortInfo

from station.cli import main
from station.commands import doctor
from station.commands.doctor import Finding
from station.devices.emulators.thermometer import PtyThermometer
from tests.devices.fake_line import PERSON
from tests.devices.test_usb_socket import adapter


@pytest.fixture
def plugged_in(monkeypatch: pytest.MonkeyPatch) -> list[ListPortInfo]:
    """The ports that the system lists."""
    ports: list[ListPortInfo] = []
    monkeypatch.setattr("station.devices.usb_socket.serial_ports.comports", lambda: ports)
    return ports


def said(data: Path, settings: str = "") -> dict[str, list[Finding]]:
    """The findings about serial devices, by what was looked at."""
    (data / "settings.toml").write_text(settings, encoding="utf-8")
    found: dict[str, list[Finding]] = {}
    for finding in (*doctor._instruments(data), *doctor._serial_ports(data)):
        found.setdefault(finding.check, []).append(finding)
    return found


def test_a_bare_pc_lacks_a_thermometer_and_no_scanner(plugged_in: list[ListPortInfo], tmp_path: Path) -> None:
    found = said(tmp_path)
    assert [finding.ok for finding in found["thermometer"]] == [False]
    assert [finding.ok for finding in found["scanner"]] == [None]
    assert "F3" in found["thermometer"][0].advice


def test_an_adapter_that_nobody_chose_is_a_candidate_with_what_to_write(
    plugged_in: list[ListPortInfo], tmp_path: Path
) -> None:
    plugged_in.append(adapter("/dev/ttyUSB0", "1-1.2"))
    found = said(tmp_path)
    assert found["thermometer"][0].ok is None
    (port,) = found["serial_port"]
    assert port.found == "CH340, USB 1-1.2 (/dev/ttyUSB0)"
    assert 'thermometer = "usb:1-1.2"' in port.advice


def test_a_scanners_maker_is_recognised(plugged_in: list[ListPortInfo], tmp_path: Path) -> None:
    zebra = adapter("/dev/ttyACM0", "1-4")
    zebra.vid, zebra.pid = 0x05E0, 0x1701
    plugged_in.append(zebra)
    assert 'scanner = "usb:1-4,lines"' in said(tmp_path)["serial_port"][0].advice


def test_both_thermometers_and_the_scanner_of_the_settings_are_looked_for(
    plugged_in: list[ListPortInfo], tmp_path: Path
) -> None:
    with PtyThermometer("lu90614", lambda _: PERSON) as there:
        found = said(
            tmp_path,
            f'thermometer = "{there.path},lu90614"\nthermometer_2 = "usb:1-9"\nscanner = "/dev/nothing,gm65"',
        )
    assert [finding.ok for finding in found["thermometer"]] == [True, False]
    assert "usb:1-9" in found["thermometer"][1].found
    assert [finding.ok for finding in found["scanner"]] == [False]


def test_a_port_in_a_socket_is_named_by_both(plugged_in: list[ListPortInfo], tmp_path: Path) -> None:
    with PtyThermometer("lu90614", lambda _: PERSON) as there:
        plugged_in.append(adapter(there.path, "1-1.2"))
        (finding,) = said(tmp_path, 'thermometer = "usb:1-1.2"')["thermometer"]
    assert finding.ok
    assert finding.found == f"usb:1-1.2 ({there.path})"


def test_a_port_without_permission_says_whom_to_ask(
    plugged_in: list[ListPortInfo], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("station.commands.doctor.os.access", lambda path, mode: False)
    with PtyThermometer("lu90614", lambda _: PERSON) as there:
        (finding,) = said(tmp_path, f'thermometer = "{there.path}"')["thermometer"]
    assert finding.ok is False
    assert "dialout" in finding.advice


def test_a_network_adapter_cannot_be_judged_without_opening_it(
    plugged_in: list[ListPortInfo], tmp_path: Path
) -> None:
    (finding,) = said(tmp_path, 'thermometer = "socket://10.0.0.5:4001"')["thermometer"]
    assert finding.ok is None


def test_devices_lists_them_all_and_wrong_settings_do_not_stop_it(
    plugged_in: list[ListPortInfo], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "settings.toml").write_text("gate = ", encoding="utf-8")
    plugged_in.append(adapter("/dev/ttyUSB0", "1-1.2"))
    main(["devices", "--data", str(tmp_path)])
    assert "/dev/ttyUSB0" in capsys.readouterr().out
