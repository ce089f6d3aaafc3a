"""Residents from a CSV file as communities keep them: 姓名,房号,类别,健康码[,颜色][,颜色时间].

UTF-8 with or without BOM, or GB18030 as Excel in China saves it. Every wrong row is named, and then nothing
is imported at all. Errors carry line numbers and column names, never what stood there.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import TypeVar

from station.journal.people import CodeTakenError, Colour, ColourFact, People, Person

_REQUIRED = ("姓名", "房号", "类别", "健康码")

_CATEGORIES = {
    "居民": "resident",
    "租户": "tenant",
    "工作人员": "worker",
    "快递员": "courier",
    "志愿者": "volunteer",
    "访客": "visitor",
}

_COLOURS: dict[str, Colour] = {"绿": "green", "黄": "yellow", "红": "red"}

_Row = Mapping[str, str]
_Word = TypeVar("_Word", bound=str)


@dataclass(frozen=True, slots=True)
class RowError:
    line: int  # as an editor counts them; 0 for the file as a whole
    what: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """How many rows were imported, or the reasons why none was."""

    rows: int
    errors: tuple[RowError, ...] = ()


class _UnusableError(Exception):
    """A row, or the file, that cannot be imported; the message says why."""


def import_csv(content: bytes, people: People, *, now: datetime, zone: tzinfo) -> ImportReport:
    """Import all rows or none; times are in `zone`, a colour without one is as of `now`."""
    try:
        rows = _rows(_text(content))
    except (csv.Error, _UnusableError) as error:
        return ImportReport(0, (RowError(0, str(error)),))

    found: dict[int, Person] = {}
    errors = []
    for line, row in rows:
        try:
            found[line] = _person(row, people, now, zone)
        except _UnusableError as error:
            errors.append(RowError(line, str(error)))
    return ImportReport(0, tuple(errors)) if errors else _store(found, people, now)


def _store(found: dict[int, Person], people: People, now: datetime) -> ImportReport:
    try:
        people.add(found.values(), as_of=now)
    except CodeTakenError as error:
        line = next(line for line, person in found.items() if person is error.person)
        return ImportReport(0, (RowError(line, "健康码: belongs to another person already"),))
    return ImportReport(len(found))


def _text(content: bytes) -> str:
    """UTF-8 is tried first: Chinese text in GB18030 is hardly ever valid UTF-8, the reverse is common."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _UnusableError("the file is neither UTF-8 nor GB18030")


def _rows(text: str) -> list[tuple[int, _Row]]:
    """Every row that is not empty, with its line number, by column name."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header = [name.strip() for name in next(reader, [])]
    missing = [name for name in _REQUIRED if name not in header]
    if missing:
        raise _UnusableError(f"columns missing: {', '.join(missing)}")
    # An absent field at the end is an empty one: spreadsheets leave them out.
    padding = [""] * len(header)
    return [
        (reader.line_num, dict(zip(header, (field.strip() for field in fields + padding), strict=False)))
        for fields in reader
        if any(fields)
    ]


def _person(row: _Row, people: People, now: datetime, zone: tzinfo) -> Person:
    name, dwelling = _filled(row, "姓名"), _filled(row, "房号")
    return Person(
        id=people.id_for(name, dwelling),
        name=name,
        dwelling=dwelling,
        category=_chosen(row, "类别", _CATEGORIES),
        codes=(row["健康码"],) if row["健康码"] else (),
        colour=_colour(row, now, zone),
    )


def _filled(row: _Row, column: str) -> str:
    if not row[column]:
        raise _UnusableError(f"{column}: is empty")
    return row[column]


def _chosen(row: _Row, column: str, words: Mapping[str, _Word]) -> _Word:
    """The word of ours for what the row says; our own spelling is understood too."""
    said = _filled(row, column)
    for theirs, ours in words.items():
        if said in (theirs, ours):
            return ours
    raise _UnusableError(f"{column}: must be one of {' '.join(words)}")


def _colour(row: _Row, now: datetime, zone: tzinfo) -> ColourFact | None:
    if not row.get("颜色"):
        return None
    return ColourFact(_chosen(row, "颜色", _COLOURS), _colour_time(row, now, zone), "roster")


def _colour_time(row: _Row, now: datetime, zone: tzinfo) -> datetime:
    said = row.get("颜色时间")
    if not said:
        return now
    try:
        moment = datetime.fromisoformat(said.replace("/", "-"))
    except ValueError as error:
        raise _UnusableError("颜色时间: must look like 2022-04-01 07:30") from error
    moment = (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    if moment > now:
        raise _UnusableError("颜色时间: lies in the future")
    return moment
