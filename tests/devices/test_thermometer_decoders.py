"""Every family's decoder on the bytes of manuals, in all the ways in which a serial line mangles them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.core.model import FrameError, Reading, Site
from station.devices.thermometers import FAMILIES, Family
from station.devices.thermometers.framing import FrameDecoder, LineSplitter

DATA = Path(__file__).parents[2] / os.environ.get("KAKOU_TEST_DATA", "../shared/data")
DEVICES = {
    "GY-MCU90614/90615": "gy-mcu90614",
    "LU90614": "lu90614",
    "Arduino MLX90614 ASCII bridge": "ascii-bridge",
}
GOOD = {
    "gy-mcu90614": (bytes.fromhex("5A5A45040E460A328D"), Reading(36.54, Site.OBJECT, 26.10)),
    "lu90614": (bytes.fromhex("FEAC243200000000 00"), Reading(36.50, Site.BODY)),
    "ascii-bridge": (
        b"Ambient = 25.11*C\tObject = 36.55*C\r\nAmbient = 77.20*F\tObject = 97.79*F\r\n\r\n",
        Reading(36.55, Site.OBJECT, 25.11),
    ),
}
LONGEST_KEPT = 128  # bytes


def vectors() -> list[tuple[str, str, bytes, float | None, float | None]]:
    """Family, meaning, bytes and expected temperatures of the frames in the collected manuals."""
    path = DATA / "serial_vectors.json"
    if not path.exists():
        return []
    return [
        (DEVICES[v["device"]], v["meaning"], bytes.fromhex(v["hex"]), v["value_c"], v.get("ambient_c"))
        for v in json.loads(path.read_text(encoding="utf-8"))
        if v["device"] in DEVICES and v["direction"] == "device->host"
    ]


VECTORS = [pytest.param(*vector) for vector in vectors()] or [
    pytest.param(*[None] * 5, marks=pytest.mark.skip("KAKOU_TEST_DATA holds no serial_vectors.json"))
]
each_vector = pytest.mark.parametrize(("slug", "meaning", "data", "value_c", "ambient_c"), VECTORS)
each_family = pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)


def decode(slug: str, *pieces: bytes) -> list[Reading | FrameError]:
    decoder = FAMILIES[slug].decoder()
    return [result for piece in pieces for result in decoder.feed(piece)]


def temperatures(results: list[Reading | FrameError]) -> list[tuple[float, float | None]]:
    return [(r.value_c, r.ambient_c) for r in results if isinstance(r, Reading)]


def bytewise(data: bytes) -> list[bytes]:
    return [bytes([byte]) for byte in data]


def kept_bytes(decoder: object) -> int:
    """How much a decoder holds back, whichever of the two framings it uses."""
    lines = getattr(decoder, "_lines", None)
    return len(lines._rest) if lines else len(decoder._buffer)  # type: ignore[attr-defined]


# --- frames out of manuals --------------------------------------------------------------------


@each_vector
def test_a_frame_of_the_manual_gives_its_temperature(
    slug: str, meaning: str, data: bytes, value_c: float | None, ambient_c: float | None
) -> None:
    expected = [] if value_c is None else [(value_c, ambient_c)]
    assert temperatures(decode(slug, data)) == expected, meaning
    assert temperatures(decode(slug, *bytewise(data))) == expected, meaning
    assert temperatures(decode(slug, data + data)) == expected * 2, meaning


@each_vector
def test_a_frame_that_proves_nothing_is_reported(
    slug: str, meaning: str, data: bytes, value_c: float | None, ambient_c: float | None
) -> None:
    errors = [result for result in decode(slug, data) if isinstance(result, FrameError)]
    assert bool(errors) == (value_c is None), meaning


@each_vector
def test_joined_in_the_middle_of_a_frame_the_next_ones_are_read(
    slug: str, meaning: str, data: bytes, value_c: float | None, ambient_c: float | None
) -> None:
    good, reading = GOOD[slug]
    for cut in range(1, len(data)):
        assert decode(slug, data[cut:], good, good)[-1] == reading, (meaning, cut)


@each_vector
def test_junk_between_frames_costs_no_frame_but_the_one_it_hit(
    slug: str, meaning: str, data: bytes, value_c: float | None, ambient_c: float | None
) -> None:
    good, reading = GOOD[slug]
    junk = b"\x00\x5a\xfe\xff\r\n"
    expected = [] if value_c is None else [(value_c, ambient_c)]
    whole = (reading.value_c, reading.ambient_c)
    assert temperatures(decode(slug, good, junk, data, junk, good)) == [whole, *expected, whole], meaning


# --- one family's own traps -------------------------------------------------------------------


def test_gy_module_number_after_the_checksum_is_dropped() -> None:
    frame = bytes.fromhex("5A5A45040E460A328D 14")
    assert decode("gy-mcu90614", frame * 3) == [GOOD["gy-mcu90614"][1]] * 3


def test_gy_answers_of_another_type_are_skipped_by_length() -> None:
    emissivity = bytes.fromhex("5A5A25015F")
    emissivity += bytes([sum(emissivity) & 0xFF])
    good, reading = GOOD["gy-mcu90614"]
    assert decode("gy-mcu90614", emissivity + good) == [reading]


def test_gy_good_frame_inside_a_broken_one_is_found() -> None:
    good, reading = GOOD["gy-mcu90614"]
    broken = good[:6]
    assert decode("gy-mcu90614", broken + good) == [FrameError("checksum", broken + good[:3]), reading]


@pytest.mark.parametrize("hundredths", range(3584, 3840, 5))
def test_gy_a_fever_cut_short_is_not_read_as_normal(hundredths: int) -> None:
    """Its first five bytes and the next frame's first four have a right checksum, and say 36.74 °C."""
    fever = FAMILIES["gy-mcu90614"].encode(Reading(hundredths / 100, Site.OBJECT, 22.5))
    errors_then_reading = decode("gy-mcu90614", fever[:5] + fever)
    assert errors_then_reading == [
        FrameError("cut", fever[:5] + fever[:4]),
        Reading(hundredths / 100, Site.OBJECT, 22.5),
    ]


