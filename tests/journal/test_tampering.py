"""Somebody with the right to write the files changes, drops, swaps, cuts or puts back: found, and named.

Entries, the audit and operators have tests of their own (`test_check`, `test_audit`, `test_operators`), what
was pruned too (`test_pruning`), exports (`tests/reports/test_daily_log`) and backups (`test_backup`). Here:
whole tables one by one, the lists, and files.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import tzinfo
from pathlib import Path

import pytest

from station.core.audit import Audited, Event
from station.core.operators import Who
from station.core.override import Role
from station.journal import incarnation
from station.journal.audit import put_on_record
from station.journal.check import check
from station.journal.entries import Journal
from station.journal.erasing import erase, find_traces
from station.journal.errors import VaultError
from station.journal.operators import Operators
from station.journal.people import People
from station.journal.pins import Cost
from station.journal.policies import Policies, PolicyEventKind
from station.journal.sealed_columns import NEVER_CHANGED, SEALED_ANEW, SealedColumn
from station.journal.vault import open_vault
from tests.journal import kept, work
from tests.journal.samples import NOON, open_journal, passage
from tests.journal.test_policies import OPEN, rewrite

CHEAP = Cost(64, 1)
ZONE: tzinfo = kept.ZONE


@pytest.fixture
def gate(folder: Path) -> Path:
    """Something in every table that is signed or sealed."""
    with open_journal(folder) as journal:
        him = kept.fill(journal)
        operators = Operators(journal, cost=CHEAP)
        operators.add("1001", "王建国", Role.ADMIN, "730518")
        operators.add("2002", "李秀英", Role.VOLUNTEER, "4071", by=Who("1001", Role.ADMIN))
        for by in ("1001", "2002"):
            Policies(journal).record(PolicyEventKind.ACTIVATED, OPEN, now=NOON, by=by, reason="x")
        other = kept.person(journal, "赵六", "7-7-707", ("JKM-ZHAO",))
        People(journal).add([other], as_of=NOON)
        traces = find_traces(journal.connection, journal.vault, other.id)
        erase(journal, traces, Event(Audited.ERASED, Who("1001", Role.ADMIN)), now=NOON, zone=ZONE)
        work.fill(journal, NOON)
        put_on_record(journal, Event(Audited.SEARCHED, note="x"), NOON)
        journal.append(passage())
        assert People(journal).person(him.id)
    assert found(folder) == []
    return folder


def found(folder: Path) -> list[str]:
    report = check(folder, open_vault(folder, create=False))
    return [f"{damage.number or ''} {damage.what}".strip() for damage in report.damages]


FIXED = ("errand", "handover", "handover_sign", "duty")  # triggers never change these
SEALED = [one for one in (*SEALED_ANEW, *NEVER_CHANGED) if one.table not in FIXED]


@pytest.mark.parametrize("one", SEALED, ids=lambda one: f"{one.table}.{one.column}")
def test_a_bit_in_a_sealed_value_is_found_and_its_row_named(gate: Path, one: SealedColumn) -> None:
    column, table = one.column, one.table
    with closing(sqlite3.connect(gate / "journal.db")) as connection:
        there = connection.execute(f"SELECT count(*) FROM {table} WHERE length({column}) > 12").fetchone()[0]
    if not there:
        pytest.skip("this gate has none of these")
    changed = f"substr({column}, 1, 15) || x'00ff00' || substr({column}, 19)"
    rewrite(gate, f"UPDATE {table} SET {column} = CAST({changed} AS BLOB) WHERE length({column}) > 20")
    damages = found(gate)
    assert any(f"of {table}: its {column} was changed" in what for what in damages), damages


SWAPPED = {
    "names of two people": (
        "UPDATE person SET name = (SELECT name FROM person AS other WHERE other.id <> person.id LIMIT 1)",
        "of person: its name",
    ),
    "somebody's house": ("UPDATE person SET dwelling = name", "of person: its dwelling"),
    "who said a fact": (
        "UPDATE fact SET subject = 'somebody else' WHERE said <> x''",
        "of fact: its said",
    ),
    "a pass under another number": (
        "UPDATE gate_pass SET id = randomblob(8)",
        "of gate_pass: its content",
    ),
    "the memory of the lane": ("UPDATE lane_memory SET name = name || 'x'", "of lane_memory: its sealed"),
    "a policy's time": (
        "UPDATE policy_event SET at_ms = at_ms + 1 WHERE position = 1",
        "line 1 of the policies",
    ),
    "the older policy as the newest": (
        "INSERT INTO policy_event SELECT position + 5, kind, digest, at_ms, said, signature FROM policy_event"
        " WHERE position = 1",
        "line 6 of the policies",
    ),
    "a policy taken out": (
        "DELETE FROM policy_event WHERE position = 1",
        "line 1 of the policies is missing",
    ),
    "a receipt": ("UPDATE erasure SET record = replace(record, 'codes', 'notes')", "receipt 1 of an erasure"),
    "an operator's role": ("UPDATE operator SET role = 'admin' WHERE number = '2002'", "operator 2002"),
    "an operator taken out": ("DELETE FROM operator WHERE number = '2002'", "operator 2002"),
    "an incarnation's key": ("UPDATE incarnation SET public_key = randomblob(32)", "was not signed"),
    "the station": ("UPDATE incarnation SET station = randomblob(16)", "does not continue"),
    "an entry's personal part": (
        "UPDATE entry SET part_salt = (SELECT salt FROM personal AS other WHERE other.position > 1 LIMIT 1)"
        " WHERE position = 1",
        "1 lies beside a personal part that is not its own",
    ),
    "an entry said twice": (
        "INSERT INTO entry (incarnation, number, id, at_ms, severity, direction, record, hash, signature)"
        " SELECT incarnation, number + 1000, randomblob(16), at_ms, severity, direction, record, hash,"
        " signature FROM entry WHERE number = 1",
        "1001 ",
    ),
    "two entries swapped": (
        "UPDATE entry SET number = CASE number WHEN 2 THEN 902 WHEN 3 THEN 903 ELSE number END",
        "902 ",
    ),
    "a trigger": ("DROP TRIGGER IF EXISTS nothing", ""),
}


@pytest.mark.parametrize(("statement", "said"), SWAPPED.values(), ids=SWAPPED)
def test_what_was_changed_swapped_dropped_or_put_back_is_named(gate: Path, statement: str, said: str) -> None:
    if not said:
        with closing(sqlite3.connect(gate / "journal.db", isolation_level=None)) as connection:
            connection.execute("DROP TRIGGER entry_is_never_changed")
        said = "not described as they were made"
    else:
        rewrite(
            gate,
            statement.replace(
                "replace(record, 'codes', 'notes')",
                "CAST(replace(CAST(record AS TEXT), '\"enrolled\":false', '\"enrolled\":true') AS BLOB)",
            ),
        )
    damages = found(gate)
    assert any(said in what for what in damages), damages


# --- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
def test_a_file_that_was_cut_is_named(gate: Path, part: float) -> None:
    path = gate / "journal.db"
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * part) // 4096 * 4096])
    assert any("damaged" in what for what in found(gate))


@pytest.mark.parametrize("name", ["data.key", "station.key"])
def test_a_key_of_another_gate_is_named(gate: Path, tmp_path: Path, name: str) -> None:
    open_journal(tmp_path / "other").close()
    shutil.copyfile(tmp_path / "other" / name, gate / name)
    with pytest.raises(VaultError, match=name):
        open_journal(gate)


def test_an_old_copy_of_the_whole_journal_goes_on_as_another_one(gate: Path, tmp_path: Path) -> None:
    """Yesterday's files put back: nothing in them is wrong. It counts anew, so that the center sees both."""
    shutil.copytree(gate, tmp_path / "yesterday")
    with open_journal(gate) as journal:
        journal.append(passage())
    shutil.rmtree(gate)
    shutil.copytree(tmp_path / "yesterday", gate)

    with open_journal(gate, machine="a copy of the gate's PC") as journal:
        lives = incarnation.in_order(journal.connection)
        assert len(lives) == 2
        assert journal.append(passage()).number == 1
    assert check(gate).ok


def test_wrong_pins_cannot_be_forgotten_by_cutting_the_audit(gate: Path) -> None:
    """An entry came after them, and names them."""
    with open_journal(gate) as journal:
        for _ in range(2):
            Operators(journal, cost=CHEAP).sign_in("1001", "999999")
        _entry(journal)
    rewrite(gate, "DELETE FROM audit WHERE kind = 'sign_in_failed'")
    assert any("names audit record" in what for what in found(gate))


def _entry(journal: Journal) -> None:
    journal.append(passage())
