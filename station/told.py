"""What the volunteer saw on somebody's phone, or heard from them: their word counts for five minutes, of this
person only.

What is milder counts for this attempt: a restart, or the next person who is asked, ends it. A red, or
whatever else holds somebody up, outlives both; it is kept sealed, as those who wait are (`rechecking`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Annotated

import msgspec

from station.core.asking import COUNTS_FOR, Answer
from station.core.facts import Fact, FactKind, TestState
from station.core.model import Claim
from station.core.policy import Policy
from station.core.rules import Rules
from station.memory import Memory

log = logging.getLogger(__name__)

TOLD = "told"


@dataclass(frozen=True, slots=True)
class Word:
    """One answer about whoever claimed this."""

    claim: Claim = field(repr=False)
    since: Annotated[datetime, msgspec.Meta(tz=True)]  # UTC
    fact: Fact

    def counts(self, now: datetime) -> bool:
        return abs(now - self.since) <= COUNTS_FOR

    def moved(self, by: timedelta) -> Word:
        """The clock was set by so much."""
        return replace(self, since=self.since + by, fact=replace(self.fact, as_of=self.fact.as_of + by))


class Told:
    """One lane's. `subject` says whose a claim is by now, whatever they show: `Knowledge.subject`."""

    def __init__(self, policy: Policy, memory: Memory, subject: Callable[[Claim], str]) -> None:
        self._memory, self._subject = memory, subject
        self._holds_up = _holding_up(policy)
        self._words = _load(memory)
        self._kept = bool(self._words)  # something may stand in the memory

    def hear(self, claim: Claim, answers: Iterable[Answer], now: datetime) -> None:
        """A newer answer to the same question takes the place of the former; of others only what is bad news
        is kept: they may try again while somebody else is asked."""
        facts = [answer.fact(now) for answer in answers]
        whose, said = self._subject(claim), {fact.kind for fact in facts}
        kept = [word for word in self._words if self._stays(word, whose, said)]
        self._words = [*kept, *(Word(claim, now, fact) for fact in facts)]
        self._save()

    def of(self, subject: str, now: datetime) -> tuple[Fact, ...]:
        """For this attempt and its retries only: it is no fact about the code."""
        counting = [word for word in self._words if word.counts(now)]
        newest: dict[FactKind, Word] = {}
        for word in sorted(counting, key=lambda word: word.since):
            if self._subject(word.claim) == subject:
                newest[word.fact.kind] = word
        return tuple(word.fact for word in newest.values())

    def records(self) -> dict[str, bytes]:
        """What must be kept together with an entry: it may not have been possible before."""
        return {TOLD: self._record()} if self._harsh() else {}

    def rekey(self, key_now: Callable[[str], str]) -> None:
        """The same codes have other keys."""
        self._words = [
            replace(word, claim=replace(word.claim, key=key_now(word.claim.key))) for word in self._words
        ]

    def go_on_from(self, before: Told) -> None:
        """Of the lane that ended: the same. What only the memory held counts as well."""
        known = {_which(word) for word in before._words}
        self._words = [*(word for word in self._words if _which(word) not in known), *before._words]
        self._kept |= before._kept

    def follow_clock(self, now: datetime, jump: timedelta) -> None:
        """A clock that is set ends no red; one from the future was seen just now. Old words are forgotten."""
        words = [_no_later(word.moved(jump), now) if self._is_harsh(word) else word for word in self._words]
        self._words = [word for word in words if word.counts(now)]
        if jump or (self._kept and not self._harsh()):
            self._save()

    def _stays(self, word: Word, whose: str, said: set[FactKind]) -> bool:
        """Now that these questions were answered for somebody."""
        if self._subject(word.claim) == whose:
            return word.fact.kind not in said
        return self._is_harsh(word)

    def _is_harsh(self, word: Word) -> bool:
        return (word.fact.kind, word.fact.value) in self._holds_up

    def _harsh(self) -> list[Word]:
        return [word for word in self._words if self._is_harsh(word)]

    def _save(self) -> None:
        """Also before there is an entry; and nothing of it stays for longer than it counts."""
        harsh = self._harsh()
        if harsh or self._kept:
            self._memory.save(TOLD, self._record())
        self._kept = bool(harsh)

    def _record(self) -> bytes:
        return msgspec.msgpack.encode([replace(word, claim=_bare(word.claim)) for word in self._harsh()])


def joined_words(before: bytes | None, noted: Sequence[bytes]) -> bytes:
    """The lane's words with those heard while nobody could be looked up: all of them."""
    words = [word for record in (before, *noted) if record for word in _decoded(record)]
    return msgspec.msgpack.encode(words)


def _no_later(word: Word, now: datetime) -> Word:
    return word.moved(min(now - word.since, timedelta()))


def _which(word: Word) -> tuple[str, datetime, FactKind, str]:
    return word.claim.key, word.since, word.fact.kind, word.fact.value


def _holding_up(policy: Policy) -> set[tuple[FactKind, str]]:
    """Answers with which somebody is not let through: whoever it is of, and on whichever way they go."""
    return {answer for rules in (policy, *policy.variants.values()) for answer in _refused(rules)}


def _refused(rules: Rules) -> Iterable[tuple[FactKind, str]]:
    verdicts = {
        (FactKind.COLOUR, "red"): rules.colour.red,
        (FactKind.COLOUR, "yellow"): rules.colour.yellow,
        (FactKind.TEST, TestState.POSITIVE.value): rules.test.positive,
        (FactKind.TRAVEL, "yes"): rules.travel.declared,
    }
    return (answer for answer, verdict in verdicts.items() if verdict != "pass")


def _bare(claim: Claim) -> Claim:
    """Only what says whose it is."""
    credential = claim.credential and replace(claim.credential, subject=None, dwelling=None)
    return Claim(claim.key, claim.at, credential, claim.person_id)


def _decoded(record: bytes) -> list[Word]:
    return msgspec.msgpack.decode(record, type=list[Word])


def _load(memory: Memory) -> list[Word]:
    record = memory.load(TOLD)
    try:
        return _decoded(record) if record else []
    except msgspec.DecodeError as error:
        log.error("what was seen on telephones is lost: %s", error)
        return []
