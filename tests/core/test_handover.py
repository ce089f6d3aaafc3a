"""The hand-over sheet as data: what is counted, who was stopped and where they went, since when it tells."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta

import pytest

from station.core import handover
from station.core.audit import Audited, Line
from station.core.calibration import Calibration
from station.core.entry import Entry, ReasonPart, StoredEntry, to_ms
from station.core.handover import NOT_HERE, Chore, Counts, Incident, Overridden, Person, Sheet, Stopped
from station.core.instrument_record import FindingCode
from station.core.instrument_watch import Finding
from station.core.model import Direction, Instrument, Severity, Site

NOON = datetime(2022, 4, 16, 12, tzinfo=UTC)
PASS, RECHECK, STOP = Severity.PASS, Severity.RECHECK, Severity.STOP
STAND = Instrument("COM3", "gy-mcu90614")


class Gate:
    """Entries as they are recorded, numbered."""

    def __init__(self) -> None:
        self.entries: list[StoredEntry] = []

    def went(self, severity: Severity, way: Direction = Direction.IN, *reasons: ReasonPart) -> Entry:
        told = reasons or (ReasonPart("colour_red" if severity is STOP else "temperature_normal", severity),)
        return self._put(severity, way.value, told)

    def changed(self, of: Entry, severity: Severity, reason: str = "mistake") -> Entry:
        """By an operator."""
        of_hand = (ReasonPart("corrected_by_operator", severity),)
        return self._put(
            severity, of.direction, of_hand, amends=of.amends or of.id,
            operator="3003", role="guard", override=reason,
        )  # fmt: skip

    def seen(self, of: Entry, reason: ReasonPart) -> Entry:
        """The rules decide again, with what the volunteer saw."""
        return self._put(Severity(reason.severity), of.direction, (reason,), amends=of.id)

    def _put(self, severity: Severity, way: str, reasons: tuple[ReasonPart, ...], **more: object) -> Entry:
        entry = Entry(
            id=secrets.token_bytes(16), at_ms=to_ms(NOON) + len(self.entries), mono_ms=0, boot="b", lane="1",
            direction=way, severity=severity, reasons=reasons, closing="paired", policy="open", **more,  # type: ignore[arg-type]
        )  # fmt: skip
        self.entries.append(StoredEntry(len(self.entries) + 1, b"", entry))
        return entry


def test_a_correction_counts_instead_of_what_it_corrects_and_is_no_passage() -> None:
    gate = Gate()
    gate.went(PASS)
    gate.went(PASS, Direction.OUT)
    gate.changed(gate.went(RECHECK), PASS)
    gate.went(STOP)
    assert handover.counted(gate.entries) == Counts(3, 0, 1, came_in=2, went_out=1)
    assert handover.counted([]) == Counts()


def test_whoever_was_stopped_is_named_with_where_they_went_and_whoever_was_let_in_is_not() -> None:
    gate = Gate()
    sent, unsaid, let_in = gate.went(STOP), gate.went(STOP), gate.went(STOP)
    gate.changed(let_in, PASS)
    gate.changed(gate.went(PASS), STOP)
    found = handover.stops(gate.entries, {sent.id: "clinic"}, lambda entry: "张*")
    assert [(one.number, one.place) for one in found] == [(1, "clinic"), (2, ""), (5, "")]
    sheet = Sheet(gate="", lane="1", began_ms=0, at_ms=1, stopped=found)
    assert next(one.id for one in sheet.unsaid) == unsaid.id


def test_the_worst_reason_is_the_one_that_is_told() -> None:
    gate = Gate()
    gate.went(STOP, Direction.IN, ReasonPart("test_old", RECHECK), ReasonPart("colour_red", STOP))
    assert handover.stops(gate.entries, {}, lambda entry: "")[0].reason == "colour_red"


def test_whoever_was_stopped_by_hand_was_so_for_no_reason_of_the_rules() -> None:
    """The sheet said "绿码" of them."""
    gate = Gate()
    green = gate.went(PASS, Direction.IN, ReasonPart("colour_green", PASS))
    gate.changed(green, STOP, "suspicious")
    warned = gate.went(RECHECK, Direction.IN, ReasonPart("test_old", RECHECK))
    gate.changed(warned, STOP)
    red = gate.went(STOP)
    gate.changed(gate.changed(red, PASS), STOP)
    found = [one.reason for one in handover.stops(gate.entries, {}, lambda entry: "")]
    assert found == ["corrected_by_operator", "corrected_by_operator", "colour_red"]


def test_whoever_was_stopped_by_what_the_volunteer_saw_afterwards_was_so_for_that() -> None:
    gate = Gate()
    seen = gate.went(RECHECK, Direction.IN, ReasonPart("code_missing", RECHECK))
    gate.seen(seen, ReasonPart("colour_red", STOP))
    (only,) = handover.stops(gate.entries, {}, lambda entry: "")
    assert (only.number, only.reason) == (1, "colour_red")


def test_overrides_are_told_with_what_was_there_before() -> None:
    gate = Gate()
    first = gate.went(STOP)
    gate.changed(first, RECHECK)
    gate.changed(first, PASS, "emergency")
    changes = [(one.before, one.after, one.by, one.reason) for one in handover.overridden(gate.entries)]
    assert changes == [(STOP, RECHECK, "3003", "mistake"), (RECHECK, PASS, "3003", "emergency")]


def test_a_change_of_the_shift_befores_verdict_does_not_guess_it() -> None:
    gate = Gate()
    gate.changed(gate.went(STOP), PASS)
    (only,) = handover.overridden(gate.entries[1:])
    assert only.before == NOT_HERE


@pytest.mark.parametrize(
    ("last_h", "duty_h", "since_h", "known"),
    [
        (12, 8, 12, True),
        (None, 8, 8, True),
        (None, None, 24, False),
        (100, 8, 72, False),
        (-1, None, 24, False),
    ],
)
def test_a_sheet_tells_from_where_the_last_one_ended(
    last_h: float | None, duty_h: float | None, since_h: float, known: bool
) -> None:
    def ago(hours: float | None) -> datetime | None:
        return None if hours is None else NOON - timedelta(hours=hours)

    assert handover.period(ago(last_h), ago(duty_h), NOON) == (ago(since_h), known)


def test_each_thermometer_stands_there_with_its_findings_and_its_last_calibration() -> None:
    def compared(offset: float, days: int) -> Calibration:
        return Calibration(STAND, Site.FOREHEAD, 37.0, 37.0 - offset, "1001", NOON - timedelta(days=days))

    found = Finding(STAND, FindingCode.DRIFT, (0.6,), 0.0)
    first, second = handover.instruments(
        ["COM3", "COM4"], {"COM3": "working"}, [found], [compared(0.1, 30), compared(0.3, 2)]
    )
    assert (first.state, first.findings, first.offset_c) == ("working", (("drift", (0.6,)),), 0.3)
    assert (second.findings, second.calibrated_ms) == ((), None)


def test_what_went_wrong_stands_in_the_order_of_time_and_a_clock_that_went_back_stands_once() -> None:
    def audited(what: Audited | str, minutes: int, *facts: tuple[str, str]) -> Line:
        at = NOON + timedelta(minutes=minutes)
        return Line(1, at, str(what), "3003", "guard", "", facts, 0, genuine=True)

    lane = [Incident(to_ms(NOON) + 60_000, "device", "camera usb"), Incident(to_ms(NOON), "clock_back")]
    audit = [
        audited(Audited.CLOCK_BACK, 0),
        audited(Audited.OPENED_BY_HAND, 2),
        audited(Audited.SIGNED_IN, 3),
    ]
    assert [one.kind for one in handover.incidents(lane, audit)] == ["clock_back", "device", "opened_by_hand"]


def test_a_sheet_is_what_it_was_when_it_is_read_again_and_names_nobody_in_a_log() -> None:
    sheet = Sheet(
        gate="东门", lane="1", began_ms=1, at_ms=2, remark="药",
        others=(Person("张*", "3-2-501", 1, late=True),),
        stopped=(Stopped(4, b"x" * 16, 1, "李*英", "colour_red"),),
        overrides=(Overridden(5, 1, 3, 1, "3003", "guard", "mistake"),),
    )  # fmt: skip
    assert handover.decode(handover.encode(sheet)) == sheet
    assert "张" not in repr(sheet)
    assert "李" not in repr(sheet.stopped)


def test_more_people_than_there_are_lines_for_are_counted_all_the_same() -> None:
    inside = tuple(Person(f"王{n}", "3-1-101", n, late=n < 230) for n in range(350))
    stopped = tuple(Stopped(n, b"", n, "", "colour_red", "home" if n else "") for n in range(230))
    parcels = tuple(Chore("express" if n % 2 else "document", "3-1-101", n) for n in range(300))
    every = Sheet(
        gate="",
        lane="1",
        began_ms=0,
        at_ms=1,
        others=inside,
        unreturned=inside,
        stopped=stopped,
        chores=parcels,
    )
    sheet = handover.decode(handover.encode(handover.bounded(every)))
    assert (len(sheet.others), len(sheet.stopped), sheet.stopped[-1].number) == (200, 200, 229)
    for which in (
        "others",
        "others_late",
        "unreturned",
        "stopped",
        "unsaid",
        "overrides",
        "chores",
        "parcels",
    ):
        assert sheet.count(which) == every.count(which)
    assert (sheet.count("others"), sheet.count("others_late"), sheet.count("unsaid")) == (350, 230, 1)
    assert handover.bounded(Sheet(gate="", lane="1", began_ms=0, at_ms=1)).left_out == ()
