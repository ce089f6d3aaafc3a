"""The gates as the console shows them: how each is, what passed it today, its last entries. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from center.scope import Scope
from center.store.contacts import GateRow, overview
from center.store.database import Connection, Database
from center.store.hours import hour_of
from center.store.last_days import day_before, last_day

_DAYS_BACK = 8  # days with entries that are looked through for the last ones
_LAST = (
    "id, incarnation, number, corrected_ms, lane, direction, severity, reasons, code_kind, code_status,"
    " value_c, site, person_id, operator, amends, override, emulated"
)


@dataclass(frozen=True, slots=True)
class Passed:
    """Passages by their decision."""

    passed: int = 0
    rechecked: int = 0
    stopped: int = 0

    @property
    def all(self) -> int:
        return self.passed + self.rechecked + self.stopped


@dataclass(frozen=True, slots=True)
class LastEntry:
    """One row of a gate's page. Nothing in it tells who it was but the person's id."""

    id: bytes
    incarnation: int
    number: int
    at_ms: int  # by the center's clock
    lane: str
    direction: str
    severity: int
    reasons: tuple[str, ...]
    code_kind: str | None
    code_status: str | None
    value_c: float | None
    site: str | None
    person_id: str | None
    operator: str | None
    amends: bytes | None
    override: str | None
    emulated: bool


class Gates:
    """All methods are transactions of their own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def overview(self, scope: Scope) -> list[GateRow]:
        """All enrolled stations of these branches, in the order of these."""
        with self._database.read() as connection:
            return overview(connection, *scope.where("station.branch", "station.gate"))

    def served(self, scope: Scope) -> list[str]:
        """The branches of the gates to which these rights are, one by one; never everything."""
        if not scope.branches or "" in scope.branches:
            return []
        places = ", ".join("?" * len(scope.branches))
        with self._database.read() as connection:
            rows = connection.rows(
                "SELECT DISTINCT branch FROM station WHERE branch <> '' AND revoked_ms IS NULL"
                f" AND branch || '/' || gate IN ({places}) ORDER BY branch",
                *scope.branches,
            )
        return [str(branch) for (branch,) in rows if not scope.holds(str(branch))]

    def get(self, scope: Scope, station: bytes) -> GateRow | None:
        """None: there is no such station in these branches."""
        where, values = scope.where("station.branch", "station.gate")
        with self._database.read() as connection:
            rows = overview(connection, f"{where} AND station.station = ?", [*values, station])
        return rows[0] if rows else None

    def passed(self, since_ms: int, until_ms: int) -> dict[bytes, Passed]:
        """By station, in the whole hours of this time."""
        with self._database.read() as connection:
            rows = connection.rows(
                "SELECT station, sum(passed), sum(rechecked), sum(stopped) FROM passed_hour"
                " WHERE hour >= ? AND hour < ? GROUP BY station",
                hour_of(since_ms),
                hour_of(until_ms),
            )
        return {bytes(station): Passed(*map(int, numbers)) for station, *numbers in rows}

    def hours(self, station: bytes, since_ms: int, until_ms: int) -> dict[int, Passed]:
        """By hour since 1970 (UTC)."""
        with self._database.read() as connection:
            rows = connection.rows(
                "SELECT hour, passed, rechecked, stopped FROM passed_hour"
                " WHERE station = ? AND hour >= ? AND hour < ? ORDER BY hour",
                station,
                hour_of(since_ms),
                hour_of(until_ms),
            )
        return {hour: Passed(*map(int, numbers)) for hour, *numbers in rows}

    def last_entries(self, scope: Scope, station: bytes, limit: int = 50) -> list[LastEntry]:
        """The newest first. None of a station of another branch."""
        if self.get(scope, station) is None:
            return []
        with self._database.read() as connection:
            rows = _last_rows(connection, station, limit)
        return [_entry(row) for row in rows]


def _last_rows(connection: Connection, station: bytes, limit: int) -> list[tuple[Any, ...]]:
    """Day by day, so that no more is sorted than the last days' entries of one station."""
    found: list[tuple[Any, ...]] = []
    day = last_day(connection, station)
    for _ in range(_DAYS_BACK):
        if day is None or len(found) >= limit:
            break
        found += connection.rows(
            f"SELECT {_LAST} FROM entry WHERE station = ? AND day = {day:d}"
            " ORDER BY corrected_ms DESC, number DESC LIMIT ?",
            station,
            limit,
        )
        day = day_before(connection, station, day)
    found.sort(key=lambda row: (row[3], row[2]), reverse=True)
    return found[:limit]


def _entry(row: Sequence[Any]) -> LastEntry:
    fields = dict(zip(_LAST.split(", "), row, strict=True))
    fields["at_ms"] = fields.pop("corrected_ms")
    fields["reasons"] = tuple(fields["reasons"].split())
    fields["emulated"] = bool(fields["emulated"])
    return LastEntry(**fields)
