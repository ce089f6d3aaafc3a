"""Taking in what stations send: only what verifies and continues exactly, and nothing of it is ever refused.

Pure over `center.ledger`: no clock, no network. The same code takes what came by HTTPS and by stick. What a
batch that does not fit is answered with is where the ledger is; the station does the rest (docs/sync.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

import msgspec

from center.ledger import BadRecord, Chain, Clock, Ledger, SealedParts, Segment, Store, TypedRowsError
from station.sync import bundle
from station.sync.bundle import Ack, Batch, BundleError, ChainAt, Hello, Parts, Push

MESSAGE_VERSION = 1
_encode = msgspec.msgpack.Encoder().encode


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What the center knows of a station, to believe its batches."""

    keys: tuple[bytes, ...]  # every Ed25519 public key it has ever had
    revoked: bool = False


Enrolments = Callable[[bytes], Enrolment | None]  # by station id; None: never enrolled here


class DamagedError(Exception):
    """Bytes that do not verify: damaged on the way, or made by nobody we know. HTTP: 422 `damaged`."""


class UnknownStationError(Exception):
    """A batch of a station that is not enrolled here. HTTP: 403; the station pauses and loses nothing."""


class NotHereError(Exception):
    """A number that is not stored. HTTP: 404 `not_here`."""


def ingest(store: Store, push: Push, enrolments: Enrolments, now_ms: int, clock: Clock) -> Ack:
    """Store a batch if it continues its chain; in any case say how far that chain is.

    When this returns, what the Ack calls durable is committed. Who carries the batch does not matter, only
    who signed it. Raises DamagedError, UnknownStationError and what the store raises; nothing is stored then.
    """
    batch, enrolment = _verified(push, enrolments)
    segment, parts = _segment(push, batch, enrolment, now_ms), _parts(push, batch)
    with suppress(TypedRowsError), store.transaction() as ledger:
        if gone_on := ledger.go_on(segment, batch.previous, batch.records, clock, parts):
            return _ack(batch.station, batch.incarnation, gone_on[0], now_ms, _to_tell(gone_on[1]))
        return _take(ledger, segment, parts, batch, now_ms, clock)
    with store.transaction() as ledger:
        return _take(ledger, segment, parts, batch, now_ms, clock)


def _take(
    ledger: Ledger, segment: Segment, parts: SealedParts | None, batch: Batch, now_ms: int, clock: Clock
) -> Ack:
    """The longer way, which bears everything."""
    known = ledger.lock_chain(batch.station, batch.incarnation)
    if not _continues(known, batch):
        if known:
            _note_fork(ledger, known, batch, now_ms)
        here = known or _unopened(batch.station, batch.incarnation, batch.parent_head)
        return _ack(batch.station, batch.incarnation, here, now_ms)
    chain = known or ledger.open_chain(batch.station, batch.incarnation, batch.parent_head, batch.previous)
    bad = ledger.append(segment, batch.records, clock)
    if parts:
        ledger.keep_parts(batch.station, batch.incarnation, parts)
    chain = Chain(chain.parent_head, last_number(batch), batch.last, chain.archived)
    return _ack(batch.station, batch.incarnation, chain, now_ms, _to_tell(bad))


def greet(store: Store, hello: Hello, now_ms: int) -> tuple[Ack, ...]:
    """Where the center is with each chain that a station offers; forks are noted for the admin."""
    ordered = sorted(hello.chains, key=lambda chain: chain.incarnation)  # two at once lock in one order
    with store.transaction() as ledger:
        return tuple(
            _greet_chain(ledger, hello.station, offered, now_ms, current=offered is hello.chains[-1])
            for offered in ordered
        )


