"""What the lane must not forget over a restart (`station.memory`), sealed beside the journal."""

from __future__ import annotations

import logging

from station.journal.connection import transaction
from station.journal.entries import Journal
from station.journal.errors import JournalError, VaultError, storage_errors
from station.journal.notes import context, put

log = logging.getLogger(__name__)


class LaneMemory:
    """One record per name. What cannot be kept or read is logged, never raised: the lane goes on without."""

    def __init__(self, journal: Journal) -> None:
        self._connection, self._vault = journal.connection, journal.vault

    def load(self, name: str) -> bytes | None:
        """None: nothing was kept, or it does not open."""
        try:
            with storage_errors():
                row = self._connection.execute(
                    "SELECT sealed FROM lane_memory WHERE name = ?", (name,)
                ).fetchone()
            return self._vault.open(row[0], context(name)) if row else None
        except (JournalError, VaultError) as error:
            log.error("%s not readable: %s", name, error)
            return None

    def save(self, name: str, record: bytes) -> None:
        try:
            with storage_errors(), transaction(self._connection):
                put(self._connection, self._vault, name, record)
        except JournalError as error:
            log.error("%s not kept: %s", name, error)
