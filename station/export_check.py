"""Checks an exported log: is the file as it was written, and is it what the journal holds?

What was changed, dropped, swapped, repeated or cut off is named by its number and column.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, tzinfo
from enum import StrEnum
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path

from station.core.model import Severity
from station.export_reading import FileRead, Texts, read_export
from station.journal import pruned
from station.journal.connection import open_reader
from station.journal.daily_log import DailyLog, Named
from station.reports import log_claims
from station.reports.log_claims import Claims, ClaimsError
from station.reports.log_lines import line_of
from station.reports.log_table import COLUMNS, PERSONAL, Filter, LogTable, Wording

MOST_FINDINGS = 50


class Trouble(StrEnum):
    NOT_OURS = "not_ours"  # no claims at its end: cut off, or no export of this program
    SIGNATURE = "signature"  # the claims were changed, or are another station's
    OTHER_JOURNAL = "other_journal"  # the journal never stood where the file says
    CHANGED = "changed"
    SOMEWHERE = "somewhere"  # changed, and the journal does not hold the rows any more that would tell where
    PERSONAL = "personal"  # names, houses or kinds of people: of which the journal keeps no copy to compare
    MISSING = "missing"
    EXTRA = "extra"
    ORDER = "order"
    COUNTS = "counts"
    HEADER = "header"  # what stands over the columns
    SUMMARY = "summary"  # the sheet that sums up


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
    on_paper: bool = False  # a PDF: what is printed on it was not compared
    gone: bool = False  # the journal does not hold these entries any more: only the signature was checked

    @property
    def ok(self) -> bool:
        return not self.findings


def check_file(
    path: Path,
    folder: Path,
    zone: tzinfo,
    wording: Callable[[str], Wording],
    public_keys: Sequence[bytes],
    password: str = "",
) -> Checked:
    """Compare. `wording` gives the words of a language.

    Raises PasswordError for an encrypted file; JournalError, NoJournalError, OSError.
    """
    read = read_export(path, password)
    try:
        claims = log_claims.decode(read.told)
    except ClaimsError:
        return Checked(None, (Finding(Trouble.NOT_OURS),))
    findings = [] if log_claims.is_signed(claims, list(public_keys)) else [Finding(Trouble.SIGNATURE)]
    gone = _is_gone(claims, folder)
    if read.rows is None:
        if not findings and not gone and not _stood_there(claims, folder, zone):
            findings.append(Finding(Trouble.OTHER_JOURNAL))
        return Checked(claims, tuple(findings), on_paper=True, gone=gone)
    findings += _of_rows(
        read.rows, claims, gone=gone, signed=not findings, journal=(folder, zone), wording=wording
    )
    if not findings:
        findings += _around_the_rows(read, claims, wording(claims.language))
    return Checked(claims, tuple(findings[:MOST_FINDINGS]), gone=gone)


def _of_rows(
    rows: list[Texts],
    claims: Claims,
    *,
    gone: bool,
    signed: bool,
    journal: tuple[Path, tzinfo],
    wording: Callable[[str], Wording],
) -> Iterator[Finding]:
    lines = sha256("".join(map(line_of, rows)).encode()).hexdigest()
    if lines == claims.content and signed:
        if not gone and not _stood_there(claims, *journal):
            yield Finding(Trouble.OTHER_JOURNAL)
        elif len(rows) != claims.rows:
            yield Finding(Trouble.COUNTS)
    elif gone:
        if lines != claims.content:
            yield Finding(Trouble.SOMEWHERE)
    else:
        found = list(_against_journal(rows, claims, *journal, wording(claims.language)))
        yield from found or ([Finding(Trouble.PERSONAL)] if signed else [])


def _around_the_rows(read: FileRead, claims: Claims, wording: Wording) -> Iterator[Finding]:
    """The words over the columns and the sheet that sums up, beside rows that are as they were.

    A file in another language than is spoken now cannot be compared: its words are not known.
    """
    headers = tuple(wording.header(column) for column in COLUMNS)
    if claims.language != ("zh" if "\u4e00" <= headers[0][0] <= "\u9fff" else "en"):
        return
    if read.headers != {headers}:
        yield Finding(Trouble.HEADER)
    if read.summary is not None and not _sums_up(read.summary, read.rows or [], claims, wording):
        yield Finding(Trouble.SUMMARY)


def _sums_up(lines: Sequence[Texts], rows: Sequence[Texts], claims: Claims, wording: Wording) -> bool:
    """Whether a sheet says how many passed, how they were judged, and in which hour."""
    verdicts = [wording.verdict(severity) for severity in Severity]
    hours = Counter((row[1][11:13], row[4]) for row in rows)
    said = [(wording.text("passages"), str(claims.rows))]
    said += [(wording.verdict(one), str(claims.counts.get(one.word, 0))) for one in Severity]
    by_hour = [
        (f"{hour:02}:00", *(str(hours[f"{hour:02}", verdict]) for verdict in verdicts)) for hour in range(24)
    ]
    table = [(wording.text("hour"), *verdicts), *by_hour]
    return list(lines[2:6]) == said and table == [line for line in lines if len(line) == len(verdicts) + 1]


def _is_gone(claims: Claims, folder: Path) -> bool:
    """Whether entries that the file holds, or the one it names, have left the journal (`pruning`)."""
    first = claims.head_number if claims.first is None else min(claims.first, claims.head_number)
    with closing(open_reader(folder)) as connection:
        return any(
            one.incarnation == claims.incarnation and first <= one.upto
            for one in pruned.all_pruned(connection)
        )


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
