"""The wire: what is packed comes back, newer messages are read, and no bytes do harm."""

from __future__ import annotations

import time
import tracemalloc
import zlib
from contextlib import suppress
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from station.sync import bundle
from station.sync.bundle import (
    Ack,
    Batch,
    BundleError,
    ChainError,
    Hello,
    HelloAnswer,
    Item,
    Page,
    Push,
    Reconciliation,
    Signed,
    TooLargeError,
)

MESSAGES = (Ack, Batch, Hello, HelloAnswer, Item, Page, Push, Reconciliation, Signed)
STATION = bytes(range(16))
GENESIS = bundle.genesis(STATION, 7, b"")
RECORDS = (b"first", b"second", b"third")
BATCH = Batch(1, STATION, 7, b"", 1, GENESIS, bundle.chain(GENESIS, RECORDS)[-1], RECORDS)
ACK = Ack(1, STATION, 7, 3, BATCH.last, 2, (1,), 5, 6)


def fields(message: msgspec.Struct) -> list[Any]:
    """The array that goes over the wire."""
    return list(msgspec.msgpack.decode(msgspec.msgpack.encode(message)))


def packed(fields: list[Any]) -> bytes:
    return zlib.compress(msgspec.msgpack.encode(fields))


@pytest.mark.parametrize("message", [BATCH, ACK, Push(1, b"payload", bytes(64)), Signed(b"", bytes(64))])
def test_what_is_packed_comes_back(message: msgspec.Struct) -> None:
    assert bundle.unpack(bundle.pack(message), type(message)) == message


def test_fields_of_tomorrow_are_borne() -> None:
    assert bundle.unpack(packed([*fields(ACK), "tomorrow", {"more": [1]}]), Ack) == ACK


def test_fields_that_came_later_may_be_missing() -> None:
    old = bundle.unpack(packed(fields(ACK)[:6]), Ack)

    assert (old.quarantined, old.server_ms, old.backoff_ms) == ((), 0, 0)


def a_gib_of_zeros() -> bytes:
    """After a full flush the packer begins anew, so that its bytes may be repeated."""
    packer = zlib.compressobj(9)
    first, more = (packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    return first + more * 1023


def test_a_bomb_is_refused_at_once_and_without_memory() -> None:
    bomb = a_gib_of_zeros()
    assert len(bomb) < 1_100_000
    tracemalloc.start()
    started = time.process_time()

    with pytest.raises(TooLargeError):
        bundle.unpack(bomb, Push)

    spent, (_, peak) = time.process_time() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert spent < 0.1  # s
    assert peak < 4 * bundle.MOST_BODY_BYTES


@given(st.binary(max_size=2000), st.integers(0, 9))
def test_what_zlib_packed_is_unpacked_the_same(plain: bytes, level: int) -> None:
    assert bundle.inflate(zlib.compress(plain * 3, level)) == plain * 3


@given(st.data())
def test_damage_is_found_or_harms_nothing(data: st.DataObject) -> None:
    plain = b"a passage, and another passage" * 20
    whole = bytearray(zlib.compress(plain, data.draw(st.integers(0, 9))))
    for _ in range(data.draw(st.integers(1, 3))):
        whole[data.draw(st.integers(0, len(whole) - 1))] ^= 1 << data.draw(st.integers(0, 7))

    with suppress(BundleError):
        assert bundle.inflate(bytes(whole)) == plain


def test_a_message_may_be_as_large_as_allowed_and_no_larger() -> None:
    push = Push(1, b"", bytes(64))
    frame = len(msgspec.msgpack.encode(msgspec.structs.replace(push, payload=bytes(1 << 20)))) - (1 << 20)
    largest = msgspec.structs.replace(push, payload=bytes(bundle.MOST_BODY_BYTES - frame))

    assert bundle.unpack(bundle.pack(largest), Push) == largest
    larger = msgspec.structs.replace(largest, payload=largest.payload + b"\0")
    with pytest.raises(TooLargeError):
        bundle.unpack(bundle.pack(larger), Push)


@pytest.mark.parametrize("cut", [0, 1, 2, 10, -1, -4])
def test_cut_short(cut: int) -> None:
    with pytest.raises(BundleError):
        bundle.unpack(bundle.pack(BATCH)[:cut], Batch)


@pytest.mark.parametrize("more", [b"\0", b"x" * 100, bundle.pack(ACK)])
def test_something_follows(more: bytes) -> None:
    with pytest.raises(BundleError):
        bundle.unpack(bundle.pack(BATCH) + more, Batch)


def with_field(message: msgspec.Struct, name: str, value: Any) -> bytes:
    found = fields(message)
    found[[field.name for field in msgspec.structs.fields(message)].index(name)] = value
    return packed(found)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("station", b"short"),
        ("station", bytes(17)),
        ("station", "a text of 16 chr"),
        ("incarnation", -1),
        ("incarnation", 2**48),
        ("parent_head", bytes(33)),
        ("first", 0),
        ("first", -1),
        ("first", 2**53 + 1),
        ("first", 2**63),
        ("first", 1.5),
        ("previous", bytes(31)),
        ("last", None),
        ("records", []),
        ("records", [b""] * 4001),
        ("records", ["text"]),
        ("v", "1"),
    ],
)
def test_a_field_out_of_its_range(name: str, value: Any) -> None:
    with pytest.raises(BundleError):
        bundle.unpack(with_field(BATCH, name, value), Batch)