def test_gy_a_camera_frame_with_the_same_header_is_not_waited_for() -> None:
    good, reading = GOOD["gy-mcu90614"]
    assert decode("gy-mcu90614", bytes.fromhex("5A5A0206"), good) == [reading]  # GY-MCU90640, 1544 bytes


def test_lu_says_which_mode_it_is_in() -> None:
    object_mode, body_mode = bytes.fromhex("FEAA281E00000000EE"), bytes.fromhex("FEAC281E00000000F0")
    assert decode("lu90614", object_mode, body_mode) == [Reading(40.3, Site.OBJECT), Reading(40.3, Site.BODY)]


def test_lu_more_than_99_hundredths_are_no_number() -> None:
    frame = bytes.fromhex("FEAA246400000000")
    frame += bytes([sum(frame) & 0xFF])
    assert decode("lu90614", frame) == [FrameError("not_a_number", frame)]


def test_bridge_celsius_and_fahrenheit_lines_are_one_measurement() -> None:
    pair, reading = GOOD["ascii-bridge"]
    assert decode("ascii-bridge", pair * 3) == [reading] * 3


def test_bridge_fahrenheit_alone_is_converted() -> None:
    line = b"Ambient = 77.20*F\tObject = 97.79*F\r\n"
    assert temperatures(decode("ascii-bridge", line * 2)) == [(36.55, 25.11)] * 2


def test_bridge_banner_is_no_error() -> None:
    banner = b"Adafruit MLX90614 test\r\nEmissivity = 0.98\r\n" + b"=" * 48 + b"\r\n\r\n"
    assert decode("ascii-bridge", banner) == []


@pytest.mark.parametrize("word", [b"nan", b"inf", b"ovf"])
def test_bridge_words_for_no_number_are_reported_once_per_pair(word: bytes) -> None:
    pair = b"Ambient = 25.11*C\tObject = %b*C\r\nAmbient = 77.20*F\tObject = %b*F\r\n" % (word, word)
    assert [r.reason for r in decode("ascii-bridge", pair) if isinstance(r, FrameError)] == ["not_a_number"]


