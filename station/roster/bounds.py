"""Whether a workbook is small enough to be opened at all. Read before the reader that believes the file.

A sheet is laid out in memory from its first cell to its last, so one stray cell in XFD1048576, which a copied
format leaves behind, asks for 400 GB, and the process is gone. A zip of 400 kB may hold 400 MB. So the sizes
that the zip states, and the places that its cells name, are looked at first.
"""

from __future__ import annotations

import io
import re
import zipfile

from station.roster.problems import FileError, FileTrouble

MOST_CELLS = 4_000_000  # 20,000 rows of 200 columns; beyond, it is no list of people
MOST_COLUMNS = 1000  # looking for the header takes 15 µs a cell: a row of a million would take half a minute
MOST_ROWS = 300_000  # of all sheets, that are not empty; ten megabytes may be five million
MOST_LINES = 1_200_000  # of CSV, empty ones too: Excel has 1,048,576 and saves them all
LONGEST_LINE = 1_000_000  # characters of CSV
MOST_BYTES = 256 * 1024 * 1024  # of a file, and of what its zip holds: 60 bytes for each of those cells
LONGEST_CELL = 32_767  # characters, Excel's own limit

_PLACE = re.compile(rb"""\br=["']([A-Za-z]*)([0-9]+)["']""")  # of a row: 12; of a cell: AB12
_NO_TABLE = re.compile(r"(^|/)(sharedStrings|styles)\.xml$|/theme/")
_BINARY = "xl/workbook.bin"  # XLSB tells no places that could be looked at


def check_workbook(content: bytes, *, most_cells: int = MOST_CELLS, most_bytes: int = MOST_BYTES) -> None:
    """Raises FileError for a zip that is none, or that holds far more than a list of people."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            _check(book, most_cells, most_bytes)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError) as error:
        raise FileError(FileTrouble.DAMAGED) from error


def _check(book: zipfile.ZipFile, most_cells: int, most_bytes: int) -> None:
    members = book.infolist()
    if _BINARY in book.namelist():
        raise FileError(FileTrouble.DAMAGED)
    if sum(member.file_size for member in members) > most_bytes:
        raise FileError(FileTrouble.TOO_LARGE)
    for member in members:
        if member.filename.endswith(".xml") and not _NO_TABLE.search(member.filename):
            _check_places(book.read(member), most_cells)


def _check_places(sheet: bytes, most_cells: int) -> None:
    rows = columns = 0
    for place in _PLACE.finditer(sheet):
        rows = max(rows, int(place[2][:10]))
        columns = max(columns, _column(place[1][:7]))
    if rows * columns > most_cells:
        raise FileError(FileTrouble.TOO_LARGE)


def _column(letters: bytes) -> int:
    """A is 1, Z is 26, AA is 27; a row's own number names none, and has one cell at least."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return max(1, number)
