"""Every family's decoder on the bytes of manuals, in all the ways in which a serial line mangles them."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.core.model import FrameError, Reading, Site
from station.devices.thermal import PICTURES
from station.devices.thermometers import FAMILIES, Family
from station.devices.thermometers.framing import FrameDecoder, LineSplitter, crc16_modbus
from station.devices.thermometers.idc_50 import EitherDecoder

DATA = Path(__file__).parents[2] / os.environ.get("KAKOU_TEST_DATA", "../shared/data")
DEVICES = {  # as the collection of vectors calls them
    "GY-MCU90614/90615": "gy-mcu90614",
    "LU90614": "lu90614",
    "Arduino MLX90614 ASCII bridge": "ascii-bridge",
    "CJMCU-90614 (serial)": "cjmcu-90614",
    "AA-A5 body module (38400)": "aa-a5",
    "IDC-50 Heimann kiosk module": "idc-50",
    "GD60914 (9600)": "gd60914",
    "RQVK002-TWBD-DS (19200)": "rqvk002",
    "Raytek MI3/CM ASCII": "raytek",
    "Optris CS/CT binary": "optris",
    "Optris CSmicro hs binary": "optris-hs",
    "Impac UPP ASCII (8E1)": "impac",
    "Calex PyroUSB Modbus": "calex",
    "Calex PyroMiniBus Modbus": "calex-minibus",
}
NO_READING = {"ack, arg 0 = ok"}  # good frames that are neither a temperature nor an error


@dataclass(frozen=True)
class Example:
    """One good frame of a family, what it says, and what else such a frame can say, in hundredths of a °C."""

    frame: bytes
    reading: Reading
    lowest: int = 0
    highest: int = 25590
    step: int = 1
    ambients: tuple[int, int] = (-4000, 12500)


def text(line: str) -> bytes:
    return line.encode()


GOOD = {
    "gy-mcu90614": Example(
        bytes.fromhex("5A5A45040E460A328D"), Reading(36.54, Site.OBJECT, 26.10), lowest=-7000
    ),
    "lu90614": Example(bytes.fromhex("FEAC243200000000 00"), Reading(36.50, Site.BODY)),
    "ascii-bridge": Example(
        text("Ambient = 25.11*C\tObject = 36.55*C\r\nAmbient = 77.20*F\tObject = 97.79*F\r\n\r\n"),
        Reading(36.55, Site.OBJECT, 25.11),
        lowest=-7000,
    ),
    "gy-614v3": Example(
        bytes.fromhex("A40307075F0D5408CA0E4A9F"), Reading(34.12, Site.OBJECT, 22.50), lowest=-7000
    ),
    "gy-614v3-body": Example(
        bytes.fromhex("A40307075F0D5408CA0E4A9F"), Reading(36.58, Site.BODY, 22.50), lowest=-7000
    ),
    "cjmcu-90614": Example(
        bytes.fromhex("66660104 0E46 0A32 90"), Reading(36.54, Site.OBJECT, 26.10), lowest=-7000
    ),
    "cjmcu-90614-swapped": Example(
        bytes.fromhex("66660104 0A32 0E46 90"), Reading(36.54, Site.OBJECT, 26.10), lowest=-7000
    ),
    "aa-a5": Example(
        bytes.fromhex("AAA5080102016D00FA7355"), Reading(36.5, Site.BODY, 25.0), lowest=-7000, step=10
    ),
    "idc-50": Example(bytes.fromhex("AA5506240730"), Reading(36.7, Site.BODY), step=10),
    "gd60914": Example(text("00365\r\n"), Reading(36.5, Site.FOREHEAD), step=10),
    "gd60914-wrist": Example(text("00365\r\n"), Reading(36.5, Site.WRIST), step=10),
    "rqvk002": Example(
        bytes.fromhex("5A00E20D00A5"), Reading(37.3, Site.OBJECT, 22.0), 2320, 4870, 10, ambients=(1220, 3770)
    ),
    "ys-haiman": Example(
        bytes.fromhex("0000420E000000"), Reading(36.5, Site.OBJECT), lowest=1, highest=15000
    ),
    "re-xingma": Example(bytes.fromhex("0000000E42734D00"), Reading(36.5, Site.OBJECT, 22.02), highest=15000),
    "mlx90641-stm32": Example(
        bytes.fromhex("A5000000 00E1 016F 00DC 016D"),
        Reading(36.5, Site.OBJECT, 22.5),
        highest=15000,
        step=10,
        ambients=(0, 12500),
    ),
    "raytek": Example(text("!T0036.5\r\n"), Reading(36.5, Site.OBJECT), lowest=-4000, step=10),
    "optris": Example(bytes.fromhex("0555"), Reading(36.5, Site.OBJECT), -5000, 15000, 10),
    "optris-hs": Example(bytes.fromhex("3552"), Reading(36.5, Site.OBJECT), -5000, 15000),
    "calex": Example(bytes.fromhex("010402016D794D"), Reading(36.5, Site.OBJECT), lowest=-5000, step=10),
    "calex-minibus": Example(
        bytes.fromhex("010402016D794D"), Reading(36.5, Site.OBJECT), lowest=-5000, step=10
    ),
    "impac": Example(text("00365\r"), Reading(36.5, Site.OBJECT), lowest=-5000, step=10),
}
LONGEST_KEPT = 128  # bytes


def ambient(vector: dict[str, Any]) -> float | None:
    value_c: float = vector["value_c"]
    return value_c if vector["meaning"].startswith("both values") else vector.get("ambient_c")


def vectors() -> list[tuple[str, str, bytes, float | None, float | None]]:
    """Family, meaning, bytes and expected temperatures of the frames in the collected manuals."""
    path = DATA / "serial_vectors.json"
    if not path.exists():
        return []
    return [
        (DEVICES[v["device"]], v["meaning"], bytes.fromhex(v["hex"]), v["value_c"], ambient(v))
        for v in json.loads(path.read_text(encoding="utf-8"))
        if v["device"] in DEVICES and v["direction"] == "device->host"
    ]


VECTORS = [pytest.param(*vector) for vector in vectors()] or [
    pytest.param(*[None] * 5, marks=pytest.mark.skip("KAKOU_TEST_DATA holds no serial_vectors.json"))
]
each_vector = pytest.mark.parametrize(("slug", "meaning", "data", "value_c", "ambient_c"), VECTORS)
each_family = pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
# Answers told by their size alone begin anew at each question; in a stream of them no seam can be found.
MARKED = {slug: family for slug, family in FAMILIES.items() if not family.unmarked_size}
each_marked_family = pytest.mark.parametrize("family", MARKED.values(), ids=MARKED)
WITH_CHECKSUM = [
    "gy-mcu90614",
    "lu90614",
    "gy-614v3",
    "gy-614v3-body",
    "cjmcu-90614",
    "cjmcu-90614-swapped",
    "aa-a5",
    "idc-50",
    "calex",
]
each_marked_vector = pytest.mark.parametrize(
    ("slug", "meaning", "data", "value_c", "ambient_c"),
    [vector for vector in VECTORS if vector.marks or vector.values[0] in MARKED],
)


def decode(slug: str, *pieces: bytes) -> list[Reading | FrameError]:
    decoder = FAMILIES[slug].decoder()
    return [result for piece in pieces for result in decoder.feed(piece)]


def temperatures(results: list[Reading | FrameError]) -> list[tuple[float, float | None]]:
    return [(r.value_c, r.ambient_c) for r in results if isinstance(r, Reading)]


def bytewise(data: bytes) -> list[bytes]:
    return [bytes([byte]) for byte in data]


def kept_bytes(decoder: object) -> int:
    """How much a decoder holds back, whichever framing it uses."""
    if isinstance(decoder, EitherDecoder):
        return sum(map(kept_bytes, decoder._forms))
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
    assert bool(errors) == (value_c is None and meaning not in NO_READING), meaning


@each_marked_vector
def test_joined_in_the_middle_of_a_frame_the_next_ones_are_read(
    slug: str, meaning: str, data: bytes, value_c: float | None, ambient_c: float | None
) -> None:
    good, reading = GOOD[slug].frame, GOOD[slug].reading
    for cut in range(1, len(data)):
        assert decode(slug, data[cut:], good, good)[-1] == reading, (meaning, cut)


@each_marked_vector
def test_junk_between_frames_costs_no_frame_but_the_one_it_hit(
    slug: str, meaning: str, data: bytes, value_c: float | None, ambient_c: float | None
) -> None:
    good, reading = GOOD[slug].frame, GOOD[slug].reading
    junk = b"\x00\x5a\xfe\xff\r\n"
    expected = [] if value_c is None else [(value_c, ambient_c)]
    whole = (reading.value_c, reading.ambient_c)
    assert temperatures(decode(slug, good, junk, data, junk, good)) == [whole, *expected, whole], meaning


# --- one family's own traps -------------------------------------------------------------------


def test_gy_module_number_after_the_checksum_is_dropped() -> None:
    frame = bytes.fromhex("5A5A45040E460A328D 14")
    assert decode("gy-mcu90614", frame * 3) == [GOOD["gy-mcu90614"].reading] * 3


def test_gy_answers_of_another_type_are_skipped_by_length() -> None:
    emissivity = bytes.fromhex("5A5A25015F")
    emissivity += bytes([sum(emissivity) & 0xFF])
    good, reading = GOOD["gy-mcu90614"].frame, GOOD["gy-mcu90614"].reading
    assert decode("gy-mcu90614", emissivity + good) == [reading]


def test_gy_good_frame_inside_a_broken_one_is_found() -> None:
    good, reading = GOOD["gy-mcu90614"].frame, GOOD["gy-mcu90614"].reading
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
    good, reading = GOOD["gy-mcu90614"].frame, GOOD["gy-mcu90614"].reading
    assert decode("gy-mcu90614", bytes.fromhex("5A5A0206"), good) == [reading]  # GY-MCU90640, 1544 bytes


def test_lu_says_which_mode_it_is_in() -> None:
    object_mode, body_mode = bytes.fromhex("FEAA281E00000000EE"), bytes.fromhex("FEAC281E00000000F0")
    assert decode("lu90614", object_mode, body_mode) == [Reading(40.3, Site.OBJECT), Reading(40.3, Site.BODY)]


def test_lu_more_than_99_hundredths_are_no_number() -> None:
    frame = bytes.fromhex("FEAA246400000000")
    frame += bytes([sum(frame) & 0xFF])
    assert decode("lu90614", frame) == [FrameError("not_a_number", frame)]


def test_bridge_celsius_and_fahrenheit_lines_are_one_measurement() -> None:
    pair, reading = GOOD["ascii-bridge"].frame, GOOD["ascii-bridge"].reading
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


def test_gy_614v3_gives_skin_or_body_but_never_both() -> None:
    frame = GOOD["gy-614v3"].frame
    assert decode("gy-614v3", frame) == [Reading(34.12, Site.OBJECT, 22.5)]
    assert decode("gy-614v3-body", frame) == [Reading(36.58, Site.BODY, 22.5)]


def test_cjmcu_whole_frame_sum_is_no_checksum() -> None:
    frame = bytes.fromhex("666601040A830A83EB")
    assert decode("cjmcu-90614", frame) == [FrameError("checksum", frame)]


def test_aa_a5_says_which_mode_it_is_in_and_refuses_an_unknown_one() -> None:
    object_mode = FAMILIES["aa-a5"].encode(Reading(36.5, Site.OBJECT, 25.0))
    assert decode("aa-a5", object_mode) == [Reading(36.5, Site.OBJECT, 25.0)]
    third = bytes.fromhex("AAA5080103016D00FA7455")
    assert decode("aa-a5", third) == [FrameError("unknown_site", third)]


def test_aa_a5_a_frame_without_its_end_mark_is_refused() -> None:
    frame = GOOD["aa-a5"].frame[:-1] + b"\x00"
    assert decode("aa-a5", frame) == [FrameError("checksum", frame)]


def test_aa_a5_stray_zeros_before_the_header_are_no_error() -> None:
    assert decode("aa-a5", b"\0\0" + GOOD["aa-a5"].frame) == [GOOD["aa-a5"].reading]


def test_idc_more_than_nine_tenths_are_no_number() -> None:
    frame = bytes.fromhex("AA5506240A33")
    assert decode("idc-50", frame) == [FrameError("not_a_number", frame)]


@pytest.mark.parametrize("line", [b"365\r\n", b"0365\r\n", b"5\r\n", b"000365\r\n", b"00365\n", b"-0365\r\n"])
def test_gd_a_line_without_all_its_digits_gives_no_temperature(line: bytes) -> None:
    assert temperatures(decode("gd60914", line)) == []


def test_rqvk_below_its_middle_is_a_true_twos_complement() -> None:
    """The public driver takes 255 - 1 for -1 and is 0.1 °C too high."""
    assert temperatures(decode("rqvk002", bytes.fromhex("5A00FFFF00A5"))) == [(35.9, 24.9)]


def test_rqvk_the_empty_stand_is_as_cold_as_a_byte_can_say() -> None:
    frame = FAMILIES["rqvk002"].encode(Reading(5.0, Site.OBJECT, 60.0))
    assert temperatures(decode("rqvk002", frame)) == [(23.2, 37.7)]


def test_haiman_zero_is_no_data() -> None:
    assert decode("ys-haiman", bytes(7))[0] == FrameError("no_data", bytes(7))


def test_mlx90641_values_that_cannot_be_true_together_are_refused() -> None:
    frame = bytes.fromhex("A5000000 00E1 00DC 016F 016D")  # the coldest spot is warmer than the warmest
    assert decode("mlx90641-stm32", frame) == [FrameError("implausible", frame)]


@pytest.mark.parametrize(
    ("line", "value_c"),
    [
        (b"!T020.0\r\n", 20.0),  # CM
        (b"!T0036.5\r\n", 36.5),
        (b"017T0036.5\r\n", 36.5),  # several on one line, as one manual has it
        (b"001!T36.50\r\n", 36.5),  # and as the other has it
        (b"!T-040.0\r\n", -40.0),
    ],
)
def test_raytek_widths_and_prefixes_differ(line: bytes, value_c: float) -> None:
    assert temperatures(decode("raytek", line)) == [(value_c, None)]


def test_raytek_refusals_are_reported_and_notices_are_not() -> None:
    assert decode("raytek", b"*Syntax Error\r\n") == [FrameError("refused", b"*Syntax Error")]
    assert decode("raytek", b"#XI1\r\n") == []
    assert decode("raytek", b"036.5\r\n!E0.950\r\n") == []  # half a line, and a setting


def test_optris_models_are_told_by_what_the_answer_would_mean() -> None:
    assert temperatures(decode("optris", bytes.fromhex("303E"))) == []
    assert temperatures(decode("optris-hs", bytes.fromhex("04D3"))) == []


def test_optris_half_an_answer_lost_is_noticed_at_a_persons_temperature() -> None:
    answers = FAMILIES["optris"].encode(Reading(36.5, Site.OBJECT)) * 3
    assert set(temperatures(decode("optris", answers[1:]))) == {(36.5, None)}


def test_calex_refusal_is_reported_and_an_echo_of_the_question_is_not() -> None:
    refused = bytes.fromhex("018402") + crc16_modbus(bytes.fromhex("018402"))
    assert decode("calex", refused) == [FrameError("refused", refused)]
    echo = FAMILIES["calex"].query or b""
    assert temperatures(decode("calex", echo + GOOD["calex"].frame)) == [(36.5, None)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [(b"88880", "over_range"), (b"77770", "not_ready"), (b"75550", "fault"), (b"74440", "fault")],
)
def test_impac_numbers_that_are_no_temperature(line: bytes, reason: str) -> None:
    assert decode("impac", line + b"\r") == [FrameError(reason, line)]


@pytest.mark.parametrize("line", [b"0365\r", b"5\r", b"-017\r", b"000365\r", b"00ms\r"])
def test_impac_a_line_without_all_its_characters_gives_no_temperature(line: bytes) -> None:
    assert decode("impac", line) == [FrameError("malformed", line[:-1])]


# --- every family -----------------------------------------------------------------------------


@each_family
def test_slug_and_registry_agree(family: Family) -> None:
    assert FAMILIES[family.slug] is family
    assert family.slug in GOOD, "a new family needs its frame in this test"


@each_family
@given(pieces=st.lists(st.binary(max_size=300)))
def test_any_bytes_are_taken_and_little_is_kept(family: Family, pieces: list[bytes]) -> None:
    decoder = family.decoder()
    for piece in pieces:
        decoder.feed(piece)
        assert kept_bytes(decoder) <= LONGEST_KEPT


@each_family
@pytest.mark.parametrize("byte", [b"\x5a", b"\xfe", b"\xa5", b"{", b"=", b"\x00"])
def test_a_line_that_never_makes_sense_fills_no_memory(family: Family, byte: bytes) -> None:
    decoder = family.decoder()
    for _ in range(100):
        decoder.feed(byte * 50)
        assert kept_bytes(decoder) <= LONGEST_KEPT


@pytest.mark.parametrize("slug", WITH_CHECKSUM)
def test_a_frame_cut_short_is_never_read_as_somebody_elses_temperature(slug: str) -> None:
    """What is left of it and the beginning of the next frame may have a right checksum by chance."""
    good = GOOD[slug]
    for hundredths in range(3400, 4200, good.step):
        said = Reading(hundredths / 100, good.reading.site, (80 + hundredths * 7 % 300) / 10)
        frame = FAMILIES[slug].encode(said)
        for cut in range(1, len(frame) - 1):
            values = {r.value_c for r in decode(slug, frame[:cut] + frame * 2) if isinstance(r, Reading)}
            assert values == {said.value_c}, (hundredths, cut)


@st.composite
def junk(draw: st.DrawFn) -> bytes:
    """Random bytes mixed with beginnings of good frames: the worst that joining late can give."""
    cuts = st.sampled_from([good.frame for good in GOOD.values()]).flatmap(
        lambda good: st.integers(0, len(good)).map(lambda end: good[:end])
    )
    return b"".join(draw(st.lists(st.binary(max_size=20) | cuts, max_size=6)))


@each_marked_family
@given(noise=junk(), data=st.data())
def test_after_junk_a_frame_is_found_within_one_frame(
    family: Family, noise: bytes, data: st.DataObject
) -> None:
    good, reading = GOOD[family.slug].frame, GOOD[family.slug].reading
    stream = noise + good + good
    cut = data.draw(st.integers(0, len(stream)))
    assert decode(family.slug, stream[:cut], stream[cut:])[-1] == reading


@each_family
def test_the_example_is_read_whole_bytewise_and_twice(family: Family) -> None:
    good = GOOD[family.slug]
    assert decode(family.slug, good.frame) == [good.reading]
    assert decode(family.slug, *bytewise(good.frame)) == [good.reading]
    assert decode(family.slug, good.frame * 2) == [good.reading] * 2


@each_family
@given(data=st.data())
def test_the_emulator_says_what_the_decoder_hears(family: Family, data: st.DataObject) -> None:
    good = GOOD[family.slug]
    value = data.draw(st.integers(good.lowest // good.step, good.highest // good.step)) * good.step
    ambient = data.draw(st.integers(*good.ambients)) // good.step * good.step
    said = Reading(value / 100, good.reading.site, ambient / 100)
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


# --- what we say ------------------------------------------------------------------------------

QUESTIONS = {  # documented bytes that only ask for readings, or start a stream that is not stored
    "A515BA": "gy-mcu90614",
    "A545EA": "gy-mcu90614",
    "66660156": "cjmcu-90614",
    "FACAC4": "lu90614",
    "AAA503010455": "aa-a5",
    "AC": "gd60914-wrist",
    "A55501FB": "ys-haiman",
    "EEE10155FFFC": "re-xingma",
    "A50501BF": "mlx90641-stm32",
    "A50601BF": "mlx90621-ys",
    "A53501DB": "mlx90621-hh",
    "EEE10155FFFCFDFF": "htpa32",
    "FFFFFE250000FEFFFF": "ym32a",
    "3F540D": "raytek",
    "01": "optris",
    "30306D730D": "impac",
    "01040012000191CF": "calex",
    "0104000E00015009": "calex-minibus",
}


def said_by(slug: str) -> set[str]:
    """All that the station ever says to an instrument of this family."""
    if slug in PICTURES:
        picture = PICTURES[slug]
        said = (picture.start, picture.query)
        return {data.hex().upper() for data in said if data}
    family = FAMILIES[slug]
    return {data.hex().upper() for data in (family.start, family.query, family.probe) if data}


@pytest.mark.parametrize(("question", "slug"), QUESTIONS.items())
def test_we_ask_as_the_manual_has_it(question: str, slug: str) -> None:
    assert question in said_by(slug)


def test_every_other_documented_command_is_never_sent() -> None:
    """Speeds, modes, calibrations, emissivities, relays: nothing that we have not named above."""
    path = DATA / "serial_vectors.json"
    if not path.exists():
        pytest.skip("KAKOU_TEST_DATA holds no serial_vectors.json")
    documented = {
        vector["hex"].replace(" ", "")
        for vector in json.loads(path.read_text(encoding="utf-8"))
        if vector["direction"] == "host->device"
    }
    assert documented >= QUESTIONS.keys()
    said = set().union(*(said_by(slug) for slug in (*FAMILIES, *PICTURES)))
    assert said & documented == QUESTIONS.keys()
