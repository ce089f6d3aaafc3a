"""The ledger in SQL: chains, segments, personal parts, forks. See `center.ledger` for what each promises."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence

from center.ledger import BadRecord, Chain, Clock, SealedParts, Segment, TypedRowsError
from center.projection import Arrival
from center.store import contacts, entries
from center.store.database import Connection
from center.store.errors import StoreError, UnavailableError, where_it_broke
from center.store.next_batch import store_next
from center.store.typed import Part
from station.sync import bundle

log = logging.getLogger(__name__)

AT_ONCE = 1_000  # records; of longer batches, which are a backlog's, typed rows follow (projector.py)

_CHAIN = "SELECT parent_head, durable, head, archived FROM chain WHERE station = ? AND incarnation = ?"
_OF_CHAIN = " WHERE station = ? AND incarnation = ?"
_SEGMENT = (
    "INSERT INTO segment (station, incarnation, first, last, last_hash, payload, signature, received_ms,"
    " flagged, offset_ms, uncertainty_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
# Typed rows are taken for granted here and withdrawn when they fail: one statement less in every push.
_ADVANCE = (
    "UPDATE chain SET durable = ?, head = ?, projected = CASE WHEN projected = ? THEN ? ELSE projected END"
    " WHERE station = ? AND incarnation = ? AND durable = ? RETURNING projected"
)
_ADVANCE_LEDGER_ONLY = (
    "UPDATE chain SET durable = ?, head = ? WHERE station = ? AND incarnation = ? AND durable = ?"
    " RETURNING projected"
)


class SqlLedger:
    """One transaction on the ledger. `project`: make typed rows now, or leave them to `project_pending`.

    `left` is called for each batch whose typed rows are left because it is a long one.
    """

    def __init__(self, connection: Connection, *, project: bool, left: Callable[[], None]) -> None:
        self._connection = connection
        self._project, self._left = project, left

    def lock_chain(self, station: bytes, incarnation: int) -> Chain | None:
        row = self._connection.row(_CHAIN + self._connection.row_lock, station, incarnation)
        return Chain(*row) if row else None

    def open_chain(self, station: bytes, incarnation: int, parent_head: bytes, genesis: bytes) -> Chain:
        self._connection.run(
            "INSERT INTO chain (station, incarnation, parent_head, genesis, head) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (station, incarnation) DO NOTHING",
            station,
            incarnation,
            parent_head,
            genesis,
            genesis,
        )
        chain = self.lock_chain(station, incarnation)  # perhaps another push opened it in between
        if chain is None:
            raise StoreError("a chain that was just opened is not there")
        return chain

    def go_on(
        self,
        segment: Segment,
        previous: bytes,
        records: Sequence[bytes],
        clock: Clock,
        parts: SealedParts | None,
    ) -> tuple[Chain, Sequence[BadRecord]] | None:
        if not self._connection.writes_several or segment.first == 1:
            return None
        project = self._projects(records)
        row = store_next(self._connection, segment, previous, clock, parts, project=project)
        if row is None:
            return None
        parent_head, archived, projected, alone = row
        chain = Chain(parent_head, segment.last, segment.last_hash, archived)
        if not project or projected != segment.last:
            return chain, ()
        return chain, self._rows_at_once(segment, records, clock, alone=alone)

    def _projects(self, records: Sequence[bytes]) -> bool:
        if len(records) > AT_ONCE:
            self._left()
            return False
        return self._project

    def _rows_at_once(
        self, segment: Segment, records: Sequence[bytes], clock: Clock, *, alone: bool
    ) -> list[BadRecord]:
        """Without savepoints. Raises TypedRowsError: the transaction cannot be used any more."""
        try:
            typed = entries.understand(self._connection, _part(segment, clock, records))
            return entries.write_new(self._connection, typed, alone=alone)
        except UnavailableError:
            raise
        except Exception as error:
            raise TypedRowsError from error

    def append(self, segment: Segment, records: Sequence[bytes], clock: Clock) -> Sequence[BadRecord]:
        project = self._advance(segment, project=self._projects(records))
        self._connection.run(
            _SEGMENT,
            segment.station,
            segment.incarnation,
            segment.first,
            segment.last,
            segment.last_hash,
            segment.payload,
            segment.signature,
            segment.received_ms,
            segment.flagged,
            clock.offset_ms,
            clock.uncertainty_ms,
        )
        if not project:
            return ()
        return self._write_rows(segment, _part(segment, clock, records))

    def _advance(self, segment: Segment, *, project: bool) -> bool:
        """Move the cursor. Whether typed rows are to be written now.

        Raises UnavailableError when it is not where the segment begins: another push opened this chain
        in the same moment, and was first.
        """
        moved, place = (segment.last, segment.last_hash), (segment.station, segment.incarnation)
        before = segment.first - 1
        if project:
            row = self._connection.row(_ADVANCE, *moved, before, segment.last, *place, before)
        else:
            row = self._connection.row(_ADVANCE_LEDGER_ONLY, *moved, *place, before)
        if row is None:
            raise UnavailableError("this segment does not continue its chain; another push was first")
        return project and row[0] == segment.last

    def _write_rows(self, segment: Segment, part: Part) -> list[BadRecord]:
        try:
            with self._connection.savepoint():
                return entries.write(self._connection, entries.understand(self._connection, part))
        except UnavailableError:
            raise
        except Exception as error:  # noqa: BLE001 - what is derived must not refuse what is true
            log.error("a segment is kept, its typed rows are for later: %s", where_it_broke(error))
            self._connection.run(
                "UPDATE chain SET projected = ?" + _OF_CHAIN,
                segment.first - 1,
                segment.station,
                segment.incarnation,
            )
        return []

    def keep_parts(self, station: bytes, incarnation: int, parts: SealedParts) -> None:
        self._connection.run(
            "INSERT INTO parts (station, incarnation, first, body) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (station, incarnation, first) DO NOTHING",
            station,
            incarnation,
            parts.first,
            parts.body,
        )

    def hash_at(self, station: bytes, incarnation: int, number: int) -> bytes | None:
        return hash_at(self._connection, station, incarnation, number)

    def note_fork(self, station: bytes, incarnation: int, number: int, seen_ms: int) -> None:
        new = self._connection.run(
            "INSERT INTO fork (station, incarnation, number, seen_ms) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (station, incarnation, number) DO NOTHING",
            station,
            incarnation,
            number,
            seen_ms,
        )
        if new:
            contacts.raise_alarm(self._connection, station, contacts.FORK)


def _part(segment: Segment, clock: Clock, records: Sequence[bytes]) -> Part:
    times = (segment.received_ms, clock.offset_ms, clock.uncertainty_ms)
    return Part(Arrival(segment.station, segment.incarnation, *times), segment.first, records)


def hash_at(connection: Connection, station: bytes, incarnation: int, number: int) -> bytes | None:
    """The hash after this number, from the segment that holds it; of 0 the first hash; None: not here."""
    if number == 0:
        row = connection.row("SELECT genesis FROM chain" + _OF_CHAIN, station, incarnation)
        return row[0] if row else None
    row = connection.row(
        "SELECT first, last, last_hash, payload FROM segment" + _OF_CHAIN + " AND first <= ?"
        " ORDER BY first DESC LIMIT 1",
        station,
        incarnation,
        number,
    )
    if row is None or number > row[1]:
        return None
    return row[2] if number == row[1] else _within(row[3], number)


def _within(payload: bytes, number: int) -> bytes:
    batch = bundle.unpack(payload, bundle.Batch)
    return bundle.chain(batch.previous, batch.records[: number - batch.first + 1])[-1]


def mark_archived(connection: Connection, watermarks: Iterable[tuple[bytes, int, int]]) -> None:
    """A verified copy elsewhere holds (station, incarnation) up to this number; never goes back."""
    connection.run_many(
        "UPDATE chain SET archived = ?" + _OF_CHAIN + " AND archived < ? AND durable >= ?",
        [(number, station, incarnation, number, number) for station, incarnation, number in watermarks],
    )
