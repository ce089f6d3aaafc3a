"""Somebody measured too high: wait, measure once more, and decide by the third. Pure; wall time is passed in.

A warm car or the sun on a forehead passes within minutes, a fever does not; and one instrument at one place
of the skin repeats its own error. So after a first high reading the person waits three to five minutes, then
another site or another instrument is asked for (published advice of 2020: wait and measure again, recheck
with an electronic or glass thermometer, infrared is a first screen only):

* a clinical thermometer decides at any time;
* the third high reading confirms;
* a normal reading clears if it is the answer of another site or instrument to a single high one;
  otherwise it takes two normal ones;
* readings within the wait are told apart as "too early" and decide nothing.

Wall time is used because the list must survive a restart; `shift` and `none_after` keep it right when the
clock is set. Who is who stays outside: a key is the claim's (a keyed hash), never a name. What is high is
the caller's word. Readings that were no measurement are not fed at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, Self

import msgspec

from station.core.model import RecheckState, Site

Seconds = Annotated[float, msgspec.Meta(ge=0, le=3600)]
Hours = Annotated[float, msgspec.Meta(ge=0, le=366 * 24)]
Minutes = Annotated[float, msgspec.Meta(ge=0, le=7 * 24 * 60)]  # more is a slip of the pen, or no time at all


class RecheckError(ValueError):
    """A stored list of rechecks cannot be read."""


class RecheckRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The times and numbers, as a policy says them."""

    wait_minutes: Minutes = 3.0  # before a second reading counts
    overdue_minutes: Minutes = 5.0  # from then on the screen asks where the person is
    apart_seconds: Seconds = 5.0  # between repeats (Beijing metrology director)
    left_minutes: Minutes = 120.0  # who has not come back by then left
    kept_hours: Hours = 24.0  # so long a confirmed fever is remembered
    highs: Annotated[int, msgspec.Meta(ge=2, le=100)] = 3  # confirm
    normals: Annotated[int, msgspec.Meta(ge=1, le=100)] = 2  # clear, if one does not


class Stage(StrEnum):
    """Where a recheck stands."""

    WAIT = "wait"  # sit down; not to be measured yet
    DUE = "due"  # measure now
    OVERDUE = "overdue"  # and where are they?
    CLEARED = "cleared"
    CONFIRMED = "confirmed"
    LEFT = "left"  # never came back: a fever that nobody cleared


class Ask(StrEnum):
    """What the next reading should be taken with."""

    OTHER = "other"  # wrist or neck instead of the forehead, or another instrument
    CLINICAL = "clinical"  # readings contradict or repeat each other: a clinical thermometer


@dataclass(frozen=True, slots=True)
class Attempt:
    """One measurement of somebody under recheck."""

    at: Annotated[datetime, msgspec.Meta(tz=True)]  # UTC
    value_c: float
    high: bool
    site: Site
    instrument: str
    clinical: bool = False  # a contact thermometer: its value decides


@dataclass(frozen=True, slots=True)
class Recheck:
    """One person's measurements since the first high one; those that came too early are only counted."""

    key: str = field(repr=False)
    attempts: tuple[Attempt, ...]
    too_early: int = 0

    @property
    def since(self) -> datetime:
        return self.attempts[0].at

    @property
    def highs(self) -> int:
        return sum(attempt.high for attempt in self.attempts)

    @property
    def normals(self) -> int:
        return len(self.attempts) - self.highs

    def due(self, rule: RecheckRule) -> datetime:
        """From when on the next reading counts."""
        if len(self.attempts) == 1:
            return self.since + timedelta(minutes=rule.wait_minutes)
        return self.attempts[-1].at + timedelta(seconds=rule.apart_seconds)

    def overdue(self, rule: RecheckRule) -> datetime:
        """From when on somebody should ask where the person is."""
        return self.attempts[-1].at + timedelta(minutes=rule.overdue_minutes)

    def left(self, rule: RecheckRule) -> datetime:
        """From when on the person has left: not before they were due, and somebody could ask for them."""
        asked = self.due(rule) + timedelta(minutes=rule.overdue_minutes)
        return max(asked, self.attempts[-1].at + timedelta(minutes=rule.left_minutes))

    def stage(self, now: datetime, rule: RecheckRule) -> Stage:
        if ended := _outcome(self, rule):
            return ended
        if now >= self.left(rule):
            return Stage.LEFT
        if now < self.due(rule):
            return Stage.WAIT
        return Stage.OVERDUE if now >= self.overdue(rule) else Stage.DUE

    @property
    def ask(self) -> Ask:
        return Ask.OTHER if len(self.attempts) == 1 else Ask.CLINICAL


