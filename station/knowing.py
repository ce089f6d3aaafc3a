"""What is known of somebody, here and at the center: the same person in both rosters is one.

They are told by shared keys: the code, the ID number, name with dwelling. The station's own roster says who
somebody is; the facts of both count, of one kind the newest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from station.codekeys import CodeKeys
from station.core.entry import from_ms
from station.core.facts import Fact, FactKind
from station.core.outcome import PersonLine
from station.journal.batches import Relation
from station.journal.center_cursor import read_cursor
from station.journal.center_pages import SOURCE
from station.journal.center_people import CenterPeople, CenterPerson
from station.journal.center_subjects import surely
from station.journal.entries import Journal
from station.journal.errors import storage_errors
from station.journal.facts import About, facts_about
from station.journal.list_check import Intact
from station.journal.masking import mask_name
from station.journal.people import Known, People
from station.journal.person import house_key
from station.journal.shared_keys import SharedKeys, keys_of, local_people

_NOT_IN_FACTS = {FactKind.IDENTITY, FactKind.OCCUPATION, FactKind.ISOLATION_PENDING}  # `People` adds them
GUARDIAN = "guardian"  # the center says who may speak for somebody, not as what


@dataclass(frozen=True, slots=True)
class _Met:
    """Who was found, and under what else they are known."""

    known: Known | None
    keys: SharedKeys | None  # of our own person
    theirs: tuple[CenterPerson, ...]


class Knowing:
    """`People.find_by_code` and `People.find` with the center's people. Raises JournalError, VaultError."""

    def __init__(self, people: People, keys: CodeKeys, journal: Journal, gate: str = "") -> None:
        """`gate` is its name by its own settings; in rights of the center stands the center's name of it."""
        self._people, self._keys, self._gate = people, keys, gate
        self._connection, self._vault = journal.connection, journal.vault
        self._intact = Intact(journal.connection, journal.vault.rows)
        self._center = CenterPeople(journal.connection, journal.vault)

    def find_by_code(self, key: str) -> Known | None:
        """What is known about the holder of the code with this key, the station's own; None if nothing is."""
        known, shared = self._people.find_by_code(key), self._keys.shared(key)
        if shared is None:
            return self._with_center(known, None, key, None)
        with storage_errors():
            holder = self._center.by_code(shared)
        return self._with_center(known, holder, key, shared)

    def find(self, person_id: str) -> Known | None:
        """What is known about somebody of either roster, by their id there; None if they are in neither."""
        known = self._people.find(person_id)
        with storage_errors():
            theirs = None if known or self._keys.district_key is None else self._center.by_id(person_id)
        return self._with_center(known, theirs, None, None)

    def for_whom_speaks(self, person_id: str) -> list[Relation]:
        """Whose code this person may show, by what either roster says; ids are as `find` gives them."""
        found = {one.person_id: one for one in self._people.for_whom_speaks(person_id)}
        if self._keys.district_key is None:
            return list(found.values())
        known = self._people.find(person_id)
        with storage_errors():
            theirs = None if known else self._center.by_id(person_id)
            for speaker in self._met(known, theirs).theirs:
                for ward in self._center.wards_of(speaker.id):
                    ours = self._ours(ward)
                    ward_id = (ours.person_id if ours else None) or ward.id
                    found.setdefault(ward_id, Relation(ward_id, GUARDIAN, person_id))
        return list(found.values())

    def _with_center(
        self, known: Known | None, theirs: CenterPerson | None, key: str | None, shared: str | None
    ) -> Known | None:
        if self._keys.district_key is None:
            return known
        with storage_errors():
            met = self._met(known, theirs)
            former = tuple([id for one in met.theirs for id in self._center.former_of(one)])
            subjects = _subjects(met, key, shared, former)
            found = facts_about(self._connection, subjects, self._intact, former)
        facts = [self._at_this_gate(fact) for fact in found]
        if met.known and met.known.person_id:
            said = [fact for fact in met.known.facts if fact.kind in _NOT_IN_FACTS]
            facts = list(dict.fromkeys((*said, *facts)))
            return replace(met.known, facts=tuple(facts), former=self._other_ids(met))
        if met.theirs:
            return replace(self._known(met.theirs[0], facts), former=former)
        return Known(None, None, tuple(facts)) if facts else None

    def _other_ids(self, met: _Met) -> tuple[str, ...]:
        """Under which one of our own passed by the center's list. A namesake of the dwelling may lend them
        facts, for safety; but his measurement spares them none."""
        if not met.theirs or not met.known or not met.known.person_id or not met.keys:
            return ()
        with storage_errors():
            known = self._connection, self._center, met.theirs
            sure = surely(*known, met.known.person_id, met.keys.id_number)
            return tuple(id for one in sure for id in (one.id, *self._center.former_of(one)))

    def _at_this_gate(self, fact: Fact) -> Fact:
        """A right to the gate that the center calls so is one to this gate, whatever its PC calls itself."""
        names, called = [name.strip() for name in fact.value.split(",")], self._keys.called
        if fact.kind is not FactKind.RIGHT or fact.source != SOURCE or not called or called not in names:
            return fact
        return replace(fact, value=",".join(dict.fromkeys((*names, self._gate or called))))

    def _met(self, known: Known | None, theirs: CenterPerson | None) -> _Met:
        """The same person in both rosters."""
        if theirs and not (known and known.person_id):
            known = self._ours(theirs) or known
        if known is None or known.person_id is None:
            return _Met(known, None, (theirs,) if theirs else ())
        keys = self._keys_of(known.person_id)
        same = self._center.same_as(keys.of_person, keys.id_number) if keys else []
        found = {one.id: one for one in ((theirs,) if theirs else ()) + tuple(same)}
        return _Met(known, keys, tuple(found.values()))

    def _ours(self, theirs: CenterPerson) -> Known | None:
        for person_id in local_people(self._connection, self._center.keys_of(theirs)):
            keys = self._keys_of(person_id)
            if keys and theirs in self._center.same_as(keys.of_person, keys.id_number):
                return self._people.find(person_id)
        return None

    def _keys_of(self, person_id: str) -> SharedKeys | None:
        person, district_key = self._people.person(person_id), self._keys.district_key
        return keys_of(district_key, person) if person and district_key else None

    def _known(self, theirs: CenterPerson, facts: Iterable[Fact]) -> Known:
        """Somebody whom only the center knows."""
        item, as_of = theirs.item, read_cursor(self._connection, "people").as_of or from_ms(0)
        said = [Fact(FactKind.IDENTITY, item.category, as_of, SOURCE)]
        if item.occupation:
            said.append(Fact(FactKind.OCCUPATION, item.occupation, as_of, SOURCE))
        line = PersonLine(mask_name(item.name), item.dwelling)
        return Known(theirs.id, line, (*said, *facts), house_key(self._vault, item.dwelling) or None)


def _subjects(
    met: _Met, key: str | None, shared: str | None, former: Iterable[str]
) -> Sequence[tuple[About, str]]:
    """Everything under which facts about them may lie."""
    found: list[tuple[About, str | None]] = [("code", key), ("code", shared)]
    if met.known:
        found += [("person", met.known.person_id), ("dwelling", met.known.household)]
    if met.keys:
        found.append(("dwelling", met.keys.dwelling))
    for one in met.theirs:
        found += [("person", one.id), ("dwelling", one.item.house)]
    found += [("person", one) for one in former]
    return [(about, subject) for about, subject in dict.fromkeys(found) if subject]
