"""What a sensor that sees a picture of temperatures gives. It finds a face; it never decides about a fever.

These sensors are off by ±2 °C or more (GY-MCU90640 manual), and their warmest spot may be a cup of tea. So a
picture is not a Reading, and no code makes one of the other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from station.core.model import FrameError
from station.devices.thermometers.family import Confidence


@dataclass(frozen=True, slots=True)
class ThermalPicture:
    """Temperatures in °C row by row, as the sensor sent them. What `ambient_c` is, the sensor calls TA."""

    columns: int
    celsius: tuple[float, ...]
    ambient_c: float | None = None

    @property
    def rows(self) -> int:
        return len(self.celsius) // self.columns

    @property
    def warmest(self) -> tuple[int, int]:
        """Column and row of the warmest spot, from 0: where to aim."""
        row, column = divmod(self.celsius.index(max(self.celsius)), self.columns)
        return column, row

    def mirrored(self) -> ThermalPicture:
        """Left and right exchanged."""
        starts = range(0, len(self.celsius), self.columns)
        rows = (self.celsius[start : start + self.columns] for start in starts)
        return replace(self, celsius=tuple(spot for row in rows for spot in reversed(row)))


class PictureDecoder(Protocol):
    """Bytes in, pictures and frame errors out; otherwise as a thermometer's `Decoder`."""

    def feed(self, data: bytes) -> list[ThermalPicture | FrameError]: ...


@dataclass(frozen=True, slots=True)
class PictureFamily:
    """One family of picture sensors; the fields mean what they mean in a thermometer's `Family`."""

    slug: str
    title: str
    bauds: tuple[int, ...]
    columns: int
    rows: int
    decoder: Callable[[], PictureDecoder]
    encode: Callable[[ThermalPicture], bytes]
    interval_s: float
    confidence: Confidence
    source: str
    start: bytes = b""
    query: bytes | None = None
    right_to_left: bool = False  # the first spot of a row is its right one, as seen from the sensor
