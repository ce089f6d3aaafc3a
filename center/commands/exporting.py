"""`center export`: a day's entries as CSV."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable
from pathlib import Path

from center.commands.place import open_place
from center.exporting import TITLES, csv_lines, rows_of_day
from center.result import CommandError, Exit, Say, print_json, print_line


def export(arguments: argparse.Namespace, say: Say) -> Exit:
    """Exit 1 if that day has no entry."""
    if arguments.to.suffix.lower() != ".csv":
        raise CommandError(say("文件名要以 .csv 结尾"), Exit.WRONG_USE)
    with open_place(arguments, say) as place:
        lines = csv_lines(rows_of_day(place.store, arguments.day, None), TITLES.split())
        try:
            count = write_table(arguments.to, lines) - 1
        except OSError as error:
            words = say("文件写不了：{}（{}）")
            raise CommandError(words.format(arguments.to, error.strerror)) from error
    if arguments.json:
        print_json({"file": str(arguments.to), "entries": count})
    else:
        print_line(say("{} 条记录，存在 {}").format(count, arguments.to))
    return Exit.DONE if count else Exit.NEGATIVE


def write_table(path: Path, lines: Iterable[bytes]) -> int:
    """Write the lines for the owner only, all or none: half a day looks like a whole one. How many."""
    count = 0
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(descriptor, "wb", buffering=1024 * 1024) as file:
            for line in lines:
                file.write(line)
                count += 1
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return count
