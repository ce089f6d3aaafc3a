"""Wall time as the journal keeps it: whole milliseconds of UTC since 1970."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

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
