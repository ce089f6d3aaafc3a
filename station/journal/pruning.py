"""Old entries leave the journal: acknowledged, archived, past their time, and nothing personal beside them.

Only from the beginning of an incarnation, without a gap. What stays is a signed record: how many there were,
of which verdicts, when, and the two hashes between which they stood, so that the chain still verifies and the
counts still add up. A station without a center prunes nothing: nobody else has its entries. The last entry of
an incarnation stays, and so does all that a fork or a correction still points at; what was resealed after a
fork, and what came after it in the same incarnation, is not pruned at all.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from datetime import datetime

import msgspec

from station.core.audit import Audited, Event
from station.core.entry import to_ms
from station.journal import incarnation, leftovers, upstream
from station.journal.connection import transaction
from station.journal.entries import Journal
from station.journal.errors import storage_errors
from station.journal.incarnation import Incarnation
from station.journal.on_record import put
from station.journal.pruned import CONTEXT, Pruned, Tally, end

_AT_ONCE = 200  # entries in a step
_QUARTER_HOUR_MS = 900_000


class Pruner:
    """One run. `step` belongs to the journal's thread and takes some milliseconds."""

    def __init__(self, journal: Journal, before: datetime, now: datetime) -> None:
        """What is older than `before` goes, if it may."""
        self.pruned = 0
        self._journal, self._before, self._now = journal, to_ms(before), now
        self._work = self._through()

    def step(self) -> bool:
        """Whether there is more to do. Raises JournalError: then a new run goes on where this one stopped."""
        return next(self._work, False)

    def run(self) -> None:
        """All steps, for whoever has the journal for themselves."""
        while self.step():
            continue

    def _through(self) -> Iterator[bool]:
        connection = self._journal.connection
        with storage_errors():
            enrolled = connection.execute("SELECT 1 FROM enrolment").fetchone() is not None
            lives = incarnation.in_order(connection) if enrolled else []
        for life in lives:
            while self._some(life):
                yield True
        if self.pruned:
            self._journal.checkpoint()
            yield True
            leftovers.empty_wal(connection)

    def _some(self, life: Incarnation) -> bool:
        """The next records of an incarnation, in one transaction; False if there are none that may go."""
        connection = self._journal.connection
        with storage_errors(), transaction(connection):
            done, before = end(connection, life)
            upto = _may_go(connection, life, done, self._before)
            if upto <= done:
                return False
            record = _record(connection, life, done + 1, upto, before, to_ms(self._now))
            content = msgspec.json.encode(record)
            connection.execute(
                "INSERT INTO pruned (incarnation, upto, hash, record, signature) VALUES (?, ?, ?, ?, ?)",
                (
                    life.id,
                    upto,
                    bytes.fromhex(record.hash),
                    content,
                    self._journal.vault.sign(CONTEXT + content),
                ),
            )
            for statement in _DELETE:
                connection.execute(statement, (life.id, upto))
            facts = (("first", str(record.first)), ("upto", str(upto)))
            put(self._journal, Event(Audited.PRUNED, facts=facts), self._now)
        self.pruned += record.entries
        return True


def _may_go(connection: sqlite3.Connection, life: Incarnation, done: int, before_ms: int) -> int:
    """The last number of the next ones that may go; `done` if there are none."""
    last = connection.execute("SELECT max(number) FROM entry WHERE incarnation = ?", (life.id,)).fetchone()[0]
    (forked,) = connection.execute(
        "SELECT min(number) FROM resealed WHERE incarnation = ?", (life.id,)
    ).fetchone()
    ends = (done + _AT_ONCE, upstream.prunable(connection, life.id), (last or 0) - 1)
    upto = min(ends) if forked is None else min(*ends, forked - 1)
    values = {"life": life.id, "after": done, "upto": upto, "before": before_ms}
    (held,) = connection.execute(_HELD, values).fetchone()
    if held is not None:
        upto = held - 1
    while upto > done:  # a correction that stays needs what it corrects
        (needed,) = connection.execute(_NEEDED, {**values, "upto": upto}).fetchone()
        if needed is None:
            break
        upto = needed - 1
    return upto


def _record(
    connection: sqlite3.Connection, life: Incarnation, first: int, upto: int, before: bytes, at_ms: int
) -> Pruned:
    rows = connection.execute(_GOING, (life.id, first, upto)).fetchall()
    tallies: Counter[tuple[int, str, int]] = Counter()
    for entry_at_ms, direction, severity, amends, *_ in rows:
        if amends is None:
            tallies[entry_at_ms // _QUARTER_HOUR_MS, direction, severity] += 1
    return Pruned(
        incarnation=life.id,
        first=first,
        upto=upto,
        before=before.hex(),
        hash=rows[-1][5].hex(),
        amendments=sum(row[3] is not None for row in rows),
        erased=sum(row[4] for row in rows),
        tallies=tuple(Tally(*key, count) for key, count in sorted(tallies.items())),
        at_ms=at_ms,
    )


# The first record that must stay, be it for its age, for what lies beside it, or for what points at it.
_HELD = """
SELECT min(number) FROM entry
WHERE incarnation = :life AND number > :after AND number <= :upto AND (
    at_ms >= :before
    OR EXISTS (SELECT 1 FROM personal WHERE personal.position = entry.position)
    OR EXISTS (SELECT 1 FROM movement WHERE movement.position = entry.position)
    OR EXISTS (SELECT 1 FROM resealed WHERE resealed.position = entry.position)
    OR EXISTS (SELECT 1 FROM incarnation WHERE parent = :life AND parent_head = entry.hash))
"""
_NEEDED = """
SELECT min(first.number) FROM entry AS first JOIN entry AS later ON later.amends = first.id
WHERE first.incarnation = :life AND first.number > :after AND first.number <= :upto
  AND NOT (later.incarnation = :life AND later.number <= :upto)
"""
_GOING = """
SELECT at_ms, direction,
    coalesce((SELECT severity FROM entry AS later WHERE later.amends = entry.id
              ORDER BY later.position DESC LIMIT 1), severity),
    amends, EXISTS (SELECT 1 FROM erased_entry WHERE erased_entry.position = entry.position), hash
FROM entry WHERE incarnation = ? AND number BETWEEN ? AND ? ORDER BY number
"""
_DELETE = (
    """DELETE FROM erased_entry
       WHERE position IN (SELECT position FROM entry WHERE incarnation = ? AND number <= ?)""",
    "DELETE FROM entry WHERE incarnation = ? AND number <= ? AND amends NOT NULL",
    "DELETE FROM entry WHERE incarnation = ? AND number <= ?",
)
