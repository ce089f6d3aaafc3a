"""Tells a scanner that types like a keyboard (a wedge) from a person's fingers. Pure: no Qt, no clock.

A scanner types a code in one burst and mostly ends it with ENTER or TAB. The limits are those of onScan.js
(100 ms without a key, 6 characters), but for slower scanners 50 ms a character on average instead of 30.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

PAUSE_S = 0.1  # without a key: the burst is over
FAST_S = 0.05  # a character, on average; a quick typist needs twice as long
LEAST_OF_CODE = 6  # characters
MOST_OF_FINGERS = 2  # quick keys in a row that may still be a person's

# What a Chinese input method in its full-width mode makes of ASCII (Unicode, block FF00).
_HALF_WIDTH = {0x3000: " "} | {0xFEE0 + code: chr(code) for code in range(0x21, 0x7F)}

# What its Chinese punctuation makes of the signs that codes have: those of full width are there already.
_CHINESE_SIGNS = _HALF_WIDTH | {ord("、"): "/", ord("。"): ".", ord("￥"): "$", ord("】"): "]"}

# The AIM identifier of QR codes (ISO/IEC 15424), which a scanner may be set to type before each.
_IDENTIFIER = re.compile(r"\A\]Q[0-6]", re.IGNORECASE)

# How codes begin whose letters are all of one case (those that `codes.reading` verifies). CapsLock turns them
# round, and the code would be none that anybody knows.
ONE_CASE = ("GP1:", "HC1:", "shc:/")
# A web address that CapsLock turned round: the host in capitals, small letters behind. Without those nobody
# could tell, for addresses are also printed in capitals only, which makes the code smaller.
_TURNED_ADDRESS = re.compile(r"HTTPS?://[A-Z0-9.:-]{1,253}/[^a-z]*[a-z].*")


@dataclass(frozen=True, slots=True)
class Burst:
    """The characters between two pauses, and how long they took. May be a code: never log it."""

    text: str = field(default="", repr=False)
    seconds: float = 0.0  # from the first key to the last

    @property
    def code(self) -> str | None:
        """The text of a code, in ASCII where a keyboard was in full-width mode and without its CapsLock; None
        if this is none."""
        if self._is_fast and len(self.text) >= LEAST_OF_CODE:
            return _without_caps_lock(_IDENTIFIER.sub("", _half_width(self.text))) or None
        return None

    @property
    def typed(self) -> str:
        """What a person typed; "" for a scanner's burst, also for one too short to be a code."""
        return "" if self._is_fast and len(self.text) > MOST_OF_FINGERS else self.text

    @property
    def _is_fast(self) -> bool:
        return self.seconds <= FAST_S * (len(self.text) - 1)


def _half_width(text: str) -> str:
    """In ASCII, if all of it can be; with hanzi in it, Chinese punctuation may be as it was printed."""
    ascii_only = text.translate(_CHINESE_SIGNS)
    return ascii_only if ascii_only.isascii() else text.translate(_HALF_WIDTH)


def _without_caps_lock(text: str) -> str:
    turned = text.swapcase()
    one_case = text.islower() or text.isupper()
    signed = one_case and turned.startswith(ONE_CASE)
    return turned if signed or _TURNED_ADDRESS.fullmatch(text) else text


class Keystrokes:
    """Collects characters until somebody takes them as a burst. Times are seconds on any one clock."""

    def __init__(self) -> None:
        self._text = ""
        self._first = self._last = 0.0

    def __bool__(self) -> bool:
        return bool(self._text)

    def add(self, character: str, at: float) -> None:
        self._first = self._first if self._text else at
        self._text, self._last = self._text + character, at

    def is_over(self, now: float) -> bool:
        """Whether a key pressed now is the first of another burst."""
        return bool(self._text) and now - self._last >= PAUSE_S

    def take(self) -> Burst:
        """All since the last call."""
        text, self._text = self._text, ""
        return Burst(text, self._last - self._first) if text else Burst()
