"""Dwellings: 3栋2单元501, ３－２－５０１, 三幢二单元501室, 3#2-501 are all 3-2-501; 平房15号 keeps its word.

Nothing is added that was not written: 3-501 is not made 3-1-501, though they may be the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from station.roster.problems import CellError, Trouble
from station.roster.text import clean

_MARKS = "号楼|单元|幢|栋|棟|座|楼|梯|层|室|房|户|号"
_NUMERALS = "零〇一二三四五六七八九十百"
_PART = re.compile(
    rf"(?P<number>\d+)(?:\s*(?:{_MARKS}))?"
    rf"|(?P<spelt>[{_NUMERALS}]+)(?=\s*(?:{_MARKS}))\s*(?:{_MARKS})"
    rf"|(?P<letter>[A-Za-z]+)(?:\s*(?:{_MARKS}))?"
    r"|(?P<word>[^\W\d_A-Za-z]+?)"
    rf"(?=[{_NUMERALS}]+\s*(?:{_MARKS})|[\dA-Za-z]|[\W_]|$)"
)
_PLAIN = re.compile(r"(?:0|[1-9][0-9]*)(?:-(?:0|[1-9][0-9]*))*")  # named already, as nearly all are
_DATE = re.compile(r"\d{4}-\d\d-\d\d( .*)?|\d+月\d+日")
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0}


@dataclass(frozen=True, slots=True)
class House:
    """A dwelling by its parts, the largest first: building, unit, room."""

    parts: tuple[str, ...]

    @property
    def name(self) -> str:
        """How it is written on the gate screen and compared: 3-2-501."""
        return "-".join(self.parts)

    @property
    def odd(self) -> bool:
        """Without any number: a word like 物业, or a mistake."""
        return not any(character.isdigit() for character in self.name)


def read_house(text: str) -> House:
    """The dwelling that was written. Raises CellError for a date, which Excel makes of 3-12."""
    text = clean(text)
    if _DATE.fullmatch(text):
        raise CellError(Trouble.HOUSE_IS_DATE)
    return House(tuple(_value(part) for part in _PART.finditer(text)))


def house_name(text: str) -> str:
    """The same name for the same dwelling, whatever was written."""
    if _PLAIN.fullmatch(text):
        return text
    try:
        return read_house(text).name or clean(text)
    except CellError:
        return clean(text)


def house_of_columns(building: str, unit: str, room: str) -> str:
    """What three columns say, as one text for `read_house`; empty columns are left out."""
    return "-".join(part for part in (clean(building), clean(unit), clean(room)) if part)


def sort_key(parts: tuple[str, ...]) -> tuple[tuple[int, str], ...]:
    """2 before 10, and numbers before words."""
    return tuple((int(part), "") if part.isdigit() else (1 << 62, part) for part in parts)


def _value(part: re.Match[str]) -> str:
    if part["number"]:
        return part["number"].lstrip("0") or "0"
    if part["spelt"]:
        return str(_number(part["spelt"]))
    return part["letter"].upper() if part["letter"] else part["word"]


def _number(numeral: str) -> int:
    """十二 → 12, 一百零三 → 103, 二〇三 → 203."""
    if not set(numeral) & set("十百"):
        return int("".join(str(_DIGITS[character]) for character in numeral))
    total = current = 0
    for character in numeral:
        if character in _DIGITS:
            current = _DIGITS[character]
        else:
            total += (current or 1) * (10 if character == "十" else 100)
            current = 0
    return total + current
