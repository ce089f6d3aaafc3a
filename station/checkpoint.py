"""The pipeline, on one page: what is seen → screening → decision → one commit → and only then the screen.

Everything runs in one thread, in order, as events arrive. The clock, the journal, the roster and the judge
of codes are passed in, so that tests run it with fakes that can be read and with a real journal alike.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from station.codes.parts import Gathering, judged_whole, part_of
from station.core import temperature as temperatures
from station.core.decision import is_conclusive, wants_temperature
from station.core.entry import Entry
from station.core.measurability import ADVICE
from station.core.model import (
    Claim,
    Closing,
    Credential,
    Decision,
    DeviceStatus,
    Direction,
    Obstacle,
    Passage,
    Reason,
    ReasonCode,
    Sample,
    Scan,
    Site,
    Temperature,
    Vouch,
)
from station.core.outcome import (
    Corrected,
    InstrumentState,
    NotMeasured,
    Outcome,
    PartShown,
    Phase,
    Recorded,
    Waiting,
)
from station.core.override import Override
from station.core.policy import Policy
from station.core.screening import Again, Screening, Step
from station.journal.movements import Movements
from station.journal.people import Known
from station.knowledge import Find, Knowledge, by_hand, mover_of
from station.lately import Lately
from station.memory import Forgetful, Memory
from station.recording import Clock, Lane, Recorder, Recording
from station.thermometry import Seen, Thermometry

MEASURE_ANEW = {
    ReasonCode.TEMPERATURE_TOO_LOW,
    ReasonCode.TEMPERATURE_HIGH,
    ReasonCode.TEMPERATURE_IMPLAUSIBLE,
    ReasonCode.TEMPERATURE_NOT_MEASURED,
    ReasonCode.RECHECK_OPEN,
    ReasonCode.RECHECK_TOO_EARLY,
    ReasonCode.RECHECK_CONFIRMED,  # a clinical thermometer may say otherwise
}
NOT_AT_ONCE = {ReasonCode.TEMPERATURE_HIGH, ReasonCode.RECHECK_TOO_EARLY, ReasonCode.RECHECK_CONFIRMED}
SURROUNDINGS = {Obstacle.AMBIENT_TOO_COLD, Obstacle.AMBIENT_TOO_HOT, Obstacle.NOT_SETTLED}

log = logging.getLogger(__name__)


class Checkpoint:
    """One lane. `publish` hears every outcome, in order, after it is true."""

    def __init__(
        self,
        *,
        lane: Lane,
        policy: Policy,
        journal: Recorder,
        code_key: Callable[[str], str],
        find: Find,
        find_person: Find,
        movements: Movements,
        judge: Callable[[str, datetime], Credential],
        thermometry: Thermometry,
        clock: Clock,
        publish: Callable[[Outcome], None],
        memory: Memory | None = None,
        last: Recorded | None = None,
    ) -> None:
        """`last` is the newest passage in the journal, so that it can be corrected after a restart."""
        self._gate, self._policy, self.judge = lane.gate, policy, judge
        self.direction = lane.direction
        self._code_key, self._clock, self._publish = code_key, clock, publish
        self.thermometry = thermometry
        newest = last.stored.entry.at if last else None
        self._recording = Recording(lane, policy, journal, clock, publish, newest)
        self._knowledge = Knowledge(policy, memory or Forgetful(), find, find_person, movements)
        self._desk = self._knowledge.desk
        self._desk.follow_clock(clock.now(), clock.monotonic())
        self._screening = Screening()
        self._gathering = Gathering()  # of a certificate that was cut into several codes
        self._lately = Lately(last)
        self._attempt: tuple[str, Temperature] | None = None  # whose reading was no measurement
        self._waiting = Waiting(self._screening.waiting(0.0).phase)
        self._instruments = InstrumentState()

    # --- what happens at the gate -------------------------------------------------------------

    def scan(self, scan: Scan) -> None:
        """A confirmed code. One that is a part of a certificate waits for the others."""
        part = part_of(scan.text)
        if part is None:
            self._take_code(scan.text, scan.at)
            return
        self._gathering = self._gathering.add(part, scan.at)
        if self._gathering.text:
            self._take_code(self._gathering.text, scan.at, joined=True)
        else:
            self._publish(PartShown(part.number, part.total, self._gathering.missing))

    def sample(self, sample: Sample) -> None:
        """One reading of one instrument; most of them show an empty stand."""
        now, seen, steps = self._clock.monotonic(), self._look(sample), list[Step]()
        self._tell(seen.staff)
        if seen.arrival:
            steps += self._screening.arrival(now)
        if seen.temperature and self.thermometry.is_hindered(seen.temperature):
            self._hinder(seen.temperature)
        elif seen.temperature:
            alarming = self._policy.is_high(seen.temperature)
            steps += self._screening.temperature(seen.temperature, now, alarming=alarming)
        self._follow(steps)

    def status(self, status: DeviceStatus) -> None:
        """The health of a thermometer: another one may count from now on."""
        self.thermometry.status(status, self._clock.monotonic())
        self._tell_instruments()

    def tick(self) -> None:
        """Time passed; call a few times a second."""
        now = self._clock.monotonic()
        self._follow(self._screening.tick(now))
        self.thermometry.tick(now)
        self._tell_instruments()
        self._desk.follow_clock(self._clock.now(), now)
        for left in self._desk.tick(self._clock.now()):
            self._publish(left)
        self._tell(self._desk.news())

    # --- what the volunteer does --------------------------------------------------------------

    def no_code(self, vouch: Vouch, person_id: str | None = None) -> None:
        """The volunteer opens a passage for somebody without a code, whom they may have picked by name."""
        now = self._clock.monotonic()
        claim = Claim(by_hand(person_id), now, person_id=person_id, vouch=vouch)
        if person_id:
            claim = self._weighed(claim, self._knowledge.of(claim.key, person_id))
        self._follow(self._screening.claim(claim, now))
        self._measure_whoever_stands_there()

    def hold(self) -> None:
        """The volunteer is about to type a value; the person in front goes on waiting."""
        self._follow(self._screening.hold(self._clock.monotonic()))

    def temperature_by_hand(self, value_c: float | None, *, clinical: bool = False) -> None:
        """A value off a hand-held or a clinical thermometer, or None: it could not be measured."""
        typed = None if value_c is None else self._typed(value_c, clinical=clinical)
        self._follow(self._screening.by_hand(typed, self._clock.monotonic()))

    def recheck_by_hand(self, key: str, value_c: float, *, clinical: bool = False) -> None:
        """A value of somebody on the list of those who wait, whoever stands in front now."""
        claim = self._knowledge.claim_of(key, self._clock.monotonic())
        self._conclude(Passage(claim, self._typed(value_c, clinical=clinical), Closing.BY_HAND))
        self._tell_waiting(again=True)

    def turn(self, direction: Direction) -> None:
        """From now on people go this way. Whoever waits was going the other way: they are not let through."""
        self.start_over()
        self._screening.forget_all()  # who just came in and goes out again is decided about anew
        self.direction = direction

    def measure_staff(self) -> None:
        """The next readings are of healthy staff, so that the baseline begins."""
        self._tell(self.thermometry.begin_staff(self._clock.monotonic()))

    def start_over(self) -> None:
        """The volunteer says that nobody is half done."""
        self.thermometry.end_staff()
        self._follow(self._screening.start_over(self._clock.monotonic()))

    def correct(self, wish: Override) -> None:
        """An operator changes the last verdict; the first entry stays. Raises OverrideError."""
        last = self._lately.last
        if last is None:
            return
        amending = self._recording.correction(last, wish)
        self._screening.settle()
        self._amend(amending, Decision((Reason(wish.to, ReasonCode.CORRECTED_BY_OPERATOR),)))

    def colour_seen(self, colour: str) -> None:
        """The colour on the phone of whoever waits, or else of the last person, as the volunteer saw it.

        It counts for this attempt only and is recorded as the volunteer's word, not as a fact of the center.
        """
        passage = self._lately.passage
        former = (
            None if self._waiting.phase is Phase.NEEDS_CODE else passage
        )  # else it is the next one's phone
        claim = self._screening.claimant or (former.claim if former else None)
        if claim is None:
            return
        self._knowledge.colour_seen(claim, colour, self._clock.now())
        if claim is not self._screening.claimant:
            self._decide_again()
        elif self._is_conclusive(claim, self._knowledge.of(claim.key, claim.person_id)):
            self._follow(self._screening.conclude(self._clock.monotonic()))

    def _decide_again(self) -> None:
        """The last passage, with what has become known since."""
        passage, last = self._lately.passage, self._lately.last
        claim = passage.claim if passage else None
        if passage is None or claim is None or last is None:
            return
        if passage.closing is Closing.CONCLUSIVE:  # a STOP that needed no temperature may need one now
            passage = replace(passage, closing=Closing.BY_HAND)
            self._screening.measure_anew(claim, self._clock.monotonic(), at_once=True)
        known = self._knowledge.of(claim.key, claim.person_id)
        facts = self._knowledge.facts(claim, known, self._clock.now())
        self._amend(*self._recording.decided(passage, facts, amends=last.stored.entry.id))

    def _amend(self, amending: Entry, decision: Decision) -> None:
        last, stored = self._lately.last, self._recording.store(amending, None)
        if last and stored:
            self._lately.corrected(decision)
            self._publish(Corrected(stored, last.decision.severity, last.person, decision))
            self._tell_waiting(again=True)

    # --- what was seen ------------------------------------------------------------------------

    def _take_code(self, text: str, at: float, *, joined: bool = False) -> None:
        self.thermometry.end_staff()  # whoever shows a code is no staff being measured
        claim = self._claim_of(text, at, joined=joined)
        self._follow(self._screening.claim(claim, self._clock.monotonic()))
        self._measure_whoever_stands_there()

    def _claim_of(self, text: str, at: float, *, joined: bool) -> Claim:
        key = self._code_key(text)
        known, credential = self._knowledge.of(key), self.judge(text, self._clock.now())
        credential = judged_whole(credential) if joined else credential
        return self._weighed(Claim(key, at, credential, known.person_id if known else None), known)

    def _weighed(self, claim: Claim, known: Known | None) -> Claim:
        """With what follows for the temperature from who it is."""
        now = self._clock.now()
        self._desk.follow_clock(now, self._clock.monotonic())
        facts = self._knowledge.facts(claim, known, now)
        wanted = wants_temperature(claim, facts, self._policy, now, self.direction)
        return replace(claim, conclusive=self._is_conclusive(claim, known), unmeasured=not wanted)

    def _is_conclusive(self, claim: Claim, known: Known | None) -> bool:
        now = self._clock.now()
        facts = self._knowledge.facts(claim, known, now)
        return is_conclusive(claim, facts, self._policy, now, self.direction, self._gate)

    def _look(self, sample: Sample) -> Seen:
        return self.thermometry.sample(sample, self._clock.now())

    def _typed(self, value_c: float, *, clinical: bool) -> Temperature | None:
        """None for what is not a number: it could not be measured."""
        if math.isnan(value_c):
            return None
        at = self._clock.monotonic()
        raw = temperatures.clinical(value_c, at) if clinical else temperatures.by_hand(value_c, Site.BODY, at)
        return self.thermometry.judge(raw, self._clock.now())

    def _hinder(self, temperature: Temperature) -> None:
        """No measurement: whoever waits goes on waiting, and hears once what to do."""
        claim, obstacle = self._screening.claimant, temperature.obstacle
        if obstacle is None or not (claim or obstacle in SURROUNDINGS):
            return  # an empty stand, most likely
        key = claim.key if claim else ""
        told = self._attempt
        self._attempt = key, temperature
        if told is None or (told[0], told[1].obstacle) != (key, obstacle):
            self._publish(NotMeasured(obstacle, ADVICE[obstacle], temperature))

    def _measure_whoever_stands_there(self) -> None:
        """A code that waits needs a fresh reading, also of somebody whose first one came to nothing."""
        if self._waiting.phase is Phase.NEEDS_TEMPERATURE:
            self.thermometry.measure_again()

    # --- from a step to an entry --------------------------------------------------------------

    def _follow(self, steps: list[Step]) -> None:
        for step in steps:
            if isinstance(step, Again):
                self._tell(self._lately.again(step.key))
            else:
                self._conclude(step.passage)
        self._tell_waiting(again=bool(steps))

    def _conclude(self, passage: Passage) -> None:
        """Decide, commit, and only then tell."""
        passage = replace(self._with_attempt(passage), direction=self.direction, gate=self._gate)
        claim, counted = passage.claim, self._counted(passage)
        key = claim.key if claim else None
        known, now = self._knowledge.of(key, claim.person_id) if key and claim else None, self._clock.now()
        self._desk.follow_clock(now, self._clock.monotonic())
        facts = self._knowledge.facts(claim, known, now, counted=counted) if claim else ()
        entry, decision = self._recording.decided(passage, facts)
        noted = self._knowledge.noted(claim, known, counted, now)
        stored = self._recording.store(entry, key, mover_of(claim, known), noted.records if noted else None)
        if stored is None:
            if key:
                self._screening.forget(key)
            return
        if noted:
            self._desk.keep(noted)
        self._settle(passage, decision)
        recorded = Recorded(stored, decision, known.line if known else None)
        self._lately.remember(recorded, passage)
        self._publish(recorded)
        self._tell(self._desk.news())

    def _with_attempt(self, passage: Passage) -> Passage:
        """Nothing better came than a reading that is no measurement: it is kept as that."""
        claim, attempt = passage.claim, self._attempt
        if attempt and attempt[0] in ("", claim.key if claim else ""):
            self._attempt = None
        bare = passage.temperature is None and passage.in_doubt is None
        if claim and attempt and bare and attempt[0] == claim.key:
            return replace(passage, temperature=attempt[1])
        return passage

    def _counted(self, passage: Passage) -> Temperature | None:
        """The reading of this passage, if it is a measurement of a living person."""
        one = passage.temperature
        usable = one and not self.thermometry.is_hindered(one) and not self._policy.is_implausible(one)
        return one if usable else None

    def _settle(self, passage: Passage, decision: Decision) -> None:
        """What follows for the next reading: this one is used up, or has to be taken anew."""
        codes = {reason.code for reason in decision.reasons}
        if passage.temperature:
            self.thermometry.use(passage.temperature)
        if passage.claim and codes & MEASURE_ANEW:
            at_once = not codes & NOT_AT_ONCE  # after a fever one waits some minutes
            self._screening.measure_anew(passage.claim, self._clock.monotonic(), at_once=at_once)

    # --- what the screen hears beside verdicts ------------------------------------------------------

    def _tell_waiting(self, *, again: bool = False) -> None:
        """Say what the lane waits for; `again` after an outcome, lest it hide that somebody still waits."""
        waiting = self._screening.waiting(self._clock.monotonic())
        if waiting != self._waiting or (again and waiting.phase is not Phase.IDLE):
            self._waiting = waiting
            self._publish(waiting)

    def _tell_instruments(self) -> None:
        state = self.thermometry.state(self._clock.now())
        if _told(state) != _told(self._instruments):
            self._instruments = state
            self._publish(state)

    def _tell(self, outcome: Outcome | None) -> None:
        if outcome:
            self._publish(outcome)


def _told(state: InstrumentState) -> tuple[object, ...]:
    """What is worth saying again: figures change with every person, who looks false does not."""
    standing = {(one.instrument.name, one.code, one.site) for one in state.standing}
    return standing, state.active, state.doubtful, state.wants_staff
