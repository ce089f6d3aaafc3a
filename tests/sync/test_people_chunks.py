"""People that the center made ready: kept as if they had come one by one, or refused whole."""

from __future__ import annotations

import zlib
from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from station.sync import bundle
from station.sync.bundle import MOST_ANSWER_BYTES, BundleError, Item, Page, ReadyPeople
from station.sync.items import PersonItem, encode_item, shared_key
from station.sync.people_chunks import (
    CHUNK,
    PLACES,
    looked_at,
    packed_people,
    prepare_people,
    read_chunk,
)


def key(kind: str, number: int) -> str:
    return shared_key(b"d" * 32, kind, str(number))


def person(number: int) -> PersonItem:
    return PersonItem(
        "resident", f"name {number}", "3-2-501", codes=(key("code", number),), keys=(key("resident", number),)
    )


def items(count: int, since: int = 0) -> list[Item]:
    """Every seventh is gone."""
    return [
        Item("person", f"p{number}", since + number, encode_item(person(number)) if number % 7 else None)
        for number in range(1, count + 1)
    ]


def ready(count: int) -> ReadyPeople:
    return packed_people(items(count))[0]


def chunk_of(*people: Any) -> bytes:
    return zlib.compress(msgspec.msgpack.encode(people))


@pytest.mark.parametrize("count", [1, 49, 50, 51, 260])
def test_what_the_center_made_is_what_a_station_would_have_made(count: int) -> None:
    made, strange = packed_people(items(count))
    theirs, not_understood = looked_at(made, 0, count)
    ours, _ = prepare_people(items(count))

    assert (strange, not_understood) == ([], [])
    assert (theirs.count, theirs.keys) == (ours.count, ours.keys)
    assert [read_chunk(one) for one in theirs.chunks] == [read_chunk(one) for one in ours.chunks]


def test_it_comes_back_from_the_wire_and_an_older_page_has_none() -> None:
    page = Page(1, "people", b"e" * 16, 0, 60, False, 0, people=ready(60))
    assert bundle.unpack(bundle.pack(page), Page) == page
    assert "name" not in repr(page)

    older = msgspec.msgpack.decode(msgspec.msgpack.encode(page))[:-1]
    assert bundle.unpack(zlib.compress(msgspec.msgpack.encode(older)), Page).people == ReadyPeople()


def test_somebody_whom_only_a_newer_version_understands_is_left_out_and_named() -> None:
    tomorrow = (("p2", 2, msgspec.msgpack.encode([{"new": "form"}])), ("p3", 3, b"\xc1"))
    good = ("p1", 1, encode_item(person(1)))
    people, not_understood = looked_at(ReadyPeople((chunk_of(good, *tomorrow),), b""), 0, 3)

    assert [(one.key, one.version) for one in not_understood] == [("p2", 2), ("p3", 3)]
    assert (people.count, people.keys) == (1, prepare_people([Item("person", *good)])[0].keys)


GOOD = ready(120)
WRONG = {
    "not zlib": ReadyPeople((b"\x90",), b""),
    "not MessagePack": ReadyPeople((zlib.compress(b"\xc1"),), b""),
    "no people": ReadyPeople((chunk_of(),), b""),
    "ten thousand deep": ReadyPeople((zlib.compress(b"\x91" * 10_000),), b""),
    "more than a chunk holds": ReadyPeople((chunk_of(*((f"p{n}", n, None) for n in range(1, PLACES + 2))),)),
    "no id": ReadyPeople((chunk_of((7, 1, None)),), b""),
    "an endless id": ReadyPeople((chunk_of(("p" * 201, 1, None)),), b""),
    "a version before the page": ReadyPeople((chunk_of(("p", 0, None)),), b""),
    "a version after the page": ReadyPeople((chunk_of(("p", 121, None)),), b""),
    "a version twice": ReadyPeople((chunk_of(("p", 1, None), ("q", 1, None)),), b""),
    "chunks changed places": ReadyPeople(GOOD.chunks[::-1], GOOD.keys),
    "a GiB": ReadyPeople((zlib.compress(bytes(MOST_ANSWER_BYTES + 1)),), b""),
    "many that together are too much": ReadyPeople((zlib.compress(bytes(9_000_000)),) * 4, b""),
    "keys that are cut": ReadyPeople(GOOD.chunks, GOOD.keys[:-1]),
    "keys out of order": ReadyPeople(GOOD.chunks, GOOD.keys[-8:] + GOOD.keys[:-8]),
    "a place beyond": ReadyPeople(GOOD.chunks, (len(GOOD.chunks) * PLACES).to_bytes(8, "little")),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_what_is_not_as_it_should_be_is_refused_whole(wrong: ReadyPeople) -> None:
    with pytest.raises(BundleError):
        looked_at(wrong, 0, 120)


def test_places_of_every_chunk_are_allowed() -> None:
    last = (len(GOOD.chunks) - 1) * PLACES + CHUNK - 1
    assert looked_at(ReadyPeople(GOOD.chunks, last.to_bytes(8, "little")), 0, 120)[0].count == 120


@given(st.lists(st.binary(max_size=400), max_size=3), st.binary(max_size=64), st.booleans())
@example([msgspec.msgpack.encode([["p", 1, b"\xff"]])], b"", True)
def test_no_bytes_do_harm(chunks: list[bytes], keys: bytes, packed: bool) -> None:
    made = ReadyPeople(tuple(zlib.compress(one) if packed else one for one in chunks), keys)
    try:
        people, _ = looked_at(made, 0, 1000)
    except BundleError:
        return
    assert people.count <= sum(len(read_chunk(one)) for one in made.chunks)
    assert len(people.keys) % 8 == 0


@given(st.integers(0, len(GOOD.chunks) - 1), st.data())
def test_a_flipped_bit_is_refused_or_somebody_is_otherwise_and_all_else_is_there(
    which: int, data: st.DataObject
) -> None:
    """The page's signature sees to it that this does not happen; whoever signs may still be wrong."""
    plain = bytearray(zlib.decompress(GOOD.chunks[which]))
    plain[data.draw(st.integers(0, len(plain) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    chunks = list(GOOD.chunks)
    chunks[which] = zlib.compress(bytes(plain))
    try:
        people, strange = looked_at(ReadyPeople(tuple(chunks), GOOD.keys), 0, 120)
    except BundleError:
        return
    assert people.count + len(strange) == 120
