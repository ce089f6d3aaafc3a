"""What the gate announces: passages to look back at, and whom a time without codes let through."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from station import looking_back
from station.app import Opening
from station.core.entry import Entry
from station.core.model import Vouch
from station.core.outcome import DrillVerified, LookbacksOpen
from station.core.policy import parse_policy
from station.drill_watch import DrillWatch, looked_at
from station.equipment import Equipment
from station.headless import _beside
from station.journal.facts import Facts, News
from station.journal.lookbacks import Lookbacks
from station.journal.people import ColourFact, People, Person
from station.journal.policies import Policies, PolicyEventKind
from station.lookback_desk import StationLookbackDesk
from station.lookback_watch import EVERY_S, LookbackWatch
from station.policy_desk import PORTION, drills, policy_text
from station.screen import LaneInWindow
from station.settings import Settings
from station.ui.admin.lookback import LookbackSection
from station.ui.admin.policy import DRILL, PolicySection
from station.ui.application import prepare
from station.ui.codes_down_page import READ_FIRST_S
from tests.lane import OPEN, Gate
from tests.patience import PATIENCE_MS, PATIENCE_S

F2, F10, ESC = Qt.Key.Key_F2, Qt.Key.Key_F10, Qt.Key.Key_Escape
REDS = 40
CONTROLLED = policy_text("controlled")

# --- looking back -------------------------------------------------------------------------------


class Watched:
    """A gate at which Zhang passed, and somebody who watches over what becomes known."""

    def __init__(self, folder: Path) -> None:
        self.gate = Gate(folder)
        self.told: list[int] = []
        self.begin()
        self.gate.show("token-zhang")
        self.gate.measure(36.5)

    def begin(self) -> None:
        """A new start of the program."""
        gate = self.gate
        self.watch = LookbackWatch(
            gate.folder,
            gate.journal,
            lambda: OPEN,
            gate.clock.now,
            lambda said: self.told.append(said.people),
        )

    def turn_red(self, person_id: str = "p1") -> None:
        now = self.gate.clock.now()
        self.gate.people.set_colour("person", person_id, ColourFact("red", now, "center"))

    def ticks(self, seconds: float = 3 * EVERY_S) -> None:
        """Time passes; what is judged beside is waited for."""
        for _ in range(round(seconds * 10)):
            self.gate.clock.move(0.1)
            self.watch.tick(self.gate.clock.mono)
            self.watch.wait()

    def desk(self) -> StationLookbackDesk:
        return StationLookbackDesk(lambda: self.gate.journal, lambda: OPEN, self.gate.clock.now, UTC)


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    made = Watched(tmp_path / "station")
    yield made
    made.watch.close()
    made.gate.journal.close()


def test_code_that_turns_red_after_its_holder_passed_is_announced_once(watched: Watched) -> None:
    watched.ticks()
    assert watched.told == []
    watched.turn_red()
    watched.ticks()
    assert watched.told == [1]


def test_of_somebody_who_never_passed_nothing_is_announced(watched: Watched) -> None:
    watched.ticks()
    watched.turn_red("p2")
    watched.ticks()
    assert watched.told == []


def test_facts_from_a_thread_of_their_own_are_looked_at_without_waiting(watched: Watched) -> None:
    watched.ticks()
    watched.turn_red()
    sync = threading.Thread(target=watched.watch.on_facts_changed)
    sync.start()
    sync.join()
    watched.ticks(seconds=0.3)
    assert watched.told == [1]


def test_a_gate_that_is_closed_does_not_wait_until_a_list_of_reds_is_judged(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The PC was switched off in the evening and stayed on for minutes; so did the window, unmoved."""
    begun, closing, ended, judged = threading.Event(), threading.Event(), threading.Event(), list[int]()

    def look(*about: object) -> None:
        judged.append(1)
        begun.set()
        assert closing.wait(PATIENCE_S)
        ended.wait(0.2)  # a busy gate: each takes so long

    monkeypatch.setattr(looking_back, "look", look)
    reds = [Person(f"r{place}", f"周{place}", f"3-3-{place}", "resident") for place in range(REDS)]
    watched.gate.people.add(reds, as_of=watched.gate.clock.now())
    for one in reds:
        watched.turn_red(one.id)
    watched.watch.tick(watched.gate.clock.mono)
    assert begun.wait(PATIENCE_S)
    closing.set()
    watched.watch.close()
    ended.set()

    assert len(judged) < REDS


def test_whoever_opens_the_list_ends_the_announcement(watched: Watched) -> None:
    watched.turn_red()
    watched.ticks()
    watched.desk().refresh()
    watched.ticks()
    assert watched.told == [1, 0]


def test_announcement_that_nobody_opened_is_made_again_after_a_restart(watched: Watched) -> None:
    watched.turn_red()
    watched.ticks()
    watched.begin()
    watched.ticks()
    assert watched.told == [1, 1]


def test_what_the_admin_judged_meanwhile_is_not_kept_twice(watched: Watched) -> None:
    watched.ticks()
    watched.turn_red()
    watched.watch.on_facts_changed()
    watched.gate.clock.move(0.1)
    watched.watch.tick(watched.gate.clock.mono)  # the judging has begun
    watched.desk().refresh()
    watched.ticks()
    assert len(Lookbacks(watched.gate.journal).all()) == 1


