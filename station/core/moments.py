"""Wall time as the journal keeps it: whole milliseconds of UTC since 1970."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)

HOUR_MS = 3_600_000
MINUTE_MS = 60_000


def to_ms(moment: datetime) -> int:
    """UTC milliseconds since 1970 of an aware datetime, exact (no float on the way)."""
    return (moment - _EPOCH) // _MILLISECOND


def from_ms(milliseconds: int) -> datetime:
    """The aware moment in UTC. Raises OverflowError outside the years 1 to 9999."""
    return _EPOCH + timedelta(milliseconds=milliseconds)


def in_zone(moment: datetime, zone: tzinfo) -> datetime:
    """The same by the clocks of a zone. "For ever" is often written as the last second of 9999 in UTC, which
    east of it no calendar has: that stays 9999."""
    try:
        return moment.astimezone(zone)
    except OverflowError:
        return moment.replace(tzinfo=zone)
