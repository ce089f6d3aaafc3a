"""GD60914: measures forehead or wrist, whichever it is asked for.

Source: ha-china/esphome_external_componnets components/gd60914. It reads seven characters with atoi() and
divides by ten; how those seven look is not written there. Five digits and a line end are inferred:

    00365<CR><LF>   36.5 °C

The answer does not say what was measured, so each target is a family of its own. The third target, an
object, is left out: its question is the byte AA, which switches an HW-667 relay on. There is no checksum: a
line counts only with all of its digits.
"""

from __future__ import annotations

import re
from dataclasses import replace

from station.core.model import FrameError, Reading, Site
from station.devices.thermometers.family import Decoder, Family
from station.devices.thermometers.framing import LineDecoder

_LINE = re.compile(rb"([ 0]\d{4})\r")
_LONGEST_LINE = 6  # bytes before the line feed


def _decoder(site: Site) -> Decoder:
    def read(line: bytes) -> Reading | FrameError:
        match = _LINE.fullmatch(line)
        return Reading(int(match[1]) / 10, site) if match else FrameError("malformed", line)

    return LineDecoder(_LONGEST_LINE, read)


def encode(reading: Reading) -> bytes:
    """The line that says `reading`; its site depends on the question. Raises ValueError below 0 °C."""
    if reading.value_c < 0:
        raise ValueError("how a GD60914 writes a frost is not documented")
    return f"{round(reading.value_c * 10):05d}\r\n".encode()


FAMILY = Family(
    slug="gd60914",
    title="GD60914, forehead",
    bauds=(9600,),
    decoder=lambda: _decoder(Site.FOREHEAD),
    encode=encode,
    start=b"\xa1",  # single measurements, as the driver does at every start
    # A9 A2 … would reset the sensor, or calibrate it at 35 or 42 °C.
    query=b"\xab",
    probe=b"\xab",
    interval_s=0.5,
    confidence="inferred",
    source="ha-china/esphome_external_componnets components/gd60914",
)
WRIST = replace(
    FAMILY,
    slug="gd60914-wrist",
    title="GD60914, wrist",
    decoder=lambda: _decoder(Site.WRIST),
    query=b"\xac",
    probe=None,
)
