"""The two readers: what a text becomes, where a code is, and the traps of both."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
import zxingcpp

from station.devices.enhance import grey
from station.devices.readers import SeenCode, Sighting, UnreadCode, opencv, zbar, zxing, zxing_text
from tests.devices.qr_pictures import TOKEN, on_desk, qr, read_codes, torn

CHINESE = "张伟 3-2-501 健康码"


def texts(codes: tuple[SeenCode, ...]) -> list[str]:
    return [code.text for code in codes]


@pytest.mark.parametrize(
    "text",
    [
        TOKEN,
        "HC1: ends in a space ",
        " \tbegins with blanks",
        "line one\r\nline two\n",
        "a\0b",
        "😷 emoji",
        CHINESE,
        "你好",
        "7" * 1000,
        "x" * 2900,
    ],
    ids=lambda text: f"{len(text)} characters: {text[:8]!r}",
)
def test_a_text_is_read_as_it_was_written(text: str) -> None:
    assert texts(read_codes(qr(text, encoding="utf-8", module=4))) == [text]


@pytest.mark.parametrize("text", [CHINESE, "浙江省杭州市余杭区", "绿码", "张喆"])
def test_a_chinese_counter_that_declares_no_character_set_is_understood(text: str) -> None:
    raw = text.encode("gb18030")

    assert zxing_text(raw.decode("latin-1"), raw) == text


@pytest.mark.parametrize(
    ("guessed", "content"),
    [
        ("Müller", "Müller".encode("latin-1")),
        ("ﾃﾞｻﾞｲﾝQR", "ﾃﾞｻﾞｲﾝQR".encode("shift-jis")),
        ("\x80\x81\xff", b"\x80\x81\xff"),
    ],
    ids=["Latin-1", "half-width kana", "binary"],
)
def test_what_is_not_chinese_is_left_alone(guessed: str, content: bytes) -> None:
    assert zxing_text(guessed, content) == guessed


def test_a_code_that_declares_its_text_binary_is_still_read_as_utf_8() -> None:
    assert zxing_text(CHINESE.encode().decode("latin-1"), CHINESE.encode()) == CHINESE


def test_the_second_reader_leaves_chinese_to_the_first() -> None:
    """zbar takes this text for Latin-1 and returns "ä½\xa0å¥½"."""
    assert zbar(grey(on_desk(qr("你好", encoding="utf-8", module=8)))) == Sighting()


def test_the_second_reader_finds_the_code_where_it_is() -> None:
    (code,) = zbar(grey(on_desk(qr(TOKEN, module=8)))).codes

    near = 60 + 4 * 8
    far = 60 + qr(TOKEN, module=8).shape[0] - 4 * 8
    xs, ys = zip(*code.corners, strict=True)
    assert (code.text, code.reader) == (TOKEN, "pyzbar")
    assert np.allclose((min(xs), min(ys), max(xs), max(ys)), (near, near, far, far), atol=8)


def test_corners_go_clockwise_from_top_left() -> None:
    (code,) = read_codes(on_desk(qr(TOKEN)))

    near, far = 60 + 4 * 5, 60 + qr(TOKEN).shape[0] - 4 * 5
    expected = ((near, near), (far, near), (far, far), (near, far))
    assert np.allclose(code.corners, expected, atol=3)


def test_an_inverted_code_is_read() -> None:
    assert texts(read_codes(255 - qr(TOKEN))) == [TOKEN]


def test_two_codes_in_one_picture_are_both_seen() -> None:
    assert sorted(texts(read_codes(on_desk(qr("first"), qr("second"))))) == ["first", "second"]


def test_a_code_never_shows_its_text_in_a_log() -> None:
    (code,) = read_codes(qr(TOKEN))

    assert TOKEN not in repr(code)


def test_a_code_with_too_many_errors_is_located_with_its_modules() -> None:
    sighting = zxing(grey(on_desk(torn(module=4))))

    assert not sighting.codes
    assert sighting.unread[0].module_px == pytest.approx(4, abs=0.2)
    assert sighting.unread[0].corners[0] == pytest.approx((60 + 16, 60 + 16), abs=4)


def test_a_micro_code_that_zxing_tells_of_unasked_is_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seen in a blurred video: the error of an "M2", whose number of modules follows another rule."""
    error = SimpleNamespace(type=zxingcpp.ErrorType.Checksum)
    micro = SimpleNamespace(valid=False, error=error, extra={"Version": "M2"})
    monkeypatch.setattr(zxingcpp, "read_barcodes", lambda *arguments, **settings: [micro])

    assert zxing(grey(on_desk())) == Sighting()


def test_the_third_reader_finds_the_code_where_it_is() -> None:
    (code,) = opencv(grey(on_desk(qr(TOKEN)))).codes

    near, far = 60 + 4 * 5, 60 + qr(TOKEN).shape[0] - 4 * 5
    assert (code.text, code.reader) == (TOKEN, "opencv")
    assert np.allclose(code.corners, ((near, near), (far, near), (far, far), (near, far)), atol=3)


@pytest.mark.parametrize("encoding", ["utf-8", "shift-jis", "gb18030"])
def test_the_third_reader_leaves_chinese_to_the_first(encoding: str) -> None:
    assert opencv(grey(on_desk(qr("中文", encoding=encoding, module=8)))) == Sighting()


def test_a_sighting_in_a_cut_is_put_back_into_its_picture() -> None:
    corners = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0))
    there = Sighting((SeenCode(TOKEN, corners, "zxing"),), (UnreadCode(corners, 4.0),))

    here = there.moved(0.5, left=100, top=200)

    assert here.located == (((100, 200), (105, 200), (105, 205), (100, 205)),) * 2
    assert here.unread[0].module_px == 2.0
