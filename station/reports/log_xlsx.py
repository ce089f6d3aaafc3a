"""The daily log as XLSX: typed cells, a header that stays, filters, and a sheet that sums up with a chart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from station.core.model import Severity
from station.reports.log_claims import MARK, Claims, encode
from station.reports.log_lines import guarded, line
from station.reports.log_table import COLUMNS, Row, Summary, Wording

MOST_ROWS = 1_000_000  # of a sheet, which holds 1,048,576
_WIDTHS = {
    "number": 8, "at": 19, "direction": 6, "lane": 6, "verdict": 8, "correction": 24, "reasons": 36,
    "temperature": 8, "site": 8, "instrument": 14, "code": 12, "code_status": 12, "name": 10, "dwelling": 12,
    "category": 9, "operator": 10, "policy": 18, "emulated": 6,
}  # fmt: skip
_CLAIMS_ROW = 0  # of the hidden sheet


def write_xlsx(
    path: Path,
    headers: Sequence[str],
    rows: Iterable[Row],
    claims: Callable[[str], Claims],
    *,
    wording: Wording,
    summary: Callable[[], Summary],
) -> Claims:
    """Write it all; `claims` is asked at the end, with the hash of the rows' lines, and comes back."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        content = _Sheets(book, headers, wording).write(rows)
        made = claims(content)
        _sum_up(book, wording, summary(), made)
        hidden = book.add_worksheet(MARK.removeprefix("#"))
        hidden.hide()
        hidden.write_string(_CLAIMS_ROW, 0, MARK)
        hidden.write_string(_CLAIMS_ROW, 1, encode(made))
    return made


class _Sheets:
    """The rows, on as many sheets as they need."""

    def __init__(self, book: xlsxwriter.Workbook, headers: Sequence[str], wording: Wording) -> None:
        self._book, self._headers, self._wording = book, headers, wording
        self._bold = book.add_format({"bold": True, "bg_color": "#DDE6EE", "text_wrap": True})
        self._date = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._tenth = book.add_format({"num_format": "0.0"})

    def write(self, rows: Iterable[Row]) -> str:
        """Returns the hash of the rows' lines."""
        content, sheet, at = sha256(), self._sheet(1), 0
        for count, row in enumerate(rows):
            if count and count % MOST_ROWS == 0:
                self._end(sheet, at)
                sheet = self._sheet(count // MOST_ROWS + 1)
            at = count % MOST_ROWS + 1
            content.update(line(row).encode())
            self._write(sheet, at, row)
        self._end(sheet, at)
        return content.hexdigest()

    def _sheet(self, number: int) -> Worksheet:
        name = self._wording.text("sheet")
        sheet = self._book.add_worksheet(name if number == 1 else f"{name} {number}")
        for column, (key, header) in enumerate(zip(COLUMNS, self._headers, strict=True)):
            sheet.set_column(column, column, _WIDTHS[key])
            sheet.write_string(0, column, header, self._bold)
        sheet.freeze_panes(1, 2)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)
        return sheet

    def _end(self, sheet: Worksheet, last: int) -> None:
        sheet.autofilter(0, 0, max(last, 1), len(COLUMNS) - 1)

    def _write(self, sheet: Worksheet, at: int, row: Row) -> None:
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                if cell:
                    sheet.write_string(at, column, guarded(cell))
            elif isinstance(cell, datetime):
                sheet.write_datetime(at, column, cell, self._date)
            elif isinstance(cell, float):
                sheet.write_number(at, column, round(cell, 1), self._tenth)
            elif cell is not None:
                sheet.write_number(at, column, cell)


def _sum_up(book: xlsxwriter.Workbook, wording: Wording, summary: Summary, claims: Claims) -> None:
    """Counts, reasons, and passages by hour as a chart."""
    sheet = book.add_worksheet(wording.text("summary"))
    bold: Format = book.add_format({"bold": True})
    sheet.set_column(0, 0, 26)
    at = 0
    for name, value in headline(wording, summary, claims):
        sheet.write_string(at, 0, name, bold)
        if isinstance(value, int):
            sheet.write_number(at, 1, value)
        else:
            sheet.write_string(at, 1, guarded(value))
        at += 1
    at = _hours(book, sheet, at + 1, wording, summary)
    for title, counts in (
        (wording.text("by_reason"), {wording.reason(code): n for code, n in summary.reasons.items()}),
        (wording.text("by_instrument"), summary.instruments),
    ):
        sheet.write_string(at, 0, title, bold)
        for name, count in sorted(counts.items(), key=lambda one: -one[1]):
            at += 1
            sheet.write_string(at, 0, guarded(name))
            sheet.write_number(at, 1, count)
        at += 2


def headline(wording: Wording, summary: Summary, claims: Claims) -> list[tuple[str, str | int]]:
    """The figures that everybody asks for first."""
    days = (
        claims.first_day if claims.first_day == claims.last_day else f"{claims.first_day} – {claims.last_day}"
    )
    numbers = "" if summary.first is None else f"{summary.first} – {summary.last}"
    return [
        (wording.text("gate"), claims.gate),
        (wording.text("days"), days),
        (wording.text("passages"), summary.passages),
        *((wording.verdict(severity), summary.verdicts.get(severity, 0)) for severity in Severity),
        (wording.text("corrected"), summary.corrected),
        (wording.text("emulated"), summary.emulated),
        (wording.text("numbers"), numbers),
        (wording.text("head"), f"{claims.head_number} · {claims.head[:16]}"),
        (wording.text("made_at"), claims.made_at),
    ]


def _hours(book: xlsxwriter.Workbook, sheet: Worksheet, top: int, wording: Wording, summary: Summary) -> int:
    """A table of passages by hour with its chart beside it; returns the next free row."""
    bold = book.add_format({"bold": True})
    sheet.write_string(top, 0, wording.text("hour"), bold)
    for column, severity in enumerate(Severity, start=1):
        sheet.write_string(top, column, wording.verdict(severity), bold)
    for hour in range(24):
        sheet.write_string(top + 1 + hour, 0, f"{hour:02}:00")
        for column, severity in enumerate(Severity, start=1):
            sheet.write_number(top + 1 + hour, column, summary.hours.get(hour, {}).get(severity, 0))
    chart = book.add_chart({"type": "column", "subtype": "stacked"})
    for column, (severity, colour) in enumerate(
        zip(Severity, ("#005F56", "#FFC400", "#B3001B"), strict=True), 1
    ):
        chart.add_series(
            {
                "name": wording.verdict(severity),
                "categories": [sheet.name, top + 1, 0, top + 24, 0],
                "values": [sheet.name, top + 1, column, top + 24, column],
                "fill": {"color": colour},
                "gap": 40,
            }
        )
    chart.set_title({"name": wording.text("by_hour")})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 720, "height": 380})
    sheet.insert_chart(0, 5, chart)
    return top + 26
