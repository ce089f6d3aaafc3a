"""A full disk, a clock put back, a wrong file, a second station, no device: said clearly, nothing lost."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from station.commands.plugged_in import cameras
from station.journal.check import check
from station.journal.entries import Journal
from tests.devices.qr_pictures import TOKEN, on_desk, qr
from tests.e2e.command_line import CommandLine
from tests.e2e.disk import SmallDisk
from tests.e2e.network_camera import NetworkCamera
from tests.e2e.program import Program, station
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

        camera.sees_nobody()  # they would be somebody anew where the machine stands still for seconds
        disk.make_room()
        assert json.loads(program.until("stores_again")) == {"notice": "stores_again"}
        line.sees_nobody()
        camera.sees(on_desk(qr(TOKEN + "2")))
        program.until("waiting: needs_temperature")
        line.sees_normal()
        first = program.entry()
        assert program.stop() == 0
        later = program.kill()  # who still stood there when the machine had stood still

    assert first["number"] == 1
    assert check(folder).entries == 1 + len(later)
    assert check(folder).ok


def test_a_stick_that_is_plugged_in_again_is_written_to_without_anybody_starting_the_gate_anew(
    disk: SmallDisk, camera: NetworkCamera, line: VendorLine, tmp_path: Path
) -> None:
    folder = disk.path / "station"
    with gate(folder, camera, line) as program:
        program.until(f"camera {camera.address}: working")
        own = shutil.copytree(folder, tmp_path / "kept")
        disk.fill()
        camera.sees(on_desk(qr(TOKEN)))
        program.until("waiting: needs_temperature")
        line.sees_normal()
        program.until("not_stored")
        with SmallDisk(disk.path, over=True):
            shutil.copytree(own, folder)
            program.until("stores_again")
            line.sees_nobody()
            camera.sees(on_desk(qr(TOKEN + "2")))
            program.until("waiting: needs_temperature")
            line.sees_normal()
            assert program.entry()["number"] == 1
            assert program.stop() == 0
            assert check(folder).ok


def test_a_gate_that_is_opened_on_a_full_disk_says_that_it_is_full_and_so_does_doctor(
    disk: SmallDisk,
) -> None:
    """Not that somebody should look at the rights of a folder."""
    folder = disk.path / "station"
    Journal.open(folder, now=lambda: datetime.now(UTC)).close()
    disk.fill()
    opened = station("run", "--headless", "--data", folder)
    doctor = station("doctor", "--data", folder, env=OFFSCREEN)

    assert opened.returncode == 3
    assert "硬盘满了" in opened.stderr
    assert "硬盘: 满了" in doctor.stdout


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


def test_a_station_without_its_key_or_its_rules_says_so_before_a_window_opens(folder: Path) -> None:
    Journal.open(folder, now=lambda: datetime.now(UTC)).close()
    hidden = (folder / "data.key").rename(folder / "hidden")
    no_key = station("run", "--data", folder, env=OFFSCREEN)
    hidden.rename(folder / "data.key")
    (folder / "settings.toml").write_text('policy = "no such policy"', encoding="utf-8")
    no_rules = station("run", "--data", folder, env=OFFSCREEN)

    for done, named in ((no_key, "data.key"), (no_rules, "no such policy")):
        assert done.returncode == 3
        assert named in done.stderr
        assert "Traceback" not in done.stderr


def test_while_a_station_works_a_second_one_is_refused_and_its_entries_can_be_read(
    folder: Path, camera: NetworkCamera, line: VendorLine, command: CommandLine
) -> None:
    with gate(folder, camera, line) as first:
        first.until(WORKS)
        second = station("run", "--headless", "--data", folder, "--camera", camera.address)
        camera.sees(on_desk(qr(TOKEN)))
        first.until("waiting: needs_temperature")
        line.sees_normal()
        entry = first.entry()
        assert command.printed("entries", "--data", folder) == [entry]
        assert command.printed("journal", "check", "--data", folder)[0]["ok"] is True
        assert first.stop() == 0

    assert second.returncode == 3
    assert "locked" in second.stderr
    assert entry["number"] == 1


@pytest.mark.skipif(bool(cameras()), reason="this PC has a camera")
def test_a_station_with_no_device_at_all_waits_and_ends_in_good_order(folder: Path) -> None:
    with Program("run", "--headless", "--data", folder) as program:
        program.until(WORKS)
        assert program.stop() == 0

    assert check(folder).ok
