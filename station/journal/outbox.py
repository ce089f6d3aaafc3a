"""The journal as an outbox: what there is to send, how far the center is, what is done about a fork.

`OutboxReader` is for the thread that talks to the center: it has a connection of its own and sees only what
is committed, which with synchronous=FULL is on disk. `OutboxWriter` belongs to the lane's thread, as
everything that writes does. Together they are a `station.sync.outbox.Outbox`.
"""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from station.core.outcome import StorageProblem
from station.journal import incarnation, pruned, resealing, upstream
from station.journal.connection import open_reader, transaction
from station.journal.entries import Journal
from station.journal.errors import JournalError, VaultError, storage_errors
from station.journal.incarnation import Incarnation
from station.journal.vault import Vault
from station.sync.bundle import LONG_RAW_BYTES
from station.sync.outbox import OutboxChain, OutboxRecord

log = logging.getLogger(__name__)


_Row = tuple[int, bytes, int, bytes, bytes | None]  # number, record, resealed, id, sealed


@dataclass(slots=True)
class _Kept:
    """What a reader was told at this version of the file."""

    version: int | None
    current: Incarnation | None = None
    chains: list[OutboxChain] | None = None
    lengths: dict[int, tuple[Incarnation, int] | None] = field(default_factory=dict)
    hashes: dict[tuple[int, int], bytes | None] = field(default_factory=dict)


