"""Whoever changes, drops, puts in or puts back a row of any list with a database tool is found."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from station.core.audit import Audited
from station.core.model import FactKind
from station.core.override import Role
from station.journal import list_check, sealing
from station.journal.audit import read
from station.journal.check import check
from station.journal.connection import folder_of, transaction
from station.journal.entries import Journal
from station.journal.errors import RowChangedError
from station.journal.facts import Facts, News
from station.journal.movements import Mover
from station.journal.operators import Operators
from station.journal.people import People
from station.journal.pins import Cost
from station.journal.row_key import RowKey
from station.journal.vault import open_vault
from station.key_watch import unless_locked
from tests.journal import kept, work
from tests.journal.samples import NOON, open_journal, passage


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A gate with rows in most of its lists."""
    folder = tmp_path_factory.mktemp("sealed") / "station"
    with open_journal(folder) as journal:
        kept.fill(journal)
        work.fill(journal, NOON)
        Operators(journal, cost=Cost(64, 1)).add("1001", "王建国", Role.ADMIN, "730518")
        colours = [News("person", "somebody", "colour", value, NOON, "roster") for value in ("green", "red")]
        Facts(journal).receive(colours, now=NOON)
        journal.append(passage())
    assert found(folder) == []
    return folder


def found(folder: Path) -> list[str]:
    return [one.what for one in check(folder, open_vault(folder, create=False)).damages]


@pytest.fixture
def tool(filled: Path) -> Iterator[sqlite3.Connection]:
    """A database tool without any trigger in its way; nothing that it does here stays."""
    with closing(sqlite3.connect(filled / "journal.db", isolation_level=None)) as connection:
        connection.execute("BEGIN")
        for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        yield connection
        connection.execute("ROLLBACK")


@pytest.fixture
def key(filled: Path) -> RowKey:
    return open_vault(filled, create=False).rows


def _lists(connection: sqlite3.Connection) -> list[sealing.Table]:
    every = sealing.tables(connection).values()
    return [each for each in every if connection.execute(f"SELECT 1 FROM {each.name}").fetchone()]


BESIDE = {  # what lies in the rows of entries, and where
    "personal": {"salt": "part_salt", "sealed": "part_sealed"},
    "movement": {
        "subject": "mover",
        "household": "mover_household",
        "passed": "mover_passed",
        "normal_c": "mover_normal_c",
    },
}


def _emptied(each: sealing.Table) -> str:
    columns = BESIDE.get(each.name)
    if columns is None:
        return f"DELETE FROM {each.name}"
    return f"UPDATE entry SET {', '.join(f'{column} = NULL' for column in columns.values())}"


def _said(tool: sqlite3.Connection, key: RowKey, statement: str, *values: object) -> list[str]:
    """What is found after this statement, which is then taken back."""
    tool.execute("SAVEPOINT one")
    tool.execute(statement, values)
    damages = list(list_check.damages(tool, key))
    tool.execute("ROLLBACK TO one")
    return damages


def test_every_column_of_every_list_is_bound(tool: sqlite3.Connection, key: RowKey) -> None:
    """Times, colours, houses, sealed parts, keys: one changed value names its row, or at least its list."""
    lists = _lists(tool)
    assert len(lists) > 25, [each.name for each in lists]
    unseen = []
    for each in lists:
        where = " AND ".join(f"{column} = ?" for column in each.key)
        place = tool.execute(f"SELECT {', '.join(each.key)} FROM {each.name} LIMIT 1").fetchone()
        table = "entry" if each.name in BESIDE else each.name
        for column in each.columns:
            stored = BESIDE.get(each.name, {}).get(column, column)
            other = _another(tool, table, stored)
            try:
                damages = _said(tool, key, f"UPDATE {table} SET {stored} = {other} WHERE {where}", *place)
            except sqlite3.IntegrityError:
                tool.execute("ROLLBACK TO one")
                continue  # this table does not take that value from anybody
            named = f"of {each.name} was changed" if each.sealed else f"of {each.name} "
            if not any(named in what for what in damages):
                unseen.append(f"{each.name}.{column}: {damages}")
    assert unseen == []


def _another(tool: sqlite3.Connection, table: str, column: str) -> str:
    kind = dict(tool.execute(f"SELECT name, type FROM pragma_table_info('{table}')").fetchall())[column]
    return {"INTEGER": f"coalesce({column}, 0) + 1", "TEXT": f"coalesce({column}, '') || 'x'"}.get(
        kind, f"CAST(coalesce({column}, x'') || x'00' AS BLOB)"
    )


def test_a_row_that_is_taken_away_is_missed(tool: sqlite3.Connection, key: RowKey) -> None:
    tool.execute("PRAGMA defer_foreign_keys = ON")
    for each in _lists(tool):
        where = " AND ".join(f"{column} = ?" for column in each.key)
        place = tool.execute(f"SELECT {', '.join(each.key)} FROM {each.name} LIMIT 1").fetchone()
        damages = _said(tool, key, f"{_emptied(each)} WHERE {where}", *place)
        assert any(f"rows of {each.name} were taken away" in what for what in damages), each.name


