"""The center's command line on a machine that fails, and with numbers that make no sense."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from center.cli import main
from tests.center.test_commands import Terminal
from tests.e2e.disk import SmallDisk


@pytest.fixture
def center(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.delenv("KAKOU_CENTER_DB", raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return Terminal(tmp_path / "center", capsys).begin()


def test_a_colour_that_cannot_be_noted_is_not_set_and_says_so(center: Terminal) -> None:
    """Not a stack of Python and the code for "the answer is no"."""
    center("doctor")
    (center.data / "audit.jsonl").mkdir()  # as a full disk: it cannot be written

    code, said = center("set", "colour", "red", "--code", "CODE-1")
    assert code == 3
    assert "什么都没有设" in said
    assert "Nothing was set" in center("set", "colour", "red", "--code", "CODE-1", "--lang", "en")[1]


def test_a_disk_that_is_full_in_the_middle_of_a_line_spoils_no_later_line_of_who_set_what(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with SmallDisk(tmp_path / "disk", "8m") as disk:
        center = Terminal(disk.path / "center", capsys).begin()
        center("set", "colour", "red", "--code", "CODE-0")
        served = sqlite3.connect(center.data / "center.db")  # as by the service, which keeps the WAL there
        served.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        audit = center.data / "audit.jsonl"
        line = audit.read_bytes()
        audit.write_bytes(line + b" " * (4096 - len(line) - 21) + b"\n")  # room for twenty bytes in its page
        disk.fill()
        assert "audit.jsonl" in center("set", "colour", "red", "--code", "CODE-1")[1]
        disk.make_room()
        assert center("set", "colour", "red", "--code", "CODE-2")[0] == 0

        noted = [json.loads(one) for one in audit.read_text("utf-8").splitlines() if one.strip()]
        served.close()
        assert [one["kind"] for one in noted] == ["colour", "colour"]


def test_a_job_whose_output_cannot_be_written_does_not_say_that_the_answer_is_no(center: Terminal) -> None:
    command = [sys.executable, "-m", "center", "retention", "show", "--data", str(center.data)]
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with Path("/dev/full").open("w") as full:  # the disk of the nightly job's log
        done = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, text=True, check=False, env=buffered
        )

    assert done.returncode == 3
    assert "文件读写不了" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


@pytest.mark.parametrize("days", ["0", "-1", "99999999999999999999"])
def test_no_days_at_all_are_not_compared_as_if_all_were_the_same(center: Terminal, days: str) -> None:
    with pytest.raises(SystemExit) as ended:
        center("reconcile", f"--days={days}")

    assert ended.value.code == 2


def test_an_empty_notice_goes_to_no_gate(center: Terminal) -> None:
    assert center("notice", " ")[0] == 2
    assert center("notice", "--list")[0] == 1


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root gives files away")
def test_a_command_behind_sudo_leaves_nothing_that_the_services_user_cannot_read(
    center: Terminal, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The nightly backup of the user kakou failed from then on: audit.jsonl was root's."""
    service = Terminal(tmp_path / "service", capsys)
    service.data.mkdir()
    os.chown(service.data, 1234, 1234)
    service.begin()

    assert service("set", "colour", "red", "--code", "CODE-1")[0] == 0

    made = {path.name: path.stat().st_uid for path in service.data.iterdir()}
    assert {"center.key", "center.db", "audit.jsonl"} <= made.keys()
    assert set(made.values()) == {1234}


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root gives files away")
@pytest.mark.parametrize("name", ["audit.jsonl", "center.db"])
def test_a_command_behind_sudo_gives_away_nothing_outside_the_folder(
    center: Terminal, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """The service's user had a link there: a new file in a folder of root's was theirs to write in."""
    service, outside = Terminal(tmp_path / "service", capsys), tmp_path / "outside"
    service.data.mkdir()
    os.chown(service.data, 1234, 1234)
    (service.data / name).symlink_to(outside)

    service("station", "add", "东门")
    service("set", "colour", "red", "--code", "CODE-1")

    assert not outside.exists() or outside.stat().st_uid == 0


@pytest.mark.parametrize(
    "words",
    ["revoke-pass 00112233445566aa", "notice 停水", "set colour red --code C", "doctor"],
)
def test_in_a_folder_without_a_center_nothing_is_sent_as_if_gates_heard_it(
    center: Terminal, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: str
) -> None:
    """The service's data lies elsewhere: a lost pass was "revoked" at a new center that no gate knows."""
    own = Terminal(tmp_path / "own", capsys)

    code, said = own(*words.split())

    assert code == 3
    assert f"{own.data} 里没有中心" in said
    assert not own.data.exists()


def test_people_and_gates_are_prepared_before_the_center_serves_where_its_folder_is_named(
    center: Terminal, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without --data it would be the admin's own folder, not the service's: a code no gate could use."""
    named = Terminal(tmp_path / "named", capsys)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))

    assert named("station", "add", "东门")[0] == 0
    assert main(["station", "add", "东门"]) == 3

    assert "里没有中心" in capsys.readouterr().err
    assert not (tmp_path / "home").exists()
