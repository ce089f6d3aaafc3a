"""What the station knows of one family of serial thermometers. No port, no clock, no thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from station.core.model import FrameError, Reading, Site

Confidence = Literal[
    "manual",  # the maker's own manual or page
    "several sources",  # independent ones that agree
    "single source",
    "inferred",  # commands or registers are documented, the bytes of a reading follow from them
]
Parity = Literal["N", "E"]  # none, even: as pyserial spells them


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
    bauds: tuple[int, ...]  # 8 data bits, 1 stop bit; the factory setting first
    decoder: Callable[[], Decoder]
    encode: Callable[[Reading], bytes]  # the bytes with which the instrument says this; for emulators
    interval_s: float  # between two readings: the period to poll at, or the stream's own
    confidence: Confidence
    source: str
    start: bytes = b""  # sent once after opening; never a command that the instrument stores
    query: bytes | None = None  # asks for one reading; None when the instrument streams
    # Reads, and does nothing else: neither to this family nor to any relay or sensor that may be there
    # instead. For finding out which family it is; None if no such question is known.
    probe: bytes | None = None
    same_bytes_as: str = ""  # the family that detection finds instead; this one has to be chosen
    parity: Parity = "N"
    # Bytes of an answer that nothing marks but its size: it counts only if it came alone. 0 for all others.
    unmarked_size: int = 0


def ambient_of(reading: Reading) -> float:
    """The ambient in °C, for frames that have no blank for it. Raises ValueError if it is not known."""
    if reading.ambient_c is None:
        raise ValueError("these frames always hold an ambient temperature")
    return reading.ambient_c


def sites_of(family: Family) -> tuple[Site, ...]:
    """What its readings can be of, by its own frames; of more than one where the instrument has modes."""
    said = b"".join(family.encode(Reading(36.5, site, 25.0)) for site in Site)
    heard = {result.site for result in family.decoder().feed(said) if isinstance(result, Reading)}
    return tuple(site for site in Site if site in heard)
