"""Pushes of USB sticks that begin after a gap: they wait here for the stick that fills it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from hashlib import sha256

import msgspec

from center.store.database import Connection, Database
from station.core.entry import Entry, decode
from station.sync import bundle
from station.sync.bundle import Batch, BundleError, Parts, Push

log = logging.getLogger(__name__)

# (station, incarnation, body, numbers) → the body without the parts of these; None: nothing of it is left.
Opener = Callable[[bytes, int, bytes, frozenset[int]], bytes | None]
_KEY = "station = ? AND incarnation = ? AND first = ? AND digest = ?"


class Sticks:
    """All methods are transactions of their own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, station: bytes, incarnation: int, first: int, push: bytes, received_ms: int) -> None:
        """Keep a packed `Push` whose first record has this number. The same one again is kept once."""
        with self._database.write() as connection:
            connection.run(
                "INSERT INTO waiting (station, incarnation, first, digest, push, received_ms)"
                " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (station, incarnation, first, digest) DO NOTHING",
                station,
                incarnation,
                first,
                sha256(push).digest(),
                push,
                received_ms,
            )

    def next(self, station: bytes, incarnation: int, first: int) -> bytes | None:
        """The one with the lowest number that does not begin after `first`; take it in, then `drop`."""
        with self._database.read() as connection:
            row = connection.row(
                "SELECT push FROM waiting WHERE station = ? AND incarnation = ? AND first <= ?"
                " ORDER BY first DESC, digest LIMIT 1",
                station,
                incarnation,
                first,
            )
        return row[0] if row else None

    def drop(self, station: bytes, incarnation: int, up_to: int) -> None:
        """Those whose first number is at most `up_to`."""
        with self._database.write() as connection:
            connection.run(
                "DELETE FROM waiting WHERE station = ? AND incarnation = ? AND first <= ?",
                station,
                incarnation,
                up_to,
            )

    def chains(self) -> list[tuple[bytes, int]]:
        """(station, incarnation) for which something waits."""
        with self._database.read() as connection:
            rows = connection.rows("SELECT DISTINCT station, incarnation FROM waiting ORDER BY 1, 2")
        return [(station, incarnation) for station, incarnation in rows]


def erase_waiting(connection: Connection, opener: Opener, person: str) -> int:
    """The personal parts of somebody's entries in what waits, which no signature binds; of how many.

    The digest stays that of what came: the same stick given again is still known.
    """
    erased = 0
    keys = connection.rows("SELECT station, incarnation, first, digest FROM waiting ORDER BY 1, 2, 3, 4")
    for station, incarnation, *rest in keys:
        key = (station, incarnation, *rest)
        row = connection.row(f"SELECT push FROM waiting WHERE {_KEY}{connection.row_lock}", *key)
        if row is None:
            continue
        try:
            push = bundle.unpack(bytes(row[0]), Push)
            numbers = _theirs(bundle.unpack(push.payload, Batch), person)
        except BundleError as error:  # what nobody can read is never taken in either
            log.error("erasing without a stick's batch that waits: %s", error)
            continue
        body = msgspec.msgpack.encode(push.parts)
        left = opener(bytes(station), incarnation, body, numbers) if numbers else body
        if left != body:
            parts = msgspec.msgpack.decode(left, type=Parts) if left else Parts()
            packed = bundle.pack(msgspec.structs.replace(push, parts=parts))
            connection.run(f"UPDATE waiting SET push = ? WHERE {_KEY}", packed, *key)
            erased += len(numbers)
    return erased


def _theirs(batch: Batch, person: str) -> frozenset[int]:
    """Numbers of their entries, and of what these correct."""
    known: dict[int, Entry] = {}
    for number, record in enumerate(batch.records, batch.first):
        try:
            known[number] = decode(record)
        except msgspec.DecodeError:  # nobody can tell whose it is
            continue
    theirs = {number for number, entry in known.items() if entry.person_id == person}
    corrected = {known[number].amends for number in theirs} - {None}
    return frozenset(theirs | {number for number, entry in known.items() if entry.id in corrected})
