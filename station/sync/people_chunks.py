"""The center's people as they lie at a station, pure: fifty in a chunk, and a run of what they are found by.

Whoever makes them does all the work that is each person's own: the center once for all its gates, or a
station with what came one by one. What the center made is looked at here before a station keeps it.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import lt

import msgspec

from station.sync.bundle import (
    MOST_ANSWER_BYTES,
    BundleError,
    Item,
    Number,
    ReadyPeople,
    Word,
    inflate,
)
from station.sync.items import PersonItem

CHUNK = 50  # people sealed together
PLACES = 64  # of a chunk
_KEY_DIGITS = 10  # hexadecimal, so 40 bits
PLACE_BITS = 24  # chunk within the run, and place in it
_PACKED = b"\x78"  # begins zlib (RFC 1950); a MessagePack array begins otherwise


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
    """Made ready for other stations, and those that are not understood."""
    people, not_understood = prepare_people(items)
    return ReadyPeople(tuple(zlib.compress(chunk, 1) for chunk in people.chunks), people.keys), not_understood


def prepare_people(items: Sequence[Item]) -> tuple[PreparedPeople, list[Item]]:
    """Ready to be written, and those that are not understood. Any thread may."""
    kept, keys, not_understood = list[tuple[str, int, bytes | None]](), list[int](), list[Item]()
    for item in items:
        chunk, place = divmod(len(kept), CHUNK)
        try:
            keys += _keys(item, chunk * PLACES + place)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError):
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
    person = read_person(item.body)
    shared = [*person.codes, *person.keys, person.house] if person.house else [*person.codes, *person.keys]
    keys = [int(one[:_KEY_DIGITS], 16) << PLACE_BITS | place for one in shared]
    keys.append(by_id)
    for guardian in person.guardians:
        keys.append(placed(wards_key(guardian), place))
    return keys


def looked_at(ready: ReadyPeople, since: int, until: int) -> tuple[PreparedPeople, list[Item]]:
    """What the center made ready, of versions after `since` and up to `until`.

    If one of them is not understood here, all are prepared anew. Raises BundleError.
    """
    people = _unpacked(ready.chunks)
    versions = [one.version for one in people]
    if not all(map(lt, [since, *versions], [*versions, until + 1])):
        raise ChunksError("versions that are not of this page, or not in their order")
    _check_keys(ready)
    if _all_understood(people):
        return PreparedPeople(len(people), ready.chunks, ready.keys), []
    return prepare_people([Item("person", one.id, one.version, one.body) for one in people])


def _unpacked(chunks: Iterable[bytes]) -> list[Kept]:
    every, left = list[Kept](), MOST_ANSWER_BYTES
    for chunk in chunks:
        plain = inflate(chunk, most=left)
        left -= len(plain)
        try:
            people = _few(plain)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise ChunksError("no chunk of people") from error
        if not 0 < len(people) <= PLACES:
            raise ChunksError(f"a chunk of {len(people)} people")
        every += people
    return every


def read_chunk(chunk: bytes) -> list[Kept]:
    """Who lies in it. Raises BundleError, msgspec.DecodeError, UnicodeDecodeError if it is none."""
    return _few(inflate(chunk, most=MOST_ANSWER_BYTES) if chunk.startswith(_PACKED) else chunk)


def _check_keys(ready: ReadyPeople) -> None:
    """Sorted, or nobody would be found; within this page, though what lies there is compared anyway."""
    if len(ready.keys) % 8:
        raise ChunksError("keys that are cut")
    numbers = memoryview(ready.keys).cast("Q").tolist()
    if numbers != sorted(numbers):
        raise ChunksError("keys out of their order")
    if numbers and max(_places(ready.keys)) >= len(ready.chunks) * PLACES:
        raise ChunksError("keys that lead elsewhere")


def _places(keys: bytes) -> Iterable[int]:
    """The low 24 bits of each number: by slices, for there are ten thousand in a page."""
    low = bytearray(len(keys) // 2)
    for byte in range(PLACE_BITS // 8):
        low[byte::4] = keys[byte::8]
    return memoryview(low).cast("I")


def _all_understood(people: Iterable[Kept]) -> bool:
    try:
        for one in people:
            if one.body is not None:
                read_person(one.body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return True


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
read_person = msgspec.msgpack.Decoder(PersonItem).decode
