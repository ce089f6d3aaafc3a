"""What an admin copies from docs/deploy.md: the unit, and `center` of a computer with the service."""

from __future__ import annotations

import configparser
import os
import subprocess
import sys
from pathlib import Path

import pytest

from center.cli import main
from center.console.doors import to_sign

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "deploy.md").read_text("utf-8")


class Service:
    """A computer that runs the center as a service: its files, and the script in /usr/local/bin."""

    def __init__(self, folder: Path) -> None:
        self.data, self.settings = folder / "of-the-service", folder / "kakou-center.env"
        begins = "sudo tee /usr/local/bin/center >/dev/null <<'EOF'\n"
        script = PAGE.partition(begins)[2].partition("EOF\n")[0]
        here = {
            "/opt/kakou-center/.venv/bin/python": sys.executable,
            "/opt/kakou-center": str(ROOT),
            "/etc/kakou-center.env": str(self.settings),
            "/var/lib/kakou-center": str(self.data),
        }
        for there, place in here.items():
            assert there in script
            script = script.replace(there, place)
        self._center, tools = folder / "center", folder / "tools"
        self._center.write_text(script, encoding="utf-8")
        tools.mkdir()
        # There is no user kakou here.
        (tools / "setpriv").write_text('#!/bin/sh\nshift 5\nexec "$@"\n', encoding="utf-8")
        for program in (self._center, tools / "setpriv"):
            program.chmod(0o755)
        self._path = f"{tools}:/usr/bin:/bin"

    def run(self, *words: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self._center, *map(str, words)],
            env=os.environ | {"PATH": self._path},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Service:
    monkeypatch.delenv("KAKOU_CENTER_DB", raising=False)
    service = Service(tmp_path)
    assert main(["user", "add", "zhang", "--role", "admin", "--branch=", "--data", str(service.data)]) == 0
    return service


def test_a_restore_is_tried_in_a_folder_of_its_own_beside_it(service: Service, tmp_path: Path) -> None:
    """The script put its own folder behind what was typed: `doctor` then praised the center that runs."""
    backup, tried = tmp_path / "b.kkc", tmp_path / "try"
    assert service.run("backup", "--to", backup).returncode == 0
    service.settings.write_text("KAKOU_CENTER_DB='postgresql://kakou:x@127.0.0.1:1/kakou'\n", "utf-8")
    options = PAGE.partition("`center restore FILE ")[2].partition("`")[0].replace("/tmp/try", str(tried))
    as_typed = [word.strip("'") for word in options.split()]

    assert service.run("restore", backup, *as_typed).returncode == 0
    assert (tried / "center.db").exists()
    assert "zhang" in service.run("user", "list", *as_typed).stdout


def test_without_more_words_it_is_the_center_of_the_service(service: Service) -> None:
    assert "zhang" in service.run("user", "list").stdout


def test_the_unit_can_be_copied_as_it_stands_with_postgresql_and_without() -> None:
    """The line for PostgreSQL bore its own explanation: without its # the service did not start any more."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(PAGE.partition("```ini\n")[2].partition("```")[0])

    assert parser["Service"]["EnvironmentFile"] == "-/etc/kakou-center.env"


def test_what_a_door_sensor_signs_is_what_the_page_says() -> None:
    assert "over `kakou door 1`, the last part of the address, time and nonce, a line feed after each" in PAGE
    assert to_sign("0a1b", "1650000000000", "nonce-001", b"{}") == (
        b"kakou door 1\n0a1b\n1650000000000\nnonce-001\n{}"
    )
