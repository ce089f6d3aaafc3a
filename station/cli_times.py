"""Days, times and numbers as they are typed on the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import UTC, date, datetime

_MOST_NUMBER = 2**63 - 1  # of an entry: what SQLite can hold
_FIRST, _LAST = 1970, 2999  # years of a gate; a day at the end of all dates has no next one


def day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text}: YYYY-MM-DD") from error
    if not _FIRST <= day.year <= _LAST:
        raise argparse.ArgumentTypeError(f"{text}: {_FIRST}-01-01 … {_LAST}-12-31")
    return day


def moment(text: str) -> datetime:
    """An ISO 8601 time; without an offset it is UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text}: ISO 8601: 2022-04-01T07:30+08:00") from error
    if not _FIRST <= moment.year <= _LAST:
        raise argparse.ArgumentTypeError(f"{text}: {_FIRST} … {_LAST}")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def entry_number(text: str) -> int:
    return whole(1, _MOST_NUMBER)(text)


def whole(least: int, most: int) -> Callable[[str], int]:
    """A whole number within these: fewer days than one find nobody, as if nobody had been there."""

    def number(text: str) -> int:
        value = int(text)
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"{text}: {least} … {most}")
        return value

    return number


def minutes(text: str) -> float:
    value = float(text)
    if not 0 < value <= 24 * 60:  # nor NaN
        raise argparse.ArgumentTypeError(f"{text}: 1 … {24 * 60}")
    return value
