"""A journal of schema 16, where what lies beside an entry had tables of its own, opens with all of it."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, timedelta
from pathlib import Path

import msgspec
import pytest

from station.core.problems import StorageProblem
from station.journal import retention, sealing
from station.journal.check import CheckReport, check
from station.journal.connection import open_reader, transaction
from station.journal.entries import Journal
from station.journal.errors import JournalError
from station.journal.salvage import salvage
from station.journal.vault import open_vault
from tests.journal import kept, work
from tests.journal.former import take_back
from tests.journal.samples import NOON, open_journal, passage
from tests.journal.test_migrations import SCRIPTS, statements

SEVENTEENTH = statements(SCRIPTS[16].read_text("utf-8"))
ENTRY = "position, incarnation, number, id, at_ms, amends, severity, direction, record, hash, signature"
BESIDE = ("personal", "movement")


@pytest.fixture(scope="module")
def former(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with rows in most tables, as version 16 would have left it."""
    folder = tmp_path_factory.mktemp("schema 16") / "station"
    with open_journal(folder) as journal:
        kept.fill(journal)
        work.fill(journal, NOON)
        _forget_runs(journal)
    take_back(folder, 16)
    return folder


def _forget_runs(journal: Journal) -> None:
    """That version's record of the lists knew none."""
    connection, key = journal.connection, journal.vault.rows
    with transaction(connection):
        state = sealing.read_state(connection, key)
        assert state is not None
        lists = {name: each for name, each in state.lists.items() if name != "entry_run"}
        sealing.write_state(connection, key, msgspec.structs.replace(state, lists=lists))


@pytest.fixture
def old(former: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(former, tmp_path / "station"))


def rows(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(folder / "journal.db")) as connection:
        found = {
            name: connection.execute(f"SELECT * FROM {name} ORDER BY position").fetchall() for name in BESIDE
        }
        return found | {
            "entry": connection.execute(f"SELECT {ENTRY} FROM entry ORDER BY position").fetchall()
        }


def checked(folder: Path) -> CheckReport:
    return check(folder, open_vault(folder, create=False))


def test_everything_is_there_with_its_seals_and_the_gate_goes_on(old: Path) -> None:
    before = rows(old)
    assert min(len(each) for each in before.values()) > 3

    with open_journal(old) as journal:
        assert journal.connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert journal.connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert rows(old) == before
        journal.append(passage(), b"13800000000")

    report = checked(old)
    assert report.ok, report.damages
    assert report.personal == len(before["personal"]) + 1


@pytest.mark.parametrize("table", BESIDE)
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("DELETE FROM {0} WHERE position = (SELECT max(position) FROM {0})", "rows of {0} were taken away"),
        ("UPDATE {0} SET position = (SELECT max(position) + 1 FROM entry) WHERE position = 1", "of {0}"),
    ],
)
def test_what_was_changed_before_is_found_afterwards(old: Path, table: str, change: str, said: str) -> None:
    with closing(sqlite3.connect(old / "journal.db", isolation_level=None)) as tool:
        tool.execute("DROP TRIGGER personal_is_never_changed")
        tool.execute(change.format(table))

    open_journal(old).close()

    assert any(said.format(table) in one.what for one in checked(old).damages)


@pytest.mark.parametrize("column", ["subject = 'x'", "household = 'x'", "passed = 1 - passed"])
def test_a_movement_that_was_changed_before_is_found_afterwards(old: Path, column: str) -> None:
    """Time and direction were copies of the entry's, and are the entry's now."""
    with closing(sqlite3.connect(old / "journal.db", isolation_level=None)) as tool:
        tool.execute(f"UPDATE movement SET {column} WHERE position = 1")

    open_journal(old).close()

    assert any("row 1 of movement was changed" in one.what for one in checked(old).damages)


@pytest.mark.parametrize("done", range(0, len(SEVENTEENTH), 3))
def test_killed_on_the_way_nothing_is_lost(old: Path, done: int, tmp_path: Path) -> None:
    before, found = rows(old), tmp_path / "found"
    with closing(sqlite3.connect(old / "journal.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA legacy_alter_table = ON")
        for statement in SEVENTEENTH[:done]:
            connection.execute(statement)
        shutil.copytree(old, found)  # what a killed process leaves

    open_journal(found).close()

    assert rows(found) == before
    assert checked(found).ok


def test_what_retention_would_erase_is_told_before_the_gate_opened_the_file(old: Path) -> None:
    def planned() -> retention.Plan:
        with closing(open_reader(old)) as connection:
            return retention.plan(connection, NOON + timedelta(days=400), UTC)

    before = planned()
    open_journal(old).close()

    assert before.counts[retention.Kind.MOVEMENTS] > 3
    assert planned() == before


def test_an_entry_with_a_flipped_bit_is_named_as_damage_and_all_others_can_be_saved(
    old: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(old / "journal.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        entries, entry_id = connection.execute(
            "SELECT count(*), (SELECT id FROM entry WHERE position = 2) FROM entry"
        ).fetchone()
    content = bytearray((old / "journal.db").read_bytes())
    content[content.rfind(b"\x4c\x81\x0c", 0, content.rfind(entry_id)) + 2] ^= 1  # a signature is a text
    (old / "journal.db").write_bytes(content)

    with pytest.raises(JournalError) as refused:
        open_journal(old)

    assert refused.value.problem is StorageProblem.CORRUPT
    assert salvage(old, tmp_path / "saved", now=NOON).entries >= entries - 1


def test_a_journal_of_which_a_tool_dropped_a_part_is_named_as_damaged(old: Path) -> None:
    with closing(sqlite3.connect(old / "journal.db", isolation_level=None)) as tool:
        tool.execute("DROP INDEX whereabouts_by_direction")

    with pytest.raises(JournalError) as refused:
        open_journal(old)

    assert refused.value.problem is StorageProblem.CORRUPT


def test_nobody_at_the_lane_waits_for_what_the_upgrade_left_in_the_wal(old: Path) -> None:
    with open_journal(old):
        assert (old / "journal.db-wal").stat().st_size < 64 * 1024
