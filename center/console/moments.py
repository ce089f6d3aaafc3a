"""Times as pages show them: the host's own zone, and nothing absurd breaks a page."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta, tzinfo


def at(ms: int, zone: tzinfo | None = None) -> datetime | None:
    """None: no calendar has this moment."""
    try:
        return datetime.fromtimestamp(ms / 1000, UTC).astimezone(zone)
    except (OverflowError, OSError, ValueError):
        return None


def clock(ms: int | None, zone: tzinfo | None = None) -> str:
    """07:30:05"""
    moment = None if ms is None else at(ms, zone)
    return moment.strftime("%H:%M:%S") if moment else "—"


def minute(ms: int | None, zone: tzinfo | None = None) -> str:
    """2022-04-01 07:30"""
    moment = None if ms is None else at(ms, zone)
    return moment.strftime("%Y-%m-%d %H:%M") if moment else "—"


def second(ms: int | None, zone: tzinfo | None = None) -> str:
    """2022-04-01 07:30:05"""
    moment = None if ms is None else at(ms, zone)
    return moment.strftime("%Y-%m-%d %H:%M:%S") if moment else "—"


def day_of(ms: int, zone: tzinfo | None = None) -> tuple[int, int]:
    """Beginning and end of the day of this moment, in ms."""
    moment = at(ms, zone)
    if moment is None:
        return ms, ms
    days = (moment.date(), moment.date() + timedelta(days=1))
    begin, end = (
        datetime.combine(day, time(), zone) for day in days
    )  # each with the offset of its own night
    return int(begin.timestamp() * 1000), int(end.timestamp() * 1000)


def ago(ms: int) -> tuple[str, int]:
    """A length of time in Chinese with a {}, and its number: ("{} 分钟", 5)."""
    seconds = max(0, ms // 1000)
    for words, length in (("{} 天", 86_400), ("{} 小时", 3600), ("{} 分钟", 60)):
        if seconds >= length:
            return words, seconds // length
    return "{} 秒", seconds
