"""A list of visitors whom hosts announced: house, who, from, until, how many.

Columns are told by their header, in any order: 房号 姓名 电话 从 到 人数. Only the house and the beginning
must be there; without an end it is the end of that day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta, tzinfo
from enum import StrEnum

from station.roster.house import read_house
from station.roster.problems import CellError, FileError, FileTrouble
from station.roster.sheets import Row, read_sheets
from station.roster.text import clean, clean_name
from station.roster.times import read_time

MOST_PEOPLE = 99
LONGEST = timedelta(days=31)
TAIL = 4  # digits of a phone


class Fault(StrEnum):
    """Why a row cannot be taken."""

    NO_HOUSE = "no_house"
    NO_TIME = "no_time"
    OVER = "over"  # the time is past, or ends before it begins
    TOO_LONG = "too_long"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Expecting:
    """One row. Times are UTC."""

    house: str = field(repr=False)
    begins: datetime
    ends: datetime
    people: int
    name: str = field(repr=False)
    phone_tail: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ExpectedList:
    """What can be taken, and the numbers of the rows that cannot, with why."""

    rows: tuple[Expecting, ...]
    faults: tuple[tuple[int, Fault], ...]


class FaultError(Exception):
    """A row that cannot be taken."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


_HEADERS = {
    "house": "房号 门牌 门牌号 住户 房屋 被访房号 house",
    "name": "姓名 访客 访客姓名 来访人 名字 name visitor",
    "phone": "电话 手机 手机号 电话尾号 手机尾号 尾号 联系电话 phone",
    "begins": "从 开始 开始时间 来访时间 时间 到访时间 日期 from",
    "ends": "到 结束 结束时间 离开时间 至 until to",
    "people": "人数 几人 多少人 people count",
}
_COLUMNS = {word: column for column, words in _HEADERS.items() for word in words.split()}


def read_expected(content: bytes, zone: tzinfo, now: datetime) -> ExpectedList:
    """Every sheet with such a header. Raises FileError."""
    good, faults, found = list[Expecting](), list[tuple[int, Fault]](), False
    for sheet in read_sheets(content):
        for columns, row in _below_header(sheet.rows):
            found = True
            try:
                good.append(read_row(_cells(columns, row), zone, now))
            except FaultError as error:
                faults.append((row.number, error.fault))
    if not found:
        raise FileError(FileTrouble.NO_HEADER)
    return ExpectedList(tuple(good), tuple(faults))


def read_row(cells: dict[str, str], zone: tzinfo, now: datetime) -> Expecting:
    """One row, by the names of `_HEADERS`; also what an admin typed. Raises FaultError."""
    begins, ends = _times(cells.get("begins", ""), cells.get("ends", ""), zone)
    if ends <= begins or ends <= now:
        raise FaultError(Fault.OVER)
    if ends - begins > LONGEST:
        raise FaultError(Fault.TOO_LONG)
    digits = "".join(filter(_is_digit, cells.get("phone", "")))
    name = clean_name(cells.get("name", ""))[:50]
    house, people = _house(cells.get("house", "")), _people(cells.get("people", ""))
    return Expecting(house, begins, ends, people, name, digits[-TAIL:])


def _below_header(rows: Sequence[Row]) -> Iterator[tuple[dict[str, int], Row]]:
    columns: dict[str, int] = {}
    for row in rows:
        told = {_COLUMNS[clean(cell).lower()]: at for at, cell in enumerate(row.cells) if _names(cell)}
        if not columns and {"house", "begins"} <= told.keys():
            columns = told
        elif columns:
            yield columns, row


def _names(cell: str) -> bool:
    return clean(cell).lower() in _COLUMNS


def _cells(columns: dict[str, int], row: Row) -> dict[str, str]:
    return {name: row.cells[at] for name, at in columns.items() if at < len(row.cells)}


def _house(text: str) -> str:
    try:
        house = read_house(text)
    except CellError as error:
        raise FaultError(Fault.NO_HOUSE) from error
    if not house.parts or house.odd:
        raise FaultError(Fault.NO_HOUSE)
    return house.name


def _times(begins: str, ends: str, zone: tzinfo) -> tuple[datetime, datetime]:
    begin = _moment(begins, zone)
    if clean(ends):
        return begin, _moment(ends, zone)
    evening = datetime.combine(begin.astimezone(zone).date() + timedelta(days=1), time(), zone)
    return begin, evening.astimezone(UTC)


def _moment(text: str, zone: tzinfo) -> datetime:
    try:
        return read_time(clean(text)).replace(tzinfo=zone).astimezone(UTC)
    except (CellError, OverflowError) as error:
        raise FaultError(Fault.NO_TIME) from error


def _people(text: str) -> int:
    digits = clean(text).removesuffix("人")
    if not digits:
        return 1
    if not all(map(_is_digit, digits)) or len(digits) > 2 or not 1 <= int(digits) <= MOST_PEOPLE:
        raise FaultError(Fault.PEOPLE)
    return int(digits)


def _is_digit(character: str) -> bool:
    return character.isascii() and character.isdigit()
