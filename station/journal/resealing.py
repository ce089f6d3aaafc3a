"""Records by incarnation and number, whichever way they came there, and how a fork is healed.

An entry is written once. When the center has something else after some number of its incarnation, the records
after that number are resealed: they get numbers, hashes and signatures in the current incarnation, and their
old numbers are never offered again. So each entry is offered under exactly one number at any time.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime

from station.core.audit import Audited, Event
from station.journal import audit, chain, pruned
from station.journal.incarnation import FORK, Incarnation, begin, current, every, head, numbered_anew
from station.journal.vault import Vault

_AT_ONCE = 1000  # records held in memory


def abandoned_after(connection: sqlite3.Connection, incarnation: int) -> int | None:
    """The last number of a forked incarnation that still counts; None: it was not forked."""
    row = connection.execute(
        "SELECT abandoned_after FROM upstream WHERE incarnation = ?", (incarnation,)
    ).fetchone()
    return row[0] if row else None


def length(connection: sqlite3.Connection, of: Incarnation) -> int:
    """The last number that counts."""
    last, abandoned = head(connection, of)[0], abandoned_after(connection, of.id)
    return last if abandoned is None else min(last, abandoned)


def hash_at(connection: sqlite3.Connection, of: Incarnation, number: int) -> bytes | None:
    """The hash after this number, 0 being the first hash; None: it does not go so far, or is pruned."""
    if number == 0:
        return of.genesis
    gone, head_there = pruned.end(connection, of)
    if number == gone:
        return head_there
    row = connection.execute(_HASH, {"incarnation": of.id, "number": number}).fetchone()
    return row[0] if row else None


def fork(connection: sqlite3.Connection, vault: Vault, incarnation: int, common: int, now: datetime) -> None:
    """What comes after `common` goes on in the current incarnation, or in a new one if that was it.

    Only within a transaction. Said twice it changes nothing. Raises KeyError for an unknown incarnation.
    """
    forked, target = every(connection)[incarnation], current(connection)
    assert target is not None  # there is at least the one that was asked for
    last = length(connection, forked)
    common = min(common, last)
    begins = forked.id == target.id
    if begins:
        parent_head = hash_at(connection, forked, common)
        assert parent_head is not None  # common is not beyond its end
        target = begin(connection, forked, parent_head, FORK, now)
    elif common == last:
        return
    _reseal(connection, vault, forked.id, (common, last), target)
    connection.execute(_ABANDON, {"incarnation": forked.id, "common": common})
    if begins:
        event = Event(Audited.NEW_INCARNATION, facts=numbered_anew(connection, FORK), by_duty=False)
        audit.write(audit.Unattended(connection, vault), event, now)


def _reseal(
    connection: sqlite3.Connection, vault: Vault, source: int, after_to: tuple[int, int], target: Incarnation
) -> None:
    number, previous = head(connection, target)
    after, to = after_to
    for first in range(after + 1, to + 1, _AT_ONCE):
        wanted = {"incarnation": source, "first": first, "last": min(first + _AT_ONCE - 1, to)}
        rows = []
        for _, position, record, _ in connection.execute(RECORDS, wanted).fetchall():
            number, previous = number + 1, chain.link(previous, record)
            rows.append((target.id, number, position, previous, vault.sign(chain.to_sign(previous))))
        connection.executemany(_INSERT, rows)


# Of one incarnation, from number `first` to `last`, in order: number, position, record, hash.
RECORDS = """
SELECT number, position, record, hash FROM entry
WHERE incarnation = :incarnation AND number BETWEEN :first AND :last
UNION ALL
SELECT resealed.number, resealed.position, record, resealed.hash
FROM resealed JOIN entry ON entry.position = resealed.position
WHERE resealed.incarnation = :incarnation AND resealed.number BETWEEN :first AND :last
ORDER BY number
"""
_HASH = """
SELECT hash FROM entry WHERE incarnation = :incarnation AND number = :number
UNION ALL
SELECT hash FROM resealed WHERE incarnation = :incarnation AND number = :number
"""
_INSERT = "INSERT INTO resealed (incarnation, number, position, hash, signature) VALUES (?, ?, ?, ?, ?)"
_ABANDON = """
INSERT INTO upstream (incarnation, abandoned_after) VALUES (:incarnation, :common)
ON CONFLICT (incarnation) DO UPDATE SET abandoned_after = excluded.abandoned_after,
    acked = min(acked, :common), archived = min(archived, :common)
"""
