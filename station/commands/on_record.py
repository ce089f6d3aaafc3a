"""What a command did goes on record, also beside the gate at work, which alone writes its journal."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from station.core.audit import Event
from station.core.outcome import StorageProblem
from station.journal.audit import put_on_record
from station.journal.audit_notes import leave
from station.journal.entries import Journal
from station.journal.errors import JournalError
from station.journal.vault import open_vault


def on_record(data: Path, event: Event) -> None:
    """Put it on record, or leave it to the gate. Raises JournalError, NoJournalError, VaultError."""
    now = datetime.now(UTC)
    try:
        with Journal.open(data, now=lambda: datetime.now(UTC)) as journal:
            put_on_record(journal, event, now)
    except JournalError as error:
        if error.problem is not StorageProblem.LOCKED:
            raise
        leave(data, open_vault(data, create=False), event, now)
