"""A real station for a benchmark: its journal filled, enrolled, and synced as `station sync now` does it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

import msgspec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from bench import sync_content
from bench.sync_center import Center
from center.ingest import Enrolment
from station.center_alone import Alone
from station.core.entry import Entry
from station.journal import chain
from station.journal.connection import transaction
from station.journal.entries import Journal
from station.journal.movements import Mover
from station.journal.outbox import OutboxReader
from station.journal.vault import open_vault
from station.sync import loop
from station.sync.batching import Outgoing, push_from
from station.sync.bundle import LONG_RECORDS, Push
from station.sync.calls import Calls
from station.sync.client import Signer
from station.sync.outbox import Outbox, OutboxChain

APP = "bench"
PAGE = 2000  # as `station sync now` asks


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


def enrol(here: Alone, center: Center, url: str = "", branch: str = "") -> None:
    """Belong to this center, which may be reached by another address."""
    here.desk.enrol(url or center.url, center.code("东门", branch=branch))


def sync(here: Alone) -> float:
    """Everything up and down; how long it took, s. Raises SyncError if it did not come about."""
    began = perf_counter()
    status = here.sync()
    took = perf_counter() - began
    if status.trouble or status.pending:
        raise SyncError(f"{status.trouble}, {status.pending} pending")
    return took


@contextmanager
def calls(here: Alone) -> Iterator[Calls]:
    """Its conversation with the center, as one thread has it."""
    enrolment = here.desk.enrolment()
    assert enrolment is not None
    with loop.connect(enrolment, Signer(here.station, here.journal.vault.sign)) as client:
        yield Calls(client, enrolment.center_key, here.station, lambda sent, received, center: None)


def pushes(folder: Path) -> tuple[list[Push], Enrolment]:
    """All that a station has, in batches as they are sent, sealed to nobody's key; and who signed them."""
    vault = open_vault(folder, create=False)
    key = X25519PrivateKey.generate().public_key().public_bytes_raw()
    with OutboxReader.open(folder, vault) as reader:
        outbox, chains = loop.ReadingOutbox(reader), reader.chains()
        batches = [batch.push for chain in chains for batch in _batches(outbox, chain, key)]
    return batches, Enrolment((vault.public_key,))


def _batches(outbox: Outbox, chain: OutboxChain, key: bytes) -> Iterator[Outgoing]:
    first = 1
    while batch := push_from(outbox, chain, first, key, LONG_RECORDS, together=True):
        yield batch
        first = batch.last + 1
