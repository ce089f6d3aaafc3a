"""Reads an exported log back: its rows as texts, and what it says about itself. Also out of an encrypted zip.

Of a PDF only the claims are read, which are attached to it: what is printed on its pages is a picture.
"""

from __future__ import annotations

import csv
import io
import re
import zlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zipfile import BadZipFile

from python_calamine import CalamineError, CalamineWorkbook

from station.reports.log_claims import MARK
from station.reports.log_table import COLUMNS

Texts = tuple[str, ...]


class PasswordError(Exception):
    """The file is encrypted, and this password does not open it; empty: there was none."""


@dataclass(frozen=True, slots=True)
class FileRead:
    rows: list[Texts] | None  # None: on paper, they cannot be read back
    told: str  # the claims as they stand there; empty: none


def read_export(path: Path, password: str = "") -> FileRead:
    """Nothing is told by a file that is cut off or damaged. Raises PasswordError, OSError."""
    content, ending = path.read_bytes(), path.suffix.lower()
    if ending == ".zip":
        content, ending = _unpacked(content, password)
    if ending == ".pdf":
        return FileRead(None, _attached(content))
    if ending == ".xlsx":
        try:
            return _read_xlsx(content)
        except CalamineError:
            return FileRead([], "")
    return _read_csv(content)


def _unpacked(content: bytes, password: str) -> tuple[bytes, str]:
    """The one file of a zip and its ending; nothing of one that is damaged."""
    import pyzipper

    try:
        with pyzipper.AESZipFile(io.BytesIO(content)) as archive:
            archive.setpassword(password.encode())
            name = archive.namelist()[0]
            return archive.read(name), Path(name).suffix.lower()
    except RuntimeError as error:  # its word for a password that is missing or wrong
        raise PasswordError from error
    except (BadZipFile, pyzipper.BadZipFile, zlib.error, EOFError, IndexError):
        return b"", ""


def _read_csv(content: bytes) -> FileRead:
    text = content.decode("utf-8-sig", "replace")
    rows = [tuple(row) for row in csv.reader(io.StringIO(text, newline=""))]
    if rows and len(rows[-1]) == 2 and rows[-1][0] == MARK:
        return FileRead(rows[1:-1], rows[-1][1])
    return FileRead(rows[1:], "")


def _read_xlsx(content: bytes) -> FileRead:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    names = book.sheet_names
    hidden = MARK.removeprefix("#")
    told = ""
    if hidden in names:
        claims = book.get_sheet_by_name(hidden).to_python()
        told = str(claims[0][1]) if claims and len(claims[0]) == 2 else ""
    rows: list[Texts] = []
    for name in names[:-2] if told else names:
        for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)[1:]:
            rows.append(tuple(_from_sheet(cell, column) for cell, column in zip(row, COLUMNS, strict=False)))
    return FileRead(rows, told)


def _from_sheet(cell: object, column: str) -> str:
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    if isinstance(cell, float) and column == "temperature":
        return f"{cell:.1f}"
    if isinstance(cell, float):
        return str(int(cell))
    return str(cell)


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
        raw = zlib.decompress(stream[2]) if b"FlateDecode" in stream[1] else stream[2]
    except zlib.error:
        return ""
    return raw.decode("utf-8", "replace")
