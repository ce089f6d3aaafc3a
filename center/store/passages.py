"""Who passed where and when (溯源): passages of a person, and who passed near these. Reads only.

A step of a station's clock must not hide anybody: near is who is near by the station's own clock, or by the
center's as it stood when the entry came, each widened by its uncertainty.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from center.projection import DAY_MS
from center.scope import Scope
from center.store import standing
from center.store.database import Connection, Database

_COLUMNS = (
    "entry.station, station.name, station.branch, entry.id, entry.corrected_ms, entry.at_ms,"
    " entry.uncertainty_ms, entry.lane, entry.direction, entry.severity, entry.reasons, entry.person_id"
)
_FROM = "FROM entry JOIN station ON station.station = entry.station"
_AT_ONCE = 40  # spans of one query


@dataclass(frozen=True, slots=True)
class Passed:
    """One passage as its last amendment has it; nothing in it tells who it was but the person's id."""

    station: bytes
    gate: str
    branch: str
    id: bytes
    at_ms: int  # by the center's clock
    own_ms: int  # by the station's
    uncertainty_ms: int
    lane: str
    direction: str
    severity: int
    reasons: tuple[str, ...]
    person_id: str | None
    amended: bool = False


class Passages:
    """All methods are transactions of their own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_person(
        self, scope: Scope, person_id: str, since_ms: int, until_ms: int, most: int = 500
    ) -> list[Passed]:
        """The newest first, at the gates of these branches."""
        where, values = scope.where("station.branch", "station.gate")
        with self._database.read() as connection:
            rows = connection.rows(
                f"SELECT {_COLUMNS} {_FROM} WHERE entry.person_id = ? AND entry.at_ms >= ?"
                f" AND entry.at_ms < ? AND entry.amends IS NULL AND {where}"
                " ORDER BY entry.at_ms DESC, entry.number DESC LIMIT ?",
                *(person_id, since_ms, until_ms, *values, most),
            )
            return _corrected(connection, list(map(_passed, rows)))

    def near(self, passages: Sequence[Passed], within_ms: int) -> list[Passed]:
        """Who else passed at the same gates within this time, all of them; oldest first."""
        by_station: dict[bytes, list[Passed]] = {}
        for one in passages:
            by_station.setdefault(one.station, []).append(one)
        own = {one.id for one in passages}
        found: dict[bytes, Passed] = {}
        with self._database.read() as connection:
            for station, some in by_station.items():
                for begin in range(0, len(some), _AT_ONCE):
                    spans = _spans(some[begin : begin + _AT_ONCE], within_ms)
                    found |= {one.id: one for one in _around(connection, station, spans)}
            others = _corrected(connection, [one for one in found.values() if one.id not in own])
        return sorted(others, key=lambda one: one.at_ms)


def is_near(one: Passed, other: Passed, within_ms: int) -> bool:
    """At the same gate, by either clock."""
    most = within_ms + one.uncertainty_ms + other.uncertainty_ms
    apart = min(abs(one.at_ms - other.at_ms), abs(one.own_ms - other.own_ms))
    return one.station == other.station and apart <= most


class Beside:
    """The passages of somebody, found by time: a month at a busy gate is millions of pairs otherwise."""

    def __init__(self, passages: Iterable[Passed], within_ms: int) -> None:
        self._passages = list(passages)
        self._wide = max(1, within_ms + max((one.uncertainty_ms for one in self._passages), default=0))
        self._slots: dict[tuple[bytes, int], dict[bytes, Passed]] = {}
        for one in self._passages:
            for ms in {one.at_ms, one.own_ms}:
                self._slots.setdefault((one.station, ms // self._wide), {})[one.id] = one

    def candidates(self, other: Passed) -> Iterable[Passed]:
        """All that may be near this one, and some more; `is_near` tells."""
        if other.uncertainty_ms > self._wide:
            return self._passages
        found: dict[bytes, Passed] = {}
        for slot in {ms // self._wide for ms in (other.at_ms, other.own_ms)}:
            for near in range(slot - 2, slot + 3):
                found |= self._slots.get((other.station, near), {})
        return found.values()


def _spans(passages: Iterable[Passed], within_ms: int) -> list[tuple[int, int, int, int]]:
    """(begin, end) by the center's clock and by the station's."""
    spans = []
    for one in passages:
        wide = within_ms + 2 * one.uncertainty_ms
        spans.append((one.at_ms - wide, one.at_ms + wide, one.own_ms - wide, one.own_ms + wide))
    return spans


def _around(
    connection: Connection, station: bytes, spans: Sequence[tuple[int, int, int, int]]
) -> list[Passed]:
    days = sorted({day for _, _, begin, end in spans for day in range(begin // DAY_MS, end // DAY_MS + 1)})
    arms = " OR ".join("entry.corrected_ms BETWEEN ? AND ? OR entry.at_ms BETWEEN ? AND ?" for _ in spans)
    marks = ", ".join("?" * len(days))
    rows = connection.rows(
        f"SELECT {_COLUMNS} {_FROM} WHERE entry.station = ? AND entry.day IN ({marks}) AND ({arms})"
        " AND entry.amends IS NULL ORDER BY entry.at_ms",
        *(station, *days, *(value for span in spans for value in span)),
    )
    return [_passed(row) for row in rows]


def _corrected(connection: Connection, passages: Sequence[Passed]) -> list[Passed]:
    """With what each came to, whenever that was said: a correction is nobody's passage."""
    since: dict[bytes, int] = {}
    for one in passages:
        since[one.station] = min(one.own_ms // DAY_MS, since.get(one.station, one.own_ms // DAY_MS))
    said = {station: standing.said(connection, station, day) for station, day in since.items()}
    return [_as_said(one, said[one.station].get(one.id)) for one in passages]


def _as_said(one: Passed, said: Sequence[standing.Said] | None) -> Passed:
    return replace(one, severity=said[-1].severity, amended=True) if said else one


def _passed(row: Sequence[Any]) -> Passed:
    station, gate, branch, id, at_ms, own_ms, uncertainty_ms, lane, direction, severity, *last = row
    reasons, person_id = last
    return Passed(
        bytes(station),
        gate,
        branch,
        bytes(id),
        at_ms,
        own_ms,
        uncertainty_ms,
        lane,
        direction,
        severity,
        tuple(reasons.split()),
        person_id,
    )
