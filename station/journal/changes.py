"""Who changed what of a person, and when: edits, codes, relations, imports, and what was taken back.

What is known of somebody (facts) has a history of its own, in facts.py and proposals.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from station.core.entry import from_ms
from station.journal.batches import open_detail
from station.journal.entries import Journal
from station.journal.errors import storage_errors


@dataclass(frozen=True, slots=True)
class Change:
    """One change that touched somebody, the words as `batches.Detail` has them."""

    kind: str
    at: datetime  # UTC
    source: str
    by: str = field(repr=False)
    note: str = field(repr=False)
    about: str = field(repr=False)
    others: tuple[str, ...]  # ids of whom it touched too, if it was made by hand
    undone_at: datetime | None
    undone_by: str = field(repr=False)


class Changes:
    """The history of single people. Methods raise JournalError, VaultError."""

    def __init__(self, journal: Journal) -> None:
        self._connection, self._vault = journal.connection, journal.vault

    def of(self, person_id: str) -> list[Change]:
        """Newest first."""
        with storage_errors():
            rows = self._connection.execute(_OF, {"person": person_id}).fetchall()
        return [self._change(*row) for row in rows]

    def _change(
        self,
        kind: str,
        at_ms: int,
        source: str,
        sealed: bytes,
        others: str | None,
        undone_kind: str | None,
        undone_ms: int | None,
        undone: bytes | None,
    ) -> Change:
        detail = open_detail(self._vault, kind, sealed)
        taken_back = open_detail(self._vault, undone_kind, undone) if undone_kind and undone else None
        return Change(
            kind=kind,
            at=from_ms(at_ms),
            source=source,
            by=detail.by,
            note=detail.note,
            about=detail.about,
            others=tuple(others.split("\n")) if others else (),
            undone_at=None if undone_ms is None else from_ms(undone_ms),
            undone_by=taken_back.by if taken_back else "",
        )


# Only of a relation does it matter who the other one was.
_OF = """
SELECT batch.kind, batch.at_ms, batch.source, batch.detail,
       CASE WHEN batch.kind IN ('relate', 'unrelate') THEN (
            SELECT group_concat(person_id, char(10)) FROM batch_change AS other
            WHERE other.batch = batch.id AND other.person_id <> :person) END,
       undoing.kind, undoing.at_ms, undoing.detail
FROM batch_change JOIN batch ON batch.id = batch_change.batch
LEFT JOIN batch AS undoing ON undoing.id = batch.undone_by
WHERE batch_change.person_id = :person ORDER BY batch.id DESC
"""
