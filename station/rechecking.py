"""Who was measured too high and waits at the side: the lane's list, kept over a restart.

What a reading means for a recheck is `core.recheck`; here it is linked to claims and people, kept sealed, and
told as lines for the screen. Nothing is kept before the entry that it belongs to is on disk.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import msgspec

from station.core.model import Claim, CodeStatus, Fact, FactKind, RecheckState, Temperature
from station.core.outcome import LeftUncleared, PersonLine, RecheckLine, RecheckList
from station.core.policy import Policy
from station.core.recheck import Attempt, Recheck, RecheckError, RecheckRule, Rechecks
from station.core.temperature import CLINICAL
from station.core.visit import is_visit
from station.memory import Memory
from station.running.way import WAY
from station.told import TOLD, joined_words
from station.unclaimed import UNCLAIMED, joined_waits

log = logging.getLogger(__name__)

_RECHECKS, _CLAIMS = "rechecks", "recheck-claims"
FEVER = "fever"  # the entry of the last fever that nobody claimed for sure
_CLOCK_TOLERANCE = timedelta(seconds=60)  # below this, time services correct the clock as a matter of course


@dataclass(frozen=True, slots=True)
class Noted:
    """The list with one more reading, as it is to be once the entry, and with it `records`, is on disk."""

    rechecks: Rechecks = field(repr=False)
    claims: dict[str, Claim] = field(repr=False)
    records: Mapping[str, bytes] = field(repr=False)


class RecheckDesk:
    """The chairs at the side of one lane. Keys are `Knowledge.subject`'s: of people, not of their codes.

    `who` says how the person of a key is written.
    """

    def __init__(self, policy: Policy, memory: Memory, who: Callable[[str], PersonLine | None]) -> None:
        self._policy, self._memory, self._who = policy, memory, who
        self._listed = policy.temperature.recheck is not None
        rule = policy.temperature.recheck or RecheckRule()
        self._rechecks = _load(memory, rule)
        self._claims = {key: one for key, one in _load_claims(memory).items() if self._rechecks.of(key)}
        self._told: tuple[Recheck, ...] | None = None  # nothing yet: what a former lane told may stand there
        self._clocks: tuple[datetime, float] | None = None  # wall and monotonic, when they were last compared

    def fact(self, key: str, temperature: Temperature | None, now: datetime) -> Fact | None:
        """What is known of this person's recheck, with the reading at hand; None: nothing. Keeps nothing."""
        if not self._listed:
            return None
        after = self._linked(key, temperature, now)
        if after is None:
            return None
        state = self._rechecks.state(after) if temperature else _standing(self._rechecks, after)
        return Fact(FactKind.RECHECK, state.value, after.attempts[-1].at, "journal")

    def noted(self, key: str, claim: Claim, temperature: Temperature, now: datetime) -> Noted | None:
        """How the list will be with this reading; None: as it is. Keeps nothing."""
        after = self._linked(key, temperature, now) if self._listed else None
        if after is None:
            return None
        rechecks = self._rechecks.with_one(after)
        claims = {**self._claims, key: claim}
        kept = {key: claim for key, claim in claims.items() if rechecks.of(key)}
        return Noted(rechecks, kept, _records(rechecks, kept))

    def keep(self, noted: Noted) -> None:
        """The entry with this reading, and these records, are on disk: from now on the list is this one."""
        self._rechecks, self._claims = noted.rechecks, noted.claims

    def follow_clock(self, now: datetime, monotonic: float) -> timedelta:
        """A wall clock that was set shortens nobody's wait, and makes nobody wait for a year. By how much it
        was set."""
        clocks, self._clocks = self._clocks, (now, monotonic)
        passed = timedelta(seconds=monotonic - clocks[1]) if clocks else timedelta()
        jump = now - clocks[0] - passed if clocks else timedelta()
        was_set = jump if abs(jump) > _CLOCK_TOLERANCE else timedelta()
        if was_set:
            self._rechecks.shift(was_set)
            self._save()
        self._rechecks.none_after(now)
        return was_set

    def claim_of(self, key: str) -> Claim | None:
        """The claim that somebody on the list came with; None if they are not on it any more."""
        return self._claims.get(key)

    def revoke(self, is_revoked: Callable[[str], bool]) -> None:
        """Passes of those who wait may have been taken back since they showed them; by the pass's number."""
        taken = {key: claim for key, claim in self._claims.items() if _is_taken_back(claim, is_revoked)}
        for key, claim in taken.items():
            credential = claim.credential and replace(claim.credential, status=CodeStatus.REVOKED)
            self._claims[key] = replace(claim, credential=credential)
        if taken:
            self._save()

    def listed_as(self, key: str, claim: Claim, id_now: Callable[[str], str | None]) -> str:
        """The key under which whoever claims this is on the list: this one, unless they were known otherwise
        when they came onto it. `id_now`: under which id somebody is known by now."""
        if self._rechecks.of(key):
            return key
        for other, kept in self._claims.items():
            if _is_same(kept, claim) or _is_now(kept, claim, id_now):
                return other
        return key

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
        self._claims = {key: claim for key, claim in self._claims.items() if self._rechecks.of(key)}
        for name, record in _records(self._rechecks, self._claims).items():
            self._memory.save(name, record)