def test_a_list_that_is_emptied_is_missed(tool: sqlite3.Connection, key: RowKey) -> None:
    for each in _lists(tool):
        damages = _said(tool, key, _emptied(each))
        assert any(f"rows of {each.name} were taken away" in what for what in damages), each.name


def test_two_rows_that_change_places_are_both_named(tool: sqlite3.Connection, key: RowKey) -> None:
    """The colours of two people, with their seals."""
    tool.execute("UPDATE fact SET position = -position")
    rows = [one for (one,) in tool.execute("SELECT position FROM fact ORDER BY position LIMIT 2")]
    tool.execute("UPDATE fact SET position = position + 1000 WHERE position = ?", (rows[0],))
    damages = list(list_check.damages(tool, key))
    assert sum("of fact was changed or put in" in what for what in damages) >= 2


def test_a_row_of_before_with_its_seal_is_missed(folder: Path) -> None:
    """He was to be blocked and is not any more: the former row, with its genuine seal, is put back."""
    with open_journal(folder) as journal:
        people, him = People(journal), kept.person(journal)
        people.add([him], as_of=NOON)
        before = journal.connection.execute("SELECT * FROM person").fetchone()
        people.remove([him.id], now=NOON)
        people.add([kept.person(journal)], as_of=NOON)
    with closing(sqlite3.connect(folder / "journal.db", isolation_level=None)) as tool:
        marks = ", ".join("?" * len(before))
        tool.execute(f"REPLACE INTO person VALUES ({marks})", before)
    assert "a row of person was changed, or put back as it was before" in found(folder)


def test_all_lists_of_yesterday_with_their_record_do_not_fit_the_entries(
    folder: Path, tmp_path: Path
) -> None:
    with open_journal(folder) as journal:
        him = kept.person(journal)
        People(journal).add([him], as_of=NOON)
    shutil.copytree(folder, tmp_path / "yesterday")
    with open_journal(folder) as journal:
        entry = journal.append(passage(), mover=Mover(him.id, None))
        People(journal).remove([him.id], now=NOON)
    with closing(sqlite3.connect(folder / "journal.db", isolation_level=None)) as tool:
        tool.execute("ATTACH ? AS old", (str(tmp_path / "yesterday" / "journal.db"),))
        for name in (*sealing.tables(tool), "list_state"):
            if name not in CHAINED:
                tool.execute(f"DELETE FROM main.{name}")
                tool.execute(f"INSERT INTO main.{name} SELECT * FROM old.{name}")
        tool.execute("DROP TRIGGER personal_is_never_changed")
        tool.execute("UPDATE entry SET mover = NULL, mover_passed = NULL, mover_normal_c = NULL")
    assert entry.number == 1
    assert "the lists were put back to what they were at entry 0" in found(folder)


CHAINED = ("incarnation", *BESIDE)


@pytest.mark.parametrize("chained", ["entry", "audit"])
def test_the_newest_ones_cut_off_are_missed(folder: Path, chained: str) -> None:
    """Nothing came after them that could name them."""
    with open_journal(folder) as journal:
        Operators(journal, cost=Cost(64, 1)).add("1001", "王建国", Role.ADMIN, "730518")
        for _ in range(3):
            journal.append(passage())
        Operators(journal, cost=Cost(64, 1)).sign_in("1001", "000000")
    with closing(sqlite3.connect(folder / "journal.db", isolation_level=None)) as tool:
        tool.execute(f"DROP TRIGGER {chained}_is_never_deleted")
        (newest,) = tool.execute(f"SELECT max(rowid) FROM {chained}").fetchone()
        tool.execute(f"DELETE FROM {chained} WHERE rowid = ?", (newest,))
    assert any("something was cut off" in what for what in found(folder))


def test_seals_that_were_taken_away_are_not_made_anew_by_themselves(folder: Path) -> None:
    """Back to the former version's tables and on again: that would bless whatever lies there."""
    with open_journal(folder) as journal:
        People(journal).add([kept.person(journal)], as_of=NOON)
    with closing(sqlite3.connect(folder / "journal.db", isolation_level=None)) as tool:
        tool.execute("UPDATE person SET category = 'staff'")
        tool.execute("DELETE FROM list_state")
        for each in sealing.tables(tool).values():
            if each.sealed:
                tool.execute(f"UPDATE {each.name} SET seal = NULL")
    open_journal(folder).close()
    assert "the record of what the lists hold was taken away" in found(folder)


def test_a_changed_record_is_named(folder: Path) -> None:
    open_journal(folder).close()
    with closing(sqlite3.connect(folder / "journal.db", isolation_level=None)) as tool:
        tool.execute("UPDATE list_state SET sealed = randomblob(200)")
    open_journal(folder).close()
    assert "the record of what the lists hold was changed" in found(folder)


# --- honest work ----------------------------------------------------------------------------------


