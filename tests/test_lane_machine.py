"""Anything may happen at the gate, in any order: the real lane over a real journal, driven at random.

Whatever happens, nothing raises, whatever is told is on disk, no reading stands in two entries, and nobody
whose recheck is open or confirmed is let through but by the readings that end it. Nobody is spared a
measurement after a fever that may be theirs, and no red passes. The oracle for rechecks is written anew here,
from the readings that the entries hold, so that it can disagree.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from station.core.asking import BY_OPERATOR, Answer, Question
from station.core.entry import Entry
from station.core.facts import FactKind, TestState
from station.core.model import (
    DeviceKind,
    DeviceState,
    DeviceStatus,
    Direction,
    Instrument,
    Reading,
    Sample,
    Severity,
    Site,
    Vouch,
)
from station.core.outcome import RecheckList, Recorded, Repeated
from station.core.override import Override, OverrideError, OverrideReason, Role
from station.core.policy import parse_policy
from station.journal.batches import Relation
from station.journal.check import check
from station.journal.people import Person
from station.policy_desk import policy_text
from tests.lane import MODULE, OPEN, Gate

SECOND = Instrument("second", "gy-mcu90614")
TEXTS = (
    *(
        "token-zhang",
        "token-wang",
        "pass-wang",
        "token-red",
        "token-courier",
        "token of a stranger",
        "another stranger",
        "",
    ),
    *("shc:/1/2/5676", "shc:/2/2/2834", "shc:/1/3/1111", "shc:/2/2/9999", "shc:/0/0/00"),
)
CONTROLLED = parse_policy(policy_text("controlled"))
POLICIES = {"open": OPEN, "no codes": OPEN.without_codes(), "controlled": CONTROLLED}
NAMES = st.sampled_from(sorted(POLICIES))
WANG = ["token-wang", "pass-wang"]
VALUES = st.one_of(
    st.sampled_from([36.4, 36.4, 36.5, 37.3, 37.9, 37.9, 38.6, 33.0, 29.0, 22.0, 44.0, -40.0]),
    st.floats(),
)
PEOPLE = st.sampled_from(["p1", "p2", "p3", "nobody", None])
HIGH = {"temperature_high"}
ENDED_BY = {"recheck_cleared"}
HELD = {"recheck_open", "recheck_too_early", "recheck_confirmed"}


class AnyDay(RuleBasedStateMachine):
    """`open` holds since when each person is under recheck, by what the entries say."""

    @initialize(two=st.booleans())
    def begin(self, *, two: bool) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="lane-machine-"))
        self.gate = Gate(self.folder, names=(MODULE.name, SECOND.name) if two else ())
        wang = Person("p3", "王明", "2-2-202", "resident", ("token-wang", "pass-wang"))
        courier = Person("c1", "赵师傅", "", "courier", ("token-courier",))
        self.gate.people.add([wang, courier], as_of=self.gate.clock.now())
        self.gate.people.relate([Relation("p3", "guardian", "p1")], now=self.gate.clock.now())
        self.checked = 0
        self.open: dict[str, float] = {}  # by person: monotonic s of the last high reading
        self.used: set[float] = set()  # samples that an entry rests on
        self.samples = 0
        self.measured: set[str] = set()  # by code or person: normal, and no fever was anybody's since
        self.again = 0

    # --- what may happen ----------------------------------------------------------------------

    @rule(text=st.sampled_from(TEXTS))
    def code(self, text: str) -> None:
        self.gate.show(text)

    @rule(value=VALUES, second=st.booleans(), seconds=st.sampled_from([0.1, 0.7, 1.5]))
    def stand_there(self, value: float, seconds: float, *, second: bool) -> None:
        for _ in range(round(seconds * 10)):
            self.gate.clock.move(0.1)
            self._sample(Reading(value, Site.BODY), SECOND if second else MODULE)

    def _sample(self, reading: Reading, by: Instrument) -> None:
        """Like no other sample, by the last digits of its value, so that an entry says which it holds."""
        self.samples += 1
        reading = replace(reading, value_c=reading.value_c + self.samples * 1e-7)
        self.gate.checkpoint.sample(Sample(reading, self.gate.clock.mono, by))

    @rule(value=VALUES, ambient=VALUES, site=st.sampled_from(Site))
    def odd_surroundings(self, value: float, ambient: float, site: Site) -> None:
        self._sample(Reading(value, site, ambient), MODULE)

    @rule(value=st.sampled_from([36.4, 37.9, 38.6]), text=st.sampled_from(TEXTS[:4]))
    def pass_as_usual(self, value: float, text: str) -> None:
        """So that long days hold whole passages."""
        self.stand_there(22.0, 1.0, second=False)
        self.gate.show(text)
        self.stand_there(value, 1.0, second=False)
        self.stand_there(22.0, 1.0, second=False)

    @rule(
        first=st.sampled_from(WANG),
        second=st.sampled_from([*WANG, None]),
        seconds=st.sampled_from([31.0, 181.0]),
    )
    def feverish_person_tries_another_way(self, first: str, second: str | None, seconds: float) -> None:
        """The other code, or to be picked by name; and this time the forehead is cool."""
        self.pass_as_usual(38.6, first)
        self.time(seconds)
        if second is None:
            self.gate.checkpoint.no_code(Vouch.KNOWN, "p3")
            self.stand_there(36.4, 1.0, second=False)
        else:
            self.pass_as_usual(36.4, second)

    @rule(person=PEOPLE, vouch=st.sampled_from(Vouch), by=st.sampled_from([None, "p1", "nobody"]))
    def no_code(self, person: str | None, vouch: Vouch, by: str | None) -> None:
        """Zhang (p1) stands for Wang (p3)."""
        self.gate.checkpoint.no_code(vouch, person, by)

    @rule(value=st.one_of(st.none(), VALUES), clinical=st.booleans(), held=st.booleans())
    def type(self, value: float | None, *, clinical: bool, held: bool) -> None:
        if held:
            self.gate.checkpoint.hold()
        self.gate.checkpoint.temperature_by_hand(value, clinical=clinical)

    @rule(value=VALUES, clinical=st.booleans(), which=st.integers(0, 3))
    def recheck_from_the_list(self, value: float, which: int, *, clinical: bool) -> None:
        lists = self.gate.of(RecheckList)
        waiting = lists[-1].waiting if lists else ()
        key = waiting[which].key if which < len(waiting) else f"hand:nobody{which}"
        self.gate.checkpoint.recheck_by_hand(key, value, clinical=clinical)

    @rule(value=st.sampled_from([36.4, 37.9, 38.6]), typed=st.sampled_from([36.4, 38.6]))
    def list_is_used_while_somebody_waits_for_a_gun(self, value: float, typed: float) -> None:
        """Zhang cannot be measured, somebody of the list is; the value that is typed then is Zhang's."""
        lists = self.gate.of(RecheckList)
        waiting = [line for line in lists[-1].waiting if line.key != "hand:p1"] if lists else []
        if not waiting or self.gate.disk.full:
            return
        self.gate.checkpoint.start_over()
        self.gate.clock.move(31)
        self.gate.show("token-zhang")
        if self.gate.checkpoint.idle:
            return  # decided by the code alone
        self.gate.checkpoint.temperature_by_hand(None)
        self.gate.checkpoint.recheck_by_hand(waiting[0].key, value)
        self.gate.checkpoint.hold()
        self.gate.checkpoint.temperature_by_hand(typed)
        assert self.gate.of(Recorded)[-1].stored.entry.person_id == "p1"

    @rule(colour=st.sampled_from(["green", "yellow", "red", "mauve"]))
    def colour_seen(self, colour: str) -> None:
        self.gate.see(colour)

    @rule(test=st.sampled_from(TestState), travel=st.sampled_from(["yes", "no", "perhaps"]))
    def asked(self, test: TestState, travel: str) -> None:
        self.gate.checkpoint.answered((Answer(Question.TEST, test, 48.0), Answer(Question.TRAVEL, travel)))

    @rule(to=st.sampled_from(Severity), role=st.sampled_from(Role))
    def correct(self, to: Severity, role: Role) -> None:
        with suppress(OverrideError):  # the one error that it says it raises
            self.gate.checkpoint.correct(Override(to, OverrideReason.MISTAKE, "volunteer", role))

    @rule(direction=st.sampled_from(Direction))
    def turn(self, direction: Direction) -> None:
        self.gate.checkpoint.turn(direction)

    @rule()
    def staff(self) -> None:
        self.gate.checkpoint.measure_staff()

    @rule()
    def start_over(self) -> None:
        self.gate.checkpoint.start_over()

    @rule(name=st.sampled_from(["module", "second", "third"]), state=st.sampled_from(DeviceState))
    def thermometer(self, name: str, state: DeviceState) -> None:
        self.gate.checkpoint.status(DeviceStatus(DeviceKind.THERMOMETER, state, name))

    @rule(seconds=st.sampled_from([0.2, 3.0, 11.0, 31.0, 100.0, 181.0, 400.0]))
    def time(self, seconds: float) -> None:
        self.gate.clock.move(seconds)
        self.gate.checkpoint.tick()

    @rule(hours=st.sampled_from([-400.0, -5.0, -0.1, 0.1, 5.0, 400.0]), noticed=st.booleans())
    def clock_is_set(self, hours: float, *, noticed: bool) -> None:
        self.gate.clock.wall += timedelta(hours=hours)
        if noticed:
            self.gate.checkpoint.tick()

    @rule(full=st.booleans())
    def disk(self, *, full: bool) -> None:
        self.gate.disk.full = full

    @rule(name=NAMES)
    def other_rules(self, name: str) -> None:
        self.gate.begin_anew(POLICIES[name])

    @rule(
        waits=st.sampled_from(TEXTS[:5]),
        value=st.sampled_from([36.4, 38.6]),
        name=NAMES,
    )
    def other_rules_while_somebody_stands_there(self, waits: str, value: float, name: str) -> None:
        self.gate.show(waits)
        self.gate.begin_anew(POLICIES[name])
        self.stand_there(value, 1.0, second=False)

    @rule(name=NAMES, value=st.sampled_from([36.4, 38.6]))
    def courier_goes_through_unmeasured_and_a_fever_is_seen(self, name: str, value: float) -> None:
        """It may be his, whatever rules come or whenever the gate is started anew."""
        self.pass_as_usual(36.4, "token-courier")
        self.time(31.0)
        self.pass_as_usual(value, "token-courier")
        self.other_rules(name)
        self.new_start()
        self.time(31.0)
        self.gate.show("token-courier")

    @rule()
    def new_start(self) -> None:
        """A kill leaves what is on the disk; the clocks go on.

        A clock that is set while no program runs cannot be told from time that passes, so that is not tried.
        """
        self.gate.checkpoint.tick()
        self.gate.clock.boot += "'"
        self.gate.open()

    # --- what always holds --------------------------------------------------------------------

    @invariant()
    def entries_are_sound(self) -> None:
        told = self.gate.of(Recorded)
        for recorded in told[self.checked :]:
            entry = recorded.stored.entry
            assert recorded.decision.severity is entry.decision
            self._no_red_passes(entry)
            self._nobody_is_spared_after_a_fever(entry)
            self._no_reading_twice(entry)
            self._nobody_slips_out_of_a_recheck(entry)
        self.checked = len(told)

    @invariant()
    def nobody_under_recheck_is_shown_a_former_pass(self) -> None:
        repeated = self.gate.of(Repeated)
        for shown in repeated[self.again :]:
            who, codes = shown.stored.entry.person_id, {reason.code for reason in shown.decision.reasons}
            passed = shown.decision.severity is Severity.PASS and "corrected_by_operator" not in codes
            assert not (passed and who in self.open), (who, codes)
        self.again = len(repeated)

    def _no_reading_twice(self, entry: Entry) -> None:
        for part in filter(None, (entry.temperature, entry.in_doubt)):
            if part.family in ("by-hand", "clinical"):
                continue  # two people may be typed in with the same value
            assert self.used.isdisjoint(part.samples)
            self.used.update(part.samples)

    def _no_red_passes(self, entry: Entry) -> None:
        """Unless an eye saw another colour when the red was too old to count."""
        colours = {
            fact.value for fact in entry.facts if fact.kind == FactKind.COLOUR and fact.source == BY_OPERATOR
        }
        if entry.person_id == "p2" and entry.decision is Severity.PASS:
            assert colours == {"green"}, entry
        assert not ("red" in colours and entry.decision is Severity.PASS)

    def _nobody_is_spared_after_a_fever(self, entry: Entry) -> None:
        who, codes = entry.person_id or "", {reason.code for reason in entry.reasons}
        if entry.in_doubt or not entry.claimed:
            reading = entry.in_doubt or entry.temperature
            if reading and reading.value_c >= 37.3:
                self.measured.clear()
        if "temperature_measured_before" in codes and who:
            assert who in self.measured, who
        if "temperature_normal" in codes:
            self.measured.add(who)

    def _nobody_slips_out_of_a_recheck(self, entry: Entry) -> None:
        who = entry.person_id
        if who not in ("p1", "p2", "p3"):
            return
        codes, now = {reason.code for reason in entry.reasons}, entry.mono_ms / 1000
        if who in self.open and now - self.open[who] < 100 * 60:
            held = codes & HELD and entry.decision is not Severity.PASS
            assert held or codes & ENDED_BY or not entry.claimed, (who, codes)
        if codes & HIGH and entry.temperature:
            self.open[who] = now
        if codes & ENDED_BY:
            self.open.pop(who, None)

    def teardown(self) -> None:
        if not hasattr(self, "gate"):
            return
        self.gate.journal.close()
        assert check(self.folder).ok
        shutil.rmtree(self.folder)


TestAnyDay = AnyDay.TestCase
TestAnyDay.settings = settings(max_examples=25, stateful_step_count=40, deadline=None)
