"""Other rules come into force while people stand at the gate (F2, the admin, a sign-in): the devices go on as
they are, and so does who stands before them.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from station.app import Opening, Station
from station.core.asking import Answer, Question
from station.core.model import (
    Closing,
    DeviceKind,
    DeviceState,
    DeviceStatus,
    Instrument,
    Reading,
    Sample,
    Scan,
    Severity,
    Site,
)
from station.core.outcome import Corrected, Outcome, Phase, Recorded, TrustUnreadable, Waiting
from station.equipment import Equipment
from station.journal.people import People, Person
from station.settings import Settings
from station.ui import afterwards_words

FIRST, SECOND = Instrument("first", "lu90614"), Instrument("second", "gy-mcu90614")
RESIDENTS = (
    Person("p1", "张小强", "3-2-501", "resident", ("token-zhang",)),
    Person("p2", "王明", "2-2-202", "resident", ("token-wang",)),
)


@dataclass
class Thermometer:
    """A device that speaks only when the test does."""

    name: str
    stopped: bool = False

    def start(self) -> None: ...

    def stop(self) -> None:
        self.stopped = True


@dataclass
class Gate:
    station: Station
    heard: list[Outcome]
    at: float = field(default_factory=time.monotonic)

    def show(self, text: str) -> None:
        self.station.handle(Scan(text, time.monotonic(), "zxing", "camera"))

    def see(self, value_c: float, *instruments: Instrument) -> None:
        """Both thermometers, or those that work, look at the same person or at the empty stand."""
        for _ in range(10):
            self.at += 0.1
            for instrument in instruments or (FIRST, SECOND):
                self.station.handle(Sample(Reading(value_c, Site.BODY), self.at, instrument))

    def of(self, kind: type[Recorded]) -> list[Recorded]:
        return [one for one in self.heard if isinstance(one, kind)]

    @property
    def phase(self) -> Phase:
        return [one.phase for one in self.heard if isinstance(one, Waiting)][-1]


def _move_in(people: People) -> None:
    people.add(RESIDENTS, as_of=datetime.now(UTC))


@contextmanager
def begun(data: Path, *, empty: bool = True) -> Iterator[Gate]:
    """With two thermometers that have said, once, that they work. Not `empty`: somebody stands there."""
    heard: list[Outcome] = []
    opening = Opening(
        data,
        Settings(),
        Equipment(
            camera=None,
            thermometers=(
                lambda post, judge: Thermometer(FIRST.name),
                lambda post, judge: Thermometer(SECOND.name),
            ),
        ),
        prepare=_move_in,
        alone=True,
    )
    with Station(opening, post=lambda event: None, publish=heard.append) as station:
        for one in (FIRST, SECOND):
            station.handle(DeviceStatus(DeviceKind.THERMOMETER, DeviceState.WORKING, one.name))
        gate = Gate(station, heard)
        if empty:
            gate.see(22.0)
        yield gate


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    with begun(tmp_path) as gate:
        yield gate


def test_second_thermometer_measures_nobody_a_second_time_for_the_next_one(gate: Gate) -> None:
    """Both looked at Zhang; Wang, who showed his code from the queue, was let in with the second value."""
    gate.station.reload_policy()
    gate.see(22.0)
    gate.show("token-zhang")
    gate.see(36.4)
    gate.show("token-wang")

    (zhang,) = gate.of(Recorded)
    assert (zhang.stored.entry.person_id, zhang.decision.severity) == ("p1", Severity.PASS)
    assert gate.phase is Phase.NEEDS_TEMPERATURE


def test_who_passed_and_still_stands_there_is_not_measured_for_the_next_one(gate: Gate) -> None:
    gate.show("token-zhang")
    gate.see(36.4, FIRST)
    gate.station.reload_policy()
    gate.see(36.4, FIRST)
    gate.show("token-wang")

    (zhang,) = gate.of(Recorded)
    assert zhang.stored.entry.person_id == "p1"
    assert gate.phase is Phase.NEEDS_TEMPERATURE


def test_lost_thermometer_does_not_count_again_because_other_rules_hold(gate: Gate) -> None:
    gate.station.handle(DeviceStatus(DeviceKind.THERMOMETER, DeviceState.LOST, FIRST.name))
    gate.station.reload_policy()
    gate.show("token-zhang")
    gate.see(36.4, SECOND)

    (zhang,) = gate.of(Recorded)
    assert zhang.stored.entry.temperature is not None
    assert zhang.stored.entry.temperature.instrument == SECOND.name
    assert gate.station.checkpoint.thermometry.state(zhang.stored.entry.at).active == SECOND.name


def test_who_waited_when_other_rules_came_is_not_measured_for_the_next_one(gate: Gate) -> None:
    """Zhang stood before the sensor at that moment; Wang, feverish, was let in with Zhang's 36.4."""
    gate.show("token-zhang")
    gate.station.reload_policy()
    gate.see(36.4, FIRST)
    gate.show("token-wang")

    (zhang,) = gate.of(Recorded)
    assert (zhang.stored.entry.person_id, zhang.decision.severity) == ("p1", Severity.RECHECK)
    assert gate.phase is Phase.NEEDS_TEMPERATURE


