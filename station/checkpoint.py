"""The pipeline, on one page: what is seen → screening → decision → one commit → and only then the screen.

Everything runs in one thread, in order, as events arrive. The clock, the journal, the roster and the judge
of codes are passed in, so that tests run it with fakes that can be read and with a real journal alike.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from station.core import entry as entries
from station.core import temperature as temperatures
from station.core.decision import decide, is_conclusive
from station.core.entry import Entry, StoredEntry
from station.core.model import (
    Claim,
    Closing,
    Credential,
    Decision,
    Direction,
    Fact,
    FactKind,
    Passage,
    Reason,
    ReasonCode,
    Sample,
    Scan,
    Severity,
    Site,
    Vouch,
)
from station.core.outcome import (
    ClockWarning,
    Corrected,
    NotStored,
    Outcome,
    Phase,
    Recorded,
    Repeated,
    Waiting,
)
from station.core.policy import Policy
from station.core.screening import Again, Screening, Step
from station.core.temperature import PresenceDetector
from station.journal.errors import JournalError, VaultError
from station.journal.people import Known

MEASURE_ANEW = {
    ReasonCode.TEMPERATURE_TOO_LOW,
    ReasonCode.TEMPERATURE_HIGH,
    ReasonCode.TEMPERATURE_IMPLAUSIBLE,
}
SEEN_BY_OPERATOR = "operator"  # source of a colour that the volunteer read off a phone

log = logging.getLogger(__name__)

CLOCK_TOLERANCE = timedelta(seconds=60)  # below this, time services correct the clock as a matter of course


class Clock(Protocol):
    boot: str  # random, new at every start of the program: monotonic times compare only within it

    def now(self) -> datetime: ...  # UTC
    def monotonic(self) -> float: ...  # s


class Recorder(Protocol):
    """The journal, as far as the lane needs it. `append` returns only after the commit."""

    def append(
        self, entry: Entry, personal: bytes | None = None, *, code_key: str | None = None
    ) -> StoredEntry: ...


@dataclass(frozen=True, slots=True)
class Lane:
    """What is written into every entry of this station."""

    name: str
    direction: Direction
    emulated: bool = False


class Checkpoint:
    """One lane. `publish` hears every outcome, in order, after it is true."""

    def __init__(
        self,
        *,
        lane: Lane,
        policy: Policy,
        journal: Recorder,
        code_key: Callable[[str], str],
        find: Callable[[str], Known | None],
        judge: Callable[[str, datetime], Credential],
        clock: Clock,
        publish: Callable[[Outcome], None],
        last: Recorded | None = None,
    ) -> None:
        """`last` is the newest passage in the journal, so that it can be corrected after a restart."""
        self._lane, self._policy, self._journal = lane, policy, journal
        self._code_key, self._find, self._judge = code_key, find, judge
        self._clock, self._publish = clock, publish
        self._newest_entry_at = last.stored.entry.at if last else None
        self._screening = Screening()
        self._presence: dict[str, PresenceDetector] = {}
        self._recent: dict[str, Recorded] = {}  # by code key, while a repeat may show them again
        self._last = last
        self._last_passage: Passage | None = None
        self._seen: tuple[str, Fact] | None = None  # by whose code's key, what the volunteer saw
        self._waiting = Waiting(self._screening.waiting(0.0).phase)

    # --- what happens at the gate -------------------------------------------------------------

    def scan(self, scan: Scan) -> None:
        """A confirmed code."""
        claim = self._claim_of(scan)
        self._follow(self._screening.claim(claim, self._clock.monotonic()))
        self._measure_whoever_stands_there()

    def sample(self, sample: Sample) -> None:
        """One reading of one instrument; most of them show an empty stand."""
        now, steps = self._clock.monotonic(), list[Step]()
        detector = self._presence.setdefault(sample.instrument.name, PresenceDetector())
        was_occupied = detector.occupied
        temperature = detector.feed(sample)
        if detector.occupied and not was_occupied:
            steps += self._screening.arrival(now)
        if temperature:
            alarming = self._policy.is_high(temperature)
            steps += self._screening.temperature(temperature, now, alarming=alarming)
        self._follow(steps)

    def tick(self) -> None:
        """Time passed; call a few times a second."""
        self._follow(self._screening.tick(self._clock.monotonic()))

    def no_code(self, vouch: Vouch) -> None:
        """The volunteer opens a passage for somebody without a code."""
        now = self._clock.monotonic()
        claim = Claim(key=f"hand:{secrets.token_hex(8)}", at=now, vouch=vouch)
        self._follow(self._screening.claim(claim, now))
        self._measure_whoever_stands_there()

    def hold(self) -> None:
        """The volunteer is about to type a value; the person in front goes on waiting."""
        self._follow(self._screening.hold(self._clock.monotonic()))

    def temperature_by_hand(self, value_c: float | None) -> None:
        """A value off a hand-held thermometer, or None: it could not be measured."""
        now = self._clock.monotonic()
        typed = None if value_c is None else temperatures.by_hand(value_c, Site.BODY, now)
        self._follow(self._screening.by_hand(typed, now))

    def start_over(self) -> None:
        """The volunteer says that nobody is half done."""
        self._follow(self._screening.start_over(self._clock.monotonic()))

    def correct(self, severity: Severity) -> None:
        """The volunteer corrects the last verdict; the first entry stays."""
        if self._last is None:
            return
        clock = self._clock
        amending = entries.amendment(
            self._last.stored, severity, id=_new_id(), at=clock.now(), mono=clock.monotonic(), boot=clock.boot
        )
        self._screening.settle()
        self._amend(amending, Decision((Reason(severity, ReasonCode.CORRECTED_BY_OPERATOR),)))

    def colour_seen(self, colour: str) -> None:
        """The colour on the phone of whoever waits, or else of the last person, as the volunteer saw it.

        It counts for this attempt only and is recorded as the volunteer's word, not as a fact of the center.
        """
        claim = self._screening.claimant or (self._last_passage.claim if self._last_passage else None)
        if claim is None:
            return
        now = self._clock.now()
        self._seen = claim.key, Fact(FactKind.COLOUR, colour, now, SEEN_BY_OPERATOR)
        if claim is not self._screening.claimant:
            self._decide_again()
        elif self._is_conclusive(claim, self._known(claim.key)):
            self._follow(self._screening.conclude(self._clock.monotonic()))

    def _decide_again(self) -> None:
        """The last passage, with what has become known since."""
        passage, last = self._last_passage, self._last
        claim = passage.claim if passage else None
        if passage is None or claim is None or last is None:
            return
        if passage.closing is Closing.CONCLUSIVE:  # a STOP that needed no temperature may need one now
            passage = replace(passage, closing=Closing.BY_HAND)
            self._screening.measure_anew(claim, self._clock.monotonic(), at_once=True)
        facts = self._facts(claim.key, self._known(claim.key))
        self._amend(*self._decided(passage, facts, amends=last.stored.entry.id))

    def _amend(self, amending: Entry, decision: Decision) -> None:
        last, stored = self._last, self._store(amending, None)
        if last and stored:
            self._replace_last(last, decision)
            self._publish(Corrected(stored, last.decision.severity, last.person, decision))
            self._tell_waiting(again=True)

    # --- from a step to an entry --------------------------------------------------------------

    def _claim_of(self, scan: Scan) -> Claim:
        now, key = self._clock.now(), self._code_key(scan.text)
        known = self._known(key)
        claim = Claim(key, scan.at, self._judge(scan.text, now), known.person_id if known else None)
        return replace(claim, conclusive=self._is_conclusive(claim, known))

    def _is_conclusive(self, claim: Claim, known: Known | None) -> bool:
        facts = self._facts(claim.key, known)
        return is_conclusive(claim, facts, self._policy, self._clock.now(), self._lane.direction)

    def _measure_whoever_stands_there(self) -> None:
        """A code that waits needs a fresh reading, also of somebody whose first one came to nothing."""
        if self._waiting.phase is Phase.NEEDS_TEMPERATURE:
            for detector in self._presence.values():
                detector.measure_again()

    def _follow(self, steps: list[Step]) -> None:
        for step in steps:
            if isinstance(step, Again):
                self._repeat(step.key)
            else:
                self._conclude(step.passage)
        self._tell_waiting(again=bool(steps))

    def _repeat(self, key: str) -> None:
        before = self._recent.get(key)
        if before:
            self._publish(Repeated(before.stored, before.decision, before.person))

    def _conclude(self, passage: Passage) -> None:
        """Decide, commit, and only then tell."""
        passage = replace(passage, direction=self._lane.direction)
        key = passage.claim.key if passage.claim else None
        known = self._known(key) if key else None
        entry, decision = self._decided(passage, self._facts(key, known) if key else ())
        stored = self._store(entry, key)
        if stored:
            self._settle(passage, decision)
            self._remember(Recorded(stored, decision, known.line if known else None), key)

    def _settle(self, passage: Passage, decision: Decision) -> None:
        """What follows for the next reading: this one is used up, or has to be taken anew."""
        self._last_passage = passage
        codes = {reason.code for reason in decision.reasons}
        if passage.temperature:
            for detector in self._presence.values():
                detector.use(passage.temperature)
        if passage.claim and passage.temperature and codes & MEASURE_ANEW:
            at_once = ReasonCode.TEMPERATURE_HIGH not in codes  # after a fever one waits some minutes
            self._screening.measure_anew(passage.claim, self._clock.monotonic(), at_once=at_once)

    def _decided(
        self, passage: Passage, facts: tuple[Fact, ...], *, amends: bytes | None = None
    ) -> tuple[Entry, Decision]:
        """The decision on this passage now, and the entry that records it."""
        now = self._clock.now()
        decision = decide(passage, facts, self._policy, now)
        entry = entries.from_passage(
            passage,
            facts,
            decision,
            id=_new_id(),
            at=now,
            mono=self._clock.monotonic(),
            boot=self._clock.boot,
            lane=self._lane.name,
            direction=self._lane.direction,
            policy=self._policy.label,
            emulated=self._lane.emulated,
            amends=amends,
        )
        return entry, decision

    def _facts(self, key: str, known: Known | None) -> tuple[Fact, ...]:
        """What the roster knows of this code's holder, and what the volunteer saw on their phone just now."""
        seen = (self._seen[1],) if self._seen and self._seen[0] == key else ()
        return (*(known.facts if known else ()), *seen)

    def _known(self, key: str) -> Known | None:
        """What the roster says. If it cannot be read nothing is known of anybody, which is a RECHECK."""
        try:
            return self._find(key)
        except (JournalError, VaultError) as error:
            log.error("roster not readable: %s", error)
            return None

    def _store(self, entry: Entry, key: str | None) -> StoredEntry | None:
        """Commit, or say why not and let the person try again. The code's keyed hash is sealed beside it."""
        self._watch_clock(entry.at)
        try:
            stored = self._journal.append(entry, key.encode() if key else None, code_key=key)
        except JournalError as error:
            log.error("entry not stored: %s", error)
            if key:
                self._screening.forget(key)
            self._publish(NotStored(error.problem))
            return None
        log.info("entry %d stored: %s", stored.number, entry.decision.word)
        return stored

    def _remember(self, recorded: Recorded, key: str | None) -> None:
        self._last = recorded
        if key:
            self._recent.pop(key, None)
            self._recent[key] = recorded
            while len(self._recent) > 64:  # far more than can pass within the repeat time
                self._recent.pop(next(iter(self._recent)))
        self._publish(recorded)

    def _replace_last(self, last: Recorded, decision: Decision) -> None:
        corrected = replace(last, decision=decision)
        self._last = corrected
        self._recent.update({key: corrected for key, recorded in self._recent.items() if recorded is last})

    def _watch_clock(self, at: datetime) -> None:
        """The newest entry is the floor of wall time; below it, somebody set the clock back."""
        newest = self._newest_entry_at
        if newest and at < newest - CLOCK_TOLERANCE:
            log.warning("the clock is %d s behind the newest entry", (newest - at).total_seconds())
            self._publish(ClockWarning((newest - at).total_seconds()))
        self._newest_entry_at = at  # said once per jump, not at every entry

    def _tell_waiting(self, *, again: bool = False) -> None:
        """Say what the lane waits for; `again` after an outcome, lest it hide that somebody still waits."""
        waiting = self._screening.waiting(self._clock.monotonic())
        if waiting != self._waiting or (again and waiting.phase is not Phase.IDLE):
            self._waiting = waiting
            self._publish(waiting)


def _new_id() -> bytes:
    return secrets.token_bytes(16)
