"""Hand-over in the journal: two signatures, one change of duty, and no word of a sheet can be changed."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from station.core.audit import Audited
from station.core.checklist import Tick
from station.core.handover import Counts, Party, Sheet
from station.core.moments import to_ms
from station.core.operators import Who
from station.core.override import Role
from station.journal.audit import read
from station.journal.check import check
from station.journal.duties import Comer, Duties, duties_since
from station.journal.duty_log import DutyLog
from station.journal.entries import Journal
from station.journal.handovers import Handovers, read_between
from station.journal.retention_rules import SWEEPS, Kind
from tests.journal.samples import NOON, passage

HOUR = timedelta(hours=1)
GUARD = Who("3003", Role.GUARD)


def sheet(hours: float = 0.0, remark: str = "") -> Sheet:
    began, at = (to_ms(NOON + timedelta(hours=one)) for one in (hours - 8, hours))
    return Sheet(gate="东门", lane="1", began_ms=began, at_ms=at, counts=Counts(passed=7), remark=remark)


def told(journal: Journal) -> list[tuple[str, str]]:
    lines = read(journal.connection, journal.vault, NOON - 9 * HOUR, NOON + 99 * HOUR)
    return [(line.what, line.who) for line in lines]


def test_a_duty_begins_and_ends_with_who_when_and_at_which_lane(journal: Journal) -> None:
    duties = Duties(journal)
    duties.begin(Comer("张伟", GUARD, "2", "shift-1"), NOON)
    found = duties.current()
    assert found is not None
    assert (found.name, found.number, found.lane, found.shift, found.began) == (
        "张伟",
        "3003",
        "2",
        "shift-1",
        NOON,
    )
    duties.end("signed_out", NOON + HOUR)
    assert duties.current() is None
    assert told(journal) == [(Audited.DUTY_BEGUN, "3003"), (Audited.DUTY_ENDED, "3003")]
    ended = read(journal.connection, journal.vault, NOON, NOON + 2 * HOUR)[-1]
    assert dict(ended.facts) == {"lane": "2", "why": "signed_out", "minutes": "60"}


def test_whoever_takes_over_ends_the_former_duty(journal: Journal) -> None:
    duties = Duties(journal)
    duties.begin(Comer("李秀英", lane="1"), NOON)
    duties.begin(Comer("张伟", GUARD, "1"), NOON + HOUR)
    first, second = duties.since(NOON)
    assert (first.ended, second.ended) == (NOON + HOUR, None)
    assert duties.names() == ("李秀英",), "whoever has a number is offered by it"


def test_a_clock_that_was_set_back_ends_no_duty_before_it_began(journal: Journal) -> None:
    Duties(journal).begin(Comer("李秀英"), NOON)
    Duties(journal).end("signed_out", NOON - HOUR)
    (duty,) = Duties(journal).since(NOON)
    assert duty.ended == duty.began


def test_one_signature_alone_waits_for_the_incoming(journal: Journal) -> None:
    sheets = Handovers(journal)
    sheets.hand_over(sheet(), GUARD, "张伟", NOON)
    waiting = sheets.waiting()
    assert waiting is not None
    assert (waiting.signed(Party.OUT), waiting.signed(Party.IN)) != (None, None)
    assert sheets.last_taken() is None
    sheets.take_over(waiting, Comer("李秀英", lane="1"), NOON + HOUR)
    assert sheets.waiting() is None
    taken, duty = sheets.last_taken(), Duties(journal).current()
    assert taken
    assert duty
    assert (taken.at, taken.genuine, duty.name) == (NOON, True, "李秀英")
    assert [one[0] for one in told(journal)] == ["handed_over", "took_over", "duty_begun"]


def test_nobody_takes_over_twice_on_one_sheet(journal: Journal) -> None:
    sheets = Handovers(journal)
    sheets.hand_over(sheet(), GUARD, "张伟", NOON)
    waiting = sheets.waiting()
    assert waiting
    sheets.take_over(waiting, Comer("李秀英"), NOON)
    again = "INSERT INTO handover_sign SELECT handover, 'in', 0, '', sealed, audit FROM handover_sign"
    with pytest.raises(sqlite3.IntegrityError):
        journal.connection.execute(again)


def test_a_newer_sheet_takes_the_place_of_one_that_nobody_took_over(journal: Journal) -> None:
    sheets = Handovers(journal)
    sheets.hand_over(sheet(), GUARD, "张伟", NOON)
    sheets.hand_over(sheet(1), Who(), "", NOON + HOUR)
    waiting = sheets.waiting()
    assert waiting is not None
    absent = waiting.signed(Party.OUT)
    assert absent is not None
    assert absent.absent, "nobody was there who could have signed"
    assert [one.waits for one in sheets.between(NOON, NOON + 2 * HOUR)] == [True, True]


def test_a_sheet_that_somebody_else_changed_is_not_genuine(journal: Journal) -> None:
    sheets = Handovers(journal)
    first = sheets.hand_over(sheet(remark="甲"), GUARD, "张伟", NOON)
    connection = journal.connection
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute("UPDATE handover SET at_ms = 0")
    connection.execute("DROP TRIGGER handover_is_never_changed")
    forged = journal.vault.seal(b"", f"handover/{first}".encode())
    from station.core.handover import encode
    from station.journal.chain import commitment

    forged = journal.vault.seal(encode(sheet(remark="乙")), f"handover/{first}".encode())
    connection.execute("UPDATE handover SET sealed = ?, commitment = ?", (forged, commitment(b"", forged)))
    found = sheets.find(first)
    assert found is not None
    assert not found.genuine, "the salt is not what it was bound with"
    connection.execute("UPDATE handover SET salt = x''")
    found = sheets.find(first)
    assert found is not None
    assert not found.genuine, "the audit says which sheet was signed"


def test_names_and_remarks_are_sealed_and_the_journal_verifies(journal: Journal, folder: Path) -> None:
    sheets = Handovers(journal)
    journal.append(passage(), None)
    sheets.hand_over(sheet(remark="陈奶奶的药"), Who(), "欧阳建国", NOON)
    waiting = sheets.waiting()
    assert waiting
    sheets.take_over(waiting, Comer("阿依古丽", lane="1"), NOON)
    raw = b"".join(file.read_bytes() for file in folder.glob("journal.db*"))
    for name in ("陈奶奶", "欧阳建国", "阿依古丽"):
        assert name.encode() not in raw
    report = check(folder)
    assert report.ok, report.damages
    assert report.audited == 3
    (kept,) = read_between(folder, NOON - HOUR, NOON + HOUR)
    assert (kept.sheet.remark, kept.genuine) == ("陈奶奶的药", True)
    assert [one.name for one in duties_since(folder, NOON)] == ["阿依古丽"]


def test_ticks_incidents_and_where_somebody_was_sent_are_kept(journal: Journal) -> None:
    log = DutyLog(journal.connection)
    for done in (True, False):
        log.tick(Tick("open", "mask", NOON, done, "3003", 1))
    assert [one.done for one in log.ticks(NOON)] == [True, False]
    assert log.ticks(NOON + HOUR) == []
    lost = log.happened("device", "camera usb", NOON)
    log.over(lost, NOON + HOUR)
    log.over(lost, NOON + 2 * HOUR)
    assert [(one.subject, one.ended_ms) for one in log.incidents(NOON)] == [
        ("camera usb", to_ms(NOON + HOUR))
    ]
    log.sent(b"x" * 16, "home", NOON, "")
    log.sent(b"x" * 16, "clinic", NOON, "3003")
    assert log.places([b"x" * 16, b"y" * 16]) == {b"x" * 16: "clinic"}


def test_old_sheets_names_and_duties_are_erased_and_the_audit_still_verifies(
    journal: Journal, folder: Path
) -> None:
    sheets = Handovers(journal)
    for days in (40, 1):
        at = NOON - timedelta(days=days)
        sheets.hand_over(sheet(), Who(), "欧阳建国", at)
        waiting = sheets.waiting()
        assert waiting
        sheets.take_over(waiting, Comer("李秀英"), at)
    Duties(journal).end("signed_out", NOON)
    before = to_ms(NOON - timedelta(days=30))
    for sweep in SWEEPS:
        if sweep.kind is Kind.DUTY:
            bounds = {"after": sweep.least, "upto": sweep.most, "before": before}
            journal.connection.execute(sweep.act, bounds)
    kept = sheets.between(NOON - timedelta(days=99), NOON)
    assert [(one.at, len(one.signatures), one.genuine) for one in kept] == [
        (NOON - timedelta(days=1), 2, True)
    ]
    assert len(Duties(journal).since(NOON - timedelta(days=99))) == 2, "the first lasted until yesterday"
    assert check(folder).ok
