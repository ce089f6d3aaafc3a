"""Exports the daily log to a file, and checks an exported file against the journal.

A file is there whole or not at all: it is written under another name in the same folder, synced, and renamed.
"""

from __future__ import annotations

import glob
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from enum import StrEnum
from functools import partial
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from station.core.audit import Audited, Event
from station.core.model import Severity
from station.core.operators import Who
from station.journal.daily_log import DailyLog
from station.journal.durable import sync_folder
from station.journal.vault import Vault
from station.reports import log_claims
from station.reports.log_claims import Claims
from station.reports.log_csv import write_csv
from station.reports.log_table import Filter, LogTable, Row, Summary, Wording

_PART = ".part"
_STALE_S = 600.0  # nothing was written to it for so long

Progress = Callable[[int, int], None]  # entries seen, of so many; may raise, and then there is no file


class Format(StrEnum):
    CSV = ".csv"
    XLSX = ".xlsx"
    PDF = ".pdf"


class ExportError(Exception):
    """Nothing was exported; the message is for support, the words for people are where it is caught."""


class TooManyRowsError(ExportError):
    """More than anybody prints."""


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
    pruned: int = 0  # passages of these days that left the journal: of them there are only figures


def export(
    folder: Path,
    vault: Vault,
    order: Order,
    target: Path,
    wording: Wording,
    *,
    now: datetime,
    progress: Progress = lambda done, most: None,
    record: Callable[[Exported], None] = lambda made: None,
) -> Exported:
    """Write the log to `target`, whose ending says the format. Replaces a file of that name.

    `record` puts it on record before there is a file of that name: if it raises, there is none. What is
    encrypted is never on the disk in clear.
    Raises ExportError, JournalError, NoJournalError, VaultError, OSError; then `target` is as it was.
    """
    format_of(target)
    with _whole(target) as path:
        made = _made(folder, vault, order, target, path, wording, now, progress)
        record(made)
    return made


def _made(
    folder: Path,
    vault: Vault,
    order: Order,
    target: Path,
    path: Path,
    wording: Wording,
    now: datetime,
    progress: Progress,
) -> Exported:
    """Of itself, so that its megabytes are free again for whoever records it."""
    kind = format_of(target)
    with DailyLog.open(folder, order.first, order.last, order.zone) as log:
        table = LogTable(wording, order.zone, partial(log.person, vault), order.chosen, masked=order.masked)
        pages = table.pages(log.passages(progress))
        claims = partial(_claims, log, order, table, vault, now)
        with _opened(path, _without_zip(target).name, order.password) as file:
            written = _write(kind, file, table, pages, claims, wording)
        return Exported(target, written, table.summary, log.pruned)


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


def _write(
    kind: Format,
    file: BinaryIO,
    table: LogTable,
    pages: Iterator[Sequence[Row]],
    claims: Callable[[str], Claims],
    wording: Wording,
) -> Claims:
    if kind is Format.CSV:
        return write_csv(file, table.headers, pages, claims)
    rows = chain.from_iterable(pages)
    if kind is Format.XLSX:
        from station.reports.log_xlsx import write_xlsx  # 60 ms that only this needs

        return write_xlsx(file, table.headers, rows, claims, wording=wording, summary=lambda: table.summary)
    return _write_pdf(file, table, rows, claims, wording)


def _write_pdf(
    file: BinaryIO, table: LogTable, rows: Iterator[Row], claims: Callable[[str], Claims], wording: Wording
) -> Claims:
    from station.reports.log_pdf import MOST_ROWS, write_pdf

    kept: list[Row] = []
    content = sha256()
    for row in rows:
        content.update(row.encode())
        kept.append(row)
        if len(kept) > MOST_ROWS:
            raise TooManyRowsError(f"more than {MOST_ROWS} rows do not go on paper: choose CSV or XLSX")
    made = claims(content.hexdigest())
    write_pdf(file, kept, made, wording=wording, summary=table.summary)
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
    """A name to write to, its owner's only, which becomes `target` at the end if all went well."""
    _remove_stale(target)
    path = target.with_name(f".{target.name}.{os.getpid()}{_PART}")
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        yield path
        with path.open("rb+") as file:
            os.fsync(file.fileno())
        path.replace(target)
        sync_folder(target.absolute().parent)
    finally:
        path.unlink(missing_ok=True)


def _remove_stale(target: Path) -> None:
    """What an export that was killed left behind."""
    for path in target.parent.glob(f".{glob.escape(target.name)}.*{_PART}"):
        if time.time() - path.stat().st_mtime > _STALE_S:
            path.unlink(missing_ok=True)


@contextmanager
def _opened(path: Path, name: str, password: str) -> Iterator[BinaryIO]:
    """The file, or with a password a zip with AES-256 (WinZip AE-2), which 7-Zip, WinRAR and macOS open."""
    if not password:
        with path.open("wb") as file:
            yield file
        return
    import pyzipper

    with path.open("wb") as file:
        archive = pyzipper.AESZipFile(
            file, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES
        )
        try:
            archive.setpassword(password.encode())
            with archive.open(name, "w", force_zip64=True) as inner:
                yield inner
            archive.close()
        except BaseException:
            archive.fp = None  # closing would write more, fail again and hide why
            raise
