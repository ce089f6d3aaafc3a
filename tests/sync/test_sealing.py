"""Personal parts on their way: for the center alone, and each for its own place alone."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from station.sync.bundle import Parts
from station.sync.sealing import SealError, open_part, open_parts, seal_parts, seal_together

CENTER = X25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = X25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
PUBLIC = CENTER.public_key().public_bytes_raw()
STATION = b"north gate, 16 B"
CLEAR = [(1, "王小明".encode()), (3, b"")]


def sealed() -> Parts:
    return seal_parts(PUBLIC, STATION, 7, CLEAR)


def test_the_center_reads_what_the_station_sealed() -> None:
    parts = sealed()

    assert [
        (part.number, open_part(CENTER, STATION, 7, parts.key, part.number, part.sealed))
        for part in parts.parts
    ] == CLEAR


@pytest.mark.parametrize(
    ("private_key", "station", "incarnation", "number"),
    [
        (OTHER, STATION, 7, 1),
        (CENTER, b"south gate, 16 B", 7, 1),
        (CENTER, STATION, 8, 1),
        (CENTER, STATION, 7, 3),
    ],
    ids=["other center", "other station", "other incarnation", "other number"],
)
def test_it_opens_nowhere_else(
    private_key: X25519PrivateKey, station: bytes, incarnation: int, number: int
) -> None:
    parts = sealed()

    with pytest.raises(SealError):
        open_part(private_key, station, incarnation, parts.key, number, parts.parts[0].sealed)


@pytest.mark.parametrize("cut", [0, 1, 31, 79])
def test_what_was_changed_does_not_open(cut: int) -> None:
    parts = sealed()
    with pytest.raises(SealError):
        open_part(CENTER, STATION, 7, parts.key[:cut], 1, parts.parts[0].sealed)
    with pytest.raises(SealError):
        open_part(CENTER, STATION, 7, parts.key, 1, parts.parts[0].sealed[:-1])


def test_nothing_to_seal_makes_no_key() -> None:
    assert seal_parts(PUBLIC, STATION, 7, []) == Parts()


def test_a_number_twice_would_use_its_nonce_twice() -> None:
    with pytest.raises(ValueError, match="twice"):
        seal_parts(PUBLIC, STATION, 7, [(1, b"a"), (1, b"b")])


def test_no_two_batches_have_the_same_key() -> None:
    assert sealed().parts[0].sealed != sealed().parts[0].sealed


KEY = b"0f" * 32  # of a code, as a lane keeps it
PARTS = st.dictionaries(
    st.integers(1, 2**53), st.binary(max_size=70) | st.sampled_from([KEY, KEY.upper(), b"g" * 64, bytes(32)])
)


@given(PARTS)
def test_parts_that_are_sealed_as_one_are_the_same_again(parts: dict[int, bytes]) -> None:
    clear = sorted(parts.items())
    assert open_parts(CENTER, STATION, 7, seal_together(PUBLIC, STATION, 7, clear)) == clear
    assert open_parts(CENTER, STATION, 7, seal_parts(PUBLIC, STATION, 7, clear)) == clear


@pytest.mark.parametrize(
    ("private_key", "station", "incarnation", "first"),
    [
        (OTHER, STATION, 7, 1),
        (CENTER, b"south gate, 16 B", 7, 1),
        (CENTER, STATION, 8, 1),
        (CENTER, STATION, 7, 3),
    ],
    ids=["other center", "other station", "other incarnation", "other number"],
)
def test_what_is_sealed_as_one_opens_nowhere_else(
    private_key: X25519PrivateKey, station: bytes, incarnation: int, first: int
) -> None:
    parts = structs.replace(seal_together(PUBLIC, STATION, 7, CLEAR), first=first)

    with pytest.raises(SealError):
        open_parts(private_key, station, incarnation, parts)


def test_what_was_changed_of_one_does_not_open() -> None:
    parts = seal_together(PUBLIC, STATION, 7, CLEAR)

    for changed in (structs.replace(parts, together=parts.together[:-1]), structs.replace(parts, key=b"")):
        with pytest.raises(SealError):
            open_parts(CENTER, STATION, 7, changed)


def test_sealed_as_one_a_key_costs_little_more_than_itself() -> None:
    thousand = [(number, KEY) for number in range(1, 1001)]

    assert len(seal_together(PUBLIC, STATION, 7, thousand).together) < 35_000


def test_numbers_that_do_not_rise_are_not_sealed() -> None:
    for numbers in ((1, 1), (2, 1)):
        with pytest.raises(ValueError, match="rise"):
            seal_together(PUBLIC, STATION, 7, [(number, b"") for number in numbers])
