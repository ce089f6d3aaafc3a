"""Which corrections belong to a table of some days: those of its passages, whenever they were made.

As in the log of the gate. Without those of the next morning a table says what nobody holds any more, and the
next day's has rows that correct nothing in it. One that is dated long before its passage, by a clock without
battery, stays where its own date is. Reads only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from center.projection import DAY_MS
from center.store import standing
from center.store.database import Connection
from center.store.standing import BACK_DAYS

_AT_ONCE = 500  # ids of one query
_MADE = (
    "SELECT entry.station, entry.amends, entry.id, entry.day, entry.at_ms, entry.number"
    " FROM entry LEFT JOIN station ON station.station = entry.station"
    " WHERE entry.day >= ? AND entry.amends IS NOT NULL AND {where}"
    " ORDER BY max(entry.received_ms) OVER (PARTITION BY entry.station, entry.amends, entry.incarnation"
    " ORDER BY entry.number), entry.incarnation, entry.number"
)  # as what they come to is told (`standing`)
_THESE = "{} entry.station = ? AND entry.day IN ({}) AND entry.id IN ({})"
Place = tuple[bytes, bytes]  # station and id


class _Made(NamedTuple):
    """A correction."""

    amends: bytes
    id: bytes
    day: int
    at_ms: int
    number: int


@dataclass(frozen=True, slots=True)
class Corrections:
    """Beside what is of these days: made later, and made in these days of other days' passages.

    Of the corrections of one passage the last in a table is the one that counts. Where the gate's clock was
    set back in between they are not in that order by their time: those come with the later ones.
    """

    later: dict[bytes, list[tuple[int, bytes]]]  # by station: day and id, in the order that counts
    elsewhere: frozenset[Place]  # of a time in these days, but not at its place

    @property
    def more(self) -> int:
        """So many rows more than are of these days by their own time; may be negative."""
        return sum(map(len, self.later.values())) - len(self.elsewhere)


def corrections(
    connection: Connection, begin_ms: int, end_ms: int, where: str = "1 = 1", values: Sequence[object] = ()
) -> Corrections:
    """Of the time from `begin_ms` on and before `end_ms`, by the gates' clocks; `where` is about stations."""
    made: dict[bytes, list[_Made]] = defaultdict(list)
    since = begin_ms // DAY_MS - BACK_DAYS
    for station, amends, id, *rest in connection.rows(_MADE.format(where=where), since, *values):
        made[bytes(station)].append(_Made(bytes(amends), bytes(id), *rest))
    later: dict[bytes, list[tuple[int, bytes]]] = {}
    elsewhere = set[Place]()
    for station, some in made.items():
        within = [one for one in some if begin_ms <= one.at_ms < end_ms]
        of_others = _outside(connection, station, within, begin_ms, end_ms)
        others = {one.id for one in within if _is_of(one, of_others)}
        amended = {one.amends for one in some if not begin_ms <= one.at_ms < end_ms}
        ours = _inside(connection, station, amended, begin_ms, end_ms)
        here = {one.id for one in within} - others
        last = {one.id for one in some if one.amends in ours} - here - others
        moved = _out_of_order([one for one in some if one.id in here | last], last)
        elsewhere.update((station, id) for id in others | moved)
        if found := [(one.day, one.id) for one in some if one.id in last | moved]:
            later[station] = found
    return Corrections(later, frozenset(elsewhere))


def _is_of(one: _Made, days: dict[bytes, int]) -> bool:
    """A correction of one of these passages, and not dated long before it."""
    return one.amends in days and one.day >= days[one.amends] - BACK_DAYS


def _out_of_order(counting: Sequence[_Made], last: Collection[bytes]) -> set[bytes]:
    """Those of passages whose corrections would stand otherwise than they count; `last` come last anyway."""
    of_passage: dict[bytes, list[_Made]] = defaultdict(list)
    for one in counting:
        of_passage[one.amends].append(one)
    found = set[bytes]()
    for some in of_passage.values():
        here = sorted((one for one in some if one.id not in last), key=lambda one: (one.at_ms, one.number))
        if here + [one for one in some if one.id in last] != some:
            found.update(one.id for one in here)
    return found


def rows_of(connection: Connection, select: str, found: Corrections) -> Iterator[tuple[Any, ...]]:
    """Those that come last; `select` ends with WHERE, is of `entry`, its last columns are id, station."""
    for station, some in sorted(found.later.items()):
        for first in range(0, len(some), _AT_ONCE):
            part = some[first : first + _AT_ONCE]
            days, ids = sorted({day for day, _ in part}), [id for _, id in part]
            marks = (", ".join("?" * len(those)) for those in (days, ids))
            rows = connection.rows(_THESE.format(select, *marks), station, *days, *ids)
            by_id = {bytes(row[-2]): row for row in rows}
            yield from (by_id[id] for id in ids if id in by_id)


def _outside(
    connection: Connection,
    station: bytes,
    within: Sequence[_Made],
    begin_ms: int,
    end_ms: int,
) -> dict[bytes, int]:
    """The day of passages of other days that are corrected by these; what never came is of no other day."""
    ids, days = {one.amends for one in within}, {one.day for one in within}
    found = standing.firsts(connection, station, ids, days) if ids else []
    return {one.id: one.day for one in found if not begin_ms <= one.at_ms < end_ms}


def _inside(
    connection: Connection, station: bytes, ids: set[bytes], begin_ms: int, end_ms: int
) -> set[bytes]:
    days = range(begin_ms // DAY_MS, (end_ms - 1) // DAY_MS + 1)
    found = standing.firsts_of_days(connection, station, ids, days) if ids else []
    return {one.id for one in found if begin_ms <= one.at_ms < end_ms}
