"""A whistle, a question, and what else gates report: kept once, typed, answered to that gate alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from center.store import SqlStore, open_store
from center.store.case_rows import NO_STATION, Case
from center.store.cases import TOLD_FOR_MS, NoCaseError
from center.store.health import Need, begin_case
from center.store.lists import only_for
from center.store.pages import Place
from center.store.private_items import PrivateItems
from center.store.rota import RESERVE, Refusal
from station.sync.items import CaseItem, decode_item
from station.sync.reports import (
    CaseLine,
    CaseReport,
    DutyReport,
    HandoverReport,
    Lane,
    LookbackReport,
    NoticeRead,
    Report,
    Signup,
    TaskDone,
    encode_body,
)
from tests.center.store.gate import ITEMS_KEY, NOON_MS

WEST, EAST = b"west gate 000001", b"east gate 000001"
VILLAGE, OTHER = "district/town/west", "district/town/east"
CASE = bytes(range(16))
KEY = CASE.hex()


def whistle(version: int = 1, *, case_id: bytes = CASE, **changes: Any) -> Report:
    usual: dict[str, Any] = {"kind": "whistle", "at_ms": NOON_MS, "lane": Lane(gate="西门"), "by": "1007"}
    return Report(case_id, "case", version, NOON_MS, encode_body(CaseReport(**usual | changes)))


def blow(store: SqlStore, *reports: Report, station: bytes = WEST, branch: str = VILLAGE) -> None:
    store.reports.take(station, branch, reports or [whistle()], NOON_MS)


def told(store: SqlStore, station: bytes = WEST, branch: str = VILLAGE) -> dict[str, CaseItem]:
    """What a gate is told about its cases."""
    page = store.lists.page("quick", store.epoch, 0, 500, branch, station)
    found = {}
    for item in page.items:
        if item.list == "case" and item.body is not None:
            body = decode_item("case", item.body)
            assert isinstance(body, CaseItem)
            found[item.key] = body
    return found


def test_a_whistle_is_open_at_once_and_its_gate_hears_that_it_came(store: SqlStore) -> None:
    blow(store)

    (case,) = store.cases.open(VILLAGE)
    assert (case.key, case.kind, case.state, case.gate) == (KEY, "whistle", "new", "西门")
    assert told(store)[KEY].state == "new"


def test_a_waiting_console_is_woken_by_a_whistle(store: SqlStore) -> None:
    heard: list[str] = []
    end = store.lists.subscribe(heard.append)

    blow(store)

    assert heard == ["quick"]
    end()


def test_only_the_gate_that_asked_reads_the_answer(store: SqlStore) -> None:
    blow(store)
    store.cases.say(KEY, "王", "可以进", NOON_MS + 1)

    assert [line.text for line in told(store)[KEY].lines] == ["可以进"]
    assert told(store, EAST, VILLAGE) == {}
    shared = store.lists.page("quick", store.epoch, 0, 500, VILLAGE)
    assert [item for item in shared.items if item.list == "case"] == []
    assert shared.not_for == {WEST.hex()}


def test_a_case_goes_from_new_to_closed(store: SqlStore) -> None:
    blow(store)
    assert store.cases.assign(KEY, "王", NOON_MS + 1).owner == "王"
    assert store.cases.say(KEY, "王", "马上来", NOON_MS + 2).state == "answered"
    assert store.cases.go(KEY, "李", NOON_MS + 3).state == "going"
    assert told(store)[KEY].going == "李"
    blow(store, whistle(2, state="arrived", arrived_ms=NOON_MS + 60_000))
    arrived = store.cases.get(KEY)
    assert arrived is not None
    assert (arrived.state, arrived.arrived_ms, arrived.owner) == ("arrived", NOON_MS + 60_000, "王")
    closed = store.cases.close(KEY, "王", "送医院了", NOON_MS + 90_000)

    assert (closed.state, closed.answered_ms, closed.closed_ms) == ("closed", NOON_MS + 1, NOON_MS + 90_000)
    assert store.cases.open(VILLAGE) == []
    assert [case.key for case in store.cases.all(VILLAGE)] == [KEY]
    assert told(store)[KEY].state == "closed"


def test_a_closed_case_is_not_opened_by_a_late_report(store: SqlStore) -> None:
    blow(store)
    store.cases.close(KEY, "王", "", NOON_MS + 1)
    blow(store, whistle(2, what="fever"))

    case = store.cases.get(KEY)
    assert case is not None
    assert (case.state, case.what) == ("closed", "fever")


@pytest.mark.parametrize(
    ("says_ms", "closed_ms"),
    [
        (None, NOON_MS),
        (NOON_MS - 60_000, NOON_MS - 60_000),  # it was offline for a minute
        (NOON_MS + 365 * 24 * 3600_000, NOON_MS),  # its clock is a year ahead
    ],
)
def test_a_case_that_its_gate_closed_is_closed_now_at_the_latest(
    store: SqlStore, says_ms: int | None, closed_ms: int
) -> None:
    blow(store, whistle(state="arrived"))
    blow(store, whistle(2, state="closed", closed_ms=says_ms))

    case = store.cases.get(KEY)
    assert case is not None
    assert (case.state, case.arrived_ms, case.closed_ms) == ("closed", NOON_MS, closed_ms)
    assert store.cases.open(VILLAGE) == []


def test_a_case_waits_until_somebody_does_something(store: SqlStore) -> None:
    acts: tuple[Callable[[str], Case], ...] = (
        lambda key: store.cases.assign(key, "王", NOON_MS),
        lambda key: store.cases.say(key, "王", "马上来", NOON_MS),
        lambda key: store.cases.go(key, "李", NOON_MS),
    )
    for number, act in enumerate(acts):
        blow(store, whistle(case_id=bytes([number]) * 16))
        key = (bytes([number]) * 16).hex()
        before = store.cases.get(key)
        assert before is not None
        assert before.waits
        assert not act(key).waits
    blow(store, whistle(state="arrived"))
    come = store.cases.get(KEY)
    assert come is not None
    assert not come.waits
    assert store.cases.waiting() == []


def test_an_older_version_that_comes_late_changes_nothing(store: SqlStore) -> None:
    blow(store, whistle(3, what="quarrel"))
    taken = store.reports.take(WEST, VILLAGE, [whistle(2, what="fever")], NOON_MS)

    case = store.cases.get(KEY)
    assert case is not None
    assert (case.what, taken) == ("quarrel", [(CASE, 2)])


def test_the_same_report_twice_is_one(store: SqlStore) -> None:
    line = Report(b"l" * 16, "case_line", 1, NOON_MS, encode_body(CaseLine(CASE, NOON_MS, "1007", "他醒了")))
    for _ in range(2):
        blow(store, whistle(), line)

    case = store.cases.get(KEY)
    assert case is not None
    assert [(one.from_gate, one.text) for one in store.cases.lines(case)] == [(True, "他醒了")]
    assert store.lists.newest("quick") == 1  # nothing new was told for what came again


def test_remarks_for_the_center_do_not_go_to_the_gate(store: SqlStore) -> None:
    blow(store)
    store.cases.say(KEY, "王", "老病号", NOON_MS + 1, shown=False)

    case = store.cases.get(KEY)
    assert case is not None
    assert case.state == "new"
    assert [one.text for one in store.cases.lines(case)] == ["老病号"]
    assert told(store)[KEY].lines == ()


def test_nobody_sees_the_cases_of_another_branch(store: SqlStore) -> None:
    blow(store)
    blow(store, whistle(case_id=b"e" * 16), station=EAST, branch=OTHER)

    assert [case.station for case in store.cases.open(OTHER)] == [EAST]
    assert len(store.cases.open("district/town")) == 2
    assert store.cases.open("district/town/we") == []
    assert store.cases.count_open(VILLAGE) == {"whistle": 1}


def test_whistles_stand_before_questions(store: SqlStore) -> None:
    store.reports.take(WEST, VILLAGE, [whistle(case_id=b"q" * 16, kind="question")], NOON_MS)
    store.reports.take(WEST, VILLAGE, [whistle()], NOON_MS + 5)

    assert [case.kind for case in store.cases.open()] == ["whistle", "question"]


def test_a_picture_stays_although_a_later_version_has_it_too(store: SqlStore) -> None:
    blow(store, whistle(picture=b"\xff\xd8jpeg"))
    blow(store, whistle(2, picture=b"\xff\xd8jpeg", what="fever"))

    case = store.cases.get(KEY)
    assert case is not None
    assert case.has_picture
    assert store.cases.picture(case) == b"\xff\xd8jpeg"


def test_a_kind_of_a_newer_gate_is_kept_as_it_came_and_understood_later(store: SqlStore) -> None:
    strange = Report(b"s" * 16, "weather\0", 1, NOON_MS, b"\x91\x01")
    broken = Report(b"b" * 16, "duty", 1, NOON_MS, b"\xc1 no MessagePack")

    assert len(store.reports.take(WEST, VILLAGE, [strange, broken, whistle()], NOON_MS)) == 3
    assert store.reports.read("duty", [WEST]) == []
    assert store.reports.type_again(lambda station: VILLAGE, NOON_MS) == 0
    assert len(store.cases.open()) == 1


def test_words_that_a_database_cannot_hold_do_not_stop_a_whistle(store: SqlStore) -> None:
    blow(store, whistle(what="fever\0", person_id="p\0", lane=Lane(gate="西\0门")))

    (case,) = store.cases.open()
    assert (case.what, case.gate) == ("fever", "西门")


def test_what_gates_say_of_tasks_notices_duty_and_shifts_has_typed_rows(store: SqlStore) -> None:
    bodies = {
        "task_done": TaskDone("t1", NOON_MS, "1007"),
        "notice_read": NoticeRead("n1", NOON_MS, "1007"),
        "duty": DutyReport(NOON_MS, ("李",), shift="s1"),
        "handover": HandoverReport(NOON_MS - 1, NOON_MS, outgoing_signed_ms=NOON_MS),
        "lookback": LookbackReport(NOON_MS, "p1", "colour red", passages=2, still_inside=("p1",)),
        "signup": Signup("s1", "李", NOON_MS),
    }
    reports = [
        Report(bytes([place]) * 16, kind, 1, NOON_MS, encode_body(body))
        for place, (kind, body) in enumerate(bodies.items())
    ]
    blow(store, *reports)

    for kind, body in bodies.items():
        assert [one.body for one in store.reports.read(kind, [WEST])] == [body]
    assert [one.body.by for one in store.reports.of("task_done", "task", "t1")] == ["1007"]
    assert [one.body.name for one in store.reports.of("signup", "shift", "s1")] == ["李"]
    with pytest.raises(KeyError):
        store.reports.of("signup", "1 = 1; --", "s1")


def test_a_hotline_s_case_belongs_to_no_gate(store: SqlStore) -> None:
    case = store.cases.begin(VILLAGE, CaseReport("hotline", NOON_MS, title="噪音"), NOON_MS)
    store.cases.say(case.key, "王", "去看看", NOON_MS)

    assert store.cases.open(VILLAGE)[0].said.title == "噪音"
    assert store.lists.newest("quick") == 0


def test_a_case_is_found_by_the_beginning_of_its_key(store: SqlStore) -> None:
    blow(store)

    assert store.cases.get(KEY[:8]) is not None
    assert store.cases.get(KEY[:4]) is None
    assert store.cases.get("zz" * 16) is None
    with pytest.raises(NoCaseError):
        store.cases.say("ff" * 16, "王", "?", NOON_MS)


def test_no_case_of_one_moment_is_skipped_between_two_pages(store: SqlStore) -> None:
    blow(store, *(whistle(case_id=bytes([number]) * 16) for number in range(5)))
    blow(store, *(whistle(case_id=bytes([number]) * 16) for number in range(3)), station=EAST)
    found, before = list[str](), None
    for _ in range(4):
        page = store.cases.all(before=before, most=2)
        found += [case.address for case in page]
        before = page[-1].place

    assert len(set(found)) == len(found) == 8
    assert store.cases.all(before=before) == []
    assert len(store.cases.all(before=Place(NOON_MS + 1))) == 8  # a link of before
    assert store.cases.all(before=Place(NOON_MS)) == []


def test_a_gate_that_uses_another_s_id_takes_no_place_of_its_case(store: SqlStore) -> None:
    east = f"{KEY}-{EAST.hex()}"
    blow(store)
    store.reports.take(EAST, OTHER, [whistle(title="不用管")], NOON_MS + 1)
    store.cases.say(KEY, "王", "马上来", NOON_MS + 2)
    store.reports.take(EAST, OTHER, [whistle(2, state="closed")], NOON_MS + 3)

    case = store.cases.get(KEY)
    assert case is not None
    assert (case.station, case.state) == (WEST, "answered")
    assert [line.text for line in told(store)[KEY].lines] == ["马上来"]
    assert told(store, EAST, OTHER) == {}
    shadow = store.cases.get(east)
    assert shadow is not None
    assert (shadow.station, shadow.state, shadow.address) == (EAST, "closed", east)
    assert store.cases.get(KEY[:8]) == case
    assert store.cases.forget_told(NOON_MS + 4 + TOLD_FOR_MS) == 0  # that one is open still


def test_a_gate_s_case_swallows_no_alarm_of_a_door_sensor(store: SqlStore) -> None:
    need = Need("request", "unwell", "张*强", "不舒服", "")
    blow(store, whistle(kind="request", what="unwell", person_id="p1"))
    with store.database.write() as connection:
        begin_case(connection, PrivateItems(None), VILLAGE, "p1", need, NOON_MS)

    assert [case.station == NO_STATION for case in store.cases.open(VILLAGE)].count(True) == 1


def shift_of(store: SqlStore, branch: str, needed: int = 2) -> str:
    begins = datetime(2030, 1, 1, tzinfo=UTC)
    store.rota.add(branch, "", [(begins, begins + timedelta(hours=8), needed)], "")
    return next(one.key for one in store.rota.all() if one.branch == branch)


def sign_up(number: int, shift: str, name: str, *, leaves: bool = False) -> Report:
    body = encode_body(Signup(shift, name, NOON_MS, leaves))
    return Report(number.to_bytes(16, "big"), "signup", 1, NOON_MS, body)


def names(store: SqlStore, shift: str) -> tuple[str, ...]:
    planned = store.rota.get(shift)
    assert planned is not None
    return planned.item.names


def test_a_gate_signs_up_for_shifts_of_its_branch_and_above_only(store: SqlStore) -> None:
    ours, above, theirs = (shift_of(store, branch) for branch in (VILLAGE, "district", OTHER))
    blow(store, sign_up(0, theirs, "陈"), station=EAST, branch=OTHER)
    blow(store, *(sign_up(number, key, "李") for number, key in enumerate((ours, above, theirs))))
    blow(store, sign_up(3, theirs, "陈", leaves=True))

    assert [names(store, key) for key in (ours, above, theirs)] == [("李",), ("李",), ("陈",)]
    refused = store.reports.refused_signups({WEST}, 0, 9)
    assert [(one.body.shift, one.body.name, why) for one, why in refused] == [
        (theirs, "李", Refusal.ELSEWHERE),
        (theirs, "陈", Refusal.ELSEWHERE),
    ]
    assert store.reports.refused_signups({EAST}, 0, 9) == []


def test_a_gate_cannot_put_thousands_of_names_on_a_shift(store: SqlStore) -> None:
    shift = shift_of(store, VILLAGE)
    reports = [sign_up(number, shift, f"志愿者{number}") for number in range(40)]
    taken = store.reports.take(WEST, VILLAGE, reports, NOON_MS)
    blow(store, sign_up(99, shift, "很长" * 11))
    again = Report(bytes(16), "signup", 2, NOON_MS, encode_body(Signup(shift, "再来", NOON_MS)))
    blow(store, again)

    assert taken == [(report.id, 1) for report in reports]  # the gate does not ask again
    assert len(names(store, shift)) == 2 + RESERVE
    assert len(store.reports.read("signup", [WEST])) == 41  # each of them is kept
    shown = store.reports.refused_signups({WEST}, 0, 30)
    assert len(shown) == 10
    assert {why for _, why in shown} == {Refusal.FULL}
    assert store.reports.refused_signups({WEST}, NOON_MS + 1, 30) == []

    blow(store, *(sign_up(200 + number, shift, f"志愿者{number}", leaves=True) for number in range(3)))
    blow(store, sign_up(300, shift, "陈"))
    assert "陈" in names(store, shift)  # there is room again


def test_gates_are_told_of_closed_cases_for_a_week(store: SqlStore) -> None:
    blow(store)
    store.cases.close(KEY, "王", "", NOON_MS)

    assert store.cases.forget_told(NOON_MS + TOLD_FOR_MS) == 0
    assert store.cases.forget_told(NOON_MS + TOLD_FOR_MS + 1) == 1
    assert told(store) == {}


def test_names_lie_sealed(where: str) -> None:
    store = open_store(where, items_key=ITEMS_KEY)
    blow(store, whistle(about="张*强", title="张伟强不让进"))
    store.cases.say(KEY, "王小明", "让他进", NOON_MS)

    with store.database.read() as connection:
        rows = [
            *connection.rows("SELECT body FROM report"),
            *connection.rows("SELECT words FROM case_file"),
            *connection.rows("SELECT body FROM case_line"),
            *connection.rows("SELECT body FROM item WHERE list = 'case'"),
        ]
    assert len(rows) == 4
    for (kept,) in rows:
        assert bytes(kept).startswith(b"\x01")
        assert not any(word.encode() in bytes(kept) for word in ("张伟强", "王小明", "让他进"))
    case = store.cases.get(KEY)
    assert case is not None
    assert case.said.title == "张伟强不让进"
    store.close()


def test_only_for_names_one_station() -> None:
    assert only_for(WEST) == "@" + WEST.hex()
