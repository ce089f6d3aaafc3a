"""Lists as communities keep them, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO

import xlsxwriter

from station.roster.rows import Reading

CHINA = timezone(timedelta(hours=8))
NOON = datetime(2022, 4, 1, 12, 0, tzinfo=UTC)
READING = Reading(NOON, CHINA)

Cell = str | float | datetime
Table = Sequence[Sequence[Cell]]
Merge = tuple[int, int, int, int, str]  # first row and column, last row and column, all from 0


def workbook(*sheets: tuple[str, Table, Sequence[Merge]]) -> bytes:
    """An XLSX file of these sheets: name, rows, merged cells."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "m-d"})
        for name, rows, merges in sheets:
            sheet = book.add_worksheet(name)
            for first_row, first_column, last_row, last_column, value in merges:
                sheet.merge_range(first_row, first_column, last_row, last_column, value)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, datetime):
                        sheet.write_datetime(row, column, cell, day)
                    elif cell != "":
                        sheet.write(row, column, cell)
    return content.getvalue()
