"""A gate that makes entries, batches of them, and hands these to a ledger as ingest does."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import msgspec

from center.ledger import BadRecord, Chain, Clock, Ledger, Segment, Store
from station.core import entry as entries
from station.core.entry import CodePart, Entry, ReasonPart, TemperaturePart
from station.sync import bundle
from station.sync.bundle import Batch

NOON_MS = 1_795_348_800_000  # 2026-11-22 12:00 UTC
MINUTE_MS = 60_000
STATION = b"south gate 00001"
ON_TIME = Clock(0, 20)
ITEMS_KEY = b"k" * 32  # what is private lies sealed, as at every real center


def entry(number: int, **changes: Any) -> Entry:
    """The number-th person of a quiet day."""
    ordinary: dict[str, Any] = {
        "id": sha256(b"%d" % number).digest()[:16],
        "at_ms": NOON_MS + number * 1000,
        "mono_ms": number * 1000,
        "boot": "b1",
        "lane": "1",
        "direction": "in",
        "severity": 0,
        "reasons": (ReasonPart("temperature_normal", 0),),
        "closing": "paired",
        "code": CodePart("regional", "recognised", "valid"),
        "temperature": TemperaturePart(36.4, 36.4, "forehead", 20.0, "t1", "gy-mcu90614", "raw", (36.4,)),
        "person_id": f"p{number % 50}",
        "policy": "open-1",
        "gate": "南门",
    }
    return Entry(**ordinary | changes)


def records(first: int, count: int) -> list[bytes]:
    return [entries.encode(entry(number)) for number in range(first, first + count)]


def altered(number: int, **fields: Any) -> bytes:
    """A record whose fields hold whatever is said, also what no entry of ours may hold."""
    values = msgspec.msgpack.decode(entries.encode(entry(number)))
    names = Entry.__struct_fields__
    for name, value in fields.items():
        values[names.index(name)] = value
    return msgspec.msgpack.encode(values)


class Gate:
    """One incarnation of a station, as its journal would have it."""

    def __init__(self, station: bytes = STATION, incarnation: int = 7, parent_head: bytes = b"") -> None:
        self.station, self.incarnation, self.parent_head = station, incarnation, parent_head
        self.head = self.genesis = bundle.genesis(station, incarnation, parent_head)
        self.number = 0

    def batch(self, some: Sequence[bytes]) -> Batch:
        """The next batch; the gate goes on from its end."""
        hashes = bundle.chain(self.head, some)
        made = Batch(
            1,
            self.station,
            self.incarnation,
            self.parent_head,
            self.number + 1,
            self.head,
            hashes[-1],
            tuple(some),
        )
        self.head, self.number = hashes[-1], self.number + len(some)
        return made

    def push(
        self, store: Store, some: Sequence[bytes], *, clock: Clock = ON_TIME, at_ms: int = NOON_MS
    ) -> Sequence[BadRecord]:
        """Make the next batch and have it stored."""
        made = self.batch(some)
        with store.transaction() as ledger:
            return take(ledger, made, clock, at_ms)

    def place(self, store: Store) -> Chain | None:
        with store.transaction() as ledger:
            return ledger.lock_chain(self.station, self.incarnation)


def take(ledger: Ledger, batch: Batch, clock: Clock = ON_TIME, at_ms: int = NOON_MS) -> Sequence[BadRecord]:
    """What ingest does with a batch that continues its chain."""
    if ledger.lock_chain(batch.station, batch.incarnation) is None:
        ledger.open_chain(batch.station, batch.incarnation, batch.parent_head, batch.previous)
    return ledger.append(segment(batch, at_ms), batch.records, clock)


def segment(batch: Batch, at_ms: int = NOON_MS) -> Segment:
    return Segment(
        batch.station,
        batch.incarnation,
        batch.first,
        batch.first + len(batch.records) - 1,
        batch.last,
        bundle.pack(batch),
        b"s" * 64,
        at_ms,
    )