class OutboxReader:
    """Reads for one thread. Methods raise JournalError.

    What was asked is kept until something is committed: of each batch the same is asked dozens of times.
    """

    def __init__(self, connection: sqlite3.Connection, vault: Vault) -> None:
        self._connection, self._vault = connection, vault
        self._kept = _Kept(None)

    @classmethod
    def open(cls, folder: Path, vault: Vault) -> Self:
        """Raises NoJournalError when nothing was ever recorded, JournalError when it cannot be read."""
        with storage_errors():
            return cls(open_reader(folder), vault)

    @property
    def station(self) -> bytes:
        """16 bytes."""
        with storage_errors():
            kept = self._still()
            kept.current = kept.current or incarnation.current(self._connection)
        if kept.current is None:
            raise JournalError(StorageProblem.CORRUPT, "the journal has no incarnation")
        return kept.current.station

    def chains(self) -> list[OutboxChain]:
        """Those that are not wholly archived, in the order in which they began; the current one is last."""
        with storage_errors():
            kept = self._still()
            if kept.chains is None:
                with _moment(self._connection):
                    kept = self._still()  # somebody may have written just now
                    every = incarnation.in_order(self._connection)
                    chains = [self._chain(one, current=one is every[-1]) for one in every]
                kept.chains = [one for one in chains if one.current or one.archived < one.length]
            return list(kept.chains)

    def records(self, incarnation: int, first: int, most: int) -> list[OutboxRecord]:
        """Up to `most` records from number `first` on, in order, as far as they are offered.

        No more than a batch may hold: what lies beside the others is not opened in vain.
        """
        with storage_errors(), _moment(self._connection):
            abandoned = resealing.abandoned_after(self._connection, incarnation)
            last = first + most - 1 if abandoned is None else min(first + most - 1, abandoned)
            wanted = {"incarnation": incarnation, "first": first, "last": last}
            rows = _of_a_batch(self._connection.execute(_RECORDS, wanted))
            parts = self._shared([self._personal(entry_id, sealed) for *_, entry_id, sealed in rows])
        return [
            OutboxRecord(record, bool(resealed), part)
            for (_, record, resealed, *_), part in zip(rows, parts, strict=True)
        ]

    def hash_at(self, incarnation: int, number: int) -> bytes | None:
        """The hash after this number, 0 being the first hash; None: it is not offered so far."""
        with storage_errors():
            kept, place = self._still(), (incarnation, number)
            if place not in kept.hashes:
                with _moment(self._connection):
                    kept = self._still()
                    kept.hashes[place] = self._hash_at(kept, *place)
            return kept.hashes[place]

    def sign(self, message: bytes) -> bytes:
        """The station's Ed25519 signature."""
        return self._vault.sign(message)

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _still(self) -> _Kept:
        """What was kept, if nobody has committed anything since: `data_version` counts the commits of others,
        and this connection makes none (sqlite.org/pragma.html).
        """
        (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        if version != self._kept.version:
            self._kept = _Kept(version)
        return self._kept

    def _hash_at(self, kept: _Kept, incarnation_id: int, number: int) -> bytes | None:
        if incarnation_id not in kept.lengths:
            found = incarnation.every(self._connection).get(incarnation_id)
            length = resealing.length(self._connection, found) if found else 0
            kept.lengths[incarnation_id] = (found, length) if found else None
        there = kept.lengths[incarnation_id]
        if there is None or number > there[1]:
            return None
        return resealing.hash_at(self._connection, there[0], number)

    def _chain(self, of: Incarnation, *, current: bool) -> OutboxChain:
        last = resealing.length(self._connection, of)
        acked, archived = upstream.acked_and_archived(self._connection, of.id)
        end = resealing.hash_at(self._connection, of, last)
        assert end is not None  # `last` is one of its numbers
        gone, _ = pruned.end(self._connection, of)
        return OutboxChain(of.id, of.parent_head, last, end, acked, archived, current, of.public_key, gone)

    def _personal(self, entry_id: bytes, sealed: bytes | None) -> bytes | None:
        """The key of the code that was shown, as it is known here."""
        if sealed is None:
            return None
        try:
            return self._vault.open(sealed, entry_id)
        except VaultError as error:
            if self._vault.locked:  # it would be lost to the center: the whole batch waits for a sign-in
                raise
            log.error("a personal part does not open: %s", error)
            return None

    def _shared(self, parts: list[bytes | None]) -> list[bytes | None]:
        """The shared keys, which the center knows too, where there are some."""
        local = json.dumps(list({part.decode("ascii", "replace") for part in parts if part is not None}))
        pairs = self._connection.execute(_SHARED, (local,))
        shared = {one.encode(): str(other).encode() for one, other in pairs}
        return [None if part is None else shared.get(part, part) for part in parts]


class OutboxWriter:
    """Writes for the lane's thread. Methods raise JournalError, and then nothing is changed."""

    def __init__(self, journal: Journal, now: Callable[[], datetime]) -> None:
        self._connection, self._vault, self._now = journal.connection, journal.vault, now

    def acknowledged(self, incarnation: int, durable: int, archived: int) -> None:
        """The center has this much of it; it may be less than before. Writes nothing if it is the same."""
        with storage_errors():
            if upstream.acked_and_archived(self._connection, incarnation) == (durable, archived):
                return
            with transaction(self._connection):
                self._connection.execute(_ACKNOWLEDGE, (incarnation, durable, archived))

    def begin_epoch(self, epoch: bytes) -> bool:
        """True if the center is another one than before, or restored: nothing counts as sent any more."""
        with storage_errors():
            before = upstream.note(self._connection, upstream.EPOCH)
            same = upstream.reports_are_of(self._connection, epoch)
            if before == epoch and same and upstream.days_are_of(self._connection, epoch):
                return False
            with transaction(self._connection):
                upstream.reports_of_epoch(self._connection, epoch)
                upstream.days_of_epoch(self._connection, epoch, self._now())
                if before == epoch:
                    return False
                upstream.put_note(self._connection, upstream.EPOCH, epoch)
                if before is not None:
                    self._connection.execute("UPDATE upstream SET acked = 0, archived = 0")
            return before is not None

    def fork(self, incarnation: int, common: int) -> None:
        """The center has something else after `common`: one commit, and said twice it changes nothing."""
        with storage_errors(), transaction(self._connection):
            resealing.fork(self._connection, self._vault, incarnation, common, self._now())
        log.warning("forked from the center after record %d; what follows is sent anew", common)


@contextmanager
def _moment(connection: sqlite3.Connection) -> Iterator[None]:
    """All questions inside are answered as of one moment, while the lane goes on writing."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


def _of_a_batch(rows: Iterable[_Row]) -> list[_Row]:
    """As many as a batch may weigh, the last of them above it: so that the first one always is there."""
    taken, weight = [], 0
    for row in rows:
        taken.append(row)
        weight += len(row[1])
        if weight > LONG_RAW_BYTES:
            break
    return taken


_ACKNOWLEDGE = """
INSERT INTO upstream (incarnation, acked, archived) VALUES (?, ?, ?)
ON CONFLICT (incarnation) DO UPDATE SET acked = excluded.acked, archived = excluded.archived
"""
_RECORDS = """
SELECT number, record, 0, id, sealed FROM entry LEFT JOIN personal USING (position)
WHERE incarnation = :incarnation AND number BETWEEN :first AND :last
UNION ALL
SELECT resealed.number, record, 1, id, sealed
FROM resealed JOIN entry ON entry.position = resealed.position
LEFT JOIN personal ON personal.position = resealed.position
WHERE resealed.incarnation = :incarnation AND resealed.number BETWEEN :first AND :last
ORDER BY number
"""
_SHARED = "SELECT local, shared FROM code_pair WHERE local IN (SELECT value FROM json_each(?))"
