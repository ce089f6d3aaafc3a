"""Writes the rule book's entries as this version records them: python -m tests.core.make_golden FILE

Run it once for a version that is released, under a new name. Files that are there already stay as they are:
they are what makes `test_golden.py` worth anything.
"""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path

from station.core.decision import decide
from station.core.entry import Entry, encode, from_passage
from tests.core.rulebook import BOOK, POLICIES, RULES, Situation, situations


def entry_of(situation: Situation, number: int) -> Entry:
    policy = situation.policy
    decision = decide(situation.passage, situation.facts, policy, situation.now)
    return from_passage(
        situation.passage,
        tuple(situation.facts),
        decision,
        id=number.to_bytes(16, "big"),
        at=situation.now,
        mono=1.0,
        boot="b",
        lane="1",
        direction=situation.passage.direction,
        policy=policy.label,
        emulated=False,
        policy_digest=policy.digest,
    )


def main(file: Path) -> None:
    entries = [entry_of(one, number) for number, one in enumerate(situations(BOOK.read_text("utf-8")), 1)]
    policies = {one.label: (POLICIES / f"{one.name}.toml").read_text("utf-8") for one in RULES.values()}
    records = [base64.b64encode(encode(entry)).decode() for entry in entries]
    golden = {"policies": policies, "entries": records}
    file.write_text(json.dumps(golden, ensure_ascii=False, indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
