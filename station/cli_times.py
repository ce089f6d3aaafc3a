"""Days and times as they are typed on the command line."""

from __future__ import annotations

import argparse
from datetime import UTC, date, datetime


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text}: YYYY-MM-DD") from error


def moment(text: str) -> datetime:
    """An ISO 8601 time; without an offset it is UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text}: ISO 8601, as 2022-04-01T07:30+08:00") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
