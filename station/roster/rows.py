"""Rows to drafts of people. Each wrong cell is named; what a cell does not say stays unknown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import TypeVar

from station.roster import words
from station.roster.headers import Column, Header, find_header, is_header_again, texts
from station.roster.house import House, read_house
from station.roster.id_number import read_id_number
from station.roster.phone import read_phones
from station.roster.place import Place, is_room
from station.roster.problems import CellError, Doubt, FileError, FileTrouble, Problem, Trouble
from station.roster.sheets import Row, Sheet, read_sheets
from station.roster.text import clean, clean_name
from station.roster.times import read_date, read_moment

_LONGEST_NAME = 50  # names of many syllables exist; a sentence is no name
_LIVE_HERE = {"resident", "tenant"}  # who must have a house
_FOOT = re.compile("(合计|小计|总计|共计|填表|制表|审核|登记人|说明|注|备注)[:：\\d(]?")
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Said:
    """A fact of a row: a colour or a test's result, and when it was true (UTC)."""

    value: str
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """A person as one row describes them. Empty means that the row does not say it."""

    name: str = field(repr=False)
    category: str
    category_given: bool = (
        True  # False: the list has no such column, and this is what was said of all its people
    )
    house: House | None = field(default=None, repr=False)
    house_written: str = field(default="", repr=False)
    phones: tuple[str, ...] = field(default=(), repr=False)
    id_number: str = field(default="", repr=False)
    birth: date | None = field(default=None, repr=False)
    code: str = field(default="", repr=False)
    colour: Said | None = None
    test: Said | None = None
    occupation: str = ""  # the group, as in `words.OCCUPATIONS`
    occupation_written: str = field(default="", repr=False)
    guardian: str = field(default="", repr=False)  # as written: a name, perhaps with a phone
    proxy: str = field(default="", repr=False)
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row of the file: its draft, unless something serious is wrong with it."""

    sheet: int  # index into the list's sheets
    row: Row
    draft: Draft | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class PeopleList:
    """A file that was read: its sheets with their headers, and every row that speaks of somebody."""

    sheets: tuple[Sheet, ...]
    headers: tuple[Header | None, ...]  # None: this sheet is no list of people
    rows: tuple[ReadRow, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read a list: the time and zone of its times, and what rows mean that leave something out."""

    now: datetime
    zone: tzinfo
    category: str = "resident"  # of everybody, if the list has no such column
    fill_down: bool = False  # what is empty of a house is as above: merged cells that were saved as CSV


def read_people(content: bytes, reading: Reading) -> PeopleList:
    """Everybody in a file. Raises FileError if nothing of it can be read."""
    return people_of(read_sheets(content), reading)


def people_of(sheets: Sequence[Sheet], reading: Reading) -> PeopleList:
    """Everybody in sheets that were read elsewhere. Raises FileError if none is a list of people."""
    headers = tuple(find_header(sheet.rows) for sheet in sheets)
    if not any(headers):
        raise FileError(FileTrouble.NO_HEADER)
    rows: list[ReadRow] = []
    for index, (sheet, header) in enumerate(zip(sheets, headers, strict=True)):
        if header:
            rows += _read_sheet(index, sheet, header, reading)
    return PeopleList(tuple(sheets), headers, tuple(rows))


def _read_sheet(index: int, sheet: Sheet, header: Header, reading: Reading) -> Iterator[ReadRow]:
    below = [row for row in sheet.rows[header.row + 1 :] if not is_header_again(row, header)]
    rows = [(_Cells(row, header), row, _speaks_of_somebody(row, header)) for row in below]
    by_building = any(cells.place().building for cells, _, speaks in rows if speaks)
    above = Place()
    for cells, row, speaks in rows:
        own = cells.place()
        place = own.below(above)
        if reading.fill_down and (speaks or own.is_heading or _empty_flat(place, row)):
            above = place
        if speaks:
            draft = _draft(cells, reading, place, by_building)
            serious = any(problem.serious for problem in cells.problems)
            yield ReadRow(index, row, None if serious else draft, tuple(cells.problems))


_PLACES = {Column.HOUSE, Column.BUILDING, Column.UNIT, Column.ROOM}


def _speaks_of_somebody(row: Row, header: Header) -> bool:
    """Not an empty flat, a row of which only the serial number is filled in, or a sum at the foot."""
    filled = [column for column, places in header.places.items() if texts(row, places)]
    if not set(filled) - _PLACES:
        return False
    return (Column.NAME in filled and len(filled) > 1) or not _at_foot(row)


def _at_foot(row: Row) -> bool:
    return bool(_FOOT.match(clean(next((cell for cell in row.cells if cell), ""))))


def _empty_flat(place: Place, row: Row) -> bool:
    """It begins a building as any other flat does; a title between the rows, or a sum, does not."""
    return bool(place.room) and not _at_foot(row)


