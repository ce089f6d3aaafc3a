"""The stick that holds the data folder is pulled out while the gate is open, and plugged in again."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from station import recording, screen
from station.app import Opening, Station
from station.core.handover import IncidentKind
from station.core.model import Vouch
from station.core.override import Role
from station.equipment import Equipment
from station.journal.duty_log import DutyLog
from station.journal.entries import Journal
from station.journal.reader import Reader
from station.keys_office import wrap
from station.screen import LaneInWindow
from station.settings import Settings
from station.ui.theme import Look
from tests.e2e.disk import SmallDisk
from tests.patience import PATIENCE_MS


@pytest.fixture
def stick(tmp_path: Path) -> Iterator[SmallDisk]:
    with SmallDisk(tmp_path / "stick", "8m") as mounted:
        yield mounted


@pytest.fixture
def lane(stick: SmallDisk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[LaneInWindow]:
    """A gate without devices, whose disk takes nothing any more; it tries again soon."""
    monkeypatch.setattr(recording, "AGAIN_S", 0.1)
    monkeypatch.setattr(screen, "RETRY_MS", 100)
    lane = LaneInWindow(Opening(stick.path / "station", Settings(), Equipment(camera=None), alone=True))
    lane.open()
    stick.fill()
    while running(lane).journal.has_room():
        pass
    yield lane
    lane.close()


@pytest.fixture
def plugged(stick: SmallDisk) -> Iterator[list[Path]]:
    """What was plugged in instead, over the former one: a program that has files open there still sees it."""
    mounted: list[Path] = []
    yield mounted
    for path in mounted:
        subprocess.run(("umount", "--lazy", str(path)), check=True)


def plug_in(stick: SmallDisk, folder: Path, plugged: list[Path]) -> None:
    mount = ("mount", "-t", "tmpfs", "-o", "size=8m", "kakou-test", str(stick.path))
    subprocess.run(mount, check=True)
    plugged.append(stick.path)
    if folder.exists():
        shutil.copytree(folder, stick.path / "station")


def kept(stick: SmallDisk, tmp_path: Path) -> Path:
    return Path(shutil.copytree(stick.path / "station", tmp_path / "kept"))


def running(lane: LaneInWindow) -> Station:
    assert lane._station
    return lane._station


def pass_by(lane: LaneInWindow, value_c: float) -> None:
    lane.no_code(Vouch.STRANGER)
    lane.temperature_by_hand(value_c)


def stored(folder: Path) -> list[float]:
    """The values on disk, lowest first."""
    with Reader.open(folder) as reader:
        return sorted(one.entry.temperature.value_c for one in reader.last(9) if one.entry.temperature)


def says(lane: LaneInWindow) -> tuple[Look, str]:
    face = lane.window._stage.at(time.monotonic()).face
    return face.look, face.reason


def opened_anew(lane: LaneInWindow, before: Station, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: lane._station not in (None, before), timeout=PATIENCE_MS)


def test_the_gate_goes_on_with_it_and_nobody_has_to_start_it_anew(
    stick: SmallDisk, lane: LaneInWindow, plugged: list[Path], tmp_path: Path, qtbot: QtBot
) -> None:
    before = running(lane)
    pass_by(lane, 36.5)
    plug_in(stick, kept(stick, tmp_path), plugged)
    opened_anew(lane, before, qtbot)
    pass_by(lane, 36.6)
    assert stored(stick.path / "station") == [36.6]


def test_fevers_that_were_refused_meanwhile_are_recorded_and_so_is_that_they_were(
    stick: SmallDisk, lane: LaneInWindow, plugged: list[Path], tmp_path: Path, qtbot: QtBot
) -> None:
    before, began = running(lane), datetime.now(UTC) - timedelta(seconds=1)
    pass_by(lane, 38.6)
    pass_by(lane, 39.1)
    qtbot.waitUntil(lambda: says(lane)[0] is Look.FAILURE, timeout=PATIENCE_MS)
    plug_in(stick, kept(stick, tmp_path), plugged)
    opened_anew(lane, before, qtbot)
    qtbot.waitUntil(lambda: stored(stick.path / "station") == [38.6, 39.1], timeout=PATIENCE_MS)
    log = DutyLog(running(lane).journal.connection)
    qtbot.waitUntil(lambda: bool(log.incidents(began)), timeout=PATIENCE_MS)
    assert [one.kind for one in log.incidents(began)] == [IncidentKind.NOT_STORED.value]


def test_the_screen_asks_for_pen_and_paper_no_longer(
    stick: SmallDisk, lane: LaneInWindow, plugged: list[Path], tmp_path: Path, qtbot: QtBot
) -> None:
    before = running(lane)
    pass_by(lane, 36.5)
    qtbot.waitUntil(lambda: says(lane)[0] is Look.FAILURE, timeout=PATIENCE_MS)
    plug_in(stick, kept(stick, tmp_path), plugged)
    opened_anew(lane, before, qtbot)
    qtbot.waitUntil(lambda: says(lane)[0] is not Look.FAILURE, timeout=PATIENCE_MS)


def test_the_stick_of_another_gate_in_its_place_is_named_and_nothing_is_written_on_it(
    stick: SmallDisk, lane: LaneInWindow, plugged: list[Path], tmp_path: Path, qtbot: QtBot
) -> None:
    before, own = running(lane), kept(stick, tmp_path)
    other = tmp_path / "another gate"
    Journal.open(other, now=lambda: datetime.now(UTC)).close()
    pass_by(lane, 38.6)
    plug_in(stick, other, plugged)
    qtbot.waitUntil(lambda: says(lane) == (Look.FAILURE, "这个 U 盘或硬盘是别的卡口的"), timeout=PATIENCE_MS)
    # Whoever only reads may have looked before the gate noticed: SQLite leaves an empty log and its index.
    files = {path.name: path.read_bytes() for path in (stick.path / "station").iterdir()}
    assert not files.pop("journal.db-wal", b"")
    files.pop("journal.db-shm", b"")
    assert files == {path.name: path.read_bytes() for path in other.iterdir()}

    plug_in(stick, own, plugged)
    opened_anew(lane, before, qtbot)
    qtbot.waitUntil(lambda: stored(stick.path / "station") == [38.6], timeout=PATIENCE_MS)


def test_one_that_is_pulled_out_again_while_it_is_opened_leaves_no_empty_journal_in_its_place(
    stick: SmallDisk, lane: LaneInWindow, plugged: list[Path], tmp_path: Path, qtbot: QtBot
) -> None:
    own = kept(stick, tmp_path)
    plug_in(stick, tmp_path / "nothing", plugged)
    lane._open_anew()
    assert lane._station is None
    assert not (stick.path / "station").exists()
    plug_in(stick, own, plugged)
    qtbot.waitUntil(lambda: lane._station is not None, timeout=PATIENCE_MS)


def test_keys_of_this_gate_that_do_not_open_its_journal_are_said_and_it_is_tried_again(
    stick: SmallDisk, lane: LaneInWindow, plugged: list[Path], tmp_path: Path, qtbot: QtBot
) -> None:
    own = kept(stick, tmp_path)
    damaged = Path(shutil.copytree(own, tmp_path / "damaged"))
    (damaged / "data.key").write_bytes(b"short")
    pass_by(lane, 36.5)
    before = running(lane)
    plug_in(stick, damaged, plugged)
    qtbot.waitUntil(lambda: says(lane) == (Look.FAILURE, "登记本坏了"), timeout=PATIENCE_MS)
    plug_in(stick, own, plugged)
    opened_anew(lane, before, qtbot)


@pytest.mark.parametrize("went_off", [False, True])
def test_whoever_is_signed_in_need_not_sign_in_again_for_a_journal_that_was_opened_anew(
    tmp_path: Path, qtbot: QtBot, *, went_off: bool
) -> None:
    """Data keys that lie wrapped stay open as long as somebody is at work, and no longer."""
    lane = LaneInWindow(Opening(tmp_path, Settings(), Equipment(camera=None), alone=True))
    lane.open()
    try:
        assert lane._offices
        signing = lane._offices.duty.signing
        signing.operators.add("1001", "王建国", Role.ADMIN, "730518")
        wrap(running(lane).journal, signing.sign_in("1001", "730518"), datetime.now(UTC))
        lane._close_lane()
        if went_off:
            signing._shift = None
        lane.open()
        running(lane).tick()
        assert running(lane).journal.vault.locked == went_off
    finally:
        lane.close()
