"""A row of the log as one line of CSV (RFC 4180), always the same bytes, which are written and hashed.

Text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, "CSV injection"); so
does text that begins with one, so that reading it back is exact.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from datetime import datetime

from station.reports.log_table import Cell, Row

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
_APART = "\x1f"  # never in a cell: control characters are taken out
_SPECIAL = re.compile(r"[\",\r\n]|\x1f[=+\-@\t']|[\x00-\x08\x0b\x0c\x0e-\x1e]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


def text_of(cell: Cell) -> str:
    """A cell as it is read: times to the second, temperatures in °C to a tenth."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float):
        return f"{cell:.1f}"
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    return "" if cell is None else str(cell)


def guarded(text: str) -> str:
    """Text that no spreadsheet calculates, without what no file may hold."""
    clean = _CONTROL.sub("", text)
    return f"'{clean}" if clean.startswith(_FORMULA) else clean


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text.removeprefix("'")


def line(row: Row) -> str:
    """The line of a row, with its end."""
    joined = _APART.join([cell if cell.__class__ is str else text_of(cell) for cell in row])
    if _SPECIAL.search(joined) or joined.count(_APART) >= len(row):
        return quoted(guarded(cell) if isinstance(cell, str) else text_of(cell) for cell in row)
    return joined.replace(_APART, ",") + "\r\n"


def quoted(texts: Iterable[str]) -> str:
    """A line of any texts, quoted where they have to be."""
    out = io.StringIO()
    csv.writer(out).writerow(texts)
    return out.getvalue()
