"""Numbers of identity documents. Resident identity numbers are checked by GB 11643-1999.

18 characters: 6 for the region, 8 for the birth date, 3 for the order, 1 to check (ISO 7064 MOD 11-2).
The 15-digit form of before 1999 is out of use since 1 January 2013 (Law on Resident Identity Cards, 2011);
it is named as such and not converted, for the century and the check would be our invention.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from station.roster.problems import CellError, Trouble
from station.roster.text import clean

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999, 4.2: 2^(18-i) mod 11
_CHECKS = "10X98765432"  # for remainders 0 … 10
# GB/T 2260; 83: residence permits of people from Taiwan. 9x, elsewhere: foreigners' permanent residence.
_PROVINCES = frozenset(
    str(first + last)
    for first, lasts in ((10, 5), (20, 3), (30, 7), (40, 6), (50, 4), (60, 5), (70, 1), (80, 3))
    for last in range(0 if first == 50 else 1, lasts + 1)
)
_FLOAT = re.compile(r"\d+(\.\d+)?[eE]\+?\d+|\d{15,18}\.0+")
# No check is known for these: passports and permits begin with a letter, those for people from Taiwan have 8
# digits, which must be no birth date in the wrong column.
_OTHER_DOCUMENT = re.compile(r"(?=.*\d)[A-Z][A-Z0-9]{5,14}|(?!19|20)\d{8}")
_FIRST_YEAR = 1900


@dataclass(frozen=True, slots=True)
class IdNumber:
    """A number that may be right; `birth` only if the number tells it."""

    text: str
    birth: date | None = None


def read_id_number(text: str, today: date) -> IdNumber:
    """The number that was written. Raises CellError with what is wrong with it."""
    compact = re.sub(r"[\s\-]", "", clean(text)).upper()
    if _FLOAT.fullmatch(compact) and "X" not in compact:
        raise CellError(Trouble.ID_LOST_DIGITS)
    if re.fullmatch(r"\d{17}[\dX]", compact):
        return _resident(compact, today)
    if re.fullmatch(r"\d{15}", compact):
        raise CellError(Trouble.ID_OLD_FORM)
    if _OTHER_DOCUMENT.fullmatch(compact):
        return IdNumber(compact)
    raise CellError(Trouble.ID_LENGTH)


def check_character(first_17: str) -> str:
    """What the 18th character must be."""
    total = sum(int(digit) * weight for digit, weight in zip(first_17, _WEIGHTS, strict=True))
    return _CHECKS[total % 11]


def _resident(number: str, today: date) -> IdNumber:
    if number[0] != "9" and number[:2] not in _PROVINCES:
        raise CellError(Trouble.ID_REGION)
    birth = _birth(number[6:14])
    if birth is None or birth > today or birth.year < _FIRST_YEAR:
        raise CellError(Trouble.ID_DATE)
    if check_character(number[:17]) != number[17]:
        raise CellError(Trouble.ID_CHECK)
    return IdNumber(number, birth)


def _birth(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
