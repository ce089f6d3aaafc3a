"""Files to rows of text: CSV as saved by Excel and WPS in China, XLSX, XLS and ODS. Knows no column.

Numbers keep what they are: 13812345678.0 is 13812345678, but of a number beyond 15 digits the last ones are
lost (IEEE 754, and Excel's own limit), so it stays in the form 3.30106E+17 that no reader takes for a number.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from station.roster.bounds import (
    LONGEST_CELL,
    LONGEST_LINE,
    MOST_BYTES,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_LINES,
    MOST_ROWS,
    check_workbook,
)
from station.roster.problems import FileError, FileTrouble

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DELIMITERS = ",;\t，；|"
_PANIC = "PanicException"  # how the reader, which is written in Rust, says that it did not expect this file
_EXACT = 10**15  # below, every integer of a float is exact and Excel shows all its digits

_Cell = int | float | str | bool | time | date | datetime | timedelta


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; `number` as the spreadsheet or an editor counts, from 1."""

    number: int
    cells: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet's rows, with at least one cell that is not empty. A CSV file is one sheet without a name."""

    name: str
    rows: tuple[Row, ...]


def read_sheets(content: bytes) -> list[Sheet]:
    """Every sheet that has rows. Raises FileError."""
    if len(content) > MOST_BYTES:
        raise FileError(FileTrouble.TOO_LARGE)
    if content.startswith(_ZIP):
        check_workbook(content)
    sheets = _workbook(content) if content.startswith((_ZIP, _OLE)) else [_csv(content)]
    found = [sheet for sheet in sheets if sheet.rows]
    if not found:
        raise FileError(FileTrouble.EMPTY)
    if sum(len(sheet.rows) for sheet in found) > MOST_ROWS:
        raise FileError(FileTrouble.TOO_LARGE)
    return found


def _narrow(cells: Sequence[str]) -> tuple[str, ...]:
    """Without what stands empty far to the right. Raises FileError if it is not empty."""
    if len(cells) > MOST_COLUMNS and any(cells[MOST_COLUMNS:]):
        raise FileError(FileTrouble.TOO_LARGE)
    return tuple(cells[:MOST_COLUMNS])


def _workbook(content: bytes) -> list[Sheet]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            return [_sheet(book.get_sheet_by_name(name)) for name in book.sheet_names]
    except PasswordError as error:
        raise FileError(FileTrouble.PASSWORD) from error
    except CalamineError as error:
        raise FileError(FileTrouble.DAMAGED) from error
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise FileError(FileTrouble.DAMAGED) from error


def _sheet(sheet: CalamineSheet) -> Sheet:
    if sheet.total_height * sheet.total_width > MOST_CELLS:
        raise FileError(FileTrouble.TOO_LARGE)
    table = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        _fill_down(table, left, top, bottom)
    rows = (Row(number, _narrow(cells)) for number, cells in enumerate(table, start=1))
    return Sheet(sheet.name, tuple(row for row in rows if any(row.cells)))


def _fill_down(table: list[list[str]], column: int, top: int, bottom: int) -> None:
    """A cell merged over its household belongs to every row of it; across columns it is only a title."""
    if top < len(table) and column < len(table[top]):
        for row in table[top + 1 : bottom + 1]:
            row[column] = table[top][column]


def _text(cell: _Cell) -> str:
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, int | float):
        return _number(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, str) and len(cell) > LONGEST_CELL:
        raise FileError(FileTrouble.TOO_LARGE)
    return cell.strip() if isinstance(cell, str) else str(cell)


def _number(cell: float) -> str:
    if not math.isfinite(cell):
        return ""
    if abs(cell) >= _EXACT:
        return f"{cell:.5E}"
    return str(int(cell)) if cell == int(cell) else repr(cell)


def _csv(content: bytes) -> Sheet:
    text = _decoded(content)
    try:
        return Sheet("", tuple(_csv_rows(text)))
    except csv.Error as error:
        raise FileError(FileTrouble.QUOTES) from error


def _csv_rows(text: str) -> Iterator[Row]:
    reader, found = csv.reader(_lines(text), delimiter=_delimiter(text), strict=True), 0
    for fields in reader:
        cells = _narrow([cell.strip() for cell in fields])
        if any(cells):
            found += 1
            if found > MOST_ROWS:
                raise FileError(FileTrouble.TOO_LARGE)
            yield Row(reader.line_num, cells)


def _lines(text: str) -> Iterator[str]:
    """No more than any program saves. Raises FileError."""
    for number, line in enumerate(io.StringIO(text, newline="")):
        if number >= MOST_LINES or len(line) > LONGEST_LINE:
            raise FileError(FileTrouble.TOO_LARGE)
        yield line


def _decoded(content: bytes) -> str:
    """UTF-8 is tried first: Chinese text in GB18030 is hardly ever valid UTF-8, the reverse is common."""
    excels_unicode_text = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if excels_unicode_text else ["utf-8-sig", "gb18030"]:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileError(FileTrouble.ENCODING)


def _delimiter(text: str) -> str:
    """The one that stands most often in the lines of the beginning."""
    beginning = "".join(text.splitlines(keepends=True)[:30])
    return max(_DELIMITERS, key=beginning.count)
