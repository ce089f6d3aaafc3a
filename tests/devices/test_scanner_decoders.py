"""What serial scanners say, in the bytes of manuals, and in all the ways in which a line mangles them."""

from __future__ import annotations

import json
import os
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from station.devices.scanners import SCANNERS, BadCode, Code, Heard, Reply, ScannerKind
from station.devices.scanners.gm65 import What, command
from station.devices.scanners.lines import LONGEST, LineDecoder

DATA = Path(__file__).parents[2] / os.environ.get("KAKOU_TEST_DATA", "../shared/data")
CODE = "https://kakou.invalid/hc?c=ABC123"
LINE = CODE.encode() + b"\r"
WRITTEN = bytes.fromhex("02 00 00 01 00 33 31")  # the reply to a command that stored something
ENDS = [b"\r", b"\n", b"\r\n", b"\t"]
PAUSE = None  # among pieces of bytes: somebody listened, and nothing came

each_kind = pytest.mark.parametrize("kind", SCANNERS.values(), ids=SCANNERS)
each_end = pytest.mark.parametrize("end", ENDS, ids=["CR", "LF", "CRLF", "TAB"])


def vectors(direction: str, device: str = "") -> list[Any]:
    """The bytes of scanners in the collected manuals; `device` begins their name."""
    path = DATA / "serial_vectors.json"
    if not path.exists():
        return [pytest.param(None, marks=pytest.mark.skip("KAKOU_TEST_DATA holds no serial_vectors.json"))]
    found = json.loads(path.read_text(encoding="utf-8"))
    return [
        pytest.param(vector, id=vector["meaning"][:40])
        for vector in found
        if "scanner" in vector["device"]
        and vector["device"].startswith(device)
        and vector["direction"] == direction
    ]


def decode(slug: str, *pieces: bytes | None) -> list[Heard]:
    """What is heard on a line that was quiet when we joined it."""
    decoder = SCANNERS[slug].decoder()
    heard = decoder.pause()
    for piece in pieces:
        heard += decoder.pause() if piece is PAUSE else decoder.feed(piece)
    return heard


def bytewise(data: bytes) -> list[bytes]:
    return [bytes([byte]) for byte in data]


def texts(heard: list[Heard]) -> list[str]:
    return [one.text for one in heard if isinstance(one, Code)]


# --- the manuals --------------------------------------------------------------------------------


@pytest.mark.parametrize("vector", vectors("device->host"))
def test_a_reply_of_any_scanner_is_never_taken_for_a_code(vector: dict[str, Any]) -> None:
    data = bytes.fromhex(vector["hex"])
    expected = [data[:-1].decode()] if data.endswith(b"\r") else []  # one of them is a code
    for slug in SCANNERS:
        assert texts(decode(slug, data, PAUSE)) == expected
        assert texts(decode(slug, *bytewise(data), PAUSE)) == expected


@pytest.mark.parametrize("vector", vectors("device->host", "GM65"))
def test_a_reply_of_a_gm65_is_understood_in_one_piece_in_many_and_between_codes(
    vector: dict[str, Any],
) -> None:
    data = bytes.fromhex(vector["hex"])
    reply = Code(data[:-1].decode()) if data.endswith(b"\r") else Reply(data[4:-2])
    assert decode("gm65", data) == [reply]
    assert decode("gm65", *bytewise(data)) == [reply]
    assert decode("gm65", data + LINE + data) == [reply, Code(CODE), reply]
    assert decode("gm65", *bytewise(data + LINE + data)) == [reply, Code(CODE), reply]


@pytest.mark.parametrize("vector", vectors("host->device", "GM65"))
def test_a_command_to_a_gm65_has_the_bytes_of_the_manual(vector: dict[str, Any]) -> None:
    data = bytes.fromhex(vector["hex"])
    what, zone, value = What(data[2]), int.from_bytes(data[4:6], "big"), data[6]
    expected = data[:-2] + command(what, zone, value)[-2:] if data.endswith(b"\xab\xcd") else data
    assert command(what, zone, value) == expected


def test_all_that_is_ever_sent_by_itself_only_reads() -> None:
    assert [kind.query for kind in SCANNERS.values()] == [command(What.READ, 0x0000, 1), None]


# --- lines --------------------------------------------------------------------------------------


@each_kind
@each_end
def test_a_code_ends_with_its_sign(kind: ScannerKind, end: bytes) -> None:
    data = CODE.encode() + end
    assert decode(kind.slug, data) == [Code(CODE)]
    assert decode(kind.slug, *bytewise(data)) == [Code(CODE)]
    assert decode(kind.slug, data + data) == [Code(CODE), Code(CODE)]


