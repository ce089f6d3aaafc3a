"""A list of people as it was read, against those that the center has: who is new, changed, the same. Pure.

People are told by shared keys: the ID number, or else name and dwelling, or else name and phone. What a row
does not say stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import msgspec

from center.newer import newest_of, takes_place
from station.roster.problems import Doubt, Problem, Trouble
from station.roster.rows import Draft, ReadRow
from station.sync.items import FactItem, PersonItem, encode_item, shared_key

SOURCE = "roster"


@dataclass(slots=True)
class KnownPeople:
    """The center's people, and which key and code is whose."""

    people: dict[str, PersonItem] = field(default_factory=dict, repr=False)
    by_key: dict[str, str] = field(default_factory=dict, repr=False)
    by_code: dict[str, str] = field(default_factory=dict, repr=False)
    far: set[str] = field(default_factory=set)  # of another place: told by their ID number alone

    def add_far(self, person_id: str, person: PersonItem) -> None:
        """Somebody of another place: 3-2-501 is another dwelling there."""
        self.people[person_id] = person
        self.far.add(person_id)
        if len(person.keys) > bool(person.dwelling):
            self.by_key[person.keys[0]] = person_id
        self.by_code.update(dict.fromkeys(person.codes, person_id))

    def add(self, person_id: str, person: PersonItem) -> None:
        self.people[person_id] = person
        self.by_key.update(dict.fromkeys(person.keys, person_id))
        self.by_code.update(dict.fromkeys(person.codes, person_id))


@dataclass(frozen=True, slots=True)
class Planned:
    """One person of the file, as the center will have them."""

    id: str
    person: PersonItem = field(repr=False)
    facts: tuple[FactItem, ...] = field(repr=False)
    change: str  # new, changed, same
    row: int

    def without_older(self, told: Mapping[str, FactItem], now_ms: int) -> Planned:
        """Without what something newer is told of."""
        facts = tuple(fact for fact in self.facts if takes_place(fact, told.get(fact.kind), now_ms))
        return replace(self, facts=facts)


@dataclass(frozen=True, slots=True)
class Plan:
    people: tuple[Planned, ...] = field(repr=False)
    wrong: tuple[ReadRow, ...]  # these rows are not taken
    doubtful: tuple[ReadRow, ...]
    gone: tuple[str, ...]  # ids of people who are not in the file

    def count(self, change: str) -> int:
        return sum(planned.change == change for planned in self.people)

    def people_items(self) -> Iterator[tuple[str, str, bytes]]:
        """As the store takes them, for the channel `people`."""
        return (("person", planned.id, encode_item(planned.person)) for planned in self.people)

    def without_older(self, told: Mapping[str, Mapping[str, FactItem]], now_ms: int) -> Plan:
        """The same, and a list of yesterday takes back no colour of today; `told`: by person and kind."""
        left = (one.without_older(told.get(one.id, {}), now_ms) for one in self.people)
        return replace(self, people=tuple(left))

    def fact_items(self) -> Iterator[tuple[str, str, bytes]]:
        """Colours and tests that the rows said, for the channel `quick`."""
        for fact in (fact for planned in self.people for fact in planned.facts):
            yield "fact", f"person:{fact.subject}:{fact.kind}", encode_item(fact)


@dataclass(frozen=True, slots=True)
class Marks:
    """By what the people of some rows are known, if they are: all of it shared keys, or ids."""

    ids: frozenset[str]
    numbers: frozenset[str]
    codes: frozenset[str]
    houses: frozenset[str]


def marks_of(rows: Sequence[ReadRow], district_key: bytes, place: str = "") -> Marks:
    """A few rows need not be held against everybody there is; `place` as in `make_plan`."""
    drafts = [row.draft for row in rows if row.draft]

    def hashed(kind: str, texts: Iterable[str]) -> frozenset[str]:
        return frozenset(shared_key(district_key, kind, text) for text in texts if text)

    numbers = [draft.id_number for draft in drafts]
    told = [_told_by(draft) for draft in drafts]
    ids = hashed("person", [*numbers, *told, *(f"{place}\0{one}" for one in told)])
    return Marks(
        frozenset(id[:32] for id in ids),
        hashed("id_number", numbers),
        hashed("code", [draft.code for draft in drafts]),
        hashed("dwelling", [draft.house.name for draft in drafts if draft.house]),
    )


def make_plan(rows: Sequence[ReadRow], known: KnownPeople, district_key: bytes, place: str = "") -> Plan:
    """What the rows of a file make of the people that are known; `place`: the branch whose list it is."""
    planner = _Planner(known, district_key, place)
    taken = [planner.take(row) for row in rows]
    people = planner.people()
    wrong = tuple(row for row in taken if row.draft is None)
    doubtful = tuple(row for row in taken if row.draft and row.problems)
    return Plan(people, wrong, doubtful, tuple(sorted(set(known.people) - set(planner.planned))))


