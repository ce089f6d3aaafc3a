"""The passages of a day for its figures: each with the verdict that counts now, and whose shift it was.

Read-only, in pages, beside a gate that goes on writing. Of a record only what is counted is decoded; nothing
personal is opened.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime, tzinfo
from itertools import repeat
from pathlib import Path

import msgspec

from station.core.day_statistics import Counted
from station.core.entry import ReasonPart, TemperaturePart
from station.core.model import ReasonCode
from station.core.outcome import StorageProblem
from station.journal import pruned
from station.journal.connection import open_reader
from station.journal.errors import JournalError, storage_errors
from station.journal.migrations import version
from station.journal.reader import day_bounds
from station.journal.spans import within

PAGE = 2000
_DUTY_SINCE = 12  # schema
_Skipped = msgspec.Raw

Told = Callable[[int, int], None]  # so many of so many are read; may raise to stop


class _Record(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An Entry, whose fields only ever append; what is not counted is skipped."""

    schema: _Skipped
    id: bytes
    at_ms: int
    mono_ms: _Skipped
    boot: _Skipped
    lane: str
    direction: str
    severity: int
    reasons: tuple[ReasonPart, ...]
    closing: _Skipped
    code: _Skipped = _Skipped()
    temperature: TemperaturePart | None = None
    vouch: _Skipped = _Skipped()
    facts: _Skipped = _Skipped()
    person_id: _Skipped = _Skipped()
    operator: _Skipped = _Skipped()
    policy: _Skipped = _Skipped()
    amends: _Skipped = _Skipped()
    emulated: bool = False
    commitment: _Skipped = _Skipped()
    in_doubt: _Skipped = _Skipped()
    claimed: _Skipped = _Skipped()
    gate: str = ""
    policy_digest: _Skipped = _Skipped()
    override: _Skipped = _Skipped()
    role: _Skipped = _Skipped()
    waited_ms: int | None = None


_decode = msgspec.msgpack.Decoder(_Record).decode


def read_day(
    folder: Path, day: date, zone: tzinfo, told: Told = lambda done, most: None
) -> Iterator[Counted]:
    """In the order in which they were written; of entries that left the journal, what was counted of them.

    Raises NoJournalError, JournalError, and what `told` does.
    """
    with storage_errors(), closing(open_reader(folder)) as connection:
        yield from _pruned(connection, day, zone)
        yield from _passages(connection, day, zone, told)


def newest_day(folder: Path, zone: tzinfo) -> date | None:
    """Of the newest passage; None if there is none. Raises NoJournalError, JournalError."""
    with storage_errors(), closing(open_reader(folder)) as connection:
        row = connection.execute(_NEWEST).fetchone()
    return datetime.fromtimestamp(row[0] / 1000, zone).date() if row else None


def _pruned(connection: sqlite3.Connection, day: date, zone: tzinfo) -> Iterator[Counted]:
    """Hour, direction and the verdict that stood in the end: nothing else of them is kept."""
    begin, end = day_bounds(day, zone)
    for one in pruned.all_pruned(connection):
        for tally in one.tallies:
            at_ms = tally.quarter * pruned.QUARTER_HOUR_MS
            if begin <= at_ms < end:
                hour, severity = datetime.fromtimestamp(at_ms / 1000, zone).hour, tally.severity
                counted = Counted(hour, tally.direction, severity, severity, (), "", "", pruned=True)
                yield from repeat(counted, tally.count)


def _passages(connection: sqlite3.Connection, day: date, zone: tzinfo, told: Told) -> Iterator[Counted]:
    within = day_bounds(day, zone)
    after, until, most = connection.execute(_BOUNDS, within).fetchone()
    stands = {first: (severity, at_ms) for first, severity, at_ms in connection.execute(_AMENDED, within)}
    duties, done = _Duties(connection, within), 0
    after = (after or 1) - 1
    while True:
        rows = connection.execute(_ROWS, (after, until or 0, *within, PAGE)).fetchall()
        for position, number, record in rows:
            after = position
            yield _counted(_read(number, record), stands, duties, zone)
        done += len(rows)
        told(done, most)
        if len(rows) < PAGE:
            return


def _counted(one: _Record, stands: dict[bytes, tuple[int, int]], duties: _Duties, zone: tzinfo) -> Counted:
    severity, settled_at = stands.get(one.id, (one.severity, None))
    warm = one.temperature
    return Counted(
        hour=datetime.fromtimestamp(one.at_ms / 1000, zone).hour,
        direction=one.direction,
        first=one.severity,
        stands=severity,
        held=tuple(dict.fromkeys(part.code for part in one.reasons if part.severity)),
        lane=one.lane,
        gate=one.gate,
        duty=duties.at(one.at_ms, one.lane),
        corrected=settled_at is not None,
        value_c=warm.value_c if warm else None,
        high=any(part.code == ReasonCode.TEMPERATURE_HIGH for part in one.reasons),
        instrument=warm.instrument if warm else "",
        waited_ms=one.waited_ms,
        settled_ms=None if settled_at is None else max(0, settled_at - one.at_ms),
        emulated=one.emulated,
        by_hand=any(part.code == ReasonCode.CORRECTED_BY_OPERATOR for part in one.reasons),
    )


def _read(number: int, record: bytes) -> _Record:
    try:
        return _decode(record)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise JournalError(StorageProblem.CORRUPT, f"entry {number} cannot be read") from error


class _Duties:
    """Who answered for which lane when, by the clock; empty numbers are names that were typed."""

    def __init__(self, connection: sqlite3.Connection, within: tuple[int, int]) -> None:
        rows = connection.execute(_DUTY, within).fetchall() if version(connection) >= _DUTY_SINCE else []
        self._by_lane: dict[str, list[tuple[int, int, str]]] = {}
        for lane, began, ended, operator in rows:
            self._by_lane.setdefault(lane, []).append((began, ended, operator or "?"))

    def at(self, at_ms: int, lane: str) -> str:
        """The operator's number, "?" for a name that was typed, or empty: nobody."""
        duties = self._by_lane.get(lane, [])
        place = bisect_right(duties, at_ms, key=lambda one: one[0]) - 1
        if place < 0:
            return ""
        _, ended, operator = duties[place]
        return operator if at_ms < ended else ""


_BOUNDS = f"SELECT min(position), max(position), count(*) FROM {within('?1', '?2')} WHERE amends IS NULL"
_ROWS = """
SELECT position, number, record FROM entry
WHERE position > ? AND position <= ? AND amends IS NULL AND at_ms >= ? AND at_ms < ?
ORDER BY position LIMIT ?
"""
_AMENDED = """
SELECT later.amends, later.severity, later.at_ms
FROM entry AS later CROSS JOIN entry AS first ON first.id = later.amends
WHERE later.amends IS NOT NULL AND first.at_ms >= ? AND first.at_ms < ?
ORDER BY later.amends, later.position
"""  # in the order of the index of amendments, or every entry there is would be read
_NEWEST = "SELECT at_ms FROM entry WHERE amends IS NULL ORDER BY position DESC LIMIT 1"
_DUTY = """
SELECT lane, began_ms, coalesce(ended_ms, 9223372036854775807), operator FROM duty
WHERE coalesce(ended_ms, 9223372036854775807) > ? AND began_ms < ? ORDER BY began_ms, position
"""
