"""The data folder lies on a stick, and the stick is not plugged in when the gate is opened."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

import pytest

from station.journal.entries import Journal
from station.running.last_place import LastPlace
from tests.e2e.command_line import CommandLine
from tests.e2e.disk import SmallDisk


@pytest.fixture
def command(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> CommandLine:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return CommandLine(capsys)


def test_a_stick_that_is_not_plugged_in_is_no_first_start(command: CommandLine, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    data = stick / "kakou"
    with SmallDisk(stick):
        Journal.open(data, now=lambda: datetime.now(UTC)).close()
        LastPlace(data).remember()
        assert LastPlace(data).missing() is None

    done = command.run("run", "--headless", "--data", data)
    assert done.returncode == 3
    assert f"上次用的数据文件夹不在：{data}" in done.stderr
    assert str(stick) in done.stderr
    assert str(tmp_path / "state" / "kakou" / "places.json") in done.stderr, "the way out"
    assert not data.exists(), "no empty journal was begun"
    with SmallDiskAgain(stick):
        assert LastPlace(data).missing() is None


class SmallDiskAgain(SmallDisk):
    """It is plugged in again, where it was."""

    def __enter__(self) -> SmallDiskAgain:
        self.path.rmdir()
        super().__enter__()
        return self


def test_a_folder_of_the_pc_itself_may_be_begun_anew(tmp_path: Path) -> None:
    home = Path.home() / "never-made-by-a-test"
    LastPlace(home, tmp_path).remember()
    assert LastPlace(home, tmp_path).missing() is None
    assert not list(tmp_path.iterdir())


def test_what_was_moved_to_the_pc_is_there(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    data = stick / "kakou"
    with SmallDisk(stick):
        LastPlace(data, tmp_path / "state").remember()
    assert LastPlace(data, tmp_path / "state").missing() == stick
    Journal.open(data, now=lambda: datetime.now(UTC)).close()
    assert LastPlace(data, tmp_path / "state").missing() is None


def test_a_list_of_places_that_was_damaged_locks_nobody_out(tmp_path: Path) -> None:
    (tmp_path / "places.json").write_text("no")
    assert LastPlace(tmp_path / "data", tmp_path).missing() is None


def test_a_command_begins_no_journal_where_the_stick_should_be(command: CommandLine, tmp_path: Path) -> None:
    """With one there the gate would open next, without the lists."""
    stick, roster = tmp_path / "stick", tmp_path / "people.csv"
    data = stick / "kakou"
    roster.write_text("姓名,房号\n张小强,3-2-501\n", encoding="utf-8")
    with SmallDisk(stick):
        Journal.open(data, now=lambda: datetime.now(UTC)).close()
        LastPlace(data).remember()
    for asked in (("people", "import", roster), ("entries",)):
        done = command.run(*asked, "--data", data)
        assert done.returncode == 3
        assert "上次用的数据文件夹不在" in done.stderr
    assert not data.exists()


@pytest.fixture
def seen_by_another() -> Iterator[Path]:
    """A folder that every user reads, with one in it that this user may not even look into."""
    if os.name == "nt":
        pytest.skip("rights are others here")
    folder, own = Path(mkdtemp()), os.geteuid()
    folder.chmod(0o755)
    (folder / "theirs" / "stick").mkdir(parents=True)
    (folder / "theirs").chmod(0)
    yield folder
    os.seteuid(own)
    (folder / "theirs").chmod(0o700)
    shutil.rmtree(folder)


def test_a_folder_of_another_user_is_no_crash(seen_by_another: Path) -> None:
    """The sticks of one user lie where another one may not even look: the gate says whose they are."""
    data = seen_by_another / "theirs" / "stick"
    (seen_by_another / "places.json").write_text(json.dumps({str(data): str(data)}))
    if os.geteuid() == 0:
        os.seteuid(65534)  # nobody
    place = LastPlace(data, seen_by_another)
    assert place.missing() is None
    place.remember()
