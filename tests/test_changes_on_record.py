"""What changed in the folder of a closed gate is told when it opens: once, by name, and nothing of it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from station.changes_on_record import put_found_on_record
from station.codes.trustlists import gate_revocations_text
from station.core.audit import Line
from station.journal.audit import read
from station.journal.entries import Journal
from station.settings import Settings
from tests.journal.samples import NOON, open_journal

DAY = timedelta(days=1)


def found(journal: Journal, data: Path, settings: Settings) -> list[tuple[str, dict[str, str]]]:
    """What the gate puts on record as it opens."""

    def lines() -> list[Line]:
        return read(journal.connection, journal.vault, NOON - DAY, NOON + DAY)

    before = len(lines())
    put_found_on_record(journal, data, settings, NOON)
    return [(line.what, dict(line.facts)) for line in lines()[before:]]


def test_a_fresh_gate_has_nothing_to_tell(tmp_path: Path) -> None:
    with open_journal(tmp_path) as journal:
        assert found(journal, tmp_path, Settings()) == []


def test_a_setting_is_told_when_it_changes_and_when_it_is_taken_back(tmp_path: Path) -> None:
    with open_journal(tmp_path) as journal:
        for settings in (Settings(doctor="王医生 138 0000 0000"), Settings()):
            told = [("settings", {"settings": "doctor", "found": "start"})]
            assert found(journal, tmp_path, settings) == told
            assert found(journal, tmp_path, settings) == []
        notes = journal.connection.execute("SELECT value FROM sync_note").fetchall()
        assert not any("王医生".encode() in value for (value,) in notes)


def test_a_list_is_told_when_it_comes_changes_and_goes(tmp_path: Path) -> None:
    path = tmp_path / "trust" / "王建国给的.json"
    path.parent.mkdir()
    with open_journal(tmp_path) as journal:
        for day in (NOON - DAY, NOON):
            path.write_text(gate_revocations_text("another gate", [bytes(8)], day), "utf-8")
            ((what, facts),) = found(journal, tmp_path, Settings())
            assert (what, facts["as_of"]) == ("trust_list", f"{day:%Y-%m-%d}")
            assert found(journal, tmp_path, Settings()) == []
        path.write_text("no list", "utf-8")
        ((_, facts),) = found(journal, tmp_path, Settings())
        assert facts["change"] == "unreadable"
        path.unlink()
        ((_, facts),) = found(journal, tmp_path, Settings())
        assert facts["change"] == "gone"
        assert found(journal, tmp_path, Settings()) == []
        records = journal.connection.execute("SELECT record FROM audit").fetchall()
        assert not any("王建国".encode() in record for (record,) in records)


def test_a_folder_that_cannot_be_read_keeps_no_gate_shut(tmp_path: Path) -> None:
    (tmp_path / "trust" / "shapes.json").mkdir(parents=True)
    with open_journal(tmp_path) as journal:
        assert found(journal, tmp_path, Settings(gate="东门"))[0][0] == "settings"
