"""Sync by stick: in any order, any number of times, and nothing is half taken."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from center import retention_rules
from center import stick as center_stick
from center.console.attention import look_at
from center.erasing import opener
from center.keys import make_keys
from center.stick_news import came_by_stick
from center.store import GateRow, erasing_steps
from center.store.migrations import begin_epoch
from station.journal.center_lists import CenterLists
from station.journal.center_pages import prepare_page
from station.journal.enrolment import put_enrolment
from station.journal.reports import Reports, chunks_to_send, is_waiting, new_id
from station.sync import stick
from station.sync.bundle import Ack, Hello, Page, Parts
from station.sync.items import CHANNELS, FactItem, encode_item
from station.sync.kkb import StickError, StickProblem
from station.sync.reports import CaseReport, HandoverReport, Kind, Taken, TaskDone
from station.sync.stick import Ends
from station.sync.stick_cuts import FILE as CUTS
from station.sync.stick_cuts import StickCuts
from station.sync.uplink import Uplink
from tests.journal.samples import open_journal, passage
from tests.sync.district import District, district

RED = encode_item(FactItem("person", "p1", "colour", "red", 1_648_800_000_000))

YEAR_S = 365 * 86_400.0
PERSON, OTHER = "9" * 32, "8" * 32


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[District]:
    with district(tmp_path) as found:
        found.enrol()
        yield found


def ends(gate: District) -> Ends:
    of = gate.enrolment
    return Ends(gate.station, of.name, of.center_key, of.sealing_key, of.opening_key, of.credential)


def carry_up(gate: District, folder: Path) -> Path:
    gate.clock.move(1)
    now_ms = int(gate.clock.now().timestamp() * 1000)
    reports = chunks_to_send(gate.journal.connection, gate.journal.vault)
    cuts = StickCuts(gate.folder)
    return stick.export_stick(gate.outbox(), ends(gate), folder, now_ms, cuts, reports).path


def hand_in(gate: District, file: Path) -> center_stick.StickTaken:
    gate.center.clocks.forward(1)
    center = gate.center
    return center_stick.import_stick(center.store, center.keys, folder_of(gate), file, center.clocks.ms)


def carry_down(gate: District, folder: Path) -> Path:
    gate.center.clocks.forward(1)
    center = gate.center
    row = center.store.stations.get(gate.station)
    assert row
    return center_stick.export_stick(
        center.store, center.keys, folder_of(gate), row, folder, center.clocks.ms
    )


def take(gate: District, file: Path) -> stick.Imported:
    def apply(page: Page) -> None:
        prepared = prepare_page(gate.journal.vault, page)
        gate.applied.append(gate.lists.apply(prepared, gate.clock.now(), by_stick=True))

    def heard(acks: list[Ack]) -> None:
        Uplink(gate.outbox(), gate.enrolment.sealing_key, never, lambda: 1.0).heard(acks)

    def reported(taken: Taken) -> None:
        Reports(gate.journal).heard(taken, lists=gate.lists.cursor("quick").epoch)

    return stick.import_stick(file, ends(gate), apply, heard, reported, lambda days: None)


def never(*_: object) -> Hello:
    raise AssertionError("nothing is said to anybody")


def folder_of(gate: District) -> Path:
    return gate.folder.parent / "center"


def stored(gate: District) -> int:
    return sum(row.stored for row in gate.center.store.contacts.overview())


def pending(gate: District) -> int:
    return sum(chain.length - chain.acked for chain in gate.outbox().chains())


def test_entries_go_by_stick_and_the_answer_comes_back(gate: District, tmp_path: Path) -> None:
    gate.record(1200)
    gate.center.store.lists.put("quick", [("fact", "person:p1:colour", RED)])

    taken = hand_in(gate, carry_up(gate, tmp_path))
    assert (taken.name, taken.durable, stored(gate)) == ("东门", 1200, 1200)
    assert pending(gate) == 1200  # only the center's word counts

    take(gate, carry_down(gate, tmp_path))

    assert pending(gate) == 0
    assert [fact.value for applied in gate.applied for fact in applied.facts] == ["red"]


def test_the_same_stick_twice_changes_nothing(gate: District, tmp_path: Path) -> None:
    gate.record(3)
    up = carry_up(gate, tmp_path)
    hand_in(gate, up)
    hand_in(gate, up)
    down = carry_down(gate, tmp_path)

    take(gate, down)
    take(gate, down)

    assert (stored(gate), pending(gate)) == (3, 0)


def test_the_second_stick_first_waits_for_the_first(gate: District, tmp_path: Path) -> None:
    gate.record(3)
    first = carry_up(gate, tmp_path)
    chain = gate.outbox().chains()[-1]
    gate.outbox().acknowledged(chain.incarnation, 3, 0)  # as if the first stick had been answered
    gate.record(2)
    second = carry_up(gate, tmp_path)

    assert hand_in(gate, second).waiting == 1
    assert stored(gate) == 0
    hand_in(gate, first)

    assert stored(gate) == 5


def test_a_stick_a_day_brings_each_day_though_no_answer_ever_came_back(
    gate: District, tmp_path: Path
) -> None:
    for day in range(1, 8):
        gate.record(3)
        hand_in(gate, carry_up(gate, tmp_path))

        assert stored(gate) == 3 * day


def test_the_sticks_of_a_week_may_be_handed_in_from_the_newest_to_the_oldest(
    gate: District, tmp_path: Path
) -> None:
    sticks = list[Path]()
    for _ in range(4):
        gate.record(3)
        sticks.append(carry_up(gate, tmp_path))

    for file in reversed(sticks):
        assert hand_in(gate, file).waiting == 0
    take(gate, carry_down(gate, tmp_path))

    assert (stored(gate), pending(gate)) == (12, 0)


def test_a_late_answer_to_the_first_stick_does_not_keep_the_third_from_going_on(
    gate: District, tmp_path: Path
) -> None:
    gate.record(3)
    hand_in(gate, carry_up(gate, tmp_path))
    answer = carry_down(gate, tmp_path)
    gate.record(3)
    hand_in(gate, carry_up(gate, tmp_path))
    take(gate, answer)
    gate.record(3)

    hand_in(gate, carry_up(gate, tmp_path))

    assert stored(gate) == 9


def test_a_copied_disk_that_the_other_pc_went_on_with_is_not_sent_again_with_every_second_stick(
    gate: District, tmp_path: Path
) -> None:
    gate.record(2)
    gate.journal.checkpoint()
    copy = Path(shutil.copytree(gate.folder, tmp_path / "copy"))
    gate.record(3)
    hand_in(gate, carry_up(gate, tmp_path))
    with open_journal(copy, "another PC") as journal:
        twin = replace(gate, folder=copy, journal=journal, lists=CenterLists(journal))
        twin.record(1)

        left = []
        for _ in range(4):
            hand_in(twin, carry_up(twin, tmp_path))
            take(twin, carry_down(twin, tmp_path))
            left.append(pending(twin))

    assert left == [0, 0, 0, 0]
    assert stored(gate) == 6


def test_where_sticks_ended_is_forgotten_once_it_is_acknowledged(gate: District, tmp_path: Path) -> None:
    gate.record(3)
    hand_in(gate, carry_up(gate, tmp_path))
    take(gate, carry_down(gate, tmp_path))
    carry_up(gate, tmp_path)

    assert (gate.folder / CUTS).read_bytes() == b"{}"


def test_a_gate_that_cannot_keep_where_its_stick_ended_writes_it_all_the_same(
    gate: District, tmp_path: Path
) -> None:
    (gate.folder / CUTS).write_bytes(b"[not ours")
    (gate.folder / f"{CUTS}.new").mkdir()  # nothing can be written there
    gate.record(3)

    assert hand_in(gate, carry_up(gate, tmp_path)).durable == 3


def row_of(gate: District) -> GateRow:
    (row,) = gate.center.store.contacts.overview()
    return row


def test_a_gate_that_only_sends_sticks_has_been_heard_of(gate: District, tmp_path: Path) -> None:
    gate.record(3)
    assert came_by_stick(row_of(gate)) is None

    hand_in(gate, carry_up(gate, tmp_path))

    row = row_of(gate)
    now_ms = gate.center.clocks.ms
    assert (came_by_stick(row), row.seen_ms, row.pending) == (now_ms, None, 0)
    assert look_at(row, row.seen_ms, now_ms).matters[0].words == "没有网，{} 小时前送来了 U 盘"
    late_ms = now_ms + 30 * 3_600_000
    assert look_at(row, row.seen_ms, late_ms).matters[0].words == "没有网，{} 小时没送 U 盘来了"


def test_what_a_stick_says_the_gate_has_and_did_not_come_is_counted(gate: District, tmp_path: Path) -> None:
    gate.record(3)
    chain = gate.outbox().chains()[-1]
    gate.outbox().acknowledged(chain.incarnation, 2, 0)  # of a center that was restored since

    taken = hand_in(gate, carry_up(gate, tmp_path))

    assert (taken.missing, row_of(gate).pending) == (3, 3)
    take(gate, carry_down(gate, tmp_path))
    assert hand_in(gate, carry_up(gate, tmp_path)).missing == 0
    assert row_of(gate).pending == 0


def test_an_old_stick_does_not_make_the_overview_forget_what_is_missing(
    gate: District, tmp_path: Path
) -> None:
    gate.record(1)
    old = carry_up(gate, tmp_path)
    hand_in(gate, old)
    gate.record(3)
    chain = gate.outbox().chains()[-1]
    gate.outbox().acknowledged(chain.incarnation, 3, 0)
    hand_in(gate, carry_up(gate, tmp_path))

    hand_in(gate, old)

    assert row_of(gate).pending == 3


def test_what_the_last_greeting_said_is_waiting_has_come_by_stick(gate: District, tmp_path: Path) -> None:
    gate.up().turn()
    gate.record(3)
    greeted = gate.center.store.contacts.get(gate.station)
    assert greeted
    gate.center.store.contacts.keep(replace(greeted, pending=3))

    hand_in(gate, carry_up(gate, tmp_path))

    row = row_of(gate)
    assert (row.pending, row.seen_ms) == (0, greeted.seen_ms)


def test_a_gate_that_is_online_again_is_no_gate_of_sticks_and_no_copied_disk(
    gate: District, tmp_path: Path
) -> None:
    hand_in(gate, carry_up(gate, tmp_path))
    gate.center.clocks.forward(60)
    gate.clock.move(60)

    gate.up().turn()

    assert came_by_stick(row_of(gate)) is None
    assert row_of(gate).alarms == ()


def test_a_stick_from_the_future_shows_that_the_clock_of_the_gate_is_ahead(
    gate: District, tmp_path: Path
) -> None:
    gate.record(1)
    gate.clock.move(2 * 365 * 86400)

    hand_in(gate, carry_up(gate, tmp_path))

    assert row_of(gate).offset_ms < -1.9 * 365 * 86_400_000


def test_a_stick_that_is_handed_in_again_does_not_hide_that_the_gate_is_silent(
    gate: District, tmp_path: Path
) -> None:
    old = carry_up(gate, tmp_path)
    hand_in(gate, old)
    came_ms = gate.center.clocks.ms
    gate.center.clocks.forward(30 * 3600)

    hand_in(gate, old)

    assert came_by_stick(row_of(gate)) == came_ms


def test_a_stick_of_before_the_last_greeting_does_not_hide_that_the_gate_is_silent(
    gate: District, tmp_path: Path
) -> None:
    old = carry_up(gate, tmp_path)
    gate.center.clocks.forward(60)
    gate.clock.move(60)
    gate.up().turn()
    gate.center.clocks.forward(7 * 86400)

    hand_in(gate, old)

    assert came_by_stick(row_of(gate)) is None


def test_a_stick_of_last_week_does_not_make_the_overview_forget_the_one_that_was_lost(
    gate: District, tmp_path: Path
) -> None:
    gate.record(2)
    first = carry_up(gate, tmp_path)
    gate.record(2)
    chain = gate.outbox().chains()[-1]
    gate.outbox().acknowledged(chain.incarnation, 4, 0)  # by a stick and an answer of which nothing is left
    gate.record(1)
    assert hand_in(gate, carry_up(gate, tmp_path)).missing == 5

    hand_in(gate, first)

    assert (stored(gate), row_of(gate).pending) == (2, 3)


def test_a_clock_that_was_ahead_and_was_put_right_is_no_longer_complained_of(
    gate: District, tmp_path: Path
) -> None:
    gate.up().turn()
    greeted = row_of(gate).offset_ms
    gate.clock.move(86400)
    hand_in(gate, carry_up(gate, tmp_path))
    assert row_of(gate).offset_ms < -80_000_000
    gate.clock.move(-86400)

    hand_in(gate, carry_up(gate, tmp_path))

    assert row_of(gate).offset_ms == greeted


def test_two_disks_of_last_month_are_no_alarm_of_a_gate_that_only_sends_sticks(
    gate: District, tmp_path: Path
) -> None:
    hand_in(gate, carry_up(gate, tmp_path))
    with gate.center.store.transaction() as ledger:
        ledger.note_fork(gate.station, 1, 1, gate.center.clocks.ms)
    hand_in(gate, carry_up(gate, tmp_path))
    assert row_of(gate).alarms == ("fork",)
    gate.center.clocks.forward(30 * 86400)

    hand_in(gate, carry_up(gate, tmp_path))

    assert row_of(gate).alarms == ()


def test_red_comes_by_stick_though_the_clock_of_the_center_was_a_year_ahead_the_week_before(
    gate: District, tmp_path: Path
) -> None:
    gate.center.clocks.forward(365 * 86400)
    ahead = carry_down(gate, tmp_path)
    gate.center.clocks.forward(-364 * 86400)
    take(gate, ahead)
    gate.center.store.lists.put("quick", [("fact", "person:p1:colour", RED)])

    take(gate, carry_down(gate, tmp_path))
    take(gate, ahead)

    assert gate.place("quick").version == 1
    assert [fact.value for applied in gate.applied for fact in applied.facts] == ["red"]


def test_an_older_answer_does_not_turn_the_lists_back(gate: District, tmp_path: Path) -> None:
    old = carry_down(gate, tmp_path)
    gate.center.store.lists.put("quick", [("fact", "person:p1:colour", RED)])
    take(gate, carry_down(gate, tmp_path))

    take(gate, old)

    assert gate.place("quick").version == 1


def problem(gate: District, file: Path) -> StickProblem:
    before = len(gate.applied)
    with pytest.raises(StickError) as caught:
        take(gate, file)
    assert len(gate.applied) == before
    return caught.value.problem


def test_a_torn_stick_is_not_half_taken(gate: District, tmp_path: Path) -> None:
    whole = carry_down(gate, tmp_path)
    for length in (3, 30, 300, whole.stat().st_size - 1):
        torn = tmp_path / f"torn-{length}.kkb"
        torn.write_bytes(whole.read_bytes()[:length])
        assert problem(gate, torn) in (StickProblem.TORN, StickProblem.NO_STICK)


def test_what_is_not_for_this_gate_is_named(gate: District, tmp_path: Path) -> None:
    gate.record(1)
    assert problem(gate, carry_up(gate, tmp_path)) is StickProblem.WRONG_WAY
    assert problem(gate, tmp_path / "nothing.kkb") is StickProblem.UNREADABLE
    (tmp_path / "holiday.kkb").write_bytes(b"\xff\xd8\xff JPEG")
    assert problem(gate, tmp_path / "holiday.kkb") is StickProblem.NO_STICK


def test_the_sticks_of_another_gate_or_center_are_not_taken(gate: District, tmp_path: Path) -> None:
    gate.record(1)
    up, down = carry_up(gate, tmp_path), carry_down(gate, tmp_path)
    (tmp_path / "other").mkdir()
    with district(tmp_path / "other") as neighbour:
        neighbour.enrol()
        assert problem(neighbour, down) is StickProblem.OTHER_STATION
    elsewhere = make_keys()
    moved = msgspec.structs.replace(gate.enrolment, center_key=elsewhere.public_key)
    put_enrolment(gate.journal, moved)
    assert problem(gate, down) is StickProblem.OTHER_CENTER
    with pytest.raises(StickError) as caught:
        center_stick.import_stick(gate.center.store, elsewhere, tmp_path, up, 0)
    assert caught.value.problem is StickProblem.OTHER_CENTER


def test_a_full_stick_is_left_without_half_a_file(
    gate: District, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate.record(1)
    (tmp_path / "usb").mkdir()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(stick, "write_stick", full)
    with pytest.raises(StickError) as caught:
        carry_up(gate, tmp_path / "usb")

    assert caught.value.problem is StickProblem.FULL
    assert list((tmp_path / "usb").iterdir()) == []


def test_a_restored_center_knows_the_writer_by_the_credential(gate: District, tmp_path: Path) -> None:
    gate.record(2)
    up = carry_up(gate, tmp_path)
    (tmp_path / "restored").mkdir()
    with district(tmp_path / "restored") as forgot:  # the same keys, and an empty store
        center = forgot.center
        done = center_stick.import_stick(center.store, center.keys, tmp_path, up, center.clocks.ms)

    assert (done.name, done.durable) == ("东门", 2)


# --- what a gate tells besides entries ----------------------------------------------------------

WHISTLE = CaseReport("whistle", 1_648_800_000_000, "fever")


def tell(gate: District, kind: str, body: msgspec.Struct, report_id: bytes | None = None) -> bytes:
    report_id = report_id or new_id()
    gate.clock.move(0.001)
    Reports(gate.journal).put(kind, report_id, body, gate.clock.now())
    return report_id


def waits(gate: District) -> bool:
    return is_waiting(gate.journal.connection)


def test_a_call_for_help_and_a_hand_over_go_by_stick_and_the_answer_comes_back(
    gate: District, tmp_path: Path
) -> None:
    case = tell(gate, Kind.CASE, WHISTLE)
    tell(gate, Kind.HANDOVER, HandoverReport(0, 1))
    tell(gate, Kind.TASK_DONE, TaskDone("t1", 5))

    taken = hand_in(gate, carry_up(gate, tmp_path))

    store = gate.center.store
    assert taken.reports == 3
    assert [(one.id, one.what) for one in store.cases.open()] == [(case, "fever")]
    assert (
        len(store.reports.read("handover", [gate.station]))
        == len(store.reports.of("task_done", "task", "t1"))
        == 1
    )
    assert waits(gate)  # only the center's word counts

    take(gate, carry_down(gate, tmp_path))

    assert not waits(gate)
    row = gate.journal.connection.execute("SELECT key FROM center_item WHERE list = 'case'").fetchone()
    assert row == (case.hex(),)  # that it came is told back, too


def test_more_reports_than_one_request_may_hold_go_on_one_stick(gate: District, tmp_path: Path) -> None:
    for number in range(120):
        tell(gate, Kind.TASK_DONE, TaskDone(f"t{number}", 5))
    for _ in range(4):
        tell(gate, Kind.CASE, CaseReport("whistle", 0, picture=bytes(99_000)))

    assert hand_in(gate, carry_up(gate, tmp_path)).reports == 124
    take(gate, carry_down(gate, tmp_path))

    assert not waits(gate)


def test_what_was_changed_since_the_stick_was_written_goes_on_the_next_one(
    gate: District, tmp_path: Path
) -> None:
    done = tell(gate, Kind.TASK_DONE, TaskDone("t1", 5))
    first = carry_up(gate, tmp_path)
    tell(gate, Kind.TASK_DONE, TaskDone("t1", 5, done=False), done)
    hand_in(gate, first)
    take(gate, carry_down(gate, tmp_path))
    assert waits(gate)

    hand_in(gate, carry_up(gate, tmp_path))
    hand_in(gate, first)  # the old one lay about, and is brought again

    (told,) = gate.center.store.reports.of("task_done", "task", "t1")
    assert not told.body.done
    take(gate, carry_down(gate, tmp_path))  # answers the old one: that this version or a newer one is there
    assert not waits(gate)


def test_a_torn_stick_takes_no_report_along(gate: District, tmp_path: Path) -> None:
    tell(gate, Kind.CASE, WHISTLE)
    whole = carry_up(gate, tmp_path)
    for cut in (1, 65, 70, 200):
        torn = tmp_path / f"torn-{cut}.kkb"
        torn.write_bytes(whole.read_bytes()[:-cut])
        with pytest.raises(StickError) as caught:
            hand_in(gate, torn)
        assert caught.value.problem is StickProblem.TORN
    changed = bytearray(whole.read_bytes())
    changed[-100] ^= 1
    (tmp_path / "changed.kkb").write_bytes(changed)
    with pytest.raises(StickError) as caught:
        hand_in(gate, tmp_path / "changed.kkb")

    assert caught.value.problem is StickProblem.CHANGED
    assert gate.center.store.cases.open() == []


def test_a_restored_center_whose_clock_was_a_year_ahead_is_heard_again_with_the_next_stick(
    gate: District, tmp_path: Path
) -> None:
    gate.center.clocks.forward(YEAR_S)
    take(gate, carry_down(gate, tmp_path))
    gate.center.clocks.forward(-YEAR_S)
    with gate.center.store.database.write() as connection:
        begin_epoch(connection)
    gate.center.store.lists.put("quick", [("fact", "person:p1:colour", RED)])
    gate.clock.move(60)
    gate.center.clocks.forward(60)
    gate.applied.clear()

    take(gate, carry_down(gate, tmp_path))

    assert [fact.value for applied in gate.applied for fact in applied.facts] == ["red"]


def test_a_stick_of_before_the_restore_that_is_dated_a_year_ahead_does_not_come_back(
    gate: District, tmp_path: Path
) -> None:
    """Its file lies on the same stick still, and by its date it is the newest."""
    gate.center.clocks.forward(YEAR_S)
    former = carry_down(gate, tmp_path)
    take(gate, former)
    gate.center.clocks.forward(-YEAR_S)
    with gate.center.store.database.write() as connection:
        begin_epoch(connection)
    gate.clock.move(60)
    gate.center.clocks.forward(60)
    take(gate, carry_down(gate, tmp_path))

    take(gate, former)
    gate.clock.move(60)
    gate.center.clocks.forward(60)
    gate.center.store.lists.put("quick", [("fact", "person:p1:colour", RED)])
    gate.applied.clear()
    take(gate, carry_down(gate, tmp_path))

    assert [fact.value for applied in gate.applied for fact in applied.facts] == ["red"]


def test_a_stick_of_before_the_center_was_restored_changes_nothing_at_a_gate_whose_clock_stands_still(
    gate: District, tmp_path: Path
) -> None:
    """It begins at the same day whenever it starts, for want of a battery."""
    gate.clock.move(-YEAR_S)
    take(gate, carry_down(gate, tmp_path))
    late = carry_down(gate, tmp_path)
    with gate.center.store.database.write() as connection:
        begin_epoch(connection)
    gate.center.store.lists.put("quick", [("fact", "person:p1:colour", RED)])
    take(gate, carry_down(gate, tmp_path))

    take(gate, late)

    assert gate.lists.cursor("quick").epoch == gate.center.store.epoch


def test_a_stick_of_before_the_center_was_restored_does_not_come_back_though_the_new_pc_is_a_year_behind(
    gate: District, tmp_path: Path
) -> None:
    take(gate, carry_down(gate, tmp_path))
    late = carry_down(gate, tmp_path)
    gate.center.clocks.forward(60 - YEAR_S)
    gate.clock.move(60)
    with gate.center.store.database.write() as connection:
        begin_epoch(connection)
    gate.center.store.lists.put("quick", [("fact", "person:p1:colour", RED)])
    for channel in CHANNELS:
        while gate.down(channel).turn() <= 0 or gate.lists.cursor(channel).is_fetching:
            continue

    take(gate, late)

    assert gate.lists.cursor("quick").epoch == gate.center.store.epoch


def test_a_restored_center_gets_the_reports_again_and_a_late_answer_means_nothing(
    gate: District, tmp_path: Path
) -> None:
    case = tell(gate, Kind.CASE, WHISTLE)
    hand_in(gate, carry_up(gate, tmp_path))
    late = carry_down(gate, tmp_path)
    take(gate, late)
    assert not waits(gate)
    restore_from_before(gate)

    take(gate, carry_down(gate, tmp_path))  # of the restored center: another epoch, and nothing of ours
    assert waits(gate)
    take(gate, late)
    assert waits(gate)

    hand_in(gate, carry_up(gate, tmp_path))
    take(gate, carry_down(gate, tmp_path))
    assert [one.id for one in gate.center.store.cases.open()] == [case]
    assert not waits(gate)


def restore_from_before(gate: District) -> None:
    """The center as its backup of yesterday had it: without any report."""
    with gate.center.store.database.write() as connection:
        for table in ("case_file", "report"):
            connection.run(f"DELETE FROM {table}")
        begin_epoch(connection)


def test_who_is_erased_while_a_stick_waits_does_not_come_back_when_its_gap_is_filled(
    gate: District, tmp_path: Path
) -> None:
    gate.record(3)
    first = carry_up(gate, tmp_path)
    chain = gate.outbox().chains()[-1]
    gate.outbox().acknowledged(chain.incarnation, 3, 0)  # as if the first stick had been answered
    for person in (PERSON, OTHER):
        entry = msgspec.structs.replace(passage(at=gate.clock.now()), person_id=person)
        gate.journal.append(entry, b"key of a code")
    hand_in(gate, carry_up(gate, tmp_path))
    store, keys = gate.center.store, gate.center.keys

    with store.database.write() as connection:
        done = erasing_steps.erase(connection, opener(keys), PERSON)
    hand_in(gate, first)

    assert (stored(gate), done) == (5, {retention_rules.Kind.PARTS: 1})
    with store.database.read() as connection:
        ((body,),) = connection.rows("SELECT body FROM parts WHERE first > 3")
    kept = msgspec.msgpack.decode(body, type=Parts)
    assert [part.number for part in kept.parts] == [5]


def test_a_restored_center_does_not_answer_by_stick_with_what_it_has_no_more(
    gate: District, tmp_path: Path
) -> None:
    """What the last stick said lies beside the database, and is newer than the backup."""
    gate.record(3)
    hand_in(gate, carry_up(gate, tmp_path))
    with gate.center.store.database.write() as connection:  # as after a backup from before the stick
        for table in ("entry", "parts", "segment", "chain"):
            connection.run(f"DELETE FROM {table}")
        begin_epoch(connection)

    take(gate, carry_down(gate, tmp_path))

    assert pending(gate) == 3
    hand_in(gate, carry_up(gate, tmp_path))
    assert stored(gate) == 3


def test_a_stick_that_is_not_plugged_in_is_no_file_on_the_disk(gate: District, tmp_path: Path) -> None:
    usb = tmp_path / "usb"
    for carry in (carry_up, carry_down):
        with pytest.raises(StickError) as refused:
            carry(gate, usb)
        assert refused.value.problem is StickProblem.UNREADABLE
        assert not usb.exists()
        carry(gate, tmp_path / "named.kkb")
