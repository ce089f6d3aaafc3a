"""Exports the daily log to a file, and checks an exported file against the journal.

A file is there whole or not at all: it is written under another name in the same folder, synced, and renamed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from enum import StrEnum
from functools import partial
from pathlib import Path

from station.core.audit import Audited, Event
from station.core.model import Severity
from station.core.operators import Who
from station.journal.daily_log import DailyLog, LoggedPassage
from station.journal.durable import sync_folder
from station.journal.vault import Vault
from station.reports import log_claims
from station.reports.log_claims import Claims
from station.reports.log_csv import write_csv
from station.reports.log_table import Filter, LogTable, Row, Summary, Wording

TOLD_EVERY = 5000  # rows

Progress = Callable[[int, int], None]  # rows done, rows at most; may raise Cancelled


class Format(StrEnum):
    CSV = ".csv"
    XLSX = ".xlsx"
    PDF = ".pdf"


class ExportError(Exception):
    """Nothing was exported; the message is for support, the words for people are where it is caught."""


class Cancelled(ExportError):  # noqa: N818 - it is no error, but it ends the same way
    """Whoever asked for it does not want it any more."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be exported. `password` encrypts the file (AES, as a zip that common programs open)."""

    first: date
    last: date
    zone: tzinfo
    gate: str
    language: str
    chosen: Filter = field(default_factory=Filter)
    masked: bool = True
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, and where."""

    path: Path
    claims: Claims
    summary: Summary


def export(
    folder: Path,
    vault: Vault,
    order: Order,
    target: Path,
    wording: Wording,
    *,
    now: datetime,
    progress: Progress = lambda done, most: None,
) -> Exported:
    """Write the log to `target`, whose ending says the format. Replaces a file of that name.

    Raises ExportError, JournalError, NoJournalError, VaultError, OSError; then `target` is as it was.
    """
    kind = format_of(target)
    with DailyLog.open(folder, order.first, order.last, order.zone) as log:
        table = LogTable(wording, order.zone, partial(log.person, vault), order.chosen, masked=order.masked)
        rows = table.rows(_telling(log, log.most, progress))
        claims = partial(_claims, log, order, table, vault, now)
        with _whole(target) as path:
            inner = path if not order.password else path.with_name(f"{path.name}.plain")
            try:
                made = _write(kind, inner, table, rows, claims, wording)
                if order.password:
                    _encrypt(inner, path, _without_zip(target).name, order.password)
            finally:
                if order.password:
                    inner.unlink(missing_ok=True)
    return Exported(target, made, table.summary)


def exported(order: Order, made: Exported, who: Who, reason: str = "") -> Event:
    """What goes on record of an export: what, of which days, how much, whether masked; never its contents.

    A house is a filter too; it is named only as being one.
    """
    chosen = order.chosen
    filters = sorted(chosen.verdicts) + sorted(chosen.categories) + sorted(chosen.instruments)
    named = [*map(str, filters), *(["house"] if chosen.house else [])]
    facts = (
        ("days", f"{order.first.isoformat()}/{order.last.isoformat()}"),
        ("rows", str(made.claims.rows)),
        ("masked", "yes" if order.masked else "no"),
        ("encrypted", "yes" if order.password else "no"),
        ("format", format_of(made.path).value),
    )
    return Event(
        Audited.EXPORTED,
        who,
        made.claims.head,
        (*facts, *([("filters", ", ".join(named))] if named else [])),
        reason,
    )


def format_of(target: Path) -> Format:
    """By its ending, before `.zip` if it is encrypted. Raises ExportError."""
    ending = _without_zip(target).suffix.lower()
    if ending not in set(Format):
        raise ExportError(f"{target.name}: .csv, .xlsx or .pdf")
    return Format(ending)


def _without_zip(target: Path) -> Path:
    return target.with_suffix("") if target.suffix.lower() == ".zip" else target


def _telling(log: DailyLog, most: int, progress: Progress) -> Iterator[LoggedPassage]:
    """The passages, and how far it is."""
    done = 0
    for done, passage in enumerate(log, start=1):
        if done % TOLD_EVERY == 0:
            progress(done, most)
        yield passage
    progress(done, done)


def _write(
    kind: Format,
    path: Path,
    table: LogTable,
    rows: Iterator[Row],
    claims: Callable[[str], Claims],
    wording: Wording,
) -> Claims:
    if kind is Format.CSV:
        with path.open("wb") as file:
            return write_csv(file, table.headers, rows, claims)
    if kind is Format.XLSX:
        from station.reports.log_xlsx import write_xlsx  # 60 ms that only this needs

        return write_xlsx(path, table.headers, rows, claims, wording=wording, summary=lambda: table.summary)
    return _write_pdf(path, table, rows, claims, wording)


def _write_pdf(
    path: Path, table: LogTable, rows: Iterator[Row], claims: Callable[[str], Claims], wording: Wording
) -> Claims:
    from hashlib import sha256

    from station.reports.log_lines import line
    from station.reports.log_pdf import MOST_ROWS, write_pdf

    kept: list[Row] = []
    content = sha256()
    for row in rows:
        content.update(line(row).encode())
        kept.append(row)
        if len(kept) > MOST_ROWS:
            raise ExportError(f"more than {MOST_ROWS} rows do not go on paper: choose CSV or XLSX")
    made = claims(content.hexdigest())
    write_pdf(path, kept, made, wording=wording, summary=table.summary)
    return made


def _claims(
    log: DailyLog, order: Order, table: LogTable, vault: Vault, now: datetime, content: str
) -> Claims:
    summary, chosen = table.summary, order.chosen
    claims = Claims(
        gate=order.gate,
        first_day=order.first.isoformat(),
        last_day=order.last.isoformat(),
        language=order.language,
        masked=order.masked,
        verdicts=tuple(sorted(chosen.verdicts)),
        categories=tuple(sorted(chosen.categories)),
        house=chosen.house,
        instruments=tuple(sorted(chosen.instruments)),
        rows=summary.passages,
        first=summary.first,
        last=summary.last,
        counts={severity.word: summary.verdicts.get(severity, 0) for severity in Severity},
        incarnation=log.end.incarnation,
        head_number=log.end.number,
        head=log.end.hash.hex(),
        content=content,
        made_at=now.astimezone(order.zone).isoformat(" ", "seconds"),
    )
    return log_claims.sign(claims, vault.sign)


@contextmanager
def _whole(target: Path) -> Iterator[Path]:
    """A name to write to, which becomes `target` at the end if all went well."""
    path = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield path
        with path.open("rb+") as file:
            os.fsync(file.fileno())
        path.replace(target)
        sync_folder(target.absolute().parent)
    finally:
        path.unlink(missing_ok=True)


def _encrypt(plain: Path, path: Path, name: str, password: str) -> None:
    """A zip with AES-256 (WinZip AE-2), which 7-Zip, WinRAR and macOS open with the password."""
    import pyzipper

    with pyzipper.AESZipFile(
        path, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES
    ) as archive:
        archive.setpassword(password.encode())
        archive.write(plain, name)