@each_kind
def test_a_scanner_that_ends_its_codes_with_nothing_is_understood_after_a_pause(kind: ScannerKind) -> None:
    data = CODE.encode()
    assert decode(kind.slug, data[:9], data[9:]) == []
    assert decode(kind.slug, data[:9], data[9:], PAUSE, data, PAUSE) == [Code(CODE), Code(CODE)]


@each_kind
def test_a_hiccup_of_the_line_does_not_make_two_codes_of_one(kind: ScannerKind) -> None:
    """Once the scanner is known to end its codes with a sign, only a whole second without a byte ends one."""
    hiccup = [PAUSE] * 9
    assert decode(kind.slug, LINE, LINE[:9], *hiccup, LINE[9:20], *hiccup, LINE[20:]) == [Code(CODE)] * 2


@each_kind
def test_a_lost_sign_costs_a_second_and_not_the_next_code(kind: ScannerKind) -> None:
    second = [PAUSE] * 10
    assert decode(kind.slug, LINE, CODE.encode(), *second, LINE) == [Code(CODE)] * 3


@each_kind
def test_a_visiting_card_does_not_make_a_scanner_without_signs_wait_for_ever(kind: ScannerKind) -> None:
    card = b"BEGIN:VCARD\r\nEND:VCARD"
    second = [PAUSE] * 10
    assert texts(decode(kind.slug, card, *second, CODE.encode(), PAUSE))[-1] == CODE


@each_kind
def test_the_rest_of_a_code_from_before_never_acts(kind: ScannerKind) -> None:
    """The port was opened while a scanner spoke."""
    for cut in range(1, len(LINE) - 1):
        decoder = kind.decoder()
        assert decoder.feed(LINE[cut:]) == []
        assert decoder.feed(LINE) == [Code(CODE)]


@each_kind
def test_a_code_that_began_before_and_ends_with_nothing_never_acts(kind: ScannerKind) -> None:
    decoder = kind.decoder()
    assert decoder.feed(CODE[5:].encode()) + decoder.pause() == []
    assert decoder.feed(CODE.encode()) + decoder.pause() == [Code(CODE)]


def test_a_scanner_that_answered_may_say_a_code_at_once() -> None:
    decoder = SCANNERS["gm65"].decoder()
    assert decoder.feed(CODE[5:].encode() + WRITTEN + LINE) == [Reply(b"\x00"), Code(CODE)]


@each_kind
def test_empty_lines_are_nothing(kind: ScannerKind) -> None:
    assert decode(kind.slug, b"\r\n\r\n\t", LINE, b"\r\r") == [Code(CODE)]


@each_kind
@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_hanzi_are_read_in_both_encodings(kind: ScannerKind, encoding: str) -> None:
    text = "出入证 张小强 3幢2单元501"
    assert decode(kind.slug, text.encode(encoding) + b"\r\n") == [Code(text)]


@each_kind
def test_spaces_belong_to_the_code(kind: ScannerKind) -> None:
    assert decode(kind.slug, b" HC1:ABC \r") == [Code(" HC1:ABC ")]


@each_kind
@pytest.mark.parametrize("around", [b"]Q1%s", b"\x02%s\x03", b"\x02]Q1%s\x03"], ids=["AIM", "STX", "both"])
def test_what_a_scanner_puts_around_a_code_is_no_part_of_it(kind: ScannerKind, around: bytes) -> None:
    """The same person may be known by the code as the camera reads it."""
    data = around % CODE.encode()
    assert decode(kind.slug, data + b"\r", data + b"\r\n") == [Code(CODE)] * 2
    assert decode(kind.slug, *bytewise(data), PAUSE) == [Code(CODE)]


@each_kind
@pytest.mark.parametrize("line", [b"]Q1", b"\x02\x03", b"\x02]Q1\x03"])
def test_a_frame_around_nothing_is_no_code(kind: ScannerKind, line: bytes) -> None:
    assert texts(decode(kind.slug, line + b"\r")) == []


@each_kind
@pytest.mark.parametrize(
    ("noise", "reason"),
    [
        (b"\x00\x1f", "control"),
        (b"abc\x06", "control"),
        (b"\xff\xff", "encoding"),
        (bytes(byte ^ 0xFF for byte in LINE), "encoding"),  # GBK, by chance
    ],
)
def test_noise_is_no_code_and_costs_none(kind: ScannerKind, noise: bytes, reason: str) -> None:
    assert decode(kind.slug, noise, b"\r", LINE) == [BadCode(reason, len(noise)), Code(CODE)]


