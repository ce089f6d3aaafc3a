"""The daily comparison, the center's side: how much of a span is here, its hashes, what is missing.

Signing and sending are not done here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter

from center.store.chains import hash_at
from center.store.database import Connection, Database


@dataclass(frozen=True, slots=True)
class Summary:
    """What the center has of the records `first` to `last` of an incarnation."""

    station: bytes
    incarnation: int
    first: int
    last: int
    count: int  # of them in the ledger
    first_hash: bytes  # after `first`; empty: not here
    last_hash: bytes
    quarantined: tuple[int, ...]
    missing: tuple[tuple[int, int], ...]  # spans that are not here, both ends included


@dataclass(frozen=True, slots=True)
class KeptReconciliation:
    """A comparison that was made, with both signed sides."""

    station: bytes
    day: int
    made_ms: int
    ours: bytes
    theirs: bytes
    same: bool


_SELECT = "SELECT station, day, made_ms, ours, theirs, same FROM reconciliation"
_DIFFERING = f"{_SELECT} WHERE station = ? AND same = 0 ORDER BY day DESC LIMIT ?"
_MOST_DIFFERING = 62  # of a gate that are shown beside what was compared last


class Reconciliations:
    """All methods are transactions of their own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def summary(self, station: bytes, incarnation: int, first: int, last: int) -> Summary:
        """Of the records `first` to `last`, both included, looked up in the segments themselves."""
        with self._database.read() as connection:
            missing = gaps(first, last, _spans(connection, station, incarnation, first, last))
            return Summary(
                station,
                incarnation,
                first,
                last,
                count=last - first + 1 - sum(end - begin + 1 for begin, end in missing),
                first_hash=hash_at(connection, station, incarnation, first) or b"",
                last_hash=hash_at(connection, station, incarnation, last) or b"",
                quarantined=_quarantined(connection, station, incarnation, first, last),
                missing=missing,
            )

    def keep(self, station: bytes, day: int, made_ms: int, ours: bytes, theirs: bytes, same: bool) -> None:
        """Keep both signed sides; a later comparison of the same day takes the place."""
        with self._database.write() as connection:
            connection.run(
                "INSERT INTO reconciliation (station, day, made_ms, ours, theirs, same)"
                " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (station, day) DO UPDATE SET"
                " made_ms = excluded.made_ms, ours = excluded.ours, theirs = excluded.theirs,"
                " same = excluded.same",
                station,
                day,
                made_ms,
                ours,
                theirs,
                int(same),
            )

    def of_day(self, station: bytes, day: int) -> KeptReconciliation | None:
        with self._database.read() as connection:
            row = connection.row(f"{_SELECT} WHERE station = ? AND day = ?", station, day)
        return _kept(*row) if row else None

    def differing(self, station: bytes, limit: int) -> list[KeptReconciliation]:
        """Those in which something is missing or otherwise, the newest day first."""
        with self._database.read() as connection:
            rows = connection.rows(_DIFFERING, station, limit)
        return [_kept(*row) for row in rows]

    def kept(self, station: bytes, limit: int = 30) -> list[KeptReconciliation]:
        """Those that were made last, and whatever differs, the newest day first.

        By our clock: a gate whose own was years ahead has signed days that have not come yet. A stick has a
        month compared in one moment: the day in it that differs is not hidden by those after it.
        """
        with self._database.read() as connection:
            lately = connection.rows(
                f"{_SELECT} WHERE station = ? ORDER BY made_ms DESC, day DESC LIMIT ?", station, limit
            )
            wrong = connection.rows(_DIFFERING, station, _MOST_DIFFERING)
        by_day = {row[1]: row for row in (*lately, *wrong)}
        return [_kept(*row) for row in sorted(by_day.values(), key=itemgetter(1), reverse=True)]


def gaps(first: int, last: int, spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """What of `first` to `last` the spans, which are in order, do not cover."""
    found, expected = [], first
    for begin, end in spans:
        if begin > expected:
            found.append((expected, begin - 1))
        expected = max(expected, end + 1)
    if expected <= last:
        found.append((expected, last))
    return tuple(found)


def _kept(
    station: bytes, day: int, made_ms: int, ours: bytes, theirs: bytes, same: int
) -> KeptReconciliation:
    return KeptReconciliation(bytes(station), day, made_ms, bytes(ours), bytes(theirs), same == 1)


def _spans(
    connection: Connection, station: bytes, incarnation: int, first: int, last: int
) -> list[tuple[int, int]]:
    rows = connection.rows(
        "SELECT first, last FROM segment WHERE station = ? AND incarnation = ? AND first <= ? AND last >= ?"
        " ORDER BY first",
        station,
        incarnation,
        last,
        first,
    )
    return [(begin, end) for begin, end in rows]


def _quarantined(
    connection: Connection, station: bytes, incarnation: int, first: int, last: int
) -> tuple[int, ...]:
    rows = connection.rows(
        "SELECT number FROM quarantine WHERE station = ? AND incarnation = ? AND number BETWEEN ? AND ?"
        " ORDER BY number",
        station,
        incarnation,
        first,
        last,
    )
    return tuple(number for (number,) in rows)
