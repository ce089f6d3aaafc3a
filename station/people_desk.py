"""Where the admin page finds, shows and changes people: through the running gate's own journal.

The journal has one writer, and while the gate runs that is the gate. So everything here is called in the GUI
thread, which owns it; only the job of `index` goes to another one, with a snapshot.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo

from station import presence_desk
from station.codes.reading import as_printed
from station.commands.people_words import problem_words
from station.core.audit import Audited, Event
from station.core.facts import FactKind, is_bad, is_good
from station.core.model import DeviceEvent, Scan
from station.journal import directory
from station.journal.audit import put_on_record
from station.journal.batches import CodeOwnedError, Relation
from station.journal.center_subjects import all_subjects
from station.journal.directory import Directory
from station.journal.entries import Journal
from station.journal.errors import storage_errors
from station.journal.facts import About, Facts, News, Said, Told
from station.journal.importing import open_snapshot, snapshot
from station.journal.masking import mask_name
from station.journal.outdone import NEED_TWO
from station.journal.people import People, Person
from station.journal.proposals import Proposal, Proposals, SamePersonError, SettledError
from station.journal.reader import Reader
from station.judge import ASSETS
from station.people_card import CardReader, differing, fact_of
from station.people_entry import Refused, person_of
from station.presence_desk import open_one
from station.roster.pinyin import Pinyin
from station.roster.problems import CellError, Problem
from station.roster.times import read_moment
from station.searches_on_record import SearchesOnRecord
from station.ui.admin import people_words as words
from station.ui.admin.people_desk import (
    Block,
    Card,
    ChangeLine,
    DeskError,
    HeldCode,
    Hit,
    NewFact,
    RelationLine,
    Typed,
    Waiting,
)
from station.ui.admin.work import Job, Progress

log = logging.getLogger(__name__)

SOURCE = "operator"
_MOST = 100  # hits: whoever has more types more
_FORM_OPEN = timedelta(minutes=5)  # so long, until ENTER
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
        self,
        journal: Callable[[], Journal | None],
        zone: tzinfo,
        now: Callable[[], datetime] = utc_now,
        gate: Callable[[], str] = lambda: "",
        passes_changed: Callable[[], None] = lambda: None,
    ) -> None:
        """`gate` gives its name; without one, it is called as in its newest entry."""
        self._journal, self._zone, self._now, self._gate = journal, zone, now, gate
        self._passes_changed = passes_changed
        self._index: _Index | None = None
        self._hear: Callable[[str], None] | None = None
        self._searches = SearchesOnRecord("", now)

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
            self._searches.put(open_one(self._journal))
            return [_hit(one) for one in self._found.search(typed, _MOST)]

    def blocks(self) -> Sequence[Block]:
        with in_words():
            return [Block(one.name, one.people) for one in self._found.buildings()]

    def of_block(self, name: str) -> Sequence[Hit]:
        with in_words():
            found = self._found
            self._searches.put(open_one(self._journal))
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
            journal, _, person = self._open(person_id)
            if in_full:
                put_on_record(journal, Event(Audited.UNMASKED, subject=person_id), self._now())
            return self._reader(journal).card(person, in_full=in_full)

    def changes(self, person_id: str) -> Sequence[ChangeLine]:
        with in_words():
            journal, _, person = self._open(person_id)
            return self._reader(journal).changes(person)

    def _reader(self, journal: Journal) -> CardReader:
        return CardReader(journal, self._zone, self._now())

    def save(self, person_id: str | None, typed: Typed, by: str) -> str:
        now = self._now()
        with in_words():
            people = People(open_one(self._journal))
            old = self._open(person_id)[2] if person_id else None
            person = person_of(people, typed, old, now.astimezone(self._zone).date())
            about = ",".join(differing(old, person))
            people.add([person], as_of=now, source=SOURCE, by=somebody(by), about=about)
        log.info("a person was %s", "changed" if old else "added")
        return person.id

    def remove(self, person_id: str, by: str, why: str = "") -> None:
        operator = somebody(by)
        with in_words():
            people = self._open(person_id)[1]
            people.remove([person_id], now=self._now(), source=SOURCE, by=operator, why=why)
        self._passes_changed()  # theirs are taken back
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
        hear(as_printed(event.text))
        return True

    def bind(self, person_id: str, code: str, by: str) -> None:
        operator = somebody(by)
        with in_words():
            people = self._open(person_id)[1]
            try:
                people.bind(person_id, code, now=self._now(), by=operator)
            except CodeOwnedError as error:
                raise DeskError(words.code_taken()) from error
        log.info("a code was bound to a person")

    def unbind(self, person_id: str, held: HeldCode, by: str, why: str = "") -> None:
        operator = somebody(by)
        with in_words():
            people = self._open(person_id)[1]
            people.unbind(person_id, [held.key], now=self._now(), by=operator, why=why)
        log.info("a code was taken from a person")

    # --- who speaks for whom --------------------------------------------------------------------

    def relate(self, person_id: str, other: RelationLine, by: str) -> None:
        operator, now = somebody(by), self._now()
        if other.other_id == person_id:
            raise DeskError(words.not_themselves())
        with in_words():
            people = self._open(person_id)[1]
            self._open(other.other_id)
            people.relate([_relation(person_id, other)], now=now, by=operator)
        log.info("somebody speaks for somebody")

    def unrelate(self, person_id: str, other: RelationLine, by: str, why: str = "") -> None:
        operator, now = somebody(by), self._now()
        with in_words():
            people = self._open(person_id)[1]
            people.unrelate(_relation(person_id, other), now=now, by=operator, why=why)
        log.info("somebody speaks for somebody no more")

    # --- what is known --------------------------------------------------------------------------

    def gate(self) -> str:
        with in_words():
            newest = Reader(open_one(self._journal).connection).last(1)
        return self._gate() or (newest[0].entry.gate if newest else "")

    def local(self, days: float = 0) -> str:
        return f"{(self._now() + timedelta(days=days)).astimezone(self._zone):%Y-%m-%d %H:%M}"

    def tell(self, person_id: str, fact: NewFact, by: str) -> bool:
        operator, now = somebody(by), self._now()
        with in_words():
            journal, people, person = self._open(person_id)
            about: About = "dwelling" if fact.household else "person"
            subject = people.dwelling_key(person.dwelling) if fact.household else person_id
            later = _FAR if fact.kind == FactKind.EXPECTED else now
            moment = read_moment(fact.at.strip(), self._zone, later)
            news = News(about, subject, fact.kind, _value(fact), moment, SOURCE)
            as_of = _told_now(journal, news, operator, now)
            until = read_moment(fact.until.strip(), self._zone, _FAR) if fact.until.strip() else None
            if until and until <= as_of:
                raise DeskError(words.end_before_begin())
            news = replace(news, as_of=as_of, valid_until=until)
            if fact.kind in NEED_TWO:
                Proposals(journal).propose(news, operator, now=now, note=fact.why)
                return False
            Facts(journal).record(news, now=now, said=Said(operator, fact.why))
            return True

    def waiting(self) -> Sequence[Waiting]:
        with in_words():
            journal = open_one(self._journal)
            people, reader = People(journal), self._reader(journal)
            return [self._waiting(people, reader, one) for one in Proposals(journal).waiting()]

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

    def _waiting(self, people: People, reader: CardReader, proposal: Proposal) -> Waiting:
        news = proposal.news
        house = news.about == "dwelling"
        person = people.one_of(news.subject) if house else people.person(news.subject)
        name = mask_name(person.name) if person and not house else ""
        return Waiting(
            proposal.id,
            name,
            person.dwelling if person else "",
            reader.line(fact_of(news), household=house),
            proposal.proposed_at.astimezone(self._zone),
            proposal.proposed.by,
            proposal.proposed.note,
        )


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


def _told_now(journal: Journal, news: News, operator: str, now: datetime) -> datetime:
    """The field is filled in to the minute, and the form was open for a while: a red of 12:01:10 is newer
    than a center's green of 12:00:20.

    A green is newer than what the same person said since: of a red of anybody else they may not know.
    """
    if not news.as_of <= now < news.as_of + _FORM_OPEN:
        return news.as_of
    if not is_good(news.kind, news.value):
        return now
    ours, theirs = list[News](), list[News]()
    for one in _history(journal, news):
        if one.news.kind == news.kind and news.as_of <= one.news.as_of <= now:
            is_own = (one.news.source, one.said.by) == (SOURCE, operator)
            (ours if is_own else theirs).append(one.news)
    if any(is_bad(one.kind, one.value) for one in theirs):
        return news.as_of
    return max((news.as_of, *(one.as_of for one in ours)))


def _history(journal: Journal, news: News) -> Iterator[Told]:
    """Of a person also what the center says, which may know them under an id of its own."""
    subjects = [news.subject]
    if news.about == "person":
        with storage_errors():
            subjects = all_subjects(journal.connection, journal.vault, news.subject)
    for subject in subjects:
        yield from Facts(journal).history(news.about, subject)


def _value(fact: NewFact) -> str:
    """Gates are typed with commas of any sort between them. Raises DeskError."""
    if fact.kind != FactKind.RIGHT:
        return fact.value
    names = [name.strip() for name in re.split("[,，、;；]", fact.value)]
    named = ",".join(name for name in names if name)
    if not named:
        raise DeskError(words.no_gate())
    return named


def _relation(person_id: str, other: RelationLine) -> Relation:
    """Who speaks stands second."""
    if other.speaks:
        return Relation(person_id, other.kind, other.other_id)
    return Relation(other.other_id, other.kind, person_id)


def _hit(one: directory.Candidate) -> Hit:
    return Hit(one.person_id, one.line.name, one.line.dwelling, one.category, one.phone_tail)
