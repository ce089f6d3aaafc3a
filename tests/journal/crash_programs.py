"""Programs whose writes are recorded, and what each says when it was told that something is stored.

python -m tests.journal.crash_programs upgrade|enrol|center FOLDER TURNS [SYNCHRONOUS]
"""

from __future__ import annotations

import sys
from pathlib import Path

from center.store import SqlStore, open_store
from station.journal.enrolment import Enrolment, put_enrolment
from station.journal.entries import Journal
from tests.center.store.gate import Gate, records
from tests.journal.appender import say
from tests.journal.samples import open_journal, passage

BATCH = 20  # records


def upgrade(folder: Path, turns: int, synchronous: str) -> None:
    """The folder is of an older version; opening it upgrades it."""
    with open_journal(folder) as journal:
        ease(journal, synchronous)
        for _ in range(turns):
            say(f"stored {journal.append(passage()).entry.id.hex()}")


def enrol(folder: Path, turns: int, synchronous: str) -> None:
    """Belongs to one center after the other, and records in between."""
    with open_journal(folder) as journal:
        ease(journal, synchronous)
        for turn in range(1, turns + 1):
            put_enrolment(journal, enrolment(turn))
            say(f"enrolled {turn}")
            say(f"stored {journal.append(passage()).entry.id.hex()}")


def enrolment(turn: int) -> Enrolment:
    key = bytes([turn]) * 32
    return Enrolment("https://center.invalid", "CA", key, key, key, name=f"gate {turn}")


def ease(journal: Journal, synchronous: str) -> None:
    """Only a control asks for another than the product's own."""
    if synchronous:
        journal.connection.execute(f"PRAGMA synchronous = {synchronous}")


def center(folder: Path, turns: int, synchronous: str) -> None:
    """A center on its embedded database, that takes batches."""
    store: SqlStore = open_store(folder / "center.db")
    if synchronous:
        with store.database.write():
            pass
        store.database._writer.execute(f"PRAGMA synchronous = {synchronous}")  # type: ignore[attr-defined]
    gate = Gate()
    for _ in range(turns):
        gate.push(store, records(gate.number, BATCH))
        say(f"acked {gate.number}")
    store.close()


if __name__ == "__main__":
    program = {"upgrade": upgrade, "enrol": enrol, "center": center}[sys.argv[1]]
    program(Path(sys.argv[2]), int(sys.argv[3]), (*sys.argv[4:], "")[0])
