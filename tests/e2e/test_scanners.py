"""Handheld scanners as the whole program meets them: on a serial port, and as keyboards."""

from __future__ import annotations

from pathlib import Path

import pytest

from station.devices.emulators.scanner import PtyScanner
from tests.e2e.desktop import Desktop
from tests.e2e.program import Program, json_lines, station
from tests.e2e.residents import Resident, move_in

# Red codes are decided without a thermometer. X11 takes their doubled characters for keys held down.
RED, ALSO_RED = "https://kakou.invalid/aa00112233", "https://kakou.invalid/BB44556677"
SCANNED = [("stop", None), ("stop", None)]  # and nobody vouched for anybody


def red_codes(folder: Path) -> None:
    move_in(folder, Resident("周凤", "3-3-401", RED, "红"), Resident("孙宝山", "6-3-201", ALSO_RED, "红"))


def stored(folder: Path) -> list[tuple[str, str | None]]:
    """Decision and vouch of every entry, oldest first."""
    entries = json_lines(station("entries", "--json", "--data", folder).stdout)
    return [(entry["decision"], entry.get("vouch")) for entry in entries]


def test_codes_read_by_a_serial_scanner_are_recorded_also_after_its_plug_was_pulled(
    folder: Path, tmp_path: Path
) -> None:
    red_codes(folder)
    arguments = ("--camera", tmp_path / "unplugged", "--data", folder)
    with (
        PtyScanner() as scanner,
        Program("run", "--headless", *arguments, "--scanner", f"{scanner.path},gm65") as program,
    ):
        program.until("scanner gm65: working")
        scanner.show(RED)
        program.until("entry 1 stored: stop")
        scanner.unplug()
        program.until("scanner gm65: lost")
        scanner.replug()
        program.until("scanner gm65: working")
        scanner.show(ALSO_RED)
        program.until("entry 2 stored: stop")
        assert program.stop() == 0
        assert "kakou.invalid" not in program.log
    assert stored(folder) == SCANNED


def test_an_unknown_kind_of_scanner_is_refused_with_the_kinds_there_are(folder: Path) -> None:
    refused = station("run", "--headless", "--data", folder, "--scanner", "/dev/ttyUSB0,gm66")
    assert refused.returncode == 3
    assert "gm65, lines" in refused.stderr


@pytest.mark.window
def test_codes_typed_by_a_scanner_are_recorded_whatever_is_open_and_a_persons_keys_are_not(
    folder: Path, tmp_path: Path, desktop: Desktop
) -> None:
    red_codes(folder)
    program = desktop.open("run", "--data", folder, "--camera", tmp_path / "unplugged")
    desktop.until_shows("idle")

    desktop.press(*"1234567", "Return")
    desktop.scan(RED)
    program.until("entry 1 stored: stop")
    desktop.until_shows("stop")

    desktop.press("F1")
    desktop.until_page(shown=True)
    desktop.scan(ALSO_RED)
    program.until("entry 2 stored: stop")
    desktop.until_page(shown=False)
    assert program.stop() == 0
    assert "kakou.invalid" not in program.log
    assert stored(folder) == SCANNED
