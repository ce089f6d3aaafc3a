"""A station of schema 7, as it was written then, opens with every entry and goes on; killed or not."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from station.core.entry import encode
from station.journal import chain, migrations, upstream
from station.journal.check import check
from station.journal.reader import Reader
from station.journal.vault import open_vault
from tests.journal.samples import NOON, open_journal, passage
from tests.journal.test_migrations import SCRIPTS, statements

ENTRIES = 1000
STATION, INCARNATION = b"s" * 16, 4711
EIGHTH = statements(SCRIPTS[7].read_text("utf-8"))


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of a thousand entries, written by the statements of that version."""
    folder = tmp_path_factory.mktemp("schema 7") / "station"
    folder.mkdir()
    vault = open_vault(folder, create=True)
    with closing(sqlite3.connect(folder / "journal.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        for script in SCRIPTS[:7]:
            migrations.apply(connection, script.read_text("utf-8"))
        connection.execute("BEGIN")
        connection.execute(
            "INSERT INTO incarnation (id, parent_head, station, public_key, data_key_id, began_at_ms)"
            " VALUES (?, x'', ?, ?, ?, 0)",
            (INCARNATION, STATION, vault.public_key, vault.data_key_id),
        )
        previous = chain.genesis(STATION, INCARNATION, b"")
        for number in range(1, ENTRIES + 1):
            entry = passage()
            record = encode(entry)
            previous = chain.link(previous, record)
            row = (INCARNATION, number, entry.id, entry.at_ms, entry.severity, entry.direction, record)
            connection.execute(
                "INSERT INTO entry"
                " (incarnation, number, id, at_ms, severity, direction, record, hash, signature)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*row, previous, vault.sign(chain.to_sign(previous))),
            )
        connection.execute("COMMIT")
    return folder


@pytest.fixture
def old(before: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(before, tmp_path / "station"))


def test_nothing_is_lost_and_the_chain_goes_on(old: Path) -> None:
    with open_journal(old) as journal:
        assert journal.append(passage()).number == ENTRIES + 1
        assert upstream.status(journal.connection).pending == ENTRIES + 1
        assert upstream.status(journal.connection).incarnations == ()

    report = check(old)
    assert (report.ok, report.entries, report.incarnations) == (True, ENTRIES + 1, 1)


def test_the_machine_of_the_first_start_afterwards_is_the_machine(old: Path) -> None:
    """It was not kept before: the upgrade itself is no move."""
    open_journal(old, machine="this PC").close()
    with open_journal(old, machine="another PC") as journal:
        assert journal.append(passage()).number == 1


def test_before_the_gate_opens_it_the_old_one_can_be_read_and_checked(old: Path) -> None:
    with Reader.open(old) as reader:
        assert reader.head().number == ENTRIES
    assert check(old).ok
    assert upstream.read_status(old).pending == 0


@pytest.mark.parametrize("done", range(0, len(EIGHTH) + 1, 3))
def test_killed_in_the_middle_of_the_upgrade_nothing_or_all_of_it_is_there(
    old: Path, tmp_path: Path, done: int
) -> None:
    left = tmp_path / "left"
    with closing(sqlite3.connect(old / "journal.db", isolation_level=None)) as connection:
        for statement in EIGHTH[:done]:
            connection.execute(statement)
        shutil.copytree(old, left)  # what a killed process leaves

    with closing(sqlite3.connect(left / "journal.db")) as found:
        assert migrations.version(found) == (8 if done == len(EIGHTH) else 7)
    with open_journal(left) as journal:
        assert journal.append(passage(at=NOON)).number == ENTRIES + 1
    assert check(left).ok
