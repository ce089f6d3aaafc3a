"""Whether a row of an upload that could not be taken is about somebody of the lists. Pure.

Such a row has no reading that could be trusted: its cells are looked through for what the list has of them.
A name alone is a namesake's, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from station.roster.house import read_house
from station.roster.id_number import read_id_number
from station.roster.problems import CellError
from station.roster.text import clean, clean_name
from station.sync.items import PersonItem, shared_key

Theirs = Callable[[PersonItem, Sequence[str]], bool]
_DIGIT = re.compile(r"\d")
_DOCUMENT = re.compile(r"[0-9A-Z]{6,18}")
_RESIDENT = re.compile(r"[0-9]{15,17}[0-9X]")


def teller(district_key: bytes) -> Theirs:
    """By ID number; or by name, with a phone or the dwelling."""

    def is_theirs(person: PersonItem, cells: Sequence[str]) -> bool:
        texts = [clean(cell) for cell in cells]
        numbers = _numbers(texts)
        if any(shared_key(district_key, "id_number", one) in person.keys for one in numbers):
            return True
        if person.went_by and _is_former(person, texts, numbers, district_key):
            return True
        if not _is_named(person, texts) or _is_anothers(person, numbers, district_key):
            return False
        return _has_phone(person, texts) or _has_dwelling(person, texts)

    return is_theirs


def _is_former(person: PersonItem, texts: Sequence[str], numbers: Sequence[str], district_key: bytes) -> bool:
    """One who turned out to be them: by number, or by another spelling or the dwelling of then."""
    if any(shared_key(district_key, "id_number", one) in person.went_by for one in numbers):
        return True
    if _is_anothers(person, numbers, district_key):
        return False
    names = {clean_name(text) for text in texts if text and not _DIGIT.search(text)}
    houses = set(map(_house, _places(texts))) if names else set()
    residents = (f"{name}\0{house}" for name in names for house in houses if house)
    return any(shared_key(district_key, "resident", one) in person.went_by for one in residents)


def _is_named(person: PersonItem, texts: Sequence[str]) -> bool:
    """Few cells begin to look like it: of 20,000 rows while gates wait to write, the others cost nothing."""
    return person.name in (clean_name(text) for text in texts if person.name[:1] in text)


def _numbers(texts: Iterable[str]) -> list[str]:
    """What may be numbers of documents, right or wrong."""
    numbers = (re.sub(r"[ \-]", "", text).upper() for text in texts)
    return [one for one in numbers if _DOCUMENT.fullmatch(one)]


def _is_anothers(person: PersonItem, numbers: Sequence[str], district_key: bytes) -> bool:
    """A father and a son of one name in one dwelling: told apart by a number that is no slip of the pen."""
    resident = shared_key(district_key, "resident", f"{person.name}\0{person.dwelling}")
    has_number = any(key != resident for key in person.keys)
    said = [one for one in numbers if _RESIDENT.fullmatch(one)]
    return has_number and len(said) == 1 and _is_right(said[0])


def _is_right(number: str) -> bool:
    try:
        read_id_number(number, date.max)
    except CellError:
        return False
    return True


def _has_phone(person: PersonItem, texts: Iterable[str]) -> bool:
    digits = [re.sub(r"\D", "", text) for text in texts]
    return any(phone in one for phone in person.phones for one in digits)


def _has_dwelling(person: PersonItem, texts: Sequence[str]) -> bool:
    """In one cell, or in columns of their own: 3栋, 2单元, 501室. A part of another one is not it."""
    if not person.dwelling:
        return False
    return person.dwelling in map(_house, _places(texts))


def _places(texts: Sequence[str]) -> Iterator[str]:
    """Where a dwelling may stand."""
    cells = (texts[begin : begin + width] for width in (1, 2, 3) for begin in range(len(texts)))
    return ("-".join(filter(None, some)) for some in cells)


def _house(text: str) -> str:
    try:
        return read_house(text).name
    except CellError:
        return ""
