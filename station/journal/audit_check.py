"""Is the audit what it was? Every record of its chain, and what each says of the entries."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress

import msgspec

from station.core.audit import Audited
from station.journal import chain, incarnation, pruned
from station.journal.audit import ROWS, SINCE_SCHEMA, Record, as_bytes, copies_of, genesis, is_signed
from station.journal.migrations import version

_ENTRY_THERE = """
SELECT 1 FROM entry WHERE incarnation = :incarnation AND number = :entry AND hash = :hash
UNION ALL SELECT 1 FROM resealed WHERE incarnation = :incarnation AND number = :entry AND hash = :hash
"""


def salvaged(connection: sqlite3.Connection) -> dict[int, int]:
    """By incarnation, up to which number entries were saved from a damaged journal: they name its audit."""
    if version(connection) < SINCE_SCHEMA:
        return {}
    rows = connection.execute("SELECT record FROM audit WHERE kind = ?", (Audited.SALVAGED.value,)).fetchall()
    found = dict[int, int]()
    for (content,) in rows:
        with suppress(msgspec.DecodeError):  # the walk says so
            record = msgspec.msgpack.decode(content, type=Record)
            found[record.incarnation] = record.entry
    return found


def damages(connection: sqlite3.Connection, step: Callable[[], None] = lambda: None) -> Iterator[str]:
    """Everything about the audit that is not as it was written. `step` is called for each record."""
    lives = incarnation.in_order(connection)
    if not lives:
        return
    walk = _Walk(connection, {life.id: life.genesis for life in lives}, lives[0].public_key, lives[0].station)
    for row in connection.execute(f"{ROWS} ORDER BY number"):
        yield from (f"audit record {row[0]} {what}" for what in walk.step(row))
        step()


class _Walk:
    """Along the chain, record by record."""

    def __init__(
        self, connection: sqlite3.Connection, firsts: dict[int, bytes], key: bytes, station: bytes
    ) -> None:
        self._connection, self._firsts, self._key = connection, firsts, key
        self._number, self._hash = 0, genesis(station)
        lives = incarnation.every(connection)
        self._gone = {one: pruned.end(connection, life) for one, life in lives.items()}

    def step(self, row: tuple[object, ...]) -> Iterator[str]:
        number, content, head, signature, salt, sealed, *copies = row
        if number != self._number + 1:
            yield f"follows {self._number}, so that records are missing"
        if chain.link(self._hash, as_bytes(content)) != head:
            yield "does not continue the chain of hashes"
        if not is_signed(self._key, as_bytes(head), as_bytes(signature)):
            yield "was not signed by this station"
        self._number, self._hash = int(str(number)), as_bytes(head)
        try:
            record = msgspec.msgpack.decode(as_bytes(content), type=Record)
        except msgspec.DecodeError:
            yield "is none"
            return
        if tuple(copies) != copies_of(record):
            yield "is listed differently from what it says"
        if sealed is not None and record.commitment != chain.commitment(as_bytes(salt), as_bytes(sealed)):
            yield "lies beside a note that is not its own"
        if not self._is_there(record):
            yield f"knows entry {record.entry}, which is not there as it was then"

    def _is_there(self, record: Record) -> bool:
        if record.entry == 0:
            return self._firsts.get(record.incarnation) == record.entry_hash
        gone, hash_there = self._pruned(record.incarnation)
        if record.entry <= gone:  # what lay behind it is archived; only the last one's hash is still known
            return record.entry < gone or record.entry_hash == hash_there
        named = {"incarnation": record.incarnation, "entry": record.entry, "hash": record.entry_hash}
        return self._connection.execute(_ENTRY_THERE, named).fetchone() is not None

    def _pruned(self, of: int) -> tuple[int, bytes]:
        return self._gone.get(of, (0, b""))
