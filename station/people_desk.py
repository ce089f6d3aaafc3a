"""Where the admin page finds, shows and changes people: through the running gate's own journal.

The journal has one writer, and while the gate runs that is the gate. So everything here is called in the GUI
thread, which owns it; only the job of `index` goes to another one, with a snapshot.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo

from station import presence_desk
from station.commands.people_words import problem_words
from station.core.facts import Fact, FactKind
from station.core.model import DeviceEvent, Scan
from station.issuing import current
from station.journal import directory
from station.journal.batches import CodeOwnedError
from station.journal.directory import Directory
from station.journal.entries import Journal
from station.journal.facts import NEED_TWO, About, Facts, News, Said, Told
from station.journal.importing import open_snapshot, snapshot
from station.journal.masking import mask_id_number, mask_name, mask_phone
from station.journal.passes import Passes
from station.journal.people import People, Person
from station.journal.proposals import Proposal, Proposals, SamePersonError, SettledError
from station.judge import ASSETS
from station.people_entry import Refused, person_of
from station.presence_desk import open_one
from station.roster.pinyin import Pinyin
from station.roster.problems import CellError, Problem
from station.roster.times import read_moment
from station.ui.admin import people_words as words
from station.ui.admin.people_desk import (
    Block,
    Card,
    DeskError,
    FactLine,
    Hit,
    NewFact,
    Typed,
    Waiting,
)
from station.ui.admin.work import Job, Progress

log = logging.getLogger(__name__)

SOURCE = "operator"
_MOST = 100  # hits: whoever has more types more
_SHOWN = (
    FactKind.ISOLATION, FactKind.ISOLATION_PENDING, FactKind.BLOCK, FactKind.COLOUR, FactKind.TEST,
    FactKind.TRAVEL, FactKind.EXPECTED, FactKind.RIGHT,
)  # fmt: skip
_FAR = datetime(9000, 1, 1, tzinfo=UTC)  # times that may be in the future


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class _Index:
    """Whom one can find, of one journal."""

    journal: Journal
    directory: Directory


class StationPeopleDesk:
    """`ui.admin.people_desk.PeopleDesk`. `journal` gives the open one, or None while the gate has none."""

    def __init__(
        self, journal: Callable[[], Journal | None], zone: tzinfo, now: Callable[[], datetime] = utc_now
    ) -> None:
        self._journal, self._zone, self._now = journal, zone, now
        self._index: _Index | None = None
        self._hear: Callable[[str], None] | None = None

    # --- finding --------------------------------------------------------------------------------

    @property
    def ready(self) -> bool:
        return self._index is not None and self._index.journal is self._journal()

    def index(self) -> Job | None:
        with in_words():
            journal = open_one(self._journal)
            if self.ready:
                return None
            people, sealed = People(journal), snapshot(journal)

        def job(progress: Progress) -> object:
            with in_words():
                found = Directory(people, Pinyin((ASSETS / "pinyin.txt").read_text("utf-8")))
                found.build(open_snapshot(journal.vault, sealed), progress.step)
                return _Index(journal, found)

        return job

    def take_index(self, made: object) -> None:
        assert isinstance(made, _Index)
        self._index = made

    def forget_index(self) -> None:
        """So much has changed that following it would hold the gate up."""
        self._index = None

    def count(self) -> int:
        return len(self._found) if self._index else 0

    def search(self, typed: str) -> Sequence[Hit]:
        with in_words():
            return [_hit(one) for one in self._found.search(typed, _MOST)]

    def blocks(self) -> Sequence[Block]:
        with in_words():
            return [Block(one.name, one.people) for one in self._found.buildings()]

    def of_block(self, name: str) -> Sequence[Hit]:
        with in_words():
            found = self._found
            blocks = [one for one in found.buildings() if one.name == name]  # none: all have moved away
            return [_hit(one) for block in blocks for one in found.of_building(block)]

    @property
    def _found(self) -> Directory:
        """Raises JournalError if the gate has no journal now."""
        open_one(self._journal)
        assert self._index is not None
        assert self.ready, "index it first"
        return self._index.directory

    # --- one person -----------------------------------------------------------------------------

    def card(self, person_id: str, *, in_full: bool = False) -> Card:
        """The one place where somebody's data can be looked at in full: to be audited here."""
        with in_words():
            journal, people, person = self._open(person_id)
            if in_full:
                log.warning("a person's card was shown in full")
            keys = people.code_keys(person_id)
            passes = current(Passes(journal).all(), self._now()) if keys else ()
            bound = sum(journal.vault.code_key(one.text) in keys for one in passes)
            shown = person if in_full else _masked(person)
            return Card(
                person_id=person_id,
                in_full=in_full,
                name=shown.name,
                dwelling=person.dwelling,
                category=person.category,
                phones=shown.phones,
                id_number=shown.id_number,
                occupation=person.occupation_written or person.occupation,
                note=shown.note,
                speakers=_named(
                    people, in_full, [(one.kind, one.other_id) for one in people.who_speaks_for(person_id)]
                ),
                wards=_named(
                    people, in_full, [(one.kind, one.person_id) for one in people.for_whom_speaks(person_id)]
                ),
                codes=len(keys) - bound,
                passes=bound,
                facts=self._facts(people, person, keys),
                history=self._history(journal, people, person, keys),
            )

    def save(self, person_id: str | None, typed: Typed, by: str) -> str:
        now = self._now()
        with in_words():
            people = People(open_one(self._journal))
            old = self._open(person_id)[2] if person_id else None
            person = person_of(people, typed, old, now.astimezone(self._zone).date())
            people.add([person], as_of=now, source=SOURCE, by=somebody(by))
        log.info("a person was %s", "changed" if old else "added")
        return person.id

    def remove(self, person_id: str, by: str) -> None:
        somebody(by)
        with in_words():
            self._open(person_id)[1].remove([person_id], now=self._now(), source=SOURCE)
        log.info("a person was removed from the roster")

    def _open(self, person_id: str) -> tuple[Journal, People, Person]:
        journal = open_one(self._journal)
        people = People(journal)
        person = people.person(person_id)
        if person is None:
            raise DeskError(words.gone())
        return journal, people, person

    # --- codes ----------------------------------------------------------------------------------

    def listen(self, hear: Callable[[str], None] | None) -> None:
        self._hear = hear

    def take(self, event: DeviceEvent) -> bool:
        """Whether a card waits for this code: then it is not the gate's."""
        if self._hear is None or not isinstance(event, Scan):
            return False
        hear, self._hear = self._hear, None
        hear(event.text)
        return True

    def bind(self, person_id: str, code: str) -> None:
        with in_words():
            people = self._open(person_id)[1]
            try:
                people.bind(person_id, code, now=self._now())
            except CodeOwnedError as error:
                raise DeskError(words.code_taken()) from error
        log.info("a code was bound to a person")

    # --- what is known --------------------------------------------------------------------------

    def local(self, days: float = 0) -> str:
        return f"{(self._now() + timedelta(days=days)).astimezone(self._zone):%Y-%m-%d %H:%M}"

    def tell(self, person_id: str, fact: NewFact, by: str) -> bool:
        operator, now = somebody(by), self._now()
        with in_words():
            journal, people, person = self._open(person_id)
            about: About = "dwelling" if fact.household else "person"
            subject = people.dwelling_key(person.dwelling) if fact.household else person_id
            later = _FAR if fact.kind == FactKind.EXPECTED else now
            as_of = read_moment(fact.at.strip(), self._zone, later)
            until = read_moment(fact.until.strip(), self._zone, _FAR) if fact.until.strip() else None
            if until and until <= as_of:
                raise DeskError(words.end_before_begin())
            news = News(about, subject, fact.kind, fact.value, as_of, SOURCE, until)
            if fact.kind in NEED_TWO:
                Proposals(journal).propose(news, operator, now=now)
                return False
            Facts(journal).record(news, now=now, said=Said(operator))
            return True

    def waiting(self) -> Sequence[Waiting]:
        with in_words():
            journal = open_one(self._journal)
            people = People(journal)
            return [self._waiting(people, one) for one in Proposals(journal).waiting()]

    def settle(self, number: int, by: str, *, confirmed: bool) -> None:
        operator = somebody(by)
        with in_words():
            proposals = Proposals(open_one(self._journal))
            try:
                (proposals.confirm if confirmed else proposals.reject)(number, operator, now=self._now())
            except SamePersonError as error:
                raise DeskError(words.same_operator()) from error
            except SettledError as error:
                raise DeskError(words.settled()) from error

    def _waiting(self, people: People, proposal: Proposal) -> Waiting:
        news = proposal.news
        house = news.about == "dwelling"
        person = people.one_of(news.subject) if house else people.person(news.subject)
        name = mask_name(person.name) if person and not house else ""
        return Waiting(
            proposal.id,
            name,
            person.dwelling if person else "",
            self._line(_fact_of(news), household=house),
            proposal.proposed_at.astimezone(self._zone),
            proposal.proposed.by,
        )

    def _facts(self, people: People, person: Person, keys: frozenset[str]) -> tuple[FactLine, ...]:
        """What counts now, of the person, the dwelling and all codes; the gravest kinds first."""
        known = [people.find(person.id), *(people.find_by_code(key) for key in sorted(keys))]
        facts = {fact for one in known if one for fact in one.facts if fact.kind in _SHOWN}
        ordered = sorted(facts, key=lambda fact: (_SHOWN.index(fact.kind), -fact.as_of.timestamp()))
        return tuple(self._line(fact) for fact in ordered)

    def _history(
        self, journal: Journal, people: People, person: Person, keys: frozenset[str]
    ) -> tuple[FactLine, ...]:
        facts = Facts(journal)
        told = facts.history("person", person.id)
        for key in keys:
            told += facts.history("code", key)
        told += facts.history("dwelling", people.dwelling_key(person.dwelling)) if person.dwelling else []
        return tuple(self._told(one) for one in sorted(told, key=lambda one: one.news.as_of, reverse=True))

    def _told(self, told: Told) -> FactLine:
        line = self._line(_fact_of(told.news), household=told.news.about == "dwelling")
        return replace(line, counts=told.counts, by=told.said.by, second=told.said.second)

    def _line(self, fact: Fact | _Plain, *, household: bool = False) -> FactLine:
        return FactLine(
            str(fact.kind),
            fact.value,
            fact.as_of.astimezone(self._zone),
            fact.source,
            fact.valid_until.astimezone(self._zone) if fact.valid_until else None,
            household,
        )


