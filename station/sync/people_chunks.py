"""The center's people as they lie at a station, pure: fifty in a chunk, and a run of what they are found by.

Whoever makes them does all the work that is each person's own: the center once for all its gates, or a
station with what came one by one. Of what the center made a station looks at the shape, and keeps it without
unpacking it; so whoever reads a chunk must bear what is not understood.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import msgspec
from isal import isal_zlib

from station.sync.bundle import (
    BundleError,
    Item,
    Number,
    ReadyPeople,
    Word,
    inflate,
)
from station.sync.items import PersonItem

_LEVEL = 1  # of isal, 1 to 3: of a person 165 B in 1.1 µs; zlib's 1 takes 4 µs for 179 B
CHUNK = 50  # people sealed together
PLACES = 64  # of a chunk
_KEY_DIGITS = 10  # hexadecimal, so 40 bits
PLACE_BITS = 24  # chunk within the run, and place in it
MOST_CHUNK_BYTES = 10 * 1024 * 1024  # packed or not; more than the bodies of a page may have
_PACKED = b"\x78"  # begins zlib (RFC 1950); a MessagePack array begins otherwise
NOT_UNDERSTOOD = (BundleError, msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class ChunksError(BundleError):
    """Chunks or keys that are not as they should be: a fault of whoever made them."""


class Kept(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One of the center's people as they lie in a chunk; without a body they are gone."""

    id: Word
    version: Number
    body: bytes | None

    def __repr__(self) -> str:
        return "Kept(…)"


@dataclass(frozen=True, slots=True)
class PreparedPeople:
    """People ready to be written."""

    count: int
    chunks: tuple[bytes, ...] = field(repr=False)  # not sealed yet: that is under the numbers they get
    keys: bytes = field(repr=False)


def packed_people(items: Sequence[Item]) -> tuple[ReadyPeople, list[Item]]:
    """Made ready for stations, and those that are not understood."""
    people, not_understood = prepare_people(items)
    chunks = tuple([isal_zlib.compress(chunk, _LEVEL) for chunk in people.chunks])
    return ReadyPeople(people.count, chunks, people.keys), not_understood


def prepare_people(items: Sequence[Item]) -> tuple[PreparedPeople, list[Item]]:
    """Ready to be written, and those that are not understood. Any thread may."""
    kept, keys, not_understood = list[tuple[str, int, bytes | None]](), list[int](), list[Item]()
    for item in items:
        chunk, place = divmod(len(kept), CHUNK)
        try:
            keys += _keys(item, chunk * PLACES + place)
        except (*NOT_UNDERSTOOD, ValueError):
            not_understood.append(item)
        else:
            kept.append((item.key, item.version, item.body))
    chunks = tuple(_encode(kept[first : first + CHUNK]) for first in range(0, len(kept), CHUNK))
    return PreparedPeople(len(kept), chunks, packed(keys)), not_understood


def _keys(item: Item, place: int) -> list[int]:
    """What somebody who lies at this place is found by; of 100,000 people every microsecond counts.

    Raises ValueError, or what msgspec raises, if this version does not understand the item.
    """
    by_id = placed(id_key(item.key), place)
    if item.body is None:
        return [by_id]
    person = _read_person(item.body)
    shared = [*person.codes, *person.keys, person.house] if person.house else [*person.codes, *person.keys]
    keys = [int(one[:_KEY_DIGITS], 16) << PLACE_BITS | place for one in shared]
    keys.append(by_id)
    if min(keys) < 0:
        raise ValueError("no shared key")
    for guardian in person.guardians:
        keys.append(placed(wards_key(guardian), place))
    for former in person.former:
        keys.append(placed(id_key(former), place))
    for shared_key in person.went_by:
        keys.append(placed(key_of(shared_key), place))
    return keys


def shaped(ready: ReadyPeople) -> PreparedPeople:
    """What the center made ready, if it has the shape of it. Raises ChunksError."""
    chunks = len(ready.chunks)
    if not chunks <= ready.count <= chunks * PLACES:
        raise ChunksError(f"{ready.count} people in {chunks} chunks")
    if not all(one.startswith(_PACKED) and len(one) <= MOST_CHUNK_BYTES for one in ready.chunks):
        raise ChunksError("no chunks of people")
    if len(ready.keys) % 8:
        raise ChunksError("keys that are cut")
    numbers = memoryview(ready.keys).cast("Q").tolist()
    if numbers != sorted(numbers):  # nobody would be found
        raise ChunksError("keys out of their order")
    if numbers and max(_places(ready.keys)) >= chunks * PLACES:
        raise ChunksError("keys that lead elsewhere")
    return PreparedPeople(ready.count, ready.chunks, ready.keys)


def _places(keys: bytes) -> Iterable[int]:
    """The low 24 bits of each number: by slices, for there are ten thousand in a page."""
    low = bytearray(len(keys) // 2)
    for byte in range(PLACE_BITS // 8):
        low[byte::4] = keys[byte::8]
    return memoryview(low).cast("I")


def read_chunk(chunk: bytes) -> list[Kept]:
    """Who lies in it, as far as there are places. Raises one of NOT_UNDERSTOOD if it is no chunk."""
    plain = inflate(chunk, most=MOST_CHUNK_BYTES) if chunk.startswith(_PACKED) else chunk
    return _few(plain)[:PLACES]


def read_item(kept: Kept) -> PersonItem | None:
    """What is known of them; None: they are gone. Raises one of NOT_UNDERSTOOD."""
    return _read_person(kept.body) if kept.body is not None else None


# --- what people are found by ---------------------------------------------------------------------


def key_of(shared: str) -> int:
    """Of a shared key. Raises ValueError if it is none."""
    return int(shared[:_KEY_DIGITS], 16)


def id_key(person_id: str) -> int:
    return zlib.crc32(person_id.encode())


def wards_key(guardian_id: str) -> int:
    """Of all for whom this person speaks."""
    return zlib.crc32(b"guardian " + guardian_id.encode())


def placed(key: int, place: int) -> int:
    """A number of a run: a key, and where it leads to from its first chunk on (chunk * PLACES + place)."""
    return key << PLACE_BITS | place


def packed(numbers: Iterable[int]) -> bytes:
    """A run of what `placed` makes."""
    return array("Q", sorted(numbers)).tobytes()


_encode = msgspec.msgpack.Encoder().encode
_few = msgspec.msgpack.Decoder(list[Kept]).decode
_read_person = msgspec.msgpack.Decoder(PersonItem).decode
