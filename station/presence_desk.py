"""Who is inside, who is away and too long, for admins and commands; marks by hand; the list to print.

Inside is what this gate saw last of somebody. A mark by hand is an entry like any other, signed and chained,
whose reason says that an operator gave their word; nothing is taken away by it.
"""

from __future__ import annotations

import logging
import secrets
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from station.core.audit import Audited, Event
from station.core.entry import Entry, ReasonPart, make_id, to_ms
from station.core.model import Closing, Direction, ReasonCode, Severity
from station.core.outcome import StorageProblem
from station.core.policy import Policy
from station.core.visit import Visit
from station.journal.audit import put_on_record
from station.journal.center_names import CenterNames
from station.journal.entries import Journal
from station.journal.errors import JournalError, VaultError
from station.journal.masking import mask_name
from station.journal.movements import UNSAID, Mover
from station.journal.person import Person, SealedRow
from station.journal.presence import Presence, Present
from station.recording import Clock, Lane
from station.reports.evacuation import ToFind, print_on, write_evacuation
from station.reports.passes import PrintError
from station.translation import stated
from station.ui import visit_words, words
from station.ui.admin import desk_words
from station.ui.admin.inside_desk import DeskError, InsideNow, Seen
from station.ui.admin.work import Progress

log = logging.getLogger(__name__)

TAIL = 4  # digits of a phone by which people know each other's


@dataclass(frozen=True, slots=True)
class Rules:
    """When somebody is late, as policy and settings say it."""

    at_home: tuple[str, ...]
    stay_hours: float
    outing_hours: float | None
    limit: int

    @classmethod
    def of(cls, policy: Policy, stay_hours: float) -> Rules:
        outing = policy.outing
        return cls(
            policy.identity.at_home,
            stay_hours,
            outing.hours if outing.limited else None,
            policy.occupancy.limit,
        )


class Opener:
    """Opens who somebody is, and remembers it: thousands of residents are opened once, not twice a minute."""

    def __init__(self) -> None:
        self._opened: dict[SealedRow, Person] = {}
        self._names: tuple[Journal, CenterNames] | None = None

    def names(self, journal: Journal) -> CenterNames:
        """Of the center's people, of this journal."""
        if self._names is None or self._names[0] is not journal:
            self._names = journal, CenterNames(journal.connection, journal.vault)
        return self._names[1]

    def person(self, presence: Presence, present: Present) -> Person | None:
        """Raises VaultError."""
        if present.row is None:
            return present.theirs
        if present.row not in self._opened:
            self._opened[present.row] = presence.open(present.row)
        return self._opened[present.row]


def inside_now(
    presence: Presence,
    rules: Rules,
    now: datetime,
    zone: tzinfo,
    *,
    residents: bool = True,
    opener: Opener | None = None,
) -> InsideNow:
    """Everybody whom this gate let in or out. Raises JournalError, VaultError.

    Without `residents`, those who live here are counted but not named.
    """
    opener = opener or Opener()

    def seen(present: Present) -> Seen:
        if visit := presence.visit_of(present.where.subject):
            return _seen_visitor(visit, present, rules, now, zone)
        named = residents or present.category not in rules.at_home
        return _seen(opener.person(presence, present) if named else None, present, rules, now, zone)

    inside = [seen(one) for one in presence.seen(Direction.IN)]
    away = [seen(one) for one in presence.seen(Direction.OUT) if one.category in rules.at_home]
    return InsideNow(
        at=now.astimezone(zone),
        others=_late_first(one for one in inside if not one.lives_here),
        residents=_late_first(one for one in inside if one.lives_here),
        away=_late_first(away),
        counts=Counter(one.category for one in inside),
        limit=rules.limit,
        stay_hours=rules.stay_hours,
        outing_hours=rules.outing_hours,
    )


def _late_first(people: Iterator[Seen] | Sequence[Seen]) -> tuple[Seen, ...]:
    return tuple(sorted(people, key=lambda one: (not one.late, one.since)))