@pytest.mark.parametrize(
    "plain",
    [
        b"\x91" * 100_000,  # 10^5 arrays in arrays
        b"\x81\x01" * 100_000,
        b"\xdd\xff\xff\xff\xff",  # an array that claims 2^32 members
        b"\xc6\xff\xff\xff\xff",  # 2^32 bytes
        b"\xc1",
        b"",
        msgspec.msgpack.encode(fields(ACK)) + b"\0",
        msgspec.msgpack.encode([1, STATION, "\0" * 16]),
    ],
)
@pytest.mark.parametrize("kind", MESSAGES)
def test_bytes_that_are_no_message(plain: bytes, kind: type[msgspec.Struct]) -> None:
    with pytest.raises(BundleError):
        bundle.unpack(zlib.compress(plain), kind)


def test_half_of_a_character_in_a_word() -> None:
    hello = Hello(1, STATION, "AAA", 1, "boot", 0, 0, "pc", ())
    plain = msgspec.msgpack.encode(hello).replace(b"AAA", b"\xed\xa0\x80")

    with pytest.raises(BundleError):
        bundle.unpack(zlib.compress(plain), Hello)


@pytest.mark.parametrize(
    "changes",
    [
        {"records": RECORDS[::-1]},
        {"records": RECORDS[:2]},
        {"records": (*RECORDS[:2], b"forged")},
        {"records": (b"firs", b"tsecond", b"third")},
        {"previous": bytes(32)},
        {"last": bytes(32)},
        {"incarnation": 8},
        {"station": bytes(16)},
        {"parent_head": bytes(32)},
    ],
)
def test_a_chain_that_does_not_hold(changes: dict[str, Any]) -> None:
    bundle.verify_chain(BATCH)
    with pytest.raises(ChainError):
        bundle.verify_chain(msgspec.structs.replace(BATCH, **changes))


def test_a_signature_is_for_one_purpose() -> None:
    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes_raw()
    signature = key.sign(bundle.to_sign(bundle.Purpose.ACK, b"payload"))

    assert bundle.is_signed(public, bundle.Purpose.ACK, b"payload", signature)
    assert not bundle.is_signed(public, bundle.Purpose.PAGE, b"payload", signature)
    assert not bundle.is_signed(public, bundle.Purpose.ACK, b"payloae", signature)
    assert not bundle.is_signed(b"no key", bundle.Purpose.ACK, b"payload", signature)


@given(st.binary(max_size=200), st.sampled_from(MESSAGES), st.booleans())
def test_any_bytes_are_a_message_or_not(data: bytes, kind: type[msgspec.Struct], compressed: bool) -> None:
    try:
        assert isinstance(bundle.unpack(zlib.compress(data) if compressed else data, kind), kind)
    except BundleError:
        return


@given(st.data())
def test_a_message_with_any_bit_changed_is_another_or_none(data: st.DataObject) -> None:
    body = bytearray(bundle.pack(BATCH))
    body[data.draw(st.integers(0, len(body) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    try:
        found = bundle.unpack(bytes(body), Batch)
    except BundleError:
        return
    assert isinstance(found, Batch)


@given(st.lists(st.binary(max_size=40), min_size=1, max_size=20), st.integers(0, 19))
def test_batches_join_wherever_they_are_cut(records: list[bytes], cut: int) -> None:
    cut = min(cut, len(records))
    whole = bundle.chain(GENESIS, records)
    first = bundle.chain(GENESIS, records[:cut])

    assert [*first, *bundle.chain(first[-1] if first else GENESIS, records[cut:])] == whole
