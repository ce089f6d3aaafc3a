"""District exports: the daily log of a branch as CSV, XLSX or Parquet. Whole or not at all."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

import xlsxwriter

from center.exporting import csv_lines, hex_of, moment, neutral
from center.folder import make_folder
from center.parquet import Column, Kind, write_parquet
from center.scope import Scope
from center.store import SqlStore, of_days
from center.store.database import Connection
from center.store.export_jobs import ExportJob
from station.journal.masking import mask_name

FORMATS = ("csv", "xlsx", "parquet")
KEPT_MS = 24 * 3600 * 1000
STALE_MS = 10 * 60 * 1000  # no word of it for so long: whoever made it is gone
_STEP = 2000  # entries between two looks at whether it is still wanted
_DAY_MS = 86_400_000
_SHEET_ROWS = 500_000  # Excel bears 1,048,576
_PART = ".part"
_RESULTS = ("通行", "复核", "禁止")

COLUMNS = (
    Column("时间", Kind.MOMENT),
    Column("大门电脑的时间", Kind.MOMENT),
    Column("误差秒", Kind.NUMBER),
    Column("所属", Kind.TEXT),
    Column("大门", Kind.TEXT),
    Column("通道", Kind.TEXT),
    Column("方向", Kind.TEXT),
    Column("结果", Kind.TEXT),
    Column("原因", Kind.TEXT),
    Column("收尾", Kind.TEXT),
    Column("体温", Kind.NUMBER),
    Column("部位", Kind.TEXT),
    Column("码", Kind.TEXT),
    Column("码的状态", Kind.TEXT),
    Column("人员编号", Kind.TEXT),
    Column("姓名", Kind.TEXT),
    Column("住处", Kind.TEXT),
    Column("操作员", Kind.TEXT),
    Column("规则", Kind.TEXT),
    Column("更正哪条", Kind.TEXT),
    Column("改判原因", Kind.TEXT),
    Column("模拟", Kind.TEXT),
    Column("段", Kind.COUNT),
    Column("号", Kind.COUNT),
    Column("编号", Kind.TEXT),
)
_SELECT = """
    SELECT entry.corrected_ms, entry.at_ms, entry.uncertainty_ms, station.branch, station.name, entry.lane,
           entry.direction, entry.severity, entry.reasons, entry.closing, entry.value_c, entry.site,
           entry.code_kind, entry.code_status, entry.person_id, entry.operator, entry.policy, entry.amends,
           entry.override, entry.emulated, entry.incarnation, entry.number, entry.id,
           entry.station
    FROM entry JOIN station ON station.station = entry.station
    WHERE
"""
_QUERY = f"""
    {_SELECT} entry.day >= ? AND entry.day <= ? AND entry.at_ms >= ? AND entry.at_ms < ? AND {{where}}
    ORDER BY entry.at_ms, entry.station, entry.number
"""
_COUNT = """
    SELECT count(*) FROM entry JOIN station ON station.station = entry.station
    WHERE entry.day >= ? AND entry.day <= ? AND entry.at_ms >= ? AND entry.at_ms < ? AND {where}
