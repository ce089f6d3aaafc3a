"""A volunteer calls for help, asks about somebody, and follows what comes of it; killed or offline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from station.cli import main
from station.core.contact import CenterStatus, Link
from station.core.help import HelpKind, Stage
from station.journal.audit import read_audit
from station.journal.outbox import OutboxWriter
from station.journal.reports import is_waiting, read_made
from station.sync.reports import BODIES, MOST_PICTURE_BYTES, CaseReport, decode_body
from tests.calling import NOON, AtTheGate


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[AtTheGate]:
    opened = AtTheGate(tmp_path)
    yield opened
    opened.journal.close()


def test_a_whistle_is_stored_before_it_is_said_and_wakes_the_sync(gate: AtTheGate) -> None:
    case = gate.desk.blow()

    assert is_waiting(gate.journal.connection)
    assert gate.hurried == 1
    (shown,) = gate.pass_time(0.3).helps
    assert (shown.id, shown.kind, shown.stage) == (case, HelpKind.WHISTLE, Stage.SENDING)


def test_offline_it_says_at_once_that_the_whistle_has_not_gone_out(gate: AtTheGate) -> None:
    gate.status = CenterStatus(Link.OFFLINE)
    gate.desk.blow()

    assert gate.pass_time(0.3).helps[0].stage is Stage.NOT_OUT


def test_online_it_says_so_after_three_seconds_without_an_answer(gate: AtTheGate) -> None:
    gate.desk.blow()

    assert gate.pass_time(2).helps[0].stage is Stage.SENDING
    assert gate.pass_time(2).helps[0].stage is Stage.NOT_OUT


def test_a_whistle_is_followed_until_somebody_is_there(gate: AtTheGate) -> None:
    case = gate.desk.blow()
    gate.send()
    assert gate.pass_time().helps[0].stage is Stage.OUT
    gate.answer(case, "马上来", state="answered")
    assert gate.pass_time().helps[0].stage is Stage.SEEN
    gate.answer(case, "马上来", state="going", going="李警官")
    shown = gate.pass_time().helps[0]
    assert (shown.stage, shown.going) == (Stage.GOING, "李警官")
    gate.desk.arrived(case)

    shown = gate.pass_time().helps[0]
    assert (shown.stage, shown.calls) == (Stage.ARRIVED, False)
    (report,) = gate.send()
    body = decode_body(report.body, CaseReport)
    assert (body.state, body.arrived_ms is not None) == ("arrived", True)


def test_what_it_is_for_and_a_picture_follow_after_the_call_is_out(gate: AtTheGate) -> None:
    """Each by itself: a picture takes a minute on a line of 2G."""
    case = gate.desk.blow()
    first = gate.send()
    gate.desk.tell(case, what="fever", picture=b"\xff\xd8" + bytes(MOST_PICTURE_BYTES - 2))
    second, third = gate.send(), gate.send()

    sent = (*first, *second, *third)
    bodies = [decode_body(one.body, CaseReport) for one in sent]
    told = [(body.what, bool(body.picture)) for body in bodies]
    assert told == [("", False), ("fever", False), ("fever", True)]
    assert [one.version for one in sent] == [1, 2, 3]
    assert bodies[0].lane.devices == (("camera", "ready"),)


def test_a_picture_that_is_too_large_does_not_hold_the_call_up(gate: AtTheGate) -> None:
    case = gate.desk.blow()
    gate.desk.tell(case, what="other", picture=b"x" * (MOST_PICTURE_BYTES + 1))

    body = decode_body(gate.send()[0].body, CaseReport)
    assert (body.what, body.picture) == ("other", b"")


def test_a_mistake_is_taken_back_and_gone_from_the_screen(gate: AtTheGate) -> None:
    case = gate.desk.blow()
    gate.desk.withdraw(case)

    assert gate.desk.followed().helps == ()
    assert decode_body(gate.send()[0].body, CaseReport).state == "closed"


def test_an_answer_stays_until_somebody_has_seen_it(gate: AtTheGate) -> None:
    case = gate.desk.ask("not_listed", "住 3-2-501")
    gate.send()
    gate.answer(case, "可以进")

    shown = gate.pass_time().pressing
    assert shown is not None
    assert [line.text for line in shown.said] == ["可以进"]
    gate.desk.seen(case)
    assert gate.pass_time().pressing is None
    gate.answer(case, "可以进", "再看一下身份证")
    again = gate.pass_time().pressing
    assert again is not None
    assert again.said[-1].text == "再看一下身份证"


def test_a_call_goes_out_whatever_is_too_long_about_it(tmp_path: Path) -> None:
    gate = AtTheGate(
        tmp_path / "data",
        place=("东门" * 150, "1" * 300, "in"),
        devices=(("camera rtsp://" + "x" * 300, "ready"),),
    )
    whistle = gate.desk.blow()
    asked = gate.desk.ask("code", "长" * 30_000)
    gate.desk.say(whistle, "长" * 30_000)
    assert {one.id for one in gate.pass_time().helps} == {whistle, asked}
    for one in gate.send():
        decode_body(one.body, BODIES[one.kind])


def test_a_clock_that_was_ahead_for_a_minute_takes_no_whistle_off_the_screen(gate: AtTheGate) -> None:
    whistle = gate.desk.blow()
    gate.send()
    gate.pass_time()
    gate.now += timedelta(days=3)
    gate.pass_time(60)
    gate.now -= timedelta(days=3)
    assert [one.id for one in gate.pass_time(60).helps] == [whistle]


def test_a_line_that_is_too_long_is_refused_before_anybody_believes_that_it_was_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["call", "say", "c0ffee", "长" * 2001, "--data", str(tmp_path)]) == 2
    assert "2000" in capsys.readouterr().err


def test_a_call_of_a_former_program_that_is_too_long_stops_no_gate(gate: AtTheGate) -> None:
    too_long = CaseReport("question", 0, "code", text="长" * 30_000)
    gate.reports.put("case", b"o" * 16, too_long, NOON, is_open=True)
    whistle = gate.desk.blow()
    assert [one.id for one in gate.pass_time().helps] == [whistle]


def test_an_old_answer_that_does_not_open_any_more_silences_no_new_call(gate: AtTheGate) -> None:
    old = gate.desk.ask("code")
    gate.send()
    gate.answer(old, "可以进")
    with gate.journal.connection as connection:
        connection.execute("UPDATE center_item SET sealed = zeroblob(90) WHERE list = 'case'")
    new = gate.desk.blow()
    gate.send()
    here = gate.pass_time()
    assert [(one.id, one.stage) for one in here.helps] == [(new, Stage.OUT), (old, Stage.OUT)]


def test_a_case_that_does_not_open_any_more_silences_no_new_call(tmp_path: Path) -> None:
    before = AtTheGate(tmp_path / "data")
    old = before.desk.ask("code")
    before.journal.close()
    gate = AtTheGate(tmp_path / "data")
    gate.journal.connection.execute(
        "UPDATE report SET sealed = zeroblob(90) WHERE id = ?", [bytes.fromhex(old)]
    )
    new = gate.desk.blow()
    assert [one.id for one in gate.pass_time().helps] == [new]
    assert [one.id.hex() for one in gate.send()] == [new]


def test_a_closed_case_goes_when_it_was_seen(gate: AtTheGate) -> None:
    case = gate.desk.ask("code")
    gate.send()
    gate.answer(case, "是假的", state="closed")
    assert gate.pass_time().pressing is not None
    gate.desk.seen(case)

    assert gate.pass_time().helps == ()


def test_what_was_asked_outlives_a_kill(tmp_path: Path) -> None:
    before = AtTheGate(tmp_path)
    case = before.desk.ask("not_listed")
    before.answer(case, "可以进")
    before.journal.close()  # what a kill leaves is tested with the journal: this is its newest state

    after = AtTheGate(tmp_path)
    shown = after.pass_time().pressing
    assert shown is not None
    assert shown.id == case
    assert [one.id.hex() for one in after.send()] == [case]
    after.journal.close()


def test_a_restored_center_is_told_again(gate: AtTheGate) -> None:
    gate.desk.blow()
    writer = OutboxWriter(gate.journal, lambda: gate.now)
    writer.begin_epoch(b"a" * 16)
    gate.send()
    assert not is_waiting(gate.journal.connection)
    writer.begin_epoch(b"b" * 16)

    assert len(gate.send()) == 1


def test_the_hand_over_sheet_finds_the_whistles_of_a_shift(gate: AtTheGate) -> None:
    gate.desk.blow()
    gate.pass_time(60)
    gate.desk.ask("code")

    made = read_made(
        gate.journal.connection, gate.journal.vault, "case", CaseReport, NOON, NOON + timedelta(hours=8)
    )
    assert [body.kind for _, body in made] == ["whistle", "question"]


def test_a_whistle_is_on_record(gate: AtTheGate, tmp_path: Path) -> None:
    case = gate.desk.blow()
    gate.desk.arrived(case)

    lines = [(line.what, line.subject) for line in read_audit(tmp_path, NOON, NOON + timedelta(hours=1))]
    assert lines[-2:] == [("whistled", case), ("whistle_over", case)]
