"""What ingest needs of the center's store: chains with their cursors, segments kept verbatim, quarantine.

`center.store` has the two real ones (SQLite, PostgreSQL) with one behaviour; tests also run the same ingest
on a ledger in memory that can be cut and restored.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Chain:
    """Where the ledger is with one incarnation of a station."""

    parent_head: bytes
    durable: int  # number of the last record that is stored; 0: none yet
    head: bytes  # hash at `durable`
    archived: int  # up to here a verified backup has it


@dataclass(frozen=True, slots=True)
class Segment:
    """A batch as it came: the truth, from which everything else can be made again."""

    station: bytes
    incarnation: int
    first: int
    last: int
    last_hash: bytes
    payload: bytes  # `bundle.pack(Batch)`, verbatim
    signature: bytes
    received_ms: int  # UTC
    flagged: str = ""  # why an admin should look: revoked …


@dataclass(frozen=True, slots=True)
class BadRecord:
    """A record that is kept but not understood."""

    number: int
    record: bytes
    error: str
    newer: bool = False  # of a newer schema: an update will understand it, and nobody need be alarmed


@dataclass(frozen=True, slots=True)
class Clock:
    """How the station's clock stood against the center's when this came."""

    offset_ms: int  # center minus station
    uncertainty_ms: int


@dataclass(frozen=True, slots=True)
class SealedParts:
    """Personal parts of a segment as they are kept."""

    first: int  # number of the first
    body: bytes  # MessagePack of `bundle.Parts`


class TypedRowsError(Exception):
    """What is derived did not go in, and with it nothing did."""


class Ledger(Protocol):
    """One transaction. What is written here is durable once `Store.transaction` has ended well."""

    def lock_chain(self, station: bytes, incarnation: int) -> Chain | None:
        """Its row, locked until the end: two pushes of one incarnation never interleave."""

    def open_chain(self, station: bytes, incarnation: int, parent_head: bytes, genesis: bytes) -> Chain:
        """Begin an incarnation, at 0 with its first hash."""

    def go_on(
        self,
        segment: Segment,
        previous: bytes,
        records: Sequence[bytes],
        clock: Clock,
        parts: SealedParts | None,
    ) -> tuple[Chain, Sequence[BadRecord]] | None:
        """`lock_chain`, `append` and `keep_parts` in one, for a segment that is the next of its chain.

        None: it is not, or this ledger has no shorter way for it; nothing is written then. Raises
        TypedRowsError when only the typed rows do not go in: the transaction is lost, and the longer way is
        to be taken in another.
        """

    def append(self, segment: Segment, records: Sequence[bytes], clock: Clock) -> Sequence[BadRecord]:
        """Store a segment, advance the cursor, project typed rows; what does not decode goes to quarantine.

        The caller has verified that it continues the chain. A projection that fails as a whole leaves the
        segment stored and is made up for later. Returns what was quarantined; nothing where typed rows are
        left for later. Raises UnavailableError (`center.store`) when another push was first after all.
        """

    def keep_parts(self, station: bytes, incarnation: int, parts: SealedParts) -> None:
        """Store personal parts of a segment beside it; those that are there already stay as they are."""

    def hash_at(self, station: bytes, incarnation: int, number: int) -> bytes | None:
        """The hash after this number, worked out from the segment that holds it; None: not stored."""

    def note_fork(self, station: bytes, incarnation: int, number: int, seen_ms: int) -> None:
        """A station showed another record where one is stored: for the admin, once per place."""


class Store(Protocol):
    def transaction(self) -> AbstractContextManager[Ledger]: ...
