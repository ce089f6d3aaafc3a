"""A pseudo-terminal that behaves like a relay board: hears frames, moves its contacts, answers as its kind.

POSIX only. It reads the bytes by the boards' own papers, not by what the station would send.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from station.devices.emulators.pty_device import MOST_HEARD, PtyDevice

_LCUS = re.compile(rb"\xa0([\x01-\x08])([\x00\x01])(.)", re.DOTALL)
_COIL = re.compile(rb"\x01\x05(..)(..)(..)", re.DOTALL)
_WORDS = re.compile(rb"relay (on|off) (\d)\r")
_LATENCY_S = 0.02
_MODBUS = ("modbus", "modbus-clone", "waveshare")


class PtyRelay(PtyDevice):
    """An emulated board of a family at `path`. `is_closed` tells of channel 1 at this moment."""

    def __init__(self, slug: str, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__(slug, 19200 if slug == "numato" else 9600, _LATENCY_S)
        self._slug, self._monotonic = slug, monotonic
        self._closed_until = 0.0
        self._before = b""  # heard already, and not answered: a relay that says nothing hears it again
        self.deaf = False  # the USB chip lives, the board behind it does not
        self.closings = 0

    @property
    def is_closed(self) -> bool:
        """Whether the contact holds the barrier open."""
        return self._monotonic() < self._closed_until

    def answer(self, heard: bytes) -> bytes:
        news = heard.removeprefix(self._before[-MOST_HEARD:])
        said = b"" if self.deaf else self._obey(news)
        self._before = b"" if said else heard
        return said

    def _obey(self, heard: bytes) -> bytes:
        if self._slug in _MODBUS:
            return b"".join(self._coil(match) for match in _COIL.finditer(heard))
        if self._slug == "numato":
            return b"".join(self._word(match) for match in _WORDS.finditer(heard))
        if self._slug == "lcus":
            for match in _LCUS.finditer(heard):
                self._set(on=match[2] == b"\x01", valid=sum(match[0][:3]) & 0xFF == match[3][0])
        else:
            for byte in heard:
                self._set(on=byte in b"\xaa\xcc", for_s=1.0 if byte == 0xCC else float("inf"))
        return b""

    def _coil(self, match: re.Match[bytes]) -> bytes:
        address, value = int.from_bytes(match[1], "big"), int.from_bytes(match[2], "big")
        on_value = 0x0100 if self._slug == "modbus-clone" else 0xFF00
        if self._slug == "waveshare" and address & 0x0200:
            self._set(on=True, for_s=value / 10)
        else:
            self._set(on=value == on_value)
        return match[0]

    def _word(self, match: re.Match[bytes]) -> bytes:
        self._set(on=match[1] == b"on", valid=match[2] == b"0")
        return match[0] + b"\n\r>"

    def _set(self, *, on: bool, valid: bool = True, for_s: float = float("inf")) -> None:
        if not valid:
            return
        self.closings += on
        self._closed_until = self._monotonic() + for_s if on else 0.0
