"""Passages by station and hour, kept as typed rows are written: an overview counts no entries.

`change` is in the transaction of the rows, so that the counts are theirs at any moment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from center.projection import COLUMNS, Row
from center.store.database import Connection

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
_KNOWN = "SELECT station, corrected_ms, severity, amends FROM entry WHERE station = ? AND day = ? AND id = ?"
Counts = Counter[tuple[bytes, int, int]]  # station, hour, column


def hour_of(at_ms: int) -> int:
    """Toward zero, as both databases divide."""
    return at_ms // HOUR_MS if at_ms >= 0 else -(-at_ms // HOUR_MS)


def counted(rows: Iterable[Row]) -> Counts:
    """What these rows of `entry` add."""
    return Counter(
        (row[_STATION], hour_of(row[_CORRECTED]), min(row[_SEVERITY], 2))
        for row in rows
        if row[_AMENDS] is None
    )


def of_known(connection: Connection, rows: Iterable[Row]) -> Counts:
    """What those of these rows count that the table has already, as it has them."""
    counts: Counts = Counter()
    for place in sorted({(row[_STATION], row[_DAY], row[_ID]) for row in rows}):
        for station, corrected_ms, severity, amends in connection.rows(_KNOWN, *place):
            if amends is None:
                counts[station, hour_of(corrected_ms), min(severity, 2)] += 1
    return counts


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
