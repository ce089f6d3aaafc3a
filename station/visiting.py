"""The visitors of one lane, as the checkpoint knows them: by the visit that was taken down, or by their code.

A visitor is somebody of no roster. Whoever the roster knows stays who they are, whatever the page waits for.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from station.core.outcome import PersonLine
from station.core.visit import Visit, is_visit
from station.journal.entries import Journal
from station.journal.errors import JournalError, VaultError
from station.journal.masking import mask_name
from station.journal.people import Known
from station.journal.visits import Visits
from station.knowledge import Find
from station.ui import visit_words

log = logging.getLogger(__name__)


class Visiting:
    """`learnt` hears the key of a code that has become a visitor's."""

    def __init__(self, journal: Journal, now: Callable[[], datetime], learnt: Callable[[str], None]) -> None:
        self.visits = Visits(journal)
        self._now, self._learnt = now, learnt
        self._awaiting: str | None = None  # the visit whose visitor is about to show a code
        self._find: Find = lambda key: None  # in the rosters

    def begin(self, visit: Visit, *, with_code: bool) -> None:
        """They were taken down; with a code, the next unknown one that is shown is theirs."""
        self.visits.stage(visit)
        self._awaiting = visit.id if with_code else None

    def awaits(self, visit_id: str) -> bool:
        """Whether they have shown no code yet."""
        return self._awaiting == visit_id

    def await_no_more(self) -> None:
        self._awaiting = None

    # --- what the checkpoint asks ---------------------------------------------------------------

    def shown(self, code_key: Callable[[str], str]) -> Callable[[str], str]:
        """The key of a code that is shown at the lane, which may be awaited here."""

        def key_of(text: str) -> str:
            key = code_key(text)
            if self._awaiting:
                self._take(self._awaiting, key)
            return key

        return key_of

    def by_code(self, find: Find) -> Find:
        """Who has a code: somebody of the rosters, or else a visitor, with all that is known of the code."""
        self._find = find

        def found(key: str) -> Known | None:
            known = find(key)
            if known and known.person_id:
                return known
            visit = self.visits.find_by_code(key, self._now())
            return _known(visit, known) if visit else known

        return found

    def by_id(self, find: Find) -> Find:
        """Who is meant by an id: a visitor, or somebody of the rosters."""

        def found(person_id: str) -> Known | None:
            if not is_visit(person_id):
                return find(person_id)
            visit = self.visits.find(person_id)
            return _known(visit, None) if visit else None

        return found

    def _take(self, visit_id: str, key: str) -> None:
        try:
            known = self._find(key)
            if known and known.person_id:
                return  # a neighbour passes meanwhile
            self.visits.bind(visit_id, key)
        except (JournalError, VaultError) as error:
            log.error("a visitor's code cannot be looked up: %s", error)
            return
        self._awaiting = None
        self._learnt(key)


def line(visit: Visit) -> PersonLine:
    """How they are written on the gate screen: masked, with the house of their host."""
    name = mask_name(visit.name) if visit.name else visit_words.visitor()
    return PersonLine(name, visit.house)


def _known(visit: Visit, of_code: Known | None) -> Known:
    """Without a household: a visitor is nobody's outing, and a host's isolation is not theirs."""
    facts = of_code.facts if of_code else ()
    return Known(visit.id, line(visit), (*facts, *visit.facts()))
