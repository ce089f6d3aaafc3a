"""Finding somebody of the roster without a code: by typing, or by building and then name. Results are masked.

The index lies in memory only, is built from the sealed roster, and follows it: every question looks first
whether a batch came. What stands there in clear never leaves this module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from station.core.outcome import PersonLine
from station.journal.masking import mask_name
from station.journal.people import People, Person
from station.journal.planning import Snapshot
from station.roster.house import read_house
from station.roster.house_digits import houses_like
from station.roster.index import TAIL, Findable, PeopleIndex
from station.roster.pinyin import Pinyin
from station.roster.problems import CellError

Progress = Callable[[int, int], None]  # how many of how many
_PROGRESS_EVERY = 200  # people


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be meant, as the gate screen shows them."""

    person_id: str
    line: PersonLine
    category: str
    phone_tail: str = field(default="", repr=False)  # to tell two of the same name apart


@dataclass(frozen=True, slots=True)
class Building:
    """The first of two taps; an empty name stands for people without a dwelling."""

    parts: tuple[str, ...]
    people: int

    @property
    def name(self) -> str:
        return "-".join(self.parts)


class Directory:
    """The roster to search in. Methods raise JournalError, VaultError."""

    def __init__(self, people: People | None, pinyin: Pinyin) -> None:
        """Reads nothing yet: the first question does, or `refresh`. Without `people` it stays as filled."""
        self._people = people
        self._index = PeopleIndex(pinyin)
        self._categories: dict[str, str] = {}
        self._houses: list[tuple[str, ...]] | None = None  # until somebody moves
        self._seen = -1

    def __len__(self) -> int:
        return len(self._index)

    def fill(self, everybody: Iterable[Person]) -> None:
        """Begin with these. In any thread, before anything is asked."""
        for person in everybody:
            self._put(person)

    def refresh(self) -> None:
        """Follow the roster: whom batches touched since, and who is gone. Costs nothing if there was none."""
        if self._people is None:
            return
        newest = self._people.newest_batch()
        if newest == self._seen:
            return
        for person in self._people.everybody(touched_since=max(self._seen, 0)):
            self._put(person)
        for person_id in self._index.ids() - self._people.ids():
            self._index.remove(person_id)
            self._houses = None
            del self._categories[person_id]
        self._seen = newest

    def build(self, snapshot: Snapshot, progress: Progress = lambda done, total: None) -> None:
        """Take the whole roster as it was; any thread may, before anything is asked."""
        total = len(snapshot.people)
        for count, person in enumerate(snapshot.people):
            if count % _PROGRESS_EVERY == 0:
                progress(count, total)
            self._put(person)
        self._seen = snapshot.newest_batch

    def search(self, typed: str, limit: int = 20) -> list[Candidate]:
        """Who fits every word that was typed, best first."""
        self.refresh()
        return [self._candidate(hit.person) for hit in self._index.search(typed, limit)]

    def buildings(self) -> list[Building]:
        """Where people live, in the order of numbers."""
        self.refresh()
        return [Building(parts, self._index.count(parts)) for parts in self._index.buildings()]

    def of_building(self, building: Building) -> list[Candidate]:
        """Everybody there by dwelling and name."""
        self.refresh()
        return [self._candidate(person) for person in self._index.of_building(building.parts)]

    def houses_like(self, digits: str) -> list[str]:
        """The houses that somebody means who types this on a number pad."""
        self.refresh()
        if self._houses is None:
            self._houses = self._index.houses()
        return houses_like(digits, self._houses)

    def of(self, person_id: str) -> Candidate | None:
        """Somebody by their id; None if they are not in the roster."""
        person = self._index.get(person_id)
        return self._candidate(person) if person else None

    def _put(self, person: Person) -> None:
        self._houses = None
        self._index.put(_findable(person))
        self._categories[person.id] = person.category

    def _candidate(self, person: Findable) -> Candidate:
        line = PersonLine(mask_name(person.name), "-".join(person.house))
        tail = person.phones[0][-TAIL:] if person.phones else ""
        return Candidate(person.person_id, line, self._categories[person.person_id], tail)


def _findable(person: Person) -> Findable:
    return Findable(person.id, person.name, _parts(person), person.phones, person.id_number[-TAIL:])


def _parts(person: Person) -> tuple[str, ...]:
    written = (person.dwelling,) if person.dwelling else ()
    try:
        return read_house(person.dwelling).parts or written
    except CellError:  # the center's lists are not ours to refuse
        return written