def _seen(person: Person | None, present: Present, rules: Rules, now: datetime, zone: tzinfo) -> Seen:
    where = present.where
    lives_here, for_long = present.category in rules.at_home, max(now - where.since, timedelta())
    name, dwelling, phones = (person.name, person.dwelling, person.phones) if person else ("", "", ())
    return Seen(
        subject=person.id if person else where.subject,
        name=name,
        masked=mask_name(name),
        dwelling=dwelling,
        phone_tail=phones[0][-TAIL:] if phones else "",
        category=present.category,
        since=where.since.astimezone(zone),
        lives_here=lives_here,
        for_long=for_long,
        late=_is_late(where.direction, lives_here, for_long, rules),
    )


def _seen_visitor(visit: Visit, present: Present, rules: Rules, now: datetime, zone: tzinfo) -> Seen:
    """With the house of the host; without a name, by what they came for."""
    where, named = present.where, bool(visit.name)
    for_long, said = max(now - where.since, timedelta()), visit_words.purpose(visit.purpose)
    return Seen(
        subject=where.subject,
        name=visit.name or said,
        masked=mask_name(visit.name) if named else said,
        dwelling=visit.house,
        phone_tail=visit.phone[-TAIL:],
        category=visit.category,
        since=where.since.astimezone(zone),
        lives_here=False,
        for_long=for_long,
        late=_is_late(where.direction, False, for_long, rules),
    )


def _is_late(direction: Direction, lives_here: bool, for_long: timedelta, rules: Rules) -> bool:
    """Those who live here may stay; others may go, and nobody waits for them."""
    if direction is Direction.IN:
        return not lives_here and for_long > timedelta(hours=rules.stay_hours)
    return rules.outing_hours is not None and for_long > timedelta(hours=rules.outing_hours)


def to_find(now: InsideNow, unseen: Sequence[Person] = ()) -> list[ToFind]:
    """Everybody who has to be looked for if all must get out. `unseen`: whom the gate never saw."""
    seen = [
        ToFind(one.name or one.number, one.dwelling, one.category, one.phone_tail, one.since, bool(one.name))
        for one in (*now.others, *now.residents)
    ]
    return seen + [
        ToFind(
            one.name or one.id[:4].upper(),
            one.dwelling,
            one.category,
            one.phones[0][-TAIL:] if one.phones else "",
            None,
            bool(one.name),
        )
        for one in unseen
    ]


def by_hand(seen: Seen, direction: Direction, lane: Lane, clock: Clock, policy: Policy, by: str) -> Entry:
    """The entry of a passage that nobody saw, as an operator's word."""
    now = clock.now()
    return Entry(
        id=make_id(now, secrets.token_bytes(10)),
        at_ms=to_ms(now),
        mono_ms=int(clock.monotonic() * 1000),
        boot=clock.boot,
        lane=lane.name,
        direction=direction.value,
        severity=int(Severity.PASS),
        reasons=(ReasonPart(ReasonCode.CORRECTED_BY_OPERATOR.value, int(Severity.PASS)),),
        closing=Closing.BY_HAND.value,
        person_id=seen.subject if seen.category else None,
        operator=by,
        policy=policy.label,
        policy_digest=policy.digest,
        emulated=lane.emulated,
        claimed=True,
        gate=lane.gate,
    )


