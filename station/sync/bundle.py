"""The wire between station and center, pure: what is sent, its bytes, its signatures, its limits.

The same bytes travel by HTTPS and by USB stick. Bodies are zlib (RFC 1950) over MessagePack arrays whose
fields only ever append; whoever reads must bear more fields than it knows. What the chain of a batch implies
(every hash, station and number of its records) is never sent; see docs/sync.md for who answers what.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from enum import StrEnum
from hashlib import sha256
from typing import Annotated, Any, TypeVar, cast

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from isal import isal_zlib

MOST_RECORDS = 1000  # in a batch, as every center takes it
MOST_RAW_BYTES = 256 * 1024  # of the records of a batch, unless it is one record alone
LONG_RECORDS = 4000  # in a long one: a tenth of the requests, signatures and commits of a backlog
LONG_RAW_BYTES = 2 * 1024 * 1024
MOST_BODY_BYTES = 4 * 1024 * 1024  # of any body, packed or unpacked
MOST_ANSWER_BYTES = 32 * 1024 * 1024  # unpacked, of an answer that the center gives

CHUNKS = "chunks"  # `takes` of a pull: people come as `Page.people`
# `HelloAnswer.takes`
TOGETHER = "parts together"  # personal parts of a batch sealed as one
LONG = "long batches"

Id16 = Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
Hash = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
Signature = Annotated[bytes, msgspec.Meta(min_length=64, max_length=64)]
MaybeHash = Annotated[bytes, msgspec.Meta(max_length=32)]
Number = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
Incarnation = Annotated[int, msgspec.Meta(ge=0, lt=2**48)]
Milliseconds = Annotated[int, msgspec.Meta(ge=-(2**53), le=2**53)]
LONGEST_WORD = 200
Word = Annotated[str, msgspec.Meta(max_length=LONGEST_WORD)]


class Batch(msgspec.Struct, frozen=True, array_like=True):
    """Records of one incarnation in their order, as the center keeps them for ever."""

    v: int
    station: Id16
    incarnation: Incarnation
    parent_head: MaybeHash  # what this incarnation continues; empty for the first
    first: Annotated[int, msgspec.Meta(ge=1, le=2**53)]  # number of the first record
    previous: Hash  # hash before the first record
    last: Hash  # hash after the last record
    records: Annotated[tuple[bytes, ...], msgspec.Meta(min_length=1, max_length=LONG_RECORDS)]


# Part and Item without gc: they come by the thousand, and nothing in them can refer back to them.
class Part(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The personal part of one record, sealed for the center."""

    number: Number
    sealed: bytes


class Parts(msgspec.Struct, frozen=True, array_like=True):
    """Personal parts of a batch: their one key is sealed to the center's key (HPKE, RFC 9180).

    Each for itself, or all of them `together` (station/sync/sealing.py): only to a center that takes them so.
    """

    key: bytes = b""
    parts: tuple[Part, ...] = ()
    first: Number = 0  # number of the first of those that are together
    together: bytes = b""


class Push(msgspec.Struct, frozen=True, array_like=True):
    """A signed batch. `payload` is `pack(Batch)`, stored verbatim; the parts can be erased without it."""

    v: int
    payload: bytes
    signature: Signature  # Ed25519 over `to_sign(BATCH, payload)`
    parts: Parts = Parts()


class Ack(msgspec.Struct, frozen=True, array_like=True):
    """Where the center is with one incarnation: all up to `durable` is committed there, and no more."""

    v: int
    station: Id16
    incarnation: Incarnation
    durable: Number
    head: Hash  # hash of the record with number `durable`; of 0: the incarnation's first hash
    archived: Number  # up to here a verified backup holds it
    quarantined: tuple[Number, ...] = ()  # of this batch: kept as they came, not understood yet
    server_ms: Milliseconds = 0  # UTC, when it answered
    backoff_ms: Number = 0  # wait this long before the next batch


class ChainAt(msgspec.Struct, frozen=True, array_like=True):
    """How far a station's incarnation goes."""

    incarnation: Incarnation
    parent_head: MaybeHash
    length: Number
    head: Hash


class Hello(msgspec.Struct, frozen=True, array_like=True):
    """A station begins to talk: which incarnations it has that may not be archived yet."""

    v: int
    station: Id16
    app: Word
    schema: int  # newest record schema it writes
    boot: Word
    wall_ms: Milliseconds
    mono_ms: Number
    fingerprint: Word  # of the machine, hashed; another one means a moved or cloned disk
    chains: Annotated[tuple[ChainAt, ...], msgspec.Meta(max_length=1000)]  # the current one last
    credential: bytes = b""  # `Signed(Credential)`: a center that forgot the station knows it again
    state: tuple[tuple[Word, Word], ...] = ()  # how its devices and lists are, for the overview


