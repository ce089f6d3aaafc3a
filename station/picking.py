"""The roster for picking somebody without a code: read beside the screen, then asked by it.

To index 20,000 people takes more than a second; until then `is_ready` is false, and the gate goes on.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from threading import Thread
from typing import TypeVar

from station.company import Party
from station.core.model import Vouch
from station.journal.batches import Relation
from station.journal.center_names import CenterNames
from station.journal.center_roster import (
    NOTHING_YET,
    SealedCenterPeople,
    center_snapshot,
    center_version,
    open_center_people,
)
from station.journal.directory import Building, Candidate, Directory
from station.journal.entries import Journal
from station.journal.errors import JournalError, VaultError, storage_errors
from station.journal.importing import SealedSnapshot, open_snapshot, snapshot
from station.journal.people import People
from station.journal.person import Person
from station.journal.reader import Reader
from station.judge import ASSETS
from station.roster.index import building_of
from station.roster.pinyin import Pinyin
from station.ui.roster import Companions, Kin

log = logging.getLogger(__name__)

T = TypeVar("T")

LOOKED_BACK = 2000  # entries: some days of a gate, to know who usually has no code
MOST_FOUND = 60
CENTER_EVERY_S = 600.0  # until then a new person of the center is found by their code only
GROWN_UP, OLD = 18, 60  # years; 60 is old by the law on the rights of the elderly (老年人权益保障法, art. 2)
ON_ONE_PAGE = 20  # buildings: so many keep the order of their numbers, for they are found by place


class Picking:
    """`ui.roster.Roster` over a journal that belongs to the calling thread. Raises JournalError when made.

    `party` tells who came last at the lane.
    """

    def __init__(
        self,
        folder: Path,
        journal: Journal,
        party: Callable[[], Party | None] = lambda: None,
        monotonic: Callable[[], float] = time.monotonic,
        speaks_for: Callable[[str], Sequence[Relation]] | None = None,
    ) -> None:
        self._party, self._monotonic = party, monotonic
        self._folder, self._journal, self._people = folder, journal, People(journal)
        self._vault, self._center = journal.vault, CenterNames(journal.connection, journal.vault)
        self._speaks_for = speaks_for or self._people.for_whom_speaks
        self._thread: Thread
        self._directory: Directory | None = None  # until it is filled; a later one takes its place
        self._picks: Counter[str] = Counter()
        self._follows, self._locked = True, journal.vault.locked
        self._begin()

    def follow(self) -> None:
        """Read the roster anew if a batch came since; until then it is as it was. Call now and then.

        While the data keys are locked away nobody is offered: names lie here in clear.
        """
        self._follow_lock()
        try:
            if self._follows and not self._thread.is_alive() and self._is_old():
                self._begin()
        except JournalError as error:
            log.error("roster not readable: %s", error)
            self._follows = False  # said once; the journal says the rest

    def _follow_lock(self) -> None:
        if self._vault.locked == self._locked:
            return
        self._locked = self._vault.locked
        if self._locked:
            self._thread.join()
            self._directory = None
        else:
            self._batch = -1

    def _is_old(self) -> bool:
        """Our own changes are followed at once, the center's now and then: to index them takes seconds."""
        if self._people.newest_batch() != self._batch:
            return True
        due = self._monotonic() - self._read_at >= CENTER_EVERY_S or self._version == NOTHING_YET
        return due and center_version(self._journal.connection) not in (self._version, NOTHING_YET)

    def _begin(self) -> None:
        sealed, center = snapshot(self._journal), center_snapshot(self._journal.connection)
        self._batch, self._version, self._read_at = sealed.newest_batch, center.version, self._monotonic()
        self._thread = Thread(target=self._read, args=(sealed, center), name="roster", daemon=True)
        self._thread.start()

    def wait(self) -> None:
        """Until it is ready, or cannot be read."""
        self._thread.join()

    def picked(self, person_id: str) -> None:
        """Somebody had no code and was picked."""
        self._picks[person_id] += 1

    def is_ready(self) -> bool:
        return self._directory is not None

    def buildings(self) -> Sequence[Building]:
        found = self._ask(Directory.buildings)
        if len(found) <= ON_ONE_PAGE:
            return found
        used = self._ask(self._used)
        return sorted(found, key=lambda one: -sum(count for parts, count in used if parts == one.parts))

    def of_building(self, name: str) -> Sequence[Candidate]:
        return self._ask(lambda directory: _by_picks(_living_in(directory, name), self._picks))

    def usual(self, building: str) -> Sequence[Candidate]:
        return [one for one in self.of_building(building) if self._picks[one.person_id]]

    def search(self, typed: str) -> Sequence[Candidate]:
        return self._ask(lambda directory: directory.search(typed, MOST_FOUND))

    def houses(self, digits: str) -> Sequence[str]:
        """The houses that somebody means who types this on a number pad; none until it is ready."""
        return self._ask(lambda directory: directory.houses_like(digits))

    def knows_houses(self) -> bool:
        """Whether anybody's house is known at all."""
        return bool(self._directory and len(self._directory))

    def companions(self) -> Companions | None:
        """A roster that cannot be read offers nobody; everybody is found by their house as before."""
        party, directory = self._party(), self._directory
        who = directory.of(party.person_id) if party and directory else None
        if party is None or directory is None or who is None:
            return None
        try:
            relations = self._speaks_for(party.person_id)
            theirs = [one for one in relations if one.person_id not in party.brought]
            people = [
                (found, self._kin(one))
                for one in theirs
                if (found := directory.of(one.person_id)) is not None
            ]
        except (JournalError, VaultError) as error:
            log.error("relations not readable: %s", error)
            return None
        return Companions(party.person_id, who.line, party.waiting, people) if people else None

    def _kin(self, relation: Relation) -> Kin:
        with storage_errors():
            person = self._people.person(relation.person_id) or self._center.person(relation.person_id)
        return kin_of(relation.kind, person.birth if person else None, datetime.now().astimezone().date())

    def _used(self, directory: Directory) -> list[tuple[tuple[str, ...], int]]:
        known = ((directory.of(person_id), count) for person_id, count in self._picks.items())
        return [(building_of(tuple(one.line.dwelling.split("-"))), count) for one, count in known if one]

    def _ask(self, question: Callable[[Directory], list[T]]) -> list[T]:
        """Nobody is offered until it is read; whoever is known is vouched for as before."""
        return question(self._directory) if self._directory else []

    # --- in the thread beside -----------------------------------------------------------------

    def _read(self, sealed: SealedSnapshot, center: SealedCenterPeople) -> None:
        try:
            everybody = open_snapshot(self._vault, sealed)
            directory = Directory(None, Pinyin((ASSETS / "pinyin.txt").read_text("utf-8")))
            directory.fill(everybody.people)
            directory.fill(self._theirs(center))
            picks = self._picks or _picked_lately(self._folder)
        except (JournalError, VaultError, OSError) as error:
            log.error("roster not readable: %s", error)
            return
        self._directory, self._picks = directory, picks

    def _theirs(self, center: SealedCenterPeople) -> list[Person]:
        """Our own people are offered even if the center's do not open."""
        try:
            return open_center_people(self._vault, center)
        except VaultError as error:
            log.error("the center's people are not readable: %s", error)
            return []


def kin_of(relation: str, birth: date | None, today: date) -> Kin:
    """A ward is a child, unless their birthday says otherwise; of the others only the birthday tells."""
    if birth is None:
        return Kin.CHILD if relation == "guardian" else Kin.FAMILY
    age = today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
    if age < GROWN_UP:
        return Kin.CHILD
    return Kin.ELDER if age >= OLD else Kin.FAMILY


def _picked_lately(folder: Path) -> Counter[str]:
    with Reader.open(folder) as reader:
        entries = [stored.entry for stored in reader.last(LOOKED_BACK)]
    return Counter(one.person_id for one in entries if one.person_id and one.vouch == Vouch.KNOWN)


def _living_in(directory: Directory, name: str) -> list[Candidate]:
    return next((directory.of_building(one) for one in directory.buildings() if one.name == name), [])


def _by_picks(people: list[Candidate], picks: Counter[str]) -> list[Candidate]:
    return sorted(people, key=lambda one: -picks[one.person_id])
