"""`center export`: a day's entries as CSV."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from center.commands.place import open_place
from center.exporting import TITLES, csv_lines, rows_of_day
from center.result import CommandError, Exit, Say, print_json, print_line


def export(arguments: argparse.Namespace, say: Say) -> Exit:
    """Exit 1 if that day has no entry."""
    if arguments.to.suffix.lower() != ".csv":
        raise CommandError(say("文件名要以 .csv 结尾"), Exit.WRONG_USE)
    day = arguments.day
    zone = datetime(day.year, day.month, day.day, tzinfo=UTC).astimezone().tzinfo
    with open_place(arguments, say) as place:
        lines = csv_lines(rows_of_day(place.store, day, zone), TITLES.split())
        try:
            count = _write(arguments.to, lines) - 1
        except OSError as error:
            words = say("文件写不了：{}（{}）")
            raise CommandError(words.format(arguments.to, error.strerror)) from error
    if arguments.json:
        print_json({"file": str(arguments.to), "entries": count})
    else:
        print_line(say("{} 条记录，存在 {}").format(count, arguments.to))
    return Exit.DONE if count else Exit.NEGATIVE


def _write(path: Path, lines: Iterable[bytes]) -> int:
    """Write the lines for the owner only; returns how many."""
    count = 0
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(descriptor, "wb", buffering=1024 * 1024) as file:
        for line in lines:
            file.write(line)
            count += 1
    return count
