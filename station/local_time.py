"""The PC's wall time and its time zone, with the summer time of each day."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, tzinfo


def local_zone() -> tzinfo:
    """The PC's time zone, in which a day at the gate begins and ends.

    Where there is no summer time that is an offset. Elsewhere each day has its own: a gate runs for months,
    and the log of a winter's day may be printed in July.
    """
    return _Seasons() if time.daylight else datetime.now().astimezone().tzinfo or UTC


def local_now() -> datetime:
    """The PC's wall time in its own time zone."""
    return datetime.now(local_zone())


class _Seasons(tzinfo):
    """As the system's clock goes, through winter and summer."""

    def utcoffset(self, at: datetime | None) -> timedelta | None:
        return at.replace(tzinfo=None).astimezone().utcoffset() if at else None

    def tzname(self, at: datetime | None) -> str | None:
        return at.replace(tzinfo=None).astimezone().tzname() if at else None

    def dst(self, at: datetime | None) -> None:
        return None

    def fromutc(self, at: datetime) -> datetime:
        try:
            there = at.replace(tzinfo=UTC).astimezone()
        except ValueError as error:  # of a year that no calendar has; other zones call that an overflow
            raise OverflowError(str(error)) from error
        wall = there.replace(tzinfo=None)
        second = wall.astimezone().utcoffset() != there.utcoffset()  # of the hour that comes twice
        return wall.replace(tzinfo=self, fold=int(second))
