"""At its start a gate looks whether anybody changed its lists while it was off."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from station.core.outcome import ListsChanged
from station.journal.people import People
from station.list_watch import ListWatch
from tests.journal import kept
from tests.journal.samples import NOON, open_journal


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "station"


def _told(folder: Path) -> list[ListsChanged]:
    said = list[ListsChanged]()
    with open_journal(folder) as journal:
        watch = ListWatch(folder, journal, said.append)
        watch.tick(idle=False)
        assert said == [], "somebody waits"
        for _ in range(1000):
            watch.tick(idle=True)
        assert watch.done
    return said


def test_a_category_that_was_changed_while_the_gate_was_off_is_said(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with open_journal(folder) as journal:
        him = kept.fill(journal)
        assert People(journal).person(him.id)
    assert _told(folder) == []
    with closing(sqlite3.connect(folder / "journal.db", isolation_level=None)) as tool:
        tool.execute("UPDATE person SET category = 'staff' WHERE id = ?", (him.id,))

    with caplog.at_level(logging.ERROR):
        assert _told(folder) == [ListsChanged(1)]
    assert f"row {him.id} of person was changed" in caplog.text


def test_what_is_written_while_it_looks_is_no_change(folder: Path) -> None:
    said = list[ListsChanged]()
    with open_journal(folder) as journal:
        kept.fill(journal)
        watch = ListWatch(folder, journal, said.append)
        while not watch.done:
            watch.tick(idle=True)
            People(journal).add([kept.person(journal, "赵六", "7-7-707", ())], as_of=NOON)
    assert said == []