def test_a_transaction_that_is_taken_back_leaves_nothing_behind(folder: Path) -> None:
    with open_journal(folder) as journal:
        with suppress(ZeroDivisionError), transaction(journal.connection):
            journal.connection.execute("INSERT INTO sync_note (name, value) VALUES ('a', x'00')")
            raise ZeroDivisionError
        People(journal).add([kept.person(journal)], as_of=NOON)
    assert found(folder) == []


def test_a_journal_of_the_former_version_is_sealed_once_and_says_so(folder: Path) -> None:
    with open_journal(folder) as journal:
        People(journal).add([kept.person(journal)], as_of=NOON)
        _as_schema_15(journal)
    with open_journal(folder) as journal:
        lines = read(journal.connection, journal.vault, NOON - kept.DAY, NOON + kept.DAY)
    assert [line.what for line in lines][-1] == Audited.LISTS_SEALED
    assert found(folder) == []
    with open_journal(folder) as journal:
        assert len(read(journal.connection, journal.vault, NOON - kept.DAY, NOON + kept.DAY)) == len(lines)


def test_a_record_that_names_its_columns_is_the_same_and_becomes_shorter(folder: Path) -> None:
    """As it was first written. One page holds it now: it is written with every entry."""
    with open_journal(folder) as journal:
        People(journal).add([kept.person(journal)], as_of=NOON)
        connection, key = journal.connection, journal.vault.rows
        state = sealing.read_state(connection, key)
        assert state is not None
        lists = {
            name: sealing.Sum(",".join(each.columns), state.lists[name].rows, state.lists[name].total)
            for name, each in sealing.tables(connection).items()
        }
        with transaction(connection):
            sealing.write_state(connection, key, sealing.State(state.entry, state.audit, lists))
    assert found(folder) == []
    with open_journal(folder) as journal:
        assert sealing.read_state(journal.connection, journal.vault.rows) == state
        (size,) = journal.connection.execute("SELECT length(sealed) FROM list_state").fetchone()
    assert found(folder) == []
    assert size < 4000


def test_a_record_that_another_wrote_in_between_is_read_anew(folder: Path) -> None:
    """What was written last is only taken for what lies there if it is the same bytes."""
    with open_journal(folder) as journal:
        journal.append(passage())
        before = journal.connection.execute("SELECT sealed FROM list_state").fetchone()
        People(journal).add([kept.person(journal)], as_of=NOON)
        journal.connection.execute("UPDATE list_state SET sealed = ?", before)  # the person is not in it
        journal.append(passage())
    assert "1 rows of person were put in" in found(folder)


def _as_schema_15(journal: Journal) -> None:
    """As that version left it: rows without seals, and audit records of its own."""
    connection = journal.connection
    connection.execute("DELETE FROM list_state")
    for each in sealing.tables(connection).values():
        if each.sealed:
            connection.execute(f"UPDATE {each.name} SET seal = NULL")
    connection.execute("DROP TRIGGER audit_is_never_deleted")
    connection.execute("DELETE FROM audit")
    connection.execute(
        "CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit\n"
        "BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END"
    )


# --- at the gate ----------------------------------------------------------------------------------

CHANGES = {
    "a category": "UPDATE person SET category = 'staff'",
    "another's code": "UPDATE code SET person_id = (SELECT id FROM person WHERE id <> person_id LIMIT 1)",
    "a colour": "UPDATE fact SET value = 'green' WHERE kind = 'colour'",
    "when a colour ends": "UPDATE fact SET until_ms = 1 WHERE kind = 'colour'",
    "a colour put in": (
        "INSERT INTO fact (about, subject, kind, value, as_of_ms, source, told_at_ms, said)"
        " SELECT about, subject, kind, 'green', as_of_ms + 1, source, told_at_ms, x'' FROM fact"
    ),
}


@pytest.mark.parametrize("statement", CHANGES.values(), ids=CHANGES)
def test_whoever_was_changed_is_not_gone_by_and_a_person_looks(folder: Path, statement: str) -> None:
    with open_journal(folder) as journal:
        people, him = People(journal), kept.person(journal)
        people.add([him, kept.person(journal, "赵六", "7-7-707", ("JKM-ZHAO",))], as_of=NOON)
        Facts(journal).receive([News("person", him.id, "colour", "red", NOON, "roster")], now=NOON)
        key = journal.vault.code_key(kept.CODE)
        assert people.find_by_code(key)
        with closing(
            sqlite3.connect(folder_of(journal.connection) / "journal.db", isolation_level=None)
        ) as tool:
            tool.execute("DROP TRIGGER fact_is_never_changed")
            tool.execute(statement)
        with pytest.raises(RowChangedError):
            people.find_by_code(key)
        known = unless_locked(journal, people.find_by_code, lambda: NOON)(key)
        assert known is not None
        assert known.person_id is None
        assert [(fact.kind, fact.value) for fact in known.facts] == [(FactKind.LOOKUP, "changed")]