def chain_at(store: Store, station: bytes, incarnation: int, number: int, now_ms: int) -> Ack:
    """The hash after one number (0: the first hash), by which a station finds what both have.

    Raises NotHereError.
    """
    with store.transaction() as ledger:
        chain = ledger.lock_chain(station, incarnation)
        head = None if chain is None else _hash_at(ledger, station, incarnation, chain, number)
        if chain is None or head is None:
            raise NotHereError(f"{number} of incarnation {incarnation}")
        return _ack(
            station, incarnation, Chain(chain.parent_head, number, head, min(chain.archived, number)), now_ms
        )


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the batches of a stick."""

    acks: tuple[Ack, ...]  # the last one of each chain, for the return stick
    common: tuple[Ack, ...]  # up to where each chain is the same at both, for a station that cannot ask
    waiting: tuple[Push, ...]  # after a gap: to be given again with the next stick
    damaged: tuple[str, ...]  # why batches were not believed


def take_many(
    store: Store, pushes: Iterable[Push], enrolments: Enrolments, now_ms: int, clock: Clock
) -> Taken:
    """Ingest batches that came in any order, any number of times. Raises only what the store raises."""
    acks: dict[tuple[bytes, int], Ack] = {}
    common: dict[tuple[bytes, int], Ack] = {}
    waiting: list[Push] = []
    damaged: list[str] = []
    for push, batch in _in_order(pushes, damaged):
        chain = batch.station, batch.incarnation
        try:
            acks[chain] = ack = ingest(store, push, enrolments, now_ms, clock)
        except (DamagedError, UnknownStationError) as error:
            damaged.append(str(error))
            continue
        if ack.durable + 1 < batch.first:
            waiting.append(push)
        elif (shared := _common(store, batch, now_ms)) is not None:
            common[chain] = shared  # of the last batch, which shares the most
    return Taken(tuple(acks.values()), tuple(common.values()), tuple(waiting), tuple(damaged))


def last_number(batch: Batch) -> int:
    """Number of the last record of a batch."""
    return batch.first + len(batch.records) - 1


def _verified(push: Push, enrolments: Enrolments) -> tuple[Batch, Enrolment]:
    try:
        batch = bundle.unpack(push.payload, Batch)
        bundle.verify_chain(batch)
    except BundleError as error:
        raise DamagedError(str(error)) from error
    enrolment = enrolments(batch.station)
    if enrolment is None:
        raise UnknownStationError(batch.station.hex())
    if not any(
        bundle.is_signed(key, bundle.Purpose.BATCH, push.payload, push.signature) for key in enrolment.keys
    ):
        raise DamagedError("not signed by this station")
    return batch, enrolment


def _to_tell(bad: Sequence[BadRecord]) -> tuple[int, ...]:
    """Records of a newer schema wait too, but in every staged upgrade: that is no news for a gate."""
    return tuple(one.number for one in bad if not one.newer)


def _continues(chain: Chain | None, batch: Batch) -> bool:
    if chain is None:
        return batch.first == 1
    return batch.first == chain.durable + 1 and batch.previous == chain.head


def _unopened(station: bytes, incarnation: int, parent_head: bytes) -> Chain:
    """An incarnation of which nothing is here yet."""
    return Chain(parent_head, 0, bundle.genesis(station, incarnation, parent_head), 0)


def _segment(push: Push, batch: Batch, enrolment: Enrolment, now_ms: int) -> Segment:
    return Segment(
        station=batch.station,
        incarnation=batch.incarnation,
        first=batch.first,
        last=last_number(batch),
        last_hash=batch.last,
        payload=push.payload,
        signature=push.signature,
        received_ms=now_ms,
        flagged="revoked" if enrolment.revoked else "",
    )


def _parts(push: Push, batch: Batch) -> SealedParts | None:
    """Parts lie beside the signature: one of a number that the batch does not have is nobody's."""
    numbers, given = range(batch.first, last_number(batch) + 1), push.parts
    if given.together and given.first in numbers:
        return SealedParts(given.first, _encode(Parts(given.key, (), given.first, given.together)))
    parts = tuple([part for part in given.parts if part.number in numbers])
    return SealedParts(parts[0].number, _encode(Parts(given.key, parts))) if parts else None


def _hash_at(ledger: Ledger, station: bytes, incarnation: int, chain: Chain, number: int) -> bytes | None:
    if number == chain.durable:
        return chain.head
    if number == 0:
        return bundle.genesis(station, incarnation, chain.parent_head)
    return ledger.hash_at(station, incarnation, number) if number < chain.durable else None


def _last_common(ledger: Ledger, chain: Chain, batch: Batch) -> int | None:
    """The highest number up to which batch and ledger are the same; None: the batch tells of none."""
    hashes = [batch.previous, *bundle.chain(batch.previous, batch.records)]

    def same(index: int) -> bool:
        number = batch.first - 1 + index
        return hashes[index] == _hash_at(ledger, batch.station, batch.incarnation, chain, number)

    high = min(chain.durable, last_number(batch)) - (batch.first - 1)
    if high < 0 or not same(0):
        return None
    low = 0
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if same(middle) else (low, middle - 1)
    return batch.first - 1 + low


def _note_fork(ledger: Ledger, chain: Chain, batch: Batch, now_ms: int) -> None:
    """Where both have a number, and not the same there. After a gap there is nothing to compare."""
    if batch.first - 1 > chain.durable:
        return
    common = _last_common(ledger, chain, batch)
    if common is None:
        ledger.note_fork(batch.station, batch.incarnation, batch.first - 1, now_ms)
    elif common < min(chain.durable, last_number(batch)):
        ledger.note_fork(batch.station, batch.incarnation, common + 1, now_ms)


def _greet_chain(ledger: Ledger, station: bytes, offered: ChainAt, now_ms: int, *, current: bool) -> Ack:
    chain = ledger.lock_chain(station, offered.incarnation)
    if chain is None:
        unopened = _unopened(station, offered.incarnation, offered.parent_head)
        return _ack(station, offered.incarnation, unopened, now_ms)
    ours = _hash_at(ledger, station, offered.incarnation, chain, offered.length)
    if ours is not None and ours != offered.head:
        ledger.note_fork(station, offered.incarnation, offered.length, now_ms)
    elif offered.length < chain.durable and not current:  # ended there, and went on elsewhere: a disk copied
        ledger.note_fork(station, offered.incarnation, offered.length + 1, now_ms)
    return _ack(station, offered.incarnation, chain, now_ms)


def _in_order(pushes: Iterable[Push], damaged: list[str]) -> list[tuple[Push, Batch]]:
    """By number within each chain: so a stick needs one pass, however its batches lie."""
    readable = []
    for push in pushes:
        try:
            readable.append((push, bundle.unpack(push.payload, Batch)))
        except BundleError as error:
            damaged.append(str(error))
    return sorted(readable, key=lambda pair: (pair[1].station, pair[1].incarnation, pair[1].first))


def _common(store: Store, batch: Batch, now_ms: int) -> Ack | None:
    with store.transaction() as ledger:
        chain = ledger.lock_chain(batch.station, batch.incarnation)
        number = None if chain is None else _last_common(ledger, chain, batch)
    return None if number is None else chain_at(store, batch.station, batch.incarnation, number, now_ms)


def _ack(
    station: bytes, incarnation: int, chain: Chain, now_ms: int, quarantined: tuple[int, ...] = ()
) -> Ack:
    return Ack(
        v=MESSAGE_VERSION,
        station=station,
        incarnation=incarnation,
        durable=chain.durable,
        head=chain.head,
        archived=min(chain.archived, chain.durable),
        quarantined=quarantined,
        server_ms=now_ms,
    )
