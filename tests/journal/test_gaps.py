"""Between the cells of the file's pages nothing is left of what was erased, and nothing else is touched."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest

from station.journal.check import check
from station.journal.connection import open_reader
from station.journal.gaps import Gaps, unused
from station.journal.people import People, Person
from tests.journal.kept import LATELY, LONG_AGO
from tests.journal.samples import open_journal, passage

MARK = b"SECRET-OF-A-ROW-THAT-MOVED"


def busy_table(connection: sqlite3.Connection, chance: random.Random) -> None:
    """Rows come and go until pages have been split and joined often; then all that is secret goes."""
    connection.execute("CREATE TABLE t (k TEXT PRIMARY KEY, v BLOB) WITHOUT ROWID")
    keys = [f"{chance.random():.12f}" for _ in range(600)]
    for n, key in enumerate(keys):
        connection.execute("INSERT INTO t VALUES (?, ?)", (key, MARK + b"x" * chance.randrange(300)))
        if n % 3 == 2:
            connection.execute("DELETE FROM t WHERE k = ?", (chance.choice(keys[: n + 1]),))
    connection.execute("DELETE FROM t")
    connection.execute("INSERT INTO t SELECT hex(randomblob(8)), x'00' FROM json_each('[1,2,3]')")


@pytest.mark.parametrize("seed", range(3))
def test_rows_that_moved_before_they_were_deleted_lie_nowhere(folder: Path, seed: int) -> None:
    with open_journal(folder) as journal:
        journal.append(passage())
        busy_table(journal.connection, random.Random(seed))
        for _ in range(20):
            journal.append(passage())

        assert Gaps(journal.connection).run()

        assert MARK not in (folder / "journal.db").read_bytes()
        assert journal.connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        journal.connection.execute("DROP TABLE t")
    assert check(folder).ok
    with open_reader(folder) as connection:
        assert connection.execute("SELECT count(*) FROM entry").fetchone()[0] == 21


def test_it_is_needed_at_all() -> None:
    """The control: without it SQLite does leave copies, though `secure_delete` is on."""
    left = 0
    for seed in range(4):
        connection = sqlite3.connect(":memory:", isolation_level=None)
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("CREATE TABLE t (k TEXT PRIMARY KEY, v BLOB) WITHOUT ROWID")
        chance, live = random.Random(seed), dict[str, bytes]()
        for n in range(1500):
            key, mark = f"{chance.random():.12f}", b"<%d-%d>" % (seed, n) * 4
            live[key] = mark
            connection.execute("INSERT INTO t VALUES (?, ?)", (key, mark + b"x" * chance.randrange(300)))
        gone = []
        for key in chance.sample(sorted(live), 700):
            connection.execute("DELETE FROM t WHERE k = ?", (key,))
            gone.append(live.pop(key))
        raw = connection.serialize()
        left += sum(mark in raw for mark in gone)
        connection.close()
    assert left > 0


def test_while_somebody_reads_it_waits_and_says_so(folder: Path) -> None:
    with open_journal(folder) as journal:
        journal.append(passage())
        with open_reader(folder) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM entry").fetchone()
            journal.append(passage())
            assert not Gaps(journal.connection).run()
        assert Gaps(journal.connection).run()


def test_the_gate_goes_on_between_two_steps(folder: Path) -> None:
    with open_journal(folder) as journal:
        people = People(journal)
        for turn in range(4):
            everybody = [
                Person(
                    people.id_for(f"人{n}", "1-1"), f"人{n}", "1-1", "resident", note="住" * (turn * 37 % 90)
                )
                for n in range(150)
            ]
            people.add(everybody, as_of=LONG_AGO if turn < 2 else LATELY)
        gaps = Gaps(journal.connection)
        while gaps.step(7):
            journal.append(passage())
        assert gaps.done
        assert len(people.everybody()) == 150
    assert check(folder).ok


@pytest.mark.parametrize(
    ("page", "first", "gap"),
    [
        (b"\x0d" + bytes(2) + b"\x00\x02" + b"\x0f\x00" + bytes(1) + bytes(4088), False, (12, 0xF00)),
        (b"\x05" + bytes(2) + b"\x00\x01" + b"\x0f\x00" + bytes(4089), False, (14, 0xF00)),
        (bytes(100) + b"\x0d" + bytes(4) + b"\x0f\x00" + bytes(3989), True, (108, 0xF00)),
        (b"\x00" * 4096, False, None),
        (b"\x0d\x00\x00\xff\xff\x00\x10" + bytes(4089), False, None),
    ],
    ids=["leaf", "inner", "first page", "overflow or free", "damaged"],
)
def test_where_nothing_lies(page: bytes, first: bool, gap: tuple[int, int] | None) -> None:
    assert unused(page, first=first) == gap
