"""A full disk, a clock put back, a wrong file, a second station, no device: said clearly, nothing lost."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from station.commands.plugged_in import cameras
from station.journal.check import check
from station.journal.entries import Journal
from tests.devices.qr_pictures import TOKEN, on_desk, qr
from tests.e2e.disk import SmallDisk
from tests.e2e.network_camera import NetworkCamera
from tests.e2e.program import Program, json_lines, station
from tests.e2e.vendor_line import VendorLine
from tests.journal.samples import passage

OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}
WORKS = "journal open"  # said once the station owns its folder


def gate(folder: Path, camera: NetworkCamera, line: VendorLine) -> Program:
    return Program(
        "run", "--headless", "--data", folder, "--camera", camera.address, "--thermometer", line.argument
    )


def test_on_a_full_disk_nobody_gets_a_verdict_until_there_is_room(
    disk: SmallDisk, camera: NetworkCamera, line: VendorLine
) -> None:
    folder = disk.path / "station"
    with gate(folder, camera, line) as program:
        program.until(f"camera {camera.address}: working")
        disk.fill()
        camera.sees(on_desk(qr(TOKEN)))
        program.until("waiting: needs_temperature")
        line.sees_normal()
        assert json.loads(program.until("not_stored")) == {"error": "not_stored", "problem": "disk_full"}

        disk.make_room()
        line.sees_nobody()
        camera.sees(on_desk(qr(TOKEN + "2")))
        program.until("waiting: needs_temperature")
        line.sees_normal()
        first = program.entry()
        assert program.stop() == 0

    assert first["number"] == 1
    assert check(folder).entries == 1
    assert check(folder).ok


def test_a_clock_that_was_put_back_an_hour_is_said_and_the_entries_go_on(
    folder: Path, camera: NetworkCamera, line: VendorLine
) -> None:
    an_hour_ahead = datetime.now(UTC) + timedelta(hours=1)
    with Journal.open(folder, now=lambda: an_hour_ahead) as journal:
        journal.append(passage(at=an_hour_ahead))

    with gate(folder, camera, line) as program:
        camera.sees(on_desk(qr(TOKEN)))
        program.until("waiting: needs_temperature")
        line.sees_normal()
        said = json.loads(program.until('"clock_set_back"'))
        entry = program.entry()
        assert program.stop() == 0

    assert said["seconds"] == pytest.approx(3600, abs=60)
    assert entry["number"] == 2
    assert datetime.fromisoformat(entry["at"]) < an_hour_ahead
    assert check(folder).ok


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("gate = ", "settings.toml"),
        ('theme = "pink"', "theme"),
        ('thermometer = "/dev/ttyUSB0,abacus"', "abacus"),
    ],
)
def test_wrong_settings_are_named_and_nothing_is_half_used(folder: Path, text: str, named: str) -> None:
    folder.mkdir()
    (folder / "settings.toml").write_text(text, encoding="utf-8")

    done = station("run", "--headless", "--data", folder)

    assert done.returncode == 3
    assert named in done.stderr
    assert "Traceback" not in done.stderr
    assert not done.stdout


@pytest.mark.parametrize("with_window", [False, True])
def test_a_station_without_its_key_or_its_rules_says_so_with_a_window_and_without(
    folder: Path, with_window: bool
) -> None:
    run = ("run", "--data", folder) if with_window else ("run", "--data", folder, "--headless")
    Journal.open(folder, now=lambda: datetime.now(UTC)).close()
    (folder / "data.key").unlink()
    no_key = station(*run, env=OFFSCREEN)
    (folder / "settings.toml").write_text('policy = "no such policy"', encoding="utf-8")
    no_rules = station(*run, env=OFFSCREEN)

    for done, named in ((no_key, "data.key"), (no_rules, "no such policy")):
        assert done.returncode == 3
        assert named in done.stderr
        assert "Traceback" not in done.stderr


def test_a_journal_of_a_newer_version_is_refused_and_left_as_it_is(folder: Path) -> None:
    Journal.open(folder, now=lambda: datetime.now(UTC)).close()
    file = folder / "journal.db"
    with closing(sqlite3.connect(file)) as newer:
        newer.execute("PRAGMA user_version = 99")
    before = file.read_bytes()

    for command in (("run", "--headless"), ("entries",), ("people", "import", file)):
        done = station(*command, "--data", folder)
        assert done.returncode == 3, command
        assert "newer_schema" in done.stderr
    assert file.read_bytes() == before


def test_a_second_station_on_the_same_folder_is_refused_and_the_first_goes_on(
    folder: Path, camera: NetworkCamera, line: VendorLine
) -> None:
    with gate(folder, camera, line) as first:
        first.until(WORKS)
        second = station("run", "--headless", "--data", folder, "--camera", camera.address)
        camera.sees(on_desk(qr(TOKEN)))
        first.until("waiting: needs_temperature")
        line.sees_normal()
        assert first.entry()["number"] == 1
        assert first.stop() == 0

    assert second.returncode == 3
    assert "locked" in second.stderr


def test_entries_can_be_listed_while_the_station_works(
    folder: Path, camera: NetworkCamera, line: VendorLine
) -> None:
    with gate(folder, camera, line) as program:
        camera.sees(on_desk(qr(TOKEN)))
        program.until("waiting: needs_temperature")
        line.sees_normal()
        entry = program.entry()

        assert json_lines(station("entries", "--json", "--data", folder).stdout) == [entry]
        assert station("journal", "check", "--data", folder).returncode == 0
        assert program.stop() == 0


@pytest.mark.skipif(bool(cameras()), reason="this PC has a camera")
def test_a_station_with_no_device_at_all_waits_and_ends_in_good_order(folder: Path) -> None:
    with Program("run", "--headless", "--data", folder) as program:
        program.until(WORKS)
        assert program.stop() == 0

    assert check(folder).ok
