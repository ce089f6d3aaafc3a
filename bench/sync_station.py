"""A real station for a benchmark: its journal filled, enrolled, and synced as `station sync now` does it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from time import perf_counter, process_time

import msgspec

from bench import sync_content
from bench.sync_center import Center
from station.center_alone import Alone, alone
from station.center_shelf import Gate, Shelf
from station.core.entry import Entry
from station.core.moments import to_ms
from station.journal import chain
from station.journal.center_pages import prepare_page
from station.journal.connection import transaction
from station.journal.enrolment import Enrolment
from station.journal.entries import Journal
from station.journal.movements import Mover
from station.journal.outbox import OutboxReader
from station.sync import loop
from station.sync.batching import Outgoing, batches_for_stick
from station.sync.bundle import Page
from station.sync.calls import Calls
from station.sync.client import Signer
from station.sync.status import Board

APP = "bench"
PAGE = 2000  # as `station sync now` asks
NOTHING = Gate(lambda: None, lambda: None, lambda: None)


class SyncError(Exception):
    """Something else came about than was to be measured."""


def fill(folder: Path, entries: Iterable[Entry]) -> list[tuple[Entry, bytes]]:
    """A journal with these entries, sealed, chained and signed as the gate does, in one transaction.

    Returns them as they were stored, each with its sealed personal part.
    """
    stored = []
    with Journal.open(folder, now=sync_content.newest_day) as journal, transaction(journal.connection):
        for entry in entries:
            part = journal._seal(entry.id, sync_content.personal_part(entry))
            entry = msgspec.structs.replace(entry, commitment=chain.commitment(part.salt, part.sealed))
            journal._insert(entry, part, Mover(str(entry.person_id), None))
            stored.append((entry, part.sealed))
    return stored


def enrol(here: Alone, center: Center, url: str = "") -> None:
    """Belong to this center, which may be reached by another address."""
    here.desk.enrol(url or center.url, center.code("东门"))


def sync(here: Alone) -> float:
    """Everything up and down; how long it took, s. Raises SyncError if it did not come about."""
    began = perf_counter()
    status = here.sync()
    took = perf_counter() - began
    if status.trouble or status.pending:
        raise SyncError(f"{status.trouble}, {status.pending} pending")
    return took
