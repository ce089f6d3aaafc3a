"""Looking back and counting who is inside, with a real journal on a real disk.

    python -m bench.lookback [--entries 100000] [--people 20000] [--seed 7] [--folder F]

Entries are made up as in bench.decision, stored as the gate stores them (sealed, chained, signed) but in one
transaction. The clock runs from the question to the tasks or lines, with names opened.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, timedelta
from pathlib import Path

from bench.decision import POLICIES, START, _entry
from bench.figures import Series, Table
from bench.machine import description, load
from station.core.entry import from_ms
from station.core.facts import Fact, FactKind
from station.core.policy import Policy, parse_policy
from station.journal.connection import FILE_NAME, open_reader, transaction
from station.journal.entries import Journal
from station.journal.lookbacks import Passages
from station.journal.movements import Mover
from station.journal.people import People, Person
from station.journal.presence import open_presence
from station.lookback_desk import line_of
from station.looking_back import look
from station.presence_desk import Opener, Rules, inside_now

ROUNDS = 7


def fill(folder: Path, entries: int, people: int, policy: Policy, chance: random.Random) -> None:
    """A roster, and so many passages of its people."""
    with Journal.open(folder, now=lambda: START) as journal:
        People(journal).add(
            [
                Person(f"p{n}", f"张{n}", f"{n // 400}-{n // 80 % 5}-{n % 80}", "resident")
                for n in range(people)
            ],
            as_of=START,
        )
        with transaction(journal.connection):
            for number in range(entries):
                entry = _entry(number, entries, policy, chance)
                assert entry.person_id
                journal._insert(entry, None, Mover(entry.person_id, None))


def looking_back(folder: Path, policy: Policy, days: float) -> tuple[str, ...]:
    """For one person, from the connection to tasks with names."""
    series, found = Series(), 0
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        (subject,) = connection.execute(
            "SELECT subject FROM movement GROUP BY subject ORDER BY count(*) DESC LIMIT 1"
        ).fetchone()
        (end,) = connection.execute("SELECT max(at_ms) FROM movement").fetchone()
    fact = Fact(FactKind.COLOUR, "red", START, "center")
    now = from_ms(end)
    since = now - timedelta(days=days)

    def once() -> int:
        with open_presence(folder) as presence, closing(open_reader(folder)) as connection:
            kept = look(Passages(connection), subject, [fact], since, policy, now)
            return len(line_of(kept, presence, UTC).tasks) if kept else 0

    for _ in range(ROUNDS):
        series.begin_round()
        found = series.timed(once)
    return (f"look back {days:g} days", *series.cells(), f"{found} tasks")


def counting(folder: Path, policy: Policy, *, residents: bool) -> tuple[str, ...]:
    """As the screen reads it anew: the names were opened before."""
    series, found, opener = Series(), 0, Opener()
    rules, at = Rules.of(policy, 12.0), START + timedelta(days=30)

    def once() -> int:
        with open_presence(folder) as presence:
            now = inside_now(presence, rules, at, UTC, residents=residents, opener=opener)
            return now.total + len(now.away)

    first = Series()
    first.timed(once)
    for _ in range(ROUNDS):
        series.begin_round()
        found = series.timed(once)
    what = "inside and away, with names" if residents else "inside and away"
    return (what, *series.cells(), f"{found} people, at first {1000 * first.median:.0f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--folder", type=Path)
    wanted = parser.parse_args()
    policy = parse_policy((POLICIES / "controlled.toml").read_text("utf-8"))
    print(description(POLICIES), load(), sep="\n", end="\n\n")
    with tempfile.TemporaryDirectory(dir=wanted.folder) as folder:
        fill(Path(folder), wanted.entries, wanted.people, policy, random.Random(wanted.seed))
        rows = [looking_back(Path(folder), policy, days) for days in (2, 14, 3650)]
        rows += [counting(Path(folder), policy, residents=with_names) for with_names in (False, True)]
    table = Table(
        f"{wanted.entries} entries of {wanted.people} people, ms",
        ("work", "median", "p95", "quiet", "found"),
        rows,
        "aim: looked back in 2000 ms",
    )
    print("\n".join(table.lines()))


if __name__ == "__main__":
    main()
