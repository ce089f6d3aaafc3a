"""What the card of one person says: who they are, their codes and family, what is known, who changed what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from station.core.facts import Fact, FactKind
from station.core.moments import in_zone
from station.journal.batches import Relation
from station.journal.changes import Change, Changes
from station.journal.entries import Journal
from station.journal.facts import About, Facts, News, Said, Told
from station.journal.masking import mask_id_number, mask_name, mask_phone
from station.journal.passes import Passes
from station.journal.people import People, Person
from station.journal.proposals import Outcome, Proposal, Proposals
from station.ui.admin.people_desk import Card, ChangeLine, FactLine, HeldCode, RelationLine

_SHOWN = (
    FactKind.ISOLATION, FactKind.ISOLATION_PENDING, FactKind.BLOCK, FactKind.COLOUR, FactKind.TEST,
    FactKind.TRAVEL, FactKind.EXPECTED, FactKind.RIGHT,
)  # fmt: skip
_TAG = 4  # characters of a code's key by which it is called
_Subject = tuple[About, str]


class CardReader:
    """Reads one journal. Methods raise JournalError, VaultError."""

    def __init__(self, journal: Journal, zone: tzinfo, now: datetime) -> None:
        self._journal, self._people, self._zone, self._now = journal, People(journal), zone, now

    def card(self, person: Person, *, in_full: bool) -> Card:
        keys = self._people.code_keys(person.id)
        shown = person if in_full else masked(person)
        return Card(
            person_id=person.id,
            in_full=in_full,
            name=shown.name,
            dwelling=person.dwelling,
            category=person.category,
            phones=shown.phones,
            id_number=shown.id_number,
            occupation=person.occupation_written or person.occupation,
            note=shown.note,
            relations=self._relations(person, in_full=in_full),
            held=self._held(keys),
            facts=self._facts(person, keys),
            history=self._history(person, keys),
        )

    def changes(self, person: Person) -> list[ChangeLine]:
        """All that anybody did to this person's data, newest first; names in it are masked."""
        lines = [self._change(one, person) for one in Changes(self._journal).of(person.id)]
        for about, subject in self._subjects(person, self._people.code_keys(person.id)):
            lines += [self._told_line(one) for one in Facts(self._journal).history(about, subject)]
            lines += [
                self._proposal(one)
                for one in Proposals(self._journal).about(about, subject)
                if one.outcome is not Outcome.CONFIRMED  # the fact that it became says both names
            ]
        return sorted(lines, key=lambda one: one.at, reverse=True)

    # --- parts of a card ------------------------------------------------------------------------

    def _relations(self, person: Person, *, in_full: bool) -> tuple[RelationLine, ...]:
        speakers = [(one, one.other_id, True) for one in self._people.who_speaks_for(person.id)]
        wards = [(one, one.person_id, False) for one in self._people.for_whom_speaks(person.id)]
        lines = (self._relation(*one, in_full=in_full) for one in (*speakers, *wards))
        return tuple(one for one in lines if one)

    def _relation(
        self, relation: Relation, other_id: str, speaks: bool, *, in_full: bool
    ) -> RelationLine | None:
        other = self._people.person(other_id)
        if other is None:
            return None
        name = other.name if in_full else mask_name(other.name)
        return RelationLine(relation.kind, other_id, name, other.dwelling, speaks)

    def _held(self, keys: frozenset[str]) -> tuple[HeldCode, ...]:
        """Passes with their number and last day first; of other codes only a short name is known."""
        held = {key: HeldCode(key, key[:_TAG].upper()) for key in keys}
        for issued in Passes(self._journal).all() if keys else ():
            key = self._journal.vault.code_key(issued.text)
            if key in keys:
                until = issued.gate_pass.valid_until.astimezone(self._zone).date()
                held[key] = HeldCode(key, issued.gate_pass.number, until, issued.is_current(self._now))
        return tuple(sorted(held.values(), key=lambda one: (one.until is None, one.until, one.tag)))

    def _facts(self, person: Person, keys: frozenset[str]) -> tuple[FactLine, ...]:
        """What counts now, of the person, the dwelling and all codes; the gravest kinds first."""
        known = [self._people.find(person.id), *(self._people.find_by_code(key) for key in sorted(keys))]
        facts = {fact for one in known if one for fact in one.facts if fact.kind in _SHOWN}
        ordered = sorted(facts, key=lambda fact: (_SHOWN.index(fact.kind), -fact.as_of.timestamp()))
        return tuple(self.line(fact) for fact in ordered)

    def _history(self, person: Person, keys: frozenset[str]) -> tuple[FactLine, ...]:
        facts = Facts(self._journal)
        told = [one for subject in self._subjects(person, keys) for one in facts.history(*subject)]
        return tuple(self._told(one) for one in sorted(told, key=lambda one: one.news.as_of, reverse=True))

    def _subjects(self, person: Person, keys: frozenset[str]) -> list[_Subject]:
        subjects: list[_Subject] = [("person", person.id), *(("code", key) for key in sorted(keys))]
        if person.dwelling:
            subjects.append(("dwelling", self._people.dwelling_key(person.dwelling)))
        return subjects

    def _told(self, told: Told) -> FactLine:
        line = self.line(fact_of(told.news), household=told.news.about == "dwelling")
        return replace(line, counts=told.counts, by=told.said.by, second=told.said.second)

    def line(self, fact: Fact | PlainFact, *, household: bool = False) -> FactLine:
        return FactLine(
            str(fact.kind),
            fact.value,
            fact.as_of.astimezone(self._zone),
            fact.source,
            in_zone(fact.valid_until, self._zone) if fact.valid_until else None,
            household,
        )

    # --- the history of changes -----------------------------------------------------------------

    def _change(self, change: Change, person: Person) -> ChangeLine:
        kind, _, ward = change.about.partition("/")
        related = change.kind in ("relate", "unrelate")
        other = self._people.person(change.others[0]) if related and change.others else None
        return ChangeLine(
            change.kind,
            change.at.astimezone(self._zone),
            change.source,
            by=change.by,
            why=change.note,
            fields=() if related or not change.about else tuple(change.about.split(",")),
            relation=kind if related else "",
            other=mask_name(other.name) if other else "",
            speaks=ward == person.id,
            undone_at=change.undone_at.astimezone(self._zone) if change.undone_at else None,
            undone_by=change.undone_by,
        )

    def _told_line(self, told: Told) -> ChangeLine:
        fact = self.line(fact_of(told.news), household=told.news.about == "dwelling")
        return self._of_fact("told", fact, told.told_at, told.said, told.said.second)

    def _proposal(self, proposal: Proposal) -> ChangeLine:
        fact = self.line(fact_of(proposal.news), household=proposal.news.about == "dwelling")
        rejected = proposal.outcome is Outcome.REJECTED
        second = proposal.settled.by if proposal.settled else ""
        kind = "rejected" if rejected else "proposed"
        return self._of_fact(kind, fact, proposal.proposed_at, proposal.proposed, second)

    def _of_fact(self, kind: str, fact: FactLine, at: datetime, said: Said, second: str) -> ChangeLine:
        return ChangeLine(
            kind,
            at.astimezone(self._zone),
            fact.source,
            by=said.by,
            second=second,
            why=said.note,
            fact=fact,
        )


@dataclass(frozen=True, slots=True)
class PlainFact:
    """A fact of any kind, also of those that this version does not know."""

    kind: str
    value: str
    as_of: datetime
    source: str
    valid_until: datetime | None


def fact_of(news: News) -> PlainFact:
    return PlainFact(news.kind, news.value, news.as_of, news.source, news.valid_until)


def masked(person: Person) -> Person:
    """As strangers may see it over the admin's shoulder; a note may name anybody."""
    return replace(
        person,
        name=mask_name(person.name),
        phones=tuple(mask_phone(phone) for phone in person.phones),
        id_number=mask_id_number(person.id_number) if person.id_number else "",
        note="****" if person.note else "",
    )


def differing(before: Person | None, after: Person) -> Sequence[str]:
    """The names of the fields in which somebody changes; `new` alone for somebody new."""
    if before is None:
        return ("new",)
    fields = (
        "name", "dwelling", "category", "phones", "id_number", "birth", "occupation_written", "note",
    )  # fmt: skip
    return [name for name in fields if getattr(before, name) != getattr(after, name)]
