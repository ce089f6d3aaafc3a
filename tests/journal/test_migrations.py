"""The schema: whole or not there, and never touched when it is newer than the program."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from station.core.outcome import StorageProblem
from station.journal import migrations
from station.journal.errors import JournalError
from station.journal.reader import Reader
from station.journal.vault import open_vault
from tests.journal.samples import open_journal, passage

SCRIPTS = sorted((Path(migrations.__file__).parent / "schema").glob("*.sql"))


def statements(script: str) -> list[str]:
    found, rest = [], ""
    for part in script.strip().removesuffix(";").split(";"):
        rest += part + ";"
        if sqlite3.complete_statement(rest):
            found.append(rest)
            rest = ""
    return found


def schema(connection: sqlite3.Connection) -> Iterator[str]:
    return (str(row) for row in connection.execute("SELECT name, sql FROM sqlite_schema ORDER BY name"))


FIRST = statements(SCRIPTS[0].read_text("utf-8"))


def test_the_files_are_numbered_as_they_are_applied() -> None:
    assert [int(script.name[:4]) for script in SCRIPTS] == list(range(1, migrations.NEWEST + 1))


def test_each_file_is_one_transaction_that_says_its_number() -> None:
    for number, script in enumerate(SCRIPTS, start=1):
        *_, version, commit = statements(script.read_text("utf-8"))
        assert f"user_version = {number}" in version
        assert commit.strip() == "COMMIT;"


@pytest.mark.parametrize("done", range(len(FIRST) + 1))
def test_a_first_start_cut_off_after_any_statement_leaves_nothing_or_all(tmp_path: Path, done: int) -> None:
    running, found = tmp_path / "running", tmp_path / "found"
    running.mkdir()
    open_vault(running, create=True)  # the keys are on disk before the journal is begun
    with closing(sqlite3.connect(running / "journal.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        for statement in FIRST[:done]:
            connection.execute(statement)
        shutil.copytree(running, found)  # what a killed process leaves

    with closing(sqlite3.connect(found / "journal.db")) as left:
        assert (migrations.version(left), len(list(schema(left))) > 0) in [(0, False), (1, True)]
    with open_journal(found) as journal:
        assert journal.append(passage()).number == 1


@pytest.mark.parametrize("failing", range(1, len(FIRST)))
def test_a_statement_that_fails_takes_the_others_back(tmp_path: Path, failing: int) -> None:
    script = "".join([*FIRST[:failing], "SELECT no_such_column;", *FIRST[failing:]])
    with closing(sqlite3.connect(tmp_path / "journal.db", isolation_level=None)) as connection:
        with pytest.raises(sqlite3.OperationalError):
            migrations.apply(connection, script)

        assert not connection.in_transaction
        assert migrations.version(connection) == 0
        assert list(schema(connection)) == []


def test_opening_again_changes_no_schema(folder: Path) -> None:
    seen = []
    for _ in range(2):
        with open_journal(folder) as journal:
            seen.append(list(schema(journal.connection)))

    assert seen[0] == seen[1]


def test_a_newer_journal_is_refused_and_not_a_byte_of_it_changes(folder: Path) -> None:
    with open_journal(folder) as journal:
        journal.append(passage())
        journal.connection.execute(f"PRAGMA user_version = {migrations.NEWEST + 1}")
    before = (folder / "journal.db").read_bytes()

    for opening in (open_journal, Reader.open):
        with pytest.raises(JournalError) as refused:
            opening(folder)
        assert refused.value.problem is StorageProblem.NEWER_SCHEMA
    assert (folder / "journal.db").read_bytes() == before


def test_the_database_of_another_program_is_refused_and_stays_as_it_was(folder: Path) -> None:
    folder.mkdir()
    with closing(sqlite3.connect(folder / "journal.db")) as theirs:
        theirs.execute("CREATE TABLE notes (text)")
    for name in ("data.key", "station.key"):
        (folder / name).write_bytes(bytes(32))
    before = (folder / "journal.db").read_bytes()

    with pytest.raises(JournalError) as refused:
        open_journal(folder)
    assert refused.value.problem is StorageProblem.CORRUPT
    assert (folder / "journal.db").read_bytes() == before
