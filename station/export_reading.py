"""Reads an exported log back: its rows as texts, and what it says about itself. Also out of an encrypted zip.

Of a PDF only the claims are read, which are attached to it: what is printed on its pages is a picture.
"""

from __future__ import annotations

import csv
import io
import lzma
import math
import re
import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from zipfile import BadZipFile

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from station.reports.log_claims import MARK
from station.reports.log_table import COLUMNS
from station.roster.bounds import check_workbook
from station.roster.problems import FileError

Texts = tuple[str, ...]
# Whoever hands a file in may mean ill: 1,000,000 rows are 205 MB as CSV, and 880 MB of XML in an XLSX.
MOST_BYTES, MOST_OF_WORKBOOK, MOST_CELLS = 512 * 2**20, 2**30, 12_000_000
_MOST_TOLD = 2**20


class PasswordError(Exception):
    """The file is encrypted, and this password does not open it; empty: there was none."""


@dataclass(frozen=True, slots=True)
class FileRead:
    rows: list[Texts] | None  # None: on paper, they cannot be read back
    told: str  # the claims as they stand there; empty: none
    headers: frozenset[Texts] = frozenset()  # what stands over the rows of each sheet
    summary: tuple[Texts, ...] | None = None  # the sheet that sums up, where there is one


_NOTHING = FileRead([], "")


def read_export(path: Path, password: str = "") -> FileRead:
    """Nothing is told by a file that is cut off, damaged or too large for ours.

    Raises PasswordError, OSError.
    """
    if path.stat().st_size > MOST_BYTES:
        return _NOTHING
    content, ending = path.read_bytes(), path.suffix.lower()
    if ending == ".zip":
        content, ending = _unpacked(content, password)
    if ending == ".pdf":
        return FileRead(None, _attached(content))
    try:
        return _read_xlsx(content) if ending == ".xlsx" else _read_csv(content)
    except (CalamineError, FileError, csv.Error):
        return _NOTHING


def _unpacked(content: bytes, password: str) -> tuple[bytes, str]:
    """The one file of a zip and its ending; nothing of one that is damaged, or holds more than that."""
    import pyzipper

    try:
        with pyzipper.AESZipFile(io.BytesIO(content)) as archive:
            archive.setpassword(password.encode())
            (one,) = archive.infolist()
            if one.file_size > MOST_BYTES:
                return b"", ""
            return archive.read(one), Path(one.filename).suffix.lower()
    except NotImplementedError:  # packed as we never do
        return b"", ""
    except RuntimeError as error:  # its word for a password that is missing or wrong
        raise PasswordError from error
    except (BadZipFile, pyzipper.BadZipFile, zlib.error, lzma.LZMAError, EOFError, ValueError, struct.error):
        return b"", ""


def _read_csv(content: bytes) -> FileRead:
    with io.TextIOWrapper(io.BytesIO(content), "utf-8-sig", "replace", newline="") as text:
        rows = [tuple(row) for row in csv.reader(text)]
    headers = frozenset(rows[:1])
    if rows and len(rows[-1]) == 2 and rows[-1][0] == MARK:
        return FileRead(rows[1:-1], rows[-1][1], headers)
    return FileRead(rows[1:], "", headers)


def _read_xlsx(content: bytes) -> FileRead:
    check_workbook(content, most_cells=MOST_CELLS, most_bytes=MOST_OF_WORKBOOK)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    names, told = book.sheet_names, ""
    hidden = MARK.removeprefix("#")
    if hidden in names:
        claims = book.get_sheet_by_name(hidden).to_python()
        told = str(claims[0][1]) if claims and len(claims[0]) == 2 else ""
    if not told:
        return FileRead(_rows(book, names), "")
    log, summary = names[:-2], book.get_sheet_by_name(names[-2])
    headers = frozenset(_texts(row) for name in log for row in book.get_sheet_by_name(name).to_python()[:1])
    return FileRead(_rows(book, log), told, headers, tuple(_summed(summary)))


def _rows(book: CalamineWorkbook, names: Iterable[str]) -> list[Texts]:
    return [
        tuple(_from_sheet(cell, column) for cell, column in zip(row, COLUMNS, strict=False))
        for name in names
        for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)[1:]
    ]


def _summed(sheet: CalamineSheet) -> Iterable[Texts]:
    """Line by line, without the empty cells."""
    for row in sheet.to_python():
        yield tuple(text for text in _texts(row) if text)


def _texts(row: Iterable[object]) -> Texts:
    return tuple(_from_sheet(cell, "") for cell in row)


def _from_sheet(cell: object, column: str) -> str:
    if isinstance(cell, date) and not isinstance(cell, datetime):
        cell = datetime.combine(cell, time())  # midnight to the second comes as a day
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    if not isinstance(cell, float) or not math.isfinite(cell):
        return str(cell)
    if column == "temperature" and round(cell, 1) == cell:
        return f"{cell:.1f}"
    return str(int(cell)) if cell.is_integer() else str(cell)


def _attached(content: bytes) -> str:
    """The claims in a PDF that `log_pdf` wrote."""
    found = re.search(rb"/EF <</F (\d+) 0 R>>", content)
    if not found:
        return ""
    stream = re.search(
        rb"\n" + found[1] + rb" 0 obj\n<<(.*?)>>\nstream\n(.*?)\nendstream", content, re.DOTALL
    )
    if not stream:
        return ""
    try:
        packed = b"FlateDecode" in stream[1]
        raw = zlib.decompressobj().decompress(stream[2], _MOST_TOLD) if packed else stream[2]
    except zlib.error:
        return ""
    return raw.decode("utf-8", "replace")
