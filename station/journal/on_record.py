"""The audit, for whatever happens to the journal as a whole: its retention, its backups, its repair."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from station.core.audit import Event
from station.journal import audit
from station.journal.entries import Journal
from station.journal.migrations import version


def put(journal: Journal, event: Event, now: datetime) -> None:
    """Only within a transaction. A journal that nobody can be on duty at keeps no audit."""
    if version(journal.connection) >= audit.SINCE_SCHEMA and hasattr(journal, "on_duty"):
        audit.write(cast("audit.Auditing", journal), event, now)
