"""How sync stands: what waits to be sent, how old the lists are, what the admin should look at.

Reads with any connection, also while the gate is at work; what writes says so and belongs to the lane's
thread.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from station.core.entry import from_ms, to_ms
from station.journal import incarnation, resealing
from station.journal.connection import open_reader, transaction
from station.journal.entries import Journal
from station.journal.errors import storage_errors
from station.journal.migrations import version
from station.journal.spans import within
from station.sync.bundle import DayRun

EPOCH = "epoch"  # of the center's lists, as its last hello said
_COMPARED = "epoch of the days"  # whose word `reconciliation` is
_REPORTS = "epoch of the reports"  # whose word `report.sent` is
_CONTACT = "contact"
_CONTACT_KEPT_EVERY = timedelta(minutes=1)
_COMPARED_AGAIN = timedelta(days=30)  # with a center that was restored
SINCE_SCHEMA = 8
TO_BE_COMPARED_AGAIN = from_ms(0)  # when a day was compared


@dataclass(frozen=True, slots=True)
class ListAge:
    """How old what we have of a channel is."""

    as_of: datetime | None  # UTC by the center's clock, when all of it was here last; None: never yet
    heard: datetime | None  # the same moment by our clock
    complete: bool  # False: it is on its way
    skipped: int  # items that this version does not understand


@dataclass(frozen=True, slots=True)
class Begun:
    """An incarnation after the first, for the admin to know of."""

    incarnation: int
    why: str  # fork, moved
    at: datetime  # UTC


@dataclass(frozen=True, slots=True)
class Status:
    pending: int  # entries that the center has not acknowledged
    oldest_pending: datetime | None  # when the first of them was recorded, UTC
    contact: datetime | None  # when the center answered last, UTC, to the minute
    lists: dict[str, ListAge]  # by channel
    incarnations: tuple[Begun, ...]  # after the first, oldest first
    disagreed: tuple[str, ...]  # days (YYYY-MM-DD) whose reconciliation differed

    @property
    def skipped(self) -> int:
        return sum(age.skipped for age in self.lists.values())


def read_status(folder: Path) -> Status:
    """Raises NoJournalError, JournalError."""
    with storage_errors(), closing(open_reader(folder)) as connection:
        connection.execute("BEGIN")
        if version(connection) < SINCE_SCHEMA:
            return Status(0, None, None, {}, (), ())
        return status(connection)


def status(connection: sqlite3.Connection) -> Status:
    """The same of an open connection."""
    contact = note(connection, _CONTACT)
    begun = connection.execute(
        "SELECT id, why, began_at_ms FROM incarnation WHERE parent NOT NULL ORDER BY began_at_ms"
    )
    differing = connection.execute("SELECT day FROM reconciliation WHERE NOT agreed ORDER BY day")
    return Status(
        *_pending(connection),
        contact=from_ms(int(contact)) if contact else None,
        lists={channel: _age(*row) for channel, *row in connection.execute(_LISTS)},
        incarnations=tuple(Begun(one, why, from_ms(at_ms)) for one, why, at_ms in begun),
        disagreed=tuple(day for (day,) in differing),
    )


def acked_and_archived(connection: sqlite3.Connection, incarnation: int) -> tuple[int, int]:
    """Up to which number the center has it, and up to which its verified backup."""
    row: tuple[int, int] | None = connection.execute(
        "SELECT acked, archived FROM upstream WHERE incarnation = ?", (incarnation,)
    ).fetchone()
    return row or (0, 0)


def prunable(connection: sqlite3.Connection, incarnation: int) -> int:
    """Up to which number records might go once retention says so; never because of an ack alone."""
    return min(acked_and_archived(connection, incarnation))


def fingerprint(connection: sqlite3.Connection) -> str:
    """Of the machine, for `hello`; empty: not known."""
    return incarnation.kept_fingerprint(connection)


def heard(journal: Journal, now: datetime) -> None:
    """The center answered. Kept at most once a minute; the lane's thread."""
    kept = note(journal.connection, _CONTACT)
    if kept is None or abs(now - from_ms(int(kept))) >= _CONTACT_KEPT_EVERY:
        with storage_errors(), transaction(journal.connection):
            put_note(journal.connection, _CONTACT, str(to_ms(now)).encode())


def note(connection: sqlite3.Connection, name: str) -> bytes | None:
    row = connection.execute("SELECT value FROM sync_note WHERE name = ?", (name,)).fetchone()
    return row[0] if row else None


