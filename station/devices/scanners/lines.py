"""Scanners that send plain text: one code a line, ended by CR, LF, CRLF, TAB, or by nothing but a pause.

Sources: factory settings differ by maker and model, and several Honeywell models end a code with nothing at
all (manuals of 4820, 2020, 5110, HH490); the GM65 manual V1.3, zone 0x0060, names CR, CRLF, TAB and none.

A code that itself holds line ends (a visiting card) comes out as several; health codes and passes hold none.
"""

from __future__ import annotations

import re
import unicodedata

from station.devices.scanners.kind import BadCode, Code, Heard, ScannerKind

LONGEST = 7089  # bytes: digits in the largest QR code (ISO/IEC 18004, table 7)
_ENDS = re.compile(rb"[\r\n\t]")
# How many pauses end a code. A scanner that ended its last one with a sign will do so again: then a short
# pause is only a hiccup of the line, and to end there would make two wrong codes out of one.
_AT_ONCE, _PATIENT = 1, 10
# What a scanner may put around a code: STX and ETX, and the AIM identifier of QR codes (ISO/IEC 15424, Q).
_FRAMED = re.compile(rb"\x02([^\x02\x03]*)\x03")
_IDENTIFIER = re.compile(r"\A\]Q[0-6]")


class LineDecoder:
    """Cuts a stream into codes (a `ScannerDecoder`)."""

    def __init__(self) -> None:
        self._rest = b""
        self._skipping = True  # until an end or a pause: what runs now began before, or is too long
        self._pauses = 0  # in a row
        self._patience = _AT_ONCE

    def feed(self, data: bytes) -> list[Heard]:
        """The codes that `data` completes."""
        self._pauses = 0
        *lines, self._rest = _ENDS.split(self._rest + data)
        if lines:
            self._patience = _PATIENT
        return [heard for line in lines for heard in self._end(line)] + self._limit()

    def pause(self) -> list[Heard]:
        """The code that this pause ends."""
        self._pauses += 1
        if self._rest and self._pauses < self._patience:
            return []
        if self._rest:
            self._patience = _AT_ONCE
        line, self._rest = self._rest, b""
        return self._end(line)

    def stop_skipping(self) -> None:
        """What ran when we joined is over, as something else that was heard has shown."""
        if self._skipping:
            self._skipping, self._rest = False, b""

    def _end(self, line: bytes) -> list[Heard]:
        skipped, self._skipping = self._skipping, False
        return [] if skipped or not line else [read(line)]

    def _limit(self) -> list[Heard]:
        """Report once what is too long for a code, and skip the rest of it."""
        if len(self._rest) <= LONGEST:
            return []
        reported, self._skipping = self._skipping, True
        size, self._rest = len(self._rest), b""
        return [] if reported else [BadCode("overlong", size)]


def read(line: bytes) -> Code | BadCode:
    """The text of one code. With a control character it is noise, or an answer to a command."""
    if len(line) > LONGEST:
        return BadCode("overlong", len(line))
    framed = _FRAMED.fullmatch(line)
    text = _decode(framed[1] if framed else line)
    if text is None:
        return BadCode("encoding", len(line))
    if any(unicodedata.category(character) == "Cc" for character in text):
        return BadCode("control", len(line))
    text = _IDENTIFIER.sub("", text)
    return Code(text) if text else BadCode("control", len(line))


def _decode(line: bytes) -> str | None:
    """UTF-8 first: what is valid UTF-8 is hardly ever meant as GBK. Most codes are ASCII, where both agree.

    Nearly any two high bytes are a character of GBK, and so is most of what is heard at a wrong speed; but no
    code consists of hanzi alone.
    """
    utf_8 = _as(line, "utf-8")
    if utf_8 is not None:
        return utf_8
    gbk = _as(line, "gbk")
    return gbk if gbk and any(character.isascii() for character in gbk) else None


def _as(line: bytes, encoding: str) -> str | None:
    try:
        return line.decode(encoding)
    except UnicodeDecodeError:
        return None


KIND = ScannerKind(
    slug="lines",
    title="plain text lines",
    bauds=(9600, 115200),
    decoder=LineDecoder,
    source="Honeywell 4820 p. 103, 2020 p. 103, 5110 p. 55; GM65 manual V1.3 p. 44",
)
