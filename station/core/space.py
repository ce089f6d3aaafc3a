"""How much room a disk has left, and whether anybody has to do something about it. Pure. Bytes and days."""

from __future__ import annotations

from enum import StrEnum

LOW = 2 * 2**30  # somebody has weeks to make room
VERY_LOW = 500 * 10**6  # today
FEW_DAYS, VERY_FEW_DAYS = 30, 3
PLANNED_DAYS = 3650  # nobody is helped by a longer forecast


class Level(StrEnum):
    ENOUGH = "enough"
    LOW = "low"
    VERY_LOW = "very_low"


def days_left(free: int, a_day: int) -> int | None:
    """At the rate of the last day; None: nothing was written, so that nothing can be said."""
    return free // a_day if a_day > 0 else None


def level(free: int, days: int | None) -> Level:
    """Whichever comes first: little room, or few days."""
    if free < VERY_LOW or (days is not None and days < VERY_FEW_DAYS):
        return Level.VERY_LOW
    if free < LOW or (days is not None and days < FEW_DAYS):
        return Level.LOW
    return Level.ENOUGH
