"""Cutting a stream of bytes into frames or lines. What they mean is each family's business.

A serial line is joined in the middle of a frame, loses bytes and gains others. So a frame counts only
with its header, type, length and checksum, and after a bad one the search goes on one byte further:
the header of the next good frame may lie inside the bad one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from station.core.model import FrameError, Reading

Value = TypeVar("Value")  # what a frame says: a Reading, or a thermal picture

_AT_A_GATE_C = (-50.0, 150.0)


def sum8(data: bytes) -> int:
    """The low 8 bits of the sum of all bytes: the checksum of most Chinese serial modules."""
    return sum(data) & 0xFF


def crc16_modbus(data: bytes) -> bytes:
    """The two check bytes of a Modbus RTU message, low byte first (Modbus over Serial Line V1.02, 6.2.2)."""
    crc = 0xFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc.to_bytes(2, "little")


def is_plausible(*celsius: float) -> bool:
    """All are temperatures that can occur at a gate: the only check where frames hold no checksum."""
    lowest, highest = _AT_A_GATE_C
    return all(lowest <= value <= highest for value in celsius)


def always(size: int) -> Callable[[bytes], int]:
    """The size of a frame whose size never differs."""
    return lambda prefix: size


@dataclass(frozen=True, slots=True)
class FrameShape(Generic[Value]):
    """How one family marks its frames. An empty header: they are told by their size alone."""

    header: bytes
    prefix: int  # so many first bytes, header included, tell the size
    size: Callable[[bytes], int | None]  # of the whole frame in bytes; None: not a frame of this family
    read: Callable[[bytes], Value | FrameError | None]  # None: a good frame that is no temperature


class FrameDecoder(Generic[Value]):
    """Finds the frames of one shape in a stream (a `Decoder`)."""

    def __init__(self, shape: FrameShape[Value]) -> None:
        self._shape = shape
        self._buffer = bytearray()

    def feed(self, data: bytes) -> list[Value | FrameError]:
        self._buffer += data
        found: list[Value | FrameError] = []
        while size := self._whole_frame():
            result = self._shape.read(bytes(self._buffer[:size]))
            del self._buffer[: 1 if isinstance(result, FrameError) else size]
            if result is not None:
                found.append(result)
        return found

    def _whole_frame(self) -> int:
        """Drop what cannot begin a frame; the size of the first frame, or 0 while it is incomplete."""
        while self._find_header() and len(self._buffer) >= self._shape.prefix:
            size = self._shape.size(bytes(self._buffer[: self._shape.prefix]))
            if size is not None:
                return size if len(self._buffer) >= size else 0
            del self._buffer[0]
        return 0

    def _find_header(self) -> bool:
        header = self._shape.header
        at = self._buffer.find(header)
        if at < 0:  # the last bytes may be the first ones of a header
            at = max(0, len(self._buffer) - len(header) + 1)
        del self._buffer[:at]
        return self._buffer.startswith(header)


class LineSplitter:
    """Cuts a stream at line ends; a line that exceeds `longest` bytes is reported once and skipped."""

    def __init__(self, longest: int, end: bytes = b"\n") -> None:
        self._longest = longest
        self._end = end
        self._rest = b""
        self._skipping = False  # until the end of a line already reported as over-long

    def feed(self, data: bytes) -> list[bytes | FrameError]:
        """The lines completed by `data`, without their ends."""
        *lines, self._rest = (self._rest + data).split(self._end)
        found: list[bytes | FrameError] = []
        for line in lines:
            if not self._skipping:
                found.append(line if len(line) <= self._longest else self._overlong(line))
            self._skipping = False
        if len(self._rest) > self._longest:
            if not self._skipping:
                found.append(self._overlong(self._rest))
            self._skipping, self._rest = True, b""
        return found

    def _overlong(self, line: bytes) -> FrameError:
        return FrameError("overlong", line[: self._longest])


class LineDecoder:
    """Reads a stream line by line (a `Decoder`). `read` gets a line without its end."""

    def __init__(
        self, longest: int, read: Callable[[bytes], Reading | FrameError | None], end: bytes = b"\n"
    ) -> None:
        self._lines = LineSplitter(longest, end)
        self._read = read

    def feed(self, data: bytes) -> list[Reading | FrameError]:
        results = (
            line if isinstance(line, FrameError) else self._read(line) for line in self._lines.feed(data)
        )
        return [result for result in results if result is not None]
