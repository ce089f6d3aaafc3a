"""Finding people by what somebody types: name, dwelling, tail of a phone, a whole ID number. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from center.store.directory import Known
from station.roster.house import house_name
from station.roster.text import clean, clean_name
from station.sync.items import shared_key

_NUMBER = re.compile(r"\d{17}[\dXx]")
_TAIL = re.compile(r"\d{4,13}")


def find(people: Iterable[Known], typed: str, district_key: bytes) -> frozenset[str]:
    """The ids of those who fit every word."""
    found: frozenset[str] | None = None
    some = list(people)
    for word in clean(typed).split():
        fits = frozenset(_fitting(some, word, district_key))
        found = fits if found is None else found & fits
    return found or frozenset()


def _fitting(people: Iterable[Known], word: str, district_key: bytes) -> Iterable[str]:
    if _NUMBER.fullmatch(word):
        key = shared_key(district_key, "id_number", word.upper())
        return (one.id for one in people if one.number_key == key)
    house, name = house_name(word), clean_name(word).lower()
    begins, tail = house + "-", word if _TAIL.fullmatch(word) else None
    if tail is None and not any(map(str.isdigit, word)):
        return (one.id for one in people if name in one.person.name.lower() or one.person.dwelling == house)
    return (
        one.id
        for one in people
        if one.person.dwelling == house
        or one.person.dwelling.startswith(begins)
        or (tail and any(phone.endswith(tail) for phone in one.person.phones))
    )
