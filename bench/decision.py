"""Deciding, explaining again, trying a draft policy and looking back: the pure part, without the journal.

    python -m bench.decision [--entries 100000] [--decisions 20000] [--seed 7]

People, facts and entries are made up, entries as the journal holds them. Look-ups in the journal come on top
and are measured by bench.roster and bench.gate.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

from bench.figures import Table
from bench.machine import description, load, resident_mb
from station.core.decision import decide
from station.core.entry import Entry, decode, encode, from_passage
from station.core.explain import decide_again
from station.core.facts import Fact, FactKind
from station.core.lookback import Change, look_back
from station.core.model import (
    Claim,
    Closing,
    CodeKind,
    CodeStatus,
    Credential,
    Direction,
    Instrument,
    Passage,
    Site,
    Temperature,
    Trust,
)
from station.core.policy import Policy, parse_policy
from station.core.whatif import what_if

POLICIES = Path(__file__).parents[1] / "assets" / "policies"
START = datetime(2026, 11, 1, tzinfo=UTC)
PEOPLE = 20_000
PER_DAY = 5_000
TOKEN = Credential(CodeKind.REGIONAL, Trust.RECOGNISED, CodeStatus.CANNOT_CHECK)
CHOICES = {
    FactKind.IDENTITY: ["resident", "resident", "resident", "tenant", "courier", "visitor"],
    FactKind.COLOUR: ["green"] * 30 + ["yellow", "red"],
    FactKind.LAST_PASSAGE: ["in", "out"],
    FactKind.ISOLATION: ["none"] * 50 + ["close_contact", "isolation"],
    FactKind.ISOLATION_PENDING: ["none"],
    FactKind.TEST: ["negative"] * 40 + ["unknown", "positive"],
    FactKind.RIGHT: ["all", "east,west"],
    FactKind.BLOCK: ["none"] * 60 + ["moved_out"],
    FactKind.TRAVEL: ["no"] * 20 + ["yes"],
    FactKind.OCCUPATION: ["office", "driver"],
    FactKind.OUTING: ["0", "0", "1"],
    FactKind.INSIDE: ["in", "out"],
    FactKind.OCCUPANCY: ["120/2000"],
    FactKind.MEASURED: ["normal"],
}


def facts_of(person: int, now: datetime, chance: random.Random) -> tuple[Fact, ...]:
    """All that can be known of somebody: more than of most."""
    return tuple(
        Fact(kind, chance.choice(values), now - timedelta(minutes=chance.randrange(1, 2_000)), "center")
        for kind, values in CHOICES.items()
    )


def passage(person: int, chance: random.Random) -> Passage:
    degrees = round(chance.gauss(36.4, 0.35), 1)
    taken = Temperature(
        degrees, degrees, Site.BODY, 12.0, Instrument("stand", "lu90614"), "raw/1", (degrees,), 1.0
    )
    way = chance.choice(list(Direction))
    return Passage(Claim("key", 0.0, TOKEN, f"p{person}"), taken, Closing.PAIRED, direction=way, gate="east")


def journal(count: int, policy: Policy, chance: random.Random) -> list[bytes]:
    """Records of so many passages, oldest first."""
    return [encode(_entry(number, count, policy, chance)) for number in range(count)]


def _entry(number: int, count: int, policy: Policy, chance: random.Random) -> Entry:
    at = START + timedelta(days=number / PER_DAY)
    person = chance.randrange(PEOPLE)
    one, known = passage(person, chance), facts_of(person, at, chance)
    return from_passage(
        one,
        known,
        decide(one, known, policy, at),
        id=number.to_bytes(16, "big"),
        at=at,
        mono=float(number),
        boot="bench",
        lane="1",
        direction=one.direction,
        policy=policy.label,
        emulated=True,
    )


def deciding(policies: Sequence[Policy], count: int, chance: random.Random) -> Table:
    rows = []
    for policy in policies:
        crowd = [(passage(n, chance), facts_of(n, START, chance)) for n in range(count)]
        took = sorted(_timed(one, known, policy) for one, known in crowd)
        rows.append((policy.name, *(f"{1e6 * took[int(share * count)]:.0f}" for share in (0.5, 0.99, 0.999))))
    return Table(
        f"One decision with {len(CHOICES)} facts, {count} people, µs",
        ("policy", "p50", "p99", "p99.9"),
        rows,
        "aim: p99 below 1000 µs, look-up in the journal included",
    )


def _timed(one: Passage, known: Sequence[Fact], policy: Policy) -> float:
    began = perf_counter()
    decide(one, known, policy, START)
    return perf_counter() - began


def hindsight(records: Sequence[bytes], policy: Policy, draft: Policy) -> Table:
    rows = []

    def row(what: str, began: float, found: object) -> None:
        rows.append((what, f"{perf_counter() - began:.2f}", str(found), f"{resident_mb():.0f}"))

    someone = decode(records[-1]).person_id
    red = (Fact(FactKind.COLOUR, "red", START, "center"),)
    began = perf_counter()
    found = look_back(records, Change(red, START + timedelta(days=1), someone), lambda _: policy)
    row("look back for one person", began, f"{len(found.theirs)} theirs, {len(found.beside)} beside")
    began = perf_counter()
    entries = [decode(record) for record in records]
    row("read all records in full", began, len(entries))
    began = perf_counter()
    same = sum(decide_again(entry, policy).severity == entry.severity for entry in entries)
    row("explain all again", began, f"{same} the same")
    began = perf_counter()
    tried = what_if(entries, draft)
    row(f"what if: {draft.name}", began, f"{len(tried.differing)} differ")
    return Table(
        f"{len(records)} entries, s",
        ("work", "s", "found", "MB"),
        rows,
        "aim: looked back in 2 s; MB is the whole process after it, with all records in memory",
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--decisions", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=7)
    wanted = parser.parse_args()
    chance = random.Random(wanted.seed)
    policies = [parse_policy(path.read_text("utf-8")) for path in sorted(POLICIES.glob("*.toml"))]
    by_name = {policy.name: policy for policy in policies}
    print(description(POLICIES), load(), sep="\n", end="\n\n")
    print("\n".join(deciding(policies, wanted.decisions, chance).lines()))
    records = journal(wanted.entries, by_name["open"], chance)
    print("\n".join(hindsight(records, by_name["open"], by_name["controlled"]).lines()))


if __name__ == "__main__":
    main()
