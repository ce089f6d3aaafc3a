"""A folder as a former version left it: made by this one, and taken back to an earlier schema."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec

from station.journal import migrations, sealing
from station.journal.vault import open_vault
from tests.journal.test_migrations import SCRIPTS


def take_back(folder: Path, schema: int) -> None:
    """Of a journal that is closed: the rows that this schema has, in the columns that it has, sealed so."""
    (folder / "journal.db").rename(folder / "newer.db")
    with closing(sqlite3.connect(folder / "journal.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA legacy_alter_table = ON")
        for script in SCRIPTS[:schema]:
            migrations.apply(connection, script.read_text("utf-8"))
        connection.execute("PRAGMA journal_mode = WAL")
        triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        connection.execute("ATTACH ? AS newer", (str(folder / "newer.db"),))
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for (name,) in connection.execute(
            "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*'"
        ).fetchall():
            listed = connection.execute("SELECT name FROM pragma_table_info(?)", (name,)).fetchall()
            columns = ", ".join(column for (column,) in listed)
            connection.execute(f"INSERT INTO main.{name} ({columns}) SELECT {columns} FROM newer.{name}")
        connection.execute("DETACH newer")
        for _, sql in triggers:
            connection.execute(sql)
        _seal_facts(connection, folder)
    for path in folder.glob("newer.db*"):
        path.unlink()


def _seal_facts(connection: sqlite3.Connection, folder: Path) -> None:
    """As a version sealed them that knew these columns."""
    key = open_vault(folder, create=False).rows
    state = sealing.read_state(connection, key)
    assert state is not None
    facts = sealing._seal_list(connection, key, sealing.table(connection, "fact"))
    sealing.write_state(connection, key, msgspec.structs.replace(state, lists=state.lists | {"fact": facts}))
