"""Picture sensors: every decoder on whole, cut, joined and meaningless bytes. None is a thermometer."""

from __future__ import annotations

import json
import os
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.core.model import FrameError
from station.devices.thermal import PICTURES, PictureFamily, ThermalPicture
from station.devices.thermometers import FAMILIES
from station.devices.thermometers.framing import FrameDecoder

DATA = Path(__file__).parents[2] / os.environ.get("KAKOU_TEST_DATA", "../shared/data")
each_family = pytest.mark.parametrize("family", PICTURES.values(), ids=PICTURES)


def picture(family: PictureFamily) -> ThermalPicture:
    """A warm face in the middle of a cool scene."""
    spots = [22.0 + index % 7 / 10 for index in range(family.columns * family.rows)]
    spots[family.columns * (family.rows // 2) + 5] = 34.5
    encoded = ThermalPicture(family.columns, tuple(spots), 24.0)
    (decoded,) = family.decoder().feed(family.encode(encoded))
    assert isinstance(decoded, ThermalPicture)
    return decoded


def frame(family: PictureFamily) -> bytes:
    return family.encode(picture(family))


def decode(family: PictureFamily, *pieces: bytes) -> list[ThermalPicture | FrameError]:
    decoder = family.decoder()
    return [result for piece in pieces for result in decoder.feed(piece)]


def test_no_picture_sensor_can_be_chosen_as_the_gates_thermometer() -> None:
    assert PICTURES.keys().isdisjoint(FAMILIES)


@each_family
def test_a_face_is_found_where_it_is(family: PictureFamily) -> None:
    seen = picture(family)
    assert (seen.columns, seen.rows) == (family.columns, family.rows)
    assert seen.warmest == (5, family.rows // 2)
    assert max(seen.celsius) == 34.5
    assert seen.ambient_c in (24.0, None)


@each_family
def test_whole_bytewise_and_two_at_once(family: PictureFamily) -> None:
    data, seen = frame(family), picture(family)
    assert decode(family, data) == [seen]
    assert decode(family, *(bytes([byte]) for byte in data)) == [seen]
    assert decode(family, data + data) == [seen, seen]


@each_family
def test_joined_in_the_middle_the_next_picture_is_read(family: PictureFamily) -> None:
    data, seen = frame(family), picture(family)
    for cut in range(1, len(data), 97):
        assert decode(family, data[cut:], data, data)[-1] == seen, cut


@each_family
def test_junk_between_pictures_costs_none(family: PictureFamily) -> None:
    data, seen = frame(family), picture(family)
    results = decode(family, data, b"\x00\x01\xff\r\n", data)
    assert [result for result in results if isinstance(result, ThermalPicture)] == [seen, seen]


@each_family
@given(pieces=st.lists(st.binary(max_size=400), max_size=8))
def test_any_bytes_are_taken_and_no_more_than_a_frame_is_kept(
    family: PictureFamily, pieces: list[bytes]
) -> None:
    decoder = family.decoder()
    assert isinstance(decoder, FrameDecoder)
    for piece in pieces:
        decoder.feed(piece)
        assert len(decoder._buffer) <= len(frame(family))


def test_gy_the_frame_of_the_manual_by_hand() -> None:
    """Header and count as words, 768 spots of 25.00 °C, TA 25.00 °C, the sum of those 771 words."""
    words = [0x5A5A, 0x0602, *[2500] * 769]
    data = struct.pack("<772H", *words, sum(words) & 0xFFFF)
    assert len(data) == 1544
    assert decode(PICTURES["gy-mcu90640"], data) == [ThermalPicture(32, (25.0,) * 768, 25.0)]


def test_gy_a_wrong_sum_is_reported_and_the_next_picture_read() -> None:
    family = PICTURES["gy-mcu90640"]
    data = frame(family)
    wrong = data[:-1] + bytes([data[-1] ^ 1])
    results = decode(family, wrong + data)
    assert results[0] == FrameError("checksum", wrong)
    assert results[-1] == picture(family)


def test_gy_frost_is_below_zero() -> None:
    cold = ThermalPicture(32, (-12.5,) * 768, -3.25)
    assert decode(PICTURES["gy-mcu90640"], PICTURES["gy-mcu90640"].encode(cold)) == [cold]


def test_gy_answers_of_the_manual_are_no_pictures_and_no_errors() -> None:
    path = DATA / "serial_vectors.json"
    if not path.exists():
        pytest.skip("KAKOU_TEST_DATA holds no serial_vectors.json")
    vectors = json.loads(path.read_text(encoding="utf-8"))
    answers = [
        bytes.fromhex(v["hex"])
        for v in vectors
        if v["device"] == "GY-MCU90640" and v["direction"] == "device->host"
    ]
    assert answers
    for answer in answers:
        assert decode(PICTURES["gy-mcu90640"], answer) == []


@pytest.mark.parametrize("slug", ["mlx90621-hh", "htpa32", "ym32a"])
def test_a_spot_that_cannot_be_makes_the_picture_none(slug: str) -> None:
    family = PICTURES[slug]
    glowing = ThermalPicture(family.columns, (400.0,) * (family.columns * family.rows), 24.0)
    assert isinstance(decode(family, family.encode(glowing))[0], FrameError)
