"""The rows that could not be taken, as a table to correct and import again: with a column 问题 in front.

Nothing in it runs as a formula: cells of XLSX are texts; in CSV what begins like a formula gets an apostrophe
(owasp.org, CSV Injection), and long numbers a tab, without which Excel would make floats of them again. The
importer takes both off.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

import xlsxwriter

from station.core.formulas import FORMULA_STARTS
from station.roster.problems import Problem
from station.roster.rows import PeopleList, ReadRow

PROBLEM, ROW = "问题", "原行号"  # the file's own language, whatever the screen's
_LONG_NUMBER = re.compile(r"\d{12,}")

Words = Callable[[Problem], str]


def to_csv(people: PeopleList, wrong: Iterable[ReadRow], words: Words) -> bytes:
    """As Excel in China opens it by a double click: UTF-8 with a byte order mark."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    by_sheet = _by_sheet(people, wrong)
    for _, table in _tables(people, by_sheet, words):
        writer.writerows([_harmless(cell) for cell in row] for row in table)
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")


def to_xlsx(people: PeopleList, wrong: Iterable[ReadRow], words: Words) -> bytes:
    """With the sheets of the file, every cell a text."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        as_text, as_problem = book.add_format({"num_format": "@"}), book.add_format({"font_color": "#B00000"})
        for name, table in _tables(people, _by_sheet(people, wrong), words):
            sheet = book.add_worksheet(name or None)
            sheet.set_column(0, 0, 36)
            for row, cells in enumerate(table):
                for column, cell in enumerate(cells):
                    sheet.write_string(row, column, cell[:32767], as_text if column else as_problem)
    return content.getvalue()


def _by_sheet(people: PeopleList, wrong: Iterable[ReadRow]) -> dict[int, list[ReadRow]]:
    found: dict[int, list[ReadRow]] = {}
    for row in wrong:
        found.setdefault(row.sheet, []).append(row)
    return found


def _tables(
    people: PeopleList, by_sheet: dict[int, list[ReadRow]], words: Words
) -> Iterator[tuple[str, list[Sequence[str]]]]:
    for index, rows in sorted(by_sheet.items()):
        header = people.headers[index]
        titles = header.titles if header else ()
        table: list[Sequence[str]] = [(PROBLEM, ROW, *titles)]
        table += [(_said(row, words), str(row.row.number), *row.row.cells) for row in rows]
        yield people.sheets[index].name, table


def _said(row: ReadRow, words: Words) -> str:
    return "；".join(dict.fromkeys(words(problem) for problem in row.problems if problem.serious))


def _harmless(cell: str) -> str:
    if cell.startswith(FORMULA_STARTS):
        return f"'{cell}"
    return f"{cell}\t" if _LONG_NUMBER.fullmatch(cell) else cell
