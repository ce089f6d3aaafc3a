"""Tracing over many entries: who was near a person, an entry, a time; and what it costs to write a passage.

    python -m bench.tracing [--entries 1000000] [--people 6000] [--folder F]

A gate of many days: passages some seconds apart, one in fifty held back, each person with a code and a house.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

import msgspec

from bench.decision import POLICIES, START, _entry
from bench.machine import description, load
from station.core.entry import from_ms, to_ms
from station.core.model import Direction
from station.core.policy import parse_policy
from station.journal.connection import open_reader, transaction
from station.journal.entries import Journal
from station.journal.movements import Mover
from station.journal.people import People, Person
from station.journal.vault import open_vault
from station.tracing import trace
from station.ui.admin.tracing_desk import AskedTrace

ROUNDS = 5
APART_S = 8  # between two passages


def fill(folder: Path, entries: int, people: int) -> None:
    """So many passages with their movements, as the gate writes them, but in one transaction."""
    chance = random.Random(7)
    policy = parse_policy((POLICIES / "controlled.toml").read_text("utf-8"))
    with Journal.open(folder, now=lambda: START) as journal:
        roster = [
            Person(f"p{n}", f"张{n}", f"{n // 400}-{n // 80 % 5}-{n // 3 % 80}", "resident")
            for n in range(people)
        ]
        People(journal).add(roster, as_of=START)
        houses = dict(journal.connection.execute("SELECT id, house FROM person").fetchall())
        with transaction(journal.connection):
            for number in range(entries):
                who = f"p{chance.randrange(people)}"
                way = chance.choice(list(Direction)).value
                entry = msgspec.structs.replace(
                    _entry(number, entries, policy, chance),
                    at_ms=to_ms(START) + 1000 * APART_S * number,
                    mono_ms=1000 * APART_S * number,
                    boot=f"boot {number // 50_000}",
                    person_id=who,
                    direction=way,
                    severity=1 if number % 50 == 0 else 0,
                )
                journal._insert(entry, None, Mover(who, houses[who]))


def timed(job: Callable[[], int]) -> str:
    job()
    took, found = [], 0
    for _ in range(ROUNDS):
        began = perf_counter()
        found = job()
        took.append(perf_counter() - began)
    return f"{median(took) * 1000:9.1f} ms   (worst {max(took) * 1000:.1f}), {found} passages"


def traces(folder: Path, entries: int) -> list[str]:
    vault = open_vault(folder, create=False)
    newest = to_ms(START) + 1000 * APART_S * entries

    def asked(what: AskedTrace) -> Callable[[], int]:
        def fresh() -> int:  # over a connection of its own, as on the admin page; names are opened
            with closing(open_reader(folder)) as connection:
                return len(trace(connection, vault, what, from_ms(newest), UTC).lines)

        return fresh

    middle = from_ms((to_ms(START) + newest) // 2)
    return [
        f"a person, 14 days      {timed(asked(AskedTrace(15, person_id='p17')))}",
        f"a person, everything   {timed(asked(AskedTrace(15, person_id='p17', days=400)))}",
        f"an entry by its number {timed(asked(AskedTrace(15, number=entries // 2)))}",
        f"a time                 {timed(asked(AskedTrace(15, at=middle)))}",
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--people", type=int, default=6000)
    parser.add_argument("--folder", type=Path, help="kept, and used again")
    arguments = parser.parse_args()
    print(description(Path(tempfile.gettempdir())))
    print(f"load {load()}")
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.folder or Path(scratch)
        if not (folder / "journal.db").exists():
            fill(folder, arguments.entries, arguments.people)
        days = timedelta(seconds=APART_S * arguments.entries).days
        print(f"{arguments.entries} entries, {days} days, within 15 minutes")
        for line in traces(folder, arguments.entries):
            print(line)


if __name__ == "__main__":
    main()
