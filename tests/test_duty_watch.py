"""What happened at the lane is on the sheet: a camera that was lost, a thermometer that looked false."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from station.app import Opening, Station
from station.clock_on_record import watching_clock
from station.core.contact import CenterStatus, Link
from station.core.entry import to_ms
from station.core.handover import Sheet
from station.core.instrument_record import FindingCode
from station.core.instrument_watch import Finding
from station.core.model import Decision, DeviceKind, DeviceState, DeviceStatus, Instrument, Severity
from station.core.operators import Who
from station.core.outcome import (
    ClockWarning,
    InstrumentState,
    NotStored,
    Recorded,
    StorageProblem,
    StoresAgain,
)
from station.core.shift import Plan, read_plan
from station.duty_facts import Where, draft, load_checklists
from station.duty_watch import DutyWatch
from station.equipment import Equipment
from station.journal.duties import Comer
from station.journal.duty_log import DutyLog
from station.journal.handovers import Handovers
from station.journal.shifts import Rota
from station.settings import Settings
from tests.journal.samples import passage

CAMERA = DeviceKind.CAMERA


@dataclass
class Post:
    """A gate whose clock a test moves, and what it has announced."""

    station: Station
    wall: datetime = datetime(2022, 4, 16, 4, tzinfo=UTC)
    mono: float = 1000.0
    announced: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.watch = DutyWatch(
            lambda: self.station, lambda: "东门", self.announced.append, lambda: self.wall, lambda: self.mono
        )

    def later(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.mono += seconds

    def device(self, state: DeviceState, name: str = "usb-cam", kind: DeviceKind = CAMERA) -> None:
        self.watch.device(DeviceStatus(kind, state, name))

    def incidents(self) -> list[tuple[str, str, bool]]:
        """Kind, what, and whether it is over."""
        found = DutyLog(self.station.journal.connection).incidents(self.wall - timedelta(days=1))
        return [(one.kind, one.subject, one.ended_ms is not None) for one in found]

    def went(self, severity: Severity = Severity.PASS) -> None:
        self.station.journal.append(passage(severity, at=self.wall))

    def sheet(self) -> Sheet:
        where = Where("东门", "1", self.station.policy.policy, 12.0, UTC)
        return draft(self.station.journal, where, self.watch.live, (), self.wall, "")

    def changes_shift(self, sheet: Sheet) -> None:
        sheets = Handovers(self.station.journal)
        sheets.hand_over(sheet, Who(), "张伟", self.wall)
        kept = sheets.waiting()
        assert kept
        sheets.take_over(kept, Comer("王芳"), self.wall)


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    opening = Opening(tmp_path / "data", Settings(), Equipment(camera=None), alone=True)
    with Station(opening, post=lambda event: None, publish=lambda outcome: None) as station:
        yield Post(station)


def test_a_camera_that_was_lost_and_is_back_is_one_incident(post: Post) -> None:
    for state in (DeviceState.WORKING, DeviceState.LOST, DeviceState.SEARCHING, DeviceState.LOST):
        post.device(state)
        post.later(5)
    assert post.incidents() == [("device", "camera usb-cam", False)]
    post.device(DeviceState.WORKING)
    assert post.incidents() == [("device", "camera usb-cam", True)]
    post.device(DeviceState.LOST)
    assert len(post.incidents()) == 2


def test_a_camera_that_is_back_after_a_restart_is_not_lost_for_the_rest_of_the_shift(post: Post) -> None:
    post.device(DeviceState.LOST)
    post.watch.begin()
    post.device(DeviceState.LOST)
    assert post.incidents() == [("device", "camera usb-cam", False)], "it is the same one"
    post.device(DeviceState.WORKING)
    assert post.incidents() == [("device", "camera usb-cam", True)]


def test_another_camera_or_thermometer_in_the_place_of_the_lost_one_ends_that_it_is_lost(post: Post) -> None:
    post.device(DeviceState.LOST)
    post.device(DeviceState.LOST, "ttyUSB0", DeviceKind.THERMOMETER)
    post.station.thermometers = ("ttyUSB1",)
    post.watch.begin()  # as after 设备 on the admin page
    post.device(DeviceState.WORKING, "usb-cam-2")
    assert [over for _, _, over in post.incidents()] == [True, True]


def test_one_of_two_thermometers_that_works_says_nothing_of_the_other(post: Post) -> None:
    post.station.thermometers = ("left", "right")
    post.device(DeviceState.LOST, "left", DeviceKind.THERMOMETER)
    post.watch.begin()
    post.device(DeviceState.WORKING, "right", DeviceKind.THERMOMETER)
    assert post.incidents() == [("device", "thermometer left", False)]


def test_a_gate_without_a_camera_has_lost_none(post: Post) -> None:
    post.device(DeviceState.ABSENT, "")
    assert post.incidents() == []


def test_a_thermometer_that_looked_false_is_told_until_it_does_not(post: Post) -> None:
    finding = Finding(Instrument("COM3", "gy"), FindingCode.DRIFT, (0.6,), 0.0)
    post.watch.outcome(InstrumentState((finding,)))
    post.watch.outcome(InstrumentState((finding,)))
    assert post.incidents() == [("instrument", "COM3", False)]
    post.watch.outcome(InstrumentState())
    assert post.incidents() == [("instrument", "COM3", True)]


def test_a_disk_that_is_full_for_minutes_is_one_incident(post: Post) -> None:
    for _ in range(5):
        post.watch.outcome(NotStored(StorageProblem.DISK_FULL))
        post.later(20)
    assert post.incidents() == [("not_stored", "disk_full", False)]


def test_that_entries_were_refused_stands_on_the_sheet_once_it_can_be_written(post: Post) -> None:
    """A disk that takes no entry takes no incident either."""
    post.station.journal.connection.execute("PRAGMA query_only = ON")
    post.watch.outcome(NotStored(StorageProblem.READ_ONLY))
    began = post.wall
    post.later(1200)
    assert post.incidents() == []
    post.station.journal.connection.execute("PRAGMA query_only = OFF")
    for _ in range(2):
        post.watch.outcome(StoresAgain())
    assert post.incidents() == [("not_stored", "read_only", False)]
    (incident,) = DutyLog(post.station.journal.connection).incidents(began - timedelta(hours=1))
    assert incident.at_ms == to_ms(began)


def test_tonights_empty_shift_is_announced_until_somebody_comes(post: Post) -> None:
    rota = Rota(post.station.journal, lambda: "东门")
    (shift,) = rota.plan(read_plan(Plan("2022-04-16", "19", "7"), UTC, post.wall), post.wall)
    post.watch.tick()
    assert "还没有人" in post.announced[-1]
    rota.sign_up(shift.id, "张伟", post.wall)
    post.watch.tick()
    assert "还没有人" in post.announced[-1], "the rota is not read ten times a second"
    post.watch.look_again()
    post.watch.tick()
    assert post.announced[-1] == ""


def test_all_of_it_stands_on_the_sheet(post: Post) -> None:
    post.watch.outcome(CenterStatus(Link.OFFLINE, pending=7))
    post.device(DeviceState.LOST)
    post.later(60)
    where = Where("东门", "1", post.station.policy.policy, 12.0, UTC)
    sheet = draft(post.station.journal, where, post.watch.live, load_checklists(), post.wall, " 药 ")
    assert [(one.kind, one.subject) for one in sheet.incidents][-1:] == [("device", "camera usb-cam")]
    assert (sheet.center.pending, sheet.remark, sheet.known) == (7, "药", False)
    assert ("handing_over", "keys") in sheet.open_points


@pytest.mark.parametrize("wrong", [timedelta(days=1), -timedelta(days=400)])
def test_every_passage_is_on_one_sheet_also_where_the_clock_was_wrong_for_a_while(
    post: Post, wrong: timedelta
) -> None:
    post.went()
    post.later(3600)
    post.changes_shift(post.sheet())
    post.later(60)
    post.wall += wrong
    post.went(Severity.STOP)
    post.went()
    post.wall -= wrong
    post.later(3600)
    post.went()
    sheet = post.sheet()
    assert (sheet.counts.passed, sheet.counts.stopped, len(sheet.stopped)) == (2, 1, 1)
    post.changes_shift(sheet)
    post.later(24 * 3600)
    post.went()
    assert post.sheet().counts.total == 1


def test_a_shift_that_changed_before_the_clock_was_set_is_told_once(post: Post) -> None:
    """Power was gone in the night: an old PC without a battery begins years ago until the network is back."""
    post.went()
    post.went(Severity.STOP)
    post.later(3600)
    post.wall -= timedelta(days=400)
    post.changes_shift(post.sheet())
    post.later(60)
    post.went()
    post.went()
    post.wall += timedelta(days=400)
    post.later(3600)
    post.went()
    sheet = post.sheet()
    assert (sheet.counts.passed, sheet.counts.stopped) == (3, 0)


def test_who_passed_before_the_clock_was_set_years_ahead_is_on_the_sheet(post: Post) -> None:
    tell = watching_clock(post.station.journal, lambda outcome: None, lambda: post.wall, lambda: post.mono)
    post.went()
    post.later(60)
    post.changes_shift(post.sheet())
    post.later(3600)
    post.went()
    post.went(Severity.STOP)
    post.wall += timedelta(days=400)
    post.later(60)
    stored = post.station.journal.append(passage(at=post.wall))
    tell(Recorded(stored, Decision(())))
    post.later(60)
    sheet = post.sheet()
    assert (sheet.counts.passed, sheet.counts.stopped) == (2, 1)
    post.changes_shift(sheet)
    post.wall -= timedelta(days=400)
    post.went()
    assert post.sheet().counts.total == 1


def test_nobody_handed_over_for_weeks_and_the_sheet_looks_back_three_days(post: Post) -> None:
    post.went()
    post.later(60)
    post.changes_shift(post.sheet())
    for _ in range(10):
        post.later(24 * 3600)
        post.went()
    post.later(60)
    assert post.sheet().counts.total == 3


def test_a_clock_that_was_days_ahead_for_an_hour_is_no_reason_to_look_back_weeks(post: Post) -> None:
    tell = watching_clock(post.station.journal, lambda outcome: None, lambda: post.wall, lambda: post.mono)

    def passes(back_s: float = 0.0) -> None:
        stored = post.station.journal.append(passage(at=post.wall))
        if back_s:
            tell(ClockWarning(back_s))
        tell(Recorded(stored, Decision(())))

    post.went()
    post.later(60)
    post.changes_shift(post.sheet())
    post.later(3600)
    post.wall += timedelta(days=10)
    passes()
    post.later(3600)
    post.wall -= timedelta(days=10)
    passes(timedelta(days=10).total_seconds())
    for _ in range(12):
        post.later(24 * 3600)
        passes()
    post.later(60)
    assert post.sheet().counts.total == 4, "three days, and the one whose time is wrong"


def test_a_passage_while_the_sheet_is_being_signed_is_on_the_next_one(post: Post) -> None:
    post.went()
    post.later(60)
    sheet = post.sheet()
    post.later(1)
    post.went()
    post.later(1)
    post.changes_shift(sheet)
    post.later(3600)
    assert (sheet.counts.total, post.sheet().counts.total) == (1, 1)
    assert post.sheet().began_ms == sheet.at_ms
