"""What an import would do: whom the roster knows already, who is new, what changes, what contradicts.

Somebody is the same person if the ID number is the same, or else name and dwelling, or else name and phone.
An empty cell changes nothing. Pure: it works on a snapshot and writes nothing, so any thread may plan.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from station.journal.batches import Relation
from station.journal.matching import Register, named_people
from station.journal.person import Person
from station.journal.vault import Vault
from station.roster.problems import Doubt, Problem, Trouble
from station.roster.rows import Draft, PeopleList, ReadRow, Said


class Change(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The roster as it was when a plan was made."""

    people: tuple[Person, ...] = field(repr=False)
    code_owners: dict[str, str] = field(repr=False)  # person's id by code key
    newest_batch: int


@dataclass(slots=True)
class Planned:
    """One person as they will be, and what is new about that."""

    person: Person
    change: Change
    fields: set[str]  # what changes, by the names of Person's fields; for new people all that is known
    row: int  # of the file, the first that speaks of them
    colours: tuple[Said, ...] = ()  # a list may have a row for each day
    tests: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do. Rows with serious problems are in `wrong` and would not be taken."""

    people: tuple[Planned, ...]
    relations: tuple[Relation, ...]
    wrong: tuple[ReadRow, ...]
    doubtful: tuple[ReadRow, ...]  # taken, but worth a look
    newest_batch: int

    def count(self, change: Change) -> int:
        return sum(planned.change is change for planned in self.people)


def make_plan(people: PeopleList, snapshot: Snapshot, vault: Vault) -> Plan:
    """Compare a list with the roster."""
    planner = _Planner(snapshot, vault)
    rows = [planner.take(row) for row in people.rows]
    rows = [planner.find_speakers(row) for row in rows]
    return Plan(
        tuple(planner.planned.values()),
        tuple(dict.fromkeys(planner.relations)),
        tuple(row for row in rows if any(problem.serious for problem in row.problems)),
        tuple(row for row in rows if row.problems and not any(problem.serious for problem in row.problems)),
        snapshot.newest_batch,
    )


class _ContradictionError(Exception):
    def __init__(self, what: Trouble, row: int = 0) -> None:
        super().__init__(what)
        self.problem = Problem(what, "", row)


class _Planner:
    """Takes rows one by one; later rows are compared with earlier ones as with the roster."""

    def __init__(self, snapshot: Snapshot, vault: Vault) -> None:
        self._vault = vault
        self._bound = snapshot.code_owners
        self._owners = dict(snapshot.code_owners)
        self._roster, self._file = Register(), Register()
        self._known = {person.id: person for person in snapshot.people}
        for person in snapshot.people:
            self._roster.put(person)
        self.planned: dict[str, Planned] = {}
        self.relations: list[Relation] = []

    def take(self, row: ReadRow) -> ReadRow:
        """Plan what a row says; comes back with whatever contradicts the roster or an earlier row."""
        if row.draft is None:
            return row
        try:
            doubt = self._take(row.draft, row.row.number)
        except _ContradictionError as error:
            return replace(row, draft=None, problems=(*row.problems, error.problem))
        return replace(row, problems=(*row.problems, doubt)) if doubt else row

    def _take(self, draft: Draft, number: int) -> Problem | None:
        dwelling = draft.house.name if draft.house else ""
        earlier = self._file.find(draft, dwelling)
        if earlier:
            return self._take_again(earlier, draft, dwelling, number)
        known = self._roster.find(draft, dwelling)
        if (
            known and known.id in self.planned
        ):  # who has moved by an earlier row, found where they lived before
            return self._take_again(self.planned[known.id].person, draft, dwelling, number)
        if known:
            self._refuse_another(known, draft)
        person = self._merged(known or self._new(draft, dwelling), draft, dwelling)
        person, codes = self._with_code(person, draft)
        fields = _differences(known, person) | codes
        change = (Change.CHANGED if fields else Change.SAME) if known else Change.NEW
        self._plan(Planned(person, change, fields, number, _and((), draft.colour), _and((), draft.test)))
        return None

    def _take_again(self, earlier: Person, draft: Draft, dwelling: str, number: int) -> Problem | None:
        planned = self.planned[earlier.id]
        person = self._merged(earlier, draft, dwelling)
        if not _adds_only(earlier, person):
            raise _ContradictionError(Trouble.CONTRADICTS_ROW, planned.row)
        owner = self._roster.of_number(draft.id_number)
        if owner and owner.id != earlier.id:
            raise _ContradictionError(Trouble.CONTRADICTS_ROSTER)
        person = replace(person, phones=tuple(dict.fromkeys((*earlier.phones, *draft.phones))))
        person, codes = self._with_code(person, draft)
        more = _differences(earlier, person) | codes
        colours, tests = _and(planned.colours, draft.colour), _and(planned.tests, draft.test)
        if planned.change is Change.SAME and more:
            planned.change = Change.CHANGED
        self._plan(
            replace(
                planned,
                person=person,
                fields=planned.fields | more,
                colours=colours,
                tests=tests,
            )
        )
        told = (colours, tests) != (planned.colours, planned.tests)
        return None if more or told else Problem(Doubt.REPEATED, "", planned.row)

    def _plan(self, planned: Planned) -> None:
        self.planned[planned.person.id] = planned
        self._file.put(planned.person)

    def _refuse_another(self, known: Person, draft: Draft) -> None:
        """The roster has this number under another name, or this name and house with another number."""
        other_number = known.id_number and draft.id_number and known.id_number != draft.id_number
        if known.name != draft.name or other_number:
            raise _ContradictionError(Trouble.CONTRADICTS_ROSTER)

    def _new(self, draft: Draft, dwelling: str) -> Person:
        """With an id of their own, also where somebody of this name moved away from."""
        suffix = ""
        while True:
            person_id = self._vault.person_key(draft.name, f"{dwelling}{suffix}")
            if person_id not in self._known and person_id not in self.planned:
                return Person(person_id, draft.name, dwelling, draft.category)
            suffix += "\0"

    def _merged(self, person: Person, draft: Draft, dwelling: str) -> Person:
        return replace(
            person,
            name=draft.name,
            category=draft.category if draft.category_given else person.category,
            dwelling=dwelling or person.dwelling,
            dwelling_written=draft.house_written if dwelling else person.dwelling_written,
            phones=draft.phones or person.phones,
            id_number=draft.id_number or person.id_number,
            birth=draft.birth or person.birth,
            occupation=draft.occupation or person.occupation,
            occupation_written=draft.occupation_written or person.occupation_written,
            guardian_written=draft.guardian or person.guardian_written,
            proxy_written=draft.proxy or person.proxy_written,
            note=draft.note or person.note,
        )

    def _with_code(self, person: Person, draft: Draft) -> tuple[Person, set[str]]:
        if not draft.code:
            return person, set()
        key = self._vault.code_key(draft.code)
        if self._owners.setdefault(key, person.id) != person.id:
            raise _ContradictionError(Trouble.CODE_TAKEN)
        known = key in self._bound or draft.code in person.codes
        codes = tuple(dict.fromkeys((*person.codes, draft.code)))
        return replace(person, codes=codes), set() if known else {"codes"}

    def find_speakers(self, row: ReadRow) -> ReadRow:
        """Who the guardian and the proxy are, once everybody is there; unknown ones stay as written."""
        draft = row.draft
        if draft is None or not (draft.guardian or draft.proxy):
            return row
        dwelling = draft.house.name if draft.house else ""
        child = self._file.find(draft, dwelling)
        unknown = [
            Problem(Doubt.GUARDIAN_UNKNOWN, "")
            for kind, written in (("guardian", draft.guardian), ("proxy", draft.proxy))
            if written and child and not self._relate(child, kind, written, dwelling)
        ]
        return replace(row, problems=(*row.problems, *unknown))

    def _relate(self, child: Person, kind: str, written: str, dwelling: str) -> bool:
        speakers = [
            speaker
            for name, phones in named_people(written)
            if (speaker := self._speaker(name, phones, dwelling)) and speaker.id != child.id
        ]
        self.relations += [Relation(child.id, kind, speaker.id) for speaker in speakers]
        return bool(speakers)

    def _speaker(self, name: str, phones: tuple[str, ...], dwelling: str) -> Person | None:
        """In the same dwelling, or by name and phone; a name alone somewhere else proves nothing."""
        for register in (self._file, self._roster):
            if found := register.in_house(name, dwelling) or register.with_phone(name, phones):
                return found
        return None


_COMPARED = (
    *("name", "category", "dwelling", "phones", "id_number", "birth", "occupation", "occupation_written"),
    *("guardian_written", "proxy_written", "note"),
)
_ONE_OF_EACH = ("name", "category", "dwelling", "id_number", "birth", "occupation")


def _and(before: tuple[Said, ...], said: Said | None) -> tuple[Said, ...]:
    return before if said is None or said in before else (*before, said)


def _differences(before: Person | None, after: Person) -> set[str]:
    """What is new; of somebody new, all that is known."""
    if before is None:
        return {name for name in _COMPARED if getattr(after, name)}
    return {name for name in _COMPARED if getattr(before, name) != getattr(after, name)}


def _adds_only(earlier: Person, merged: Person) -> bool:
    """Whether a second row of somebody says nothing else than the first where both say something."""
    return all(
        not getattr(earlier, name) or getattr(earlier, name) == getattr(merged, name) for name in _ONE_OF_EACH
    )
