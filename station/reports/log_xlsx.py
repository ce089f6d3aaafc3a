"""The daily log as XLSX: typed cells, a header that stays, filters, and a sheet that sums up with a chart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from io import BytesIO
from itertools import chain, islice
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from station.core.model import Severity
from station.reports.log_claims import MARK, Claims, encode
from station.reports.log_headline import headline
from station.reports.log_lines import guarded
from station.reports.log_sheet import Frame, SheetRows
from station.reports.log_table import COLUMNS, Row, Summary, Wording

MOST_ROWS = 500_000  # of a sheet, whose XML then stays far below 2 GB, from where on zip files differ
_SHEET = "xl/worksheets/sheet{}.xml"
_WIDTHS = {
    "number": 8, "at": 19, "direction": 8, "lane": 6, "verdict": 8, "correction": 24, "reasons": 36,
    "temperature": 8, "site": 8, "instrument": 14, "code": 12, "code_status": 12, "name": 10, "dwelling": 12,
    "category": 9, "operator": 10, "policy": 18, "emulated": 6,
}  # fmt: skip


def write_xlsx(
    file: BinaryIO,
    headers: Sequence[str],
    rows: Iterable[Row],
    claims: Callable[[str], Claims],
    *,
    wording: Wording,
    summary: Callable[[], Summary],
) -> Claims:
    """Write it all; `claims` is asked at the end, with the hash of the rows' lines, and comes back."""
    content = sha256()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        counts = _write_rows(archive, headers, wording, _hashed(rows, content.update))
        made = claims(content.hexdigest())

        def finish(book: xlsxwriter.Workbook) -> None:
            _sum_up(book, wording, summary(), made)
            _hide(book, made)

        with _book(headers, wording, counts, finish) as rest:
            for name in rest.namelist():
                if name not in archive.NameToInfo:
                    archive.writestr(name, rest.read(name))
    return made


def _hashed(rows: Iterable[Row], update: Callable[[bytes], None]) -> Iterator[Row]:
    for row in rows:
        update(row.encode())
        yield row


def _write_rows(
    archive: ZipFile, headers: Sequence[str], wording: Wording, rows: Iterator[Row]
) -> Sequence[int]:
    """On as many sheets as they need; how many rows stand on each."""
    with _book(headers, wording, (1, 1)) as pattern:
        first, further = (Frame.of(pattern.read(_SHEET.format(number))) for number in (1, 2))
    making, counts = SheetRows(first.styles), list[int]()
    row = next(rows, None)
    while row or not counts:
        frame, some = further if counts else first, chain([row], rows) if row else rows
        with archive.open(_SHEET.format(len(counts) + 1), "w") as sheet:
            sheet.write(frame.before)
            counts.append(making.write(sheet, islice(some, MOST_ROWS)))
            sheet.write(frame.end(counts[-1]))
        row = next(rows, None)
    return counts


def _book(
    headers: Sequence[str],
    wording: Wording,
    counts: Sequence[int],
    finish: Callable[[xlsxwriter.Workbook], None] = lambda book: None,
) -> ZipFile:
    """A workbook with so many sheets of the log, each with a pattern for its rows; `finish` adds others."""
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "bg_color": "#DDE6EE", "text_wrap": True})
        date = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        tenth = book.add_format({"num_format": "0.0"})
        name = wording.text("sheet")
        for number, count in enumerate(counts, start=1):
            sheet = book.add_worksheet(name if number == 1 else f"{name} {number}")
            _lay_out(sheet, headers, bold, count)
            sheet.write_number(1, COLUMNS.index("number"), 0)
            sheet.write_number(1, COLUMNS.index("at"), 0, date)
            sheet.write_number(1, COLUMNS.index("temperature"), 0, tenth)
        finish(book)
    return ZipFile(made)


def _lay_out(sheet: Worksheet, headers: Sequence[str], bold: Format, count: int) -> None:
    for column, (key, header) in enumerate(zip(COLUMNS, headers, strict=True)):
        sheet.set_column(column, column, _WIDTHS[key])
        sheet.write_string(0, column, header, bold)
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)
    sheet.autofilter(0, 0, max(count, 1), len(COLUMNS) - 1)


def _hide(book: xlsxwriter.Workbook, claims: Claims) -> None:
    """What the file claims about itself, for `station export verify`."""
    hidden = book.add_worksheet(MARK.removeprefix("#"))
    hidden.hide()
    hidden.write_string(0, 0, MARK)
    hidden.write_string(0, 1, encode(claims))


def _sum_up(book: xlsxwriter.Workbook, wording: Wording, summary: Summary, claims: Claims) -> None:
    """Counts, reasons, and passages by hour as a chart."""
    sheet = book.add_worksheet(wording.text("summary"))
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 1)
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
