"""The audit: written with what it is about, read by day, and every change to it found."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from station.core.audit import Audited, Event, Line
from station.core.operators import Who
from station.core.override import Role
from station.journal import audit
from station.journal.audit import put_on_record, read_audit, signed_by
from station.journal.check import check
from station.journal.connection import transaction
from station.journal.entries import Journal
from tests.journal.samples import NOON, open_journal, passage
from tests.journal.test_policies import rewrite

LI, WANG = Who("2002", Role.VOLUNTEER), Who("1001", Role.ADMIN)
SECRET = "给王建国的女儿查的"


def fill(folder: Path) -> None:
    """Records before, between and after entries, one with a note."""
    with open_journal(folder) as journal:
        put_on_record(journal, Event(Audited.SIGNED_IN, LI, "2002"), NOON)
        journal.append(passage())
        put_on_record(journal, Event(Audited.UNMASKED, WANG, "person-7", (("card", "1"),), SECRET), NOON)
        journal.append(passage())
        put_on_record(journal, Event(Audited.EXPORTED, WANG, "", (("rows", "2"),)), NOON + timedelta(hours=1))


def day(folder: Path) -> list[Line]:
    return read_audit(folder, NOON - timedelta(hours=12), NOON + timedelta(hours=12))


def test_what_was_done_is_read_in_order_and_genuine(folder: Path) -> None:
    fill(folder)
    lines = day(folder)
    assert [(line.what, line.who, line.role, line.entry) for line in lines] == [
        ("signed_in", "2002", "volunteer", 0),
        ("unmasked", "1001", "admin", 1),
        ("exported", "1001", "admin", 2),
    ]
    assert all(line.genuine for line in lines)
    assert lines[1].note == SECRET
    assert SECRET not in repr(lines[1])
    report = check(folder)
    assert report.ok, report.damages
    assert report.audited == 3


def test_whoever_is_on_duty_answers_if_nobody_is_named(journal: Journal, folder: Path) -> None:
    journal.on_duty = lambda: LI
    put_on_record(journal, Event(Audited.SEARCHED), NOON)
    assert day(folder)[0].who == "2002"


def test_a_typed_name_is_sealed_and_a_number_is_not() -> None:
    assert signed_by(" 1001 ", "why") == (Who("1001"), "why")
    assert signed_by("王建国", "why") == (Who(), "王建国\nwhy")


def test_a_record_is_not_there_without_what_it_is_about(journal: Journal, folder: Path) -> None:
    def breaks_off() -> None:
        with transaction(journal.connection):
            audit.write(journal, Event(Audited.PASS_REVOKED, WANG), NOON)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        breaks_off()
    assert day(folder) == []


@pytest.mark.parametrize("table", ["audit", "operator", "recovery"])
def test_nothing_is_changed_or_deleted(folder: Path, table: str) -> None:
    with open_journal(folder) as journal:
        put_on_record(journal, Event(Audited.SEARCHED, LI), NOON)
        from station.journal.recovery import new_key
        from tests.journal.test_operators import Office

        Office(journal).staff()
        new_key(journal, by=WANG, now=NOON)
        for statement in (f"DELETE FROM {table}", f"REPLACE INTO {table} SELECT * FROM {table}"):
            with pytest.raises(sqlite3.IntegrityError):
                journal.connection.execute(statement)


TAMPERED = {
    "the record of another": "UPDATE audit SET record = (SELECT record FROM audit WHERE number = 1),"
    " hash = (SELECT hash FROM audit WHERE number = 1) WHERE number = 2",
    "who it was": "UPDATE audit SET operator = '9999' WHERE number = 2",
    "when it was": "UPDATE audit SET at_ms = at_ms + 86400000 WHERE number = 2",
    "what it was": "UPDATE audit SET kind = 'searched' WHERE number = 2",
    "not there": "DELETE FROM audit WHERE number = 1",
    "signature": "UPDATE audit SET signature = zeroblob(64) WHERE number = 2",
    "bytes": "UPDATE audit SET record = x'00' WHERE number = 2",
    "another note": "UPDATE audit_note SET sealed = zeroblob(60)",
    "swapped": "UPDATE audit SET number = CASE number WHEN 1 THEN 91 WHEN 2 THEN 92 ELSE number END",
}


@pytest.mark.parametrize("statement", TAMPERED.values(), ids=TAMPERED)
def test_a_change_behind_our_back_is_found_and_named(folder: Path, statement: str) -> None:
    fill(folder)
    rewrite(folder, statement)
    damages = [damage.what for damage in check(folder).damages]
    assert any("audit record" in what or "audit_note" in what for what in damages), damages
    day(folder)  # still readable


def test_entries_cut_off_behind_the_audit_are_missed(folder: Path) -> None:
    """What the chain of entries alone cannot see."""
    fill(folder)
    rewrite(folder, "DELETE FROM entry WHERE number = 2")
    assert [damage.what for damage in check(folder).damages] == [
        "audit record 3 knows entry 2, which is not there as it was then"
    ]


def test_an_erased_note_leaves_the_audit_whole(folder: Path) -> None:
    fill(folder)
    with open_journal(folder) as journal:
        journal.connection.execute("DELETE FROM audit_note")
    assert check(folder).ok
    assert day(folder)[1].note == ""


def test_the_audits_end_cut_off_behind_an_entry_is_missed(folder: Path) -> None:
    """Somebody looked where they should not, and takes the last records away."""
    fill(folder)
    with open_journal(folder) as journal:
        named = journal.append(passage()).entry.audit
    assert named is not None
    assert named.number == 3
    rewrite(folder, "DELETE FROM audit WHERE number = 3")

    assert [damage.what for damage in check(folder).damages] == [
        "names audit record 3, which is not there as it was"
    ]


def test_the_audits_end_written_anew_behind_an_entry_is_found(folder: Path) -> None:
    """By somebody who has the station's key, and signs other records."""
    fill(folder)
    with open_journal(folder) as journal:
        journal.append(passage())
    rewrite(folder, "DELETE FROM audit WHERE number = 3")
    with open_journal(folder) as journal:
        put_on_record(journal, Event(Audited.SIGNED_OUT, WANG), NOON)

    assert [damage.what for damage in check(folder).damages] == [
        "names audit record 3, which is not there as it was"
    ]


def test_an_entry_names_the_audit_only_when_it_went_on(folder: Path) -> None:
    with open_journal(folder) as journal:
        assert journal.append(passage()).entry.audit is None, "there is none"
        put_on_record(journal, Event(Audited.SIGNED_IN, LI), NOON)
        first, second = (journal.append(passage()).entry.audit for _ in range(2))
        assert first is not None
        assert (first.number, second) == (1, None)
        put_on_record(journal, Event(Audited.SIGNED_OUT, LI), NOON)
        third = journal.append(passage()).entry.audit
        assert third is not None
        assert third.number == 2
    assert check(folder).ok
