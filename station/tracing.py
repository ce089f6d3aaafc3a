"""A trace (流调) put together: who was near, who they are, of which household, and who is inside still."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, tzinfo

from station.core.entry import from_ms, to_ms
from station.core.model import Direction, Severity
from station.core.nearness import Tick
from station.core.visit import Visit, short
from station.journal.masking import mask_name
from station.journal.person import Person
from station.journal.presence import Presence, Present
from station.journal.tracing import Traced, Tracing
from station.journal.vault import Vault
from station.ui.admin.tracing_desk import AskedTrace, Relation, Trace, TraceLine

Told = Callable[[int, int], None]


class NoSuchEntryError(LookupError):
    """There is no entry with this number."""


def trace(
    connection: sqlite3.Connection,
    vault: Vault,
    asked: AskedTrace,
    now: datetime,
    zone: tzinfo,
    told: Told = lambda done, most: None,
) -> Trace:
    """Raises NoSuchEntryError, JournalError, VaultError, and whatever `told` does."""
    tracing, presence = Tracing(connection, vault), Presence(connection, vault)
    anchors, subject = _anchors(tracing, asked, now)
    within = round(asked.minutes * 60_000)
    if asked.at is not None:
        found = tracing.around_time(to_ms(asked.at), within)
    else:
        found = tracing.around(anchors, within, told)
    making = _Lines(tracing, presence, subject, zone)
    lines = [making.line(one) for one in tracing.lines(found) if asked.way in (None, one.direction)]
    return Trace(asked, (*lines, *making.rest(lines)), len(anchors), now.astimezone(zone))


def _anchors(tracing: Tracing, asked: AskedTrace, now: datetime) -> tuple[list[Tick], str | None]:
    if asked.number is not None:
        found = tracing.numbered(asked.number)
        if found is None:
            raise NoSuchEntryError(asked.number)
        return [found[0]], found[1]
    if asked.person_id is None:
        return [], None
    since = to_ms(now - timedelta(days=asked.days))
    # Until the end of time: a clock that was set back may have left passages "in the future".
    return tracing.passages_of(tracing.subjects(asked.person_id), since, 2**62), asked.person_id


class _Lines:
    """Makes lines of passages; everybody is looked up once."""

    def __init__(self, tracing: Tracing, presence: Presence, subject: str | None, zone: tzinfo) -> None:
        self._presence, self._zone = presence, zone
        self._theirs = set(tracing.subjects(subject)) if subject else set()
        self._households = tracing.households([*self._theirs]) if subject else set()
        self._members = set(tracing.members([*self._households])) if self._households else set()
        self._known: dict[str, tuple[Person | Visit | None, Present | None]] = {}

    def line(self, one: Traced) -> TraceLine:
        who, present = self._who(one.subject) if one.subject else (None, None)
        subject = who.id if isinstance(who, Person) else one.subject
        return TraceLine(
            number=one.number,
            at=from_ms(one.at_ms).astimezone(self._zone),
            apart=timedelta(milliseconds=one.found.apart_ms),
            sure=one.found.sure,
            lane=one.lane,
            way=one.direction,
            stands=Severity(one.stands),
            relation=self._relation(one.subject, subject, one.household),
            inside=_inside(present) if one.subject else None,
            subject=subject,
            **_named(who, one.subject),
        )

    def rest(self, lines: Sequence[TraceLine]) -> list[TraceLine]:
        """Of the household, who was not near; also who never passed."""
        near = {one.subject for one in lines} | self._theirs
        return [self._member(person_id) for person_id in sorted(self._members - near)]

    def _member(self, person_id: str) -> TraceLine:
        who, present = self._who(person_id)
        return TraceLine(
            number=None,
            at=present.where.since.astimezone(self._zone) if present else None,
            apart=None,
            sure=True,
            lane="",
            way=present.where.direction.value if present else "",
            stands=None,
            relation=Relation.HOUSEHOLD,
            inside=_inside(present),
            subject=person_id,
            **_named(who, person_id),
        )

    def _relation(self, subject: str | None, owner: str | None, household: str | None) -> Relation:
        if {subject, owner} & self._theirs:
            return Relation.SELF
        together = (household is not None and household in self._households) or owner in self._members
        return Relation.HOUSEHOLD if together else Relation.OTHER

    def _who(self, subject: str) -> tuple[Person | Visit | None, Present | None]:
        if subject not in self._known:
            who = self._presence.visit_of(subject) or self._presence.person_of(subject)
            self._known[subject] = (who, self._presence.of([subject]).get(subject))
        return self._known[subject]


def _inside(present: Present | None) -> bool:
    return present is not None and present.where.direction is Direction.IN


def _named(who: Person | Visit | None, subject: str | None) -> dict[str, str]:
    if isinstance(who, Person):
        phone = who.phones[0] if who.phones else ""
        return {"name": who.name, "masked": mask_name(who.name), "dwelling": who.dwelling, "phone": phone}
    if who is not None:
        return {"name": who.name, "masked": mask_name(who.name), "dwelling": who.house, "phone": who.phone}
    return {"code": short(subject or "")}
