"""One person of the lists changed by hand: typed fields read as a list's cells are, keys made anew. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

import msgspec

from center.store.directory import Known
from station.roster.house import read_house
from station.roster.id_number import read_id_number
from station.roster.phone import read_phones
from station.roster.problems import CellError, Trouble
from station.roster.text import clean, clean_name
from station.roster.times import read_date
from station.sync.items import PersonItem, shared_key

FIELDS = ("category", "name", "id_number", "dwelling", "phones", "birth", "occupation", "note")
_Value = TypeVar("_Value")
_LIVE_HERE = ("resident", "tenant")


@dataclass(frozen=True, slots=True)
class Changed:
    person: PersonItem | None = field(repr=False)  # None: something is wrong
    wrong: Mapping[str, Trouble]  # by field


def changed(
    before: PersonItem, number_key: str, typed: Mapping[str, str], key: bytes, today: date
) -> Changed:
    """An empty ID number means that it stays as it is: it cannot be shown, for nobody here knows it."""
    wrong: dict[str, Trouble] = {}
    name = clean_name(typed["name"])
    if not name:
        wrong["name"] = Trouble.NAME_MISSING
    elif len(name) > 50 or any(character.isdigit() for character in name):
        wrong["name"] = Trouble.NAME_ODD
    phones = _read(wrong, "phones", lambda: read_phones(typed["phones"]) if typed["phones"] else ())
    number = _read(
        wrong, "id_number", lambda: read_id_number(typed["id_number"], today) if typed["id_number"] else None
    )
    born = _read(wrong, "birth", lambda: read_date(clean(typed["birth"])) if typed["birth"] else None)
    house = _read(wrong, "dwelling", lambda: read_house(typed["dwelling"]).name if typed["dwelling"] else "")
    if typed["category"] in _LIVE_HERE and not house and "dwelling" not in wrong:
        wrong["dwelling"] = Trouble.HOUSE_MISSING
    if born is not None and born > today:
        wrong["birth"] = Trouble.BIRTH_WRONG
    if number and number.birth and born and number.birth != born:
        wrong["birth"] = Trouble.BIRTH_NOT_OF_ID
    if wrong:
        return Changed(None, wrong)
    if number:
        number_key = shared_key(key, "id_number", number.text)
    birth = (number.birth if number else None) or born
    return Changed(
        with_keys(
            msgspec.structs.replace(
                before,
                category=typed["category"],
                name=name,
                dwelling=house or "",
                phones=tuple(phones or ()),
                birth=birth.isoformat() if birth else "",
                occupation=typed["occupation"],
                note=typed["note"],
            ),
            number_key,
            key,
        ),
        {},
    )


def with_keys(person: PersonItem, number_key: str, key: bytes) -> PersonItem:
    """The keys by which the gates tell somebody, as `people_lists` makes them."""
    resident = shared_key(key, "resident", f"{person.name}\0{person.dwelling}") if person.dwelling else ""
    house = shared_key(key, "dwelling", person.dwelling) if person.dwelling else ""
    return msgspec.structs.replace(
        person, keys=tuple(one for one in (number_key, resident) if one), house=house
    )


def merged(kept: Known, gone: Known, key: bytes) -> PersonItem:
    """One person of two entries: what the kept one does not say comes from the other."""
    first, second = kept.person, gone.person
    dwelling = first.dwelling or second.dwelling
    person = msgspec.structs.replace(
        first,
        dwelling=dwelling,
        codes=tuple(dict.fromkeys((*first.codes, *second.codes))),
        phones=tuple(dict.fromkeys((*first.phones, *second.phones))),
        birth=first.birth or second.birth,
        occupation=first.occupation or second.occupation,
        guardians=tuple(
            one
            for one in dict.fromkeys((*first.guardians, *second.guardians))
            if one not in (kept.id, gone.id)
        ),
        note="；".join(dict.fromkeys(note for note in (first.note, second.note) if note)),
        former=tuple(
            one for one in dict.fromkeys((*first.former, *second.former, gone.id)) if one != kept.id
        ),
    )
    person = with_keys(person, kept.number_key or gone.number_key, key)
    known_by = dict.fromkeys((*first.went_by, *second.went_by, *first.keys, *second.keys))
    return msgspec.structs.replace(person, went_by=tuple(one for one in known_by if one not in person.keys))


def following(everybody: Iterable[Known], kept: str, gone: str) -> list[tuple[Known, PersonItem]]:
    """Who names one of two who are one, as they are now: whoever stays speaks for the other's wards.

    Who came back onto the list under a former id of somebody, and is one with another now, is not that one.
    """
    found, people = [], list(everybody)
    theirs = {key for known in people if known.id in (kept, gone) for key in known.person.keys}
    for known in people:
        guardians, former = known.person.guardians, known.person.former
        if known.id in (kept, gone) or not (gone in guardians or gone in former or kept in former):
            continue
        named = dict.fromkeys(kept if one == gone else one for one in guardians)
        was = tuple(one for one in former if one not in (kept, gone))
        by = known.person.went_by
        if was != former:
            by = tuple(one for one in by if was and one not in theirs)
        changed = msgspec.structs.replace(known.person, guardians=tuple(named), former=was, went_by=by)
        found.append((known, changed))
    return found


def _read(wrong: dict[str, Trouble], name: str, read: Callable[[], _Value]) -> _Value | None:
    try:
        return read()
    except CellError as error:
        wrong[name] = error.what
        return None
