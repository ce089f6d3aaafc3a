"""What is known of the person in front: by the roster, by the volunteer's eye, by their recheck.

Nothing here decides; facts carry their time and source, and the policy judges them.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from station.core.asking import Answer
from station.core.checks.case import category_of
from station.core.model import Claim, Direction, Fact, FactKind, Temperature, Trust
from station.core.outcome import PersonLine
from station.core.policy import Policy
from station.journal.batches import Relation
from station.journal.errors import JournalError, VaultError
from station.journal.movements import Movements, Mover
from station.journal.people import Known
from station.memory import Memory
from station.rechecking import FEVER, Noted, RecheckDesk
from station.told import Told

log = logging.getLogger(__name__)

Find = Callable[[str], Known | None]
SpeaksFor = Callable[[str], Sequence[Relation]]  # those whom a person may speak for, by that person's id
_BY_HAND = "hand:"


class Knowledge:
    """One lane's. `find` asks the roster by the key of a code, `find_person` by a person's id."""

    def __init__(
        self,
        policy: Policy,
        memory: Memory,
        find: Find,
        find_person: Find,
        movements: Movements,
        speaks_for: SpeaksFor,
    ) -> None:
        self._policy, self._find, self._find_person, self._movements = policy, find, find_person, movements
        self._speaks_for = speaks_for
        self.desk = RecheckDesk(policy, memory, self.person)
        self._fever = memory.load(FEVER)
        self._told = Told(policy, memory, self._subject_now)

    def of(self, key: str, person_id: str | None = None) -> Known | None:
        """What the roster says. If it cannot be read nothing is known of anybody, which is a RECHECK.

        `person_id`: of somebody without a code whom the volunteer picked.
        """
        try:
            return self._find_person(person_id) if person_id and is_by_hand(key) else self._find(key)
        except (JournalError, VaultError) as error:
            log.error("roster not readable: %s", error)
            return None

    def person(self, key: str) -> PersonLine | None:
        """How the person of this key, or the holder of this code, is written on the screen."""
        known = self.of(key, id_of(key))
        return known.line if known else None

    def subject(self, claim: Claim, known: Known | None) -> str:
        """Whose recheck and colour it is: the same person's whatever code they show, or none at all.

        Whoever is known otherwise since they were too warm, a visitor who was taken down since, say, is
        still who waits.
        """
        mover = mover_of(claim, known)
        person = by_hand(known.person_id) if known and known.person_id else None
        return self.desk.listed_as(person or (mover.subject if mover else claim.key), claim, self._id_now)

    def _id_now(self, person_id: str) -> str | None:
        known = self.of(by_hand(person_id), person_id)
        return known.person_id if known else None

    def answered(self, claim: Claim, answers: Iterable[Answer], now: datetime) -> None:
        """What the volunteer just saw on this person's phone, or heard from them."""
        self._told.hear(claim, answers, now)

    def rekey(self, key_now: Callable[[str], str]) -> None:
        """What the volunteer saw a moment ago is of the same code under another key."""
        self._told.rekey(key_now)

    def go_on_from(self, before: Knowledge) -> None:
        """Of the lane that ended: the same."""
        self._told.go_on_from(before._told)

    def follow_clock(self, now: datetime, monotonic: float) -> None:
        """Call before anything is judged, and a few times a second."""
        self._told.follow_clock(now, self.desk.follow_clock(now, monotonic))

    def slept(self, now: datetime, monotonic: float) -> None:
        """No clock was set: what the volunteer saw is as old as it says."""
        self.desk.follow_clock(now, monotonic)
        self._told.follow_clock(now, timedelta())

    def records(self, noted: Noted | None, fever: bytes | None) -> Mapping[str, bytes]:
        """What must be kept together with an entry. `fever`: its id, if it is of a fever that nobody claimed
        for sure: from then on no normal value before it spares anybody a measurement."""
        recheck = noted.records if noted else {}
        return {**recheck, **self._told.records(), **({FEVER: fever} if fever else {})}

    def keep(self, noted: Noted | None, fever: bytes | None) -> None:
        """The entry, and these records, are on disk."""
        if noted:
            self.desk.keep(noted)
        self._fever = fever or self._fever

    def relation(self, speaker: str, person_id: str) -> str | None:
        """How this person stands for that one, by their ids: guardian, proxy; None: not at all."""
        try:
            relations = self._speaks_for(speaker)
        except (JournalError, VaultError) as error:
            log.error("relations not readable: %s", error)
            return None
        return next((one.kind for one in relations if one.person_id == person_id), None)

    def facts(
        self,
        claim: Claim,
        known: Known | None,
        now: datetime,
        *,
        counted: Temperature | None = None,
        moved: tuple[Fact, ...] | None = None,
    ) -> tuple[Fact, ...]:
        """All facts about whoever claims this. `counted` is the measurement at hand, for the recheck; `moved`
        is where they had been before a passage that lies in the journal already."""
        key = self.subject(claim, known)
        recheck = self.desk.fact(key, counted, now)
        return (
            *(known.facts if known else ()),
            *self._told.of(key, now),
            *((recheck,) if recheck else ()),
            *(self._moved(claim, known, now) if moved is None else moved),
            *self._brought(claim, now),
        )

    def claim_of(self, key: str, at: float) -> Claim:
        """The claim of somebody on the list of rechecks, at monotonic `at` again, or who has just left it."""
        if claim := self.desk.claim_of(key):
            return replace(claim, at=at)
        known = self.of(key, id_of(key))
        return Claim(key, at, person_id=known.person_id if known else None)

    def noted(
        self, claim: Claim | None, known: Known | None, counted: Temperature | None, now: datetime
    ) -> Noted | None:
        """The list of rechecks with this measurement; None: it is as it was."""
        if claim is None or counted is None:
            return None
        return self.desk.noted(self.subject(claim, known), claim, counted, now)

    def _subject_now(self, claim: Claim) -> str:
        """Whose it is, whatever they are known as by now: a visitor was taken down since."""
        return self.subject(claim, self.of(claim.key, claim.person_id))

    def _brought(self, claim: Claim, now: datetime) -> tuple[Fact, ...]:
        """On whose word they are here, and by what right."""
        if not (claim.brought_by and claim.person_id):
            return ()
        relation = self.relation(claim.brought_by, claim.person_id)
        return (Fact(FactKind.BROUGHT, relation, now, f"person:{claim.brought_by}"),) if relation else ()

    def _moved(self, claim: Claim, known: Known | None, now: datetime) -> tuple[Fact, ...]:
        """Outings are judged on the way out and how many are inside on the way in, by the rules that hold
        there for this sort of person."""
        mover = mover_of(claim, known)
        if mover is None:
            return ()
        category = category_of(known.facts if known else ())
        entering = self._policy.rules_for(category, Direction.IN)
        outing = self._policy.rules_for(category, Direction.OUT).outing
        try:
            return self._movements.facts(
                mover,
                now,
                outing_days=outing.days if outing.limited else None,
                others_than=entering.identity.at_home if entering.occupancy.limit else None,
                measured_after=self._fever,
            )
        except JournalError as error:
            log.error("movements not readable: %s", error)
            return ()


def by_hand(person_id: str | None = None) -> str:
    """A key for somebody without a code: the same each time they are picked, or else like no other."""
    return f"{_BY_HAND}{person_id or secrets.token_hex(8)}"


def id_of(key: str) -> str:
    """The person's id in a key of `by_hand`; any other key is its own."""
    return key.removeprefix(_BY_HAND)


def is_by_hand(key: str) -> bool:
    return key.startswith(_BY_HAND)


def mover_of(claim: Claim | None, known: Known | None) -> Mover | None:
    """Whose movement a passage is; None for somebody who is known by nothing.

    A pass is told by its number: the same pass can be written as another text.
    """
    if known and known.person_id:
        return Mover(known.person_id, known.household, known.former)
    credential = claim.credential if claim else None
    if credential and credential.trust is Trust.VERIFIED and credential.pass_id:
        return Mover(f"pass:{credential.pass_id}")
    return None if claim is None or is_by_hand(claim.key) else Mover(claim.key)
