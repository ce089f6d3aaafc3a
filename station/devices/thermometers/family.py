"""What the station knows of one family of serial thermometers. No port, no clock, no thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from station.core.model import FrameError, Reading

Confidence = Literal["manual", "several sources", "single source"]


class Decoder(Protocol):
    """Bytes in, readings and frame errors out, in the order in which they came.

    Takes any bytes in any pieces, never raises, keeps no more than about one frame, and finds the
    next good frame after junk by itself.
    """

    def feed(self, data: bytes) -> list[Reading | FrameError]: ...


@dataclass(frozen=True, slots=True)
class Family:
    """One family: how it is spoken to, and how its bytes are read."""

    slug: str
    title: str  # as a seller would write it
    bauds: tuple[int, ...]  # 8N1; the factory setting first
    decoder: Callable[[], Decoder]
    encode: Callable[[Reading], bytes]  # the bytes with which the instrument says this; for emulators
    interval_s: float  # between two readings: the period to poll at, or the stream's own
    confidence: Confidence
    source: str
    start: bytes = b""  # sent once after opening; never a command that the instrument stores
    query: bytes | None = None  # asks for one reading; None when the instrument streams