@dataclass(frozen=True, slots=True)
class _Plain:
    """A fact of any kind, also of those that this version does not know."""

    kind: str
    value: str
    as_of: datetime
    source: str
    valid_until: datetime | None


def _fact_of(news: News) -> _Plain:
    return _Plain(news.kind, news.value, news.as_of, news.source, news.valid_until)


@contextmanager
def in_words() -> Iterator[None]:
    """What went wrong, as the admin reads it."""
    try:
        with presence_desk.in_words():
            yield
    except CellError as error:
        raise DeskError(problem_words(Problem(error.what, ""), words.translate)) from error
    except Refused as error:
        raise DeskError(str(error)) from error


def somebody(by: str) -> str:
    """Raises DeskError if nobody answers for it."""
    if not by.strip():
        raise DeskError(words.who_are_you())
    return by.strip()


def _hit(one: directory.Candidate) -> Hit:
    return Hit(one.person_id, one.line.name, one.line.dwelling, one.category, one.phone_tail)


def _masked(person: Person) -> Person:
    """As strangers may see it over the admin's shoulder; a note may name anybody."""
    return replace(
        person,
        name=mask_name(person.name),
        phones=tuple(mask_phone(phone) for phone in person.phones),
        id_number=mask_id_number(person.id_number) if person.id_number else "",
        note="****" if person.note else "",
    )


def _named(people: People, in_full: bool, related: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Pairs of kind and name, for pairs of kind and id."""
    found = [(kind, people.person(person_id)) for kind, person_id in related]
    return tuple((kind, one.name if in_full else mask_name(one.name)) for kind, one in found if one)
