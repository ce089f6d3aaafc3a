"""The self-test before a shift: what it makes of a good gate, and of all that can be wrong with one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from station import selftest, selftesting
from station.core.model import (
    DeviceKind,
    DeviceState,
    DeviceStatus,
    Instrument,
    Reading,
    Sample,
    Scan,
    Site,
    View,
)
from station.core.operators import Who
from station.core.override import Role
from station.journal.entries import Journal
from station.journal.operators import Operators
from station.journal.people import People, Person
from station.journal.pins import Cost
from station.journal.recovery import new_key
from station.keys_office import wrap
from station.selftest import Camera, Check, Disk, Found, JournalEnd, Offline, Rules, Serial, Tick, Times
from station.selftesting import DeviceEar, Devices
from station.settings import Settings
from station.ui import selftest_words
from tests.journal.samples import passage

NOW = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
GOOD = Devices(Camera(True, 0.1, 120.0, True), Serial(True, True, 0.2, 22.4), Serial(True, True), True)


def plain(context: str, text: str) -> str:
    return text


def a_gate(folder: Path, people: int = 12, entries: int = 3) -> Path:
    """A gate with people and entries."""
    with Journal.open(folder, now=lambda: NOW) as journal:
        many = [Person(f"p{number}", f"张{number}", f"3-2-{number}", "resident") for number in range(people)]
        People(journal).add(many, as_of=NOW)
        for _ in range(entries):
            journal.append(passage(at=NOW))
    return folder


def by_check(ticks: list[Tick]) -> dict[Check, Tick]:
    return {tick.check: tick for tick in ticks}


def test_good_gate_has_nine_ticks_and_all_are_good(tmp_path: Path) -> None:
    settings = Settings(thermometer="usb:1-1,lu90614", scanner="usb:1-2,gm65")
    ticks = selftesting.run(a_gate(tmp_path), settings, GOOD, now=lambda: NOW)
    assert [tick.check for tick in ticks] == [one for one in Check if one is not Check.RECOVERY]  # no PINs
    assert [tick for tick in ticks if tick.ok is not True] == []
    assert selftest_words.at_the_gate(ticks, plain) == ""
    assert by_check(ticks)[Check.OFFLINE].figures == ("10", "10")


def test_gate_without_a_scanner_has_eight(tmp_path: Path) -> None:
    devices = Devices(GOOD.camera, GOOD.thermometer, Serial(chosen=False), True)
    ticks = selftesting.run(a_gate(tmp_path), Settings(thermometer="x"), devices, now=lambda: NOW)
    assert len(ticks) == 8
    assert Check.SCANNER not in by_check(ticks)


def test_fresh_pc_lacks_nothing_that_it_cannot_have_yet(tmp_path: Path) -> None:
    devices = Devices(GOOD.camera, Serial(chosen=False), Serial(chosen=False), True)
    ticks = by_check(selftesting.run(tmp_path / "new", Settings(), devices, now=lambda: NOW))
    assert {ticks[one].ok for one in (Check.JOURNAL, Check.OFFLINE, Check.THERMOMETER)} == {None}
    assert selftest.failed(list(ticks.values())) == []
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("seen", "found", "ok"),
    [
        (Camera(False), Found.NO_DEVICE, False),
        (Camera(True), Found.NO_PICTURE, False),
        (Camera(True, 30.0, 120.0), Found.NO_PICTURE, False),
        (Camera(True, 0.1, 3.0), Found.DARK, False),
        (Camera(True, 0.1, 3.0, code_read=True), Found.SEES_CODE, True),
        (Camera(True, 0.1, 90.0), Found.SEES_LIGHT, True),
        (Camera(True, in_use=True), Found.IN_USE, None),
    ],
)
def test_camera(seen: Camera, found: Found, ok: bool | None) -> None:
    assert selftest.camera(seen) == Tick(Check.CAMERA, ok, found)


@pytest.mark.parametrize(
    ("heard", "found", "ok"),
    [
        (Serial(False), Found.NOT_CHOSEN, None),
        (Serial(True), Found.NO_DEVICE, False),
        (Serial(True, True), Found.SILENT, False),
        (Serial(True, True, 60.0, 22.0), Found.SILENT, False),
        (Serial(True, True, 0.1, 85.0), Found.IMPLAUSIBLE, False),
        (Serial(True, True, 0.1, -40.0), Found.IMPLAUSIBLE, False),
        (Serial(True, True, 0.1, -5.0), Found.READS, True),
        (Serial(True, True, in_use=True), Found.IN_USE, None),
    ],
)
def test_thermometer(heard: Serial, found: Found, ok: bool | None) -> None:
    tick = selftest.thermometer(heard)
    assert (tick.found, tick.ok) == (found, ok)


def test_clock_behind_the_newest_entry_or_far_from_the_center_is_wrong() -> None:
    behind = Times(NOW, NOW + timedelta(minutes=2))
    assert selftest.clock(behind).found is Found.BEHIND
    off = selftest.clock(Times(NOW, NOW, offset_s=-600.0))
    assert (off.found, off.ok, off.figures) == (Found.OFF, False, ("10",))
    assert selftest.clock(Times(NOW, NOW + timedelta(seconds=30), 30.0)).ok


def test_old_lists_are_named_and_fresh_ones_are_told_with_their_age() -> None:
    old = selftest.rules(Rules("open/3", lists_as_of=NOW - timedelta(hours=30)), NOW)
    assert (old.ok, old.found, old.figures) == (False, Found.LISTS_OLD, ("open/3", "30"))
    fresh = selftest.rules(Rules("open/3", lists_as_of=NOW - timedelta(hours=2)), NOW)
    assert selftest_words.found(fresh, plain) == "规则 平时 第 3 版；中心的名单是 2 小时前的"


def test_disk_that_is_full_or_read_only_is_named() -> None:
    assert selftest.disk(Disk(10 * 2**20, True)).found is Found.NEARLY_FULL
    assert selftest.disk(Disk(10**12, False)).found is Found.NOT_WRITABLE
    assert selftest.disk(Disk(0, False)).found is Found.FULL  # no rights would help


def test_entry_changed_behind_our_back_is_seen(tmp_path: Path) -> None:
    folder = a_gate(tmp_path, entries=5)
    assert selftesting.look_at_journal(folder) == JournalEnd(5, True)
    with closing(sqlite3.connect(folder / "journal.db")) as connection:
        names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for (name,) in names:
            connection.execute(f'DROP TRIGGER "{name}"')
        (record,) = connection.execute("SELECT record FROM entry WHERE number = 3").fetchone()
        changed = bytes([*record[:-1], record[-1] ^ 1])
        connection.execute("UPDATE entry SET record = ? WHERE number = 3", (changed,))
        connection.commit()
    tick = selftest.journal(selftesting.look_at_journal(folder))
    assert tick.ok is False


def test_damaged_journal_is_told_and_nothing_raises(tmp_path: Path) -> None:
    (tmp_path / "journal.db").write_bytes(b"no database" * 500)
    ticks = by_check(selftesting.run(tmp_path, Settings(), GOOD, now=lambda: NOW))
    assert ticks[Check.JOURNAL].found is Found.UNREADABLE
    assert ticks[Check.OFFLINE].ok is False


def test_wrong_policy_is_told(tmp_path: Path) -> None:
    ticks = by_check(selftesting.run(tmp_path, Settings(policy="no such"), GOOD, now=lambda: NOW))
    assert ticks[Check.RULES].found is Found.UNREADABLE
    assert "规则和名单" in selftest_words.at_the_gate(list(ticks.values()), plain)


def test_list_of_the_trust_folder_that_cannot_be_read_is_told_at_the_gate(tmp_path: Path) -> None:
    (tmp_path / "trust").mkdir()
    (tmp_path / "trust" / "dcc-revocations-0a1b2c3d.json").write_text("{")
    ticks = by_check(selftesting.run(tmp_path, Settings(), GOOD, now=lambda: NOW))
    assert (ticks[Check.RULES].ok, ticks[Check.RULES].found) == (False, Found.LISTS_UNUSABLE)
    assert "有 1 份" in selftest_words.found(ticks[Check.RULES], plain)
    assert "规则和名单" in selftest_words.at_the_gate(list(ticks.values()), plain)


def test_ten_known_people_are_judged_without_any_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_network(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked for")

    folder = a_gate(tmp_path)
    monkeypatch.setattr("socket.socket.connect", no_network)
    monkeypatch.setattr("socket.getaddrinfo", no_network)
    assert selftesting.pretend_offline(folder, Settings(), NOW) == Offline(10, 10)


def test_roster_whose_key_is_gone_does_not_pass_for_a_good_one(tmp_path: Path) -> None:
    folder = a_gate(tmp_path)
    (folder / "data.key").unlink()
    assert selftest.offline(selftesting.pretend_offline(folder, Settings(), NOW)).ok is False


def test_locked_gate_before_the_first_sign_in_is_not_told_that_its_roster_is_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    folder = a_gate(tmp_path)
    with Journal.open(folder, now=lambda: NOW) as journal:
        operators = Operators(journal, cost=Cost(64, 1))
        operators.add("1001", "王建国", Role.ADMIN, "730518")
        wrap(journal, operators.sign_in("1001", "730518"), NOW)

    ticks = by_check(selftesting.run(folder, Settings(), GOOD, now=lambda: NOW))
    assert (ticks[Check.OFFLINE].ok, ticks[Check.OFFLINE].found) == (None, Found.LOCKED)
    assert selftest_words.at_the_gate(list(ticks.values()), plain) == ""
    assert "签到" in selftest_words.remedy(ticks[Check.OFFLINE], plain)


def test_it_runs_beside_a_gate_that_is_at_work_and_changes_nothing(tmp_path: Path) -> None:
    a_gate(tmp_path)
    with Journal.open(tmp_path, now=lambda: NOW):
        before = (tmp_path / "journal.db").read_bytes()
        assert selftest.failed(selftesting.run(tmp_path, Settings(), GOOD, now=lambda: NOW)) == []
        assert (tmp_path / "journal.db").read_bytes() == before


def test_devices_are_as_the_gate_heard_them_last() -> None:
    now = 100.0

    def clock() -> float:
        return now

    ear = DeviceEar(clock)
    ear.hear(DeviceStatus(DeviceKind.CAMERA, DeviceState.WORKING, "video0"))
    ear.hear(View(memoryview(b"\0\0\0"), 1, 1, (), 88.0))
    ear.hear(Scan("text", now, "zxing", "video0"))
    ear.hear(Sample(Reading(22.5, Site.OBJECT, 22.0), now, Instrument("ttyUSB0", "lu90614")))
    now = 103.0
    devices = ear.devices(Settings(), True)
    assert devices.camera == Camera(True, 3.0, 88.0, True)
    assert devices.thermometer == Serial(True, True, 3.0, 22.5)
    assert selftest.scanner(devices.scanner) is None


def test_lens_cap_put_on_after_a_code_was_read_is_no_eye() -> None:
    now = [100.0]
    ear = DeviceEar(lambda: now[0])
    ear.hear(Scan("text", now[0], "zxing", "video0"))
    ear.hear(View(memoryview(b"\0\0\0"), 1, 1, (), 2.0))
    ear.hear(DeviceStatus(DeviceKind.CAMERA, DeviceState.WORKING, "video0"))
    now[0] = 500.0
    ear.hear(View(memoryview(b"\0\0\0"), 1, 1, (), 2.0))
    assert selftest.camera(ear.devices(Settings(), True).camera).found is Found.DARK


def _every_tick() -> list[Tick]:
    return [Tick(check, False, found, ("1", "2")) for check, found in selftest_words._TOLD]


@pytest.mark.parametrize("tick", _every_tick(), ids=lambda tick: f"{tick.check}-{tick.found}")
def test_whatever_does_not_work_says_what_to_do(tick: Tick) -> None:
    assert selftest_words.what(tick.check, plain)
    assert "{" not in selftest_words.found(tick, plain)
    assert tick.found in GOOD_FINDS or selftest_words.remedy(tick, plain)


GOOD_FINDS = {
    Found.SEES_CODE,
    Found.READS,
    Found.WORKS,
    Found.ROOM,
    Found.WHOLE,
    Found.EMPTY,
    Found.RIGHT,
    Found.IN_FORCE,
    Found.DECIDED,
    Found.MADE,
}


def test_an_admin_without_a_recovery_key_is_reminded_until_there_is_one(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    assert selftesting.look_for_paper(tmp_path) is None
    with Journal.open(tmp_path, now=lambda: now) as journal:
        assert selftest.recovery(selftesting.look_for_paper(tmp_path)) is None, "nobody has a PIN"
        Operators(journal, cost=Cost(64, 1)).add("1001", "王建国", Role.ADMIN, "730518")
        tick = selftest.recovery(selftesting.look_for_paper(tmp_path))
        assert tick
        assert (tick.ok, tick.found) == (False, Found.NEVER_MADE)
        assert "恢复码" in selftest_words.at_the_gate([tick], lambda context, text: text)
        new_key(journal, by=Who("1001", Role.ADMIN), now=now)
    tick = selftest.recovery(selftesting.look_for_paper(tmp_path))
    assert tick
    assert tick.ok
