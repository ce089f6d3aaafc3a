"""Who went which way: who is inside now, how often a household went out, who was measured a moment ago.

They lie in the rows of the entries from which they are derived (`movement` is a view). Only passages that
were let through count; a correction moves them with it. "Inside" is what this gate saw last of somebody,
nothing more.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from station.core.entry import Entry, from_ms, to_ms
from station.core.model import Direction, Fact, FactKind, ReasonCode, Severity
from station.journal.errors import storage_errors

SOURCE = "journal"
UNSAID = ""  # as the household of a mark by hand: it is no outing of theirs, and takes none away
_KINDS = {
    FactKind.LAST_PASSAGE,
    FactKind.INSIDE,
    FactKind.MEASURED,
    FactKind.OUTING,
    FactKind.OCCUPANCY,
}


@dataclass(frozen=True, slots=True)
class Mover:
    """Whose passage it is: `subject` is a person's id, or the key of a code that is nobody's here."""

    subject: str = field(repr=False)
    household: str | None = field(default=None, repr=False)  # keyed hash of the dwelling; see UNSAID
    former: tuple[str, ...] = field(default=(), repr=False)  # under which movements of theirs lie, too


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What this gate saw last of somebody."""

    subject: str = field(repr=False)
    household: str | None = field(repr=False)
    direction: Direction
    since: datetime  # UTC


class Movements:
    """The movements in a journal; reading needs only a connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def facts(
        self,
        mover: Mover,
        now: datetime,
        *,
        outing_days: int | None,
        others_than: Collection[str] | None,
        measured_after: bytes | None = None,
    ) -> tuple[Fact, ...]:
        """What the journal knows of this person. Raises JournalError.

        No measurement counts that lies before the entry `measured_after`, whatever the clock said.

        Outings and occupancy only if they are asked for; nobody of the categories `others_than` counts as
        inside, nor whom only the center knows and who has a dwelling: those who live here are not limited.
        Nor do they themselves, who stand at the gate.
        """
        with storage_errors():
            subjects = (mover.subject, *mover.former)
            facts = list(self._of_person(subjects, measured_after))
            if outing_days and mover.household:
                facts += self._outings(mover.household, now, outing_days)
            if others_than is not None:
                asked = (json.dumps(subjects), json.dumps([*others_than]))
                (count,) = self._connection.execute(_COUNT_INSIDE, asked).fetchone()
                facts.append(Fact(FactKind.OCCUPANCY, str(count), now, SOURCE))
        return tuple(facts)

    def position(self, entry: bytes) -> int:
        """Where in the journal the entry of this id lies; -1: it was erased. Raises JournalError."""
        with storage_errors():
            row = self._connection.execute("SELECT position FROM entry WHERE id = ?", (entry,)).fetchone()
        return row[0] if row else -1

    def inside(self) -> list[Whereabouts]:
        """Who came in and has not gone out, longest first. Raises JournalError."""
        return self._last_seen(Direction.IN)

    def away(self) -> list[Whereabouts]:
        """Who went out and has not come back, longest first. Raises JournalError."""
        return self._last_seen(Direction.OUT)

    def _of_person(self, subjects: Sequence[str], measured_after: bytes | None) -> Iterator[Fact]:
        if last := last_seen(self._connection, subjects):
            direction, at = last
            yield Fact(FactKind.LAST_PASSAGE, direction, at, SOURCE)
            yield Fact(FactKind.INSIDE, direction, at, SOURCE)
        measured = self._connection.execute(_MEASURED, (json.dumps(subjects), measured_after)).fetchone()
        if measured:
            yield Fact(FactKind.MEASURED, "normal", from_ms(measured[0]), SOURCE)

    def _outings(self, household: str, now: datetime, days: int) -> Iterator[Fact]:
        since = to_ms(now - timedelta(days=days))
        count, newest = self._connection.execute(_OUTINGS, (household, since, to_ms(now))).fetchone()
        if count:
            yield Fact(FactKind.OUTING, str(count), from_ms(newest), SOURCE)

    def _last_seen(self, direction: Direction) -> list[Whereabouts]:
        with storage_errors():
            rows = self._connection.execute(_LAST_SEEN, (direction.value,)).fetchall()
        return [
            Whereabouts(subject, household, direction, from_ms(at_ms)) for subject, household, at_ms in rows
        ]


def last_seen(connection: sqlite3.Connection, subjects: Sequence[str]) -> tuple[Direction, datetime] | None:
    """Which way, and when, whoever has one of these ids and codes was let through last, under any of them."""
    asked = (json.dumps(subjects),)
    rows = connection.execute(_SEEN_AS, asked).fetchall()
    if len(rows) > 1:  # only then is it worth a look into the journal, whose pages lie anywhere
        rows = connection.execute(_LAST, asked).fetchall()
    return (Direction(rows[0][0]), from_ms(rows[0][1])) if rows else None


def is_movement(fact: Fact) -> bool:
    """Whether `Movements.facts` said it."""
    return fact.source == SOURCE and fact.kind in _KINDS


@dataclass(frozen=True, slots=True)
class Moved:
    """What an entry's row says of a movement, `mover` … `mover_normal_c`."""

    subject: str = field(repr=False)
    household: str | None = field(repr=False)
    passed: int
    normal_c: int


