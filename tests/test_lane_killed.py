"""Two gates see the same day; the program of one of them is killed again and again, at any moment.

Whoever was held up at the moment of a crash holds up the code once more. The gate that was killed may ask for
more than the other one, and never decides milder, but for what only a thermometer could have said.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from station.core.asking import Answer, Question
from station.core.entry import StoredEntry, decision_of
from station.core.facts import TestState
from station.core.model import Closing, Decision, Severity, Vouch
from station.core.outcome import Corrected, Recorded, Repeated
from station.core.policy import parse_policy
from station.journal.people import Person
from station.journal.reader import Reader
from station.policy_desk import policy_text
from tests.lane import OPEN, Gate

POLICIES = {
    "open": OPEN,
    "no codes": OPEN.without_codes(),
    "controlled": parse_policy(policy_text("controlled")),
}
WAYS = ("token-zhang", "token-wang", "pass-wang", "by name", "token-red", "token-courier", "a stranger")
ANSWERS = (
    *(Answer(Question.COLOUR, colour) for colour in ("green", "yellow", "red")),
    *(Answer(Question.TEST, state, 48.0) for state in (TestState.NEGATIVE, TestState.POSITIVE)),
    *(Answer(Question.TRAVEL, word) for word in ("yes", "no")),
)
UNMEASURED = {"temperature_missing", "temperature_not_measured"}
MOMENTS = ("never", "before", "code shown", "answered", "decided", "gone")

Ways = st.sampled_from(WAYS)
Values = st.sampled_from([36.4, 36.4, 37.9, 38.6])
Moments = st.sampled_from(MOMENTS)


class Killed(RuleBasedStateMachine):
    @initialize(name=st.sampled_from(sorted(POLICIES)))
    def begin(self, name: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="lane-killed-"))
        self.gates = [Gate(self.folder / one, policy=POLICIES[name]) for one in ("whole", "killed")]
        self.whole, self.killed = self.gates
        for gate in self.gates:
            people = [
                Person("p3", "王明", "2-2-202", "resident", ("token-wang", "pass-wang")),
                Person("c1", "赵师傅", "", "courier", ("token-courier",)),
            ]
            gate.people.add(people, as_of=gate.clock.now())

    # --- what may happen ----------------------------------------------------------------------

    @rule(
        way=Ways,
        value=Values,
        during=st.lists(st.sampled_from(ANSWERS), max_size=1),
        after=st.lists(st.sampled_from(ANSWERS), max_size=2),
        kill=Moments,
        seconds=st.sampled_from([0.0, 31.0, 100.0, 181.0]),
    )
    def somebody_comes(
        self,
        way: str,
        value: float,
        during: list[Answer],
        after: list[Answer],
        kill: str,
        seconds: float,
    ) -> None:
        for gate in self.gates:
            gate.clock.move(seconds)
            gate.checkpoint.tick()
            gate.leave()
            gate.heard.clear()
            moment = kill if gate is self.killed else "never"
            visit(gate, way, value, during, after, moment)
        self._never_milder()

    @rule(first=Ways, then=Ways, value=Values, seconds=st.sampled_from([1.0, 4.0]))
    def next_one_holds_up_a_code_while_the_first_stands_there(
        self, first: str, then: str, value: float, seconds: float
    ) -> None:
        """And the program is killed in between: the reading of one is not the other's."""
        for gate in self.gates:
            gate.clock.move(31)
            gate.leave()
            gate.heard.clear()
            claim(gate, first)
            gate.measure(value)
        die(self.killed)
        used = all((one := newest(gate)) and one.entry.temperature for gate in self.gates)
        for gate in self.gates:
            gate.measure(value, seconds)
            gate.heard.clear()
            visit(gate, then, value, (), (), "never")
        if used:
            assert verdict(self.killed).severity >= verdict(self.whole).severity

    @rule(
        first=Ways,
        then=Ways,
        answer=st.sampled_from(ANSWERS),
        kills=st.sampled_from([("answered", "never"), ("gone", "never"), ("gone", "before")]),
        seconds=st.sampled_from([31.0, 100.0, 400.0]),
    )
    def somebody_of_whom_the_volunteer_saw_something_tries_again(
        self, first: str, then: str, answer: Answer, kills: tuple[str, str], seconds: float
    ) -> None:
        """With another code perhaps, or it is somebody else."""
        self.somebody_comes(first, 36.4, [answer], [], kills[0], 31.0)
        self.somebody_comes(then, 36.4, [], [], kills[1], seconds)

    @rule(then=Ways, times=st.sampled_from([1, 2]), ticks=st.booleans())
    def somebody_is_measured_with_a_fever_and_looks_for_the_code(
        self, then: str, times: int, *, ticks: bool
    ) -> None:
        """The program is killed meanwhile; the next one comes at once, or a while later."""
        for gate in self.gates:
            gate.clock.move(31)
            gate.leave()
            gate.heard.clear()
            gate.measure(38.6)
        before = len(unclaimed(self.killed))
        for _ in range(times):
            die(self.killed)
        for gate in self.gates:
            gate.leave()
            gate.clock.move(11)
            if ticks or gate is self.whole:
                gate.checkpoint.tick()
            visit(gate, then, 36.4, (), (), "never")
        assert len(unclaimed(self.killed)) == before + 1
        self._never_milder()

    @rule()
    def program_is_killed(self) -> None:
        die(self.killed)

    @rule(hours=st.sampled_from([-5.0, -0.1, 0.1, 5.0]))
    def clock_is_set(self, hours: float) -> None:
        for gate in self.gates:
            gate.checkpoint.tick()
            gate.clock.wall += timedelta(hours=hours)
            gate.checkpoint.tick()

    @rule(name=st.sampled_from(sorted(POLICIES)))
    def other_rules(self, name: str) -> None:
        for gate in self.gates:
            gate.begin_anew(POLICIES[name])

    # --- what always holds --------------------------------------------------------------------

    def _never_milder(self) -> None:
        whole, killed = (verdict(gate) for gate in self.gates)
        held = [one for one in whole.reasons if one.code.value not in UNMEASURED]
        assert killed.severity >= max((one.severity for one in held), default=Severity.PASS), (whole, killed)

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            for gate in self.gates:
                gate.journal.close()
            shutil.rmtree(self.folder)