def test_what_a_full_disk_did_not_take_is_announced_when_there_is_room_again(watched: Watched) -> None:
    watched.ticks()
    watched.turn_red()
    disk = watched.gate.journal.connection
    disk.execute("PRAGMA query_only = 1")  # nothing can be written, all can be read
    watched.ticks()
    assert watched.told == []

    disk.execute("PRAGMA query_only = 0")
    watched.ticks()
    assert watched.told == [1]
    assert len(Lookbacks(watched.gate.journal).all()) == 1


def test_a_disk_that_is_full_for_a_night_does_not_push_all_else_out_of_the_log(
    watched: Watched, caplog: pytest.LogCaptureFixture
) -> None:
    watched.ticks()
    watched.turn_red()
    disk = watched.gate.journal.connection
    for _ in range(2):
        disk.execute("PRAGMA query_only = 1")
        watched.ticks(60)
        disk.execute("PRAGMA query_only = 0")
        watched.ticks()
        watched.turn_red()

    assert len([one for one in caplog.records if "looking back failed" in one.message]) == 2


def test_policy_that_somebody_changed_in_the_file_is_logged_and_the_gate_goes_on(
    watched: Watched, caplog: pytest.LogCaptureFixture
) -> None:
    policies = Policies(watched.gate.journal)
    policies.remember(policy_text("open"), now=watched.gate.clock.now())
    watched.gate.journal.connection.execute("PRAGMA ignore_check_constraints = ON")
    triggers = watched.gate.journal.connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'policy_text'"
    ).fetchall()
    for (name,) in triggers:
        watched.gate.journal.connection.execute(f"DROP TRIGGER {name}")
    watched.gate.journal.connection.execute("UPDATE policy_text SET text = 'name = 3'")
    watched.watch._policy = lambda: parse_policy(CONTROLLED)
    watched.turn_red()
    watched.ticks()
    assert watched.told == []
    assert "looking back failed" in caplog.text


# --- a time without codes -------------------------------------------------------------------------


class Drilled:
    """A gate whose codes were down for an hour, while one known person and many strangers passed."""

    def __init__(self, folder: Path, strangers: int) -> None:
        self.gate = gate = Gate(folder, policy=parse_policy(CONTROLLED).without_codes())
        self.told: list[DrillVerified] = []
        self.watch = DrillWatch(folder, gate.journal, UTC, gate.clock.now, self.told.append)
        self.record(PolicyEventKind.CODES_DOWN)
        gate.clock.move(60)
        for number in range(strangers):
            gate.checkpoint.no_code(Vouch.KNOWN, "p1" if number == 0 else None)
            gate.checkpoint.temperature_by_hand(36.5)
            gate.clock.move(10)
        self.record(PolicyEventKind.CODES_BACK)

    def record(self, kind: PolicyEventKind) -> None:
        Policies(self.gate.journal).record(kind, CONTROLLED, now=self.gate.clock.now(), by="07")

    def ticks(self, count: int) -> None:
        for _ in range(count):
            self.watch.tick()


@pytest.fixture
def drilled(tmp_path: Path) -> Iterator[Callable[[int], Drilled]]:
    made: list[Drilled] = []

    def after(strangers: int) -> Drilled:
        made.append(Drilled(tmp_path / "station", strangers))
        return made[-1]

    yield after
    for one in made:
        one.watch.close()
        one.gate.journal.close()


def test_when_codes_are_back_all_are_judged_again_a_few_at_a_time(
    drilled: Callable[[int], Drilled],
) -> None:
    one = drilled(PORTION + 5)
    one.watch.begin()
    one.ticks(1)
    assert one.told == [], "the rest comes at the next ticks"
    one.ticks(3)
    (said,) = one.told
    assert said.entries == PORTION + 5


def test_announcement_of_a_drill_ends_when_somebody_looks_at_it(drilled: Callable[[int], Drilled]) -> None:
    one = drilled(1)
    one.watch.begin()
    one.ticks(5)
    (said,) = one.told
    assert (said.entries, said.exceptions) == (1, 1)
    looked_at(one.gate.journal, drills(Policies(one.gate.journal).history())[-1])
    one.ticks(2)
    assert one.told[1:] == [DrillVerified(1, 0)]
    one.watch.begin()
    one.ticks(5)
    assert len(one.told) == 2, "not again at the next start"


def test_drill_that_lasts_is_not_verified_yet(drilled: Callable[[int], Drilled]) -> None:
    one = drilled(1)
    one.record(PolicyEventKind.CODES_DOWN)
    one.watch.begin()
    one.ticks(5)
    assert one.told == []


# --- the same at the gate's own keys --------------------------------------------------------------


def _move_in(people: People) -> None:
    people.add([Person("p1", "张小强", "3-2-501", "resident")], as_of=datetime.now(UTC) - timedelta(hours=1))