class Rechecks:
    """Everybody of one lane who was measured too high. Confirmed ones stay, so that they stay confirmed."""

    def __init__(self, rule: RecheckRule, known: Iterable[Recheck] = ()) -> None:
        self.rule = rule
        self._by_key = {recheck.key: recheck for recheck in known}

    @classmethod
    def load(cls, record: bytes, rule: RecheckRule) -> Self:
        """The list as `dump` wrote it. Raises RecheckError."""
        try:
            known = msgspec.msgpack.decode(record, type=tuple[Recheck, ...])
        except msgspec.DecodeError as error:
            raise RecheckError(str(error)) from error
        if not all(recheck.attempts for recheck in known):
            raise RecheckError("a recheck without a reading")
        # The policy may ask for fewer normal readings than when they were taken.
        return cls(rule, (one for one in known if _outcome(one, rule) is not Stage.CLEARED))

    def dump(self) -> bytes:
        """The list for the journal's side. Keys are personal: store it sealed."""
        return msgspec.msgpack.encode(tuple(self._by_key.values()))

    def linked(self, key: str, attempt: Attempt) -> Recheck | None:
        """This person's recheck with one more reading; None if it begins nothing. Not kept yet."""
        before = self._by_key.get(key)
        if before:
            return _next(before, attempt, self.rule)
        return Recheck(key, (attempt,)) if attempt.high else None

    def keep(self, after: Recheck) -> None:
        """From now on this is how it stands; one that was cleared is over."""
        self._by_key[after.key] = after
        if _outcome(after, self.rule) is Stage.CLEARED:
            del self._by_key[after.key]

    def with_one(self, after: Recheck) -> Rechecks:
        """This list, with `after` kept; it stays as it is itself."""
        both = Rechecks(self.rule, self._by_key.values())
        both.keep(after)
        return both

    def shift(self, by: timedelta) -> None:
        """The clock was set by so much: what was measured a minute ago was measured a minute ago."""
        self._by_key = {key: _moved(one, by) for key, one in self._by_key.items()}

    def none_after(self, now: datetime) -> None:
        """A reading from the future was taken under a wrong clock: it counts as just taken, no later."""
        self._by_key = {
            key: _moved(one, now - one.attempts[-1].at) if one.attempts[-1].at > now else one
            for key, one in self._by_key.items()
        }

    def measured(self, key: str, attempt: Attempt) -> Recheck | None:
        """Link a reading with this person's former ones and keep it; None if it begins nothing."""
        after = self.linked(key, attempt)
        if after:
            self.keep(after)
        return after

    def state(self, after: Recheck) -> RecheckState:
        """Where `after` stands, seen from what was kept before it: what a decision needs to know."""
        before = self._by_key.get(after.key)
        if ended := _outcome(after, self.rule):
            return RecheckState.CONFIRMED if ended is Stage.CONFIRMED else RecheckState.CLEARED
        if before and after.too_early > before.too_early:
            return RecheckState.TOO_EARLY
        return RecheckState.OPEN if before else RecheckState.BEGUN

    def of(self, key: str) -> Recheck | None:
        """This person's recheck, waiting or confirmed."""
        return self._by_key.get(key)

    def waiting(self) -> tuple[Recheck, ...]:
        """Who is waiting, longest first."""
        open_ones = (recheck for recheck in self._by_key.values() if _outcome(recheck, self.rule) is None)
        return tuple(sorted(open_ones, key=lambda recheck: recheck.since))

    def tick(self, now: datetime) -> tuple[Recheck, ...]:
        """Time passed: those who left uncleared. They are told once, and confirmed ones expire untold."""
        left = tuple(one for one in self.waiting() if one.stage(now, self.rule) is Stage.LEFT)
        for recheck in left:
            del self._by_key[recheck.key]
        kept = timedelta(hours=self.rule.kept_hours)
        self._by_key = {
            key: one
            for key, one in self._by_key.items()
            if _outcome(one, self.rule) is None or now < one.attempts[-1].at + kept
        }
        return left


def _outcome(recheck: Recheck, rule: RecheckRule) -> Stage | None:
    """How the readings so far decide, or None."""
    last = recheck.attempts[-1]
    if last.clinical:
        return Stage.CONFIRMED if last.high else Stage.CLEARED
    if recheck.highs >= rule.highs:
        return Stage.CONFIRMED
    if not last.high and (recheck.normals >= rule.normals or _answered(recheck)):
        return Stage.CLEARED
    return None


def _moved(recheck: Recheck, by: timedelta) -> Recheck:
    return replace(
        recheck, attempts=tuple(replace(attempt, at=attempt.at + by) for attempt in recheck.attempts)
    )


def _answered(recheck: Recheck) -> bool:
    """One high reading, then a normal one of another site or another instrument."""
    if recheck.highs != 1 or recheck.normals != 1:
        return False
    first, last = recheck.attempts
    return (first.site, first.instrument) != (last.site, last.instrument)


def _next(before: Recheck, attempt: Attempt, rule: RecheckRule) -> Recheck:
    """With one more reading, if it counts. After a confirmed fever only a clinical thermometer does."""
    confirmed = _outcome(before, rule) is Stage.CONFIRMED
    if attempt.clinical:
        kept = before.attempts[:-1] if before.attempts[-1].clinical else before.attempts
        return replace(before, attempts=(*kept, attempt))
    if confirmed:
        return before
    if attempt.at < before.due(rule):
        return replace(before, too_early=before.too_early + 1)
    return replace(before, attempts=(*before.attempts, attempt))