class _Cells:
    """One row's cells by column; collects what is wrong with them."""

    def __init__(self, row: Row, header: Header) -> None:
        self._row, self._header = row, header
        self.problems: list[Problem] = []

    def text(self, column: Column) -> str:
        for place in self._header.places.get(column, ()):
            if place < len(self._row.cells) and self._row.cells[place]:
                return clean(self._row.cells[place])
        return ""

    def joined(self, column: Column) -> str:
        return "\n".join(texts(self._row, self._header.places.get(column, ())))

    def raw(self, column: Column) -> str:
        """As it stands there, for codes: any change would make another code of it."""
        return self.joined(column)

    def place(self) -> Place:
        """Where 楼号 and 单元 have columns of their own, 房号 is the room alone: 501."""
        written, room = self.text(Column.HOUSE), self.text(Column.ROOM)
        building, unit = self.text(Column.BUILDING), self.text(Column.UNIT)
        apart = self.has(Column.BUILDING) or self.has(Column.UNIT)
        if written and not (apart and is_room(written)):
            return Place(room=written, whole=True)
        room = room or written
        whole = bool(room) and not (building or unit or is_room(room))
        return Place(building, unit, room, whole)

    def has(self, column: Column) -> bool:
        return column in self._header.places

    def blame(self, what: Trouble | Doubt, column: Column) -> None:
        self.problems.append(Problem(what, self._header.title(column) or _missing_title(column, self)))

    def read(self, column: Column, read: Callable[[str], _Value], text: str) -> _Value | None:
        """What `read` makes of it; None with a problem if it cannot."""
        if not text:
            return None
        try:
            return read(text)
        except CellError as error:
            self.blame(error.what, column)
            return None


def _missing_title(column: Column, cells: _Cells) -> str:
    if column is Column.HOUSE and cells.has(Column.ROOM):
        return cells._header.title(Column.ROOM)
    return ""


def _draft(cells: _Cells, reading: Reading, place: Place, by_building: bool) -> Draft:
    category = _category(cells, reading.category)
    written = place.text
    if by_building and place.lacks_building:
        cells.blame(Trouble.HOUSE_MISSING, Column.BUILDING)
    house = _house(cells, written, category)
    number = cells.read(
        Column.ID_NUMBER, lambda text: read_id_number(text, _today(reading)), cells.text(Column.ID_NUMBER)
    )
    birth = cells.read(Column.BIRTH, read_date, cells.text(Column.BIRTH))
    if number and number.birth and birth and number.birth != birth:
        cells.blame(Trouble.BIRTH_NOT_OF_ID, Column.BIRTH)
    code, colour = _code_and_colour(cells, reading)
    occupation = cells.text(Column.OCCUPATION)
    return Draft(
        name=_name(cells),
        category=category,
        category_given=cells.has(Column.CATEGORY),
        house=house,
        house_written=written if house and house.name != written else "",
        phones=cells.read(Column.PHONE, read_phones, cells.joined(Column.PHONE)) or (),
        id_number=number.text if number else "",
        birth=(number.birth if number else None) or birth,
        code=code,
        colour=colour,
        test=_said(cells, Column.TEST, Column.TEST_AT, words.test, reading),
        occupation=_occupation(cells, occupation),
        occupation_written=occupation,
        guardian=cells.text(Column.GUARDIAN),
        proxy=cells.text(Column.PROXY),
        note=cells.joined(Column.NOTE),
    )


def _name(cells: _Cells) -> str:
    name = clean_name(cells.text(Column.NAME))
    if not name:
        cells.blame(Trouble.NAME_MISSING, Column.NAME)
    elif len(name) > _LONGEST_NAME or any(character.isdigit() for character in name):
        cells.blame(Trouble.NAME_ODD, Column.NAME)
    return name


def _category(cells: _Cells, default: str) -> str:
    if not cells.has(Column.CATEGORY):
        return default
    said = cells.text(Column.CATEGORY)
    found = words.category(said)
    if not found:
        cells.blame(Trouble.CATEGORY_UNKNOWN if said else Trouble.CATEGORY_MISSING, Column.CATEGORY)
    return found or default


def _house(cells: _Cells, written: str, category: str) -> House | None:
    house = cells.read(Column.HOUSE, read_house, written)
    if house and house.parts:
        if house.odd:
            cells.blame(Doubt.HOUSE_ODD, Column.HOUSE)
        return house
    if category in _LIVE_HERE and (house or not written):
        cells.blame(Trouble.HOUSE_MISSING, Column.HOUSE)
    return None


def _code_and_colour(cells: _Cells, reading: Reading) -> tuple[str, Said | None]:
    """A column 健康码 holds codes in one list and 绿码 in another."""
    code = cells.raw(Column.CODE)
    if words.colour(clean(code)):
        at = _moment_of(cells, Column.COLOUR_AT, reading)
        return "", Said(words.colour(clean(code)) or "", at) if at else None
    return code, _said(cells, Column.COLOUR, Column.COLOUR_AT, words.colour, reading)


def _said(
    cells: _Cells, column: Column, at: Column, read: Callable[[str], str | None], reading: Reading
) -> Said | None:
    said = cells.text(column)
    if not said:
        return None
    value = read(said)
    if value is None:
        cells.blame(Trouble.COLOUR_UNKNOWN if column is Column.COLOUR else Trouble.TEST_UNKNOWN, column)
        return None
    moment = _moment_of(cells, at, reading)
    return Said(value, moment) if moment else None


def _moment_of(cells: _Cells, column: Column, reading: Reading) -> datetime | None:
    """When it was true: as written, or now if the list does not say."""
    text = cells.text(column)
    return (
        cells.read(column, lambda written: read_moment(written, reading.zone, reading.now), text)
        if text
        else reading.now
    )


def _occupation(cells: _Cells, said: str) -> str:
    group = words.occupation(said) if said else ""
    if group is None:
        cells.blame(Doubt.OCCUPATION_UNKNOWN, Column.OCCUPATION)
    return group or ""


def _today(reading: Reading) -> date:
    return reading.now.astimezone(reading.zone).date()