@pytest.fixture
def lane(tmp_path: Path, qapp: object) -> Iterator[LaneInWindow]:
    """A gate without any device, in a controlled zone."""
    prepare(qapp, "zh")  # type: ignore[arg-type]
    settings = Settings(policy="controlled")
    made = LaneInWindow(Opening(tmp_path, settings, Equipment(camera=None), prepare=_move_in))
    made.window.resize(1366, 768)
    made.open()
    made.window.show()
    yield made
    made.close()
    made.window.close()


def newest(lane: LaneInWindow) -> Entry:
    assert lane._station
    return lane._station.last_entries(1)[0].entry


def press(lane: LaneInWindow, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(lane.window, key)


def switch(lane: LaneInWindow) -> None:
    """F2, a moment to read, F2."""
    press(lane, F2)
    lane.window.pages.codes_down._opened -= READ_FIRST_S
    press(lane, F2)


def somebody_passes(lane: LaneInWindow) -> Entry:
    lane.no_code(Vouch.KNOWN, "p1")
    lane.temperature_by_hand(36.4)
    return newest(lane)


def test_anybody_on_the_shift_lets_the_gate_go_on_without_codes_and_ends_it(
    lane: LaneInWindow, qtbot: QtBot
) -> None:
    switch(lane)
    assert "停码" in lane.window.header.accessibleName()
    assert somebody_passes(lane).policy.endswith("+no-codes")
    switch(lane)
    assert "停码：" not in lane.window.header.accessibleName()
    qtbot.waitUntil(lambda: "停码期间 1 人" in lane.window.preview.accessibleName(), timeout=PATIENCE_MS)
    lane.window._touch._last = float("-inf")
    assert not somebody_passes(lane).policy.endswith("+no-codes")


def test_finger_that_bounces_on_the_key_switches_nothing(lane: LaneInWindow) -> None:
    press(lane, F2, F2, F2)
    assert lane.window.pages.codes_down.isVisible()
    press(lane, ESC)
    assert not somebody_passes(lane).policy.endswith("+no-codes")


def test_whoever_was_half_done_when_codes_went_down_is_recorded(lane: LaneInWindow) -> None:
    lane.no_code(Vouch.KNOWN, "p1")
    switch(lane)
    assert (newest(lane).person_id, newest(lane).closing) == ("p1", "by_hand")


def test_way_and_devices_stay_when_codes_go_down(lane: LaneInWindow) -> None:
    press(lane, Qt.Key.Key_F12)
    station = lane._station
    switch(lane)
    assert lane._station is station
    assert somebody_passes(lane).direction == "out"


def test_drill_that_was_begun_at_the_gate_is_verified_where_f10_leads(
    lane: LaneInWindow, qtbot: QtBot
) -> None:
    switch(lane)
    somebody_passes(lane)
    switch(lane)
    qtbot.waitUntil(lambda: "F10" in lane.window.preview.accessibleName(), timeout=PATIENCE_MS)
    press(lane, F10)
    assert lane._admin
    section = lane._admin.section
    assert isinstance(section, PolicySection)
    section.show_page(DRILL)
    section.drill.verify.click()
    qtbot.waitUntil(lambda: "停码期间" not in lane.window.preview.accessibleName(), timeout=PATIENCE_MS)


def test_red_code_of_somebody_inside_is_announced_and_f10_leads_to_the_list(
    lane: LaneInWindow, qtbot: QtBot
) -> None:
    somebody_passes(lane)
    assert lane._station
    now = datetime.now(UTC)
    red = News("person", "p1", "colour", "red", now, "center")
    Facts(lane._station.journal).receive([red], now=now)
    lane._station.on_facts_changed()
    qtbot.waitUntil(lambda: "有 1 人需要回溯" in lane.window.preview.accessibleName(), timeout=PATIENCE_MS)
    announced = lane.window.preview.accessibleName()
    press(lane, F10)
    assert lane._admin
    assert isinstance(lane._admin.section, LookbackSection)
    assert lane._admin.section.title in announced
    qtbot.waitUntil(lambda: "回溯" not in lane.window.preview.accessibleName(), timeout=PATIENCE_MS)


def overrides_said(lane: LaneInWindow) -> bool:
    return "今天改判：志愿者 1" in [line.text for line in lane.window.last_five.lines()]


def test_overrides_of_today_are_counted_by_role_also_after_a_restart(
    lane: LaneInWindow, qtbot: QtBot
) -> None:
    somebody_passes(lane)
    qtbot.waitUntil(lambda: bool(lane.window.last_five.entries), timeout=PATIENCE_MS)
    press(lane, Qt.Key.Key_F8)
    for digit in "31":
        QTest.keyClicks(lane.window, digit)
        lane.window.keys.settle()
    qtbot.waitUntil(lambda: overrides_said(lane), timeout=PATIENCE_MS)
    lane._open_anew()
    assert overrides_said(lane)


def test_lookbacks_are_told_to_whoever_reads_the_lines() -> None:
    assert _beside(LookbacksOpen(2)) == {"notice": "lookbacks", "people": 2}
    assert _beside(DrillVerified(132, 3)) == {"notice": "drill_verified", "entries": 132, "exceptions": 3}