def test_value_that_is_typed_while_other_rules_come_is_of_whom_it_was_meant_for(gate: Gate) -> None:
    """F3 for Zhang, the center's policy, 36.4, ENTER: it waited for the next code, and that was Wang's."""
    gate.show("token-zhang")
    gate.station.checkpoint.hold()
    gate.station.reload_policy()
    gate.station.checkpoint.temperature_by_hand(36.4)
    gate.show("token-wang")

    zhang = gate.of(Recorded)[-1]
    assert (zhang.stored.entry.person_id, zhang.decision.severity) == ("p1", Severity.PASS)
    assert gate.phase is Phase.NEEDS_TEMPERATURE


def test_red_that_the_volunteer_saw_is_still_red_when_other_rules_come(gate: Gate) -> None:
    """The code of a stranger, red on the telephone: shown once more after the change, it was green enough."""
    gate.show("token-zhang")
    gate.station.checkpoint.answered((Answer(Question.COLOUR, "red"),))
    assert gate.of(Recorded)[-1].decision.severity is Severity.STOP
    gate.station.reload_policy()
    gate.show("token-zhang")
    gate.see(36.4)

    assert gate.of(Recorded)[-1].decision.severity is Severity.STOP


def test_red_that_is_seen_after_other_rules_came_is_of_who_stood_there(gate: Gate) -> None:
    """The change closed the entry, and F6 still asked; the answer was of nobody, and 36.4 made it green."""
    gate.show("token-zhang")
    gate.station.reload_policy()
    gate.station.checkpoint.answered((Answer(Question.COLOUR, "red"),))
    (told,) = [one for one in gate.heard if isinstance(one, Corrected)]
    assert told.stored.entry.decision is Severity.STOP
    gate.station.checkpoint.temperature_by_hand(36.4)

    assert gate.of(Recorded)[-1].decision.severity is Severity.STOP


def test_who_came_with_whom_is_known_also_after_other_rules_came(gate: Gate) -> None:
    """The mother had just passed when the policy came: her child at her hand was one that came alone."""
    gate.show("token-zhang")
    gate.see(36.4)
    gate.station.reload_policy()

    party = gate.station.checkpoint.party
    assert party
    assert (party.person_id, party.waiting) == ("p1", False)


def test_red_that_is_seen_after_other_rules_came_is_not_of_the_next_one(gate: Gate) -> None:
    gate.show("token-zhang")
    gate.station.reload_policy()
    gate.station.checkpoint.answered((Answer(Question.COLOUR, "red"),))
    gate.show("token-wang")
    gate.station.checkpoint.temperature_by_hand(36.4)

    wang = gate.of(Recorded)[-1]
    assert (wang.stored.entry.person_id, wang.decision.severity) == ("p2", Severity.PASS)


def test_fever_that_waits_for_its_code_is_recorded_when_the_gate_is_closed(gate: Gate) -> None:
    """Or when its devices are changed: nobody had shown a code yet, and the fever had never been."""
    gate.see(38.6)
    gate.station.__exit__()

    (fever,) = gate.of(Recorded)
    assert (fever.stored.entry.claimed, fever.decision.severity) == (False, Severity.RECHECK)


