"""What is known of the person in front: by the roster, by the volunteer's eye, by their recheck.

Nothing here decides; facts carry their time and source, and the policy judges them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from station.core.model import Fact, FactKind, Temperature
from station.core.outcome import PersonLine
from station.core.policy import Policy
from station.journal.errors import JournalError, VaultError
from station.journal.people import Known
from station.memory import Memory
from station.rechecking import RecheckDesk

SEEN_BY_OPERATOR = "operator"  # source of a colour that the volunteer read off a phone

log = logging.getLogger(__name__)

Find = Callable[[str], Known | None]


class Knowledge:
    """One lane's. `find` asks the roster by the key of a code."""

    def __init__(self, policy: Policy, memory: Memory, find: Find) -> None:
        self._find = find
        self.desk = RecheckDesk(policy, memory, self.person)
        self._seen: tuple[str, Fact] | None = None  # by whose code's key, what the volunteer saw

    def of(self, key: str) -> Known | None:
        """What the roster says. If it cannot be read nothing is known of anybody, which is a RECHECK."""
        try:
            return self._find(key)
        except (JournalError, VaultError) as error:
            log.error("roster not readable: %s", error)
            return None

    def person(self, key: str) -> PersonLine | None:
        """How the holder of this code is written on the screen."""
        known = self.of(key)
        return known.line if known else None

    def colour_seen(self, key: str, colour: str, now: datetime) -> None:
        """The volunteer read a colour off this person's phone just now."""
        self._seen = key, Fact(FactKind.COLOUR, colour, now, SEEN_BY_OPERATOR)

    def facts(
        self, key: str, known: Known | None, now: datetime, *, counted: Temperature | None = None
    ) -> tuple[Fact, ...]:
        """All facts about the holder of this code. `counted` is the measurement at hand, for the recheck."""
        seen = (self._seen[1],) if self._seen and self._seen[0] == key else ()
        recheck = self.desk.fact(key, counted, now)
        return (*(known.facts if known else ()), *seen, *((recheck,) if recheck else ()))
