"""A station of schema 3, as it was written then, opens with everybody it knew."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from station.core.entry import to_ms
from station.core.model import Fact, FactKind
from station.core.outcome import PersonLine
from station.journal import migrations
from station.journal.batches import Batches
from station.journal.people import People, Person
from station.journal.vault import Vault, open_vault
from tests.journal.samples import NOON, open_journal

SCRIPTS = sorted((Path(migrations.__file__).parent / "schema").glob("*.sql"))
CODE = "https://kakou.invalid/1"


def as_written_by_schema_3(folder: Path) -> Vault:
    """Two people with codes and colours, written by the very statements of that version."""
    folder.mkdir()
    vault = open_vault(folder, create=True)
    with closing(sqlite3.connect(folder / "journal.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        for script in SCRIPTS[:3]:
            migrations.apply(connection, script.read_text("utf-8"))
        for person_id, name, dwelling in (("p1", "张小强", "3栋2单元501"), ("p2", "李红", "3-2-501")):
            sealed = [
                vault.seal(text.encode(), f"person/{column}/{person_id}".encode())
                for column, text in (("name", name), ("dwelling", dwelling))
            ]
            connection.execute(
                "INSERT INTO person (id, category, name, dwelling, as_of_ms, source)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (person_id, "resident", *sealed, to_ms(NOON), "roster"),
            )
        key = vault.code_key(CODE)
        connection.execute("INSERT INTO code (key, person_id) VALUES (?, 'p1')", (key,))
        for about, subject, value in (("code", key, "red"), ("person", "p2", "green")):
            connection.execute(
                "INSERT INTO colour (about, subject, value, as_of_ms, source) VALUES (?, ?, ?, ?, 'center')",
                (about, subject, value, to_ms(NOON)),
            )
    return vault


def test_people_codes_and_colours_are_kept(folder: Path) -> None:
    vault = as_written_by_schema_3(folder)
    with open_journal(folder) as journal:
        people = People(journal)
        by_code = people.find_by_code(vault.code_key(CODE))
        other = people.find("p2")

        assert by_code
        assert other
        assert by_code.line == PersonLine("张*强", "3-2-501")
        assert by_code.facts == (
            Fact(FactKind.IDENTITY, "resident", NOON, "roster"),
            Fact(FactKind.COLOUR, "red", NOON, "center"),
        )
        assert Fact(FactKind.COLOUR, "green", NOON, "center") in other.facts


def test_old_and_new_ways_to_write_a_house_are_one_household(folder: Path) -> None:
    as_written_by_schema_3(folder)
    with open_journal(folder) as journal:
        people = People(journal)
        assert people.household("p1") == ("p1", "p2")
        people.add([Person("p3", "王五", "３－２－５０１", "tenant")], as_of=NOON)
        assert people.household("p1") == ("p1", "p2", "p3")


def test_an_old_person_can_be_changed_and_that_be_taken_back(folder: Path) -> None:
    as_written_by_schema_3(folder)
    with open_journal(folder) as journal:
        people = People(journal)
        batch = people.add([Person("p1", "张小强", "5-1-101", "tenant")], as_of=NOON)
        Batches(journal).undo(batch, now=NOON)
        assert people.person("p1") == Person("p1", "张小强", "3-2-501", "resident")


def test_opening_again_changes_nothing_more(folder: Path) -> None:
    as_written_by_schema_3(folder)
    for _ in range(2):
        with open_journal(folder) as journal:
            People(journal)
            before = journal.connection.total_changes
            People(journal)
            assert journal.connection.total_changes == before
            assert journal.connection.execute("SELECT count(*) FROM fact").fetchone() == (2,)
            assert journal.connection.execute("PRAGMA foreign_key_check").fetchall() == []
