"""The last days of a gate are found among those of years, whatever its clock said; not all are opened."""

from __future__ import annotations

import pytest

from center.store import SqlStore, open_store
from center.store.last_days import day_before, last_day
from tests.center.store.gate import NOON_MS, STATION, Gate, altered
from tests.center.store.test_chains import ask

DAY_MS = 86_400_000
TODAY = NOON_MS // DAY_MS
_OPEN_TABLES = """
    SELECT count(DISTINCT relation) FROM pg_locks JOIN pg_class ON pg_class.oid = relation
    WHERE pid = pg_backend_pid() AND relkind = 'r' AND relname LIKE 'entry%'
"""


def days_of(store: SqlStore) -> list[int]:
    """All days of the gate as they are found, the last first."""
    found = list[int]()
    with store.database.read() as connection:
        day = last_day(connection, STATION)
        while day is not None:
            found.append(day)
            day = day_before(connection, STATION, day)
    return found


@pytest.mark.parametrize(
    "days",
    [
        pytest.param([], id="nobody came yet"),
        pytest.param([0, -1, -2, -240, -241, -700], id="the gate was away for months"),
        pytest.param([9000, 0, -1], id="its clock was years ahead once"),
        pytest.param([-TODAY, -TODAY + 1], id="its clock stands in 1970"),
        pytest.param([0, -TODAY, -33], id="it stood in 1970 once"),
    ],
)
def test_the_days_of_a_gate_are_found_one_by_one(store: SqlStore, days: list[int]) -> None:
    for incarnation, day in enumerate(days, 1):
        gate = Gate(incarnation=incarnation)
        gate.push(store, [altered(incarnation, at_ms=NOON_MS + day * DAY_MS)])

    assert days_of(store) == sorted((TODAY + day for day in days), reverse=True)


def test_of_years_the_last_month_is_opened(postgresql_url: str) -> None:
    """The page of policies asks for the last day of every gate of the district."""
    store, gate = open_store(postgresql_url), Gate()
    for day in range(100):
        at_ms = NOON_MS + day * DAY_MS
        gate.push(store, [altered(day, at_ms=at_ms)], at_ms=at_ms)
    with store.database.read() as connection:
        assert last_day(connection, STATION) == TODAY + 99
        ((opened,),) = connection.rows(_OPEN_TABLES)
        assert opened <= 4  # two days, the clocks that were absurd, and the table of all
        assert day_before(connection, STATION, TODAY + 99) == TODAY + 98
        ((opened,),) = connection.rows(_OPEN_TABLES)
        assert opened <= 36
    assert ask(store, "SELECT count(*) FROM entry") == [(100,)]
    store.close()