def put_note(connection: sqlite3.Connection, name: str, value: bytes) -> None:
    """Only within a transaction."""
    connection.execute(
        "INSERT INTO sync_note (name, value) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


def reports_are_of(connection: sqlite3.Connection, epoch: bytes) -> bool:
    """Whether it is this center's word which reports count as sent."""
    return note(connection, _REPORTS) in (None, epoch)


def reports_of_epoch(connection: sqlite3.Connection, epoch: bytes) -> None:
    """Which reports count as sent is this center's word, no other's. Only within a transaction."""
    known = note(connection, _REPORTS)
    if (known or note(connection, EPOCH)) != epoch:
        connection.execute("UPDATE report SET sent = 0")
    if known != epoch:
        put_note(connection, _REPORTS, epoch)


# --- reconciliation -----------------------------------------------------------------------------


def day_runs(connection: sqlite3.Connection, begin: datetime, end: datetime) -> list[DayRun]:
    """The records whose own time is within [begin, end), as they are offered, in runs without a gap."""
    with storage_errors():
        rows = connection.execute(_DAY, {"begin": to_ms(begin), "end": to_ms(end)}).fetchall()
    runs: list[list[tuple[int, int, bytes]]] = []
    for row in rows:
        if not (runs and runs[-1][-1][0] == row[0] and runs[-1][-1][1] + 1 == row[1]):
            runs.append([])
        runs[-1].append(row)
    return [DayRun(run[0][0], run[0][1], run[-1][1], len(run), run[0][2], run[-1][2]) for run in runs]


def keep_reconciliation(
    journal: Journal, day: str, ours: bytes, theirs: bytes, *, agreed: bool, now: datetime
) -> None:
    """What both ends signed of a day, in the place of what they signed of it before; the lane's thread."""
    with storage_errors(), transaction(journal.connection):
        journal.connection.execute(
            "INSERT INTO reconciliation (day, ours, theirs, agreed, at_ms) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (day) DO UPDATE SET ours = excluded.ours, theirs = excluded.theirs,"
            " agreed = excluded.agreed, at_ms = excluded.at_ms",
            (day, ours, theirs, int(agreed), to_ms(now)),
        )


def days_are_of(connection: sqlite3.Connection, epoch: bytes) -> bool:
    """Whether it is this center's disk with which days were compared."""
    return (note(connection, _COMPARED) or note(connection, EPOCH)) in (None, epoch)


def days_of_epoch(connection: sqlite3.Connection, epoch: bytes, now: datetime) -> None:
    """What both ends signed of late counts for this center's disk, no other's. Only within a transaction."""
    if not days_are_of(connection, epoch):
        _compare_again(connection, now)
    if note(connection, _COMPARED) != epoch:
        put_note(connection, _COMPARED, epoch)


def heard_by_stick(journal: Journal, epoch: bytes, now: datetime) -> None:
    """A stick of the center of this epoch, and no late one; the lane's thread."""
    with storage_errors():
        if note(journal.connection, _COMPARED) != epoch:
            with transaction(journal.connection):
                days_of_epoch(journal.connection, epoch, now)


def _compare_again(connection: sqlite3.Connection, now: datetime) -> None:
    since = (now - _COMPARED_AGAIN).date().isoformat()
    connection.execute("UPDATE reconciliation SET at_ms = 0 WHERE day >= ?", (since,))


@dataclass(frozen=True, slots=True)
class Reconciled:
    day: str  # YYYY-MM-DD
    ours: bytes
    theirs: bytes
    agreed: bool
    at: datetime  # UTC, or TO_BE_COMPARED_AGAIN


def reconciliations(connection: sqlite3.Connection) -> list[Reconciled]:
    """Newest day first."""
    with storage_errors():
        rows = connection.execute(
            "SELECT day, ours, theirs, agreed, at_ms FROM reconciliation ORDER BY day DESC"
        ).fetchall()
    return [
        Reconciled(day, ours, theirs, bool(agreed), from_ms(at_ms))
        for day, ours, theirs, agreed, at_ms in rows
    ]


# --- reading ------------------------------------------------------------------------------------


def _pending(connection: sqlite3.Connection) -> tuple[int, datetime | None]:
    """How many, and since when; by the time of the first of each chain."""
    pending, oldest = 0, None
    for one in incarnation.in_order(connection):
        acked, length = acked_and_archived(connection, one.id)[0], resealing.length(connection, one)
        if acked < length:
            pending += length - acked
            first = connection.execute(_AT, {"incarnation": one.id, "number": acked + 1}).fetchone()
            oldest = min(first[0], oldest or first[0]) if first else oldest
    return pending, None if oldest is None else from_ms(oldest)


def _age(complete: int, as_of_ms: int | None, heard_ms: int | None, skipped: int) -> ListAge:
    as_of, here = (None if moment is None else from_ms(moment) for moment in (as_of_ms, heard_ms))
    return ListAge(as_of, here, bool(complete), skipped)


_LISTS = "SELECT channel, complete, as_of_ms, heard_ms, skipped FROM center_cursor"
_AT = """
SELECT at_ms FROM entry WHERE incarnation = :incarnation AND number = :number
UNION ALL
SELECT at_ms FROM resealed JOIN entry ON entry.position = resealed.position
WHERE resealed.incarnation = :incarnation AND resealed.number = :number
"""
_DAY = f"""
SELECT entry.incarnation, number, hash FROM {within(":begin", ":end")}
LEFT JOIN upstream ON upstream.incarnation = entry.incarnation
WHERE (abandoned_after IS NULL OR number <= abandoned_after)
UNION ALL
SELECT resealed.incarnation, resealed.number, resealed.hash
FROM {within(":begin", ":end")} CROSS JOIN resealed ON resealed.position = entry.position
LEFT JOIN upstream ON upstream.incarnation = resealed.incarnation
WHERE (abandoned_after IS NULL OR resealed.number <= abandoned_after)
ORDER BY 1, 2
"""
