"""Finding one of many people as somebody types: by initials, pinyin, name, house, tail of phone or ID number.

Several words must all fit: "zq 3-2". Lives in memory only; what it holds is personal and is never written.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from heapq import nsmallest

from station.roster.house import read_house, sort_key
from station.roster.pinyin import KEY, Pinyin, Readings, beginnings, is_initials, spells
from station.roster.problems import CellError
from station.roster.text import clean, is_han

TAIL = 4  # digits of a phone or an ID number by which somebody is asked for


class Fit(IntEnum):
    """How well a word fits; smaller is better."""

    WHOLE = 0  # the whole name, the whole house
    TAIL = 1  # of phone or ID number
    INITIALS = 2  # of the whole name
    BEGINNING = 3  # of name, pinyin or house
    INSIDE = 4  # of a name; a room number alone


@dataclass(frozen=True, slots=True)
class Findable:
    """What one person can be found by."""

    person_id: str
    name: str = field(repr=False)
    house: tuple[str, ...] = field(default=(), repr=False)
    phones: tuple[str, ...] = field(default=(), repr=False)
    id_tail: str = field(default="", repr=False)  # at least the last 4 characters of the ID number


@dataclass(frozen=True, slots=True)
class Hit:
    """Somebody who fits every word that was typed."""

    person: Findable
    fit: Fit


@dataclass(slots=True)
class _Name:
    """A name that some people share, with its readings."""

    text: str
    readings: Readings
    ids: list[str] = field(default_factory=list)


_NONE = len(Fit)  # worse than any
_Ids = defaultdict[str, list[str]]  # lists, for most hold one or two, and a set is three times as large
_Names = defaultdict[str, list[_Name]]
_Fits = Iterator[tuple[str, Fit]]


class PeopleIndex:
    """Everybody, found within milliseconds."""

    def __init__(self, pinyin: Pinyin) -> None:
        self._pinyin = pinyin
        self._people: dict[str, Findable] = {}
        self._names: dict[str, _Name] = {}
        self._order: dict[str, tuple[object, ...]] = {}
        self._by_character: _Names = defaultdict(list)  # names that hold it
        self._by_beginning: _Names = defaultdict(list)  # names that may begin with these letters
        self._by_middle: _Names = defaultdict(list)  # names of which a later character may
        self._by_house_part: _Ids = defaultdict(list)
        self._by_tail: _Ids = defaultdict(list)
        self._by_building: dict[tuple[str, ...], list[str]] = {}

    def __len__(self) -> int:
        return len(self._people)

    def __contains__(self, person_id: str) -> bool:
        return person_id in self._people

    def get(self, person_id: str) -> Findable | None:
        return self._people.get(person_id)

    def ids(self) -> frozenset[str]:
        return frozenset(self._people)

    def put(self, person: Findable) -> None:
        """Add somebody, or replace what was known of them."""
        self.remove(person.person_id)
        self._people[person.person_id] = person
        self._order[person.person_id] = _by_house(person)
        self._name_of(person.name).ids.append(person.person_id)
        for ids, key in self._places(person):
            ids[key].append(person.person_id)
        self._by_building.setdefault(building_of(person.house), []).append(person.person_id)

    def remove(self, person_id: str) -> None:
        """Forget somebody; it is no error if they are not there."""
        person = self._people.pop(person_id, None)
        if person is None:
            return
        del self._order[person_id]
        self._names[person.name].ids.remove(person_id)
        for ids, key in self._places(person):
            ids[key].remove(person_id)
        building = building_of(person.house)
        self._by_building[building].remove(person_id)
        if not self._by_building[building]:
            del self._by_building[building]

    def search(self, typed: str, limit: int = 20) -> list[Hit]:
        """Who fits every word, best first, then by house and name."""
        found: dict[str, Fit] | None = None
        for word in clean(typed).split():
            fits = self._fits(word)
            found = fits if found is None else {id: max(found[id], fits[id]) for id in found.keys() & fits}
        best = nsmallest(limit, (found or {}).items(), key=lambda one: (one[1], self._order[one[0]]))
        return [Hit(self._people[person_id], fit) for person_id, fit in best]

    def buildings(self) -> list[tuple[str, ...]]:
        """Every building somebody lives in, in order; () for people without a house, last."""
        return sorted(self._by_building, key=lambda parts: (not parts, sort_key(parts)))

    def houses(self) -> list[tuple[str, ...]]:
        """Every house somebody lives in, in order."""
        return sorted({person.house for person in self._people.values() if person.house}, key=sort_key)

    def count(self, building: tuple[str, ...]) -> int:
        """How many live there."""
        return len(self._by_building.get(building, ()))

    def of_building(self, building: tuple[str, ...]) -> list[Findable]:
        """Everybody of a building by house and name, for the second of two taps."""
        ids = sorted(self._by_building.get(building, ()), key=lambda one: self._order[one])
        return [self._people[one] for one in ids]

    def _places(self, person: Findable) -> Iterator[tuple[_Ids, str]]:
        for part in dict.fromkeys(person.house):
            yield self._by_house_part, part
        tails = [number[-TAIL:] for number in (*person.phones, person.id_tail) if len(number) >= TAIL]
        for tail in dict.fromkeys(tails):
            yield self._by_tail, tail

    def _name_of(self, text: str) -> _Name:
        if text not in self._names:
            name = self._names[text] = _Name(text, self._pinyin.of_name(text))
            for character in set(text.lower()):
                self._by_character[character].append(name)
            for beginning in beginnings(name.readings):
                self._by_beginning[beginning].append(name)
            later = (beginnings(name.readings[place:]) for place in range(1, len(name.readings)))
            for beginning in set[str]().union(*later):
                self._by_middle[beginning].append(name)
        return self._names[text]

    def _fits(self, word: str) -> dict[str, Fit]:
        """Everybody whom this word fits, and how well at best."""
        best: dict[str, Fit] = {}
        ways = (self._by_name(word), self._by_pinyin(word), self._by_house(word), self._by_number(word))
        for way in ways:
            for person_id, fit in way:
                if fit < best.get(person_id, _NONE):
                    best[person_id] = fit
        return best

    def _by_name(self, word: str) -> _Fits:
        word = word.lower()
        for name in self._by_character.get(word[0], ()):
            lower = name.text.lower()
            if word in lower:
                begins = Fit.BEGINNING if lower.startswith(word) else Fit.INSIDE
                fit = Fit.WHOLE if word == lower else begins
                yield from ((person_id, fit) for person_id in name.ids)

    def _by_pinyin(self, word: str) -> _Fits:
        typed = word.lower().replace("ü", "v")
        if not (typed.isascii() and typed.isalpha()):
            return
        for name in self._by_beginning.get(typed[:KEY], ()):
            if len(typed) <= KEY or spells(typed, name.readings):
                fit = Fit.INITIALS if is_initials(typed, name.readings) else Fit.BEGINNING
                yield from ((person_id, fit) for person_id in name.ids)
        for name in self._by_middle.get(typed[:KEY], ()) if len(typed) > 1 else ():
            if len(typed) <= KEY or _spells_inside(typed, name.readings):
                yield from ((person_id, Fit.INSIDE) for person_id in name.ids)

    def _by_house(self, word: str) -> _Fits:
        if not any(character.isdigit() or is_han(character) for character in word):
            return
        try:
            parts = read_house(word).parts
        except CellError:
            return
        for person_id in self._by_house_part.get(parts[0], ()) if parts else ():
            fit = _house_fit(parts, self._people[person_id].house)
            if fit is not None:
                yield person_id, fit

    def _by_number(self, word: str) -> _Fits:
        word = word.upper()
        if not re.fullmatch(rf"\d{{{TAIL - 1},}}[\dX]", word):
            return
        for person_id in self._by_tail.get(word[-TAIL:], ()):
            person = self._people[person_id]
            if any(number.endswith(word) for number in (*person.phones, person.id_tail)):
                yield person_id, Fit.TAIL


def building_of(house: tuple[str, ...]) -> tuple[str, ...]:
    """3-2-501 is in 3, 东区-3-2-501 in 东区-3, 平房-15 in 平房."""
    return house[:2] if len(house) > 2 and not house[0][0].isdigit() and len(house[0]) > 1 else house[:1]


def _spells_inside(typed: str, readings: Readings) -> bool:
    return any(spells(typed, readings[place:]) for place in range(1, len(readings)))


def _house_fit(typed: tuple[str, ...], house: tuple[str, ...]) -> Fit | None:
    """3-2-501 whole; 3-2 its beginning; 501 or 2-501 its end; 3-2-50 while it is being typed."""
    if typed == house:
        return Fit.WHOLE
    if typed == house[: len(typed)]:
        return Fit.BEGINNING
    if typed == house[-len(typed) :]:
        return Fit.INSIDE
    being_typed = len(typed) > 1 and typed[:-1] == house[: len(typed) - 1]
    return Fit.BEGINNING if being_typed and house[len(typed) - 1].startswith(typed[-1]) else None


def _by_house(person: Findable) -> tuple[object, ...]:
    return not person.house, sort_key(person.house), person.name, person.person_id
