"""`station export` from the terminal, alone and beside the gate that runs."""

from __future__ import annotations

import io
import json
import os
from contextlib import ExitStack, nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from station.cli import main
from station.core.audit import Audited, Line
from station.core.model import Site
from station.journal.audit import read_audit
from station.journal.audit_notes import collect
from station.journal.calibrations import Calibrations
from station.journal.entries import Journal
from tests.journal.samples import passage


def now() -> datetime:
    """Commands ask the PC's clock, too, and it may be another day than when the tests were collected."""
    return datetime.now(UTC)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    with Journal.open(tmp_path / "gate", now=now) as journal:
        journal.append(passage(at=now()))
    return tmp_path / "gate"


def station(data: Path, *words: str) -> int:
    return main([*words, "--data", str(data)])


def exports(data: Path) -> list[Line]:
    lines = read_audit(data, now() - timedelta(days=1), now() + timedelta(days=1))
    return [line for line in lines if line.what == Audited.EXPORTED]


def test_a_day_is_exported_checked_and_on_record(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = data.parent / "day.csv"
    assert station(data, "export", "--to", str(path), "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["rows"], told["masked"]) == (1, True)
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(exports(data)) == 1

    assert station(data, "export", "verify", str(path)) == 0
    path.write_bytes(path.read_bytes().replace(b"36.5", b"38.5"))
    assert station(data, "export", "verify", str(path)) == 1
    assert "被改过" in capsys.readouterr().out


def test_days_that_end_before_they_begin_are_no_empty_log(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No rows, and done, would be read as a day on which nobody came."""
    path = data.parent / "day.csv"
    days = ("--day", "2022-04-15", "--until", "2022-04-01")

    assert station(data, "export", *days, "--to", str(path)) == 2
    assert "--until" in capsys.readouterr().err
    assert not path.exists()


def test_a_day_that_is_none_is_told_how_days_are_written(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (("entries", "--day", "15.4.2022"), ("trace", "--at", "noon")):
        with pytest.raises(SystemExit):
            station(data, *words)
        said = capsys.readouterr().err
        assert "YYYY-MM-DD" in said or "ISO 8601" in said


def test_a_comparison_under_a_family_that_is_none_is_refused(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It would be on record, and correct no reading of any thermometer."""
    shown = ("--reference", "37.0", "--shown", "36.6", "--by", "7")

    assert station(data, "calibrate", "add", "ttyUSB0", "lu9614", *shown) == 2
    assert "lu90614" in capsys.readouterr().err
    assert station(data, "calibrate", "list") == 1


@pytest.mark.parametrize(
    ("family", "site"), [("idc-50", "body"), ("gd60914", "forehead"), ("calex", "object")]
)
def test_a_comparison_is_of_what_this_family_measures(data: Path, family: str, site: str) -> None:
    shown = ("--reference", "37.0", "--shown", "36.6", "--by", "7")
    assert station(data, "calibrate", "add", "ttyUSB0", family, *shown) == 0
    with Journal.open(data, now=now) as journal:
        assert [one.site for one in Calibrations(journal).all()] == [Site(site)]


@pytest.mark.parametrize("words", [("idc-50", "--site", "object"), ("lu90614",)])
def test_a_comparison_of_a_site_that_it_does_not_measure_or_of_none_of_its_two_modes_is_refused(
    data: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    """It would be on record, and correct no reading: a fever would be as low as before."""
    shown = ("--reference", "37.0", "--shown", "36.6", "--by", "7")
    assert station(data, "calibrate", "add", "ttyUSB0", *words, *shown) == 2
    assert "body" in capsys.readouterr().err
    assert station(data, "calibrate", "list") == 1


def test_an_encrypted_file_is_checked_with_its_password(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = data.parent / "day.xlsx.zip"
    monkeypatch.setattr("sys.stdin", io.StringIO("correct horse\n"))
    assert station(data, "export", "--to", str(path), "--encrypt") == 0

    for password, code in (("wrong horse", 1), ("correct horse", 0)):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
        assert station(data, "export", "verify", str(path)) == code
    assert "密码不对" in capsys.readouterr().err


def test_beside_the_gate_it_comes_on_record_by_the_gate(data: Path) -> None:
    with Journal.open(data, now=now) as journal:
        assert station(data, "export", "--to", str(data.parent / "day.csv")) == 0
        assert exports(data) == []
        collect(data, journal, now())
    assert len(exports(data)) == 1


def test_what_the_gate_did_not_collect_any_more_the_next_export_does(data: Path) -> None:
    with Journal.open(data, now=now):
        station(data, "export", "--to", str(data.parent / "one.csv"))
    station(data, "export", "--to", str(data.parent / "two.csv"))

    assert len(exports(data)) == 2


def test_a_gate_that_opens_meanwhile_puts_it_on_record(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ExitStack() as gate:
        journals: list[Journal] = []

        def open_gate(done: int, most: int) -> None:
            if not journals:
                journals.append(gate.enter_context(Journal.open(data, now=now)))

        monkeypatch.setattr("station.commands.export.showing", lambda what: nullcontext(open_gate))
        assert station(data, "export", "--to", str(data.parent / "day.csv")) == 0
        assert exports(data) == []
        collect(data, journals[0], now())
    assert len(exports(data)) == 1


def test_names_are_not_exported_beside_the_gate(data: Path) -> None:
    with Journal.open(data, now=now):
        assert station(data, "export", "--to", str(data.parent / "day.csv"), "--names") != 0
    assert not (data.parent / "day.csv").exists()


def test_without_room_for_the_record_there_is_no_file(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("station.journal.audit_notes.write_file", full)
    with Journal.open(data, now=now):
        assert station(data, "export", "--to", str(data.parent / "day.csv")) != 0
    assert not (data.parent / "day.csv").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full disk is a device of Linux")
@pytest.mark.parametrize("name", ["day.csv", "day.xlsx"])
@pytest.mark.parametrize("options", [(), ("--encrypt",)])
def test_a_full_disk_is_said_as_one(
    data: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    options: tuple[str, ...],
) -> None:
    written = f"{name}.zip" if options else name
    monkeypatch.setattr("station.exporting._remove_stale", lambda target: None)  # the device is an old file
    (data.parent / f".{written}.{os.getpid()}.part").symlink_to("/dev/full")
    monkeypatch.setattr("sys.stdin", io.StringIO("correct horse\n"))

    assert station(data, "export", "--to", str(data.parent / name), *options) != 0
    assert "写不进去：No space left on device。" in capsys.readouterr().err
    assert [path.name for path in data.parent.iterdir()] == [data.name]
    assert exports(data) == []


def test_a_folder_that_is_not_there_is_said_without_names_of_ours(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert station(data, "export", "--to", str(data.parent / "gone" / "day.csv")) != 0
    said = capsys.readouterr().err
    assert "写不进去" in said
    assert ".part" not in said


def test_a_password_from_a_script(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("三号楼1234\n"))
    assert station(data, "export", "--to", str(data.parent / "day.xlsx"), "--encrypt") == 0
    assert (data.parent / "day.xlsx.zip").read_bytes().startswith(b"PK")
