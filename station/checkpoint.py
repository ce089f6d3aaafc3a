"""The pipeline, on one page: what is seen → screening → decision → one commit → and only then the screen.

Everything runs in one thread, in order, as events arrive. The clock, the journal, the roster and the judge
of codes are passed in, so that tests run it with fakes that can be read and with a real journal alike.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from station.claims import Claims
from station.codes.parts import Gathering, part_of
from station.company import Company, Party
from station.core.asking import Answer
from station.core.decision import limited
from station.core.entry import Entry
from station.core.model import (
    Claim,
    Closing,
    CodeStatus,
    Credential,
    Decision,
    DeviceStatus,
    Direction,
    Passage,
    Reason,
    ReasonCode,
    Sample,
    Scan,
    Vouch,
)
from station.core.outcome import Corrected, Outcome, PartShown, PersonLine, Phase, Recorded, Waiting
from station.core.override import Override
from station.core.policy import Policy
from station.core.screening import Again, Screening, Step
from station.journal.movements import Movements, is_movement
from station.knowledge import Find, Knowledge, SpeaksFor, id_of, mover_of
from station.lately import Lately
from station.measuring import Measuring, measured_anew
from station.memory import Forgetful, Memory
from station.recording import Clock, Lane, Recorder, Recording
from station.thermometry import Thermometry
from station.unclaimed import Unclaimed


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
        speaks_for: SpeaksFor = lambda person_id: (),
    ) -> None:
        """`last` is the newest passage in the journal, so that it can be corrected after a restart."""
        self._gate, self._policy, self._clock, self._publish = lane.gate, policy, clock, publish
        self.thermometry, self._measuring = thermometry, Measuring(thermometry, policy, clock)
        self._measuring.begin_after(last.stored if last else None)
        self._lately, self._company = Lately(last), Company()
        self._recording = Recording(lane, policy, journal, clock, publish, self._lately.newest_at)
        self._knowledge = Knowledge(policy, memory or Forgetful(), find, find_person, movements, speaks_for)
        self._claims = Claims(lane, policy, self._knowledge, code_key, judge, clock)
        self._desk, self.speaks_for = self._knowledge.desk, speaks_for
        self._knowledge.follow_clock(clock.now(), clock.monotonic())
        self._screening, self._gathering = Screening(), Gathering()  # of a certificate cut into several codes
        self._unclaimed = Unclaimed(memory or Forgetful(), movements.position, clock)
        self._brought: PersonLine | None = None  # who waits, if somebody else stands for them
        self._waiting = Waiting(self._screening.waiting(0.0).phase)

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
        now, seen, steps = self._clock.monotonic(), self._measuring.look(sample), list[Step]()
        self._tell(seen.staff)
        if seen.arrival:
            steps += self._screening.arrival(now)
        if seen.temperature and self.thermometry.is_hindered(seen.temperature):
            self._tell(self._measuring.hindered(seen.temperature, self._screening.claimant))
        elif seen.temperature:
            if alarming := self._policy.alarms(seen.temperature, self.direction):
                self.thermometry.alarmed(seen.temperature)
            steps += self._screening.temperature(seen.temperature, now, alarming=alarming, later=seen.later)
        self._follow(steps)

    def status(self, status: DeviceStatus) -> None:
        """The health of a thermometer: another one may count from now on."""
        self.thermometry.status(status, self._clock.monotonic())
        self._tell(self._measuring.news())

    def tick(self) -> None:
        """Time passed; call a few times a second."""
        now = self._clock.monotonic()
        self._catch_up(at_once=False)
        self._recording.tick()
        self._follow(self._screening.tick(now))
        self.thermometry.tick(now)
        self._tell(self._measuring.news())
        self._knowledge.follow_clock(self._clock.now(), now)
        for left in self._desk.tick(self._clock.now()):
            self._publish(left)
        self._tell(self._desk.news())

    def no_code(self, vouch: Vouch, person_id: str | None = None, brought_by: str | None = None) -> None:
        """The volunteer opens a passage for somebody without a code, whom they may have picked by name.

        `brought_by`: the id of the guardian or proxy with whom they came, or whose code was held up for them.
        """
        self._catch_up()
        self._take(self._claims.without_code(vouch, person_id, brought_by))

    @property
    def idle(self) -> bool:
        """Nobody stands at the lane, as far as it can tell."""
        return self._screening.waiting(self._clock.monotonic()).phase is Phase.IDLE

    @property
    def party(self) -> Party | None:
        """Who came last, with whom the next one may be."""
        return self._company.party(self._clock.monotonic())

    def hold(self) -> None:
        """The volunteer is about to type a value; the person in front goes on waiting."""
        self._follow(self._screening.hold(self._clock.monotonic()))

    def temperature_by_hand(self, value_c: float | None, *, clinical: bool = False) -> None:
        """A value off a hand-held or a clinical thermometer, or None: it could not be measured."""
        typed = None if value_c is None else self._measuring.typed(value_c, clinical=clinical)
        self._follow(self._screening.by_hand(typed, self._clock.monotonic()))

    def recheck_by_hand(self, key: str, value_c: float, *, clinical: bool = False) -> None:
        """A value of somebody on the list of those who wait, whoever stands in front now."""
        claim = self._knowledge.claim_of(key, self._clock.monotonic())
        self._screening.settle(claim)
        typed = self._measuring.typed(value_c, clinical=clinical)
        self._conclude(Passage(claim, typed, Closing.BY_HAND), from_list=True)
        self._tell_waiting(again=True)

    def turn(self, direction: Direction) -> None:
        """From now on people go this way. Whoever waits was going the other way: they are not let through."""
        self.start_over()
        self._screening.forget_all()  # who just came in and goes out again is decided about anew
        self._claims.direction = direction

    @property
    def direction(self) -> Direction:
        """The way that people go now."""
        return self._claims.direction

    def measure_staff(self) -> None:
        """The next readings are of healthy staff, so that the baseline begins."""
        self._tell(self.thermometry.begin_staff(self._clock.monotonic()))

    def start_over(self) -> None:
        """The volunteer says that nobody is half done."""
        self.thermometry.end_staff()
        self._follow(self._screening.start_over(self._clock.monotonic()))

    def end(self, key_now: Callable[[str], str] = str) -> None:
        """Other rules, or keys, hold from now on: who is half done is recorded, and another lane goes on."""
        self.thermometry.end_staff()
        for part in (self._knowledge, self._lately, self._measuring, self._unclaimed):
            part.rekey(key_now)
        self._follow(self._screening.go_on(self._clock.monotonic(), key_now))
        self.thermometry.save()

    def go_on_from(self, before: Checkpoint) -> None:
        """The lane that ended: whoever stands there, or was looked at a moment ago, does not know of it."""
        self._claims.direction, self._screening = before.direction, before._screening
        self._company = before._company
        self._knowledge.go_on_from(before._knowledge)
        self.take_refused(before)
        self._lately.go_on_from(before._lately)
        self._tell_waiting()

    def take_refused(self, before: Checkpoint, *, same_keys: bool = True) -> None:
        """The fevers that could not be stored; and that this is to be tried again."""
        self._unclaimed.go_on_from(before._unclaimed, same_keys=same_keys)
        self._recording.go_on_from(before._recording)

    def woke(self) -> None:
        """The PC has slept, for hours perhaps: whoever was here before it is not here now."""
        self._knowledge.slept(self._clock.now(), self._clock.monotonic())
        self.start_over()
        self._screening.forget_all()  # the same code again is another coming
        self._company, self._lately.passage = Company(), None  # nor is anybody with them, or asked for them

    def correct(self, wish: Override) -> None:
        """An operator changes the last verdict; the first entry stays. Raises OverrideError."""
        last = self._lately.last
        if last is None:
            return
        amending = self._recording.correction(last, wish)
        self._screening.settle()
        self._amend(amending, Decision((Reason(wish.to, ReasonCode.CORRECTED_BY_OPERATOR),)))

    def amended(self, amending: Entry) -> None:
        """An entry was corrected elsewhere: a code that is shown again gets what it came out as."""
        self._lately.amended(amending)

    def answered(self, answers: Sequence[Answer]) -> bool:
        """What the volunteer saw on the phone of whoever waits, or else of the last person, or was told.

        It is recorded as the volunteer's word, not as a fact of the center. False: nobody knows whose it is.
        """
        next_one = self._waiting.phase is Phase.NEEDS_CODE  # then it is their phone
        passage = None if next_one else self._lately.passage
        claim = self._screening.claimant or (passage.claim if passage else None)
        if claim is None:
            return False
        self._knowledge.answered(claim, answers, self._clock.now())
        if claim is not self._screening.claimant:
            self._decide_again()
        elif self._claims.is_conclusive(claim):
            self._follow(self._screening.conclude(self._clock.monotonic()))
        return True

    def learnt(self, key: str) -> None:
        """Something has become known of the code with this key.
        Whoever waits may be stopped by it at once, and whoever shows it again is decided about anew.
        """
        claim = self._screening.claimant
        if claim is None or claim.key != key:
            self._screening.forget(key)
        elif self._claims.is_conclusive(claim):
            self._follow(self._screening.conclude(self._clock.monotonic()))

    def facts_changed(self) -> None:
        """Facts were written: a colour that turned red counts at once, also for whoever passed just now.

        Whoever is known otherwise by now is not shown the former decision again.
        """
        if claim := self._screening.claimant:
            self.learnt(claim.key)
        for key, facts in self._lately.facts():
            if self._screening.is_decided(key):
                known = self._knowledge.of(key, id_of(key))
                if (known.facts if known else ()) != facts:
                    self.learnt(key)

    def lists_changed(self, is_revoked: Callable[[str], bool]) -> None:
        """Passes were revoked, or trust lists came: what a signature proved is judged anew when shown again.
        Whoever waits with a pass that is revoked by now is stopped at once, or, at the side, when measured
        again. `is_revoked`: by a pass's number.
        """
        self._desk.revoke(is_revoked)
        for key, credential in self._lately.signed():
            number = credential.pass_id
            if number is None or is_revoked(number) is not (credential.status is CodeStatus.REVOKED):
                self._screening.forget(key)
        claim = self._screening.claimant
        proof = claim.credential if claim else None
        if claim and proof and proof.pass_id and is_revoked(proof.pass_id):
            self._screening.restate(replace(claim, credential=replace(proof, status=CodeStatus.REVOKED)))
            self.learnt(claim.key)

    def _decide_again(self) -> None:
        """The last passage, with what has become known since."""
        passage, last = self._lately.passage, self._lately.last
        claim = passage.claim if passage else None
        if passage is None or claim is None or last is None:
            return
        conclusive = passage.closing is Closing.CONCLUSIVE
        if conclusive:  # a STOP that needed no temperature may need one now
            passage = replace(passage, closing=Closing.BY_HAND)
        known = self._knowledge.of(claim.key, claim.person_id)
        # The passage itself is no outing before it, and nobody came the same way twice by it.
        facts = self._knowledge.facts(claim, known, self._clock.now(), moved=self._lately.moved)
        entry, decision = self._recording.decided(passage, facts, amends=last.stored.entry.id)
        if not self._lately.may_become(decision):
            return
        if conclusive:
            self._screening.measure_anew(claim, self._clock.monotonic(), at_once=True)
        self._amend(entry, decision)

    def _amend(self, amending: Entry, decision: Decision) -> None:
        last, stored = self._lately.last, self._recording.store(amending, None)
        if last and stored:
            self._lately.corrected(decision)
            self._publish(Corrected(stored, last.decision.severity, last.person, decision))
            self._tell_waiting(again=True)

    def _catch_up(self, *, at_once: bool = True) -> None:
        """Before anybody is decided about: a fever that waited when the program ended, or was refused."""
        for passage in self._unclaimed.due(at_once=at_once):
            self._conclude(passage, from_list=True)  # what is typed now is of whoever stands there now
            self._tell_waiting(again=True)

    def _take_code(self, text: str, at: float, *, joined: bool = False) -> None:
        self._catch_up()
        self.thermometry.end_staff()  # whoever shows a code is no staff being measured
        self._take(self._claims.of_code(text, at, joined=joined))

    def _take(self, claim: Claim) -> None:
        """Somebody says who they are. A fresh reading is needed, also of one whose first came to nothing."""
        now = self._clock.monotonic()
        self._company.came(claim, now)
        self._brought = self._knowledge.person(claim.key) if claim.brought_by else None
        self._follow(self._screening.claim(claim, now))
        if self._screening.claimant is not claim:
            self._company.passed(claim, now)
        if self._waiting.phase is Phase.NEEDS_TEMPERATURE:
            self.thermometry.measure_again()

    def _follow(self, steps: list[Step]) -> None:
        if steps:
            self._catch_up()
        for step in steps:
            if isinstance(step, Again):
                self._tell(self._lately.again(step.key))
            else:
                self._conclude(step.passage)
        self._unclaimed.wait(self._screening.unclaimed, self.direction)
        self._tell_waiting(again=bool(steps))

    def _conclude(self, passage: Passage, *, from_list: bool = False) -> None:
        """Decide, commit, and only then tell. `from_list`: of somebody who sits at the side."""
        claim, now, waits = passage.claim, self._clock.now(), self._unclaimed.of(passage)
        way = (claim.way if claim else None) or (waits.way if waits and waits.former else self.direction)
        asked, attempted = passage, self._measuring.with_attempt(passage)
        passage = replace(attempted, direction=way, gate=self._gate)
        key = claim.key if claim else None
        known = self._knowledge.of(key, claim.person_id) if key and claim else None
        passage = limited(passage, known.facts if known else (), self._policy, now)
        counted = self._measuring.counted(passage)
        self._knowledge.follow_clock(now, self._clock.monotonic())
        facts = self._knowledge.facts(claim, known, now, counted=counted) if claim else ()
        entry, decision = self._recording.decided(passage, facts)
        entry = waits.as_it_was(entry, self._lately.newest_at) if waits else entry
        noted = self._knowledge.noted(claim and replace(claim, way=way), known, counted, now)
        fever = entry.id if self._measuring.is_fever_of_anybody(passage) else None
        records = {**self._knowledge.records(noted, fever), **self._unclaimed.records(waits)}
        again = self._unclaimed.is_again(waits)
        stored = self._recording.store(entry, key, mover_of(claim, known), records, again=again)
        if stored is None:
            self._unclaimed.refuse(entry, asked, waits, self._measuring.fever(asked, passage, way))
            self._screening.forget(key or "")
            return
        self._knowledge.keep(noted, fever)
        self._unclaimed.keep(waits)
        if waits and not waits.is_news(now):
            return  # nobody is alarmed by who was there last night
        subject = self._knowledge.subject(claim, known) if claim else ""
        for other in self._lately.other_keys(claim.key, subject) if claim else ():
            self._screening.forget(other)  # it is the same person, whatever they show next
        self._settle(passage, decision, from_list=from_list)
        asks = self._claims.questions(passage, facts)
        recorded = Recorded(stored, decision, known.line if known else None, asks)
        moved = tuple(filter(is_movement, facts))
        self._lately.remember(recorded, passage, known.facts if known else (), moved, subject)
        self._publish(recorded)
        self._tell(self._desk.news())

    def _settle(self, passage: Passage, decision: Decision, *, from_list: bool) -> None:
        """What follows for the next one: this reading is used up, or has to be taken anew."""
        claim, now, at_once = passage.claim, self._clock.monotonic(), measured_anew(decision)
        if passage.temperature:
            self.thermometry.use(passage.temperature)
        if claim:
            self._company.passed(claim, now)
        if claim and at_once is not None:
            self._screening.measure_anew(claim, now, at_once=at_once, in_front=not from_list)

    def _tell_waiting(self, *, again: bool = False) -> None:
        """Say what the lane waits for; `again` after an outcome, lest it hide that somebody still waits."""
        waiting = self._screening.waiting(self._clock.monotonic())
        if waiting.phase is Phase.NEEDS_TEMPERATURE:
            waiting = replace(waiting, person=self._brought)
        if waiting != self._waiting or (again and waiting.phase is not Phase.IDLE):
            self._waiting = waiting
            self._publish(waiting)

    def _tell(self, outcome: Outcome | None) -> None:
        if outcome:
            self._publish(outcome)
