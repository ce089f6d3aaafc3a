"""A center that was older than its gates kept what it did not understand; a newer program understands it."""

from __future__ import annotations

import pytest

from center.rounds import STEPS, Rounds
from center.store import SqlStore
from station.sync.reports import BODIES, CaseReport, DutyReport, Kind, Report, encode_body
from tests.center.gate import NOON_MS

WEST, VILLAGE = b"w" * 16, "district/town/village"
MANY = 450  # more than are read at once


def taken_by_an_older_program(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch, kind: Kind, *reports: Report
) -> None:
    with monkeypatch.context() as older:
        older.delitem(BODIES, kind)
        store.reports.take(WEST, VILLAGE, reports, NOON_MS)


def test_the_rounds_of_a_newer_center_understand_it(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    body = encode_body(DutyReport(NOON_MS, ("李",)))
    duties = [Report(number.to_bytes(16, "big"), "duty", 1, NOON_MS, body) for number in range(MANY)]
    taken_by_an_older_program(store, monkeypatch, Kind.DUTY, *duties)
    assert store.reports.read("duty", [WEST]) == []

    Rounds(store, lambda: NOON_MS, STEPS).step()

    assert len(store.reports.read("duty", [WEST])) == MANY


def test_what_nobody_can_read_does_not_stop_what_can_be_read(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = [Report(number.to_bytes(16, "big"), "duty", 1, NOON_MS, b"\xc1") for number in range(MANY)]
    strange = [Report(bytes([number]) * 16, "weather", 1, NOON_MS, b"") for number in range(1, 200)]
    store.reports.take(WEST, VILLAGE, [*broken, *strange], NOON_MS)
    duty = Report(b"\xff" * 16, "duty", 1, NOON_MS, encode_body(DutyReport(NOON_MS)))
    taken_by_an_older_program(store, monkeypatch, Kind.DUTY, duty)

    assert store.reports.type_again(lambda station: VILLAGE, NOON_MS) == 1


def test_a_call_that_was_not_understood_is_a_case_and_its_gate_is_told(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = Report(b"c" * 16, "case", 1, NOON_MS, encode_body(CaseReport("whistle", NOON_MS)))
    taken_by_an_older_program(store, monkeypatch, Kind.CASE, case)
    before = store.lists.newest("quick")

    assert store.reports.type_again(lambda station: VILLAGE, NOON_MS) == 1

    assert [one.branch for one in store.cases.open(VILLAGE)] == [VILLAGE]
    assert store.lists.newest("quick") > before
