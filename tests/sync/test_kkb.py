"""A stick is whole, from the right hand and for the right hand, or nothing of it is taken."""

from __future__ import annotations

from io import BytesIO

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from station.sync.kkb import (
    Block,
    Direction,
    Draft,
    StickError,
    StickProblem,
    center_id,
    read_blocks,
    read_header,
    verify_stick,
    write_stick,
)

STATION_KEY = Ed25519PrivateKey.from_private_bytes(b"s" * 32)
CENTER_KEY = X25519PrivateKey.from_private_bytes(b"c" * 32)
STATION = b"station of east "
DRAFT = Draft(Direction.UP, STATION, "东门", center_id(b"k" * 32), 1_700_000_000_000, ((7, 1, 2),))
BLOCKS = [Block("push", b"first" * 100), Block("push", b"second"), Block("of tomorrow", b"")]


def stick(blocks: list[Block] = BLOCKS) -> bytes:
    out = BytesIO()
    write_stick(out, DRAFT, blocks, CENTER_KEY.public_key().public_bytes_raw(), STATION_KEY.sign)
    return out.getvalue()


def taken(content: bytes, *, key: X25519PrivateKey = CENTER_KEY) -> list[Block]:
    """As an import does it: header, every byte, and only then the blocks."""
    file = BytesIO(content)
    read_header(file)
    verify_stick(file, STATION_KEY.public_key().public_bytes_raw())
    return list(read_blocks(file, key))


def problem(content: bytes, *, key: X25519PrivateKey = CENTER_KEY) -> StickProblem:
    with pytest.raises(StickError) as caught:
        taken(content, key=key)
    return caught.value.problem


def test_what_was_written_is_read() -> None:
    header = read_header(BytesIO(stick()))

    assert (header.station, header.name, header.ranges) == (STATION, "东门", ((7, 1, 2),))
    assert taken(stick()) == BLOCKS


def test_a_stick_without_anything_new_is_a_stick() -> None:
    assert taken(stick([])) == []


WHOLE = stick()


@given(st.integers(0, len(WHOLE) - 1))
def test_a_stick_that_was_pulled_out_too_early_is_torn(length: int) -> None:
    assert problem(WHOLE[:length]) in (StickProblem.TORN if length >= 4 else StickProblem.NO_STICK,)


@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_a_stick_with_one_wrong_byte_is_not_taken(place: int, flip: int) -> None:
    changed = bytearray(WHOLE)
    changed[place] ^= flip

    assert problem(bytes(changed)) in set(StickProblem) - {StickProblem.FULL}


@given(st.binary(max_size=300))
def test_any_other_file_is_no_stick(content: bytes) -> None:
    """One that begins as ours do, and is of no version of ours, is taken for a newer one."""
    begins_so = content[:3] == b"KKB" and len(content) > 3
    assert problem(content) is (StickProblem.NEWER if begins_so else StickProblem.NO_STICK)


def test_what_follows_a_stick_does_not_belong_to_it() -> None:
    assert problem(WHOLE + b"\0") is StickProblem.CHANGED


def test_a_stick_of_a_newer_version_says_so() -> None:
    assert problem(b"KKB2" + WHOLE[4:]) is StickProblem.NEWER


def test_only_whom_it_is_for_can_read_it() -> None:
    assert problem(WHOLE, key=X25519PrivateKey.from_private_bytes(b"x" * 32)) is StickProblem.CHANGED
    assert b"second" not in WHOLE
