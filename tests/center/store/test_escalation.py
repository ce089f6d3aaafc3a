"""Nobody answers a whistle: the next branch up is asked, then the one above it; an answer ends that."""

from __future__ import annotations

import pytest

from center.escalation import waits_ms, wanted
from center.rounds import Rounds, Step
from center.scope import EVERYWHERE
from center.store import SqlStore
from center.store.escalations import BY_ITSELF, Escalations
from station.sync.reports import CaseReport, Report, encode_body

NOON_MS = 1_795_348_800_000
VILLAGE = "district/town/village"


def whistle(store: SqlStore, now_ms: int = 0) -> bytes:
    return store.cases.begin(VILLAGE, CaseReport("whistle", now_ms, "fever"), now_ms).id


def reached(store: SqlStore, case_id: bytes) -> list[str]:
    return [branch for branch, _ in store.escalations.of(bytes(16), case_id)]


@pytest.mark.parametrize(
    ("minutes", "branches"),
    [
        (0, []),
        (2.9, []),
        (3, ["district/town"]),
        (6, ["district/town", "district"]),
        (99, ["district/town", "district", ""]),
    ],
)
def test_a_whistle_goes_one_level_up_every_three_minutes(minutes: float, branches: list[str]) -> None:
    assert wanted("whistle", VILLAGE, int(minutes * 60_000)) == branches


def test_a_kind_of_a_newer_gate_waits_an_hour() -> None:
    assert waits_ms("flood") == 3600_000


def test_what_belongs_to_everybody_goes_nowhere() -> None:
    assert wanted("whistle", "", 10**9) == []


def test_nobody_acts_and_each_level_is_told_once(store: SqlStore) -> None:
    case = whistle(store)
    for minute in (1, 3, 3.1, 6):
        store.escalations.step(int(minute * 60_000))
    assert reached(store, case) == ["district/town", "district"]


def test_a_step_is_noted_once_and_tells_how_many_were_made(store: SqlStore) -> None:
    case = whistle(store, NOON_MS)
    assert [store.escalations.step(NOON_MS + minute * 60_000) for minute in (2, 3, 4, 9)] == [0, 1, 0, 2]

    notes = [note for note in store.audit.latest(EVERYWHERE) if note.who == BY_ITSELF]
    assert sorted(note.branch for note in notes) == ["", "district", "district/town"]
    assert {note.about for note in notes} == {case.hex()}
    assert store.escalations.newest() == {(bytes(16), case): ""}


def test_a_whistle_goes_up_though_the_centers_clock_was_set_back(store: SqlStore) -> None:
    mono = 0.0
    escalations = Escalations(store.database, store.cases, lambda: mono)
    case = whistle(store, NOON_MS + 3600_000)  # an hour ahead
    escalations.step(NOON_MS)
    for mono in (100.0, 179.0):
        escalations.step(NOON_MS + int(mono) * 1000)
    assert reached(store, case) == []
    mono = 180.0
    escalations.step(NOON_MS + 180_000)
    assert reached(store, case) == ["district/town"]


def test_a_case_that_somebody_took_stays_where_it_is(store: SqlStore) -> None:
    case = whistle(store)
    store.cases.assign(case.hex(), "duty", 1000)
    store.escalations.step(10**9)
    assert reached(store, case) == []


def test_a_whistle_that_was_taken_and_given_back_is_nobodys_again_and_goes_up(store: SqlStore) -> None:
    case = whistle(store)
    store.cases.assign(case.hex(), "duty", 1000)
    store.cases.assign(case.hex(), "", 2000)
    store.escalations.step(3 * 60_000)
    assert reached(store, case) == ["district/town"]


def test_a_question_that_was_answered_and_then_given_back_was_answered(store: SqlStore) -> None:
    case = whistle(store)
    store.cases.assign(case.hex(), "duty", 1000)
    store.cases.say(case.hex(), "duty", "请先登记", 1500)
    store.cases.assign(case.hex(), "", 2000)
    store.escalations.step(10**9)
    assert reached(store, case) == []


def test_a_whistle_whose_gate_says_that_somebody_has_come_goes_no_further(store: SqlStore) -> None:
    station, case = b"s" * 16, b"c" * 16
    for version, state in ((1, "open"), (2, "arrived")):
        body = encode_body(CaseReport("whistle", 0, "fever", state=state, arrived_ms=version))
        store.reports.take(station, VILLAGE, (Report(case, "case", version, 0, body),), version)
    store.escalations.step(10**9)
    assert store.escalations.of(station, case) == []


def test_a_closed_case_stays_closed(store: SqlStore) -> None:
    case = whistle(store)
    store.cases.close(case.hex(), "duty", "误会", 1000)
    assert store.escalations.step(10**9) == 0


def test_one_step_that_fails_holds_up_no_other(store: SqlStore, caplog: pytest.LogCaptureFixture) -> None:
    done: list[int] = []

    def broken(_store: SqlStore, _now_ms: int) -> None:
        raise RuntimeError("姓名")

    steps = (Step("broken", 1000, broken), Step("good", 1000, lambda _store, ms: done.append(ms)))
    clock = iter([0, 500, 1500, 100])
    rounds = Rounds(store, lambda: next(clock), steps)
    for _ in range(4):
        rounds.step()
    assert done == [0, 1500, 100]  # the clock was set back at the end
    assert len(caplog.records) == 1
    assert "姓名" not in caplog.text


def test_a_cry_for_help_goes_up_however_many_older_ones_somebody_has_taken(store: SqlStore) -> None:
    for number in range(5001):
        store.cases.begin(VILLAGE, CaseReport("whistle", 0, "fever"), number)
    with store.database.write() as connection:
        connection.run("UPDATE case_file SET owner = 'duty'")
    case = whistle(store, 10_000)
    store.escalations.step(10_000 + 3 * 60_000)

    assert reached(store, case) == ["district/town"]


def test_what_closed_cases_of_years_had_reached_is_not_read_every_five_seconds(store: SqlStore) -> None:
    over, waits = whistle(store, NOON_MS), whistle(store, NOON_MS)
    store.escalations.step(NOON_MS + 3 * 60_000)
    store.cases.close(over.hex(), "王", "", NOON_MS + 4 * 60_000)

    assert store.escalations.newest() == {(bytes(16), waits): "district/town"}
    assert store.escalations.step(NOON_MS + 5 * 60_000) == 0
    assert reached(store, over) == ["district/town"]  # its own page says so still
