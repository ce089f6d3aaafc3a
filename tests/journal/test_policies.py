"""The history of policies: who brought which into force, and what is not believed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from station.core.policy import digest
from station.journal.entries import Journal
from station.journal.policies import Policies, PolicyEventKind, read_policy_history, standing
from tests.journal.samples import NOON, open_journal

OPEN, SEALED = 'name = "open"\n# 平时\n', 'name = "sealed"\r\n'
ACTIVATED, DOWN, BACK = PolicyEventKind.ACTIVATED, PolicyEventKind.CODES_DOWN, PolicyEventKind.CODES_BACK


@pytest.fixture
def policies(journal: Journal) -> Policies:
    return Policies(journal)


def rewrite(folder: Path, statement: str, *parameters: object) -> None:
    """Somebody with a database tool gets past the triggers."""
    with closing(sqlite3.connect(folder / "journal.db", isolation_level=None)) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement, parameters)
        for _, sql in triggers:
            connection.execute(sql)


def test_the_newest_activation_is_in_force_with_its_exact_text(policies: Policies, folder: Path) -> None:
    policies.record(ACTIVATED, OPEN, now=NOON, by="07")
    policies.record(ACTIVATED, SEALED, now=NOON + timedelta(hours=1), by="12", reason="街道通知 4 号")
    stands = standing(read_policy_history(folder))
    assert stands.activated is not None
    assert (stands.activated.text, stands.activated.digest) == (SEALED, digest(SEALED))
    assert (stands.activated.by, stands.activated.reason) == ("12", "街道通知 4 号")
    assert stands.activated.at == NOON + timedelta(hours=1)
    assert policies.text_of(digest(OPEN)) == OPEN


def test_a_draft_and_what_the_settings_name_bring_nothing_into_force(policies: Policies) -> None:
    policies.record(PolicyEventKind.DRAFT, SEALED, now=NOON, by="07")
    policies.remember(OPEN, now=NOON)
    policies.remember(OPEN, now=NOON)
    assert standing(policies.history()).activated is None
    assert [event.kind for event in policies.history()] == ["draft", "used"]


def test_a_text_that_was_changed_in_the_file_is_not_used_and_is_told(folder: Path) -> None:
    with open_journal(folder) as journal:
        Policies(journal).record(ACTIVATED, OPEN, now=NOON, by="07")
        Policies(journal).record(ACTIVATED, SEALED, now=NOON, by="12")
    rewrite(folder, "UPDATE policy_text SET text = text || '# mild' WHERE digest = ?", digest(SEALED))
    stands = standing(read_policy_history(folder))
    assert stands.activated is not None
    assert stands.activated.text == OPEN
    assert [(event.genuine, event.by) for event in stands.refused] == [(False, "")]


def test_an_old_line_copied_to_the_end_is_not_believed(folder: Path) -> None:
    with open_journal(folder) as journal:
        Policies(journal).record(ACTIVATED, OPEN, now=NOON, by="07")
        Policies(journal).record(ACTIVATED, SEALED, now=NOON, by="12")
    copied = "kind, digest, at_ms, said, signature"
    rewrite(
        folder, f"INSERT INTO policy_event ({copied}) SELECT {copied} FROM policy_event WHERE position = 1"
    )
    stands = standing(read_policy_history(folder))
    assert stands.activated is not None
    assert stands.activated.text == SEALED
    assert len(stands.refused) == 1


def test_the_history_is_append_only(policies: Policies, journal: Journal) -> None:
    policies.record(ACTIVATED, OPEN, now=NOON, by="07")
    for statement in (
        "UPDATE policy_text SET text = ''",
        "DELETE FROM policy_event",
        "DELETE FROM policy_text",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            journal.connection.execute(statement)


def test_nobody_brings_a_policy_into_force_without_a_number(policies: Policies) -> None:
    with pytest.raises(ValueError, match="answer"):
        policies.record(ACTIVATED, OPEN, now=NOON, by=" ")
    assert policies.history() == []


def test_the_code_system_is_down_until_somebody_says_it_is_back(policies: Policies) -> None:
    policies.record(DOWN, OPEN, now=NOON, by="07")
    policies.record(DOWN, OPEN, now=NOON + timedelta(minutes=5), by="09")
    down = standing(policies.history()).codes_down
    assert down is not None
    assert (down.at, down.by) == (NOON, "07")
    policies.record(BACK, OPEN, now=NOON + timedelta(hours=1), by="07")
    assert standing(policies.history()).codes_down is None


def test_who_and_why_lie_sealed(policies: Policies, folder: Path, journal: Journal) -> None:
    policies.record(ACTIVATED, OPEN, now=NOON, by="operator-4711", reason="王主任电话")
    journal.checkpoint()
    written = (folder / "journal.db").read_bytes()
    assert OPEN.encode() in written
    assert b"operator-4711" not in written
    assert "王主任".encode() not in written
    assert "王主任" not in repr(policies.history())
