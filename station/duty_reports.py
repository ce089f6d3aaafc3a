"""What the center hears of shifts: hand-over sheets, who is on duty, who put themselves down.

They go into the journal's outbox of reports; whether there is a center, and when it is reached, is not asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, tzinfo

from station.core.checklist import Checklist, Tick, newest
from station.core.handover import Party, Sheet
from station.core.moments import to_ms
from station.journal import incarnation
from station.journal.duties import Duties, Duty
from station.journal.duty_log import DutyLog
from station.journal.entries import Journal
from station.journal.handovers import Kept
from station.journal.masking import mask_name
from station.journal.reports import Reports, new_id
from station.sync.reports import DutyReport, HandoverReport, Kind, Signup, named_id

_JUST_NOW = timedelta(minutes=1)


def report_handover(journal: Journal, kept: Kept, now: datetime) -> None:
    """A sheet, with whoever has signed by now. Raises JournalError, VaultError."""
    sheet = kept.sheet
    body = HandoverReport(
        sheet.began_ms,
        sheet.at_ms,
        sheet.gate,
        outgoing=_signers(kept, Party.OUT),
        incoming=_signers(kept, Party.IN),
        counts=tuple(_counts(sheet)),
        points=tuple(_points(sheet)),
        remark=sheet.remark,
        outgoing_signed_ms=_signed_ms(kept, Party.OUT),
        incoming_signed_ms=_signed_ms(kept, Party.IN),
    )
    Reports(journal).put_named(Kind.HANDOVER, kept.id, body, now)


def report_duty(journal: Journal, gate: str, lists: Sequence[Checklist], zone: tzinfo, now: datetime) -> None:
    """Whoever is on duty, and who was just before, with their lists and ticks.

    Raises JournalError, VaultError.
    """
    running = incarnation.current(journal.connection)
    assert running is not None  # whoever opened the journal saw to it
    for duty in Duties(journal).since(now - _JUST_NOW):
        applying = [one for one in lists if one.applies(duty.began, duty.ended or now, zone)]
        report_id = named_id(Kind.DUTY, running.station, str(duty.position))
        Reports(journal).put(Kind.DUTY, report_id, _duty(journal, duty, gate, applying), now)


def _duty(journal: Journal, duty: Duty, gate: str, lists: Sequence[Checklist]) -> DutyReport:
    ticks = [
        one
        for one in DutyLog(journal.connection).ticks(duty.began)
        if duty.ended is None or one.at <= duty.ended
    ]
    return DutyReport(
        to_ms(duty.began),
        (duty.number or mask_name(duty.name),),
        None if duty.ended is None else to_ms(duty.ended),
        gate,
        duty.lane,
        duty.shift or "",
        tuple(_how_far(lists, ticks)),
    )


def _how_far(lists: Sequence[Checklist], ticks: Sequence[Tick]) -> Iterator[tuple[str, int | None, str]]:
    """Every point of these lists, done or not; then what was done of lists that were changed since."""
    state = dict(newest(ticks))
    for point in ((one.id, point.id) for one in lists for point in one.points):
        tick = state.pop(point, None)
        done = tick is not None and tick.done
        yield "/".join(point), to_ms(tick.at) if tick and done else None, tick.by if tick else ""
    for point, tick in state.items():
        if tick.done:
            yield "/".join(point), to_ms(tick.at), tick.by


def report_signup(journal: Journal, shift: str, name: str, now: datetime, *, leaves: bool) -> None:
    """Somebody takes a shift of the center, or leaves it again. Raises JournalError, VaultError."""
    Reports(journal).put(Kind.SIGNUP, new_id(), Signup(shift, name.strip(), to_ms(now), leaves), now)


def _signers(kept: Kept, party: Party) -> tuple[str, ...]:
    signed = kept.signed(party)
    return () if signed is None or signed.absent else (signed.number or mask_name(signed.name),)


def _signed_ms(kept: Kept, party: Party) -> int | None:
    signed = kept.signed(party)
    return None if signed is None or signed.absent else to_ms(signed.at)


def _counts(sheet: Sheet) -> Iterator[tuple[str, int]]:
    counts = sheet.counts
    yield from (("pass", counts.passed), ("recheck", counts.rechecked), ("stop", counts.stopped))
    yield from (("in", counts.came_in), ("out", counts.went_out))
    others = sheet.count("others")
    yield from (("inside", sheet.residents_inside + others), ("others_inside", others))
    yield from (("away", sheet.away), ("unreturned", sheet.count("unreturned")))
    yield from (("rechecks", len(sheet.rechecks)), ("stopped_unsaid", sheet.count("unsaid")))
    yield from (("overrides", sheet.count("overrides")), ("incidents", sheet.count("incidents")))
    yield from (("parcels", sheet.parcels), ("errands", sheet.count("chores") - sheet.parcels))
    yield from (("pending", sheet.center.pending), ("open_points", len(sheet.open_points)))


def _points(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """What needs more than a number; people are masked here as on the sheet."""
    for one in sheet.rechecks:
        yield "recheck", f"{one.who} {one.house} {one.note}".strip()
    for stop in sheet.stopped:
        yield "stopped", f"{stop.number} {stop.reason} {stop.place or '?'}"
    for instrument in sheet.instruments:
        told = " ".join(code for code, _ in instrument.findings)
        yield "instrument", f"{instrument.name} {instrument.state} {told}".strip()
    for incident in sheet.incidents:
        yield "incident", f"{incident.kind} {incident.subject}".strip()
    for list_id, point in sheet.open_points:
        yield "open_point", f"{list_id}/{point}"