def visit(
    gate: Gate,
    way: str,
    value: float,
    during: Sequence[Answer],
    after: Sequence[Answer],
    kill: str,
) -> None:
    """From the code to the last look at the phone. `kill`: when the program dies."""
    if kill == "before":
        die(gate)
    claim(gate, way)
    if kill == "code shown":
        die(gate)
        claim(gate, way)
    if during and not gate.checkpoint.idle:
        gate.checkpoint.answered(during)
        if kill == "answered":
            die(gate)
            claim(gate, way)
    gate.measure(value)
    if kill == "decided":
        die(gate)
        gate.leave()
        claim(gate, way)
        gate.measure(value)
    if after:
        gate.checkpoint.answered(after)
    gate.leave()
    if kill == "gone":
        die(gate)
    gate.clock.move(11)
    gate.checkpoint.tick()


def claim(gate: Gate, way: str) -> None:
    if way == "by name":
        gate.checkpoint.no_code(Vouch.KNOWN, "p3")
    else:
        gate.show(way)


def die(gate: Gate) -> None:
    """What is on the disk stays; the clocks go on."""
    gate.clock.boot += "'"
    last = newest(gate)
    gate.open(Recorded(last, decision_of(last.entry)) if last else None)


def newest(gate: Gate) -> StoredEntry | None:
    """The last passage on the disk."""
    with Reader.open(gate.folder) as reader:
        return next((one for one in reader.last(50) if one.entry.amends is None), None)


def unclaimed(gate: Gate) -> list[StoredEntry]:
    """Fevers that nobody showed a code for."""
    with Reader.open(gate.folder) as reader:
        return [one for one in reader.last(1000) if one.entry.closing == Closing.NO_CLAIM]


def verdict(gate: Gate) -> Decision:
    """What the screen said last."""
    said = [one for one in gate.heard if isinstance(one, Recorded | Repeated | Corrected)]
    last = said[-1].decision
    assert last is not None
    return last


TestKilled = Killed.TestCase
TestKilled.settings = settings(max_examples=15, stateful_step_count=10, deadline=None)
