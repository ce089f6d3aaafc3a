"""Which message is on the screen now. Pure: the clock is passed in, nothing is painted.

A verdict holds for its time; a new person may start at once, and then the former RECHECK or STOP stays
in sight as a strip above the new message. "Not recorded" stays until something can be recorded again. A hint
(why a reading was none, what is missing) lies over what is asked for, until they were helped or are gone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from station.core.outcome import NotMeasured, Phase, Waiting
from station.core.sight import Sight
from station.ui import prompts
from station.ui.face import Face, waiting
from station.ui.theme import Look

_IDLE = Waiting(Phase.IDLE)


@dataclass(frozen=True, slots=True)
class Scene:
    """What is to be seen at one moment."""

    face: Face
    former: Face | None = None  # the last verdict, while its time runs and somebody else is already there


class Stage:
    def __init__(self) -> None:
        self._told: Face | None = None  # a verdict, or that nothing was recorded
        self._asked: Face | None = None  # what a person in front is asked for
        self._hint: Face | None = None  # what to do first
        self._waiting = _IDLE
        self.codes_down = False  # no health code opens: nobody is asked for one
        self.sight = Sight()

    @property
    def free(self) -> bool:
        """The lane waits for nobody."""
        return self._waiting.phase is Phase.IDLE

    def tell(self, face: Face) -> None:
        """A verdict or a failure: it takes the whole panel."""
        self._told, self._asked, self._hint = face, None, None
        self._waiting = _IDLE

    def ask(self, outcome: Waiting, *, measured_by_hand: bool = False) -> None:
        """The lane waits for something, or for nobody."""
        asked = self._waiting_for(outcome, measured_by_hand=measured_by_hand)
        self._asked = None if outcome.phase is Phase.IDLE else asked
        if (outcome.phase, outcome.since) != (self._waiting.phase, self._waiting.since):
            self._hint = None  # it was for somebody else
        elif self._hint and not self.free:
            self._hint = replace(self._hint, until=outcome.until)
        self._waiting = outcome

    def hint(self, face: Face) -> None:
        """Say this first, for its time."""
        self._hint = face

    def hinder(self, outcome: NotMeasured, now: float) -> None:
        """A reading was none: say what to do, to whoever waits for theirs or to whoever stands there."""
        measured = self._waiting if self._waiting.phase is Phase.NEEDS_TEMPERATURE else None
        self.hint(prompts.not_measured(outcome, measured, now))

    def end_failure(self) -> None:
        """What could not be recorded can be again: nobody need go on with pen and paper."""
        if self._told and self._told.look is Look.FAILURE:
            self._told = None

    def clear(self) -> None:
        """The volunteer starts over."""
        self._told = self._asked = self._hint = None
        self._waiting = _IDLE

    def at(self, now: float) -> Scene:
        """The scene at monotonic time `now` (s)."""
        self._told, self._hint = _lasting(self._told, now), _lasting(self._hint, now)
        asked = self._hint or self._asked
        if asked:
            return Scene(asked, self._told)
        return Scene(self._told or self._waiting_for(_IDLE))

    def _waiting_for(self, outcome: Waiting, *, measured_by_hand: bool = False) -> Face:
        blind = self.sight.trouble
        return waiting(outcome, measured_by_hand=measured_by_hand, codes_down=self.codes_down, blind=blind)


def _lasting(face: Face | None, now: float) -> Face | None:
    """The face, unless its time is over."""
    over = face is not None and face.until is not None and now >= face.until
    return None if over else face