"""


class StoppedError(Exception):
    """It is not wanted any more."""


@dataclass(frozen=True, slots=True)
class Means:
    """What an export needs beside its job. `names`: whose people it may name."""

    store: SqlStore
    folder: Path
    zone: tzinfo | None
    now_ms: Callable[[], int]
    names: Scope = field(default_factory=lambda: Scope(()))


def export(means: Means, job: ExportJob) -> None:
    """Do it, whatever comes: afterwards it is done, cancelled or failed. Raises what went wrong."""
    part = means.folder / f"{job.id.hex()}{_PART}"
    try:
        with suppress(StoppedError):
            _export(means, job, part)
    except BaseException:
        means.store.export_jobs.end(job.id, "failed", means.now_ms())
        raise
    finally:
        part.unlink(missing_ok=True)


def _export(means: Means, job: ExportJob, part: Path) -> None:
    make_folder(means.folder)
    total = _count(means, job)
    if not means.store.export_jobs.step(job.id, 0, total, means.now_ms()):
        raise StoppedError
    descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(descriptor, "w+b") as file:
        _write(means, job.format, file, _watched(means, job, total))
        file.flush()
        os.fsync(file.fileno())
    path = part.with_suffix(f".{job.format}")
    size, hash = part.stat().st_size, _hash(part)
    part.replace(path)
    wanted = False
    try:
        wanted = means.store.export_jobs.done(job.id, str(path), size, hash, means.now_ms())
    finally:
        if not wanted:  # also if that could not be noted: of a file that is on no list nobody would ever know
            path.unlink(missing_ok=True)


def sweep(store: SqlStore, folder: Path) -> None:
    """What a center left when it was killed: half files, and whole ones whose job does not know of them.

    While none works in this folder. Raises OSError, UnavailableError.
    """
    for left in folder.glob(f"*{_PART}"):
        if left.is_dir():
            shutil.rmtree(left)
        else:
            left.unlink()
    for file in [file for format in FORMATS for file in folder.glob(f"*.{format}")]:
        if _is_ours(file) and not _is_known(store, file):
            file.unlink()


def _is_ours(file: Path) -> bool:
    return re.fullmatch("[0-9a-f]{32}", file.stem) is not None


def _is_known(store: SqlStore, file: Path) -> bool:
    job = store.export_jobs.get(Scope(("",)), bytes.fromhex(file.stem))
    return job is not None and job.state == "done"


def clear(store: SqlStore, now_ms: int) -> None:
    """Files of a day ago are deleted; what nobody works at any more has failed.

    So are those that our clock dated more than a day ahead: they would lie there until then.
    """
    for job in store.export_jobs.of_state("done"):
        if abs(now_ms - job.changed_ms) > KEPT_MS:
            with suppress(FileNotFoundError):
                Path(job.path).unlink()
            store.export_jobs.end(job.id, "deleted", now_ms)
    for job in store.export_jobs.of_state("waiting", "running"):
        if now_ms - max(job.changed_ms, job.made_ms) > STALE_MS:
            store.export_jobs.end(job.id, "failed", now_ms)


def span_of(job: ExportJob, zone: tzinfo | None) -> tuple[int, int]:
    """Beginning and end of its days, UTC ms."""
    first, last = date.fromisoformat(job.first_day), date.fromisoformat(job.last_day) + timedelta(days=1)
    begin, end = (datetime(day.year, day.month, day.day, tzinfo=zone) for day in (first, last))
    return int(begin.timestamp() * 1000), int(end.timestamp() * 1000)


def _values(means: Means, job: ExportJob) -> tuple[str, list[Any]]:
    begin, end = span_of(job, means.zone)
    where, values = Scope((job.branch,)).where("station.branch", "station.gate")
    return where, [begin // _DAY_MS, end // _DAY_MS, begin, end, *values]


def _count(means: Means, job: ExportJob) -> int:
    where, values = _values(means, job)
    with means.store.database.read() as connection:
        row = connection.row(_COUNT.format(where=where), *values)
        return (int(row[0]) if row else 0) + _corrections(connection, where, values).more


def _watched(means: Means, job: ExportJob, total: int) -> Iterator[list[Any]]:
    """The rows; every so often it is told how far it is. Raises StoppedError."""
    for seen, row in enumerate(_rows(means, job), 1):
        yield row
        if seen % _STEP == 0 and not means.store.export_jobs.step(job.id, seen, total, means.now_ms()):
            raise StoppedError
    if not means.store.export_jobs.step(job.id, total, total, means.now_ms()):
        raise StoppedError


def _rows(means: Means, job: ExportJob) -> Iterator[list[Any]]:
    where, values = _values(means, job)
    known: dict[str, tuple[str | None, str | None]] = {}
    with means.store.database.read() as connection:
        for row in _of_these_days(connection, where, values):
            corrected, at, uncertainty, branch, gate, lane, direction, severity, *rest = row
            *between, person, operator, policy, amends, override, emulated, incarnation, number, id = rest
            if person is not None and person not in known:
                known[person] = _named(means, person, masked=job.masked)
            name, home = known.get(person, (None, None))
            result = _RESULTS[severity] if 0 <= severity < len(_RESULTS) else str(severity)
            yield [
                *(corrected, at, round(uncertainty / 1000, 1), branch, gate, lane, direction, result),
                *between,
                *(person, name, home, operator, policy, hex_of(amends), override),
                *("模拟" if emulated else None, incarnation, number, hex_of(id)),
            ]


def _of_these_days(connection: Connection, where: str, values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Passages in the order of their time with what was made of them; later corrections last (`of_days`)."""
    found = _corrections(connection, where, values)
    for *row, station in connection.each(_QUERY.format(where=where), *values):
        if (bytes(station), bytes(row[-1])) not in found.elsewhere:
            yield row
    for *row, _ in of_days.rows_of(connection, _SELECT, found):
        yield row


def _corrections(connection: Connection, where: str, values: Sequence[Any]) -> of_days.Corrections:
    _, _, begin, end, *of_stations = values
    return of_days.corrections(connection, begin, end, where, of_stations)


def _named(means: Means, person: str, *, masked: bool) -> tuple[str | None, str | None]:
    """Name and dwelling, as far as they may be told."""
    found = means.store.directory.get(means.names, person)
    if found is None:
        return None, None
    return (mask_name(found.person.name), None) if masked else (found.person.name, found.person.dwelling)


def _write(means: Means, format: str, file: BinaryIO, rows: Iterable[Sequence[Any]]) -> None:
    if format == "parquet":
        write_parquet(file, COLUMNS, rows)
    elif format == "xlsx":
        with TemporaryDirectory(suffix=_PART, dir=means.folder) as working:
            _write_xlsx(file, rows, means.zone, working)
    else:
        titles = [column.name for column in COLUMNS]
        file.writelines(csv_lines((_local(row, means.zone) for row in rows), titles))


def _write_xlsx(file: BinaryIO, rows: Iterable[Sequence[Any]], zone: tzinfo | None, working: str) -> None:
    """Typed cells, a header that stays, filters; another sheet where one is full.

    Rows that wait lie in the folder `working`, with their names: not in one that others clear, or never do.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(file, options | {"tmpdir": working})
    bold, sheet, place = book.add_format({"bold": True}), None, 0
    for row in rows:
        if sheet is None or place == _SHEET_ROWS:
            sheet, place = _sheet(book, bold), 0
        place += 1
        for column, value in enumerate(_local(row, zone)):
            if value is not None:
                sheet.write(place, column, neutral(value) if isinstance(value, str) else value)
    if sheet is None:
        _sheet(book, bold)
    book.close()


def _sheet(book: Any, bold: Any) -> Any:
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 1, 19)
    for column, title in enumerate(COLUMNS):
        sheet.write_string(0, column, title.name, bold)
    sheet.autofilter(0, 0, _SHEET_ROWS, len(COLUMNS) - 1)
    return sheet


def _local(row: Sequence[Any], zone: tzinfo | None) -> list[Any]:
    """With the moments as people read them."""
    return [
        moment(value, zone) if column.kind is Kind.MOMENT else value
        for column, value in zip(COLUMNS, row, strict=True)
    ]


def _hash(path: Path) -> str:
    made = sha256()
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            made.update(part)
    return made.hexdigest()
