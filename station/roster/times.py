"""Dates and times of cells: 2022-04-01 07:30, 2022/4/1 7:30:15, 2022年4月1日7时30分, 20220401."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, tzinfo

from station.roster.problems import CellError, Trouble

_DAY = r"([0-9]{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?|([0-9]{4})(\d\d)(\d\d)"
_CLOCK = r"(\d{1,2})[:时](\d{1,2})?(?:[:分](\d{1,2})?(?:\.\d+)?)?秒?"
_FIRST_YEAR = "1900"  # nobody is older; and the year 1 has no UTC in our zone
_MOMENT = re.compile(rf"(?:{_DAY})(?:[T ]*(?:{_CLOCK}))?")


def read_moment(text: str, zone: tzinfo, now: datetime) -> datetime:
    """The moment (UTC) that the text says in this zone; a day alone is its beginning.

    Raises CellError for what is no time, and for one after `now`.
    """
    moment = read_time(text).replace(tzinfo=zone).astimezone(UTC)
    if moment > now:
        raise CellError(Trouble.TIME_IN_FUTURE)
    return moment


def read_date(text: str) -> date:
    """A birth date. A year and month alone say no day: that is a CellError too."""
    try:
        return read_time(text).date()
    except CellError as error:
        raise CellError(Trouble.BIRTH_WRONG) from error


def read_time(text: str) -> datetime:
    """The local time that the text says, without a zone, past or to come. Raises CellError."""
    found = _MOMENT.fullmatch(text)
    if not found or text < _FIRST_YEAR:
        raise CellError(Trouble.TIME_WRONG)
    day = [part for part in found.groups()[:6] if part]
    clock = [part or "0" for part in found.groups()[6:]]
    try:
        return datetime(*map(int, day + clock))  # type: ignore[arg-type]  # noqa: DTZ001 - the caller knows
    except (ValueError, OverflowError) as error:
        raise CellError(Trouble.TIME_WRONG) from error
