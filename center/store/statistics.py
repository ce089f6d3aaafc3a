"""Sums for plots: temperatures and reasons of a day. Passages by hour are counted as they come (`hours`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from center.projection import DAY_MS
from center.store.database import Database
from center.store.gates import Passed
from center.store.hours import hour_of
from station.core.day_statistics import tenths_of
from station.core.reasons import NEVER_HOLD

_AT_ONCE = 300  # stations of one query


class Statistics:
    """All methods are transactions of their own; times are UTC ms."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def by_hour(self, stations: Sequence[bytes], begin_ms: int, end_ms: int) -> dict[int, Passed]:
        """By hour since 1970, by the center's clock."""
        found: dict[int, Passed] = {}
        sql = (
            "SELECT hour, sum(passed), sum(rechecked), sum(stopped) FROM passed_hour"
            " WHERE hour >= ? AND hour < ? AND station IN ({}) GROUP BY hour"
        )
        for hour, *numbers in self._each(sql, (hour_of(begin_ms), hour_of(end_ms)), stations):
            before = found.get(hour, Passed())
            new = [int(number) for number in numbers]
            found[hour] = Passed(before.passed + new[0], before.rechecked + new[1], before.stopped + new[2])
        return found

    def temperatures(self, stations: Sequence[bytes], begin_ms: int, end_ms: int) -> Counter[int]:
        """How many passages by tenths of a degree, rounded as at the gate: no two databases do it alike."""
        sql = (
            "SELECT value_c, count(*) FROM entry"
            " WHERE day >= ? AND day <= ? AND at_ms >= ? AND at_ms < ? AND station IN ({})"
            " AND value_c IS NOT NULL AND amends IS NULL GROUP BY 1"
        )
        found: Counter[int] = Counter()
        for value_c, count in self._counted(sql, stations, begin_ms, end_ms).items():
            found[tenths_of(value_c)] += count
        return found

    def reasons(self, stations: Sequence[bytes], begin_ms: int, end_ms: int) -> Counter[str]:
        """How often each reason stood among those of a passage that was not waved through.

        What is said for somebody (a resident, a normal temperature) held nobody: the gate does not count it.
        """
        sql = (
            "SELECT reasons, count(*) FROM entry WHERE day >= ? AND day <= ? AND at_ms >= ? AND at_ms < ?"
            " AND station IN ({}) AND severity > 0 AND amends IS NULL GROUP BY reasons"
        )
        found: Counter[str] = Counter()
        for reasons, count in self._counted(sql, stations, begin_ms, end_ms).items():
            held = [code for code in str(reasons).split() if code not in NEVER_HOLD]
            found.update(dict.fromkeys(held, count))
        return found

    def _counted(self, sql: str, stations: Sequence[bytes], begin_ms: int, end_ms: int) -> Counter[Any]:
        span = (begin_ms // DAY_MS, (end_ms - 1) // DAY_MS, begin_ms, end_ms)
        found: Counter[Any] = Counter()
        for key, count in self._each(sql, span, stations):
            found[key] += int(count)
        return found

    def _each(self, sql: str, values: tuple[int, ...], stations: Sequence[bytes]) -> list[tuple[Any, ...]]:
        rows = []
        with self._database.read() as connection:
            for place in range(0, len(stations), _AT_ONCE):
                some = stations[place : place + _AT_ONCE]
                marks = ", ".join("?" * len(some))
                rows += connection.rows(sql.format(marks), *values, *some)
        return rows