class HelloAnswer(msgspec.Struct, frozen=True, array_like=True):
    v: int
    epoch: Id16  # of the center's lists; another one after a restore: fetch them anew
    server_ms: Milliseconds
    acks: tuple[Ack, ...]
    backoff_ms: Number = 0
    least_app: Word = ""
    credential: bytes = b""  # a newer one to keep
    revoked: bool = False  # lists are not given any more; entries still are taken
    alarms: tuple[Word, ...] = ()  # duplicate_station, fork, clock
    takes: tuple[Word, ...] = ()  # what is newer on the wire and may be sent


class Credential(msgspec.Struct, frozen=True, array_like=True):
    """The center's word, signed, that this key is this station's."""

    v: int
    station: Id16
    public_key: Hash
    name: Word
    issued_ms: Milliseconds
    until_ms: Milliseconds  # afterwards signed batches are still taken, and it is renewed at the next hello


class Signed(msgspec.Struct, frozen=True, array_like=True):
    """Bytes with a signature over `to_sign(purpose, payload)`."""

    payload: bytes
    signature: Signature


class Item(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One thing of a list as it is now; without a body it is gone. `body`: see docs/sync.md."""

    list: Word
    key: Word
    version: Number
    body: bytes | None = None


class ReadyPeople(msgspec.Struct, frozen=True, array_like=True):
    """People of a page as a station keeps them, and a run of what they are found by (people_chunks.py)."""

    count: Number = 0
    chunks: tuple[bytes, ...] = ()
    keys: bytes = b""  # 64-bit numbers, little-endian

    def __repr__(self) -> str:
        return f"ReadyPeople({self.count})"


class Page(msgspec.Struct, frozen=True, array_like=True):
    """The next items of a channel after `since`, in the order of their versions."""

    v: int
    channel: Word
    epoch: Id16
    since: Number
    until: Number  # the cursor to ask with next
    more: bool
    server_ms: Milliseconds
    items: tuple[Item, ...] = ()
    refetch: bool = False  # the cursor means nothing here: begin at 0, and what does not come again is gone
    newest: Number = 0  # of the channel, for "so much is left"
    people: ReadyPeople = ReadyPeople()  # instead of items, for whoever asks with CHUNKS


class DayRun(msgspec.Struct, frozen=True, array_like=True):
    """A run of a day's records, as one end has it. Equal hashes mean equal records: so the chain is made."""

    incarnation: Incarnation
    first: Annotated[int, msgspec.Meta(ge=1, le=2**53)]  # number of the first record of the run
    last: Annotated[int, msgspec.Meta(ge=1, le=2**53)]  # of its last one at the station
    count: Number  # how many of them this end has
    first_hash: MaybeHash  # hash after record `first`; empty: it is not here
    last_hash: MaybeHash  # hash after record `last`; empty: it is not here
    quarantined: tuple[Number, ...] = ()  # the center says which it does not understand
    missing: tuple[tuple[Number, Number], ...] = ()  # and which spans are not there, both ends included


class Reconciliation(msgspec.Struct, frozen=True, array_like=True):
    """What one end has of a station's day, signed by it. A day whose clock was set has several runs."""

    v: int
    station: Id16
    day: Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d\d-\d\d$")]  # where the station is
    at_ms: Milliseconds  # when this end looked
    runs: Annotated[tuple[DayRun, ...], msgspec.Meta(max_length=1000)]


class SignedDay(msgspec.Struct, frozen=True, array_like=True):
    """By stick: what both ends signed of a day, each `pack(Signed)`, as it is kept at both."""

    v: int
    epoch: Id16  # of the center's lists: of another one it is late, and means nothing
    station: bytes
    center: bytes


class Difference(msgspec.Struct, frozen=True):
    """Records of a day that the center does not have, or has otherwise."""

    incarnation: int
    what: str  # missing, different
    first: int
    last: int


class Purpose(StrEnum):
    """What a signature is for: one made for something means nothing for anything else."""

    BATCH = "kakou batch 1"
    ACK = "kakou ack 1"
    PAGE = "kakou page 1"
    REQUEST = "kakou request 1"
    CREDENTIAL = "kakou credential 1"
    STICK = "kakou stick 1"
    RECONCILIATION = "kakou reconciliation 1"
    REPORTS = "kakou reports 1"


class BundleError(Exception):
    """Bytes that are no message of ours: damaged on the way, or never were one."""


class TooLargeError(BundleError):
    """They would unpack to more than is allowed."""


class ChainError(BundleError):
    """A batch whose records do not give its hashes: damaged on the way, or on a disk."""


_Message = TypeVar("_Message", bound=msgspec.Struct)
_encoder = msgspec.msgpack.Encoder()
_NotZlibError = cast("type[Exception]", isal_zlib.error)  # its stub takes the class for an instance
_LEVEL = 1  # higher ones cost much for little where keys and sealed parts fill a message
_BATCH_LEVEL = 3  # of a typical entry 118 B and 1 µs, instead of 126 B; level 6: 112 B and 6 µs


_LEVELS: dict[type, int] = {Signed: 0, Push: 0, Batch: _BATCH_LEVEL}  # the first two: packed already


def pack(message: Any) -> bytes:
    """The bytes of a message."""
    return zlib.compress(_encoder.encode(message), _level(message))


def _level(message: Any) -> int:
    if isinstance(message, Page) and message.people.chunks:
        return 0  # packed already; who only keeps them need not unpack them
    return _LEVELS.get(type(message), _LEVEL)


def unpack(body: bytes, kind: type[_Message], *, most: int = MOST_BODY_BYTES) -> _Message:
    """The message in these bytes; never more than `most` bytes are unpacked. Raises BundleError."""
    try:
        return msgspec.msgpack.decode(inflate(body, most=most), type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BundleError(f"not a {kind.__name__}: {error}") from error


def inflate(body: bytes, *, most: int = MOST_BODY_BYTES) -> bytes:
    """Unpack zlib, reading no further than `most` bytes (a few kB can hold a GiB). Raises BundleError."""
    unpacker = isal_zlib.decompressobj()  # as zlib's, in half the time
    try:
        plain = unpacker.decompress(body, most + 1)
    except _NotZlibError as error:
        raise BundleError(f"not zlib: {error}") from error
    if len(plain) > most or unpacker.unconsumed_tail:
        raise TooLargeError(f"more than {most} bytes")
    if not unpacker.eof or unpacker.unused_data:
        raise BundleError("cut short" if not unpacker.eof else "something follows")
    return plain


def to_sign(purpose: Purpose, payload: bytes) -> bytes:
    """The bytes that are signed for this purpose."""
    return purpose.encode() + b"\0" + payload


def is_signed(public_key: bytes, purpose: Purpose, payload: bytes, signature: bytes) -> bool:
    """Whether the owner of this Ed25519 key (RFC 8032) signed the payload for this purpose."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, to_sign(purpose, payload))
    except (InvalidSignature, ValueError):  # ValueError: not a key
        return False
    return True


def request_payload(method: str, target: str, at_ms: int, body: bytes) -> bytes:
    """What a station signs of a request: method, path with query, its time, the hash of the body."""
    return b"\n".join((method.encode(), target.encode(), str(at_ms).encode(), sha256(body).digest()))


def genesis(station: bytes, incarnation: int, parent_head: bytes) -> bytes:
    """hash_0 of an incarnation: SHA-256 of 16 bytes of station, 6 of incarnation, the head it continues."""
    return sha256(station + incarnation.to_bytes(6, "big") + parent_head).digest()


def chain(previous: bytes, records: Iterable[bytes]) -> list[bytes]:
    """The hash after each record: hash_n = SHA-256(hash_{n-1} ‖ record_n)."""
    hashes = []
    for record in records:
        previous = sha256(previous + record).digest()
        hashes.append(previous)
    return hashes


def verify_chain(batch: Batch) -> None:
    """Raises ChainError unless the records lead from `previous` to `last`."""
    if batch.first == 1 and batch.previous != genesis(batch.station, batch.incarnation, batch.parent_head):
        raise ChainError("does not begin its incarnation")
    head = batch.previous
    for record in batch.records:
        head = sha256(head + record).digest()
    if head != batch.last:
        raise ChainError("records and hashes differ")


def differences(station: Reconciliation, center: Reconciliation) -> list[Difference]:
    """What the center lacks of the station's day, by numbers; empty: both have the same records."""
    there = {(run.incarnation, run.first): run for run in center.runs}
    found = (_differences(run, there.get((run.incarnation, run.first))) for run in station.runs)
    return [one for each in found for one in each]


def covers(runs: Iterable[DayRun], others: Iterable[DayRun]) -> bool:
    """Whether all that the others speak of is in these: a day gains records, and its runs grow."""
    here = tuple(runs)
    return all(any(_covers(run, other) for run in here) for other in others)


def _covers(run: DayRun, other: DayRun) -> bool:
    if run.incarnation != other.incarnation or not run.first <= other.first <= other.last <= run.last:
        return False
    return run.last != other.last or run.last_hash == other.last_hash


def _differences(ours: DayRun, theirs: DayRun | None) -> Iterator[Difference]:
    if theirs is None or not theirs.count:
        yield Difference(ours.incarnation, "missing", ours.first, ours.last)
        return
    for first, last in theirs.missing:
        yield Difference(ours.incarnation, "missing", first, last)
    if theirs.count < ours.count and not theirs.missing:  # a center that does not say which
        yield Difference(ours.incarnation, "missing", ours.first + theirs.count, ours.last)
    if theirs.first_hash not in (b"", ours.first_hash):
        yield Difference(ours.incarnation, "different", ours.first, ours.last)
    elif theirs.last_hash not in (b"", ours.last_hash):
        yield Difference(ours.incarnation, "different", ours.first + 1, ours.last)