def test_trust_list_that_breaks_while_the_gate_runs_is_named_at_the_lane(gate: Gate, tmp_path: Path) -> None:
    """Codes of that kind came out as "cannot check", one after the other, and nobody at the gate knew why."""
    listed = tmp_path / "trust" / "shc-revocations-00c0ffee.json"
    listed.parent.mkdir(exist_ok=True)
    listed.write_bytes(b'{"kind": "shc-revoc')
    gate.station.reload_judge()
    gate.station.reload_judge()
    listed.unlink()
    gate.station.reload_judge()

    told = [one for one in gate.heard if isinstance(one, TrustUnreadable)]
    assert told == [TrustUnreadable(1), TrustUnreadable(0)], "once each"
    assert [bool(afterwards_words.trust(one)) for one in told] == [True, False]


def test_gate_is_closed_in_full_though_the_screen_is_broken_when_somebody_is_half_done(
    tmp_path: Path,
) -> None:
    """They are recorded first, and what the screen made of it left devices, barrier and journal open."""
    device, heard = Thermometer(FIRST.name), list[Outcome]()

    def show(outcome: Outcome) -> None:
        if isinstance(outcome, Recorded):
            raise RuntimeError("the screen is gone")
        heard.append(outcome)

    equipment = Equipment(camera=None, thermometers=(lambda post, judge: device,))
    opening = Opening(tmp_path, Settings(), equipment, prepare=_move_in, alone=True)
    with pytest.raises(RuntimeError), Station(opening, post=lambda event: None, publish=show) as station:
        Gate(station, heard).show("token-zhang")

    assert device.stopped
    with Station(opening, post=lambda event: None, publish=show) as again:
        assert len(again.last_entries()) == 1


def test_who_passed_and_still_stands_there_is_not_measured_for_the_next_one_after_a_crash(
    tmp_path: Path,
) -> None:
    """The program died when Zhang had passed; Wang, who showed his code from the queue, was let in with
    Zhang's second reading."""
    with begun(tmp_path) as gate:
        gate.show("token-zhang")
        gate.see(36.4)
        assert [one.decision.severity for one in gate.of(Recorded)] == [Severity.PASS]
    with begun(tmp_path, empty=False) as gate:
        gate.see(36.4)
        gate.show("token-wang")
        gate.see(36.4)
        assert gate.phase is Phase.NEEDS_TEMPERATURE
        gate.see(22.0)
        gate.see(36.5)
        (wang,) = gate.of(Recorded)
        assert (wang.stored.entry.person_id, wang.decision.severity) == ("p2", Severity.PASS)


@pytest.mark.parametrize("same", [True, False])
def test_fever_of_who_stands_there_after_a_crash_is_on_record_though_nobody_stepped_away(
    tmp_path: Path, *, same: bool
) -> None:
    """Zhang had passed when the program died. He is warmer now, or somebody took his place without a gap."""
    with begun(tmp_path) as gate:
        gate.show("token-zhang")
        gate.see(36.4)
    with begun(tmp_path, empty=False) as gate:
        if same:
            gate.see(36.4)
        gate.see(45.0)  # his tea
        gate.see(38.6)
        gate.see(38.6)
        gate.show("token-zhang")
        gate.see(38.6)
        (fever,) = gate.of(Recorded)
        assert fever.stored.entry.closing == Closing.NO_CLAIM
        assert fever.decision.severity is not Severity.PASS
        gate.see(22.0)
        gate.see(38.6)
        zhang = gate.of(Recorded)[-1]
        assert (zhang.stored.entry.person_id, zhang.decision.severity) == ("p1", Severity.RECHECK)


def test_thermometer_that_is_plugged_in_late_measures_who_stands_there(tmp_path: Path) -> None:
    with begun(tmp_path) as gate:
        gate.show("token-zhang")
        gate.see(36.4)
    with begun(tmp_path, empty=False) as gate:
        gate.at += 90
        gate.see(36.5)
        gate.show("token-wang")
        (wang,) = gate.of(Recorded)
        assert (wang.stored.entry.person_id, wang.decision.severity) == ("p2", Severity.PASS)


def test_who_stands_there_first_in_the_morning_is_measured_at_once(tmp_path: Path) -> None:
    with begun(tmp_path, empty=False) as gate:
        gate.show("token-zhang")
        gate.see(36.4)
        assert [one.decision.severity for one in gate.of(Recorded)] == [Severity.PASS]
