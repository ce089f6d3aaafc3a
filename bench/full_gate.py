"""What a decision costs at a gate that is full: 20,000 people, 100,000 codes, 200,000 past entries on disk.

    python -m bench.full_gate [--people 20000] [--codes 100000] [--entries 200000] [--folder F]

From the key of a code to the decision: the roster, its facts, the movements and the recheck list are asked as
the lane asks them, names are opened, then it is decided. The commit of the entry is bench.gate's to measure.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
from pathlib import Path

from bench.decision import POLICIES, START, _entry
from bench.figures import HEADINGS, Series, Table
from bench.machine import description, load
from station.core.decision import decide, is_conclusive, wants_temperature
from station.core.facts import FactKind
from station.core.model import Claim, Closing, CodeKind, CodeStatus, Credential, Passage, Trust
from station.core.policy import Policy, parse_policy
from station.journal.connection import transaction
from station.journal.entries import Journal
from station.journal.facts import News
from station.journal.memory import LaneMemory
from station.journal.movements import Movements, Mover
from station.journal.people import People, Person
from station.knowledge import Knowledge

TOKEN = Credential(CodeKind.REGIONAL, Trust.RECOGNISED, CodeStatus.CANNOT_CHECK)


def fill(journal: Journal, people: int, codes: int, entries: int, policy: Policy) -> None:
    """A roster with several codes each and three facts about everybody, and a past."""
    chance, roster = random.Random(7), People(journal)
    each = codes // people
    roster.add(
        [
            Person(
                f"p{n}",
                f"张{n}",
                f"{n // 400}-{n // 80 % 5}-{n % 80}",
                "resident",
                tuple(f"code {n} {m}" for m in range(each)),
            )
            for n in range(people)
        ],
        as_of=START,
    )
    news = [
        News("person", f"p{n}", kind, value, START, "center")
        for n in range(people)
        for kind, value in ((FactKind.COLOUR, "green"), (FactKind.TEST, "negative"), (FactKind.TRAVEL, "no"))
    ]
    roster._facts.receive(news, now=START)
    with transaction(journal.connection):
        for number in range(entries):
            entry = _entry(number, entries, policy, chance)
            who = entry.person_id or "nobody"
            journal._insert(entry, None, Mover(who, roster.dwelling_key("1-1-1")))


def asking(journal: Journal, people: int, codes: int, policy: Policy, rounds: int) -> Table:
    """Random holders, one after the other, each with everything that is known of them."""
    roster, chance = People(journal), random.Random(8)
    movements = Movements(journal.connection)
    knowledge = Knowledge(
        policy, LaneMemory(journal), roster.find_by_code, roster.find, movements, roster.for_whom_speaks
    )
    keys = [
        journal.vault.code_key(f"code {chance.randrange(people)} {chance.randrange(codes // people)}")
        for _ in range(rounds)
    ]

    def once(key: str) -> int:
        known = knowledge.of(key)
        claim = Claim(key, 0.0, TOKEN, known.person_id if known else None)
        facts = knowledge.facts(claim, known, START)
        is_conclusive(claim, facts, policy, START)
        wants_temperature(claim, facts, policy, START)
        decide(Passage(claim, None, Closing.TIMEOUT), facts, policy, START)
        return len(facts)

    series = Series()
    for key in keys:
        facts = series.timed(lambda key=key: once(key))  # type: ignore[misc]
    p99 = 1000 * sorted(series.all)[round(0.99 * rounds) - 1]
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Table(
        f"From the code's key to the decision, ms ({people} people, {codes} codes; {facts} facts each)",
        ("", *HEADINGS),
        [("known, facts, three decisions", *series.cells())],
        f"p99 {p99:.2f} ms, aim <= 1 ms; the process is {megabytes:.0f} MB at most, filling included",
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--codes", type=int, default=100_000)
    parser.add_argument("--entries", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=5_000)
    parser.add_argument("--folder", type=Path)
    wanted = parser.parse_args()
    policy = parse_policy((POLICIES / "controlled.toml").read_text("utf-8"))
    print(description(POLICIES), load(), sep="\n", end="\n\n")
    with (
        tempfile.TemporaryDirectory(dir=wanted.folder) as folder,
        Journal.open(Path(folder), now=lambda: START) as journal,
    ):
        fill(journal, wanted.people, wanted.codes, wanted.entries, policy)
        table = asking(journal, wanted.people, wanted.codes, policy, wanted.rounds)
    print("\n".join(table.lines()))


if __name__ == "__main__":
    main()
