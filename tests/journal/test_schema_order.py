"""The order of columns that SQLite's own check wants, lest a whole journal is called damaged."""

from __future__ import annotations

from station.journal.entries import Journal


def test_the_primary_key_of_a_table_without_rowid_goes_first(journal: Journal) -> None:
    """SQLite 3.40.1: "NULL value in …" for every row otherwise, seen at an enrolled station with a roster."""
    tables = journal.connection.execute("SELECT name FROM sqlite_schema WHERE sql LIKE '%WITHOUT ROWID%'")
    wrong = []
    for (table,) in tables.fetchall():
        columns = journal.connection.execute(f"PRAGMA table_info({table})").fetchall()
        key = [column[1] for column in sorted(columns, key=lambda column: column[5]) if column[5]]
        if [column[1] for column in columns[: len(key)]] != key:
            wrong.append(table)

    assert not wrong
