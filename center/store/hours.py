"""Passages by station and hour, kept as typed rows are written: an overview counts no entries.

Each counts in its own hour as what it came to: a correction moves it from one verdict to another. `change` is
in the transaction of the rows, so that the counts are theirs at any moment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from center.projection import COLUMNS, Row
from center.store import standing
from center.store.database import Connection
from center.store.standing import First, Said

HOUR_MS = 3_600_000
_STATION, _CORRECTED, _SEVERITY, _AMENDS, _ID, _DAY = (
    COLUMNS.index(name) for name in ("station", "corrected_ms", "severity", "amends", "id", "day")
)
_ADD = (
    "INSERT INTO passed_hour (station, hour, passed, rechecked, stopped) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (station, hour) DO UPDATE SET passed = passed_hour.passed + excluded.passed,"
    " rechecked = passed_hour.rechecked + excluded.rechecked,"
    " stopped = passed_hour.stopped + excluded.stopped"
)


@dataclass(frozen=True, slots=True)
class Came:
    """Records of one chain whose rows are being written."""

    station: bytes
    incarnation: int
    numbers: range
    days: Collection[int]


Counts = Counter[tuple[bytes, int, int]]  # station, hour, column


def hour_of(at_ms: int) -> int:
    """Toward zero, as both databases divide."""
    return at_ms // HOUR_MS if at_ms >= 0 else -(-at_ms // HOUR_MS)


def counted(rows: Iterable[Row]) -> Counts:
    """What these rows of `entry` add, before any correction."""
    return Counter(
        (row[_STATION], hour_of(row[_CORRECTED]), min(row[_SEVERITY], 2))
        for row in rows
        if row[_AMENDS] is None
    )


def corrections(connection: Connection, rows: Iterable[Row]) -> Counts:
    """What those of these rows change that are corrections; all of them stand in the table by now."""
    counts: Counts = Counter()
    for station, some in _by_station(row for row in rows if row[_AMENDS] is not None).items():
        new = {row[_ID] for row in some}
        for first, every in _standing(connection, station, some):
            before = [one for one in every if one.id not in new]
            counts[_place(station, first, every)] += 1
            counts[_place(station, first, before)] -= 1
    return counts


def corrected_before(connection: Connection, rows: Iterable[Row], came: Came) -> Counts:
    """What passages that just came change as they were corrected by what was here before them.

    So it is when another chain's rows were made first. Among `rows` are all corrections of `came`.
    """
    counts: Counts = Counter()
    new = {row[_ID] for row in rows if row[_AMENDS] is not None}
    said = standing.said(connection, came.station, min(came.days)) if came.days else {}
    before = {id: kept for id, every in said.items() if (kept := [one for one in every if one.id not in new])}
    found = standing.firsts_of_days(connection, came.station, before, came.days) if before else []
    for first in found:
        if first.incarnation == came.incarnation and first.number in came.numbers:
            counts[_place(came.station, first, before[first.id])] += 1
            counts[_place(came.station, first, ())] -= 1
    return counts


def of_known(connection: Connection, rows: Iterable[Row]) -> Counts:
    """What the passages among these rows, and those that they correct, count as the table has them."""
    return Counter(
        _place(station, first, every)
        for station, some in _by_station(rows).items()
        for first, every in _standing(connection, station, some)
    )


def _by_station(rows: Iterable[Row]) -> dict[bytes, list[Row]]:
    found: dict[bytes, list[Row]] = {}
    for row in rows:
        found.setdefault(row[_STATION], []).append(row)
    return found


def _standing(
    connection: Connection, station: bytes, rows: Sequence[Row]
) -> Iterator[tuple[First, Sequence[Said]]]:
    """These passages and those that are corrected, with all that was said of each, oldest first."""
    days, ids = {row[_DAY] for row in rows}, {row[_ID] for row in rows if row[_AMENDS] is None}
    amended = {row[_AMENDS] for row in rows} - {None} - ids
    found = standing.firsts_of_days(connection, station, ids, days) if ids else []
    found += standing.firsts(connection, station, amended, days) if amended else []
    _note_far_days(connection, station, rows, found)
    if found:
        said = standing.said(connection, station, min(days | {one.day for one in found}))
        yield from ((one, said.get(one.id, ())) for one in found)


def _note_far_days(
    connection: Connection, station: bytes, rows: Sequence[Row], found: Iterable[First]
) -> None:
    """Of corrections long before their passage, or, as that may still come and be of any day, without one.

    A passage may be among these rows and not in the table yet.
    """
    far, of = set[int](), {row[_ID]: row[_DAY] for row in rows if row[_AMENDS] is None}
    of |= {one.id: one.day for one in found}
    for row in rows:
        if row[_AMENDS] is not None:
            passed = of.get(row[_AMENDS])
            if passed is None or row[_DAY] < passed - standing.BACK_DAYS:
                far.add(row[_DAY])
    if far:
        standing.note_far_days(connection, station, far)


def _place(station: bytes, first: First, said: Sequence[Said]) -> tuple[bytes, int, int]:
    severity = said[-1].severity if said else first.severity
    return station, hour_of(first.corrected_ms), min(severity, 2)


def change(connection: Connection, after: Counts, before: Counts | None = None) -> None:
    """Add one, and take the other away."""
    difference = Counter(after)
    difference.subtract(before or {})
    hours: dict[tuple[bytes, int], list[int]] = {}
    for (station, hour, column), number in difference.items():
        hours.setdefault((station, hour), [0, 0, 0])[column] += number
    rows = [(*place, *numbers) for place, numbers in sorted(hours.items()) if any(numbers)]
    if rows:
        connection.run_many(_ADD, rows)