class StationPresenceDesk:
    """`ui.admin.inside_desk.InsideDesk`. `journal` gives the open one, or None while the gate has none.

    `operator` says who answers for a mark by hand; `marked` hears of it when it is stored.
    """

    def __init__(
        self,
        journal: Callable[[], Journal | None],
        lane: Callable[[], Lane],
        policy: Callable[[], Policy],
        clock: Clock,
        zone: tzinfo,
        *,
        stay_hours: Callable[[], float],
        operator: Callable[[], str] = lambda: "admin",
        marked: Callable[[Entry], None] = lambda entry: None,
    ) -> None:
        self._marked = marked
        self._journal, self._lane, self._policy, self._stay_hours = journal, lane, policy, stay_hours
        self._clock, self._zone, self._operator, self._opener = clock, zone, operator, Opener()

    def now(self, *, residents: bool = True) -> InsideNow:
        with in_words():
            return inside_now(
                self._presence(),
                self._rules(),
                self._clock.now(),
                self._zone,
                residents=residents,
                opener=self._opener,
            )

    def mark(self, seen: Seen, *, left: bool) -> None:
        direction = Direction.OUT if left else Direction.IN
        with in_words():
            entry = by_hand(seen, direction, self._lane(), self._clock, self._policy(), self._operator())
            key = None if seen.category else seen.subject.encode()
            stored = open_one(self._journal).append(entry, key, mover=Mover(self._under(seen), UNSAID))
        log.info("entry %d stored: passage by hand, %s", stored.number, direction.value)
        self._marked(stored.entry)

    def _under(self, seen: Seen) -> str:
        """Of whom only the center's list knows, as who they were last seen: that one takes a place."""
        last = self._presence().of([seen.subject]).get(seen.subject)
        return seen.subject if last is None or last.row else last.where.subject

    def evacuation(self, *, with_unseen: bool) -> Sheet:
        """On record, with how many names. A fire waits for no record: the log says if it was not written."""
        with in_words():
            unseen = self._presence().never_seen(self._rules().at_home) if with_unseen else ()
            people = to_find(self.now(), unseen)
        log.warning("evacuation list with %d names in full", len(people))
        try:
            put_on_record(open_one(self._journal), evacuated(len(people)), self._clock.now())
        except JournalError as error:
            log.error("not put on record: %s", error)
        return Sheet(people, self._lane().gate, self._clock.now(), self._zone)

    def printers(self) -> Sequence[str]:
        usual = QPrinterInfo.defaultPrinterName()
        return sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != usual, name))

    def _presence(self) -> Presence:
        journal = open_one(self._journal)
        return Presence(journal.connection, journal.vault, self._opener.names(journal))

    def _rules(self) -> Rules:
        return Rules.of(self._policy(), self._stay_hours())


@dataclass(frozen=True, slots=True)
class Sheet:
    """`ui.admin.inside_desk.EvacuationSheet`."""

    to_find: Sequence[ToFind]
    gate: str
    at: datetime
    zone: tzinfo

    @property
    def people(self) -> int:
        return len(self.to_find)

    @property
    def names(self) -> Sequence[tuple[str, str]]:
        return [(one.name, one.dwelling) for one in self.to_find]

    def write(self, path: Path, progress: Progress) -> int:
        with in_words():
            return write_evacuation(path, self.to_find, self.gate, self.at, self.zone, drawn=progress.step)

    def print_on(self, printer: str, progress: Progress) -> None:
        device = QPrinter(QPrinterInfo.printerInfo(printer), QPrinter.PrinterMode.HighResolution)
        device.setFullPage(True)
        with in_words():
            print_on(device, self.to_find, self.gate, self.at, self.zone, drawn=progress.step)


def evacuated(names: int) -> Event:
    """What is put on record of an evacuation list."""
    return Event(Audited.EXPORTED, facts=(("what", "evacuation"), ("rows", str(names)), ("masked", "no")))


def open_one(journal: Callable[[], Journal | None]) -> Journal:
    """The gate's journal. Raises JournalError while it has none."""
    found = journal()
    if found is None:
        raise JournalError(StorageProblem.LOCKED, "the gate has no journal now")
    return found


@contextmanager
def in_words() -> Iterator[None]:
    """What went wrong, as the admin reads it."""
    try:
        yield
    except JournalError as error:
        said = words.problem(error.problem)
        raise DeskError(stated(said.sentence, said.step)) from error
    except VaultError as error:
        raise DeskError(desk_words.no_key()) from error
    except PrintError as error:
        raise DeskError(desk_words.not_written(str(error))) from error
