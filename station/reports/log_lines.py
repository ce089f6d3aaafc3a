"""A row of the log as one line of CSV (RFC 4180), always the same bytes, which are written and hashed.

Text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, "CSV injection"); so
does text that begins with one, so that reading it back is exact.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable

from station.core.formulas import FORMULA_STARTS

_FORMULA = (*FORMULA_STARTS, "'")
_QUOTED = re.compile(r'[",\r\n]')
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # no XML may hold these


def guarded(text: str) -> str:
    """Text that no spreadsheet calculates, without what no file may hold."""
    clean = _CONTROL.sub("", text)
    return f"'{clean}" if clean.startswith(_FORMULA) else clean


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text.removeprefix("'")


def quoted(text: str) -> str:
    """As it stands between two commas."""
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def unquoted(cell: str) -> str:
    """What `quoted` was given."""
    return cell[1:-1].replace('""', '"') if cell.startswith('"') else cell


def cell(text: str) -> str:
    """Any text as a cell of a line."""
    return quoted(guarded(text))


def line_of(texts: Iterable[str]) -> str:
    """The line of texts that are guarded already, with its end."""
    return ",".join(map(quoted, texts)) + "\r\n"


def cells_of(line: str) -> list[str]:
    """The texts of a line, guarded as they are."""
    return next(csv.reader((line,)))
