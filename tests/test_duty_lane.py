"""Operators on a whole lane: real journal, real checkpoint. Nobody signed in: nothing is different."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from station.app import Opening, Station
from station.clock_on_record import watching_clock
from station.core.audit import Audited, Line
from station.core.entry import Entry
from station.core.model import Severity, Vouch
from station.core.operators import Refusal, Who
from station.core.outcome import ClockWarning, Outcome
from station.core.override import Override, OverrideReason, Role
from station.equipment import Equipment
from station.exporting import Order, export, exported
from station.journal.audit import read
from station.journal.check import check
from station.journal.pins import Cost
from station.journal.policies import Policies, PolicyEventKind
from station.log_words import LogWords
from station.settings import Settings
from station.signing_in import SigningIn

CHEAP = Cost(64, 1)


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    opening = Opening(tmp_path / "data", Settings(), Equipment(camera=None), alone=True)
    with Station(opening, post=lambda event: None, publish=lambda outcome: None) as station:
        yield station


@pytest.fixture
def signing(station: Station) -> SigningIn:
    signing = SigningIn(lambda: station.journal, cost=CHEAP)
    signing.operators.add("1001", "王建国", Role.ADMIN, "730518")
    signing.operators.add("2002", "李秀英", Role.VOLUNTEER, "4071", by=Who("1001", Role.ADMIN))
    return signing


def by_hand(station: Station) -> Entry:
    """Somebody without a code, measured by hand."""
    station.checkpoint.no_code(Vouch.STRANGER)
    station.checkpoint.temperature_by_hand(36.4)
    return station.last_entries()[0].entry


def told(station: Station) -> list[Line]:
    now, day = datetime.now(UTC), timedelta(days=1)
    return read(station.journal.connection, station.journal.vault, now - day, now + day)


def test_nobody_signed_in_and_the_gate_records(station: Station, signing: SigningIn) -> None:
    assert by_hand(station).operator is None


def test_what_is_done_by_hand_names_whoever_is_on_duty(station: Station, signing: SigningIn) -> None:
    signing.sign_in("2002", "4071")
    assert by_hand(station).operator == "2002"
    signing.sign_out()
    assert by_hand(station).operator is None


def test_an_override_is_on_record_in_the_same_commit(station: Station, signing: SigningIn) -> None:
    entry = by_hand(station)
    to = Severity.STOP if entry.decision is not Severity.STOP else Severity.RECHECK
    station.checkpoint.correct(Override(to, OverrideReason.SUSPICIOUS, "2002", Role.VOLUNTEER))
    line = told(station)[-1]
    assert (line.what, line.who, line.role) == (Audited.OVERRIDE, "2002", "volunteer")
    assert line.subject == station.last_entries()[0].entry.id.hex()
    assert line.entry == station.last_entries()[0].number, "bound to the entry that it is about"


def test_a_policy_is_on_record_with_why_it_was_changed(station: Station, signing: SigningIn) -> None:
    now = datetime.now(UTC)
    Policies(station.journal).record(
        PolicyEventKind.CODES_DOWN, 'name = "open"', now=now, by="王建国", reason="市里停码"
    )
    line = told(station)[-1]
    assert (line.what, line.who, line.note) == (Audited.POLICY, "", "王建国\n市里停码"), "a name is sealed"


def test_a_clock_that_was_set_back_is_on_record(station: Station) -> None:
    heard: list[Outcome] = []
    watching_clock(station.journal, heard.append, lambda: datetime.now(UTC), lambda: 0.0)(
        ClockWarning(7200.0)
    )
    assert heard == [ClockWarning(7200.0)]
    assert (told(station)[-1].what, dict(told(station)[-1].facts)) == (Audited.CLOCK_BACK, {"back_s": "7200"})


def test_an_export_says_what_and_never_the_house(station: Station, tmp_path: Path) -> None:
    from dataclasses import replace

    by_hand(station)
    today = datetime.now(UTC).date()
    order = Order(today, today, UTC, "东门", "zh", masked=False)
    order = replace(order, chosen=replace(order.chosen, house="3-2-501"))
    made = export(
        tmp_path / "data", station.journal.vault, order, tmp_path / "x.csv", LogWords(), now=datetime.now(UTC)
    )
    event = exported(order, made, Who("1001", Role.ADMIN), "街道要")
    assert dict(event.facts)["masked"] == "no"
    assert "501" not in str(event.facts)


def test_the_barrier_opens_by_hand_for_a_guard_and_is_on_record_before(
    station: Station, signing: SigningIn
) -> None:
    opened: list[int] = []
    signing.sign_in("2002", "4071")
    assert signing.open_by_hand(lambda: opened.append(len(told(station))), "救护车") is Refusal.NOT_ALLOWED
    signing.sign_in("1001", "730518")
    assert signing.open_by_hand(lambda: opened.append(len(told(station))), "救护车") is None
    assert opened == [len(told(station))]
    assert (told(station)[-1].what, told(station)[-1].note) == (Audited.OPENED_BY_HAND, "救护车")


def test_everything_together_verifies(station: Station, signing: SigningIn, tmp_path: Path) -> None:
    signing.sign_in("2002", "4071")
    by_hand(station)
    signing.sign_in("1001", "999999")
    by_hand(station)
    report = check(tmp_path / "data")
    assert report.ok, report.damages
    assert report.audited == len(told(station))