@each_kind
def test_the_longest_code_is_read_and_a_longer_one_reported_once(kind: ScannerKind) -> None:
    longest = b"7" * LONGEST
    assert decode(kind.slug, longest + b"\r") == [Code("7" * LONGEST)]
    assert decode(kind.slug, longest + b"7", b"7" * 99 + b"\r", LINE) == [
        BadCode("overlong", LONGEST + 1),
        Code(CODE),
    ]
    assert decode(kind.slug, longest + b"7\r", LINE) == [BadCode("overlong", LONGEST + 1), Code(CODE)]


def test_neither_a_code_nor_what_is_none_shows_its_text() -> None:
    assert CODE not in repr(decode("lines", LINE))
    assert "0xff" not in repr(decode("lines", b"secret\xff\xff\r"))
    assert "secret" not in repr(decode("lines", b"secret\xff\xff\r"))


# --- replies among codes ------------------------------------------------------------------------


@pytest.mark.parametrize("at", range(len(CODE)))
def test_a_reply_in_the_middle_of_a_code_takes_nothing_from_it(at: int) -> None:
    data = CODE.encode()
    assert decode("gm65", data[:at] + WRITTEN + data[at:] + b"\r") == [Reply(b"\x00"), Code(CODE)]


def test_a_reply_with_a_wrong_checksum_is_none_and_costs_only_the_code_it_touches() -> None:
    broken = WRITTEN[:-1] + b"\x32"
    assert decode("gm65", broken + b"\r", LINE) == [BadCode("control", len(broken)), Code(CODE)]


def test_half_a_reply_does_not_hide_the_next_code() -> None:
    assert decode("gm65", WRITTEN[:4], PAUSE, LINE)[-1] == Code(CODE)
    assert decode("gm65", b"\x02\x00\x00\xff", LINE, PAUSE, LINE)[-1] == Code(CODE)


# --- whatever comes -----------------------------------------------------------------------------

pieces = st.lists(st.binary(max_size=300) | st.sampled_from([LINE, WRITTEN, WRITTEN[:5]]) | st.none())


@each_kind
@given(pieces=pieces)
def test_any_bytes_are_taken_and_only_clean_texts_come_out(kind: ScannerKind, pieces: list[bytes]) -> None:
    for text in texts(decode(kind.slug, *pieces)):
        assert text.isprintable() or not any(character in text for character in "\r\n\t\0\x02")


@each_kind
@pytest.mark.parametrize("byte", [b"\x02", b"\x00", b"a", b"\xff"])
def test_a_line_that_never_makes_sense_fills_no_memory(kind: ScannerKind, byte: bytes) -> None:
    decoder = kind.decoder()
    for _ in range(60):
        decoder.feed(byte * 300)
        lines = decoder if isinstance(decoder, LineDecoder) else decoder._lines  # type: ignore[attr-defined]
        assert len(lines._rest) + len(getattr(decoder, "_buffer", b"")) <= LONGEST + 300


@each_kind
@given(junk=st.binary(max_size=60), cut=st.integers(0, 200))
def test_after_any_junk_and_a_second_of_quiet_a_code_is_read(
    kind: ScannerKind, junk: bytes, cut: int
) -> None:
    stream = junk + bytes(cut)
    assert decode(kind.slug, stream, *[PAUSE] * 10, LINE[:7], LINE[7:])[-1] == Code(CODE)


readable = st.text(st.characters(codec="gbk", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=80)


@each_kind
@given(text=readable, end=st.sampled_from(ENDS), cuts=st.lists(st.integers(0, 300), max_size=5))
def test_what_is_sent_in_utf_8_is_what_is_read(
    kind: ScannerKind, text: str, end: bytes, cuts: list[int]
) -> None:
    data = text.encode() + end
    bounds = [0, *sorted(cuts), len(data)]
    cut = [data[start:stop] for start, stop in pairwise(bounds)]
    assert decode(kind.slug, *cut) == [Code(text)]


@each_kind
@given(text=readable)
def test_what_is_sent_in_gbk_is_what_is_read_unless_it_is_utf_8_by_chance(
    kind: ScannerKind, text: str
) -> None:
    data = text.encode("gbk") + b"/1"
    assume(not _is_utf_8(data) or data.isascii())
    assert decode(kind.slug, data + b"\r") == [Code(text + "/1")]


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
