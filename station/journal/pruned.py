"""What remains of entries that left the journal (`pruning`): signed counts and hashes.

Read here for whoever walks the chain, which goes on from there; nothing is pruned here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from station.journal.errors import storage_errors
from station.journal.incarnation import Incarnation
from station.journal.migrations import version

SINCE_SCHEMA = 14
CONTEXT = b"kakou pruned 1\0"  # a signature made here means nothing anywhere else


QUARTER_HOUR_MS = 900_000


class Tally(msgspec.Struct, frozen=True, array_like=True):
    """So many passages of a quarter of an hour since 1970, as they were decided in the end."""

    quarter: int
    direction: str
    severity: int
    count: int


class Pruned(msgspec.Struct, frozen=True, kw_only=True):
    """What remains of the records `first` to `upto`. Fields only ever append. Hashes are hex."""

    v: int = 1
    incarnation: int
    first: int
    upto: int
    before: str  # the hash that `first` was linked to
    hash: str  # of `upto`
    amendments: int
    erased: int  # of which the personal part went because somebody asked for it
    tallies: tuple[Tally, ...]
    at_ms: int

    @property
    def entries(self) -> int:
        """Amendments included."""
        return self.upto - self.first + 1


def end(connection: sqlite3.Connection, of: Incarnation) -> tuple[int, bytes]:
    """Up to which number records are gone, and the hash there; 0 and the first hash: none are."""
    row = None
    if version(connection) >= SINCE_SCHEMA:
        row = connection.execute(_END, (of.id,)).fetchone()
    return (row[0], row[1]) if row else (0, of.genesis)


def all_pruned(connection: sqlite3.Connection) -> list[Pruned]:
    """What remains of them, oldest first of each incarnation; for statistics. Raises JournalError."""
    if version(connection) < SINCE_SCHEMA:
        return []
    with storage_errors():
        rows = connection.execute("SELECT record FROM pruned ORDER BY incarnation, upto").fetchall()
    return [msgspec.json.decode(record, type=Pruned) for (record,) in rows]


def passages(connection: sqlite3.Connection, within: tuple[int, int]) -> int:
    """How many of a time, from and until UTC ms, have left the journal. Raises JournalError."""
    tallies = (tally for one in all_pruned(connection) for tally in one.tallies)
    return sum(one.count for one in tallies if within[0] <= one.quarter * QUARTER_HOUR_MS < within[1])


def damages(connection: sqlite3.Connection, of: Incarnation) -> Iterator[str]:
    """What is not right about an incarnation's records that are gone. They hang together and are signed."""
    if version(connection) < SINCE_SCHEMA:
        return
    key, number, head = Ed25519PublicKey.from_public_bytes(of.public_key), 0, of.genesis
    for upto, hash, content, signature in connection.execute(_ROWS, (of.id,)).fetchall():
        try:
            key.verify(signature, CONTEXT + content)
            record = msgspec.json.decode(content, type=Pruned)
        except (InvalidSignature, msgspec.DecodeError):
            yield f"what remains of the pruned records up to {upto} was not signed by this station"
            number, head = upto, hash
            continue
        said = (record.incarnation, record.first, record.before, record.upto, record.hash)
        if said != (of.id, number + 1, head.hex(), upto, hash.hex()):
            yield f"what remains of the pruned records up to {upto} does not follow on number {number}"
        number, head = upto, hash


_END = "SELECT upto, hash FROM pruned WHERE incarnation = ? ORDER BY upto DESC LIMIT 1"
_ROWS = "SELECT upto, hash, record, signature FROM pruned WHERE incarnation = ? ORDER BY upto"
