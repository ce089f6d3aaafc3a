"""What the lane decided lately: shown again to whoever shows the same code again, and open to correction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from station.core.entry import Entry, decision_of
from station.core.model import Credential, Decision, Fact, Passage, ReasonCode, Trust
from station.core.outcome import Recorded, Repeated

MOST = 64  # decisions that may be shown again: far more than can pass within the repeat time


class Lately:
    """The last decisions of one lane, by the key of the code. All of them are on disk."""

    def __init__(self, last: Recorded | None) -> None:
        """`last` is the newest passage in the journal, so that it can be corrected after a restart."""
        self.last = last
        self.passage: Passage | None = None  # what `last` was decided on, if that was in this run
        self.moved: tuple[Fact, ...] = ()  # where whoever it was had been before
        self._known_otherwise = False  # when `last` was decided: what `moved` is of is not them
        self._by_key: dict[str, Recorded] = {}
        self._facts: dict[str, tuple[Fact, ...]] = {}
        self._credentials: dict[str, Credential | None] = {}
        self._whose: dict[str, str] = {}

    @property
    def newest_at(self) -> datetime | None:
        """Wall time of the newest passage, UTC."""
        return self.last.stored.entry.at if self.last else None

    def remember(
        self,
        recorded: Recorded,
        passage: Passage,
        facts: tuple[Fact, ...] = (),
        moved: tuple[Fact, ...] = (),
        subject: str = "",
    ) -> None:
        """`facts`: what the lists knew of this person, on which it was decided; `moved`: the journal.
        `subject`: whose it is, whatever they show."""
        self.last, self.passage, self.moved = recorded, passage, moved
        self._known_otherwise = False
        if passage.claim is None:
            return
        self._facts[passage.claim.key] = facts
        self._whose[passage.claim.key] = subject
        self._credentials[passage.claim.key] = passage.claim.credential
        self._by_key.pop(passage.claim.key, None)
        self._by_key[passage.claim.key] = recorded
        while len(self._by_key) > MOST:
            self._facts.pop(oldest := next(iter(self._by_key)))
            self._credentials.pop(oldest)
            self._whose.pop(oldest)
            self._by_key.pop(oldest)

    def rekey(self, key_now: Callable[[str], str]) -> None:
        """Codes have other keys from now on: the last one may still be asked for theirs."""
        if self.passage and (claim := self.passage.claim):
            now = replace(claim, key=key_now(claim.key))
            self.passage = replace(self.passage, claim=now)
            self._known_otherwise |= now.key != claim.key

    def go_on_from(self, before: Lately) -> None:
        """Of the lane that ended: who came last. What it decided before is not shown again."""
        if before.passage:
            self.last, self.passage, self.moved = before.last, before.passage, before.moved
            self._known_otherwise = before._known_otherwise

    def may_become(self, decision: Decision) -> bool:
        """What is learnt makes no operator's word milder, nor a decision when nobody could be looked up."""
        if self.last is None:
            return False
        before = self.last.decision
        if any(reason.code is ReasonCode.CORRECTED_BY_OPERATOR for reason in before.reasons):
            return decision.severity > before.severity
        return decision.severity >= before.severity or not self._known_otherwise

    def other_keys(self, key: str, subject: str) -> list[str]:
        """Under what else this person was decided about."""
        return [other for other, whose in self._whose.items() if whose == subject and other != key]

    def facts(self) -> Iterator[tuple[str, tuple[Fact, ...]]]:
        """Keys, and what was known of each."""
        yield from list(self._facts.items())

    def signed(self) -> Iterator[tuple[str, Credential]]:
        """Keys of codes that a signature vouched for, and what each proved then."""
        for key, credential in list(self._credentials.items()):
            if credential and credential.trust is Trust.VERIFIED:
                yield key, credential

    def again(self, key: str) -> Repeated | None:
        """The decision on this code, to be shown once more."""
        before = self._by_key.get(key)
        return Repeated(before.stored, before.decision, before.person) if before else None

    def corrected(self, decision: Decision) -> None:
        """The last decision is another one now."""
        last = self.last
        if last is None:
            return
        self._replace(last.stored.entry.id, decision)

    def amended(self, amending: Entry) -> None:
        """Somebody corrected an entry on the admin page: that is what it came out as, also here."""
        if amending.amends is not None:
            self._replace(amending.amends, decision_of(amending))

    def _replace(self, entry_id: bytes, decision: Decision) -> None:
        if self.last and self.last.stored.entry.id == entry_id:
            self.last = replace(self.last, decision=decision)
        for key, one in self._by_key.items():
            if one.stored.entry.id == entry_id:
                self._by_key[key] = replace(one, decision=decision)