class _Planner:
    def __init__(self, known: KnownPeople, district_key: bytes, place: str = "") -> None:
        self._known, self._key, self._place = known, district_key, place
        self._here = KnownPeople()  # of this file
        self.planned: dict[str, tuple[PersonItem, Draft, int]] = {}
        self._told: dict[str, list[FactItem]] = {}

    def take(self, row: ReadRow) -> ReadRow:
        """Plan one row; the row comes back with what else is wrong with it."""
        if row.draft is None:
            return row
        person_id = self._id(row.draft)
        person = self._merged(person_id, row.draft)
        problem = self._clash(person_id, person)
        if problem is None:
            self._here.add(person_id, person)
            self.planned[person_id] = (person, row.draft, row.row.number)
            self._told[person_id] = list(_facts(person_id, row.draft))
            return row
        if problem.what is Doubt.REPEATED and self._tells_more(person_id, row.draft):
            return row
        draft = None if problem.serious else row.draft
        return replace(row, draft=draft, problems=(*row.problems, problem))

    def _tells_more(self, person_id: str, draft: Draft) -> bool:
        """The colour or the test of another day: somebody may stand in a list once for each."""
        told = self._told[person_id]
        more = [fact for fact in _facts(person_id, draft) if fact not in told]
        told.extend(more)
        return bool(more)

    def people(self) -> tuple[Planned, ...]:
        return tuple(self._planned(person_id, *found) for person_id, found in self.planned.items())

    def _planned(self, person_id: str, person: PersonItem, draft: Draft, row: int) -> Planned:
        person = msgspec.structs.replace(person, guardians=self._guardians(draft, person))
        before = self._known.people.get(person_id)
        change = "new" if before is None else "same" if before == person else "changed"
        return Planned(person_id, person, newest_of(self._told[person_id]), change, row)

    def _clash(self, person_id: str, person: PersonItem) -> Problem | None:
        if person_id in self.planned:
            before, _, row = self.planned[person_id]
            return Problem(Doubt.REPEATED if before == person else Trouble.CONTRADICTS_ROW, "", row)
        owners = {self._here.by_code.get(code) or self._known.by_code.get(code) for code in person.codes}
        return Problem(Trouble.CODE_TAKEN, "") if owners - {None, person_id} else None

    def _id(self, draft: Draft) -> str:
        """The id that this person has, or gets: from a keyed hash, so that every import comes to the same."""
        number = self._id_number(draft)
        if number:
            found = self._known.by_key.get(number) or self._here.by_key.get(number)
            if found:
                return found
        found = self._resident(draft)
        if found and not (number and self._has_other_number(found, number)):
            return found
        made = self._hashed("person", draft.id_number or _told_by(draft))[:32]
        if draft.id_number or made not in self._known.far:
            return made
        return self._hashed("person", f"{self._place}\0{_told_by(draft)}")[:32]  # a namesake elsewhere

    def _resident(self, draft: Draft) -> str | None:
        """Whoever has this name in this dwelling."""
        if not draft.house:
            found = self._hashed("person", _told_by(draft))[:32]
            return found if found in self._known.people else None
        key = self._hashed("resident", _told_by(draft))
        return self._known.by_key.get(key) or self._here.by_key.get(key)

    def _has_other_number(self, person_id: str, number: str) -> bool:
        """A father and a son of one name: told apart by their ID numbers."""
        person = self._here.people.get(person_id) or self._known.people[person_id]
        return self._number_of(person) not in ("", number)

    def _merged(self, person_id: str, draft: Draft) -> PersonItem:
        before = self._known.people.get(person_id) or PersonItem(draft.category, draft.name)
        dwelling = draft.house.name if draft.house else before.dwelling
        codes = (self._hashed("code", draft.code),) if draft.code else ()
        return PersonItem(
            category=draft.category if draft.category_given else before.category,
            name=draft.name,
            dwelling=dwelling,
            codes=tuple(dict.fromkeys((*before.codes, *codes))),
            keys=self._keys(draft, dwelling, before),
            house=self._hashed("dwelling", dwelling) if dwelling else "",
            phones=draft.phones or before.phones,
            birth=draft.birth.isoformat() if draft.birth else before.birth,
            occupation=draft.occupation or before.occupation,
            guardians=before.guardians,
            note=draft.note or before.note,
            former=before.former,
            went_by=before.went_by,
        )

    def _keys(self, draft: Draft, dwelling: str, before: PersonItem) -> tuple[str, ...]:
        """Of the ID number, and of name and dwelling, as far as they are known."""
        number = self._id_number(draft) or self._number_of(before)
        resident = self._hashed("resident", f"{draft.name}\0{dwelling}") if dwelling else ""
        return tuple(key for key in (number, resident) if key)

    def _number_of(self, person: PersonItem) -> str:
        """The key of the ID number among somebody's keys, if it is known."""
        resident = self._hashed("resident", f"{person.name}\0{person.dwelling}")
        return next((key for key in person.keys if key != resident), "")

    def _guardians(self, draft: Draft, person: PersonItem) -> tuple[str, ...]:
        """Guardian and proxy who live in the same dwelling; others are left to the gate."""
        names = [name for name in (draft.guardian, draft.proxy) if name]
        keys = [self._hashed("resident", f"{name}\0{person.dwelling}") for name in names]
        found = [self._here.by_key.get(key) or self._known.by_key.get(key) for key in keys]
        return tuple(dict.fromkeys(one for one in found if one)) or person.guardians

    def _id_number(self, draft: Draft) -> str:
        return self._hashed("id_number", draft.id_number) if draft.id_number else ""

    def _hashed(self, kind: str, text: str) -> str:
        return shared_key(self._key, kind, text)


def _told_by(draft: Draft) -> str:
    where = draft.house.name if draft.house else next(iter(draft.phones), "")
    return f"{draft.name}\0{where}"


def _facts(person_id: str, draft: Draft) -> Iterator[FactItem]:
    for kind, said in (("colour", draft.colour), ("test", draft.test)):
        if said:
            yield FactItem("person", person_id, kind, said.value, _ms(said.as_of), source=SOURCE)


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
