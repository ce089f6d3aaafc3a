"""Who was measured too high and waits at the side: the lane's list, kept over a restart.

What a reading means for a recheck is `core.recheck`; here it is linked to claims and people, kept sealed, and
told as lines for the screen. Nothing is kept before the entry that it belongs to is on disk.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import msgspec

from station.core.model import Claim, Fact, FactKind, RecheckState, Temperature
from station.core.outcome import LeftUncleared, PersonLine, RecheckLine, RecheckList
from station.core.policy import Policy
from station.core.recheck import Attempt, Recheck, RecheckError, RecheckRule, Rechecks
from station.core.temperature import CLINICAL
from station.memory import Memory

log = logging.getLogger(__name__)

_RECHECKS, _CLAIMS = "rechecks", "recheck-claims"


class RecheckDesk:
    """The chairs at the side of one lane. `who` says how a person is written, by the key of their code."""

    def __init__(self, policy: Policy, memory: Memory, who: Callable[[str], PersonLine | None]) -> None:
        self._policy, self._memory, self._who = policy, memory, who
        self._listed = policy.temperature.recheck is not None
        rule = policy.temperature.recheck or RecheckRule()
        self._rechecks = _load(memory, rule)
        self._claims = _load_claims(memory)
        self._told: tuple[Recheck, ...] = ()

    def fact(self, key: str, temperature: Temperature | None, now: datetime) -> Fact | None:
        """What is known of this person's recheck, with the reading at hand; None: nothing. Keeps nothing."""
        if not self._listed:
            return None
        after = self._linked(key, temperature, now)
        if after is None:
            return None
        state = self._rechecks.state(after) if temperature else _standing(self._rechecks, after)
        return Fact(FactKind.RECHECK, state.value, after.attempts[-1].at, "journal")

    def keep(self, claim: Claim, temperature: Temperature, now: datetime) -> None:
        """The entry with this reading is on disk: from now on the recheck stands so."""
        after = self._linked(claim.key, temperature, now) if self._listed else None
        if after is None:
            return
        self._rechecks.keep(after)
        self._claims[claim.key] = claim
        self._save()

    def claim_of(self, key: str, at: float) -> Claim:
        """The claim that somebody on the list came with, at monotonic `at` again."""
        return replace(self._claims.get(key, Claim(key, at)), at=at)

    def tick(self, now: datetime) -> list[LeftUncleared]:
        """Time passed: those who never came back, once."""
        left = [LeftUncleared(self._line(one)) for one in self._rechecks.tick(now)]
        if left:
            self._save()
        return left

    def news(self) -> RecheckList | None:
        """The list, if it is another one than the one told last."""
        waiting = self._rechecks.waiting()
        if waiting == self._told:
            return None
        self._told = waiting
        return RecheckList(tuple(map(self._line, waiting)))

    def _linked(self, key: str, temperature: Temperature | None, now: datetime) -> Recheck | None:
        if temperature is None:
            return self._rechecks.of(key)
        return self._rechecks.linked(key, _attempt(temperature, self._policy, now))

    def _line(self, recheck: Recheck) -> RecheckLine:
        rule, last = self._rechecks.rule, recheck.attempts[-1]
        return RecheckLine(
            key=recheck.key,
            person=self._who(recheck.key),
            since=recheck.since,
            due=recheck.due(rule),
            overdue=recheck.overdue(rule),
            last_c=last.value_c,
            highs=recheck.highs,
            ask=recheck.ask,
        )

    def _save(self) -> None:
        kept = {key: claim for key, claim in self._claims.items() if self._rechecks.of(key)}
        self._claims = kept
        self._memory.save(_RECHECKS, self._rechecks.dump())
        self._memory.save(_CLAIMS, msgspec.msgpack.encode([_nameless(claim) for claim in kept.values()]))


def _attempt(temperature: Temperature, policy: Policy, now: datetime) -> Attempt:
    return Attempt(
        at=now,
        value_c=temperature.value_c,
        high=policy.is_high(temperature),
        site=temperature.site,
        instrument=temperature.instrument.name,
        clinical=temperature.instrument == CLINICAL,
    )


def _standing(rechecks: Rechecks, kept: Recheck) -> RecheckState:
    """Of somebody who shows a code and has not been measured yet."""
    confirmed = rechecks.state(kept) is RecheckState.CONFIRMED
    return RecheckState.CONFIRMED if confirmed else RecheckState.OPEN


def _nameless(claim: Claim) -> Claim:
    """Only what a decision needs."""
    credential = claim.credential and replace(claim.credential, subject=None, dwelling=None)
    return replace(claim, credential=credential)


def _load(memory: Memory, rule: RecheckRule) -> Rechecks:
    """A list that does not open is said and left: nobody is locked out by it."""
    record = memory.load(_RECHECKS)
    try:
        return Rechecks.load(record, rule) if record else Rechecks(rule)
    except RecheckError as error:
        log.error("the list of rechecks is lost: %s", error)
        return Rechecks(rule)


def _load_claims(memory: Memory) -> dict[str, Claim]:
    record = memory.load(_CLAIMS)
    try:
        claims = msgspec.msgpack.decode(record, type=list[Claim]) if record else []
    except msgspec.DecodeError as error:
        log.error("the claims of the rechecks are lost: %s", error)
        claims = []
    return {claim.key: claim for claim in claims}
