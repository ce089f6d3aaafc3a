"""A past entry is corrected on the admin page: both verdicts stay, and every export shows what counts now."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtPdf import QPdfDocument
from python_calamine import CalamineWorkbook

from station.core.day_statistics import count
from station.core.model import Direction
from station.core.override import OverrideReason, Role
from station.core.reasons import Severity
from station.entries_desk import StationEntriesDesk
from station.export_check import check_file
from station.exporting import Order, export
from station.journal.audit import read
from station.journal.check import check
from station.journal.day_passages import read_day
from station.journal.entry_list import EntryList
from station.journal.presence import Presence
from station.log_words import LogWords
from station.ui.admin.entries_desk import DeskError, Wanted
from tests.compound import MORNING, Compound
from tests.test_tracing_desk import Page
from tests.ui.scenes import ZONE

TODAY = date(2022, 4, 16)


@dataclass
class Office:
    compound: Compound
    desk: StationEntriesDesk
    signing: Page
    folder: Path

    def place(self) -> int:
        (line,) = self.desk.find(Wanted(TODAY)).page(0, 10)
        return line.place

    def verdicts(self) -> list[tuple[Severity, Severity]]:
        return [(one.decided, one.stands) for one in self.desk.find(Wanted(TODAY)).page(0, 10)]

    def export(self, name: str) -> Path:
        path, vault = self.folder / name, self.compound.journal.vault
        export(
            self.folder / "station",
            vault,
            Order(TODAY, TODAY, ZONE, "东门", "zh"),
            path,
            LogWords(),
            now=MORNING,
        )
        return path


@pytest.fixture
def office(tmp_path: Path, qapp: object) -> Iterator[Office]:
    compound = Compound.open(tmp_path / "station")
    compound.go("张小强", Direction.IN, MORNING - timedelta(minutes=9), degrees=37.8)  # two entries ago
    signing = Page(lambda: compound.journal)
    desk = StationEntriesDesk(lambda: compound.journal, ZONE, signing, compound.clock)
    yield Office(compound, desk, signing, tmp_path)
    compound.journal.close()


def test_both_verdicts_stay_with_who_and_why(office: Office) -> None:
    office.signing.any_made, office.signing.role = True, Role.ADMIN
    place = office.place()

    office.desk.amend(place, Severity.PASS, OverrideReason.MEASURED_AGAIN)
    office.desk.amend(place, Severity.STOP, OverrideReason.MISTAKE)

    assert office.verdicts() == [(Severity.RECHECK, Severity.STOP)]
    (first,) = EntryList(office.compound.journal).at([place])
    later = EntryList(office.compound.journal).corrections(first.stored.entry.id)
    assert [(one.entry.override, one.entry.operator, one.entry.role) for one in later] == [
        ("measured_again", "1001", "admin"),
        ("mistake", "1001", "admin"),
    ]
    assert check(office.folder / "station").ok


def test_a_correction_is_on_record_of_the_audit(office: Office) -> None:
    office.desk.amend(office.place(), Severity.PASS, OverrideReason.PAPERS_SEEN)

    journal = office.compound.journal
    (line,) = read(
        journal.connection, journal.vault, MORNING - timedelta(days=1), MORNING + timedelta(days=1)
    )
    assert (line.what, dict(line.facts)) == ("override", {"entry": "2", "to": "pass", "why": "papers_seen"})


def test_whoever_was_let_in_after_all_is_inside(office: Office) -> None:
    presence = Presence(office.compound.journal.connection, office.compound.journal.vault)
    assert presence.seen(Direction.IN) == []

    office.desk.amend(office.place(), Severity.PASS, OverrideReason.MEASURED_AGAIN)

    assert [one.where.subject for one in presence.seen(Direction.IN)] == ["张小强"]
    made = count(read_day(office.folder / "station", TODAY, ZONE))
    assert (made.corrected, made.verdicts[Severity.PASS], made.held) == (1, 1, 1)


@pytest.mark.parametrize("name", ["log.csv", "log.xlsx", "log.pdf"])
def test_every_export_shows_the_last_verdict_and_marks_it(office: Office, name: str) -> None:
    office.desk.amend(office.place(), Severity.PASS, OverrideReason.MEASURED_AGAIN)
    office.desk.amend(office.place(), Severity.STOP, OverrideReason.MISTAKE)
    path = office.export(name)

    said = _cells(path)
    assert any("禁止" in cell for cell in said)
    assert any("原来：复核" in cell and "弄错" in cell for cell in said)
    keys = [office.compound.journal.vault.public_key]
    if name != "log.pdf":
        assert check_file(path, office.folder / "station", ZONE, lambda language: LogWords(), keys).ok


def test_a_guard_may_and_nobody_may_not(office: Office) -> None:
    office.signing.any_made = True
    with pytest.raises(DeskError):
        office.desk.amend(office.place(), Severity.PASS, OverrideReason.MISTAKE)
    office.signing.role = Role.GUARD
    office.desk.amend(office.place(), Severity.PASS, OverrideReason.MISTAKE)
    with pytest.raises(DeskError, match="不用改"):
        office.desk.amend(office.place(), Severity.PASS, OverrideReason.MISTAKE)

    assert office.verdicts() == [(Severity.RECHECK, Severity.PASS)]


def _cells(path: Path) -> list[str]:
    if path.suffix == ".csv":
        return [cell for row in csv.reader(path.read_text("utf-8-sig").splitlines()) for cell in row]
    if path.suffix == ".xlsx":
        rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
        return [str(cell) for row in rows for cell in row]
    document = QPdfDocument()
    document.load(str(path))
    text = "".join(document.getAllText(page).text() for page in range(document.pageCount()))
    document.close()
    return ["".join(text.split())]
