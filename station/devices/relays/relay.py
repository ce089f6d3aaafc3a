"""What a relay board is told, as bytes. Knows no port and no clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

CHANNELS = range(1, 9)


@dataclass(frozen=True, slots=True)
class Relay:
    """One channel of a board. `on` closes its contact, which opens the barrier."""

    on: bytes
    off: bytes
    pulse: bytes | None = None  # the board itself lets go again: no crash of ours leaves the barrier open
    pulse_s: float = 0.0
    echoes: bool = False  # it repeats what it was told; another answer, or none, is a fault
    bauds: tuple[int, ...] = (9600,)

    def is_answer(self, told: bytes, heard: bytes) -> bool:
        """Whether this is how the board answers; boards that never answer are believed."""
        return not self.echoes or told.removesuffix(b"\r") in heard


@dataclass(frozen=True, slots=True)
class RelayFamily:
    """A kind of boards by its slug; `channel` gives the words for one of its relays (from 1 on)."""

    slug: str
    channel: Callable[[int], Relay]
