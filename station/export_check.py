"""Checks an exported log: is the file as it was written, and is it what the journal holds?

What was changed, dropped, swapped, repeated or cut off is named by its number and column.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from station.core.model import Severity
from station.journal.daily_log import DailyLog, Named
from station.reports import log_claims
from station.reports.log_claims import MARK, Claims, ClaimsError
from station.reports.log_lines import line_of
from station.reports.log_table import COLUMNS, PERSONAL, Filter, LogTable, Wording

MOST_FINDINGS = 50


class Trouble(StrEnum):
    NOT_OURS = "not_ours"  # no claims at its end: cut off, or no export of this program
    SIGNATURE = "signature"  # the claims were changed, or are another station's
    OTHER_JOURNAL = "other_journal"  # the journal never stood where the file says
    CHANGED = "changed"
    PERSONAL = "personal"  # names, houses or kinds of people: of which the journal keeps no copy to compare
    MISSING = "missing"
    EXTRA = "extra"
    ORDER = "order"
    COUNTS = "counts"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was exported."""

    what: Trouble
    number: str = ""  # of the row, as it stands in the file or should
    column: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    claims: Claims | None
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        return not self.findings


Texts = tuple[str, ...]


def check_file(
    path: Path,
    folder: Path,
    zone: tzinfo,
    wording: Callable[[str], Wording],
    public_keys: Sequence[bytes],
) -> Checked:
    """Compare. `wording` gives the words of a language. Raises JournalError, NoJournalError, OSError."""
    rows, told = _read(path)
    try:
        claims = log_claims.decode(told)
    except ClaimsError:
        return Checked(None, (Finding(Trouble.NOT_OURS),))
    findings: list[Finding] = []
    if not log_claims.is_signed(claims, list(public_keys)):
        findings.append(Finding(Trouble.SIGNATURE))
    lines = sha256("".join(map(line_of, rows)).encode()).hexdigest()
    if lines != claims.content or findings:
        findings += _against_journal(rows, claims, folder, zone, wording(claims.language))
        findings += [] if findings else [Finding(Trouble.PERSONAL)]
    elif not _stood_there(claims, folder, zone):
        findings.append(Finding(Trouble.OTHER_JOURNAL))
    if len(rows) != claims.rows and not findings:
        findings.append(Finding(Trouble.COUNTS))
    return Checked(claims, tuple(findings[:MOST_FINDINGS]))


def _read(path: Path) -> tuple[list[Texts], str]:
    """The rows as texts, and the claims; none of a workbook that is cut off or damaged."""
    if path.suffix.lower() == ".xlsx":
        try:
            return _read_xlsx(path)
        except CalamineError:
            return [], ""
    text = path.read_bytes().decode("utf-8-sig", "replace")
    rows = [tuple(row) for row in csv.reader(io.StringIO(text, newline=""))]
    if rows and len(rows[-1]) == 2 and rows[-1][0] == MARK:
        return rows[1:-1], rows[-1][1]
    return rows[1:], ""


def _read_xlsx(path: Path) -> tuple[list[Texts], str]:
    book = CalamineWorkbook.from_path(str(path))
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
    return rows, told


def _from_sheet(cell: object, column: str) -> str:
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    if isinstance(cell, float) and column == "temperature":
        return f"{cell:.1f}"
    if isinstance(cell, float):
        return str(int(cell))
    return str(cell)


def _stood_there(claims: Claims, folder: Path, zone: tzinfo) -> bool:
    try:
        with _log(claims, folder, zone) as log:
            return log.end.hash.hex() == claims.head
    except LookupError:
        return False


def _log(claims: Claims, folder: Path, zone: tzinfo) -> DailyLog:
    first, last = date.fromisoformat(claims.first_day), date.fromisoformat(claims.last_day)
    return DailyLog.open(folder, first, last, zone, as_of=(claims.incarnation, claims.head_number))


def _against_journal(
    rows: list[Texts], claims: Claims, folder: Path, zone: tzinfo, wording: Wording
) -> Iterator[Finding]:
    """What differs from what the journal gives now for the same order, as of the same entry."""
    try:
        with _log(claims, folder, zone) as log:
            if claims.head_number and log.end.hash.hex() != claims.head:
                yield Finding(Trouble.OTHER_JOURNAL)
                return
            chosen = Filter(
                frozenset(Severity(one) for one in claims.verdicts), instruments=frozenset(claims.instruments)
            )
            table = LogTable(wording, zone, lambda person_id: Named(), chosen, masked=True)
            expected = [tuple(cells) for cells in csv.reader(table.rows(log))]
    except LookupError:
        yield Finding(Trouble.OTHER_JOURNAL)
        return
    yield from _differences(rows, expected, complete=not (claims.categories or claims.house))


def _differences(rows: list[Texts], expected: list[Texts], *, complete: bool) -> Iterator[Finding]:
    """`complete`: every expected row has to be there; else some were chosen by what is not known any more."""
    # Numbers begin again in another incarnation: then the time tells rows apart.
    width = 1 if len({row[0] for row in expected}) == len(expected) else 2
    there = {row[:width]: row for row in expected}
    seen: dict[Texts, None] = {}  # in the order of the file
    for row in rows:
        key = row[:width]
        if key not in there or key in seen:
            yield Finding(Trouble.EXTRA, row[0] if row else "")
            continue
        seen[key] = None
        yield from _changed(row, there[key])
    if complete:
        yield from (Finding(Trouble.MISSING, key[0]) for key in there if key not in seen)
    if list(seen) != [key for key in there if key in seen]:
        yield Finding(Trouble.ORDER)


def _changed(row: Texts, expected: Texts) -> Iterator[Finding]:
    for column, cell, right in zip_longest(COLUMNS, row, expected, fillvalue=""):
        if column in PERSONAL:
            continue  # the roster of that moment is not kept: the signature over the whole covers them
        if cell != right:
            yield Finding(Trouble.CHANGED, row[0], column)
