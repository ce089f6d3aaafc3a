"""The passages of a journal as a long list: which there are by day, verdict and person, and pages of them.

A list is of places; entries are read when a page of them is looked at. Reads only. Corrections are no
passages of their own, but what they say counts.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import Protocol

from station.core.entry import Entry, StoredEntry
from station.core.explain import is_operators_word
from station.core.model import Severity
from station.journal.errors import storage_errors
from station.journal.reader import day_bounds, stored_entry
from station.journal.spans import within

AT_ONCE = 20_000  # positions of one look at all days: some tens of milliseconds, then it may stop


class Reading(Protocol):
    """A journal, or whoever reads beside it."""

    @property
    def connection(self) -> sqlite3.Connection: ...


@dataclass(frozen=True, slots=True)
class Beside:
    """Over a connection of its own, in another thread than the journal's."""

    connection: sqlite3.Connection


@dataclass(frozen=True, slots=True)
class Filter:
    """Which passages; nothing said means all of them."""

    day: date | None = None
    verdict: Severity | None = None  # as it stands now
    overridden: bool = False  # only those whose verdict somebody changed by hand
    subjects: tuple[str, ...] | None = field(default=None, repr=False)  # a person's id and their codes' keys


@dataclass(frozen=True, slots=True)
class Passed:
    """One passage. `stands`: its verdict now; `subject`: whose it is, as movements have it, or empty."""

    place: int
    stored: StoredEntry
    stands: Severity
    subject: str = field(repr=False)


class EntryList:
    """All methods raise JournalError."""

    def __init__(self, journal: Reading) -> None:
        self._connection = journal.connection

    def every_day(
        self, wanted: Filter, zone: tzinfo, told: Callable[[int, int], None] = lambda done, most: None
    ) -> array[int]:
        """As `places`, piece by piece: every entry there is is read. `told` may raise to stop."""
        if wanted.overridden:
            return self.places(wanted, zone)  # only corrections are read
        with storage_errors():
            (newest,) = self._connection.execute("SELECT coalesce(max(position), 0) FROM entry").fetchone()
        found = array("q")
        for upto in range(newest, 0, -AT_ONCE):
            told(newest - upto, newest)
            found += self.places(wanted, zone, (upto - AT_ONCE, upto))
        return found

    def places(self, wanted: Filter, zone: tzinfo, among: tuple[int, int] | None = None) -> array[int]:
        """Where these passages lie, newest first: eight bytes for each. `among`: only behind one position
        and up to another."""
        where, values = _conditions(wanted, zone)
        if among:
            where += " AND entry.position > ? AND entry.position <= ?"
            values += among
        if wanted.overridden:
            where += " AND position IN (SELECT value FROM json_each(?))"
            values.append(json.dumps(self._overridden(wanted.day, zone)))
        with storage_errors():
            rows = self._connection.execute(
                f"SELECT entry.position FROM {_source(wanted)} WHERE {where} ORDER BY entry.position DESC",
                values,
            )
            return array("q", (place for (place,) in rows))

    def at(self, places: Sequence[int]) -> list[Passed]:
        """What lies at these places, in their order."""
        marks = ",".join("?" * len(places))
        with storage_errors():
            rows = self._connection.execute(_AT.format(marks=marks), list(places)).fetchall()
        found = {row[0]: _passed(row) for row in rows}
        return [found[place] for place in places if place in found]

    def place_of(self, number: int) -> int | None:
        """Of the passage with this number, or that the correction with this number is about.

        Of the newest incarnation that has one.
        """
        with storage_errors():
            row = self._connection.execute(_PLACE, {"number": number}).fetchone()
        return None if row is None else int(row[0])

    def corrections(self, entry_id: bytes) -> list[StoredEntry]:
        """What was made of a passage by hand or when it was measured again, oldest first."""
        with storage_errors():
            rows = self._connection.execute(_CORRECTIONS, (entry_id,)).fetchall()
        return [stored_entry(*row) for row in rows]

    def _overridden(self, day: date | None, zone: tzinfo) -> list[int]:
        """The places of what somebody changed by hand; what is measured again is corrected by the gate.

        Of a day only its own are read: a year has thousands of corrections.
        """
        with storage_errors():
            if day:
                rows = self._connection.execute(_CORRECTED_OF, day_bounds(day, zone)).fetchall()
            else:
                rows = self._connection.execute(_CORRECTED).fetchall()
        return [place for place, *row in rows if is_operators_word(stored_entry(*row).entry)]

    def overridden_on(self, day: date, zone: tzinfo) -> list[Entry]:
        """The corrections that were made on a day."""
        with storage_errors():
            rows = self._connection.execute(_MADE, day_bounds(day, zone)).fetchall()
        return [stored_entry(*row).entry for row in rows]

    def newest_day(self, zone: tzinfo) -> date | None:
        """Of the newest passage; None if there is none."""
        with storage_errors():
            row = self._connection.execute(_NEWEST).fetchone()
        return datetime.fromtimestamp(row[0] / 1000, zone).date() if row else None


def _conditions(wanted: Filter, zone: tzinfo) -> tuple[str, list[object]]:
    conditions, values = ["amends IS NULL"], list[object]()
    if wanted.day:
        values += day_bounds(wanted.day, zone)
    if wanted.verdict is not None:
        conditions.append(f"{_STANDS} = ?")
        values.append(int(wanted.verdict))
    if wanted.subjects is not None:
        marks = ",".join("?" * len(wanted.subjects))
        conditions.append(f"position IN (SELECT position FROM movement WHERE subject IN ({marks}))")
        values += wanted.subjects
    return " AND ".join(conditions), values


def _source(wanted: Filter) -> str:
    """Of a day: its bounds are the first two values then."""
    return within("?1", "?2") if wanted.day else "entry"


def _passed(row: tuple[int, int, bytes, bytes, int, str | None]) -> Passed:
    place, number, hash, record, stands, subject = row
    return Passed(place, stored_entry(number, hash, record), Severity(stands), subject or "")


_STANDS = """coalesce((SELECT severity FROM entry AS later WHERE later.amends = entry.id
                   ORDER BY position DESC LIMIT 1), severity)"""
_AT = f"""
SELECT entry.position, number, hash, record, {_STANDS}, subject
FROM entry LEFT JOIN movement ON movement.position = entry.position WHERE entry.position IN ({{marks}})
"""
_PLACE = """
SELECT coalesce((SELECT position FROM entry AS first WHERE first.id = entry.amends), position)
FROM entry WHERE incarnation IN (SELECT id FROM incarnation) AND number = :number
ORDER BY position DESC LIMIT 1
"""  # with the incarnations the index of numbers is used, or every entry there is would be read
_CORRECTIONS = "SELECT number, hash, record FROM entry WHERE amends = ? ORDER BY position"
_CORRECTED = """
SELECT first.position, later.number, later.hash, later.record
FROM entry AS later JOIN entry AS first ON first.id = later.amends WHERE later.amends NOTNULL
"""
_CORRECTED_OF = f"""
SELECT entry.position, later.number, later.hash, later.record
FROM {within("?1", "?2")} AND entry.amends IS NULL CROSS JOIN entry AS later ON later.amends = entry.id
"""
_MADE = f"""
SELECT number, hash, record FROM {within("?1", "?2")} WHERE amends NOTNULL ORDER BY position
"""
_NEWEST = "SELECT at_ms FROM entry WHERE amends IS NULL ORDER BY position DESC LIMIT 1"
