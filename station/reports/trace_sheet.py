"""The files of a trace: rows of typed cells with what was asked beside them. Knows no words."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path

import xlsxwriter

from station.reports.log_lines import guarded

_WIDTHS = (8, 19, 9, 16, 6, 8, 10, 14, 14, 14, 10, 6)

Cell = str | int | float | datetime | None
Row = tuple[Cell, ...]
About = Sequence[tuple[str, str]]  # what was asked, when, of which gate


def write_csv(path: Path, headers: Sequence[str], rows: Sequence[Row], about: About) -> None:
    """The rows; below them, each in a line of its own, what was asked."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:  # Excel needs the byte order mark
        sheet = csv.writer(file)
        sheet.writerow(headers)
        sheet.writerows([_text(cell) for cell in row] for row in rows)
        sheet.writerow([])
        sheet.writerows([guarded(name), guarded(value)] for name, value in about)


def write_xlsx(path: Path, headers: Sequence[str], rows: Sequence[Row], about: About) -> None:
    """The rows on the first sheet; on the second, what was asked."""
    # In memory: else the names would lie in the PC's folder for temporary files as well, and a stick that is
    # pulled out or full would raise xlsxwriter's own error instead of OSError.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    made = BytesIO()
    with xlsxwriter.Workbook(made, options) as book:
        bold = book.add_format({"bold": True, "bg_color": "#DDE6EE", "text_wrap": True})
        date = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        tenth = book.add_format({"num_format": "0.0"})
        sheet, second = book.add_worksheet(), book.add_worksheet()
        for column, (header, width) in enumerate(zip(headers, _WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, header, bold)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, column, guarded(cell))
                elif isinstance(cell, datetime):
                    sheet.write_datetime(number, column, cell, date)
                elif cell is not None:
                    sheet.write_number(number, column, cell, tenth if isinstance(cell, float) else None)
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, max(len(rows), 1), len(headers) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)
        second.set_column(0, 1, 40)
        for number, (name, value) in enumerate(about):
            second.write_string(number, 0, guarded(name), bold)
            second.write_string(number, 1, guarded(value))
    path.write_bytes(made.getvalue())


def _text(cell: Cell) -> str:
    """Times to the second, minutes to a tenth."""
    if isinstance(cell, str):
        return guarded(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    if isinstance(cell, float):
        return f"{cell:.1f}"
    return "" if cell is None else str(cell)
