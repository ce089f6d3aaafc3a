"""Impac (LumaSense) IN 5, Series 600, IS 320 and others: industrial pyrometers with the UPP protocol.

Source: Impac manuals (manualshive IN 5 plus p25, Series 600 App. F, azmanual IS 320 p27, easymanua.ls IGAR 12
p35). 8 data bits, even parity.

    00ms<CR>   asks number 00 for its value
    00365<CR>, -0170<CR>   36.5 and -17.0 °C
    88880 over range, 77770 not ready (on some models: too hot), 75550 head too hot, 74440 head too cold

There is no checksum: a line counts only with all of its five characters.
"""

from __future__ import annotations

import re

from station.core.model import FrameError, Reading, Site
from station.devices.thermometers.family import Family
from station.devices.thermometers.framing import LineDecoder

_LONGEST_LINE = 16  # bytes
_LINE = re.compile(rb"\d{5}|-\d{4}")
_PROBLEMS = {b"88880": "over_range", b"77770": "not_ready", b"75550": "fault", b"74440": "fault"}
_ACKNOWLEDGED = (b"ok", b"no")  # to settings, which we never send


def _read(line: bytes) -> Reading | FrameError | None:
    line = line.lstrip(b"\n")  # of an adapter that makes CR LF of each CR
    if line in _PROBLEMS:
        return FrameError(_PROBLEMS[line], line)
    if _LINE.fullmatch(line):
        return Reading(int(line) / 10, Site.OBJECT)
    return FrameError("malformed", line) if line not in _ACKNOWLEDGED else None


def encode(reading: Reading) -> bytes:
    """The line that says `reading`."""
    return f"{round(reading.value_c * 10):05d}\r".encode()


FAMILY = Family(
    slug="impac",
    title="Impac / LumaSense (UPP)",
    bauds=(19200, 9600),  # the manuals found name no factory setting
    decoder=lambda: LineDecoder(_LONGEST_LINE, _read, end=b"\r"),
    encode=encode,
    query=b"00ms\r",
    probe=b"00ms\r",
    interval_s=0.2,
    confidence="manual",
    source="Impac manuals (manualshive IN 5 plus p25, azmanual IS 320 p27)",
    parity="E",
)
