"""The rota (值班表): shifts, who put themselves down, what is absurd, and which shift has nobody. Pure.

Shifts are made here or come from the center; both are read alike. Times are aware.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

SHORTEST, LONGEST = timedelta(minutes=30), timedelta(hours=16)  # longer is a slip of the pen
LOOKS_AHEAD = timedelta(days=62)  # a rota of two months
WARNS_AHEAD = timedelta(hours=24)  # who is missing by then can still be asked
MOST_NEEDED = 20
MOST_DAYS = 31  # made at once
MOST_OF_NAME = 20  # characters

_CLOCK = re.compile(r"([01]?\d|2[0-4])(?::?([0-5]\d))?")


class Source(StrEnum):
    LOCAL = "local"
    CENTER = "center"


class ShiftProblem(StrEnum):
    """Why a shift is not taken into the rota."""

    NO_DAY = "no_day"  # cannot be read
    NO_TIME = "no_time"
    SAME_TIME = "same_time"  # from and to are one moment
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    OVER = "over"  # it lies in the past
    TOO_FAR = "too_far"
    NEEDED = "needed"  # how many is no number from 1 to 20
    DAYS = "days"  # for how many days: no number from 1 to 31
    OVERLAPS = "overlaps"  # another shift of this gate is at that time


class SignupProblem(StrEnum):
    """Why a name is not put down."""

    NO_NAME = "no_name"
    LONG_NAME = "long_name"
    TWICE = "twice"  # it stands there already
    FULL = "full"
    ELSEWHERE = "elsewhere"  # the same name is down for another shift at that time
    OVER = "over"
    GONE = "gone"  # the shift was taken back


class ShiftError(ValueError):
    """This is not done. `on`: the day that is meant, of several."""

    def __init__(self, problem: ShiftProblem | SignupProblem, on: date | None = None) -> None:
        super().__init__(problem.value)
        self.problem, self.on = problem, on


@dataclass(frozen=True, slots=True)
class Shift:
    """One shift of this gate, with the names of those who come."""

    id: str
    begins: datetime
    ends: datetime
    needed: int = 1
    source: Source = Source.LOCAL
    names: tuple[str, ...] = field(default=(), repr=False)
    title: str = ""

    @property
    def missing(self) -> int:
        """How many more are needed."""
        return max(self.needed - len(self.names), 0)

    def covers(self, now: datetime) -> bool:
        return self.begins <= now < self.ends

    def overlaps(self, other: Shift) -> bool:
        """One that begins when the other ends does not."""
        return self.begins < other.ends and other.begins < self.ends


# --- making shifts ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Plan:
    """A shift as somebody typed it; several days make one shift each."""

    day: str
    begins: str
    ends: str
    needed: str = "1"
    days: str = "1"


def read_plan(plan: Plan, zone: tzinfo, now: datetime) -> list[tuple[datetime, datetime, int]]:
    """Begin, end and how many, of each day. A shift that ends before it begins ends the next day.

    Raises ShiftError.
    """
    today = now.astimezone(zone).date()
    first = _day(plan.day, today)
    if first > today + LOOKS_AHEAD:  # also a year beyond which there is no day
        raise ShiftError(ShiftProblem.TOO_FAR, first)
    begins, ends = _clock(plan.begins), _clock(plan.ends)
    needed = _number(plan.needed, MOST_NEEDED, ShiftProblem.NEEDED)
    days = _number(plan.days, MOST_DAYS, ShiftProblem.DAYS)
    if begins % _DAY == ends % _DAY:
        raise ShiftError(ShiftProblem.SAME_TIME)
    made = []
    for day in (first + timedelta(days=more) for more in range(days)):
        midnight = datetime.combine(day, time(), zone)
        start, end = midnight + begins, midnight + (ends if ends > begins else ends + _DAY)
        if problem := _absurd(start, end, now):
            raise ShiftError(problem, day)
        made.append((start, end, needed))
    return made


def _absurd(begins: datetime, ends: datetime, now: datetime) -> ShiftProblem | None:
    if ends - begins < SHORTEST:
        return ShiftProblem.TOO_SHORT
    if ends - begins > LONGEST:
        return ShiftProblem.TOO_LONG
    if ends <= now:
        return ShiftProblem.OVER
    return ShiftProblem.TOO_FAR if begins > now + LOOKS_AHEAD else None


_DAY = timedelta(days=1)


def _day(text: str, today: date) -> date:
    """2022-04-01; also 4-1 or 4/1, of this year or, if that is long over, the next one."""
    parts = [part for part in re.split(r"[-/.年月日]", text.strip()) if part]
    if not all(part.isascii() and part.isdigit() for part in parts) or len(parts) not in (2, 3):
        raise ShiftError(ShiftProblem.NO_DAY)
    numbers = [int(part) for part in parts]
    try:
        if len(numbers) == 3:
            return date(*numbers)
        this_year = date(today.year, *numbers)
        return this_year if today - this_year < timedelta(days=180) else date(today.year + 1, *numbers)
    except (ValueError, OverflowError) as error:
        raise ShiftError(ShiftProblem.NO_DAY) from error


def _clock(text: str) -> timedelta:
    """7, 7:00, 0700, 19:30, 24:00; also with the colon that an input method makes."""
    found = _CLOCK.fullmatch(text.strip().replace("：", ":"))
    minutes = int(found[1]) * 60 + int(found[2] or 0) if found else -1
    if not 0 <= minutes <= 24 * 60:
        raise ShiftError(ShiftProblem.NO_TIME)
    return timedelta(minutes=minutes)


def _number(text: str, most: int, problem: ShiftProblem) -> int:
    text = text.strip() or "1"
    if not (text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= most):
        raise ShiftError(problem)
    return int(text)


def clash(made: Sequence[Shift], there: Iterable[Shift]) -> Shift | None:
    """A shift that is there already at one of these times."""
    return next((old for old in there if any(old.overlaps(new) for new in made)), None)


# --- putting oneself down -----------------------------------------------------------------------


def signup_problem(
    shift: Shift | None, name: str, others: Iterable[Shift], now: datetime
) -> SignupProblem | None:
    """Why this name cannot be put down; None: it can."""
    if not name.strip():
        return SignupProblem.NO_NAME
    if len(name.strip()) > MOST_OF_NAME:
        return SignupProblem.LONG_NAME
    if shift is None:
        return SignupProblem.GONE
    if shift.ends <= now:
        return SignupProblem.OVER
    if name.strip() in shift.names:
        return SignupProblem.TWICE
    if not shift.missing:
        return SignupProblem.FULL
    busy = any(
        name.strip() in other.names and other.overlaps(shift) for other in others if other.id != shift.id
    )
    return SignupProblem.ELSEWHERE if busy else None


# --- who is missing -----------------------------------------------------------------------------


def lacking(shifts: Iterable[Shift], now: datetime, ahead: timedelta = WARNS_AHEAD) -> list[Shift]:
    """Shifts that begin soon, or have begun, and have fewer people than they need; soonest first."""
    soon = [one for one in shifts if one.ends > now and one.begins <= now + ahead and one.missing]
    return sorted(soon, key=lambda one: (one.begins, one.id))


def empty(shifts: Iterable[Shift], now: datetime, ahead: timedelta = WARNS_AHEAD) -> list[Shift]:
    """Those of them that have nobody at all."""
    return [one for one in lacking(shifts, now, ahead) if not one.names]


def current(shifts: Iterable[Shift], now: datetime) -> Shift | None:
    """The shift of this moment."""
    return next((one for one in shifts if one.covers(now)), None)


def expected(shifts: Iterable[Shift], now: datetime) -> tuple[str, ...]:
    """Who may take over now: of the shift of this moment and of the next one, in that order, each once."""
    coming = sorted((one for one in shifts if one.ends > now), key=lambda one: one.begins)[:2]
    return tuple(dict.fromkeys(name for one in coming for name in one.names))