def test_bridge_without_its_sensor_says_so() -> None:
    text = b"Error connecting to MLX sensor. Check wiring."
    assert decode("ascii-bridge", text + b"\r\n") == [FrameError("fault", text)]


@pytest.mark.parametrize(
    "line",
    [
        b"Object = 3655*C",  # the point got lost
        b"Object = 36.55",  # the end got lost
        b"Object = 36.55*CAmbient = 25.11*C\tObject = 36.55*C",  # a line end got lost
    ],
)
def test_bridge_a_damaged_line_gives_no_temperature(line: bytes) -> None:
    assert decode("ascii-bridge", line + b"\r\n") == [FrameError("malformed", line + b"\r")]


# --- every family -----------------------------------------------------------------------------


@each_family
def test_slug_and_registry_agree(family: Family) -> None:
    assert FAMILIES[family.slug] is family
    assert family.slug in GOOD, "a new family needs its frame in this test"


@each_family
def test_nothing_sent_by_itself_stores_a_setting(family: Family) -> None:
    stored = ["A5AE53", "A5AF54", "A551F6", "A552F7", "FAC5BF", "FAC6C0"]  # baud, power-up and mode commands
    assert {family.start.hex().upper(), (family.query or b"").hex().upper()}.isdisjoint(stored)


@each_family
@given(pieces=st.lists(st.binary(max_size=300)))
def test_any_bytes_are_taken_and_little_is_kept(family: Family, pieces: list[bytes]) -> None:
    decoder = family.decoder()
    for piece in pieces:
        decoder.feed(piece)
        assert kept_bytes(decoder) <= LONGEST_KEPT


@each_family
@pytest.mark.parametrize("byte", [b"\x5a", b"\xfe", b"=", b"\x00"])
def test_a_line_that_never_makes_sense_fills_no_memory(family: Family, byte: bytes) -> None:
    decoder = family.decoder()
    for _ in range(100):
        decoder.feed(byte * 50)
        assert kept_bytes(decoder) <= LONGEST_KEPT


@st.composite
def junk(draw: st.DrawFn) -> bytes:
    """Random bytes mixed with beginnings of good frames: the worst that joining late can give."""
    cuts = st.sampled_from([good for good, _ in GOOD.values()]).flatmap(
        lambda good: st.integers(0, len(good)).map(lambda end: good[:end])
    )
    return b"".join(draw(st.lists(st.binary(max_size=20) | cuts, max_size=6)))


@each_family
@given(noise=junk(), data=st.data())
def test_after_junk_a_frame_is_found_within_one_frame(
    family: Family, noise: bytes, data: st.DataObject
) -> None:
    good, reading = GOOD[family.slug]
    stream = noise + good + good
    cut = data.draw(st.integers(0, len(stream)))
    assert decode(family.slug, stream[:cut], stream[cut:])[-1] == reading


@each_family
@given(value=st.integers(0, 25599), ambient=st.integers(-4000, 12500))
def test_the_emulator_says_what_the_decoder_hears(family: Family, value: int, ambient: int) -> None:
    said = Reading(value / 100, Site.OBJECT, ambient / 100)
    (heard,) = decode(family.slug, family.encode(said))
    assert isinstance(heard, Reading)
    assert (heard.value_c, heard.site) == (said.value_c, said.site)
    assert heard.ambient_c in (said.ambient_c, None)


def test_an_overlong_line_is_reported_once_and_skipped() -> None:
    splitter = LineSplitter(longest=4)
    found = [result for piece in bytewise(b"abcdefgh\nok\n") for result in splitter.feed(piece)]
    assert found == [FrameError("overlong", b"abcd"), b"ok"]
    assert splitter.feed(b"abcdefgh\nok\n") == [FrameError("overlong", b"abcd"), b"ok"]


def test_framing_keeps_half_a_header() -> None:
    decoder = FAMILIES["gy-mcu90614"].decoder()
    assert isinstance(decoder, FrameDecoder)
    decoder.feed(b"\x00" * 50 + b"\x5a")
    assert kept_bytes(decoder) == 1
