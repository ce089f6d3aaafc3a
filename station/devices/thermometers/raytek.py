"""Raytek (Fluke) MI3, MI, MID and CM: industrial pyrometers that answer in text.

Source: Raytek MI3 manual (manualshive 3967713 p104/108, easymanua.ls raytek/mi3 p117), MI manual
(manualshive 3954517 p75/84), CM manual (manualshive 3970115 p43).

    ?T<CR>   asks for the target temperature
    !T0036.5<CR><LF>, 017!T0036.5<CR><LF> or 017T0036.5<CR><LF> from number 017 of several on one line
    *Syntax Error<CR><LF>

Widths differ between models, so numbers are not taken by column. An instrument that was set to °F answers
the same way: set it to °C. Lines beginning with # tell of settings that changed.
"""

from __future__ import annotations

import re

from station.core.model import FrameError, Reading, Site
from station.devices.thermometers.family import Family
from station.devices.thermometers.framing import LineDecoder

_LONGEST_LINE = 64  # bytes; error texts included
_LINE = re.compile(rb"(?:!|\d{3}!?)T(-?\d{1,4}\.\d{1,2})\r")


def _read(line: bytes) -> Reading | FrameError | None:
    if match := _LINE.fullmatch(line):
        return Reading(float(match[1]), Site.OBJECT)
    if line.startswith(b"*"):
        return FrameError("refused", line.strip())
    return FrameError("malformed", line) if b"T" in line else None


def encode(reading: Reading) -> bytes:
    """The line that says `reading`."""
    return f"!T{reading.value_c:06.1f}\r\n".encode()


FAMILY = Family(
    slug="raytek",
    title="Raytek / Fluke MI3, MI, MID, CM",
    bauds=(9600, 115200, 38400, 19200, 57600),  # MI3 can be set to any of them
    decoder=lambda: LineDecoder(_LONGEST_LINE, _read),
    encode=encode,
    query=b"?T\r",
    probe=b"?T\r",
    interval_s=0.2,
    confidence="manual",
    source="Raytek MI3 manual (manualshive 3967713 p104/108), CM manual (manualshive 3970115 p43)",
)
