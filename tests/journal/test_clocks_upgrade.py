"""A journal of schema 17, whose facts do not say how far the clocks were apart, opens with all of it."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from station.core.model import FactKind
from station.journal import migrations
from station.journal.check import check
from station.journal.facts import Facts, News, current_facts
from station.journal.salvage import salvage
from station.journal.vault import open_vault
from tests.journal import kept, work
from tests.journal.former import take_back
from tests.journal.samples import NOON, open_journal, passage
from tests.journal.test_migrations import SCRIPTS, statements

EIGHTEENTH = statements(SCRIPTS[17].read_text("utf-8"))
GREEN = News("person", "p9", "colour", "green", NOON, "operator")
FORMER = "position, about, subject, kind, value, as_of_ms, until_ms, source, told_at_ms, batch, said"
APPEND_ONLY = next(
    one for one in statements(SCRIPTS[15].read_text("utf-8")) if "CREATE TRIGGER fact_is" in one
)


@pytest.fixture(scope="module")
def former(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("schema 17") / "station"
    with open_journal(folder) as journal:
        kept.fill(journal)
        work.fill(journal, NOON)
        Facts(journal).record(GREEN, now=NOON)
    take_back(folder, 17)
    return folder


@pytest.fixture
def old(former: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(former, tmp_path / "station"))


def facts(folder: Path) -> list[tuple[object, ...]]:
    """With 1 at the end: what the former version did not know is not known now."""
    with closing(sqlite3.connect(folder / "journal.db")) as connection:
        unknown = "clock_ms ISNULL" if migrations.version(connection) > 17 else "1"
        return connection.execute(f"SELECT {FORMER}, {unknown} FROM fact ORDER BY position").fetchall()


def test_all_facts_are_there_with_their_seals_and_the_gate_goes_on(old: Path) -> None:
    before = facts(old)
    assert len(before) > 2
    vault = open_vault(old, create=False)

    with open_journal(old) as journal:
        assert facts(old) == before
        journal.append(passage(), b"13800000000")
    assert check(old, vault).ok

    with open_journal(old) as journal:
        journal.clock_off = lambda: -7_200_000  # two hours ahead of the center
        red = replace(GREEN, value="red", as_of=NOON - timedelta(hours=1), source="center")
        Facts(journal).receive([red], now=NOON + timedelta(hours=1))
        known = current_facts(journal.connection, None, "p9", None)
        assert [one.value for one in known if one.kind is FactKind.COLOUR] == ["red"]
    report = check(old, vault)
    assert report.ok, report.damages


def test_a_fact_that_was_changed_before_is_found_afterwards(old: Path) -> None:
    with closing(sqlite3.connect(old / "journal.db", isolation_level=None)) as tool:
        tool.execute("DROP TRIGGER fact_is_never_changed")
        tool.execute("UPDATE fact SET value = 'red' WHERE subject = 'p9'")
        tool.execute(APPEND_ONLY)

    open_journal(old).close()

    assert any("of fact" in one.what for one in check(old, open_vault(old, create=False)).damages)


@pytest.mark.parametrize("done", range(len(EIGHTEENTH)))
def test_killed_on_the_way_nothing_is_lost(old: Path, done: int, tmp_path: Path) -> None:
    before, found = facts(old), tmp_path / "found"
    with closing(sqlite3.connect(old / "journal.db", isolation_level=None)) as connection:
        for statement in EIGHTEENTH[:done]:
            connection.execute(statement)
        shutil.copytree(old, found)  # what a killed process leaves

    open_journal(found).close()

    assert facts(found) == before
    assert check(found, open_vault(found, create=False)).ok


def test_of_a_damaged_journal_the_facts_can_be_saved(old: Path, tmp_path: Path) -> None:
    before = facts(old)

    salvage(old, tmp_path / "saved", now=NOON)

    assert len(facts(tmp_path / "saved")) == len(before)


def test_how_far_the_clocks_were_apart_is_never_changed(old: Path) -> None:
    with open_journal(old) as journal, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        journal.connection.execute("UPDATE fact SET clock_ms = 5")
