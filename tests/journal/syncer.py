"""A gate that records while its center gives lists and is restored, and says what it was told is stored.

python -m tests.journal.syncer FOLDER TURNS [SYNCHRONOUS]   does so, then ends
python -m tests.journal.syncer                              forks a child per folder read from stdin,
                                                            which does so until it is killed
"""

from __future__ import annotations

import itertools
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from station.journal.center_lists import CenterLists, Outcome
from station.journal.center_pages import prepare_page
from station.journal.entries import Journal
from station.journal.outbox import OutboxReader, OutboxWriter
from station.sync.bundle import Item, Page
from tests.journal.appender import say
from tests.journal.given import EPOCH, fact, gone, person
from tests.journal.samples import NOON, open_journal, passage

A_PAGE = 12  # items: six facts and six of them taken back, or people


def page_of(channel: str, since: int) -> Page:
    """The page after this version; each undoes what the one before it did, and does something else."""
    turn = since // A_PAGE
    if channel == "people":
        items = [person(f"p{turn}-{place}", dwelling=f"1-{turn}") for place in range(A_PAGE)]
        given: list[tuple[str, str, bytes | None]] = [*items]
    else:
        new = [fact("code", f"c{turn}-{place}", "colour", "red") for place in range(6)]
        given = [*new, *(gone("fact", f"code:c{turn - 1}-{place}:colour") for place in range(6))]
    numbered = tuple(Item(*each[:2], since + place, each[2]) for place, each in enumerate(given, start=1))
    return Page(1, channel, EPOCH, since, since + A_PAGE, False, 1_648_814_400_000, numbered)


def work(folder: Path, journal: Journal, turns: Iterable[int]) -> None:
    lists, writer = CenterLists(journal), OutboxWriter(journal, lambda: NOON)
    with OutboxReader.open(folder, journal.vault) as reader:
        for turn in turns:
            say(f"stored {journal.append(passage()).entry.id.hex()}")
            channel = ("quick", "people")[turn % 2]
            page = page_of(channel, lists.cursor(channel).version)
            if lists.apply(prepare_page(journal.vault, page), NOON).outcome is Outcome.APPLIED:
                say(f"{channel} {page.until}")
            chains = reader.chains()
            one = chains[turn % len(chains)]
            if turn % 3 == 0:
                writer.acknowledged(one.incarnation, one.length // 2, one.length // 3)
            if turn % 4 == 1:
                writer.fork(one.incarnation, one.length * 2 // 3)
                say("forked")
            lists.tidy()


def work_some(folder: Path, turns: int, synchronous: str | None = None) -> None:
    with open_journal(folder) as journal:
        if synchronous:  # only the control of the power cut asks for another than the product's own
            journal.connection.execute(f"PRAGMA synchronous = {synchronous}")
        work(folder, journal, range(turns))


def fork_workers() -> None:
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            say(f"pid {os.getpid()}")
            folder = Path(line.strip())
            work(folder, open_journal(folder), itertools.count())
        os.waitpid(child, 0)
        say("ended")


if __name__ == "__main__":
    if sys.argv[1:]:
        work_some(Path(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:])
    else:
        fork_workers()
