"""Which message is on the screen now. Pure: the clock is passed in, nothing is painted.

A verdict holds for its time; a new person may start at once, and then the former RECHECK or STOP stays
in sight as a strip above the new message. "Not recorded" stays until something is recorded again.
"""

from __future__ import annotations

from dataclasses import dataclass

from station.core.outcome import Phase, Waiting
from station.ui.face import Face, waiting


@dataclass(frozen=True, slots=True)
class Scene:
    """What is to be seen at one moment."""

    face: Face
    former: Face | None = None  # the last verdict, while its time runs and somebody else is already there


class Stage:
    def __init__(self) -> None:
        self._told: Face | None = None  # a verdict, or that nothing was recorded
        self._asked: Face | None = None  # what a person in front is asked for

    def tell(self, face: Face) -> None:
        """A verdict or a failure: it takes the whole panel."""
        self._told, self._asked = face, None

    def ask(self, outcome: Waiting, *, measured_by_hand: bool = False) -> None:
        """The lane waits for something, or for nobody."""
        asked = waiting(outcome, measured_by_hand=measured_by_hand)
        self._asked = None if outcome.phase is Phase.IDLE else asked

    def clear(self) -> None:
        """The volunteer starts over."""
        self._told = self._asked = None

    def at(self, now: float) -> Scene:
        """The scene at monotonic time `now` (s)."""
        told = self._told
        if told and told.until is not None and now >= told.until:
            told = self._told = None
        if self._asked:
            return Scene(self._asked, told)
        return Scene(told or waiting(Waiting(Phase.IDLE)))
