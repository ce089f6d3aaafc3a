"""Each kind of deed is on record in the chain: what it names, and that it is never only in a log."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import msgspec
import pytest

from station.clock_on_record import watching_clock
from station.core.audit import Audited, Line
from station.core.model import Severity
from station.core.operators import NOBODY, Who
from station.core.outcome import ClockWarning
from station.core.override import Role
from station.duty_office import DutyOffice
from station.journal import recovery
from station.journal.audit import read, read_audit
from station.journal.batches import Batches
from station.journal.check import check
from station.journal.connection import folder_of
from station.journal.entries import Journal
from station.journal.operators import Operators
from station.journal.people import People
from station.journal.pins import Cost
from station.journal.salvage import salvage
from tests.journal import kept
from tests.journal.given import enrol
from tests.journal.samples import NOON, correction, open_journal, passage
from tests.journal.test_people_import import LIST, bring_in

ADMIN, GUARD = Who("1001", Role.ADMIN), "3003"
TESTS = Path(__file__).parent.parent


def _staff(journal: Journal) -> Operators:
    operators = Operators(journal, now=lambda: NOON, cost=Cost(64, 1))
    operators.add("1001", "王建国", Role.ADMIN, "730518")
    operators.add(GUARD, "赵刚", Role.GUARD, "583114", by=ADMIN)
    return operators


def _people(journal: Journal) -> None:
    People(journal).add([kept.person(journal)], as_of=NOON, by="1001")


def _undo(journal: Journal) -> None:
    batch = People(journal).add([kept.person(journal)], as_of=NOON, by="1001")
    Batches(journal).undo(batch, now=NOON, by="1001")


def _clock(journal: Journal) -> None:
    watching_clock(journal, lambda outcome: None, lambda: NOON)(ClockWarning(7200.0))


def _salvaged(journal: Journal) -> None:
    """Of the journal that came out, by way of its folder."""
    journal.append(passage())
    folder = folder_of(journal.connection)
    saved = folder.with_name("saved")
    salvage(folder, saved, now=NOON, fingerprint=lambda path: "this PC")
    assert _in(saved, Audited.SALVAGED)


def _in(folder: Path, what: Audited) -> bool:
    return any(line.what == what for line in read_audit(folder, NOON - kept.DAY, NOON + kept.DAY))


def test_a_salvaged_journal_says_so_first(folder: Path) -> None:
    with open_journal(folder) as journal:
        _salvaged(journal)


def _settings(journal: Journal) -> None:
    office = SimpleNamespace(_journal=lambda: journal)
    DutyOffice.settings_changed(cast("DutyOffice", office), ["gate", "theme"])


def _override(journal: Journal) -> None:
    new = correction(journal.append(passage()).entry, Severity.STOP)
    journal.append(msgspec.structs.replace(new, override="papers_seen", operator="1001", role="admin"))


DEEDS: dict[Audited, Callable[[Journal], object]] = {
    Audited.SIGNED_IN: lambda journal: _staff(journal).sign_in("1001", "730518"),
    Audited.SIGNED_OUT: lambda journal: _staff(journal).sign_out(ADMIN),
    Audited.SIGN_IN_FAILED: lambda journal: _staff(journal).sign_in("1001", "000000"),
    Audited.OPERATOR_ADDED: _staff,
    Audited.OPERATOR_CHANGED: lambda journal: _staff(journal).change(GUARD, "赵刚", Role.VOLUNTEER, by=ADMIN),
    Audited.OPERATOR_REMOVED: lambda journal: _staff(journal).remove(GUARD, by=ADMIN),
    Audited.PIN_CHANGED: lambda journal: _staff(journal).change_pin(GUARD, "694217"),
    Audited.PIN_RESET: lambda journal: _staff(journal).reset_pin(GUARD, "694217", by=ADMIN),
    Audited.RECOVERY_MADE: lambda journal: recovery.new_key(journal, by=ADMIN, now=NOON),
    Audited.RECOVERY_USED: lambda journal: _staff(journal).restore("1001", "846291"),
    Audited.OVERRIDE: _override,
    Audited.CLOCK_BACK: _clock,
    Audited.SETTINGS: _settings,
    Audited.ENROLLED: enrol,
    Audited.PEOPLE_CHANGED: _people,
    Audited.PEOPLE_IMPORTED: lambda journal: bring_in(journal, LIST),
    Audited.IMPORT_UNDONE: _undo,
}
# About whom or what, where it is somebody's or something's.
NAMED = {
    Audited.PIN_CHANGED: GUARD, Audited.PIN_RESET: GUARD, Audited.OPERATOR_REMOVED: GUARD,
    Audited.OPERATOR_CHANGED: GUARD, Audited.RECOVERY_USED: "1001", Audited.PEOPLE_CHANGED: "batch/1",
}  # fmt: skip
# Who answers, where the record names another than the admin.
BY = {Audited.PIN_CHANGED: GUARD, Audited.RECOVERY_USED: ""}


def _told(journal: Journal, what: Audited) -> list[Line]:
    lines = read(journal.connection, journal.vault, NOON - kept.DAY, NOON + 20_000 * kept.DAY)
    return [line for line in lines if line.what == what]


@pytest.mark.parametrize("what", DEEDS)
def test_it_is_on_record_once_it_was_done(folder: Path, what: Audited) -> None:
    with open_journal(folder) as journal:
        assert _told(journal, what) == []
        DEEDS[what](journal)
        line = _told(journal, what)[-1]
        assert line.genuine
        if what in NAMED:
            assert line.subject == NAMED[what]
        if what in BY:
            assert line.who == BY[what]
        secrets = (*kept.PLAIN, "王建国".encode(), "赵刚".encode(), b"730518", b"694217")
        records = b"".join(one for (one,) in journal.connection.execute("SELECT record FROM audit"))
        assert [one for one in secrets if one in records] == [], "a record never names people"
    assert check(folder).ok


def test_no_kind_of_deed_is_without_a_test() -> None:
    """What needs more of a gate than its journal is tested there: by its name or its word."""
    words = "\n".join(path.read_text("utf-8") for path in TESTS.rglob("test_*.py") if path != Path(__file__))
    missing = [
        what
        for what in Audited
        if what not in (*DEEDS, Audited.SALVAGED)
        and not re.search(rf"Audited\.{what.name}\b|\"{what.value}\"", words)
    ]
    assert missing == []


def test_before_anybody_has_a_pin_nobody_answers(journal: Journal) -> None:
    recovery.new_key(journal, by=NOBODY, now=NOON)
    assert _told(journal, Audited.RECOVERY_MADE)[0].who == ""
