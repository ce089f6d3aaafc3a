"""An exported sheet in a spreadsheet program that is not ours: LibreOffice, without a screen.

Slow, and skipped where LibreOffice is not installed (Debian: apt-get install --no-install-recommends
libreoffice-calc-nogui).
"""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest

from station.core.model import Severity
from station.exporting import export
from station.journal.people import People, Person
from station.log_words import LogWords
from station.reports.log_table import COLUMNS
from tests.journal.samples import NOON, correction, open_journal, passage
from tests.reports.test_daily_log import DAY, ORDER, rows

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not here: libreoffice-calc-nogui"),
]
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A day's log as CSV and XLSX, with a name that a spreadsheet would calculate."""
    with open_journal(tmp_path / "data") as journal:
        People(journal).add([Person("x", "=1+2", '3-"2",5', "resident")], as_of=NOON)
        for severity in (Severity.PASS, Severity.RECHECK, Severity.STOP):
            entry = msgspec.structs.replace(passage(severity), person_id="x", operator="-老李 & <b>")
            journal.append(entry)
        journal.append(correction(entry, Severity.PASS))
        unmeasured = msgspec.structs.replace(passage(Severity.STOP), temperature=None)
        journal.append(unmeasured)
        for name in ("day.csv", "day.xlsx"):
            export(tmp_path / "data", journal.vault, ORDER, tmp_path / name, LogWords(), now=NOON)
    return tmp_path


def convert(folder: Path, name: str, to: str) -> None:
    assert OFFICE is not None
    command = [OFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", to]
    subprocess.run(
        [*command, "--outdir", str(folder / "out"), str(folder / name)],
        check=True,
        capture_output=True,
        timeout=180,
    )


def test_it_shows_the_same_values(folder: Path) -> None:
    # 44: comma, 34: quote, 76: UTF-8; as shown; the first sheet
    convert(
        folder, "day.xlsx", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1"
    )
    [sheet] = (folder / "out").glob("day*.csv")
    shown = list(csv.reader(io.StringIO(sheet.read_text("utf-8-sig"), newline="")))

    assert shown == rows(folder / "day.csv")[:-1]


def test_its_cells_are_numbers_dates_and_texts(folder: Path) -> None:
    convert(folder, "day.xlsx", "fods")
    tree = ElementTree.parse(folder / "out" / "day.fods")
    sheet = next(iter(tree.iter(f"{_TABLE}table")))
    second = list(sheet.iter(f"{_TABLE}table-row"))[1]
    kinds = [
        kind
        for cell in second
        for kind in [cell.get(f"{_OFFICE}value-type")]
        * int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
    ]
    of = dict(zip(COLUMNS, kinds, strict=False))

    assert (of["number"], of["at"], of["temperature"], of["emulated"]) == ("float", "date", "float", "float")
    assert {of[name] for name in ("verdict", "name", "dwelling", "operator", "policy")} == {"string"}
    assert not [cell for cell in tree.iter() if cell.get(f"{_TABLE}formula")]
    at = next(cell.get(f"{_OFFICE}date-value") for cell in second if cell.get(f"{_OFFICE}date-value"))
    assert at == f"{DAY}T12:00:00"


def test_filters_and_the_chart_are_there(folder: Path) -> None:
    convert(folder, "day.xlsx", "ods")
    with zipfile.ZipFile(folder / "out" / "day.ods") as book:
        content, names = book.read("content.xml").decode(), book.namelist()

    assert re.search(r'<table:database-range[^>]*target-range-address="[^"]*\.A1:[^"]*R5"', content)
    assert any(name.startswith("Object ") for name in names)  # the chart
