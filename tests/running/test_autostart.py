"""`station autostart`: files where systemd and the desktop look for them, gone again when it is off."""

from __future__ import annotations

import configparser
import re
import shlex
import stat
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.running.autostart import Autostart, for_desktop, for_systemd, program
from station.running.single_instance import ELSEWHERE
from tests.e2e.command_line import CommandLine
from tests.e2e.program import ROOT


def section(path: Path, name: str) -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(path, encoding="utf-8")
    return parser[name]


@pytest.fixture
def command(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> CommandLine:
    """A user with an empty home and a systemctl that only takes notes."""
    tools = tmp_path / "tools"
    tools.mkdir()
    systemctl = tools / "systemctl"
    systemctl.write_text(f'#!/bin/sh\necho "$@" >>{tmp_path}/systemctl\n[ ! -e {tmp_path}/fails ]\n')
    systemctl.chmod(0o755)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("PATH", f"{tools}:/usr/bin:/bin")
    monkeypatch.setenv("DISPLAY", ":9")
    for name in ("WAYLAND_DISPLAY", "XAUTHORITY", "XDG_CURRENT_DESKTOP"):
        monkeypatch.delenv(name, raising=False)
    return CommandLine(capsys)


def test_on_status_off(command: CommandLine, tmp_path: Path) -> None:
    assert command.printed("autostart", "status", code=1) == [{"autostart": False}]
    assert command.printed("autostart", "on") == [{"autostart": True}]
    assert command.printed("autostart", "on") == [{"autostart": True}]
    assert command.printed("autostart", "status") == [{"autostart": True}]
    assert command.printed("autostart", "off") == [{"autostart": False}]
    assert command.printed("autostart", "status", code=1) == [{"autostart": False}]

    assert not [path for path in (tmp_path / "config").rglob("*") if path.is_file() or path.is_symlink()]
    assert (tmp_path / "systemctl").read_text().splitlines() == ["--user daemon-reload"] * 3


def test_the_service_is_watched_over_and_started_for_ever(command: CommandLine, tmp_path: Path) -> None:
    assert command.run("autostart", "on").returncode == 0

    units = tmp_path / "config" / "systemd" / "user"
    wanted = units / "graphical-session.target.wants" / "kakou.service"
    assert wanted.resolve() == (units / "kakou.service").resolve()
    service = section(wanted, "Service")
    assert (service["Type"], service["Restart"], service["RestartSec"]) == ("notify", "always", "2")
    assert service["WatchdogSec"] == "20"
    assert service["RestartPreventExitStatus"] == str(ELSEWHERE)
    assert section(wanted, "Unit")["StartLimitIntervalSec"] == "0"
    assert section(wanted, "Install")["WantedBy"] == "graphical-session.target"
    assert shlex.split(service["ExecStart"]) == [str(ROOT / "run"), "run"]


def test_a_data_folder_with_odd_characters_comes_through(tmp_path: Path) -> None:
    odd = '/media/东门 "1" 100% $HOME'
    Autostart(tmp_path, ["/usr/bin/station"], ["--data", odd]).turn_on()

    service = section(tmp_path / "systemd" / "user" / "kakou.service", "Service")
    words = shlex.split(service["ExecStart"].replace("$$", "$").replace("%%", "%"))
    assert words == ["/usr/bin/station", "run", "--data", odd]


def test_after_the_program_was_taken_off_the_pc_nothing_starts_for_ever(tmp_path: Path) -> None:
    """`apt purge` leaves what is in a home: from each login on a start was tried every two seconds."""
    installed = "/opt/东门 100%/station"
    Autostart(tmp_path, [installed]).turn_on()

    unit = section(tmp_path / "systemd" / "user" / "kakou.service", "Unit")
    assert unit["ConditionFileIsExecutable"].replace("%%", "%") == installed
    assert section(tmp_path / "autostart" / "kakou.desktop", "Desktop Entry")["TryExec"] == installed


def test_the_unit_in_the_deb_looks_for_the_program_that_the_deb_brings(tmp_path: Path) -> None:
    """packaging/deb makes it of the same text: a place left open is a condition that systemd passes over."""
    recipe = (ROOT / "packaging" / "deb").read_text("utf-8")
    found = re.search(r"^lay_out\(\) \{.*?^\}", recipe, re.MULTILINE | re.DOTALL)
    assert found
    places = {"root": ROOT, "tree": tmp_path, "appliance": ROOT / "packaging" / "appliance"}
    words = [f"{name}={shlex.quote(str(path))}" for name, path in places.items()]
    subprocess.run(["bash", "-c", "; ".join(["set -eu", *words, found[0], "lay_out"])], check=True)

    written = tmp_path / "usr" / "lib" / "systemd" / "user" / "kakou.service"
    unit, service = section(written, "Unit"), section(written, "Service")
    assert unit["ConditionFileIsExecutable"] == "/usr/bin/station"
    assert service["ExecStart"] == "/usr/bin/station run"
    assert not re.search(r"[{}]", written.read_text("utf-8"))


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1))
def test_every_path_stays_one_word(path: str) -> None:
    systemd = for_systemd(path).replace("$$", "$").replace("%%", "%")
    desktop = for_desktop(path).replace("\\\\", "\\").replace("%%", "%")  # as a value, then as a word

    assert shlex.split(systemd) == [path]
    assert re.sub(r'\\([\\"`$])', r"\1", desktop[1:-1]) == path


def test_the_desktop_starts_the_service_and_hands_it_the_screen(command: CommandLine, tmp_path: Path) -> None:
    assert command.run("autostart", "on").returncode == 0
    entry = section(tmp_path / "config" / "autostart" / "kakou.desktop", "Desktop Entry")
    assert shlex.split(entry["Exec"]) == [str(ROOT / "run"), "autostart", "start"]
    (tmp_path / "systemctl").unlink()

    assert command.run("autostart", "start").returncode == 0
    assert (tmp_path / "systemctl").read_text().splitlines() == [
        "--user import-environment DISPLAY",
        "--user start kakou.service",
    ]


def test_without_systemd_the_desktop_opens_the_gate_itself(
    command: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fails").touch()
    started: list[tuple[str, list[str]]] = []
    monkeypatch.setattr("os.execv", lambda program, words: started.append((program, words)))

    command.run("autostart", "start", "--data", tmp_path)

    assert started == [(str(ROOT / "run"), [str(ROOT / "run"), "run", "--data", str(tmp_path)])]


def test_a_home_that_cannot_be_written_is_said(command: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "config").touch()

    done = command.run("autostart", "on")
    assert done.returncode == 3
    assert "没有写成" in done.stderr


def test_the_program_of_the_deb_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.frozen", True, raising=False)
    monkeypatch.setattr("sys.executable", "/opt/kakou/station")

    assert program() == ["/opt/kakou/station"]


def test_run_can_be_executed() -> None:
    assert (ROOT / "run").stat().st_mode & stat.S_IXUSR