def joined(
    name: str,
    before: bytes | None,
    noted: Sequence[bytes],
    owner: Callable[[str], str],
    position: Callable[[bytes], int],
) -> bytes | None:
    """The lane's list with what was noted while nobody could be looked up; `owner` says whose a key is, and
    `position` where in the journal an entry lies.

    Whoever stands in both keeps all readings. Of fevers that nobody claimed the newest counts, whatever the
    clock said, of what else the lane remembers, the former.
    """
    if name == _RECHECKS:
        lists = [_decoded(record) for record in (before, *noted) if record]
        return msgspec.msgpack.encode(_joined([one for each in lists for one in each], owner))
    if name == _CLAIMS:
        claims: dict[str, Claim] = {}
        for record in (*noted, before):
            found = msgspec.msgpack.decode(record, type=dict[str, Claim]) if record else {}
            claims |= {owner(key): claim for key, claim in found.items()}
        return msgspec.msgpack.encode(claims)
    if name == TOLD:
        return joined_words(before, noted)
    if name == UNCLAIMED:
        return joined_waits(before, noted)
    if name == WAY:
        return noted[-1]  # it was turned since, whatever it was before
    if name == FEVER:
        return max(filter(None, (before, *noted)), key=position, default=None)
    return before if before is not None else noted[-1]


def _decoded(record: bytes) -> tuple[Recheck, ...]:
    return msgspec.msgpack.decode(record, type=tuple[Recheck, ...])


def _joined(lists: Sequence[Recheck], owner: Callable[[str], str]) -> tuple[Recheck, ...]:
    by_key: dict[str, Recheck] = {}
    for one in lists:
        key = owner(one.key)
        before = by_key.get(key)
        attempts = {*(before.attempts if before else ()), *one.attempts}
        early = (before.too_early if before else 0) + one.too_early
        by_key[key] = Recheck(key, tuple(sorted(attempts, key=lambda attempt: attempt.at)), early)
    return tuple(by_key.values())


def _records(rechecks: Rechecks, claims: Mapping[str, Claim]) -> dict[str, bytes]:
    nameless = {key: _nameless(claim) for key, claim in claims.items()}
    return {_RECHECKS: rechecks.dump(), _CLAIMS: msgspec.msgpack.encode(nameless)}


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


def _is_taken_back(claim: Claim, is_revoked: Callable[[str], bool]) -> bool:
    credential = claim.credential
    if credential is None or credential.pass_id is None or credential.status is CodeStatus.REVOKED:
        return False
    return is_revoked(credential.pass_id)


def _is_same(kept: Claim, claim: Claim) -> bool:
    """The same person; or the same code, of whoever it is by now: a list may have changed since."""
    return kept.key == claim.key or bool(claim.person_id and claim.person_id == kept.person_id)


def _is_now(kept: Claim, claim: Claim, id_now: Callable[[str], str | None]) -> bool:
    """Two turned out to be one, or somebody of the center's list was taken into the gate's own."""
    if claim.person_id is None or kept.person_id is None or is_visit(kept.person_id):
        return False
    return id_now(kept.person_id) == claim.person_id


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
        return msgspec.msgpack.decode(record, type=dict[str, Claim]) if record else {}
    except msgspec.DecodeError as error:
        log.error("the claims of the rechecks are lost: %s", error)
        return {}
