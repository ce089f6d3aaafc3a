"""Where a face is in a thermal picture: people near and far, off centre, mugs, lamps and warm walls."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.core.model import ThermalView
from station.devices.emulators.thermal import Body, paint
from station.devices.thermal import PICTURES
from station.devices.thermal.face import Box, face_in, shades, view
from station.devices.thermal.picture import ThermalPicture

COLUMNS, ROWS = 32, 24


def scene(body: Body | None, ambient_c: float = 22.0) -> ThermalPicture:
    return paint(COLUMNS, ROWS, body, ambient_c=ambient_c)


def spots(places: dict[tuple[int, int], float], elsewhere_c: float = 22.0) -> ThermalPicture:
    """A scene with these spots in it."""
    celsius = [elsewhere_c] * (COLUMNS * ROWS)
    for (column, row), value_c in places.items():
        celsius[row * COLUMNS + column] = value_c
    return ThermalPicture(COLUMNS, tuple(celsius), elsewhere_c)


def block(left: int, top: int, width: int, height: int, value_c: float) -> dict[tuple[int, int], float]:
    return {
        (column, row): value_c for column in range(left, left + width) for row in range(top, top + height)
    }


@pytest.mark.parametrize("ambient_c", [-10.0, 5.0, 22.0, 28.0])
@pytest.mark.parametrize("skin_c", [33.0, 36.2, 39.5])
def test_somebody_who_stands_right_is_found_by_the_face_alone(ambient_c: float, skin_c: float) -> None:
    face = face_in(scene(Body(skin_c), ambient_c))
    assert face
    assert abs(face.left + face.width / 2 - COLUMNS * 0.5) <= 1
    assert abs(face.top + face.height / 2 - ROWS * 0.45) <= 1.5
    assert 10 <= face.width <= 13


def test_a_face_at_the_side_is_at_the_side() -> None:
    face = face_in(scene(Body(36.0, across=0.2)))
    assert face
    assert face.left + face.width / 2 == pytest.approx(COLUMNS * 0.2, abs=1)


def test_somebody_far_away_is_found_small() -> None:
    near, far = face_in(scene(Body(36.0))), face_in(scene(Body(36.0, nearness=0.35)))
    assert near
    assert far
    assert far.height < near.height / 2


def test_an_empty_stand_is_nobody() -> None:
    assert face_in(scene(None)) is None


def test_a_wall_as_warm_as_skin_hides_a_face_and_is_none() -> None:
    assert face_in(scene(Body(36.0), ambient_c=35.0)) is None
    assert face_in(scene(None, ambient_c=36.0)) is None


@pytest.mark.parametrize(
    "places",
    [
        block(3, 2, 2, 2, 36.0),  # too few spots
        block(0, 10, 32, 2, 36.0),  # a heating pipe
        block(15, 0, 2, 24, 36.0),
        block(10, 8, 6, 6, 70.0),  # tea
        {(place, place): 36.0 for place in range(20)},  # a string of lights
        block(5, 5, 2, 12, 36.0) | block(5, 15, 12, 2, 36.0),  # a bent pipe
    ],
)
def test_what_is_no_face_is_none(places: dict[tuple[int, int], float]) -> None:
    assert face_in(spots(places)) is None


def test_a_warm_wall_over_most_of_the_picture_is_no_face() -> None:
    assert face_in(spots(block(0, 0, 32, 16, 36.0))) is None


def test_hot_tea_beside_a_face_takes_nothing_from_it() -> None:
    places = block(10, 6, 8, 10, 35.0) | block(25, 18, 4, 4, 75.0)
    assert face_in(spots(places)) == Box(10, 6, 8, 10)


def test_the_nearer_of_two_people_is_the_one() -> None:
    places = block(2, 6, 4, 5, 35.0) | block(16, 5, 9, 11, 35.0)
    assert face_in(spots(places)) == Box(16, 5, 9, 11)


def test_what_is_published_holds_no_degrees_and_has_left_at_the_left() -> None:
    seen = view(spots(block(20, 5, 8, 10, 36.0)), "thermal ttyUSB0", right_to_left=True)
    assert seen.face == (4, 5, 8, 10)
    assert seen.warmest[0] < COLUMNS / 2
    assert {field.name: field.type for field in fields(ThermalView)}["shades"] == "bytes"
    assert not any("float" in str(field.type) for field in fields(ThermalView))


def test_gy_the_first_spot_of_a_frame_is_the_upper_right_one() -> None:
    """GY_MCU9064 user manual v1: columns from 1 to 32, "starting upper right"."""
    family = PICTURES["gy-mcu90640"]
    (picture,) = family.decoder().feed(family.encode(spots({(0, 0): 36.0})))
    assert isinstance(picture, ThermalPicture)
    assert view(picture, "x", right_to_left=family.right_to_left).warmest == (31, 0)


def test_shades_use_the_whole_range_but_do_not_blow_up_noise() -> None:
    assert shades((20.0, 28.0, 36.0)) == bytes((0, 128, 255))
    assert max(shades((22.0, 22.3))) < 20


@given(st.lists(st.floats(-40, 300) | st.floats(20, 38), min_size=48, max_size=48))
def test_any_picture_can_be_shown(celsius: list[float]) -> None:
    seen = view(ThermalPicture(8, tuple(celsius)), "x", right_to_left=False)
    assert (seen.height, len(seen.shades)) == (6, 48)
    if seen.face:
        left, top, width, height = seen.face
        assert 0 <= left < left + width <= 8
        assert 0 <= top < top + height <= 6
