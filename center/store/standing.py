"""What passages came to: their last correction counts, as it does at the gate. Reads only.

Corrections have no index of their own: they are looked for among a station's rows from the day of what they
correct on, which are some thousands.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from center.store.database import Connection

_AT_ONCE = 500  # ids of one query
_FIRST = "SELECT id, day, corrected_ms, severity, at_ms FROM entry WHERE station = ? AND amends IS NULL AND "
_SAID = (
    "SELECT amends, id, severity FROM entry WHERE station = ? AND day >= ? AND amends IS NOT NULL"
    " ORDER BY received_ms, incarnation, number"
)


class First(NamedTuple):
    """A passage as it was decided at first."""

    id: bytes
    day: int
    corrected_ms: int
    severity: int
    at_ms: int


class Said(NamedTuple):
    """One correction."""

    id: bytes
    severity: int


def firsts(
    connection: Connection, station: bytes, ids: Collection[bytes], days: Iterable[int]
) -> list[First]:
    """These passages, as far as they are here; likely on one of these days or on the day before."""
    near = {day - back for day in days for back in (0, 1)}
    found = firsts_of_days(connection, station, ids, near)
    left = set(ids) - {one.id for one in found}
    return found + _firsts(connection, "", (station,), sorted(left))


def firsts_of_days(
    connection: Connection, station: bytes, ids: Collection[bytes], days: Iterable[int]
) -> list[First]:
    """Those of them that are of one of these days."""
    wanted = sorted(set(days))
    marks = ", ".join("?" * len(wanted))
    return _firsts(connection, f"day IN ({marks}) AND", (station, *wanted), sorted(ids))


def _firsts(
    connection: Connection, where: str, values: tuple[object, ...], ids: Sequence[bytes]
) -> list[First]:
    found: list[First] = []
    for place in range(0, len(ids), _AT_ONCE):
        some = ids[place : place + _AT_ONCE]
        rows = connection.rows(f"{_FIRST}{where} id IN ({', '.join('?' * len(some))})", *values, *some)
        found += [First(bytes(id), *rest) for id, *rest in rows]
    return found


def said(connection: Connection, station: bytes, since_day: int) -> dict[bytes, list[Said]]:
    """All corrections from this day on, by the passage that they correct, the last one last."""
    found: dict[bytes, list[Said]] = {}
    for amends, id, severity in connection.rows(_SAID, station, since_day):
        found.setdefault(bytes(amends), []).append(Said(bytes(id), severity))
    return found
