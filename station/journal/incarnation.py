"""Which life of the journal the numbers belong to: the row, its first hash, and whether our keys fit it."""

from __future__ import annotations

import logging
import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from station.core.entry import to_ms
from station.journal import chain
from station.journal.connection import transaction
from station.journal.errors import KeyProblem, VaultError
from station.journal.migrations import version
from station.journal.vault import Vault

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Incarnation:
    id: int  # 48 random bits
    station: bytes
    parent_head: bytes
    public_key: bytes
    data_key_id: bytes

    @property
    def genesis(self) -> bytes:
        """hash_0: what the first entry is chained to."""
        return chain.genesis(self.station, self.id, self.parent_head)


FIRST, FORK, MOVED = "first", "fork", "moved"  # why an incarnation began

_SELECT = "SELECT id, station, parent_head, public_key, data_key_id FROM incarnation"
_CURRENT = f"{_SELECT} AS this WHERE NOT EXISTS (SELECT 1 FROM incarnation WHERE parent = this.id)"
_SINCE_SCHEMA = 8  # of `resealed` and `sync_note`
_FINGERPRINT = "fingerprint"


def current(connection: sqlite3.Connection) -> Incarnation | None:
    """The one that no other continues; None before the first start is complete."""
    row = connection.execute(_CURRENT).fetchone()
    return Incarnation(*row) if row else None


def every(connection: sqlite3.Connection) -> dict[int, Incarnation]:
    """All of them, by id."""
    return {row[0]: Incarnation(*row) for row in connection.execute(_SELECT)}


def in_order(connection: sqlite3.Connection) -> list[Incarnation]:
    """All of them, each after the one that it continues: wall time would not tell."""
    return [Incarnation(*row) for row in connection.execute(_IN_ORDER)]


def resume(
    connection: sqlite3.Connection,
    vault: Vault,
    now: datetime,
    fingerprint: str,
    moved: Callable[[], object] = lambda: None,
) -> Incarnation:
    """Go on with the current incarnation, or begin the first.

    On another machine, or on a copy of this disk, go on with a new one: what the other copy writes then never
    bears the numbers of what is written here, and `moved` is called within that transaction. An empty
    fingerprint tells nothing. Raises VaultError if the keys are not the journal's.
    """
    incarnation = current(connection)
    if incarnation is None:
        with transaction(connection):
            keep_fingerprint(connection, fingerprint)
            return _begin_first(connection, vault, now)
    if incarnation.data_key_id != vault.data_key_id:
        raise VaultError(KeyProblem.WRONG, "data.key belongs to another journal")
    if incarnation.public_key != vault.public_key:
        raise VaultError(KeyProblem.WRONG, "station.key belongs to another journal")
    return _after_a_move(connection, incarnation, now, fingerprint, moved)


def _after_a_move(
    connection: sqlite3.Connection,
    before: Incarnation,
    now: datetime,
    fingerprint: str,
    moved: Callable[[], object],
) -> Incarnation:
    kept = kept_fingerprint(connection)
    if not fingerprint or fingerprint == kept:
        return before
    with transaction(connection):
        keep_fingerprint(connection, fingerprint)
        if not kept:
            return before
        log.warning("another machine, or a copied disk: a new incarnation begins")
        begun = begin(connection, before, head(connection, before)[1], MOVED, now)
        moved()
        return begun


def kept_fingerprint(connection: sqlite3.Connection) -> str:
    """Of the machine on which this journal was opened last; empty: not known."""
    row = connection.execute("SELECT value FROM sync_note WHERE name = ?", (_FINGERPRINT,)).fetchone()
    return row[0].decode() if row else ""


def numbered_anew(connection: sqlite3.Connection, why: str) -> tuple[tuple[str, str], ...]:
    """What the audit says of the current incarnation, which has just begun."""
    this = current(connection)
    assert this is not None  # it has begun
    return (("why", why), ("incarnation", f"{this.id:012x}"))


def keep_fingerprint(connection: sqlite3.Connection, fingerprint: str) -> None:
    """Only within a transaction."""
    connection.execute(
        "INSERT INTO sync_note (name, value) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (_FINGERPRINT, fingerprint.encode()),
    )


def begin(
    connection: sqlite3.Connection, after: Incarnation, parent_head: bytes, why: str, now: datetime
) -> Incarnation:
    """A new incarnation that continues the current one from this hash. Only within a transaction."""
    new = replace(after, id=secrets.randbits(48), parent_head=parent_head)
    _insert(connection, new, after.id, why, now)
    return new


def head(connection: sqlite3.Connection, of: Incarnation) -> tuple[int, bytes]:
    """The last number and hash, always read from the file: after a failed COMMIT memory could be wrong."""
    tables = ("entry", "resealed") if version(connection) >= _SINCE_SCHEMA else ("entry",)
    ends = [connection.execute(_END.format(table), (of.id,)).fetchone() for table in tables]
    return max((end for end in ends if end), default=(0, of.genesis))


def tip(connection: sqlite3.Connection) -> tuple[int, int, bytes]:
    """`current` and its `head` in one statement, for each entry that is written: id, last number and hash."""
    this, station, parent_head, *ends = connection.execute(_TIP).fetchone()
    number, hash = max(((end, of) for end, of in (ends[:2], ends[2:]) if end), default=(0, b""))
    return this, number, hash or chain.genesis(station, this, parent_head)


def _begin_first(connection: sqlite3.Connection, vault: Vault, now: datetime) -> Incarnation:
    first = Incarnation(
        secrets.randbits(48), secrets.token_bytes(16), b"", vault.public_key, vault.data_key_id
    )
    _insert(connection, first, None, FIRST, now)
    return first


def _insert(
    connection: sqlite3.Connection, new: Incarnation, parent: int | None, why: str, now: datetime
) -> None:
    connection.execute(
        "INSERT INTO incarnation"
        " (id, parent, station, parent_head, public_key, data_key_id, began_at_ms, why)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(new.id, parent, new.station, new.parent_head, new.public_key, new.data_key_id),
            *(to_ms(now), why),
        ),
    )


_END = "SELECT number, hash FROM {} WHERE incarnation = ? ORDER BY number DESC LIMIT 1"
_TIP = """
SELECT this.id, station, parent_head, entry.number, entry.hash, resealed.number, resealed.hash
FROM incarnation AS this
LEFT JOIN entry ON entry.incarnation = this.id
    AND entry.number = (SELECT max(number) FROM entry WHERE incarnation = this.id)
LEFT JOIN resealed ON resealed.incarnation = this.id
    AND resealed.number = (SELECT max(number) FROM resealed WHERE incarnation = this.id)
WHERE NOT EXISTS (SELECT 1 FROM incarnation WHERE parent = this.id)
"""
_IN_ORDER = """
WITH RECURSIVE line (id, place) AS (
    SELECT id, 0 FROM incarnation WHERE parent IS NULL
    UNION ALL SELECT child.id, place + 1 FROM line JOIN incarnation AS child ON child.parent = line.id)
SELECT incarnation.id, station, parent_head, public_key, data_key_id
FROM line JOIN incarnation USING (id) ORDER BY place
"""
