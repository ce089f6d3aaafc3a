"""A practice played by hand on the real lane: real journal, real checkpoint, a clock that the test moves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from station.app import load_limits
from station.checkpoint import Checkpoint
from station.core.asking import Answer, Question
from station.core.model import Direction, Instrument, Reading, Sample, Scan, Site, Vouch
from station.core.outcome import Outcome
from station.core.override import Override, OverrideError, OverrideReason, Role
from station.core.policy import parse_policy
from station.core.reasons import Severity
from station.journal.entries import Journal
from station.journal.memory import LaneMemory
from station.journal.movements import Movements
from station.journal.people import People
from station.judge import LiveJudge
from station.practice.cast import ACTORS, Arrival, Code, Situation
from station.practice.director import Director
from station.practice.scoring import Score
from station.practising import EMPTY_STAND_C, POLICY_FILE, furnish, shown
from station.recording import Lane
from station.thermometry import Thermometry
from tests.lane import HandClock

STEP_S = 0.1
STAND = Instrument("practice", "gy-mcu90614", emulated=True)
ADMIN = "1234"


@dataclass
class PracticeGate:
    """What the learner can do, and what happens around them."""

    folder: Path
    lasts_s: float = 180.0
    clock: HandClock = field(default_factory=lambda: HandClock(datetime.now(UTC)))
    heard: list[Outcome] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.texts = furnish(self.folder, self.clock.now())
        self.journal = Journal.open(self.folder, now=self.clock.now)
        people, memory = People(self.journal), LaneMemory(self.journal)
        policy = parse_policy((self.folder / POLICY_FILE).read_text("utf-8"))
        self.director = Director(lasts_s=self.lasts_s)
        self.checkpoint = Checkpoint(
            lane=Lane("1", Direction.IN, True, "practice"),
            policy=policy,
            journal=self.journal,
            code_key=self.journal.vault.code_key,
            find=people.find_by_code,
            find_person=people.find,
            movements=Movements(self.journal.connection),
            judge=LiveJudge(self.folder),
            thermometry=Thermometry(policy, load_limits(), names=("practice",), memory=memory),
            clock=self.clock,
            publish=self._hear,
            memory=memory,
            speaks_for=people.for_whom_speaks,
        )
        self._seen, self.held = -1, False

    def _hear(self, outcome: Outcome) -> None:
        self.heard.append(outcome)
        self.director.take(outcome, self.clock.monotonic())

    # --- what the learner does --------------------------------------------------------------------

    def find(self, who: str, brought_by: str | None = None) -> None:
        self.checkpoint.no_code(Vouch.KNOWN, who, brought_by)

    def stranger(self) -> None:
        self.checkpoint.no_code(Vouch.STRANGER)

    def by_hand(self, value_c: float) -> None:
        self.checkpoint.hold()
        self.checkpoint.temperature_by_hand(value_c)

    def saw_a_test(self) -> None:
        self.checkpoint.answered((Answer(Question.TEST, "negative", 24.0),))

    def let_through(self) -> None:
        """Change the last verdict, as one who wants no trouble. Refused: then it stays."""
        wish = Override(Severity.PASS, OverrideReason.OTHER, ADMIN, Role.ADMIN, "no trouble")
        try:
            self.checkpoint.correct(wish)
        except OverrideError as error:
            self.refused = error

    def hold_back(self) -> None:
        """Change the last verdict of somebody who may pass."""
        self.held = True
        self.checkpoint.correct(
            Override(Severity.RECHECK, OverrideReason.OTHER, ADMIN, Role.ADMIN, "looks odd")
        )

    # --- the play -----------------------------------------------------------------------------------

    def play(self, learner: Learner) -> Score:
        """All of it, in steps of a tenth of a second."""
        self.director.begin(self.clock.monotonic())
        while not self.director.over:
            self.clock.move(STEP_S)
            now = self.clock.monotonic()
            self.director.tick(now)
            act, arrival = self.director.act, self.director.arrival
            self._measure(now)
            if act and arrival and act.is_at_table(now):
                if now >= act.stands + 0.5:
                    self._hold_up(act.index, arrival, now)
                learner(self, arrival, now - act.stands)
            self.checkpoint.tick()
        return self.director.score()

    def _measure(self, now: float) -> None:
        act, arrival = self.director.act, self.director.arrival
        there = act is not None and arrival is not None and act.is_measured(now)
        value = arrival.shown_c if arrival and there else EMPTY_STAND_C
        self.checkpoint.sample(Sample(Reading(value, Site.OBJECT, EMPTY_STAND_C), now, STAND))

    def _hold_up(self, index: int, arrival: Arrival, now: float) -> None:
        text = shown(arrival, self.texts)
        if text and index != self._seen:
            self._seen = index
            self.checkpoint.scan(Scan(text, now, "zxing", "practice"))

    def close(self) -> None:
        self.journal.close()


Learner = Callable[[PracticeGate, Arrival, float], None]


class Perfect:
    """Does what has to be done, a moment after the person stands there, once."""

    def __init__(self, after_s: float = 3.0) -> None:
        self._after_s, self._done = after_s, -1

    def __call__(self, gate: PracticeGate, arrival: Arrival, seconds: float) -> None:
        act = gate.director.act
        if act is None or seconds < self._after_s or self._done == act.index:
            return
        self._done = act.index
        match arrival.situation:
            case Situation.NO_PHONE | Situation.CODES_DOWN:
                gate.find(arrival.who)
            case Situation.CHILD:
                (parent,) = [actor.guardian for actor in ACTORS if actor.id == arrival.who]
                gate.find(arrival.who, parent)
            case Situation.COURIER:
                gate.saw_a_test()
            case Situation.COLD | Situation.FEVER_BACK:
                assert arrival.by_hand_c
                gate.by_hand(arrival.by_hand_c)
            case Situation.VISITOR:
                gate.stranger()


class Lenient(Perfect):
    """Lets everybody through who is held up, and says of everybody without a code that they are strangers."""

    def __call__(self, gate: PracticeGate, arrival: Arrival, seconds: float) -> None:
        act = gate.director.act
        if act is None or self._done == act.index:
            return
        if arrival.code is Code.NONE:
            if seconds >= self._after_s:
                self._done = act.index
                gate.stranger()
        elif act.settled is not None or seconds >= self._after_s:
            self._done = act.index
            gate.let_through()


def nothing(gate: PracticeGate, arrival: Arrival, seconds: float) -> None:
    """A learner who only looks."""
