"""What a microphone is for the page that records, and the one of a PC that has none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

RATES = (24_000, 48_000, 44_100)  # the first that it can do

Heard = Callable[[bytes], None]  # mono samples of 16 bit, as they come


class Microphone(Protocol):
    @property
    def name(self) -> str:
        """What the system calls it; "" if there is none."""

    @property
    def rate(self) -> int:
        """Samples a second."""

    def listen(self, heard: Heard) -> bool:
        """Whether it could be opened."""

    def stop(self) -> None: ...


class Deaf:
    """Where there is none."""

    name, rate = "", RATES[0]

    def listen(self, heard: Heard) -> bool:
        return False

    def stop(self) -> None:
        """Nothing was opened."""
