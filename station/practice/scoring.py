"""What the practice's own journal says about the learner: who was handled right, what to practise. Pure.

Nothing but entries counts: what is right is that the right thing stands in the journal in the end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from station.core.entry import Entry
from station.core.facts import FactKind
from station.core.model import Vouch
from station.core.reasons import Severity
from station.core.temperature import BY_HAND, CLINICAL
from station.practice.cast import Arrival, Situation

SLOW_S = 15.0  # from here on a queue feels it

Deed = Callable[[Arrival, Sequence[Entry]], bool]


@dataclass(frozen=True, slots=True)
class Result:
    """One person. `right` is None if their turn did not come, or was not over, before the end."""

    arrival: Arrival
    right: bool | None
    seconds: float = 0.0  # from the table to the verdict that counts


@dataclass(frozen=True, slots=True)
class Score:
    results: tuple[Result, ...]

    @property
    def met(self) -> tuple[Result, ...]:
        """Those whose turn came."""
        return tuple(result for result in self.results if result.right is not None)

    @property
    def right(self) -> int:
        return sum(result.right is True for result in self.results)

    @property
    def missed(self) -> int:
        """For whom there was no time left; no mistake."""
        return len(self.results) - len(self.met)

    @property
    def well_done(self) -> tuple[Situation, ...]:
        """Situations in which all was right, but for the everyday ones, in the order in which they came."""
        return tuple(one for one in self._met_situations() if one not in (*EVERYDAY, *self.to_practise))

    @property
    def to_practise(self) -> tuple[Situation, ...]:
        """Situations in which somebody was handled wrongly, in the order in which they came."""
        return tuple(dict.fromkeys(one.arrival.situation for one in self.met if not one.right))

    @property
    def each_s(self) -> float | None:
        """How long one person took on average, in seconds; None: nobody came."""
        return sum(one.seconds for one in self.met) / len(self.met) if self.met else None

    @property
    def slowest(self) -> Result | None:
        """Who took longest, if a queue would have felt it."""
        slow = [one for one in self.met if one.seconds >= SLOW_S]
        return max(slow, key=lambda one: one.seconds, default=None)

    def _met_situations(self) -> tuple[Situation, ...]:
        return tuple(dict.fromkeys(one.arrival.situation for one in self.met))


EVERYDAY = (Situation.NORMAL, Situation.PAPER)  # nothing is to be done


def is_right(arrival: Arrival, entries: Sequence[Entry]) -> bool:
    """Whether what is recorded of this person, oldest first, is what had to be done so far."""
    if not entries:
        return False
    wanted = WANTED[arrival.situation]
    return entries[-1].decision in wanted.verdicts and wanted.deed(arrival, entries)


def needs_hands(situation: Situation) -> bool:
    """Whether it does not come right without the learner."""
    return WANTED[situation].deed is not _nothing


def is_spoilt(arrival: Arrival, entries: Sequence[Entry]) -> bool:
    """They are through, and not in the way they should have been: nothing can be made good any more."""
    through = bool(entries) and entries[-1].decision is Severity.PASS
    return through and not is_right(arrival, entries)


# --- what had to be done -----------------------------------------------------------------------


def _nothing(arrival: Arrival, entries: Sequence[Entry]) -> bool:
    """The station does it alone: nobody may have changed its verdict."""
    return all(entry.override is None for entry in entries)


def _found(arrival: Arrival, entries: Sequence[Entry]) -> bool:
    """Found by name, and the right one."""
    chosen = [entry for entry in entries if entry.vouch == Vouch.KNOWN]
    return bool(chosen) and chosen[-1].person_id == arrival.who


def _brought(arrival: Arrival, entries: Sequence[Entry]) -> bool:
    """Found among those who came with the one before."""
    brought = any(fact.kind == FactKind.BROUGHT for entry in entries for fact in entry.facts)
    return brought and _found(arrival, entries)


def _asked(arrival: Arrival, entries: Sequence[Entry]) -> bool:
    """The volunteer has seen the test."""
    told = (fact for entry in entries for fact in entry.facts if fact.source == "operator")
    return any(fact.kind == FactKind.TEST for fact in told)


def _measured_by_hand(arrival: Arrival, entries: Sequence[Entry]) -> bool:
    families = (BY_HAND.family, CLINICAL.family)
    return any(entry.temperature and entry.temperature.family in families for entry in entries)


def _stranger(arrival: Arrival, entries: Sequence[Entry]) -> bool:
    """Said to be unknown, as they are."""
    return any(entry.vouch == Vouch.STRANGER for entry in entries) and _nothing(arrival, entries)


@dataclass(frozen=True, slots=True)
class Wanted:
    """How it has to end, and what the learner has to have done for it."""

    verdicts: frozenset[Severity]
    deed: Deed = _nothing


_THROUGH, _HELD = frozenset({Severity.PASS}), frozenset({Severity.RECHECK, Severity.STOP})

WANTED: Mapping[Situation, Wanted] = {
    Situation.NORMAL: Wanted(_THROUGH),
    Situation.PAPER: Wanted(_THROUGH),
    Situation.NO_PHONE: Wanted(_THROUGH, _found),
    Situation.CODES_DOWN: Wanted(_THROUGH, _found),
    Situation.CHILD: Wanted(_THROUGH, _brought),
    Situation.COLD: Wanted(_THROUGH, _measured_by_hand),
    Situation.COURIER: Wanted(_THROUGH, _asked),
    Situation.FEVER: Wanted(_HELD),
    Situation.FEVER_BACK: Wanted(_THROUGH, _measured_by_hand),
    Situation.RED: Wanted(frozenset({Severity.STOP})),
    Situation.YELLOW: Wanted(_HELD),
    Situation.EXPIRED: Wanted(_HELD),
    Situation.SCREENSHOT: Wanted(_HELD),
    Situation.PASSBACK: Wanted(_HELD),
    Situation.VISITOR: Wanted(_HELD, _stranger),
    Situation.UNKNOWN_CODE: Wanted(_HELD),
}
