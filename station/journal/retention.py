"""Retention: what is personal goes after some days, in small steps; entries, their chain and counts stay.

Only what the center has and has archived goes, if the station belongs to one (`upstream.prunable`). What goes
through here is overwritten in the file (`leftovers`). Exported files are not touched: they are not ours.
"""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

import msgspec
from msgspec.structs import replace

from station.core.audit import Audited, Event
from station.core.entry import from_ms, to_ms
from station.journal import incarnation, leftovers, upstream
from station.journal.connection import transaction
from station.journal.entries import Journal
from station.journal.errors import storage_errors
from station.journal.gaps import Gaps
from station.journal.on_record import put
from station.journal.retention_rules import HAS, OVER, SENT, SWEEPS, Kind, Sweep

_NOTE = "retention"  # in sync_note
_STEP_S = 0.006  # a step should take so long: a passage must never wait for one
_LEAST, _FIRST, _MOST = 20, 200, 4000  # rows looked at in a step
_CHECKPOINT_EVERY = 3  # steps that wrote
_DAY_MS = 86_400_000
_RIGHT_MS = 120_000  # as much as a clock may be wrong without an alarm
_QUARTER_HOUR_MS = 900_000  # no time zone begins its day at another moment


@dataclass(frozen=True, slots=True)
class Due:
    """So many of a kind, of one day; None: of these the day is not kept."""

    day: date | None
    kind: Kind
    count: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What retention would erase now, and what it keeps although it is old enough."""

    before: datetime  # UTC
    due: tuple[Due, ...]  # oldest first
    not_acked: int  # personal parts that the center does not have yet
    not_archived: int  # that it has, but not in its verified backup
    kept_since: date | None  # the oldest of both

    @property
    def counts(self) -> dict[Kind, int]:
        total: Counter[Kind] = Counter()
        for one in self.due:
            total[one.kind] += one.count
        return {kind: total[kind] for kind in Kind if total[kind]}


class Ahead(msgspec.Struct, frozen=True, array_like=True, order=True):
    """By then, with a clock that the center confirmed, all up to these positions was written; what of it has
    a later date was written by a clock that was ahead."""

    at_ms: int
    entries: int
    visits: int


_NOTHING_AHEAD = Ahead(2**62, -1, -1)


class Ran(msgspec.Struct, frozen=True):
    """The last time that retention went through, or was announced for the first time."""

    at_ms: int
    before_ms: int = 0
    counts: dict[str, int] = {}
    finished: bool = True  # False: it was only announced
    bare: int = 0  # position up to which nothing lies beside an entry any more
    ahead: tuple[Ahead, ...] = ()  # in order
    looked: int = -1  # position of the entry up to which these were looked for
    right_ms: int = 0  # by a clock that the center confirmed it was so late once

    @property
    def at(self) -> datetime:
        return from_ms(self.at_ms)


def plan(connection: sqlite3.Connection, before: datetime, zone: tzinfo) -> Plan:
    """Reads only; some tenths of a second where a year lies. Raises JournalError."""
    with storage_errors():
        values = _values(connection, before)
        due = [one for sweep in SWEEPS for one in _due(connection, sweep, values, zone)]
        acked = {one.id: upstream.acked_and_archived(connection, one.id)[0] for one in _lives(connection)}
        kept, oldest = connection.execute(_KEPT, values).fetchone()
        not_acked, _ = connection.execute(_KEPT, values | {"bounds": _json(acked)}).fetchone()
    ordered = sorted(due, key=lambda one: (one.day or date.max, list(Kind).index(one.kind)))
    since = None if oldest is None else from_ms(oldest).astimezone(zone).date()
    return Plan(before, tuple(_merged(ordered)), not_acked, kept - not_acked, since)


def last_run(connection: sqlite3.Connection) -> Ran | None:
    """None: never. Raises JournalError."""
    with storage_errors():
        found = upstream.note(connection, _NOTE)
    return msgspec.json.decode(found, type=Ran) if found else None


def announce(journal: Journal, now: datetime) -> None:
    """From the next day on it is done; what it will be can be looked at until then. Raises JournalError."""
    with storage_errors(), transaction(journal.connection):
        before = last_run(journal.connection) or Ran(0)
        announced = replace(before, at_ms=to_ms(now), before_ms=0, counts={}, finished=False)
        upstream.put_note(journal.connection, _NOTE, _encode(announced))


class Eraser:
    """One run. `step` belongs to the journal's thread, and takes some milliseconds."""

    def __init__(
        self,
        journal: Journal,
        before: datetime,
        now: datetime,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """What is older than `before` goes. Raises JournalError."""
        self.erased: Counter[Kind] = Counter()
        self._journal, self._before, self._now, self._monotonic = journal, before, now, monotonic
        with storage_errors():
            self._values = _values(journal.connection, before)
            self._by_now = _by_now(journal, now)  # the clock may be set before the end, or the PC sleep
        self._rows, self._writes = _FIRST, 0
        self._work = self._through()

    def step(self) -> bool:
        """Whether there is more to do. Raises JournalError: then a new run goes on where this one stopped."""
        return next(self._work, None) is not None

    def run(self) -> None:
        """All steps, for whoever has the journal for themselves."""
        while self.step():
            continue
        Gaps(self._journal.connection).run()  # a gate at work does it by and by (`retention_watch`)

    def _through(self) -> Iterator[bool]:
        for sweep in SWEEPS:
            after: object = self._values["bare"] if sweep.bare else sweep.least
            while after is not None:
                after = self._sweep(sweep, after)
                yield True
                if self._writes >= _CHECKPOINT_EVERY:
                    self._journal.checkpoint()
                    self._writes = 0
                    yield True
        self._finish()
        yield True
        self._journal.checkpoint()  # so that there is little left to do for the last step
        yield True
        leftovers.empty_wal(self._journal.connection)

    def _sweep(self, sweep: Sweep, after: object) -> object | None:
        """Some rows of a table; where to go on, None at its end."""
        connection, began = self._journal.connection, self._monotonic()
        with storage_errors():
            row = connection.execute(sweep.window, {"after": after, "rows": self._rows - 1}).fetchone()
            upto = row[0] if row else sweep.most
            with transaction(connection):
                gone = connection.execute(sweep.act, self._values | {"after": after, "upto": upto}).rowcount
        self.erased[sweep.kind] += gone
        self._writes += gone > 0
        self._adapt(self._monotonic() - began)
        return upto if row else None

    def _adapt(self, took_s: float) -> None:
        if took_s > _STEP_S:
            self._rows = max(_LEAST, self._rows // 2)
        elif took_s < _STEP_S / 2:
            self._rows = min(_MOST, self._rows * 5 // 4)

    def _finish(self) -> None:
        counts = {kind.value: count for kind, count in self.erased.items() if count}
        facts = (("why", "retention"), *((kind, str(count)) for kind, count in counts.items()))
        with storage_errors(), transaction(self._journal.connection):
            (bare,) = self._journal.connection.execute(_BARE, self._values).fetchone()
            looked = _look_ahead(self._journal.connection, self._by_now, self._before)
            ran = Ran(to_ms(self._now), to_ms(self._before), counts, True, bare, *looked)
            upstream.put_note(self._journal.connection, _NOTE, _encode(ran))
            if counts:
                put(self._journal, Event(Audited.ERASED, facts=facts), self._now)


_KEPT = f"""
SELECT count(*), min(at_ms) FROM entry
WHERE position > :bare AND {HAS.format("personal")} AND {OVER} AND NOT {SENT}
"""
_DATED_AHEAD = """
SELECT 1 FROM entry WHERE position > :entries AND position <= :last_entry AND at_ms > :at
UNION ALL SELECT 1 FROM visit WHERE position > :visits AND position <= :last_visit AND at_ms > :at LIMIT 1
"""
_WRITTEN = """
SELECT (SELECT coalesce(max(position), -1) FROM entry), (SELECT coalesce(max(position), -1) FROM visit)
"""
_BARE = """
SELECT coalesce(min(position) - 1, (SELECT max(position) FROM entry), 0) FROM entry
WHERE position > :bare AND (part_sealed NOT NULL OR mover NOT NULL)
"""


def _values(connection: sqlite3.Connection, before: datetime) -> dict[str, object]:
    """Up to which number the records of each incarnation may lose what is personal."""
    enrolled = connection.execute("SELECT 1 FROM enrolment").fetchone() is not None
    bounds = {one.id: upstream.prunable(connection, one.id) for one in _lives(connection)}
    ran = last_run(connection)
    bare, ahead = ran.bare if ran else 0, _over(ran.ahead if ran else (), before)
    return {
        "before": to_ms(before),
        "alone": int(not enrolled),
        "bounds": _json(bounds),
        "bare": bare,
        "entries_ahead": ahead.entries,
        "visits_ahead": ahead.visits,
        "ahead_ms": ahead.at_ms + _DAY_MS,
    }


def _over(marks: Iterable[Ahead], before: datetime) -> Ahead:
    """The newest that is as old as what goes by its date."""
    return max((one for one in marks if one.at_ms < to_ms(before)), default=_NOTHING_AHEAD)


def _by_now(journal: Journal, now: datetime) -> Ahead | None:
    """What was written until now; None: nobody knows what time it is. That the center agrees is not enough
    where it was later once: both may have begun anew in another year."""
    ran, off_ms = last_run(journal.connection) or Ran(0), journal.clock_off()
    if off_ms is None or abs(off_ms) > _RIGHT_MS or to_ms(now) < ran.right_ms:
        return None
    return Ahead(to_ms(now), *journal.connection.execute(_WRITTEN).fetchone())


def _look_ahead(
    connection: sqlite3.Connection, by_now: Ahead | None, before: datetime
) -> tuple[tuple[Ahead, ...], int, int]:
    """The marks that are needed still, with one of now if anything new is dated in the future; up to where
    was looked for that; and how late it is or was, as far as we know."""
    ran = last_run(connection) or Ran(0)
    over = _over(ran.ahead, before)
    needed = tuple(one for one in ran.ahead if over is _NOTHING_AHEAD or one >= over)
    if by_now is None:
        return needed, ran.looked, ran.right_ms
    last = ran.ahead[-1] if ran.ahead else _NOTHING_AHEAD
    values = {"entries": max(ran.looked, ran.bare), "visits": last.visits, "at": by_now.at_ms + _DAY_MS}
    values |= {"last_entry": by_now.entries, "last_visit": by_now.visits}
    is_ahead = connection.execute(_DATED_AHEAD, values).fetchone()
    return (*needed, by_now) if is_ahead else needed, by_now.entries, by_now.at_ms


def _lives(connection: sqlite3.Connection) -> list[incarnation.Incarnation]:
    return incarnation.in_order(connection)


def _json(bounds: dict[int, int]) -> str:
    return msgspec.json.encode({str(one): bound for one, bound in bounds.items()}).decode()


def _encode(ran: Ran) -> bytes:
    return msgspec.json.encode(ran)


def _due(
    connection: sqlite3.Connection, sweep: Sweep, values: dict[str, object], zone: tzinfo
) -> Iterator[Due]:
    by_day: Counter[date | None] = Counter()
    for quarter, count in connection.execute(sweep.count, values):
        day = None if quarter is None else from_ms(quarter * _QUARTER_HOUR_MS).astimezone(zone).date()
        by_day[day] += count
    yield from (Due(day, sweep.kind, count) for day, count in by_day.items())


def _merged(due: list[Due]) -> Iterator[Due]:
    """Tables of one kind count together."""
    total: Counter[tuple[date | None, Kind]] = Counter()
    for one in due:
        total[one.day, one.kind] += one.count
    yield from (Due(day, kind, count) for (day, kind), count in total.items())
