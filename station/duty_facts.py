"""What the gate knows at a change of shift, gathered from its journal and from what its devices say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

from station.core import handover
from station.core.audit import Audited
from station.core.checklist import Checklist, open_points, parse_checklist
from station.core.contact import CenterStatus
from station.core.entry import Entry, StoredEntry
from station.core.handover import Center, Chore, Incident, IncidentKind, Instrument, Person, Sheet
from station.core.moments import from_ms, to_ms
from station.core.outcome import InstrumentState
from station.core.policy import Policy
from station.fever_desk import StationFeverDesk
from station.journal.audit import read
from station.journal.calibrations import Calibrations
from station.journal.duties import Duties
from station.journal.duty_log import DutyLog
from station.journal.entries import Journal
from station.journal.errands import Errands
from station.journal.handovers import Handovers, Kept
from station.journal.lookbacks import Passages
from station.journal.masking import mask_name
from station.journal.presence import Presence
from station.journal.reports import read_made
from station.presence_desk import Rules, inside_now
from station.sync.reports import CaseReport
from station.ui import visit_words
from station.ui.admin.inside_desk import Fever, FeverState, Seen

ASSETS = Path(__file__).parents[1] / "assets" / "duty"


@dataclass(frozen=True, slots=True)
class Live:
    """What is known of the lane beside its journal: it changes with each word of a device."""

    thermometers: tuple[str, ...] = ()
    states: Mapping[str, str] = field(default_factory=dict)
    instruments: InstrumentState = field(default_factory=InstrumentState)
    center: CenterStatus = field(default_factory=CenterStatus)
    emulated: bool = False


@dataclass(frozen=True, slots=True)
class Where:
    """Whose sheet it is, and by which rules."""

    gate: str
    lane: str
    policy: Policy
    stay_hours: float
    zone: tzinfo


def load_checklists(folder: Path = ASSETS) -> tuple[Checklist, ...]:
    """In the order of their files. Raises ChecklistError, OSError."""
    return tuple(parse_checklist(file.read_text("utf-8")) for file in sorted(folder.glob("*.toml")))


def begun(journal: Journal, now: datetime) -> tuple[datetime, bool]:
    """From when on a sheet of now tells, and whether that was a change of shift."""
    taken, duty = Handovers(journal).last_taken(), Duties(journal).current()
    return handover.period(_told_until(taken) if taken else None, duty.began if duty else None, now)


def _told_until(taken: Kept) -> datetime:
    """Whoever passed while it was signed is on the next sheet."""
    return from_ms(taken.sheet.at_ms)


def _entries(journal: Journal, log: DutyLog, began: datetime, now: datetime) -> list[StoredEntry]:
    """Each entry is on one sheet, also where the clock was wrong for a while: behind the last one that was
    told, by its place in the journal and not by its time."""
    taken = Handovers(journal).last_taken()
    last, told = (taken.sheet.last_entry, _told_until(taken)) if taken else (b"", now)
    passed = now - told - _set_ahead(journal, told, now) if last else now - told
    if last and (passed <= handover.LONGEST or log.was_later(last, told, now)):
        behind = log.entries_behind(last)
        if behind is not None:
            return behind
    return log.entries(began, now)


def _set_ahead(journal: Journal, told: datetime, now: datetime) -> timedelta:
    """By how many days a clock was set forward since and not back again, or the PC slept: nobody passed in
    that time."""
    if now - told <= handover.LONGEST:
        return timedelta()
    lines = read(journal.connection, journal.vault, told, now, (Audited.CLOCK_FORWARD, Audited.CLOCK_BACK))
    facts = (dict(line.facts) for line in lines)
    jumps = (timedelta(seconds=int(one.get("forward_s", "0")) - int(one.get("back_s", "0"))) for one in facts)
    return max(timedelta(), sum((one for one in jumps if abs(one) > handover.LONGEST), timedelta()))


def draft(
    journal: Journal, where: Where, live: Live, lists: Sequence[Checklist], now: datetime, remark: str
) -> Sheet:
    """The sheet as of now. Raises JournalError, VaultError, DeskError."""
    began, known = begun(journal, now)
    log = DutyLog(journal.connection)
    entries = _entries(journal, log, began, now)
    presence = Presence(journal.connection, journal.vault)
    rules = Rules.of(where.policy, where.stay_hours)
    seen = inside_now(presence, rules, now, where.zone, residents=False)
    stopped = [one.entry.id for one in entries if one.entry.amends is None]
    applying = [one for one in lists if one.applies(began, now, where.zone)]
    left = open_points(applying, log.ticks(began))
    sheet = Sheet(
        gate=where.gate,
        lane=where.lane,
        began_ms=to_ms(began),
        at_ms=to_ms(now),
        known=known,
        counts=handover.counted(entries),
        residents_inside=len(seen.residents),
        others=tuple(map(_person, seen.others)),
        away=len(seen.away),
        unreturned=_unreturned([one for one in seen.away if one.late], presence),
        rechecks=tuple(
            _fever(one)
            for one in StationFeverDesk(lambda: journal, lambda: where.policy, lambda: now, where.zone).since(
                began
            )
            if one.state is not FeverState.CONFIRMED
        ),
        stopped=handover.stops(entries, log.places(stopped), lambda entry: _who(journal, presence, entry)),
        overrides=handover.overridden(entries),
        instruments=_instruments(journal, live),
        center=_center(live.center),
        incidents=_incidents(journal, log, began, now),
        chores=tuple(
            Chore(one.kind.value, one.house, to_ms(one.at), one.is_late(now))
            for one in Errands(journal).open()
        ),
        open_points=tuple((one.id, point.id) for one, point in left),
        point_texts=tuple(f"{one.zh}：{point.zh}" for one, point in left),
        last_entry=log.newest_entry(),
        remark=remark.strip()[: handover.MOST_OF_REMARK],
        emulated=live.emulated,
    )
    return handover.bounded(sheet)


def _person(one: Seen) -> Person:
    return Person(one.masked or one.number, one.dwelling, to_ms(one.since), one.late, one.category)


def _unreturned(late: Sequence[Seen], presence: Presence) -> tuple[Person, ...]:
    """All of them count, but thousands are opened in vain: the sheet keeps the first."""
    named = [_named(one, presence) for one in late[: handover.MOST]]
    return (*named, *map(_person, late[handover.MOST :]))


def _named(one: Seen, presence: Presence) -> Person:
    """Residents are opened only where they are named: there are thousands of them."""
    person = presence.person_of(one.subject)
    name, house = (mask_name(person.name), person.dwelling) if person else (one.number, "")
    return Person(name, house, to_ms(one.since), one.late)


def _fever(one: Fever) -> Person:
    late = one.overdue or one.state is FeverState.LEFT
    return Person(one.masked, one.dwelling, to_ms(one.since), late, one.state.value)


def _who(journal: Journal, presence: Presence, entry: Entry) -> str:
    """Masked, with the house; empty for whom nobody knows."""
    subject = Passages(journal.connection).subject_of(entry.id) or entry.person_id or ""
    if visit := presence.visit_of(subject):
        name = mask_name(visit.name) if visit.name else visit_words.purpose(visit.purpose)
        return f"{name} {visit.house}".strip()
    person = presence.person_of(subject) if subject else None
    return f"{mask_name(person.name)} {person.dwelling}".strip() if person else ""


def _instruments(journal: Journal, live: Live) -> tuple[Instrument, ...]:
    return handover.instruments(
        live.thermometers, live.states, live.instruments.standing, Calibrations(journal).all()
    )


def _center(status: CenterStatus) -> Center:
    clock = status.clock
    return Center(
        status.link.value,
        status.pending,
        to_ms(status.lists_as_of) if status.lists_as_of else None,
        clock.offset_s if clock else None,
        clock.uncertainty_s if clock else 0.0,
        tuple(sorted(alarm.value for alarm in status.alarms)),
    )


def _incidents(journal: Journal, log: DutyLog, began: datetime, now: datetime) -> tuple[Incident, ...]:
    """Of the lane, of the audit, and calls for help."""
    called = read_made(journal.connection, journal.vault, "case", CaseReport, began, now)
    calls = [
        Incident(body.at_ms, IncidentKind.WHISTLE.value, body.what, body.closed_ms or body.arrived_ms)
        for _, body in called
        if body.kind == "whistle"
    ]
    audit = read(journal.connection, journal.vault, began, now)
    return handover.incidents([*log.incidents(began), *calls], audit)
