"""`station emulate scanner`: what the script says, and a gate that hears it."""

from __future__ import annotations

from pathlib import Path

import pytest

from station.devices.emulators.scanner import Showing, parse
from station.devices.emulators.temperature_script import ScriptError
from station.devices.scanners import SCANNERS
from tests.e2e.program import Program, station

CODE = "https://kakou.invalid/aa00112233"


def test_a_script_is_a_code_a_line_and_a_code_may_hold_blanks_and_hashes() -> None:
    script = f"\n# a resident\n5 {CODE}\n  0.5 hello #1 world\n"
    assert parse(script) == (Showing(5.0, CODE), Showing(0.5, "hello #1 world"))


@pytest.mark.parametrize("line", ["soon X", "5", "0 X", "-1 X", "nan X", "inf X", "# only this", ""])
def test_a_line_that_is_none_is_named_but_not_said(line: str) -> None:
    with pytest.raises(ScriptError) as refused:
        parse(line)
    assert "X" not in str(refused.value).replace("TEXT", "")


def test_an_unknown_kind_is_refused_with_the_kinds_there_are() -> None:
    refused = station("emulate", "scanner", "gm66")
    assert refused.returncode == 2
    assert "gm65、lines" in refused.stderr


def test_a_missing_script_is_named() -> None:
    refused = station("emulate", "scanner", "gm65", "--script", "missing.txt")
    assert (refused.returncode, "missing.txt" in refused.stderr) == (3, True)


@pytest.mark.parametrize("kind", SCANNERS)
def test_an_emulated_gate_hears_an_emulated_scanner(kind: str, tmp_path: Path) -> None:
    script = tmp_path / "script.txt"
    script.write_text(f"0.3 {CODE}\n0.3 https://kakou.invalid/bb44556677\n", encoding="utf-8")
    data = ("--data", tmp_path / "data")
    with (
        Program("emulate", "scanner", kind, "--script", script) as emulator,
        Program("run", "--headless", "--emulate", *data, "--scanner", f"{emulator.line()},{kind}") as gate,
    ):
        gate.until(f"scanner {kind}: working")
        gate.until("stored")  # the second code closes the wait for the first one's temperature
        assert gate.stop() == 0
        assert emulator.stop() == 0
        assert "kakou.invalid" not in gate.log + emulator.log
