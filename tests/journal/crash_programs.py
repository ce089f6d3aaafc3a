"""Programs whose writes are recorded, and what each says when it was told that something is stored.

python -m tests.journal.crash_programs upgrade|enrol|report|center|archive|wrap FOLDER TURNS [SYNCHRONOUS]
"""

from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path
from typing import Protocol

from center.backup import back_up
from center.store import SqlStore, open_store
from station.journal import migrations
from station.journal.enrolment import Enrolment, put_enrolment
from station.journal.entries import Journal
from station.journal.reports import Reports
from station.journal.wrapping import Wrapping
from station.sync.reports import CaseReport, Kind, Taken
from tests.center.store.gate import Gate, records
from tests.journal.appender import say
from tests.journal.samples import NOON, open_journal, passage

BATCH = 20  # records
BACKUP = "newest.kkbackup"
PICTURE = b"x" * 20_000


class HasFileno(Protocol):
    def fileno(self) -> int: ...


def upgrade(folder: Path, turns: int, synchronous: str) -> None:
    """The folder is of an older version; opening it upgrades it."""
    if synchronous:
        upgrade_carelessly(synchronous)
    with open_journal(folder) as journal:
        ease(journal, synchronous)
        for _ in range(turns):
            say(f"stored {journal.append(passage()).entry.id.hex()}")


def upgrade_carelessly(synchronous: str) -> None:
    """The control: the upgrade itself waits for the disk no more than this."""
    carefully = migrations.migrate

    def upgrade(connection: sqlite3.Connection) -> None:
        connection.execute(f"PRAGMA synchronous = {synchronous}")
        carefully(connection)

    migrations.migrate = upgrade


def enrol(folder: Path, turns: int, synchronous: str) -> None:
    """Belongs to one center after the other, and records in between."""
    with open_journal(folder) as journal:
        ease(journal, synchronous)
        for turn in range(1, turns + 1):
            put_enrolment(journal, enrolment(turn))
            say(f"enrolled {turn}")
            say(f"stored {journal.append(passage()).entry.id.hex()}")


def report(folder: Path, turns: int, synchronous: str) -> None:
    """Calls for help, each changed once; of half of them the center says that it has them."""
    with open_journal(folder) as journal:
        ease(journal, synchronous)
        reports = Reports(journal)
        for turn in range(1, turns + 1):
            call = turn.to_bytes(16, "big")
            reports.put(Kind.CASE, call, CaseReport("whistle", turn), NOON, is_open=True)
            say(f"told {turn} 1")
            reports.put(Kind.CASE, call, CaseReport("whistle", turn, picture=PICTURE), NOON)
            say(f"told {turn} 2")
            if turn % 2:
                epoch = bytes([turn // 10]) * 16  # restored now and then: what counted as sent counts no more
                reports.heard(Taken(1, bytes(16), ((call, 2),), 0, epoch))


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
    # The open center writes its log back, too, and begins it anew; here within these few batches.
    store.database._writer.execute("PRAGMA wal_autocheckpoint = 100")  # type: ignore[attr-defined]
    if synchronous:
        with store.database.write():
            pass
        store.database._writer.execute(f"PRAGMA synchronous = {synchronous}")  # type: ignore[attr-defined]
    gate = Gate()
    for _ in range(turns):
        gate.push(store, records(gate.number, BATCH))
        say(f"acked {gate.number}")
    store.close()


def forget_files() -> None:
    """The controls: files are not waited for. The database's own are not Python's."""

    def fsync(fd: int | HasFileno) -> None:
        pass

    os.fsync = fsync


def archive(folder: Path, turns: int, synchronous: str) -> None:
    """A center that is backed up after every batch: what it calls archived its gates may prune."""
    if synchronous:
        forget_files()
    store, gate = open_store(folder / "center.db"), Gate()
    for _ in range(turns):
        gate.push(store, records(gate.number, BATCH))
        back_up(store, folder / BACKUP, files={}, made_ms=0)
        say(f"archived {gate.number}")
    store.close()


def wrap(folder: Path, turns: int, synchronous: str) -> None:
    """Accounts sign in for the first time, one after the other; the first one's PIN wraps the keys."""
    if synchronous:
        forget_files()
    with open_journal(folder) as journal:
        wrapping = Wrapping(folder, journal.vault)
        for turn in range(1, turns + 1):
            holder, key = str(turn), pin_key(turn)
            if wrapping.on:
                wrapping.let_in(holder, key)
            else:
                wrapping.turn_on({holder: key})
            say(f"wrapped {holder}")
            if turn % 3 == 0:
                wrapping.new_key()
            say(f"stored {journal.append(passage(), b'key of a code').entry.id.hex()}")


def pin_key(turn: int) -> bytes:
    return bytes([turn]) * 32


PROGRAMS = {
    "wrap": wrap,
    "upgrade": upgrade,
    "enrol": enrol,
    "report": report,
    "center": center,
    "archive": archive,
}

if __name__ == "__main__":
    program = PROGRAMS[sys.argv[1]]
    program(Path(sys.argv[2]), int(sys.argv[3]), (*sys.argv[4:], "")[0])
