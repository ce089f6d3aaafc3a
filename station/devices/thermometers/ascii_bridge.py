"""An Arduino that prints the readings of an MLX90614 as text.

Source: Adafruit-MLX90614-Library examples/mlxtest/mlxtest.ino; how numbers are printed: printFloat in
the Arduino core's Print.cpp (two decimals; nan, inf and ovf as words). After a banner, every 500 ms:

    Ambient = 25.11*C<TAB>Object = 36.55*C<CR><LF>
    Ambient = 77.20*F<TAB>Object = 97.79*F<CR><LF>
    <CR><LF>

Both lines are one measurement, so a Fahrenheit line that follows a Celsius line adds nothing. There is
no checksum: a line counts only if all of it is as expected.
"""

from __future__ import annotations

import re

from station.core.model import FrameError, Reading, Site
from station.devices.thermometers.family import Family
from station.devices.thermometers.framing import LineDecoder

_LONGEST_LINE = 128  # bytes; the longest line of the sketch has 48
_NUMBER = rb"(-?\d{1,3}\.\d{1,2}|nan|inf|ovf)\*([CF])"
_LINE = re.compile(rb"\s*(?:Ambient\s*=\s*" + _NUMBER + rb"\s+)?Object\s*=\s*" + _NUMBER + rb"\s*")
_FAULT = b"Error "  # "Error connecting to MLX sensor. Check wiring."


class _Sketch:
    """Reads one line after the other, and remembers which unit came last."""

    def __init__(self) -> None:
        self._after_celsius = False

    def read(self, line: bytes) -> Reading | FrameError | None:
        if match := _LINE.fullmatch(line):
            return self._measurement(match)
        if line.startswith(_FAULT):
            return FrameError("fault", line.strip())
        return FrameError("malformed", line) if b"Object" in line else None

    def _measurement(self, match: re.Match[bytes]) -> Reading | FrameError | None:
        ambient, ambient_unit, target, unit = match.groups()
        repeated = unit == b"F" and self._after_celsius
        self._after_celsius = unit == b"C"
        if repeated:
            return None
        if target.isalpha() or (ambient and ambient.isalpha()):
            return FrameError("not_a_number", match[0])
        return Reading(
            _celsius(target, unit), Site.OBJECT, _celsius(ambient, ambient_unit) if ambient else None
        )


def _celsius(number: bytes, unit: bytes) -> float:
    value = float(number)
    return value if unit == b"C" else round((value - 32) / 1.8, 2)  # no finer than it was printed


def encode(reading: Reading) -> bytes:
    """The three lines that say `reading`. Raises ValueError without an ambient: the sketch prints one."""
    if reading.ambient_c is None:
        raise ValueError("the sketch always prints an ambient temperature")
    celsius = _line(reading.ambient_c, reading.value_c, "C")
    fahrenheit = _line(reading.ambient_c * 1.8 + 32, reading.value_c * 1.8 + 32, "F")
    return f"{celsius}{fahrenheit}\r\n".encode()


def _line(ambient: float, target: float, unit: str) -> str:
    return f"Ambient = {ambient:.2f}*{unit}\tObject = {target:.2f}*{unit}\r\n"


FAMILY = Family(
    slug="ascii-bridge",
    title="Arduino, MLX90614 as text",
    bauds=(9600,),
    decoder=lambda: LineDecoder(_LONGEST_LINE, _Sketch().read),
    encode=encode,
    interval_s=0.5,
    confidence="single source",
    source="adafruit/Adafruit-MLX90614-Library examples/mlxtest/mlxtest.ino",
)
