"""What an admin typed about somebody, made a person of the roster, by the same rules as a list's rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from station.journal.masking import mask_name
from station.journal.people import People, Person
from station.roster import words as roster_words
from station.roster.house import House, read_house
from station.roster.id_number import IdNumber, read_id_number
from station.roster.phone import read_phones
from station.roster.problems import CellError, Trouble
from station.roster.text import clean, clean_name
from station.ui.admin import people_words as words
from station.ui.admin.people_desk import Typed

_LIVE_HERE = frozenset({"resident", "tenant"})  # who must have a house
_LONGEST_NAME = 50


class Refused(Exception):  # noqa: N818 - it is no error of the program
    """Why somebody cannot be entered so, in words for the admin."""


def person_of(people: People, typed: Typed, old: Person | None, today: date) -> Person:
    """The person as they will be. Raises CellError, Refused, JournalError, VaultError."""
    name, house, number = _name(typed.name), _house(typed), _number(typed.id_number, today)
    person_id = old.id if old else _new_id(people, name, house.name)
    if number:
        _refuse_number_of_another(people, number.text, person_id)
    occupation = clean(typed.occupation)
    blank = old or Person(person_id, name, house.name, typed.category)
    return replace(
        blank,
        name=name,
        dwelling=house.name,
        dwelling_written="" if typed.dwelling.strip() == house.name else typed.dwelling.strip(),
        category=typed.category,
        phones=read_phones(typed.phones),
        id_number=number.text if number else "",
        birth=(number.birth if number else None) or blank.birth,
        occupation=(roster_words.occupation(occupation) or "") if occupation else "",
        occupation_written=occupation,
        note=typed.note.strip(),
    )


def _name(text: str) -> str:
    name = clean_name(text)
    if not name:
        raise Refused(words.no_name())
    if len(name) > _LONGEST_NAME or any(character.isdigit() for character in name):
        raise CellError(Trouble.NAME_ODD)
    return name


def _house(typed: Typed) -> House:
    house = read_house(typed.dwelling)
    if not house.parts and (typed.category in _LIVE_HERE or typed.dwelling.strip()):
        raise Refused(words.no_house())
    return house


def _number(text: str, today: date) -> IdNumber | None:
    return read_id_number(text, today) if text.strip() else None


def _refuse_number_of_another(people: People, number: str, person_id: str) -> None:
    known = people.find_by_id_number(number)
    if known and known.line and known.person_id != person_id:
        raise Refused(words.there_already(f"{known.line.name} {known.line.dwelling}".strip()))


def _new_id(people: People, name: str, dwelling: str) -> str:
    """One of their own, also where somebody of this name moved away from, as when a list is imported."""
    written = dwelling
    while there := people.person(people.id_for(name, written)):
        if (there.name, there.dwelling) == (name, dwelling):
            raise Refused(words.there_already(f"{mask_name(name)} {dwelling}".strip()))
        written += "\0"
    return people.id_for(name, written)
