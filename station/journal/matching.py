"""Who of a roster somebody in a list is. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from station.journal.person import Person
from station.roster.phone import read_phones
from station.roster.problems import CellError
from station.roster.rows import Draft
from station.roster.text import clean_name

_PHONE = re.compile(r"[+\d][\d\- ]{6,}")


class Register:
    """People by what tells that they are the same."""

    def __init__(self) -> None:
        self._by_number: dict[str, Person] = {}
        self._by_house: dict[tuple[str, str], Person] = {}
        self._by_phone: dict[tuple[str, str], list[Person]] = {}

    def put(self, person: Person) -> None:
        if person.id_number:
            self._by_number[person.id_number] = person
        if person.dwelling:
            self._by_house[person.name, person.dwelling] = person
        for phone in person.phones:
            self._by_phone.setdefault((person.name, phone), []).append(person)

    def of_number(self, number: str) -> Person | None:
        return self._by_number.get(number) if number else None

    def in_house(self, name: str, dwelling: str) -> Person | None:
        return self._by_house.get((name, dwelling)) if dwelling else None

    def with_phone(self, name: str, phones: Iterable[str]) -> Person | None:
        """Only if it can be but one."""
        found = {one.id: one for phone in phones for one in self._by_phone.get((name, phone), ())}
        return next(iter(found.values())) if len(found) == 1 else None

    def find(self, draft: Draft, dwelling: str) -> Person | None:
        return (
            self.of_number(draft.id_number)
            or self.in_house(draft.name, dwelling)
            or self.with_phone(draft.name, draft.phones)
        )


def named_people(written: str) -> list[tuple[str, tuple[str, ...]]]:
    """Names with the phones beside them: 张强13812345678、李红 → 张强 with one, 李红 with none."""
    found = []
    for piece in re.split("[、,，;；/]|和", written):
        name = clean_name(re.sub(r"[\[(（].*?[\])）]", "", _PHONE.sub("", piece))).strip(":： ")
        if name:
            found.append((name, _phones(piece)))
    return found


def _phones(piece: str) -> tuple[str, ...]:
    """A number that is none finds nobody, and the name may still do."""
    try:
        return tuple(phone for part in _PHONE.findall(piece) for phone in read_phones(part))
    except CellError:
        return ()
