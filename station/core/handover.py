"""The hand-over sheet (交接班单) as data: what one shift leaves to the next, made from facts. Pure.

Whoever is named on it is masked, for it lies on a table. Words are of whoever shows it: here are only slugs,
numbers and times (UTC milliseconds). Fields only append: sheets are kept, and sent to the center.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from station.core.audit import Audited, Line
from station.core.calibration import Calibration
from station.core.entry import Entry, StoredEntry
from station.core.errand import PARCELS
from station.core.instrument_watch import Finding
from station.core.model import Direction, ReasonCode, Severity
from station.core.moments import to_ms

LONGEST = timedelta(days=3)  # nobody handed over for so long: it looks no further back
UNKNOWN = timedelta(hours=24)  # nobody ever did: it looks so far back
MOST = 200  # lines of each kind that are kept
MOST_OF_REMARK = 200  # characters
NOT_HERE = -1
_PARCELS = frozenset(kind.value for kind in PARCELS)


class Place(StrEnum):
    """Where somebody who was stopped was sent."""

    HOME = "home"  # turned back
    CLINIC = "clinic"  # the fever clinic
    COMMUNITY = "community"  # the neighbourhood committee took over
    ISOLATION = "isolation"
    WENT_AWAY = "went_away"  # by themselves


class IncidentKind(StrEnum):
    """What went wrong with the lane itself."""

    DEVICE = "device"  # one was lost
    NOT_STORED = "not_stored"  # an entry could not be written
    CLOCK_BACK = "clock_back"
    INSTRUMENT = "instrument"  # a thermometer looked false
    LEFT = "left"  # somebody with a fever never came back
    WHISTLE = "whistle"  # the center was called


class Party(StrEnum):
    OUT = "out"
    IN = "in"


class Person(msgspec.Struct, frozen=True, array_like=True):
    """Somebody, masked. `late`: longer than allowed."""

    who: str
    house: str
    since_ms: int
    late: bool = False
    note: str = ""  # a slug: of a recheck, how many were high

    def __repr__(self) -> str:
        return f"Person(since_ms={self.since_ms})"


class Stopped(msgspec.Struct, frozen=True, array_like=True):
    number: int
    id: bytes
    at_ms: int
    who: str
    reason: str
    place: str = ""  # a Place; empty: nobody said

    def __repr__(self) -> str:
        return f"Stopped({self.number}, {self.place!r})"


class Overridden(msgspec.Struct, frozen=True, array_like=True):
    number: int  # of the amendment
    at_ms: int
    before: int  # a Severity; NOT_HERE: the passage was in the shift before
    after: int
    by: str
    role: str
    reason: str


class Instrument(msgspec.Struct, frozen=True, array_like=True):
    name: str
    state: str  # a DeviceState; empty: it has not said
    findings: tuple[tuple[str, tuple[float, ...]], ...] = ()
    offset_c: float | None = None
    calibrated_ms: int | None = None


class Incident(msgspec.Struct, frozen=True, array_like=True):
    at_ms: int
    kind: str
    subject: str = ""
    ended_ms: int | None = None


class Chore(msgspec.Struct, frozen=True, array_like=True):
    kind: str
    house: str
    at_ms: int
    late: bool = False

    def __repr__(self) -> str:
        return f"Chore({self.kind!r})"


class Center(msgspec.Struct, frozen=True, array_like=True):
    """How the station stands with its center, as `core.contact` has it."""

    link: str = "none"
    pending: int = 0
    lists_as_of_ms: int | None = None
    offset_s: float | None = None  # center minus station
    uncertainty_s: float = 0.0
    alarms: tuple[str, ...] = ()


class Counts(msgspec.Struct, frozen=True, array_like=True):
    passed: int = 0
    rechecked: int = 0
    stopped: int = 0
    came_in: int = 0  # of those who passed
    went_out: int = 0

    @property
    def total(self) -> int:
        return self.passed + self.rechecked + self.stopped


class Sheet(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """All of it. `known`: somebody took over at `began_ms`; else it is a guess."""

    schema: int = 1
    gate: str
    lane: str
    began_ms: int
    at_ms: int
    known: bool = True
    counts: Counts = Counts()
    residents_inside: int = 0
    others: tuple[Person, ...] = ()  # inside and not living here, late ones first
    away: int = 0  # residents who are out
    unreturned: tuple[Person, ...] = ()  # those of them who are over their time
    rechecks: tuple[Person, ...] = ()
    stopped: tuple[Stopped, ...] = ()
    overrides: tuple[Overridden, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    center: Center = Center()
    incidents: tuple[Incident, ...] = ()
    chores: tuple[Chore, ...] = ()
    open_points: tuple[tuple[str, str], ...] = ()  # list and point
    remark: str = ""
    emulated: bool = False
    point_texts: tuple[str, ...] = ()  # of the open points: the center may give another list later
    left_out: tuple[tuple[str, int], ...] = ()  # of the lists above, how many are only counted (`bounded`)
    last_entry: bytes = b""  # id of the newest entry when it was written: the next sheet counts from there

    def __repr__(self) -> str:
        return f"Sheet({self.began_ms}, {self.at_ms})"

    def count(self, which: str) -> int:
        """How many there are of a list, or of a part of one, those that have no line here too."""
        return _counted(self).get(which, 0) + dict(self.left_out).get(which, 0)

    @property
    def parcels(self) -> int:
        return self.count("parcels")

    @property
    def unsaid(self) -> tuple[Stopped, ...]:
        """Stopped, and nobody said where they went."""
        return tuple(one for one in self.stopped if not one.place)


def _counted(sheet: Sheet) -> Mapping[str, int]:
    return {
        "others": len(sheet.others),
        "others_late": sum(one.late for one in sheet.others),
        "unreturned": len(sheet.unreturned),
        "stopped": len(sheet.stopped),
        "unsaid": len(sheet.unsaid),
        "overrides": len(sheet.overrides),
        "incidents": len(sheet.incidents),
        "chores": len(sheet.chores),
        "parcels": sum(one.kind in _PARCELS for one in sheet.chores),
    }


def bounded(sheet: Sheet) -> Sheet:
    """With MOST lines of each kind; all others are counted, so that no number on it is too small."""
    kept = msgspec.structs.replace(
        sheet,
        others=sheet.others[:MOST],
        unreturned=sheet.unreturned[:MOST],
        chores=sheet.chores[:MOST],
        stopped=sheet.stopped[-MOST:],  # the newest
        overrides=sheet.overrides[-MOST:],
        incidents=sheet.incidents[-MOST:],
    )
    there = _counted(kept)
    left = tuple((which, count - there[which]) for which, count in _counted(sheet).items())
    return msgspec.structs.replace(kept, left_out=tuple(one for one in left if one[1]))


class Signature(msgspec.Struct, frozen=True):
    """`who` is empty if that party was not there."""

    party: Party
    at: datetime
    number: str
    name: str

    def __repr__(self) -> str:
        return f"Signature({self.party!r}, {self.number!r})"

    @property
    def absent(self) -> bool:
        return not self.number and not self.name


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Sheet)


def encode(sheet: Sheet) -> bytes:
    return _encoder.encode(sheet)


def decode(record: bytes) -> Sheet:
    """Raises msgspec.DecodeError."""
    return _decoder.decode(record)


def period(last: datetime | None, on_duty_since: datetime | None, now: datetime) -> tuple[datetime, bool]:
    """From when on a sheet of now tells, and whether that was a change of shift.

    `last`: what the last sheet that was taken over told up to.
    """
    begin = last or on_duty_since
    if begin is None or begin > now:
        return now - UNKNOWN, False
    return (begin, True) if now - begin <= LONGEST else (now - LONGEST, False)


# --- from the entries ----------------------------------------------------------------------------


def verdicts(entries: Iterable[StoredEntry]) -> Mapping[bytes, int]:
    """What each passage came to, by its id: the last amendment counts."""
    final: dict[bytes, int] = {}
    for stored in entries:
        final[stored.entry.amends or stored.entry.id] = stored.entry.severity
    return final


def counted(entries: Sequence[StoredEntry]) -> Counts:
    """Passages of a shift; one that was corrected counts as what it was corrected to."""
    final = verdicts(entries)
    passages = [one.entry for one in entries if one.entry.amends is None]
    came_to = [final[one.id] for one in passages]
    passed = [one for one in passages if final[one.id] == Severity.PASS]
    inward = sum(one.direction == Direction.IN.value for one in passed)
    return Counts(
        len(passed),
        came_to.count(Severity.RECHECK),
        came_to.count(Severity.STOP),
        inward,
        len(passed) - inward,
    )


def stops(
    entries: Sequence[StoredEntry], sent: Mapping[bytes, str], who: Callable[[Entry], str]
) -> tuple[Stopped, ...]:
    """Whoever was stopped and not let pass afterwards, with where they went; newest last."""
    final, by_rules = verdicts(entries), _decided(entries)
    held = [one for one in entries if one.entry.amends is None and final[one.entry.id] == Severity.STOP]
    return tuple(
        Stopped(
            one.number,
            one.entry.id,
            one.entry.at_ms,
            who(one.entry),
            _worst(by_rules.get(one.entry.id, one.entry)),
            sent.get(one.entry.id, ""),
        )
        for one in held
    )


def _decided(entries: Iterable[StoredEntry]) -> Mapping[bytes, Entry]:
    """What the rules said last of each passage, by its id."""
    told = [one.entry for one in entries if one.entry.override is None]
    return {entry.amends or entry.id: entry for entry in told}


def _worst(entry: Entry) -> str:
    """Why the rules stopped them, or else that somebody did."""
    if entry.severity < Severity.STOP:
        return ReasonCode.CORRECTED_BY_OPERATOR.value
    reasons = sorted(entry.reasons, key=lambda reason: -reason.severity)
    return reasons[0].code if reasons else ""


def overridden(entries: Sequence[StoredEntry]) -> tuple[Overridden, ...]:
    """Verdicts that somebody changed."""
    now: dict[bytes, int] = {}
    found = []
    for stored in entries:
        entry, of = stored.entry, stored.entry.amends or stored.entry.id
        if entry.amends is not None:
            before = now.get(of, NOT_HERE)
            found.append(
                Overridden(
                    stored.number, entry.at_ms, before, entry.severity,
                    entry.operator or "", entry.role or "", entry.override or "",
                )
            )  # fmt: skip
        now[of] = entry.severity
    return tuple(found)


# --- of the devices ------------------------------------------------------------------------------


def instruments(
    names: Sequence[str],
    states: Mapping[str, str],
    findings: Iterable[Finding],
    calibrations: Iterable[Calibration],
) -> tuple[Instrument, ...]:
    """The lane's thermometers, with what looks false about them and when they were compared last."""
    last = {one.instrument.name: one for one in calibrations}
    standing = list(findings)
    return tuple(
        Instrument(
            name,
            states.get(name, ""),
            tuple((one.code.value, one.figures) for one in standing if one.instrument.name == name),
            last[name].offset_c if name in last else None,
            to_ms(last[name].at) if name in last else None,
        )
        for name in names
    )


# What of the audit the next shift has to know, as words of an Incident.
_TOLD = (
    Audited.CLOCK_BACK,
    Audited.OPENED_BY_HAND,
    Audited.POLICY,
    Audited.SETTINGS,
    Audited.OPERATOR_CHANGED,
    Audited.RECOVERY_USED,
)


def incidents(of_lane: Iterable[Incident], audit: Iterable[Line]) -> tuple[Incident, ...]:
    """What went wrong, and what was done beside the usual, oldest first."""
    told = [one for one in audit if one.what in _TOLD or one.what.startswith("whistle")]
    done = [Incident(to_ms(one.at), one.what, dict(one.facts).get("kind", "")) for one in told]
    clocks = {one.at_ms for one in done if one.kind == Audited.CLOCK_BACK}
    lane = [one for one in of_lane if one.kind != IncidentKind.CLOCK_BACK or not clocks]
    return tuple(sorted([*lane, *done], key=lambda one: (one.at_ms, one.kind)))
