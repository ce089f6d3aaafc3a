"""Finding people by what somebody types: name, dwelling, tail of a phone, a whole ID number."""

from __future__ import annotations

import re
from collections.abc import Set

from center.scope import Scope
from center.store.directory import Directory
from center.store.sought import Sought
from station.roster.house import house_name
from station.roster.text import clean, clean_name
from station.sync.items import shared_key

_NUMBER = re.compile(r"\d{17}[\dXx]")
_TAIL = re.compile(r"\d{4,13}")


def find(directory: Directory, scope: Scope, typed: str, district_key: bytes) -> frozenset[str]:
    """The ids of those who fit every word."""
    found: frozenset[str] | None = None
    for word in clean(typed).split():
        fits = _fitting(directory, scope, word, district_key)
        found = fits if found is None else found & fits
    return found or frozenset()


def _fitting(directory: Directory, scope: Scope, word: str, district_key: bytes) -> frozenset[str]:
    if _NUMBER.fullmatch(word):
        of_number = directory.with_number(shared_key(district_key, "id_number", word.upper()))
        return directory.fitting(scope, lambda *_: of_number)
    house, name = house_name(word), clean_name(word).lower()
    tail = word if _TAIL.fullmatch(word) else ""

    def look(names: Sought, dwellings: Sought, phones: Sought) -> Set[str]:
        if not any(map(str.isdigit, word)):
            return names.holding(name) | dwellings.same(house)
        there = dwellings.same(house) | dwellings.beginning(f"{house}-")
        return there | phones.ending(tail) if tail else there

    return directory.fitting(scope, look)
