"""Files that would take the gate down with them, or the import: far cells, bombs, what is no number."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, timedelta, timezone

import pytest

from station.roster import sheets
from station.roster.bounds import LONGEST_CELL, LONGEST_LINE, MOST_BYTES, MOST_COLUMNS
from station.roster.problems import FileError, FileTrouble
from station.roster.rows import PeopleList, Reading, read_people

READING = Reading(datetime(2026, 11, 21, tzinfo=UTC), timezone(timedelta(hours=8)))
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_PARTS = {
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1"'
    f' Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>'
    '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1"'
    f' Type="{_LINKS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def workbook(*rows: str, spaces: int = 0) -> bytes:
    """A workbook as no spreadsheet would write it."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in _PARTS.items():
            book.writestr(name, f'<?xml version="1.0"?>{text}')
        head = f'<?xml version="1.0"?><worksheet xmlns="{_MAIN}"><sheetData>'
        body = "".join((cell("A1", "姓名"), cell("B1", "房号")))
        sheet = f'{head}<row r="1">{body}</row>{"".join(rows)}{" " * spaces}</sheetData></worksheet>'
        book.writestr("xl/worksheets/sheet1.xml", sheet)
    return written.getvalue()


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def wang(row: int = 2) -> str:
    return f'<row r="{row}">{cell(f"A{row}", "王明")}{cell(f"B{row}", "3-2-501")}</row>'


def read(content: bytes) -> PeopleList:
    return read_people(content, READING)


def refused(content: bytes) -> FileTrouble:
    with pytest.raises(FileError) as wrong:
        read(content)
    return wrong.value.what


def test_such_a_workbook_is_read_if_it_is_small() -> None:
    assert [row.draft.name for row in read(workbook(wang())).rows if row.draft] == ["王明"]


@pytest.mark.parametrize("place", ["XFD1048576", "ZZZZZZ4294967295", "xfd1048576", f"A{'9' * 30}"])
def test_stray_cell_far_away_does_not_ask_for_all_memory(place: str) -> None:
    digits = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    assert refused(workbook(wang(), f'<row r="{digits}">{cell(place, "x")}</row>')) in (
        FileTrouble.TOO_LARGE,
        FileTrouble.DAMAGED,
    )


def test_bomb_is_refused_by_its_size_before_it_is_unpacked() -> None:
    assert refused(workbook(wang(), spaces=MOST_BYTES)) is FileTrouble.TOO_LARGE


def test_cell_that_is_a_book_is_refused() -> None:
    assert refused(workbook(f'<row r="2">{cell("A2", "王" * (LONGEST_CELL + 1))}</row>')) is (
        FileTrouble.TOO_LARGE
    )


@pytest.mark.parametrize("number", ["NaN", "inf", "1e308", "-1e308"])
def test_number_that_is_none_is_a_wrong_cell_and_no_fault(number: str) -> None:
    rows = read(workbook(f'<row r="2"><c r="A2"><v>{number}</v></c>{cell("B2", "3-2-501")}</row>')).rows
    assert all(row.problems for row in rows)


@pytest.mark.parametrize("content", [b"PK\x03\x04" + bytes(100), workbook(wang())[:-40]])
def test_half_a_zip_is_damaged(content: bytes) -> None:
    assert refused(content) is FileTrouble.DAMAGED


def csv_of(*rows: list[str]) -> bytes:
    return "\n".join(",".join(row) for row in [["姓名", "房号"], ["王明", "3-2-501"], *rows]).encode()


FAR = [""] * MOST_COLUMNS


@pytest.mark.parametrize("content", [csv_of([*FAR, "x"]), workbook(f'<row r="2">{cell("ALM2", "x")}</row>')])
def test_a_row_that_goes_on_beyond_a_thousand_columns_is_refused(content: bytes) -> None:
    assert refused(content) is FileTrouble.TOO_LARGE


def test_what_stands_empty_far_to_the_right_is_not_looked_at() -> None:
    people = read(csv_of([*FAR, *FAR]))
    assert [row.draft.name for row in people.rows if row.draft] == ["王明"]
    assert max(len(row.cells) for row in people.sheets[0].rows) <= MOST_COLUMNS


def test_more_rows_than_a_district_has_people_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 3)
    assert len(read(csv_of(["李明", "1-1"])).rows) == 2
    assert refused(csv_of(*[["李明", "1-1"]] * 2)) is FileTrouble.TOO_LARGE
    assert refused(workbook(*map(wang, range(2, 5)))) is FileTrouble.TOO_LARGE


def test_a_file_of_empty_lines_or_of_one_endless_line_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused(csv_of(["," * LONGEST_LINE, ""])) is FileTrouble.TOO_LARGE
    monkeypatch.setattr(sheets, "MOST_LINES", 5)
    assert refused(csv_of(*[[""]] * 9)) is FileTrouble.TOO_LARGE
