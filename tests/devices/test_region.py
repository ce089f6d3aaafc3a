"""Where a rescue looks."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from station.devices.frame import Image
from station.devices.readers import SeenCode, Sighting, UnreadCode
from station.devices.region import KEEP_FRAMES, Box, Region, middle, whole

FRAME = np.zeros((720, 1280), np.uint8)
NOTHING = Sighting()

Corners = tuple[tuple[float, float], ...]


def square(left: float, top: float, side: float) -> Corners:
    right, bottom = left + side, top + side
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def read_at(corners: Corners) -> Sighting:
    return Sighting(codes=(SeenCode("token", corners, "zxing"),))


def located_at(corners: Corners) -> Sighting:
    return Sighting(unread=(UnreadCode(corners, 3.0),))


def test_nobody_knows_where_the_first_code_will_be() -> None:
    region = Region()
    region.feed(NOTHING, FRAME)

    assert region.box is None


def test_the_box_holds_the_code_and_room_for_a_moving_hand() -> None:
    region = Region()
    region.feed(read_at(square(500, 300, 100)), FRAME)

    assert region.box == Box(440, 240, 660, 460)


def test_a_code_that_was_only_located_is_followed_too() -> None:
    region = Region()
    region.feed(located_at(square(500, 300, 100)), FRAME)
    region.feed(located_at(square(600, 300, 100)), FRAME)

    assert region.box == Box(540, 240, 760, 460)


def test_a_code_that_left_is_forgotten_after_half_a_second() -> None:
    region = Region()
    region.feed(read_at(square(500, 300, 100)), FRAME)
    known = []
    for _ in range(KEEP_FRAMES):
        known.append(region.box is not None)
        region.feed(NOTHING, FRAME)

    assert all(known)
    assert region.box is None


@given(
    st.lists(
        st.tuples(st.floats(-3000, 5000), st.floats(-3000, 5000)), min_size=4, max_size=4, unique=True
    ).map(tuple),
    st.integers(1, 200),
    st.integers(1, 200),
)
def test_every_box_is_a_part_of_its_picture(corners: Corners, width: int, height: int) -> None:
    picture: Image = np.zeros((height, width), np.uint8)
    region = Region()
    region.feed(located_at(corners), picture)

    for box in (region.box, middle(picture), whole(picture)):
        assert box is not None
        cut = box.cut(picture)
        assert cut.shape == (box.bottom - box.top, box.right - box.left)
        assert cut.size


def test_the_middle_of_a_small_picture_is_all_of_it() -> None:
    assert middle(FRAME) == Box(128, 0, 1152, 720)
    assert middle(FRAME[:480, :640]) == whole(FRAME[:480, :640])
