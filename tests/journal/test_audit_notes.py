"""What somebody else than the gate has to tell the audit: left as a file, put on record by the gate."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from station.core.audit import Audited, Event, Line
from station.core.operators import Who
from station.core.override import Role
from station.journal.audit import read_audit
from station.journal.audit_notes import FOLDER, collect, leave
from station.journal.entries import Journal
from tests.journal.samples import NOON, open_journal

EXPORT = Event(Audited.EXPORTED, Who("1001", Role.ADMIN), "ab12", (("rows", "5"),), "街道要王小英的")


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with open_journal(tmp_path) as journal:
        yield journal


def exports(folder: Path) -> list[Line]:
    lines = read_audit(folder, NOON - timedelta(days=1), NOON + timedelta(days=1))
    return [line for line in lines if line.what == Audited.EXPORTED]


def note(folder: Path) -> Path:
    [path] = (folder / FOLDER).iterdir()
    return path


def test_an_export_beside_the_gate_comes_on_record(tmp_path: Path, journal: Journal) -> None:
    leave(tmp_path, journal.vault, EXPORT, NOON)
    assert exports(tmp_path) == []
    assert collect(tmp_path, journal, NOON + timedelta(minutes=5)) == 1

    [line] = exports(tmp_path)
    assert (line.who, line.subject, line.note, line.genuine) == ("1001", "ab12", "街道要王小英的", True)
    assert ("rows", "5") in line.facts
    assert ("at", "2022-04-01T12:00:00+00:00") in line.facts
    assert list((tmp_path / FOLDER).iterdir()) == []
    assert collect(tmp_path, journal, NOON) == 0


def test_no_reason_lies_there_in_clear_and_nobody_else_reads_it(tmp_path: Path, journal: Journal) -> None:
    leave(tmp_path, journal.vault, EXPORT, NOON)

    assert "王小英".encode() not in note(tmp_path).read_bytes()
    assert note(tmp_path).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("at", [0, 5, 30, -1])
def test_a_note_that_somebody_changed_is_put_aside(tmp_path: Path, journal: Journal, at: int) -> None:
    leave(tmp_path, journal.vault, EXPORT, NOON)
    content = bytearray(note(tmp_path).read_bytes())
    content[at] ^= 1
    note(tmp_path).write_bytes(content)

    assert collect(tmp_path, journal, NOON) == 0
    assert exports(tmp_path) == []
    assert note(tmp_path).suffix == ".bad"


def test_a_note_of_another_gate_is_put_aside(tmp_path: Path, journal: Journal) -> None:
    with open_journal(tmp_path / "west") as other:
        leave(tmp_path, other.vault, EXPORT, NOON)

    assert collect(tmp_path, journal, NOON) == 0
    assert note(tmp_path).suffix == ".bad"


def test_they_come_in_their_order(tmp_path: Path, journal: Journal) -> None:
    for minute in (2, 0, 1):
        event = Event(Audited.EXPORTED, facts=(("rows", str(minute)),))
        leave(tmp_path, journal.vault, event, NOON + timedelta(minutes=minute))
    collect(tmp_path, journal, NOON)

    assert [dict(line.facts)["rows"] for line in exports(tmp_path)] == ["0", "1", "2"]
