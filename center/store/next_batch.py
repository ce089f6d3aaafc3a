"""The everyday push, the next batch of its chain: cursor, segment and personal parts by one statement.

Four statements, a row lock and two savepoints would each wait for the database, and cost a center more than
all else of a push (bench.sync). Whatever is not everyday takes the longer way (`chains.SqlLedger`).
"""

from __future__ import annotations

from typing import Any

from center.ledger import Clock, SealedParts, Segment
from center.store.database import Connection

# In PostgreSQL's words only: SQLite knows no statement that writes several tables, and none is far from it.
# The cursor moves only from where the segment begins; otherwise nothing at all is written.
_NEXT = """
WITH moved AS (
    UPDATE chain SET durable = ?, head = ?, projected = CASE WHEN projected = ? THEN ? ELSE projected END
    WHERE station = ? AND incarnation = ? AND durable = ? AND head = ?
    RETURNING station, incarnation, parent_head, archived, projected
), kept AS (
    INSERT INTO segment (station, incarnation, first, last, last_hash, payload, signature, received_ms,
        flagged, offset_ms, uncertainty_ms)
    SELECT station, incarnation, ?::bigint, ?::bigint, ?::bytea, ?::bytea, ?::bytea, ?::bigint,
        ?::text, ?::bigint, ?::bigint FROM moved
), beside AS (
    INSERT INTO parts (station, incarnation, first, body)
    SELECT station, incarnation, ?::bigint, ?::bytea FROM moved WHERE ?::bigint IS NOT NULL
    ON CONFLICT (station, incarnation, first) DO NOTHING
)
SELECT parent_head, archived, projected,
    (SELECT count(*) FROM chain WHERE chain.station = moved.station) = 1 FROM moved
"""
_NOWHERE = -1  # no cursor is there: typed rows are left for later


def store_next(
    connection: Connection,
    segment: Segment,
    previous: bytes,
    clock: Clock,
    parts: SealedParts | None,
    *,
    project: bool,
) -> tuple[Any, ...] | None:
    """(parent_head, archived, projected, whether its gate has no other) of the chain.

    None: the segment is not its next, nothing is written.
    With `project` the typed rows are taken for granted if those before are there.
    """
    before = segment.first - 1
    first_part, body = (parts.first, parts.body) if parts else (None, None)
    return connection.row(
        _NEXT,
        *(segment.last, segment.last_hash, before if project else _NOWHERE, segment.last),
        *(segment.station, segment.incarnation, before, previous),
        *(segment.first, segment.last, segment.last_hash, segment.payload, segment.signature),
        *(segment.received_ms, segment.flagged, clock.offset_ms, clock.uncertainty_ms),
        *(first_part, body, first_part),
    )
