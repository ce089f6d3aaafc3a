"""Somebody started the gate with sudo once: what lies there is root's now, and says so with what to do."""

from __future__ import annotations

import importlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from station import selftesting
from station.cli import main
from station.commands import doctor, rights
from station.settings import Settings
from tests.test_selftest import a_gate

NOBODY = 65534
# Where Python itself lies in root's home, nobody can load what is first needed then.
LOADED_LATER = (
    "pwd",
    "encodings.utf_8_sig",
    "station.commands.gate",
    "station.commands.journal",
    "station.headless",
)

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root can make files of somebody else")


@pytest.fixture
def data() -> Iterator[Path]:
    """A gate of nobody's, in a folder that nobody may reach; what tests change there is root's."""
    top = Path(tempfile.mkdtemp())
    top.chmod(0o711)
    folder = a_gate(top, entries=3)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    yield folder
    os.seteuid(0)
    shutil.rmtree(top)


def becomes_roots(path: Path) -> None:
    """As a command behind sudo leaves it; from here on the program is nobody's."""
    for name in LOADED_LATER:
        importlib.import_module(name)
    path.touch()
    os.chown(path, 0, 0)
    path.chmod(0o700 if path.is_dir() else 0o600)
    os.seteuid(NOBODY)


@pytest.mark.parametrize(
    "name", [".", "journal.db", "station.key", "data.key", "wrapped.key", "settings.toml", "writer.lock"]
)
def test_doctor_says_whose_it_is_and_how_to_get_it_back(data: Path, name: str) -> None:
    becomes_roots(data / name)
    found = [
        finding
        for look in (doctor._settings, doctor._journal, doctor._keys, doctor._folder)
        for finding in look(data)
    ]
    (folder,) = (finding for finding in found if finding.check == "folder")
    assert folder.ok is False
    assert f"sudo chown -R nobody {data}" in folder.advice
    assert selftesting.look_at_rules(data, Settings()) is not None
    assert not any("删掉" in finding.advice for finding in found), "the settings are good"


def test_files_of_another_user_are_used_by_running_as_that_user(data: Path) -> None:
    os.chown(data / "journal.db", 1, 1)
    os.seteuid(NOBODY)
    assert "sudo" not in rights.advice(data)
    assert "请以" in rights.advice(data)


def test_a_folder_of_our_own_is_nothing_to_tell(data: Path) -> None:
    os.seteuid(NOBODY)
    assert rights.advice(data) == ""


@pytest.mark.parametrize("name", [".", "settings.toml", "station.key", "writer.lock"])
def test_a_gate_that_does_not_open_says_whose_the_files_are(
    data: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    becomes_roots(data / name)
    assert main(["run", "--headless", "--data", str(data)]) == 3
    assert f"sudo chown -R nobody {data}" in capsys.readouterr().err
