"""People that the center made ready: kept as if they had come one by one, or refused whole."""

from __future__ import annotations

import contextlib
import zlib

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from station.sync import bundle
from station.sync.bundle import BundleError, Item, Page, ReadyPeople
from station.sync.items import PersonItem, encode_item, shared_key
from station.sync.people_chunks import (
    CHUNK,
    MOST_CHUNK_BYTES,
    NOT_UNDERSTOOD,
    PLACES,
    ChunksError,
    packed_people,
    prepare_people,
    read_chunk,
    read_item,
    shaped,
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


@pytest.mark.parametrize("count", [1, 49, 50, 51, 260])
def test_what_the_center_made_is_what_a_station_would_have_made(count: int) -> None:
    made, strange = packed_people(items(count))
    theirs = shaped(made)
    ours, not_understood = prepare_people(items(count))

    assert (strange, not_understood) == ([], [])
    assert (theirs.count, theirs.keys) == (ours.count, ours.keys)
    assert [read_chunk(one) for one in theirs.chunks] == [read_chunk(one) for one in ours.chunks]


def test_it_comes_back_from_the_wire_and_an_older_page_has_none() -> None:
    page = Page(1, "people", b"e" * 16, 0, 60, False, 0, people=ready(60))
    assert bundle.unpack(bundle.pack(page), Page) == page
    assert "name" not in repr(page)

    older = msgspec.msgpack.decode(msgspec.msgpack.encode(page))[:-1]
    assert bundle.unpack(zlib.compress(msgspec.msgpack.encode(older)), Page).people == ReadyPeople()


def test_a_page_with_somebody_whom_the_center_does_not_understand_names_them() -> None:
    tomorrow = Item("person", "p2", 2, msgspec.msgpack.encode([{"new": "form"}]))
    made, strange = packed_people([*items(1), tomorrow])

    assert (made.count, strange) == (1, [tomorrow])


GOOD = ready(120)
WRONG = {
    "not packed": ReadyPeople(1, (b"\x90",), b""),
    "empty": ReadyPeople(1, (b"",), b""),
    "a huge chunk": ReadyPeople(1, (b"\x78" + bytes(MOST_CHUNK_BYTES),), b""),
    "more than chunks hold": ReadyPeople(3 * PLACES + 1, GOOD.chunks, GOOD.keys),
    "fewer than chunks": ReadyPeople(2, GOOD.chunks, GOOD.keys),
    "keys that are cut": ReadyPeople(120, GOOD.chunks, GOOD.keys[:-1]),
    "keys out of order": ReadyPeople(120, GOOD.chunks, GOOD.keys[-8:] + GOOD.keys[:-8]),
    "a place beyond": ReadyPeople(120, GOOD.chunks, (len(GOOD.chunks) * PLACES).to_bytes(8, "little")),
    "a chunk beyond": ReadyPeople(120, GOOD.chunks, (0xFFFFFF).to_bytes(8, "little")),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_what_has_not_the_shape_is_refused_whole(wrong: ReadyPeople) -> None:
    with pytest.raises(ChunksError):
        shaped(wrong)


def test_places_of_every_chunk_are_allowed() -> None:
    last = (len(GOOD.chunks) - 1) * PLACES + CHUNK - 1
    assert shaped(ReadyPeople(120, GOOD.chunks, last.to_bytes(8, "little"))).count == 120


@given(st.binary(max_size=400), st.booleans())
@example(msgspec.msgpack.encode([["p", 1, b"\xff"]]), True)
@example(b"\x91" * 10_000, True)
def test_whoever_reads_a_chunk_gets_people_or_knows_that_it_is_none(content: bytes, packs: bool) -> None:
    try:
        people = read_chunk(zlib.compress(content) if packs else content)
    except NOT_UNDERSTOOD:
        return
    for one in people:
        with contextlib.suppress(*NOT_UNDERSTOOD):
            read_item(one)


def test_a_few_bytes_that_would_be_a_gib_are_none() -> None:
    with pytest.raises(BundleError):
        read_chunk(zlib.compress(bytes(MOST_CHUNK_BYTES + 1)))