def moved(entry: Entry, mover: Mover | None) -> Moved | None:
    """None: nobody's, or it only amends one."""
    if mover is None or entry.amends is not None:
        return None
    return Moved(mover.subject, mover.household, int(entry.decision is Severity.PASS), _normal(entry))


def remember(connection: sqlite3.Connection, entry: Entry, moved: Moved | None) -> None:
    """Where an entry leaves somebody, or what it makes of the one it amends. Only within its transaction."""
    if entry.amends is not None:
        passed = int(entry.decision is Severity.PASS)
        for (subject,) in connection.execute(_AMEND, (passed, entry.amends)).fetchall():
            settle_whereabouts(connection, subject)
    elif moved and moved.passed:  # it is the newest of them
        connection.execute(_SEEN, (moved.subject, moved.household, entry.direction, entry.at_ms))


def settle_whereabouts(connection: sqlite3.Connection, subject: str) -> None:
    """Where somebody was seen last, from their movements. Only within a transaction."""
    connection.execute("DELETE FROM whereabouts WHERE subject = ?", (subject,))
    connection.execute(_SETTLE, (subject,))


def _normal(entry: Entry) -> int:
    codes = {reason.code for reason in entry.reasons}
    return int(ReasonCode.TEMPERATURE_NORMAL in codes)


def newest_passage(whereabouts: str) -> str:
    """SQL: where in the journal the passage lies that led there. Of two the later one counts, whatever the
    clock said; whereabouts from before there were movements are older than all."""
    return f"""coalesce((
    SELECT position FROM movement WHERE movement.subject = {whereabouts}.subject AND passed
    ORDER BY position DESC LIMIT 1), -1)"""


_AMEND = "UPDATE entry SET mover_passed = ? WHERE id = ? AND mover NOT NULL RETURNING mover"
_SEEN = f"""
INSERT INTO whereabouts (subject, household, direction, at_ms) VALUES (?1, nullif(?2, '{UNSAID}'), ?3, ?4)
ON CONFLICT (subject) DO UPDATE
SET household = CASE ?2 WHEN '{UNSAID}' THEN household ELSE excluded.household END,
    direction = excluded.direction, at_ms = excluded.at_ms
"""
# Of the movements of `last.subject` the newest that says it.
HOUSEHOLD = f"""(
  SELECT household FROM movement WHERE subject = last.subject AND household IS NOT '{UNSAID}'
  ORDER BY position DESC LIMIT 1)"""
_SETTLE = f"""
INSERT INTO whereabouts (subject, household, direction, at_ms)
SELECT subject, {HOUSEHOLD}, direction, at_ms
FROM movement AS last WHERE subject = ? AND passed ORDER BY position DESC LIMIT 1
"""
# Where the person of a row of `whereabouts` was seen later, under their id or another code of theirs.
NEWER = f"""
  SELECT 1 FROM whereabouts AS newer
  WHERE newer.subject IN (SELECT person.id UNION ALL SELECT key FROM code WHERE person_id = person.id)
    AND newer.subject <> whereabouts.subject
    AND ({newest_passage("newer")}, newer.at_ms, newer.subject)
      > ({newest_passage("whereabouts")}, whereabouts.at_ms, whereabouts.subject)"""
# Ids and codes, whose codes these are by now, and all other codes of theirs.
_THEIRS = """(
  WITH asked (subject) AS (SELECT value FROM json_each(?1)),
       who (id) AS (SELECT coalesce((SELECT person_id FROM code WHERE key = subject), subject) FROM asked)
  SELECT subject FROM asked UNION SELECT id FROM who
  UNION SELECT key FROM code JOIN who ON person_id = who.id)"""
_SEEN_AS = f"SELECT direction, at_ms FROM whereabouts WHERE subject IN {_THEIRS}"
_LAST = f"{_SEEN_AS} ORDER BY {newest_passage('whereabouts')} DESC, at_ms DESC LIMIT 1"
# The newest of each id or code by its place: the clock may have been set, and no older row need be read.
_MEASURED = """
SELECT at_ms FROM json_each(?) AS asked JOIN movement ON position = (
  SELECT position FROM movement AS theirs
  WHERE theirs.subject = asked.value AND passed AND normal_c ORDER BY position DESC LIMIT 1)
WHERE position > coalesce((SELECT position FROM entry WHERE id = ?), -1)
ORDER BY position DESC LIMIT 1
"""
_OUTINGS = """
SELECT count(*), max(at_ms) FROM movement
WHERE household = ? AND passed AND direction = 'out' AND at_ms >= ? AND at_ms < ?
"""
_LAST_SEEN = "SELECT subject, household, at_ms FROM whereabouts WHERE direction = ? ORDER BY at_ms"
# Whom only the center's list knows has no row in `person`, but a dwelling here if they have one: to open the
# list for each of them would keep the lane waiting.
# A code that is somebody's by now is theirs, and where they were seen last counts, as in `presence`.
_COUNT_INSIDE = f"""
SELECT count(*) FROM whereabouts
LEFT JOIN code ON code.key = whereabouts.subject
LEFT JOIN person ON person.id = coalesce(code.person_id, whereabouts.subject)
WHERE direction = 'in' AND CASE WHEN person.id IS NULL THEN household IS NULL
                                ELSE category NOT IN (SELECT value FROM json_each(?2)) END
  AND whereabouts.subject NOT IN {_THEIRS}
  AND NOT EXISTS ({NEWER})
"""
