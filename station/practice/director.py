"""Who stands at the practice table when: a sans-IO machine fed with time and with what was recorded.

The next person comes when this one is done, or has lost patience, so that a slow learner meets fewer people
and not a crowd. All times are monotonic seconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from station.core.entry import Entry
from station.core.outcome import Corrected, Outcome, Phase, Recorded, Waiting
from station.practice.cast import CAST, Arrival, Situation
from station.practice.scoring import EVERYDAY, Result, Score, is_right, is_spoilt, needs_hands

LASTS_S = 180.0  # then nobody comes any more
PAUSE_S = 0.5  # nobody there
WALK_S = 0.9  # to the table and away, as `devices.emulators.scene` draws it
SEEN_S = 1.2  # so long a verdict can be read
TEMPTED_S = 3.5  # so long somebody who is held up pleads
PATIENCE_S = 12.0  # of whom nothing is to be done for
PATIENCE_WITH_HANDS_S = 30.0  # where the learner has to do something
BACK_S = 1.2  # so long somebody steps back to be measured anew
LESSON_S = 3.0  # so much later comes who follows somebody that was handled wrongly: the lesson is read
HINT_S = 6.0  # so long a learner who has to do something may look for it alone


@dataclass(frozen=True, slots=True)
class Act:
    """Somebody's turn: begun at `at`; `settled` and `leaves` as soon as they are known."""

    index: int
    at: float
    settled: float | None = None
    leaves: float | None = None
    back_until: float = float("-inf")

    @property
    def stands(self) -> float:
        """From then on they stand at the table."""
        return self.at + PAUSE_S + WALK_S

    def is_at_table(self, now: float) -> bool:
        return self.stands <= now and (self.leaves is None or now < self.leaves)

    def is_measured(self, now: float) -> bool:
        """Whether they stand before the sensor."""
        return self.is_at_table(now) and now >= self.back_until

    def is_over(self, now: float) -> bool:
        return self.leaves is not None and now >= self.leaves + WALK_S


class Director:
    """One practice. `act` may be read from any thread: it is replaced as a whole."""

    def __init__(self, cast: Sequence[Arrival] = CAST, *, lasts_s: float = LASTS_S) -> None:
        self.cast, self._lasts_s = cast, lasts_s
        self.ends = float("inf")
        self.act: Act | None = None
        self._begun = False
        self._done: dict[int, Act] = {}
        self._entries: list[list[Entry]] = [[] for _ in cast]
        self._owner: dict[bytes, int] = {}  # of an entry's id: whose it is

    def begin(self, now: float) -> None:
        """The first one comes."""
        self._begun, self.ends = True, now + self._lasts_s
        self.act = Act(0, now)

    @property
    def over(self) -> bool:
        """Nobody comes any more."""
        return self._begun and self.act is None

    @property
    def arrival(self) -> Arrival | None:
        """Whose turn it is."""
        return self.cast[self.act.index] if self.act else None

    def left_s(self, now: float) -> float:
        return max(self.ends - now, 0.0) if self._begun else self._lasts_s

    def tick(self, now: float) -> None:
        """Time passed; call a few times a second."""
        if self.act is None:
            return
        if self.act.leaves is None:
            self._let_go(self.act, now)
        elif self.act.is_over(now):
            self._next(self.act, now)

    def stop(self) -> None:
        """The learner leaves, or had enough."""
        self._close(self.act)
        self._begun, self.act = True, None

    def take(self, outcome: Outcome, now: float) -> None:
        """What the lane told, after it was committed."""
        match outcome:
            case Recorded():
                self._keep(outcome.stored.entry, self._in_front(), now)
            case Corrected():
                amended = outcome.stored.entry.amends or b""
                self._keep(outcome.stored.entry, self._owner.get(amended), now)
            case Waiting(phase=Phase.NEEDS_TEMPERATURE, person=brought) if brought and self.act:
                self.act = replace(self.act, back_until=now + BACK_S)

    def just_done(self, now: float) -> Result | None:
        """Who leaves, or was the last one, until the next one stands at the table. `right` is never None."""
        act = self.act
        if act is None or act.is_at_table(now):
            return None
        index = act.index if act.leaves is not None else act.index - 1
        result = self._result(index) if index >= 0 else None
        return result if result and result.right is not None else None

    def hint(self, now: float) -> Situation | None:
        """What the learner may be told to do: nothing is right yet, and only they can make it so."""
        act = self.act
        if act is None or not act.is_at_table(now) or act.settled is not None or now < act.stands + HINT_S:
            return None
        situation = self.cast[act.index].situation
        return situation if needs_hands(situation) else None

    @property
    def right(self) -> int:
        """How many were handled right so far, of those who left."""
        return sum(self._result(index).right is True for index in self._done)

    def score(self) -> Score:
        return Score(tuple(self._result(index) for index in range(len(self.cast))))

    # --- within ---------------------------------------------------------------------------------

    def _in_front(self) -> int | None:
        return self.act.index if self.act else None

    def _keep(self, entry: Entry, index: int | None, now: float) -> None:
        if index is None:
            return
        self._owner[entry.id] = index
        self._entries[index].append(entry)
        if self.act and self.act.index == index and self.act.settled is None and self._is_settled(index):
            self.act = replace(self.act, settled=now)

    def _is_settled(self, index: int) -> bool:
        arrival, entries = self.cast[index], self._entries[index]
        return is_right(arrival, entries) or is_spoilt(arrival, entries)

    def _let_go(self, act: Act, now: float) -> None:
        everyday = self.cast[act.index].situation in EVERYDAY
        patience = PATIENCE_S if everyday else PATIENCE_WITH_HANDS_S
        seen = SEEN_S if everyday or self._is_through(act.index) else TEMPTED_S
        had_enough = now >= act.stands + patience or now >= self.ends
        if had_enough or (act.settled is not None and now >= act.settled + seen):
            self.act = replace(act, leaves=now)

    def _is_through(self, index: int) -> bool:
        return bool(self._entries[index]) and self._entries[index][-1].decision.word == "pass"

    def _next(self, act: Act, now: float) -> None:
        self._close(act)
        last = act.index + 1 >= len(self.cast) or now >= self.ends
        wrong = self._result(act.index).right is False
        self.act = None if last else Act(act.index + 1, now + LESSON_S if wrong else now)

    def _close(self, act: Act | None) -> None:
        if act:
            self._done[act.index] = act

    def _result(self, index: int) -> Result:
        arrival = self.cast[index]
        act = self.act if self.act and self.act.index == index else self._done.get(index)
        entries = self._entries[index]
        if act is None or (act.settled is None and (act.leaves is None or act.leaves >= self.ends)):
            return Result(arrival, None)
        until = act.settled if act.settled is not None else act.leaves
        seconds = max((until or act.stands) - act.stands, 0.0)
        return Result(arrival, is_right(arrival, entries), seconds)
