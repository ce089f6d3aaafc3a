"""Whether a row of an upload that could not be taken is about somebody of the lists. Pure.

Such a row has no reading that could be trusted: its cells are looked through for what the list has of them.
A name alone is a namesake's, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from station.roster.house import read_house
from station.roster.problems import CellError
from station.roster.text import clean, clean_name
from station.sync.items import PersonItem, shared_key

Theirs = Callable[[PersonItem, Sequence[str]], bool]
_ID_NUMBER = re.compile(r"[0-9A-Z]{15,18}")


def teller(district_key: bytes) -> Theirs:
    """By ID number; or by name, with a phone or the dwelling."""

    def is_theirs(person: PersonItem, cells: Sequence[str]) -> bool:
        texts = [clean(cell) for cell in cells]
        if any(key in person.keys for key in _number_keys(district_key, texts)):
            return True
        if person.name not in map(clean_name, texts):
            return False
        return _has_phone(person, texts) or _has_dwelling(person, texts)

    return is_theirs


def _number_keys(district_key: bytes, texts: Iterable[str]) -> list[str]:
    numbers = (text.replace(" ", "").upper() for text in texts)
    return [shared_key(district_key, "id_number", one) for one in numbers if _ID_NUMBER.fullmatch(one)]


def _has_phone(person: PersonItem, texts: Iterable[str]) -> bool:
    digits = [re.sub(r"\D", "", text) for text in texts]
    return any(phone in one for phone in person.phones for one in digits)


def _has_dwelling(person: PersonItem, texts: Sequence[str]) -> bool:
    """In one cell, or in columns of their own."""
    if not person.dwelling:
        return False
    return f"-{person.dwelling}-" in f"-{'-'.join(texts)}-" or person.dwelling in map(_house, texts)


def _house(text: str) -> str:
    try:
        return read_house(text).name
    except CellError:
        return ""
