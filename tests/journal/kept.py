"""A gate's journal with everything personal in it that there can be, some of it long ago."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from station.core.entry import Entry
from station.core.model import Direction, Severity
from station.core.passes import GatePass, Holder
from station.journal.batches import Batches
from station.journal.entries import Journal
from station.journal.facts import Facts, News, Said
from station.journal.lookbacks import Kept, Lookbacks, Task
from station.journal.memory import LaneMemory
from station.journal.movements import Mover
from station.journal.passes import Passes, SignedPass
from station.journal.people import People, Person
from station.journal.proposals import Proposals
from tests.journal.samples import NOON, passage

ZONE = ZoneInfo("Asia/Shanghai")
DAY = timedelta(days=1)
LONG_AGO, LATELY = NOON - 40 * DAY, NOON - 5 * DAY
BEFORE = NOON - 30 * DAY

NAME, HOUSE, PHONE, NUMBER, CODE = "欧阳建国", "3-2-501", "13912345678", "11010519491231002X", "JKM-OUYANG-7"
PLAIN = tuple(
    text.encode() for text in (NAME, HOUSE, PHONE, NUMBER, CODE, "邻居说的", "查验员小周", "门卫老李")
)


def person(
    journal: Journal, name: str = NAME, house: str = HOUSE, codes: tuple[str, ...] = (CODE,)
) -> Person:
    people = People(journal)
    more = {"phones": (PHONE,), "id_number": NUMBER, "note": "独居"} if name == NAME else {}
    return Person(people.id_for(name, house), name, house, "resident", codes, **more)  # type: ignore[arg-type]


def passes_by(journal: Journal, at: datetime, who: str, code: str, way: Direction = Direction.IN) -> Entry:
    entry = msgspec.structs.replace(passage(at=at, direction=way), person_id=who)
    key = journal.vault.code_key(code)
    return journal.append(entry, key.encode(), mover=Mover(who, None)).entry


def fill(journal: Journal, days: int = 3) -> Person:
    """Ouyang came long ago and lately, beside others; people talked about him, and he moved house."""
    people, facts, him = People(journal), Facts(journal), person(journal)
    people.add([him], as_of=LONG_AGO, by="门卫老李")
    people.add([replace(him, dwelling="3-2-502")], as_of=LONG_AGO, by="门卫老李")
    people.add([him], as_of=LONG_AGO, by="门卫老李")
    other = person(journal, "李红", "3-2-502", ("JKM-LI",))
    people.add([other], as_of=LATELY)
    for at in (LONG_AGO, LATELY):
        for day in range(days):
            passes_by(journal, at + day * timedelta(minutes=1), him.id, CODE)
            passes_by(journal, at + day * timedelta(minutes=1), other.id, "JKM-LI")
        facts.record(
            News("person", him.id, "test", "negative", at, "operator"),
            now=at,
            said=Said("查验员小周", "邻居说的"),
        )
        proposals = Proposals(journal)
        number = proposals.propose(
            News("person", him.id, "isolation", "home", at, "operator"), "查验员小周", now=at, note="邻居说的"
        )
        proposals.reject(number, "门卫老李", now=at)
        Lookbacks(journal).add(_lookback(him.id, at))
    undone = people.add([person(journal, "李红", "3-2-502", ())], as_of=LATELY, by="门卫老李")
    Batches(journal).undo(undone, now=LATELY)
    give_pass(journal, him)
    LaneMemory(journal).save("rechecks", b"nobody")
    return him


def give_pass(journal: Journal, to: Person) -> SignedPass:
    passes = Passes(journal)
    passes.signing_key("东门", now=LATELY)
    gate_pass = GatePass(
        id=secrets.token_bytes(8),
        issuer="东门",
        holder=Holder(to.name, to.dwelling),
        issued_at=LATELY,
        valid_until=NOON + 300 * DAY,
    )
    signed = SignedPass(gate_pass, f"GP1:{secrets.token_hex(20)}")
    passes.add([signed], now=LATELY)
    return signed


def _lookback(subject: str, at: datetime) -> Kept:
    at_ms = int(at.timestamp() * 1000)
    task = Task(secrets.token_bytes(16), 1, at_ms, "in", subject, True, Severity.PASS, Severity.STOP)
    return Kept("", at_ms, subject, at_ms, (("colour", "red"),), (task,), "open 1")


def sealed_blobs(folder: Path) -> dict[str, set[bytes]]:
    """Every sealed value of every table, by the table's name."""
    found: dict[str, set[bytes]] = {}
    with closing(sqlite3.connect(folder / "journal.db")) as connection:
        for table, column in _SEALED:
            rows = connection.execute(f"SELECT {column} FROM {table} WHERE length({column}) > 8")
            found.setdefault(table, set()).update(blob for (blob,) in rows)
    return found


def gone(before: dict[str, set[bytes]], after: dict[str, set[bytes]]) -> Iterator[bytes]:
    """What lies nowhere any more: an undone change put the very same bytes back where they were."""
    yield from set().union(*before.values()).difference(*after.values())


def in_the_files(folder: Path, what: Iterator[bytes] | list[bytes] | tuple[bytes, ...]) -> list[bytes]:
    """Which of these bytes lie anywhere in the database, its free pages or its WAL."""
    raw = b"".join(path.read_bytes() for path in sorted(folder.glob("journal.db*")))
    return [one for one in what if one in raw]


_SEALED = (
    ("personal", "sealed"), ("person", "name"), ("person", "dwelling"), ("person", "detail"),
    ("batch_change", "name"), ("batch_change", "detail"), ("batch", "detail"), ("fact", "said"),
    ("proposal", "proposed"), ("proposal", "settled"), ("lane_memory", "sealed"), ("gate_pass", "content"),
    ("audit_note", "sealed"), ("visit", "sealed"), ("announced_visit", "sealed"), ("errand", "sealed"),
)  # fmt: skip
