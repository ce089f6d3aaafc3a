"""A station that does nothing but append, and says on its standard output what it was told is stored.

python -m tests.journal.appender FOLDER COUNT [SYNCHRONOUS]   appends, then ends
python -m tests.journal.appender                              forks a child per folder read from stdin,
                                                              which appends until it is killed
"""

from __future__ import annotations

import itertools
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from station.journal.entries import Journal
from station.journal.errors import JournalError
from tests.journal.samples import open_journal, passage


def say(line: str) -> None:
    """One write: a reader of the pipe sees the whole line or nothing."""
    os.write(sys.stdout.fileno(), f"{line}\n".encode())


def append(journal: Journal, turns: Iterable[int]) -> None:
    for _ in turns:
        try:
            stored = journal.append(passage(), b"13800000000")
        except JournalError as error:
            say(f"refused {error.problem}")
        else:
            say(f"stored {stored.number} {stored.hash.hex()}")


def append_some(folder: Path, count: int, synchronous: str | None = None) -> None:
    with open_journal(folder) as journal:
        if synchronous:  # only the control of the power cut asks for another than the product's own
            journal.connection.execute(f"PRAGMA synchronous = {synchronous}")
        append(journal, range(count))


def fork_appenders() -> None:
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            say(f"pid {os.getpid()}")
            append(open_journal(Path(line.strip())), itertools.count())
        os.waitpid(child, 0)
        say("ended")


if __name__ == "__main__":
    if sys.argv[1:]:
        append_some(Path(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:])
    else:
        fork_appenders()
