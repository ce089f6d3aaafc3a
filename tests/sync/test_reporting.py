"""Reports go up whatever happens on the way, at once if somebody calls for help; none holds others up."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import msgspec
import pytest

from station.core.contact import Trouble
from station.journal.reports import Reports, is_waiting, new_id, to_send
from station.sync.backoff import Backoff
from station.sync.client import ContactError
from station.sync.clock import ClockWatch
from station.sync.downlink import Place
from station.sync.reporting import ASIDE_S, URGENT_RETRY_S, ReportTalk
from station.sync.reports import MOST_PICTURE_BYTES, CaseReport, Kind, Report, TaskDone
from tests.sync.district import District, district

WHISTLE = CaseReport("whistle", 1_648_800_000_000)


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[District]:
    with district(tmp_path) as found:
        found.enrol()
        yield found


def reporting(gate: District, send: Any = None) -> ReportTalk:
    watch, reports = ClockWatch(), Reports(gate.journal)
    return ReportTalk(
        lambda: to_send(gate.journal.connection, gate.journal.vault),
        send or gate.calls(watch).report,
        reports.heard,
        Backoff(lambda: 1.0),
        gate.desk(watch),
    )


def tell(gate: District, count: int = 1, kind: str = Kind.TASK_DONE, body: Any = None) -> list[bytes]:
    ids = [new_id() for _ in range(count)]
    for one in ids:
        Reports(gate.journal).put(kind, one, body or TaskDone(one.hex(), 0), gate.clock.now())
        gate.clock.move(0.001)
    return ids


def turns(talk: ReportTalk, most: int = 20) -> float:
    for _ in range(most):
        if (wait := talk.turn()) > 0:
            return wait
    raise AssertionError("it never ends")


def waits(gate: District) -> bool:
    return is_waiting(gate.journal.connection)


def kept(gate: District) -> int:
    return len(gate.center.store.reports.read("task_done", [gate.station]))


def test_more_than_one_request_may_hold_goes_up_in_several(gate: District) -> None:
    tell(gate, 120)
    turns(reporting(gate))

    assert not waits(gate)
    assert kept(gate) == 120


def test_a_whistle_overtakes_what_waits(gate: District) -> None:
    tell(gate, 60)
    (case,) = tell(gate, 1, Kind.CASE, WHISTLE)
    Reports(gate.journal).put(Kind.CASE, case, WHISTLE, gate.clock.now(), is_open=True)

    assert to_send(gate.journal.connection, gate.journal.vault)[0].id == case


def test_a_whistle_is_tried_every_few_seconds_and_other_things_more_patiently(gate: District) -> None:
    gate.road.closed = httpx2.ConnectError("no route")
    patient, urgent = reporting(gate), reporting(gate)
    tell(gate)
    for _ in range(6):
        patient.turn()
        patient.hurry()
    patient.turn()
    tell(gate, 1, Kind.CASE, WHISTLE)
    for _ in range(6):
        urgent.turn()
        urgent.hurry()
    urgent.turn()

    assert patient._due - gate.clock.monotonic() > URGENT_RETRY_S
    assert urgent._due - gate.clock.monotonic() <= URGENT_RETRY_S


def test_a_whistle_with_a_picture_gets_through_on_a_line_of_2g_and_all_that_waits_behind_it(
    gate: District,
) -> None:
    gate.road.slow, gate.road.bytes_per_s = gate.clock.move, 2500.0  # 20 kbit/s
    case = new_id()
    seen = CaseReport("whistle", 1_648_800_000_000, picture=random.Random(1).randbytes(MOST_PICTURE_BYTES))
    Reports(gate.journal).put(Kind.CASE, case, seen, gate.clock.now(), is_open=True)
    tell(gate)

    talk = reporting(gate)
    for _ in range(10):
        gate.clock.move(talk.turn())

    assert not waits(gate)
    assert kept(gate) == 1


def seen(size: int = MOST_PICTURE_BYTES, what: str = "fainted") -> CaseReport:
    return CaseReport("whistle", 1_648_800_000_000, what=what, picture=random.Random(1).randbytes(size))


def put(gate: District, case: bytes, body: CaseReport) -> None:
    Reports(gate.journal).put(Kind.CASE, case, body, gate.clock.now(), is_open=True)


def test_the_words_of_a_whistle_reach_the_center_before_its_picture(gate: District) -> None:
    """A picture of 100 kB takes a minute on a line of 2G, and more on one that is dead."""
    gate.road.slow, gate.road.bytes_per_s = gate.clock.move, 2500.0
    case, at = new_id(), gate.clock.monotonic()
    put(gate, case, WHISTLE)
    put(gate, case, seen())
    talk = reporting(gate)
    talk.turn()

    (known,) = gate.center.store.cases.open()
    assert gate.clock.monotonic() - at < 2.0
    assert (known.what, known.has_picture, waits(gate)) == ("fainted", False, True)

    turns(talk)
    (known,) = gate.center.store.cases.open()
    assert (known.what, known.has_picture, waits(gate)) == ("fainted", True, False)
    assert gate.center.store.cases.picture(known) == seen().picture


def test_somebody_has_come_and_the_picture_that_is_at_the_center_stays_there(gate: District) -> None:
    case, talk = new_id(), reporting(gate)
    put(gate, case, WHISTLE)
    put(gate, case, seen())
    turns(talk)
    Reports(gate.journal).put(
        Kind.CASE, case, msgspec.structs.replace(seen(), state="arrived"), gate.clock.now(), is_open=True
    )
    talk.turn()

    (known,) = gate.center.store.cases.open()
    assert (known.state, waits(gate)) == ("arrived", False)
    assert gate.center.store.cases.picture(known) == seen().picture


def test_a_whistle_whose_answer_was_lost_is_said_in_full_before_its_picture_goes(gate: District) -> None:
    """The center has the first words already, and passes over what comes again under their number."""
    case = new_id()
    put(gate, case, WHISTLE)
    gate.calls(ClockWatch()).report(tuple(to_send(gate.journal.connection, gate.journal.vault)))
    put(gate, case, seen())
    reporting(gate).turn()

    (known,) = gate.center.store.cases.open()
    assert (known.what, known.has_picture) == ("fainted", False)


def test_what_else_is_told_does_not_wait_for_a_picture_that_does_not_come_through(gate: District) -> None:
    asked: list[list[int]] = []
    calls = gate.calls(ClockWatch())

    def send(reports: tuple[Report, ...]) -> Any:
        asked.append([len(one.body) > MOST_PICTURE_BYTES for one in reports])
        if any(asked[-1]):
            raise ContactError(Trouble.NO_ANSWER, "dead")
        return calls.report(reports)

    case = new_id()
    put(gate, case, WHISTLE)
    put(gate, case, seen())
    tell(gate, 3)
    talk = reporting(gate, send)
    for _ in range(6):
        talk.turn()
        talk.hurry()

    assert kept(gate) == 3
    assert [one.has_picture for one in gate.center.store.cases.open()] == [False]
    assert asked[-1] == [True]


def test_a_whistle_does_not_travel_with_all_that_waits_since_yesterday(gate: District) -> None:
    tell(gate, 40)
    case = new_id()
    put(gate, case, WHISTLE)
    together: list[int] = []
    calls = gate.calls(ClockWatch())

    def send(reports: tuple[Report, ...]) -> Any:
        together.append(len(reports))
        return calls.report(reports)

    turns(reporting(gate, send))

    assert together == [1, 40]


def pictures(gate: District, count: int) -> None:
    """Of earlier whistles, whose words are at the center."""
    for _ in range(count):
        put(gate, new_id(), seen())
        reporting(gate).turn()
        gate.clock.move(0.001)


def test_a_whistle_does_not_wait_for_the_pictures_of_three_whistles_of_before(gate: District) -> None:
    """They filled what one request may hold, and it was not even looked at until they had gone."""
    pictures(gate, 3)
    put(gate, new_id(), WHISTLE)
    reporting(gate).turn()

    assert [one.has_picture for one in gate.center.store.cases.open()] == [False] * 4


def test_pictures_that_the_center_does_not_take_hold_no_whistle_up(gate: District) -> None:
    """While they were put aside nothing else was told for five minutes."""
    pictures(gate, 3)
    talk = reporting(gate)
    gate.road.answer = httpx2.Response(408, content=b'{"problem":"late"}')
    for _ in range(3):
        talk.turn()
    gate.road.answer = None
    put(gate, new_id(), WHISTLE)
    tell(gate)
    turns(talk)

    assert (len(gate.center.store.cases.open()), kept(gate)) == (4, 1)


def test_a_whistle_that_goes_by_itself_after_a_refusal_goes_before_a_picture(gate: District) -> None:
    """Something it went with was not taken: a picture was tried first, for more than a minute."""
    pictures(gate, 1)
    for _ in range(2):
        put(gate, new_id(), WHISTLE)
    talk = reporting(gate)
    gate.road.answer = httpx2.Response(500, content=b'{"problem":"fault"}')
    talk.turn()
    gate.road.answer = None
    gate.clock.move(URGENT_RETRY_S)
    talk.turn()

    assert [one.has_picture for one in gate.center.store.cases.open()] == [False] * 2


def test_that_help_has_come_is_told_while_the_picture_of_its_case_is_put_aside(gate: District) -> None:
    """On a line below 13 kbit/s the center gives a picture up; of its case nothing was told for 5 min."""
    case, talk = new_id(), reporting(gate)
    put(gate, case, seen())
    talk.turn()
    gate.road.answer = httpx2.Response(408, content=b'{"problem":"late"}')
    talk.turn()
    gate.road.answer = None
    put(gate, case, msgspec.structs.replace(seen(), state="arrived"))
    talk.turn()

    (known,) = gate.center.store.cases.open()
    assert (known.state, known.has_picture) == ("arrived", False)


def test_what_the_answer_was_lost_of_is_sent_again_and_is_one_at_the_center(gate: District) -> None:
    tell(gate)
    watch = ClockWatch()
    calls = gate.calls(watch)
    calls.report(tuple(to_send(gate.journal.connection, gate.journal.vault)))  # the answer never came
    assert waits(gate)
    turns(reporting(gate))

    assert (waits(gate), kept(gate)) == (False, 1)


def test_a_change_while_it_was_on_its_way_goes_up_too(gate: District) -> None:
    (one,) = tell(gate)
    reports = Reports(gate.journal)
    sent = to_send(gate.journal.connection, gate.journal.vault)
    reports.put(Kind.TASK_DONE, one, TaskDone("t", 0, done=False), gate.clock.now())
    reports.sent([(report.id, report.version) for report in sent])

    assert [report.version for report in to_send(gate.journal.connection, gate.journal.vault)] == [2]


def test_one_report_that_the_center_cannot_take_holds_no_other_up(gate: District) -> None:
    bad, *_ = tell(gate, 3)
    calls = gate.calls(ClockWatch())

    def send(reports: tuple[Report, ...]) -> Any:
        if any(report.id == bad for report in reports):
            gate.road.answer = httpx2.Response(500, content=b'{"problem":"fault"}')
        try:
            return calls.report(reports)
        finally:
            gate.road.answer = None

    talk = reporting(gate, send)
    for _ in range(8):
        talk.turn()
        talk.hurry()

    assert kept(gate) == 2
    assert [report.id for report in to_send(gate.journal.connection, gate.journal.vault)] == [bad]
    gate.clock.move(ASIDE_S + 1)
    assert talk.turn() >= 0


@pytest.mark.parametrize(
    ("status", "headers"),
    [(502, {}), (503, {"Retry-After": "300"}), (504, {})],
    ids=["away", "later", "late"],
)
def test_a_whistle_that_a_proxy_answered_while_its_center_was_started_anew_is_soon_blown_again(
    status: int, headers: dict[str, str], gate: District
) -> None:
    """It was put aside for five minutes, as if the center did not take it, or had asked for patience."""
    talk = reporting(gate)
    tell(gate, 1, Kind.CASE, WHISTLE)
    gate.road.answer = httpx2.Response(status, headers=headers, content=b"<html>Bad Gateway</html>")
    for _ in range(3):
        talk.turn()
        gate.clock.move(URGENT_RETRY_S)
    gate.road.answer = None

    talk.turn()

    assert not waits(gate)


@pytest.mark.parametrize("kind", [Kind.TASK_DONE, Kind.CASE])
def test_a_whistle_goes_out_beside_a_report_to_which_a_proxy_has_no_answer(kind: str, gate: District) -> None:
    """Whatever the center meets in it: a proxy before it says 502, and all waited behind that for ever."""
    calls = gate.calls(ClockWatch())
    (bad,) = tell(gate, 1, kind, WHISTLE if kind == Kind.CASE else None)
    tell(gate, 1, Kind.CASE, CaseReport("another", 1_648_800_000_000))
    tell(gate, 2)

    def send(reports: tuple[Report, ...]) -> Any:
        broken = any(report.id == bad for report in reports)
        gate.road.answer = httpx2.Response(502, content=b"<html>Bad Gateway</html>") if broken else None
        return calls.report(reports)

    talk = reporting(gate, send)
    for _ in range(12):
        talk.turn()
        gate.clock.move(URGENT_RETRY_S)

    waiting = to_send(gate.journal.connection, gate.journal.vault)
    assert [report.id for report in waiting] == [bad]


def test_the_same_thing_said_twice_is_one_report(gate: District) -> None:
    reports = Reports(gate.journal)
    for _ in range(2):
        reports.put_named(Kind.TASK_DONE, "t1", TaskDone("t1", 5), gate.clock.now())

    assert [report.version for report in to_send(gate.journal.connection, gate.journal.vault)] == [1]


def test_an_answer_comes_down_to_the_gate_that_asked(gate: District) -> None:
    (case,) = tell(gate, 1, Kind.CASE, WHISTLE)
    turns(reporting(gate))
    gate.center.store.cases.say(case.hex(), "王", "马上来", gate.center.clocks.ms)
    down, query = gate.down(), "SELECT key FROM center_item WHERE list = 'case'"
    for _ in range(3):  # and no further: then it waits for more
        if gate.journal.connection.execute(query).fetchone():
            break
        down.turn()

    assert gate.journal.connection.execute(query).fetchone() == (case.hex(),)
    assert gate.place("quick") != Place(b"", 0)
