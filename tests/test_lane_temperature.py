"""Temperature at the lane: what is no measurement, who waits for a second one, which instrument counts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from station.core.explain import explain
from station.core.measurability import Advice
from station.core.model import (
    DeviceKind,
    DeviceState,
    DeviceStatus,
    Direction,
    Instrument,
    Reason,
    Severity,
    Site,
    Vouch,
)
from station.core.outcome import (
    InstrumentState,
    LeftUncleared,
    NotMeasured,
    NotStored,
    RecheckLine,
    RecheckList,
    Recorded,
    Repeated,
    StaffReadings,
)
from station.core.policy import parse_policy
from station.core.recheck import RecheckRule
from station.journal.check import check
from station.journal.movements import Movements
from station.journal.people import Person
from tests.lane import MODULE, OPEN, OPEN_TEXT, Gate

SECOND = Instrument("second", "gy-mcu90614")
PASS, RECHECK, STOP = Severity.PASS, Severity.RECHECK, Severity.STOP


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    gate = Gate(tmp_path)
    gate.leave()
    yield gate
    gate.journal.close()
    assert check(tmp_path).ok


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Gate]:
    """A lane with two stand-mounted thermometers."""
    gate = Gate(tmp_path, names=(MODULE.name, SECOND.name))
    for name in gate.names:
        gate.checkpoint.status(DeviceStatus(DeviceKind.THERMOMETER, DeviceState.WORKING, name))
    yield gate
    gate.journal.close()
    assert check(tmp_path).ok


def attend(gate: Gate, value: float, code: str = "token-zhang") -> Recorded:
    """Somebody shows a code, is measured and goes."""
    gate.show(code)
    gate.measure(value)
    gate.leave()
    return gate.of(Recorded)[-1]


def codes(recorded: Recorded) -> list[str]:
    return [reason.code.value for reason in recorded.decision.reasons]


def waiting(gate: Gate) -> tuple[RecheckLine, ...]:
    lists = gate.of(RecheckList)
    return lists[-1].waiting if lists else ()


def minutes(gate: Gate, count: float) -> None:
    gate.clock.move(60 * count)
    gate.checkpoint.tick()


# --- no measurement ---------------------------------------------------------------------------


def test_cold_forehead_decides_nothing_and_says_what_to_do_once(gate: Gate) -> None:
    gate.show("token-zhang")
    gate.measure(33.1, seconds=4)
    assert [told.advice for told in gate.of(NotMeasured)] == [Advice.WRIST_OR_NECK]
    assert gate.of(Recorded) == []


def test_whoever_steps_closer_after_that_is_measured_and_passes_as_one_entry(gate: Gate) -> None:
    gate.show("token-zhang")
    gate.measure(33.1, seconds=2)
    gate.measure(36.4, seconds=2)
    (recorded,) = gate.of(Recorded)
    assert recorded.decision.severity is PASS


def test_fever_of_whoever_stopped_a_step_too_far_away_first_is_no_pass(gate: Gate) -> None:
    """The sensor saw half face and half wall, 35.4 °C; a step closer the fever, before the code came."""
    gate.measure(35.4, 0.8)
    gate.measure(38.4)
    (fever,) = gate.of(Recorded)
    assert (codes(fever), fever.decision.severity) == (["code_missing", "temperature_high"], RECHECK)
    gate.show("token-zhang")
    assert gate.of(Recorded) == [fever]
    gate.leave()
    gate.measure(38.4)
    assert "temperature_high" in codes(gate.of(Recorded)[-1])


def test_fever_of_whoever_steps_closer_after_the_pass_is_said_and_ends_it(gate: Gate) -> None:
    gate.show("token-zhang")
    gate.measure(35.4, 0.8)
    passed = gate.of(Recorded)[-1]
    gate.measure(38.4, 2)
    assert passed.decision.severity is PASS
    assert "temperature_high" in codes(gate.of(Recorded)[-1])
    assert len(gate.of(Recorded)) == 2
    gate.leave()
    gate.show("token-zhang")
    gate.measure(38.4)
    assert (len(gate.of(Recorded)), gate.of(Repeated)) == (3, [])
    assert "temperature_high" in codes(gate.of(Recorded)[-1])


def test_fever_that_rises_while_its_owner_stands_there_is_said_once(gate: Gate) -> None:
    gate.show("token-zhang")
    gate.measure(37.6)
    for value in (38.2, 38.8, 39.4):
        gate.measure(value)
    assert len(gate.of(Recorded)) == 1
    gate.leave()
    gate.measure(36.0)
    for value in (38.2, 38.8, 39.4):
        gate.measure(value)
    gate.leave()
    assert len(gate.of(Recorded)) == 2


def test_stepping_closer_without_a_fever_changes_nothing(gate: Gate) -> None:
    gate.measure(35.4, 0.8)
    gate.measure(36.6)
    gate.show("token-zhang")
    (passed,) = gate.of(Recorded)
    assert passed.decision.severity is PASS
    gate.measure(37.2, 2)
    gate.leave()
    assert len(gate.of(Recorded)) == 1


def test_hot_tea_before_the_sensor_is_nobodys_fever_and_hides_none(gate: Gate) -> None:
    """A cup of 60 °C in the hand of whoever just passed; then somebody with a fever steps up at once."""
    gate.show("token-zhang")
    gate.measure(36.4)
    gate.measure(60.0, 2)
    (passed,) = gate.of(Recorded)
    assert passed.decision.severity is PASS
    gate.measure(38.6, 2)
    assert codes(gate.of(Recorded)[-1]) == ["code_missing", "temperature_high"]
    gate.measure(60.0, 2)
    assert len(gate.of(Recorded)) == 2


def test_fever_of_somebody_else_who_takes_the_place_at_once_is_nobodys_pass(gate: Gate) -> None:
    gate.show("token-zhang")
    gate.measure(36.4)
    gate.show("token-other")
    gate.measure(38.4, 2)
    assert sum("temperature_high" in codes(recorded) for recorded in gate.of(Recorded)) == 1
    assert [recorded.decision.severity for recorded in gate.of(Recorded)][:1] == [PASS]


def test_in_the_frost_everybody_is_asked_for_another_way_of_measuring(gate: Gate) -> None:
    gate.show("token-zhang")
    gate.measure(36.2, ambient_c=2.0, site=Site.OBJECT)
    assert [told.obstacle.value for told in gate.of(NotMeasured)] == ["ambient_too_cold"]
    gate.checkpoint.hold()
    gate.checkpoint.temperature_by_hand(36.5)
    assert gate.of(Recorded)[-1].decision.severity is PASS


def test_fever_in_the_frost_is_seen_all_the_same(gate: Gate) -> None:
    gate.show("token-zhang")
    gate.measure(38.0, ambient_c=2.0, site=Site.OBJECT)
    (recorded,) = gate.of(Recorded)
    assert (recorded.decision.severity, codes(recorded)[0]) == (RECHECK, "temperature_high")


def test_attempt_is_recorded_when_nothing_better_came(gate: Gate) -> None:
    gate.show("token-zhang")
    gate.measure(36.2, ambient_c=2.0, site=Site.OBJECT)
    minutes(gate, 0.5)
    (recorded,) = gate.of(Recorded)
    part = recorded.stored.entry.temperature
    assert part
    assert (part.raw_c, part.obstacle, codes(recorded)[0]) == (
        36.2,
        "ambient_too_cold",
        "temperature_not_measured",
    )


def test_attempt_of_one_is_never_recorded_with_the_next(gate: Gate) -> None:
    gate.show("token-zhang")
    gate.measure(33.1, seconds=2)
    gate.show("token of somebody else")
    minutes(gate, 0.5)
    first, second = gate.of(Recorded)
    assert first.stored.entry.temperature
    assert second.stored.entry.temperature is None


def test_attempt_of_whoever_walked_by_is_not_recorded_with_the_resident_who_comes_then(gate: Gate) -> None:
    gate.measure(36.2, ambient_c=2.0, site=Site.OBJECT)
    gate.leave()
    gate.show("token-zhang")
    minutes(gate, 0.5)
    assert gate.of(NotMeasured)
    assert gate.of(Recorded)[-1].stored.entry.temperature is None


def test_attempt_of_the_morning_is_not_recorded_with_the_same_person_in_the_evening(gate: Gate) -> None:
    for _ in range(2):
        gate.show("token-zhang")
        if not gate.of(Recorded):
            gate.measure(36.2, ambient_c=2.0, site=Site.OBJECT)
        minutes(gate, 0.5)
        gate.leave()
        minutes(gate, 600)
    morning, evening = gate.of(Recorded)
    assert morning.stored.entry.temperature
    assert evening.stored.entry.temperature is None


# --- recheck ----------------------------------------------------------------------------------


def test_feverish_person_is_on_the_list_with_the_time_from_which_to_measure_again(gate: Gate) -> None:
    attend(gate, 37.8)
    (line,) = waiting(gate)
    assert line.person
    assert (line.person.name, line.last_c, line.highs) == ("张*强", 37.8, 1)
    assert (line.due - line.since).total_seconds() == 180


def test_first_high_reading_is_told_as_that_and_not_as_a_recheck(gate: Gate) -> None:
    assert codes(attend(gate, 37.8))[0] == "temperature_high"
    assert not any(code.startswith("recheck") for code in codes(gate.of(Recorded)[0]))


def test_measured_again_too_early_does_not_count(gate: Gate) -> None:
    attend(gate, 37.8)
    minutes(gate, 1)
    recorded = attend(gate, 36.4)
    assert (recorded.decision.severity, codes(recorded)[0]) == (RECHECK, "recheck_too_early")
    assert len(waiting(gate)) == 1


def test_one_normal_reading_by_the_same_instrument_is_not_enough(gate: Gate) -> None:
    attend(gate, 37.8)
    minutes(gate, 4)
    recorded = attend(gate, 36.4)
    assert (recorded.decision.severity, codes(recorded)[0]) == (RECHECK, "recheck_open")
    minutes(gate, 1)
    recorded = attend(gate, 36.4)
    assert recorded.decision.severity is PASS
    assert "recheck_cleared" in codes(recorded)
    assert waiting(gate) == ()


def test_normal_reading_of_the_gun_answers_a_single_high_one_of_the_stand(gate: Gate) -> None:
    attend(gate, 37.8)
    minutes(gate, 4)
    gate.show("token-zhang")
    gate.checkpoint.hold()
    gate.checkpoint.temperature_by_hand(36.5)
    assert gate.of(Recorded)[-1].decision.severity is PASS


def test_courier_who_was_too_warm_is_measured_when_he_comes_back_though_he_was_normal_before(
    gate: Gate,
) -> None:
    gate.people.add([Person("c1", "王快", "", "courier", ("token-wang",))], as_of=gate.clock.now())
    attend(gate, 36.5, "token-wang")
    gate.clock.move(1800)
    gate.measure(38.5)
    gate.show("token-wang")
    gate.leave()
    gate.clock.move(300)
    attend(gate, 36.4, "token-wang")
    gate.clock.move(60)
    attend(gate, 36.4, "token-wang")
    assert [one.decision.severity for one in gate.of(Recorded)] == [PASS, RECHECK, RECHECK, PASS]


def test_third_high_reading_stops(gate: Gate) -> None:
    for _ in range(3):
        recorded = attend(gate, 37.8)
        minutes(gate, 4)
    assert (recorded.decision.severity, codes(recorded)[0]) == (STOP, "recheck_confirmed")


def test_confirmed_fever_is_stopped_by_the_code_alone_until_a_clinical_thermometer_says_otherwise(
    gate: Gate,
) -> None:
    for _ in range(3):
        attend(gate, 37.8)
        minutes(gate, 4)
    gate.show("token-zhang")
    assert gate.of(Recorded)[-1].decision.severity is STOP
    gate.checkpoint.temperature_by_hand(36.6, clinical=True)
    assert gate.of(Recorded)[-1].decision.severity is PASS


def test_clinical_thermometer_decides_for_whoever_waits_on_the_list(gate: Gate) -> None:
    attend(gate, 37.8)
    attend(gate, 36.4, "token of somebody else")
    (line,) = waiting(gate)
    gate.checkpoint.recheck_by_hand(line.key, 38.4, clinical=True)
    recorded = gate.of(Recorded)[-1]
    assert (recorded.decision.severity, recorded.stored.entry.person_id) == (STOP, "p1")


def test_value_of_the_next_person_is_not_given_to_the_one_who_was_just_cleared_from_the_list(
    gate: Gate,
) -> None:
    """A gate with a gun only: nobody steps before a sensor in between."""
    gate.show("token-zhang")
    gate.checkpoint.temperature_by_hand(37.8)
    gate.clock.move(60)
    (line,) = waiting(gate)
    gate.checkpoint.recheck_by_hand(line.key, 36.5, clinical=True)
    gate.clock.move(20)
    gate.checkpoint.hold()
    gate.checkpoint.temperature_by_hand(38.6)  # the next in the queue, who still looks for her code
    gate.show("token of the next")
    assert [one.stored.entry.person_id for one in gate.of(Recorded)] == ["p1", "p1", None]
    assert gate.of(Recorded)[-1].decision.severity is RECHECK


def test_whoever_came_in_and_is_measured_again_after_the_lane_was_turned_comes_in(gate: Gate) -> None:
    attend(gate, 37.8)
    gate.checkpoint.turn(Direction.OUT)
    minutes(gate, 4)
    gate.open()  # the list outlives a restart, the way they were going as well
    gate.checkpoint.turn(Direction.OUT)
    minutes(gate, 0.1)
    (line,) = waiting(gate)
    gate.checkpoint.recheck_by_hand(line.key, 36.6)
    assert gate.of(Recorded)[-1].stored.entry.direction == Direction.IN
    assert [one.subject for one in Movements(gate.journal.connection).inside()] == ["p1"]


def test_person_without_a_code_is_measured_again_from_the_list(gate: Gate) -> None:
    gate.checkpoint.no_code(Vouch.KNOWN)
    gate.measure(37.9)
    gate.leave()
    minutes(gate, 4)
    (line,) = waiting(gate)
    gate.checkpoint.recheck_by_hand(line.key, 36.6)
    assert gate.of(Recorded)[-1].decision.severity is PASS
    assert waiting(gate) == ()


def test_list_outlives_a_restart(gate: Gate) -> None:
    gate.checkpoint.no_code(Vouch.KNOWN)
    gate.measure(37.9)
    gate.leave()
    gate.open()
    minutes(gate, 4)
    (line,) = waiting(gate)
    gate.checkpoint.recheck_by_hand(line.key, 36.6)
    recorded = gate.of(Recorded)[-1]
    assert (recorded.decision.severity, recorded.stored.entry.vouch) == (PASS, "known")


def test_a_fever_that_was_not_stored_counts_for_the_recheck_from_when_it_is(gate: Gate) -> None:
    gate.disk.full = True
    gate.show("token-zhang")
    gate.measure(37.8)
    assert gate.of(NotStored)
    gate.leave()
    gate.disk.full = False
    assert waiting(gate) == ()
    assert codes(attend(gate, 36.4))[0] == "recheck_too_early"
    assert [one.stored.entry.severity for one in gate.of(Recorded)] == [Severity.RECHECK, Severity.RECHECK]


def test_whoever_never_comes_back_is_named_once(gate: Gate) -> None:
    attend(gate, 37.8)
    minutes(gate, 121)
    minutes(gate, 1)
    (left,) = gate.of(LeftUncleared)
    assert left.line.person
    assert waiting(gate) == ()


def test_whoever_never_came_back_is_not_named_again_after_a_restart(gate: Gate) -> None:
    attend(gate, 37.8)
    minutes(gate, 121)
    gate.open()
    gate.leave()
    minutes(gate, 1)
    assert len(gate.of(LeftUncleared)) == 1


def test_fever_that_was_called_normal_once_is_no_fever_cleared_because_the_policy_asks_for_less_now(
    gate: Gate,
) -> None:
    attend(gate, 38.2)
    minutes(gate, 4)
    assert codes(attend(gate, 36.4))[0] == "recheck_open"
    recheck = msgspec.structs.replace(OPEN.temperature.recheck or RecheckRule(), normals=1)
    gate.policy = msgspec.structs.replace(
        OPEN, temperature=msgspec.structs.replace(OPEN.temperature, recheck=recheck)
    )
    gate.open()
    minutes(gate, 4)
    assert waiting(gate) == ()
    feverish = attend(gate, 38.3)
    assert feverish.decision.severity is RECHECK
    assert "recheck_cleared" not in codes(feverish)
    assert [line.last_c for line in waiting(gate)] == [38.3]
    minutes(gate, 1)
    assert codes(attend(gate, 36.4))[0] == "recheck_too_early"


def test_one_stranger_is_not_held_by_another_ones_fever(gate: Gate) -> None:
    attend(gate, 37.8, "token of a stranger")
    recorded = attend(gate, 36.4, "token of another stranger")
    assert not any(code.startswith("recheck") for code in codes(recorded))
    (line,) = waiting(gate)
    assert line.last_c == 37.8


def test_neighbours_are_not_held_by_somebody_elses_fever(gate: Gate) -> None:
    attend(gate, 37.8)
    recorded = attend(gate, 36.4, "token of somebody else")
    assert Reason(RECHECK, recorded.decision.reasons[0].code) == recorded.decision.reasons[0]
    assert not any(code.startswith("recheck") for code in codes(recorded))


# --- staff and baseline -----------------------------------------------------------------------


def test_screen_asks_for_staff_until_they_were_measured(gate: Gate) -> None:
    attend(gate, 36.4)
    gate.checkpoint.tick()
    assert gate.of(InstrumentState)[-1].wants_staff
    gate.checkpoint.measure_staff()
    for value in (35.4, 35.5, 35.6):
        gate.measure(value)
        gate.leave()
    gate.checkpoint.tick()
    assert gate.of(StaffReadings)[-1].done
    assert not gate.of(InstrumentState)[-1].wants_staff
    assert len(gate.of(Recorded)) == 1  # staff are not entries


def test_after_staff_were_measured_whoever_lies_clearly_above_them_is_high(gate: Gate) -> None:
    gate.checkpoint.measure_staff()
    for value in (35.4, 35.5, 35.6):
        gate.measure(value)
        gate.leave()
    recorded = attend(gate, 36.5)
    part = recorded.stored.entry.temperature
    assert part
    assert codes(recorded)[0] == "temperature_high"
    assert part.limit_c == pytest.approx(36.3)


def test_baseline_outlives_a_restart(gate: Gate) -> None:
    gate.checkpoint.measure_staff()
    for value in (35.4, 35.5, 35.6):
        gate.measure(value)
        gate.leave()
    gate.checkpoint.thermometry.save()
    gate.open()
    gate.leave()
    assert codes(attend(gate, 36.5))[0] == "temperature_high"


def test_staff_member_with_a_fever_does_not_define_normal(gate: Gate) -> None:
    gate.checkpoint.measure_staff()
    gate.measure(37.9)
    assert gate.of(StaffReadings)[-1].hindered
    assert gate.of(StaffReadings)[-1].values_c == ()


def test_code_shown_while_staff_are_measured_goes_first(gate: Gate) -> None:
    gate.checkpoint.measure_staff()
    assert attend(gate, 36.4).decision.severity is PASS


# --- two instruments --------------------------------------------------------------------------


def test_one_person_before_two_sensors_is_one_entry(two: Gate) -> None:
    two.leave()
    two.measure(22.0, by=SECOND)
    two.show("token-zhang")
    for _ in range(10):
        two.measure(36.4, 0.1)
        two.measure(36.6, 0.1, by=SECOND)
    (recorded,) = two.of(Recorded)
    assert recorded.stored.entry.temperature
    assert recorded.stored.entry.temperature.instrument == MODULE.name


def test_second_instrument_takes_over_when_the_first_is_unplugged(two: Gate) -> None:
    two.checkpoint.status(DeviceStatus(DeviceKind.THERMOMETER, DeviceState.LOST, MODULE.name))
    assert two.of(InstrumentState)[-1].active == SECOND.name
    two.measure(22.0, by=SECOND)
    two.show("token-zhang")
    two.measure(36.4, by=SECOND)
    (recorded,) = two.of(Recorded)
    assert recorded.stored.entry.temperature
    assert recorded.stored.entry.temperature.instrument == SECOND.name


def test_instrument_that_looks_false_is_named_and_the_other_one_counts(two: Gate) -> None:
    for _ in range(130):
        two.measure(36.21, 0.1)  # bit-identical for longer than anything is
        two.measure(22.0 + two.clock.mono % 0.3, 0.1, by=SECOND)
    two.checkpoint.tick()
    state = two.of(InstrumentState)[-1]
    assert [finding.instrument.name for finding in state.standing] == [MODULE.name]


def test_whoever_passes_the_idle_sensor_does_not_void_the_reading_that_waits(two: Gate) -> None:
    two.leave()
    two.measure(22.0, by=SECOND)
    two.measure(36.4)
    two.measure(36.6, 0.2, by=SECOND)  # the same person's shoulder, or somebody in the queue
    two.show("token-zhang")
    (recorded,) = two.of(Recorded)
    assert recorded.decision.severity is PASS


def test_fever_while_staff_are_measured_is_recorded_all_the_same(gate: Gate) -> None:
    gate.checkpoint.measure_staff()
    gate.measure(38.2)
    minutes(gate, 0.5)
    (recorded,) = gate.of(Recorded)
    assert "temperature_high" in codes(recorded)


def test_measuring_staff_ends_by_itself(gate: Gate) -> None:
    gate.checkpoint.measure_staff()
    minutes(gate, 3)
    gate.leave()
    gate.checkpoint.no_code(Vouch.KNOWN)
    gate.measure(36.4)
    assert gate.of(Recorded)[-1].decision.severity is PASS


def test_screen_asks_for_staff_before_the_first_person_came(gate: Gate) -> None:
    gate.checkpoint.tick()
    assert gate.of(InstrumentState)[-1].wants_staff


@pytest.mark.parametrize(("limit", "value", "verdict"), [(37.0, 37.1, RECHECK), (38.0, 37.6, PASS)])
def test_limit_of_one_sort_of_person_is_theirs_and_nobody_elses(
    tmp_path: Path, limit: float, value: float, verdict: Severity
) -> None:
    text = f"{OPEN_TEXT}\n[category.staff.temperature.limit_c]\nbody = {limit}\n"
    gate = Gate(tmp_path, policy=parse_policy(text))
    gate.people.add([Person("p5", "赵勇", "", "staff", ("token-zhao",))], as_of=gate.clock.now())
    staff = attend(gate, value, "token-zhao")
    assert staff.decision.severity is verdict
    assert explain(staff.stored.entry, text).severity is verdict
    assert len(waiting(gate)) == (verdict is RECHECK)
    resident = attend(gate, value)
    assert resident.decision.severity is (RECHECK if value >= 37.3 else PASS)
    gate.journal.close()


def test_a_fever_by_the_limit_of_the_way_out_is_recorded_though_nobody_claims_it(tmp_path: Path) -> None:
    lower = f"{OPEN_TEXT}\n[out.temperature.limit_c]\nbody = 37.0\n"
    gate = Gate(tmp_path, policy=parse_policy(lower))
    gate.checkpoint.turn(Direction.OUT)
    gate.leave()
    gate.measure(37.1)
    gate.leave()
    minutes(gate, 1)

    assert [recorded.decision.severity for recorded in gate.of(Recorded)] == [RECHECK]
    gate.journal.close()


def test_a_fever_by_the_limit_of_the_way_in_is_said_once_of_whoever_stands_there(tmp_path: Path) -> None:
    """37.1 and then 37.7 of one person were two fevers of nobody."""
    lower = f"{OPEN_TEXT}\n[in.temperature.limit_c]\nbody = 37.0\n"
    gate = Gate(tmp_path, policy=parse_policy(lower))
    for first, entries in ((36.0, 2), (37.1, 1)):
        before = len(gate.of(Recorded))
        gate.leave()
        gate.show(f"token {first}")
        for value in (first, 37.1, 37.7, 38.3):
            gate.measure(value)
        assert len(gate.of(Recorded)) - before == entries
        assert "temperature_high" in codes(gate.of(Recorded)[-1])
    gate.journal.close()


def test_a_fever_that_is_reached_in_two_small_steps_closer_is_recorded(gate: Gate) -> None:
    """36.9 was no fever, and 37.35 no longer half a degree above what was told last."""
    gate.show("token-zhang")
    for value in (36.0, 36.9, 37.35, 37.4):
        gate.measure(value)
    passed, fever = gate.of(Recorded)
    assert passed.decision.severity is PASS
    assert "temperature_high" in codes(fever)


def test_a_thermometer_plugged_in_long_after_a_crash_measures_who_stands_there(two: Gate) -> None:
    two.show("token-zhang")
    two.measure(36.4)
    last = two.of(Recorded)[-1]
    two.clock.boot += "'"
    two.clock.move(20)
    two.open(last)
    two.leave()
    minutes(two, 30)
    two.show("token-wang")
    two.measure(36.5, by=SECOND)
    assert two.of(Recorded)[-1] is not last
    assert "temperature_normal" in codes(two.of(Recorded)[-1])


def test_fever_of_staff_who_step_closer_is_recorded_though_the_first_value_was_only_theirs(
    gate: Gate,
) -> None:
    """37.0 of the skin counted as a reading of staff; that it lay above the limit of residents hid 38.5."""
    gate.checkpoint.measure_staff()
    gate.measure(37.0, site=Site.OBJECT)
    gate.measure(38.5, site=Site.OBJECT)
    (recorded,) = gate.of(Recorded)
    assert "temperature_high" in codes(recorded)
