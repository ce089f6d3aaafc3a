"""The center's store in memory: transactions that a power cut undoes, backups, a projection that may fail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import msgspec

from center.ledger import BadRecord, Chain, Clock, SealedParts, Segment
from station.sync import bundle

KNOWN_SCHEMA = 1
NEWER_SCHEMA = 2
Place = tuple[bytes, int]  # station, incarnation


class Record(msgspec.Struct, frozen=True, array_like=True):
    """What the simulated gates write."""

    schema: int
    id: bytes
    at_ms: int


_decoder = msgspec.msgpack.Decoder(Record)
record_bytes = msgspec.msgpack.Encoder().encode


@dataclass(slots=True)
class State:
    """What lies on the center's disk."""

    epoch: bytes
    chains: dict[Place, Chain] = field(default_factory=dict)
    segments: dict[Place, list[Segment]] = field(default_factory=dict)
    hashes: dict[Place, list[bytes]] = field(default_factory=dict)
    parts: dict[tuple[bytes, int, int], tuple[bytes, bytes]] = field(default_factory=dict)
    rows: dict[tuple[bytes, int, bytes], bytes] = field(default_factory=dict)  # unique (station, day, id)
    quarantine: dict[tuple[bytes, int, int], bytes] = field(default_factory=dict)
    unprojected: list[Segment] = field(default_factory=list)
    forks: set[tuple[bytes, int, int]] = field(default_factory=set)
    records: set[bytes] = field(default_factory=set)  # of all segments

    def copy(self) -> State:
        return State(
            self.epoch, dict(self.chains), {place: list(them) for place, them in self.segments.items()},
            {place: list(them) for place, them in self.hashes.items()}, dict(self.parts), dict(self.rows),
            dict(self.quarantine), list(self.unprojected), set(self.forks), set(self.records),
        )  # fmt: skip


class CenterCutError(Exception):
    """The center's lights went out."""


class MemoryStore:
    """`cut`: "before" or "after" the next commit that writes, the power goes."""

    def __init__(self, epoch: bytes) -> None:
        self.state = State(epoch)
        self.cut: str | None = None
        self.projection_works = True
        self.newest_schema = KNOWN_SCHEMA

    @contextmanager
    def transaction(self) -> Iterator[MemoryLedger]:
        ledger = MemoryLedger(self)
        yield ledger
        if self.cut == "before":
            raise CenterCutError
        ledger.commit()
        if self.cut == "after":
            raise CenterCutError

    def archive(self, backup: State) -> None:
        """A backup of this epoch has been verified."""
        for place, chain in backup.chains.items():
            here = self.state.chains.get(place)
            if here and here.archived < chain.durable:
                self.state.chains[place] = replace(here, archived=chain.durable)

    def catch_up(self) -> None:
        """Project what was left over, and what is understood since."""
        left, self.state.unprojected = self.state.unprojected, []
        for segment in left:
            self.project(segment, bundle.unpack(segment.payload, bundle.Batch).records)

    def project(self, segment: Segment, records: Sequence[bytes]) -> list[BadRecord]:
        bad = []
        if not self.projection_works:
            self.state.unprojected.append(segment)
            return []
        for number, record in enumerate(records, segment.first):
            try:
                row = _decoder.decode(record)
            except msgspec.DecodeError as error:
                bad.append(BadRecord(number, record, str(error)))
                self.state.quarantine[segment.station, segment.incarnation, number] = record
                continue
            if row.schema > self.newest_schema:
                if segment not in self.state.unprojected:
                    self.state.unprojected.append(segment)
                continue
            self.state.rows.setdefault((segment.station, row.at_ms // 86_400_000, row.id), record)
        return bad


class MemoryLedger:
    """Writes are kept aside until the commit."""

    def __init__(self, store: MemoryStore) -> None:
        self._store, self._state = store, store.state
        self._opened: dict[Place, tuple[Chain, bytes]] = {}
        self._added: list[tuple[Segment, Sequence[bytes]]] = []
        self._parts: dict[tuple[bytes, int, int], tuple[bytes, bytes]] = {}
        self._forks: set[tuple[bytes, int, int]] = set()

    def lock_chain(self, station: bytes, incarnation: int) -> Chain | None:
        return self._state.chains.get((station, incarnation))

    def open_chain(self, station: bytes, incarnation: int, parent_head: bytes, genesis: bytes) -> Chain:
        chain = Chain(parent_head, 0, genesis, 0)
        self._opened[station, incarnation] = chain, genesis
        return chain

    def go_on(
        self,
        segment: Segment,
        previous: bytes,
        records: Sequence[bytes],
        clock: Clock,
        parts: SealedParts | None,
    ) -> tuple[Chain, Sequence[BadRecord]] | None:
        chain = self.lock_chain(segment.station, segment.incarnation)
        if chain is None or (chain.durable + 1, chain.head) != (segment.first, previous):
            return None
        bad = self.append(segment, records, clock)
        if parts:
            self.keep_parts(segment.station, segment.incarnation, parts)
        return replace(chain, durable=segment.last, head=segment.last_hash), bad

    def append(self, segment: Segment, records: Sequence[bytes], clock: Clock) -> Sequence[BadRecord]:
        assert segment.last - segment.first + 1 == len(records)
        self._added.append((segment, records))
        # What does not decode is told at once; rows are made in the commit.
        return [bad for bad in _undecodable(segment, records) if self._store.projection_works]

    def keep_parts(self, station: bytes, incarnation: int, parts: SealedParts) -> None:
        kept = msgspec.msgpack.decode(parts.body, type=bundle.Parts)
        if kept.together:
            self._parts[station, incarnation, kept.first] = kept.key, kept.together
        for part in kept.parts:
            self._parts[station, incarnation, part.number] = kept.key, part.sealed

    def hash_at(self, station: bytes, incarnation: int, number: int) -> bytes | None:
        hashes = self._state.hashes.get((station, incarnation), [])
        return hashes[number] if number < len(hashes) else None

    def note_fork(self, station: bytes, incarnation: int, number: int, seen_ms: int) -> None:
        self._forks.add((station, incarnation, number))

    def commit(self) -> None:
        state = self._state
        for place, (chain, genesis) in self._opened.items():
            state.chains[place], state.segments[place], state.hashes[place] = chain, [], [genesis]
        for segment, records in self._added:
            place = segment.station, segment.incarnation
            chain = state.chains[place]
            assert segment.first == chain.durable + 1
            state.chains[place] = replace(chain, durable=segment.last, head=segment.last_hash)
            state.segments[place].append(segment)
            state.hashes[place] += bundle.chain(chain.head, records)
            state.records.update(records)
            self._store.project(segment, records)
        for key, part in self._parts.items():
            state.parts.setdefault(key, part)
        state.forks |= self._forks


def _undecodable(segment: Segment, records: Sequence[bytes]) -> Iterator[BadRecord]:
    for number, record in enumerate(records, segment.first):
        try:
            _decoder.decode(record)
        except msgspec.DecodeError as error:
            yield BadRecord(number, record, str(error))
