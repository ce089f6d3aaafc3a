"""The real window on a real X screen: what is stored is shown, and a scanner's keys press nothing."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from station.core.entry import Entry
from station.core.model import Severity
from station.journal.check import check
from station.journal.entries import Journal
from station.journal.reader import Reader
from tests.devices.qr_pictures import TOKEN, on_desk, qr
from tests.e2e.desktop import Desktop
from tests.e2e.disk import SmallDisk
from tests.e2e.network_camera import NetworkCamera
from tests.e2e.photographs import BATTERY, CERTIFICATE, SQUARE, Photographs
from tests.e2e.residents import Resident, move_in
from tests.e2e.vendor_line import VendorLine

pytestmark = pytest.mark.window


def stored(folder: Path) -> list[Entry]:
    """The entries in the journal, oldest first."""
    assert check(folder).ok
    with Reader.open(folder) as reader:
        return [stored.entry for stored in reversed(reader.last(100))]


def test_photographs_and_bytes_show_pass_recheck_and_stop(
    folder: Path, photographs: Photographs, camera: NetworkCamera, line: VendorLine, desktop: Desktop
) -> None:
    move_in(
        folder,
        Resident("张小强", "3-2-501", photographs.text(BATTERY)),
        Resident("王秀英", "1-1-101", photographs.text(CERTIFICATE)),
        Resident("周凤", "3-3-401", photographs.text(SQUARE), "红"),
    )
    program = desktop.open(
        "run", "--data", folder, "--camera", camera.address, "--thermometer", line.argument
    )
    desktop.until_shows("idle")

    camera.sees(photographs.picture(BATTERY))
    desktop.until_shows("ask")
    line.sees_normal()
    program.until("entry 1 stored: pass")
    desktop.until_shows("pass")
    line.sees_nobody()

    camera.sees(photographs.picture(CERTIFICATE))
    desktop.until_shows("ask")
    line.sees_fever()
    program.until("entry 2 stored: recheck")
    desktop.until_shows("recheck")
    line.sees_nobody()

    camera.sees(photographs.picture(SQUARE))
    program.until("entry 3 stored: stop")
    desktop.until_shows("stop")

    assert program.stop() == 0
    assert [entry.decision for entry in stored(folder)] == [Severity.PASS, Severity.RECHECK, Severity.STOP]


def test_by_hand_without_camera_and_thermometer_while_a_scanner_types_into_the_window(
    folder: Path, tmp_path: Path, desktop: Desktop
) -> None:
    program = desktop.open("run", "--data", folder, "--camera", tmp_path / "unplugged")
    desktop.until_shows("idle")

    desktop.scan("65136")  # like all scans here too short for a code
    desktop.press("F1")
    desktop.scan("12121")
    desktop.press("plus")
    desktop.until_shows("ask")
    desktop.press("F3")
    desktop.scan("38.65")
    desktop.press("6", "5")
    program.until("entry 1 stored: pass")
    desktop.until_shows("pass")
    desktop.press("F8", "2", "1")
    program.until("entry 2 stored: recheck")
    desktop.until_shows("recheck")
    desktop.press("F1", "slash", "F3", "0")
    program.until("entry 3 stored: recheck")

    assert program.stop() == 0
    first, correction, stranger = stored(folder)
    assert first.vouch == "known"
    assert first.temperature
    assert (first.temperature.raw_c, first.temperature.family) == (36.5, "by-hand")
    assert correction.amends == first.id
    assert (stranger.vouch, stranger.temperature) == ("stranger", None)


def test_a_full_disk_shows_no_verdict_and_the_next_person_is_recorded_once_there_is_room(
    disk: SmallDisk, camera: NetworkCamera, line: VendorLine, desktop: Desktop
) -> None:
    folder = disk.path / "station"
    program = desktop.open(
        "run", "--data", folder, "--camera", camera.address, "--thermometer", line.argument
    )
    disk.fill()
    camera.sees(on_desk(qr(TOKEN)))
    desktop.until_shows("ask")
    line.sees_normal()
    program.until("entry not stored: disk_full")
    desktop.until_shows("failure")

    disk.make_room()
    line.sees_nobody()
    camera.sees(on_desk(qr(TOKEN + "2")))
    desktop.until_shows("ask")
    line.sees_normal()
    program.until("entry 1 stored: recheck")
    desktop.until_shows("recheck")
    assert program.stop() == 0
    assert len(stored(folder)) == 1


def test_a_journal_of_a_newer_version_is_said_and_the_gate_opens_by_itself_when_the_old_one_is_back(
    folder: Path, tmp_path: Path, desktop: Desktop
) -> None:
    Journal.open(folder, now=lambda: datetime.now(UTC)).close()
    journal, kept = folder / "journal.db", tmp_path / "journal.db"
    shutil.copy(journal, kept)
    with closing(sqlite3.connect(journal)) as newer:
        newer.execute("PRAGMA user_version = 99")

    program = desktop.open("run", "--data", folder, "--camera", tmp_path / "unplugged")
    program.until("newer_schema")
    desktop.until_shows("failure")
    kept.replace(journal)
    program.until("journal open")
    desktop.press("F1", "plus", "F3", "0")
    program.until("entry 1 stored: recheck")
    desktop.until_shows("recheck")
    assert program.stop() == 0
