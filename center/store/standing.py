"""What passages came to: their last correction counts, as it does at the gate. Writes only `meta`.

Corrections have a small index by station and day (`entry_amends`). Days stand in the statements as numbers:
PostgreSQL prepares a statement that it has seen a few times, and a prepared one with a day as value opens and
locks the tables of all days.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from center.projection import DAY_MS
from center.store.database import Connection
from center.store.migrations import meta, set_meta

# A correction may be dated so far before its passage: the gate's clock was ahead, and was set since.
BACK_DAYS = 7
_AT_ONCE = 500  # ids of one query
_FAR = "corrections far back of {}"  # in `meta`
_FIRST = (
    "SELECT id, day, corrected_ms, severity, at_ms, incarnation, number FROM entry"
    " WHERE station = ? AND amends IS NULL AND "
)
_SAID = (
    "SELECT amends, id, severity FROM entry WHERE station = ? AND {} AND amends IS NOT NULL"
    " ORDER BY max(received_ms) OVER (PARTITION BY amends, incarnation ORDER BY number), incarnation, number"
)  # within a chain its numbers say what came later, though our own clock was set back in between
# Every correction that was dated so long before its passage; or whose passage may still come, of any day.
_ALL_FAR = (
    "WITH passage AS MATERIALIZED (SELECT station, id, day FROM entry WHERE amends IS NULL"
    " AND id IN (SELECT amends FROM entry WHERE amends IS NOT NULL))"
    " SELECT DISTINCT said.station, said.day FROM entry AS said LEFT JOIN passage"
    " ON passage.station = said.station AND passage.id = said.amends"
    " WHERE said.amends IS NOT NULL"
    f" AND (passage.day IS NULL OR said.day < passage.day - {BACK_DAYS})"
)
_NOTED_SINCE = 13  # schema


class First(NamedTuple):
    """A passage as it was decided at first."""

    id: bytes
    day: int
    corrected_ms: int
    severity: int
    at_ms: int
    incarnation: int
    number: int


class Said(NamedTuple):
    """One correction."""

    id: bytes
    severity: int


def firsts(
    connection: Connection, station: bytes, ids: Collection[bytes], days: Iterable[int]
) -> list[First]:
    """These passages, as far as they are here; likely of these days, the day before, or what their id says.

    Whatever is elsewhere is looked for in every day there is. With a table for each day of two years that is
    a tenth of a second, and three thousand locks of a database that has six for all who push.
    """
    near = {day - back for day in days for back in (0, 1)} | _days_of(ids)
    found = firsts_of_days(connection, station, ids, near)
    left = set(ids) - {one.id for one in found}
    return found + _firsts(connection, "", station, sorted(left))


def _days_of(ids: Collection[bytes]) -> set[int]:
    """When ids of version 7 were made (RFC 9562): a hint, as others are random and a gate may lie."""
    return {int.from_bytes(id[:6], "big") // DAY_MS for id in ids if id[6] >> 4 == 7 and id[8] >> 6 == 2}


def firsts_of_days(
    connection: Connection, station: bytes, ids: Collection[bytes], days: Iterable[int]
) -> list[First]:
    """Those of them that are of one of these days."""
    wanted = ", ".join(f"{day:d}" for day in sorted(set(days)))
    return _firsts(connection, f"day IN ({wanted}) AND", station, sorted(ids))


def _firsts(connection: Connection, where: str, station: bytes, ids: Sequence[bytes]) -> list[First]:
    found: list[First] = []
    for place in range(0, len(ids), _AT_ONCE):
        some = ids[place : place + _AT_ONCE]
        rows = connection.rows(f"{_FIRST}{where} id IN ({', '.join('?' * len(some))})", station, *some)
        found += [First(bytes(id), *rest) for id, *rest in rows]
    return found


def said(connection: Connection, station: bytes, since_day: int) -> dict[bytes, list[Said]]:
    """All corrections of passages from this day on, by the passage that they correct, the last one last."""
    found: dict[bytes, list[Said]] = {}
    since = since_day - BACK_DAYS
    far = sorted(day for day in _far_days(connection, station) if day < since)
    days = f"(day >= {since:d} OR day IN ({', '.join(map(str, far))}))" if far else f"day >= {since:d}"
    for amends, id, severity in connection.rows(_SAID.format(days), station):
        found.setdefault(bytes(amends), []).append(Said(bytes(id), severity))
    return found


def note_far_days(connection: Connection, station: bytes, days: Collection[int]) -> None:
    """Corrections of these days, by a clock without battery, are of passages of much later days.

    Remembered, because nobody would look for them there when the passage is corrected again.
    """
    known = _far_days(connection, station)
    if not known >= set(days):
        said = " ".join(map(str, sorted(known | set(days))))
        set_meta(connection, _FAR.format(station.hex()), said.encode())


def renew(connection: Connection, schema: int) -> None:
    """Note what a program of before, whose tables were of this schema, did not note."""
    if schema < _NOTED_SINCE:
        far: dict[bytes, set[int]] = {}
        for station, day in connection.rows(_ALL_FAR):
            far.setdefault(bytes(station), set()).add(day)
        for station, days in far.items():
            note_far_days(connection, station, days)


def _far_days(connection: Connection, station: bytes) -> set[int]:
    return {int(day) for day in meta(connection, _FAR.format(station.hex())).split()}
