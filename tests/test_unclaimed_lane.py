"""A fever that waits for its code is on record, whatever happens to the program within those seconds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from station.core.entry import StoredEntry, decision_of
from station.core.model import Closing, Direction, ReasonCode, Severity
from station.core.outcome import ClockWarning, NotStored, Phase, RecheckList, Recorded, StoresAgain, Waiting
from station.core.policy import parse_policy
from station.journal.check import check
from station.journal.memory import LaneMemory
from station.journal.reader import Reader
from station.unclaimed import UNCLAIMED
from tests.lane import OPEN_TEXT, FullDisk, Gate

SPARED = parse_policy(OPEN_TEXT.replace("measured_minutes = 0 ", "measured_minutes = 120 ", 1))


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    made = Gate(tmp_path / "station")
    made.leave()
    yield made
    made.journal.close()


def kill(gate: Gate, seconds: float = 20.0, *, off: bool = False) -> None:
    """As kill -9 leaves it; `off`: the PC, too."""
    gate.clock.boot += "'"
    gate.clock.move(seconds)
    if off:
        gate.clock.mono = 5.0
    last = next((one for one in entries(gate) if one.entry.amends is None), None)
    gate.open(Recorded(last, decision_of(last.entry)) if last else None)


def entries(gate: Gate) -> list[StoredEntry]:
    """The newest first."""
    with Reader.open(gate.folder) as reader:
        return reader.last(50)


def pass_time(gate: Gate, seconds: int) -> None:
    for _ in range(seconds):
        gate.clock.move(1)
        gate.checkpoint.tick()


def fevers(gate: Gate) -> list[StoredEntry]:
    return [one for one in entries(gate) if one.entry.closing == Closing.NO_CLAIM]


def test_a_fever_that_waits_for_its_code_is_on_record_after_the_program_died(gate: Gate) -> None:
    gate.measure(38.6)
    measured = gate.clock.now()
    assert not entries(gate)
    kill(gate)
    gate.checkpoint.tick()
    (fever,) = fevers(gate)
    assert fever.entry.temperature is not None
    assert fever.entry.temperature.value_c == 38.6
    assert timedelta() <= measured - fever.entry.at < timedelta(seconds=1)
    assert fever.entry.boot == "boot"
    (told,) = gate.of(Recorded)
    assert told.stored == fever
    assert told.decision.severity is not Severity.PASS


def test_it_is_recorded_once_however_often_the_program_dies(gate: Gate) -> None:
    gate.measure(38.6)
    kill(gate)
    kill(gate)
    gate.checkpoint.tick()
    kill(gate)
    gate.checkpoint.tick()
    gate.clock.move(30)
    gate.checkpoint.tick()
    assert len(fevers(gate)) == len(entries(gate)) == 1
    assert check(gate.folder).ok


@pytest.mark.parametrize("claimed", [True, False])
def test_one_that_found_its_code_or_nobody_is_not_recorded_again(gate: Gate, *, claimed: bool) -> None:
    gate.measure(38.6)
    if claimed:
        gate.show("token-zhang")
    gate.clock.move(11)
    gate.checkpoint.tick()
    before = len(entries(gate))
    kill(gate)
    gate.checkpoint.tick()
    assert len(entries(gate)) == before == 1


def test_who_comes_first_after_the_crash_comes_after_the_fever(gate: Gate) -> None:
    """Also before the lane has looked at the clock once: somebody who was measured before might be it."""
    gate.policy = SPARED
    gate.open()
    gate.leave()
    gate.show("token-zhang")
    gate.measure(36.4)
    gate.leave()
    gate.clock.move(60)
    gate.show("token-zhang")
    assert gate.of(Recorded)[-1].stored.entry.closing == Closing.UNMEASURED
    gate.clock.move(60)
    gate.measure(38.6)
    kill(gate)
    gate.heard.clear()
    gate.show("token-zhang")
    assert [one.stored.entry.closing for one in gate.of(Recorded)] == [Closing.NO_CLAIM]


def test_a_fever_of_last_night_is_recorded_in_the_morning_and_alarms_nobody(gate: Gate) -> None:
    gate.measure(38.6)
    measured = gate.clock.now()
    kill(gate, 9 * 3600, off=True)
    gate.checkpoint.tick()
    (fever,) = fevers(gate)
    assert measured - fever.entry.at < timedelta(seconds=1)
    assert not gate.of(Recorded)
    gate.leave()
    gate.show("token-zhang")
    gate.measure(36.4)
    assert gate.of(Recorded)[-1].decision.severity is Severity.PASS
    assert not gate.of(ClockWarning)


@pytest.mark.parametrize("hours", [-400.0, -0.1, 0.1, 400.0])
def test_its_time_is_that_of_its_reading_whatever_the_clock_says_now(gate: Gate, hours: float) -> None:
    gate.measure(38.6)
    measured = gate.clock.now()
    gate.clock.wall += timedelta(hours=hours)
    kill(gate)
    gate.checkpoint.tick()
    gate.clock.move(30)
    gate.checkpoint.tick()
    (fever,) = fevers(gate)
    assert measured - fever.entry.at < timedelta(seconds=1)


def test_it_went_the_way_that_people_went_then(gate: Gate) -> None:
    gate.checkpoint.turn(Direction.OUT)
    gate.measure(38.6)
    kill(gate)
    gate.checkpoint.tick()
    assert [one.entry.direction for one in fevers(gate)] == ["out"]


def test_a_value_that_was_typed_before_the_code_does_not_vanish_either(gate: Gate) -> None:
    gate.checkpoint.temperature_by_hand(38.2)
    kill(gate)
    gate.checkpoint.tick()
    assert len(fevers(gate)) == 1


def test_while_nobody_has_a_fever_nothing_is_kept(gate: Gate) -> None:
    gate.measure(36.4)
    kill(gate)
    gate.checkpoint.tick()
    assert not entries(gate)
    assert LaneMemory(gate.journal).load(UNCLAIMED) is None


def test_one_that_could_not_be_stored_for_want_of_room_is_recorded_at_the_next_start(gate: Gate) -> None:
    gate.measure(38.6)
    gate.disk.full = True
    gate.clock.move(11)
    gate.checkpoint.tick()
    assert gate.of(NotStored)
    gate.disk.full = False
    kill(gate)
    gate.checkpoint.tick()
    assert len(fevers(gate)) == 1


def test_a_fever_that_a_full_disk_refused_is_recorded_as_soon_as_there_is_room(gate: Gate) -> None:
    gate.measure(38.6)
    measured = gate.clock.now()
    gate.disk.full = True
    pass_time(gate, 11)
    pass_time(gate, 20)
    assert len(gate.of(NotStored)) == 1, "said once, not at every try"
    gate.disk.full = False
    pass_time(gate, 6)
    (fever,) = fevers(gate)
    assert fever.entry.at - measured < timedelta(seconds=12)
    assert [type(one) for one in gate.heard if isinstance(one, StoresAgain | Recorded)] == [
        StoresAgain,
        Recorded,
    ]
    kill(gate)
    pass_time(gate, 6)
    assert len(fevers(gate)) == 1
    assert check(gate.folder).ok


def test_so_is_one_that_came_after_another_and_waited_for_nobody(gate: Gate) -> None:
    gate.measure(38.6)
    gate.disk.full = True
    pass_time(gate, 11)
    gate.leave()
    gate.measure(39.1)
    pass_time(gate, 30)
    gate.disk.full = False
    pass_time(gate, 6)
    values = {one.entry.temperature.value_c for one in fevers(gate) if one.entry.temperature}
    assert values == {38.6, 39.1}


def test_a_fever_of_somebody_known_that_was_refused_is_theirs_when_there_is_room(gate: Gate) -> None:
    gate.disk.full = True
    gate.show("token-zhang")
    gate.measure(38.6)
    assert gate.of(NotStored)
    gate.leave()
    gate.disk.full = False
    pass_time(gate, 6)
    (one,) = entries(gate)
    assert (one.entry.closing, one.entry.temperature and one.entry.temperature.value_c) == ("paired", 38.6)
    assert gate.of(RecheckList)[-1].waiting
    pass_time(gate, 30)
    assert len(entries(gate)) == 1


def test_so_is_one_that_is_a_fever_only_on_the_way_out(gate: Gate) -> None:
    gate.policy = parse_policy(f"{OPEN_TEXT}\n[out.temperature.limit_c]\nbody = 36.9\n")
    gate.open()
    gate.checkpoint.turn(Direction.OUT)
    gate.disk.full = True
    gate.show("token-zhang")
    gate.checkpoint.temperature_by_hand(37.1)
    assert gate.of(NotStored)
    gate.disk.full = False
    pass_time(gate, 6)
    (one,) = entries(gate)
    assert (one.entry.direction, one.entry.temperature and one.entry.temperature.value_c) == ("out", 37.1)


@pytest.mark.parametrize("by_hand", [True, False])
def test_so_is_one_that_is_a_fever_only_of_their_sort(gate: Gate, *, by_hand: bool) -> None:
    gate.policy = parse_policy(f"{OPEN_TEXT}\n[category.resident.temperature.limit_c]\nbody = 37.0\n")
    gate.open()
    gate.leave()
    gate.disk.full = True
    gate.show("token-zhang")
    if by_hand:
        gate.checkpoint.temperature_by_hand(37.1)
    else:
        gate.measure(37.1)
    assert gate.of(NotStored)
    gate.leave()
    gate.disk.full = False
    pass_time(gate, 6)
    (one,) = entries(gate)
    assert (one.entry.person_id, one.entry.temperature and one.entry.temperature.value_c) == ("p1", 37.1)
    assert gate.of(RecheckList)[-1].waiting


def test_whoever_is_measured_again_and_again_on_a_full_disk_is_one_passage(gate: Gate) -> None:
    gate.disk.full = True
    for value in (38.6, 38.9, 38.4):
        gate.show("token-zhang")
        gate.measure(value)
        gate.leave()
        pass_time(gate, 30)
    gate.disk.full = False
    pass_time(gate, 6)
    (one,) = entries(gate)
    assert one.entry.temperature is not None
    assert one.entry.temperature.value_c == 38.4


def test_whoever_comes_in_that_instant_is_shown_after_the_fever_is_on_record(gate: Gate) -> None:
    gate.measure(38.6)
    gate.disk.full = True
    pass_time(gate, 11)
    gate.leave()
    gate.show("token-zhang")
    gate.disk.full = False
    gate.measure(36.4)
    closings = [one.stored.entry.closing for one in gate.of(Recorded)]
    assert closings == [Closing.NO_CLAIM, Closing.PAIRED]


def test_a_value_that_is_typed_when_a_refused_fever_is_recorded_is_of_nobody_before(gate: Gate) -> None:
    gate.disk.full = True
    gate.show("token-zhang")
    gate.measure(38.6)
    gate.leave()
    gate.disk.full = False
    pass_time(gate, 6)
    gate.checkpoint.temperature_by_hand(36.4)
    assert gate.of(Waiting)[-1].phase is Phase.NEEDS_CODE
    assert len(entries(gate)) == 1


def test_a_fever_that_finds_room_hours_later_alarms_nobody_and_has_its_own_time(gate: Gate) -> None:
    gate.measure(38.6)
    measured = gate.clock.now()
    gate.disk.full = True
    pass_time(gate, 11)
    gate.clock.move(3 * 3600)
    gate.disk.full = False
    pass_time(gate, 6)
    (fever,) = fevers(gate)
    assert fever.entry.at - measured < timedelta(seconds=12)
    assert gate.of(StoresAgain)
    assert not gate.of(Recorded)


def test_a_refused_fever_outlives_other_rules(gate: Gate) -> None:
    gate.measure(38.6)
    gate.disk.full = True
    pass_time(gate, 11)
    gate.begin_anew(SPARED)
    gate.disk = FullDisk(gate.journal)
    gate.begin_anew(SPARED)
    pass_time(gate, 6)
    assert len(fevers(gate)) == 1


@pytest.mark.parametrize("tries", [0, 12])
def test_a_refused_fever_of_somebody_known_is_still_theirs_under_other_rules(gate: Gate, tries: int) -> None:
    gate.disk.full = True
    gate.show("token-zhang")
    gate.measure(38.6)
    gate.leave()
    pass_time(gate, tries)
    gate.begin_anew(SPARED)
    gate.disk.full = False
    pass_time(gate, 6)
    (one,) = entries(gate)
    assert (one.entry.closing, one.entry.person_id) == ("paired", "p1")
    assert [fever.person and fever.person.name for fever in gate.of(RecheckList)[-1].waiting] == ["张*强"]


def test_nor_does_it_lose_them_when_codes_have_other_keys_since_somebody_signed_in(gate: Gate) -> None:
    gate.disk.full = True
    gate.code_key = lambda text: f"of this run: {text}"
    gate.open()
    gate.leave()
    gate.show("token-zhang")
    gate.measure(38.6)
    gate.leave()
    before, gate.code_key = gate.checkpoint, gate.journal.vault.code_key
    before.end(lambda key: gate.code_key(key.removeprefix("of this run: ")))
    gate.open()
    gate.checkpoint.go_on_from(before)
    gate.disk.full = False
    pass_time(gate, 6)
    (one,) = entries(gate)
    assert one.entry.closing == Closing.PAIRED
    assert [fever.person and fever.person.name for fever in gate.of(RecheckList)[-1].waiting] == ["张*强"]


@pytest.mark.parametrize(("same_keys", "whose"), [(True, "p1"), (False, None)])
def test_a_refused_fever_is_theirs_when_the_stick_is_back_if_codes_have_the_keys_that_they_had(
    gate: Gate, *, same_keys: bool, whose: str | None
) -> None:
    gate.disk.full = True
    gate.show("token-zhang")
    gate.measure(38.6)
    before, gate.disk = gate.checkpoint, FullDisk(gate.journal)
    gate.open()
    gate.checkpoint.take_refused(before, same_keys=same_keys)
    pass_time(gate, 12)
    (one,) = entries(gate)
    assert (one.entry.person_id, one.entry.temperature and one.entry.temperature.value_c) == (whose, 38.6)


@pytest.mark.parametrize("code", ["token-zhang", ""])
def test_a_refused_fever_that_the_stick_holds_all_the_same_is_recorded_once(gate: Gate, code: str) -> None:
    """It was pulled out within the commit. Without a code each passage from then on would end in a crash."""
    gate.disk.torn = True
    if code:
        gate.show(code)
    gate.measure(38.6)
    pass_time(gate, 11)
    assert gate.of(NotStored)
    before, gate.disk = gate.checkpoint, FullDisk(gate.journal)
    gate.open()
    gate.checkpoint.take_refused(before)
    pass_time(gate, 12)
    gate.leave()
    gate.show("token-li")
    gate.measure(36.4)
    values = [one.entry.temperature.value_c for one in entries(gate) if one.entry.temperature]
    assert values == [36.4, 38.6]
    assert check(gate.folder).ok


def test_a_disk_that_has_room_again_is_said_without_anybody_trying(gate: Gate) -> None:
    """Else the screen asks for pen and paper for as long as they are used."""
    gate.disk.full = True
    gate.show("token-zhang")
    gate.measure(36.4)
    assert gate.of(NotStored)
    pass_time(gate, 20)
    assert not gate.of(StoresAgain)
    gate.disk.full = False
    pass_time(gate, 6)
    assert len(gate.of(StoresAgain)) == 1
    assert not entries(gate)
    assert check(gate.folder).ok


def test_a_record_of_it_that_does_not_open_locks_nobody_out(gate: Gate) -> None:
    LaneMemory(gate.journal).save(UNCLAIMED, b"nonsense")
    kill(gate)
    gate.leave()
    gate.show("token-zhang")
    gate.measure(36.4)
    reasons = {reason.code for reason in gate.of(Recorded)[-1].decision.reasons}
    assert ReasonCode.TEMPERATURE_NORMAL in reasons
