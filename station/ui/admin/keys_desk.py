"""What the page of the data keys needs; `station.keys_desk` fills it in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class KeysSeen:
    """How the data keys lie there. Names are of operators."""

    wrapped: bool  # False: the folder alone opens everything
    holders: Sequence[str]
    waiting: Sequence[str]  # who cannot open them yet
    recovery: bool  # the paper opens them
    done: int = 0  # values sealed with the newest key
    every: int = 0  # all of them; 0: nothing is being sealed anew


class KeysDesk(Protocol):
    """All of these raise `desk.DeskError`, in words for the admin. `pin` is of whoever opened the page."""

    def look(self) -> KeysSeen: ...

    def wrap(self, pin: str) -> str:
        """From now on the folder alone opens nothing; the recovery key, to be printed now."""

    def unwrap(self, pin: str) -> None:
        """The keys lie in a file again."""

    def rotate(self, pin: str) -> None:
        """A new key; the gate seals anew when nobody stands there."""
