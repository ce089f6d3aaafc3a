"""What a hostile day at the lane found: a fever, a colour and a decision stay with the person they are of."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import UTC, timedelta
from itertools import product
from pathlib import Path

import msgspec
import pytest

from station.core.calibration import Calibration
from station.core.model import (
    CodeKind,
    CodeStatus,
    Credential,
    Direction,
    FactKind,
    Instrument,
    Reading,
    Sample,
    Severity,
    Site,
    Trust,
    Vouch,
)
from station.core.outcome import Corrected, NotStored, RecheckList, Recorded, Repeated, StorageProblem
from station.core.recheck import RecheckRule, Rechecks
from station.fever_desk import StationFeverDesk
from station.journal.check import check
from station.journal.errors import JournalError
from station.journal.memory import LaneMemory
from station.journal.people import ColourFact, Known, People, Person
from station.key_watch import unless_locked
from station.ui.admin.inside_desk import FeverState
from tests.lane import MODULE, OPEN, Gate

PASS, RECHECK, STOP = Severity.PASS, Severity.RECHECK, Severity.STOP


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    gate = Gate(tmp_path)
    two_codes = Person("p3", "王明", "2-2-202", "resident", ("token-wang", "pass-wang"))
    gate.people.add([two_codes], as_of=gate.clock.now())
    gate.leave()
    yield gate
    gate.journal.close()
    assert check(tmp_path).ok


def attend(gate: Gate, value: float, code: str) -> Recorded:
    gate.show(code)
    gate.measure(value)
    gate.leave()
    return gate.of(Recorded)[-1]


def codes(recorded: Recorded) -> list[str]:
    return [reason.code.value for reason in recorded.decision.reasons]


def later(gate: Gate, minutes: float) -> None:
    """Time passes with a tick now and then, as at a real gate."""
    for _ in range(math.ceil(minutes)):
        gate.clock.move(60 * minutes / math.ceil(minutes))
        gate.checkpoint.tick()


# --- a fever stays with the person -----------------------------------------------------------


def test_feverish_person_who_shows_another_code_of_theirs_is_still_under_recheck(gate: Gate) -> None:
    attend(gate, 38.2, "token-wang")
    assert codes(attend(gate, 36.4, "pass-wang"))[0] == "recheck_too_early"


def test_feverish_person_who_leaves_the_telephone_at_home_and_is_picked_by_name(gate: Gate) -> None:
    attend(gate, 38.2, "token-wang")
    later(gate, 1)
    gate.checkpoint.no_code(Vouch.KNOWN, "p3")
    gate.measure(36.4)
    assert codes(gate.of(Recorded)[-1])[0] == "recheck_too_early"


def test_three_codes_with_three_fevers_are_one_confirmed_fever(gate: Gate) -> None:
    for code in ("token-wang", "pass-wang", "token-wang"):
        stopped = attend(gate, 38.2, code)
        later(gate, 4)
    assert (stopped.decision.severity, codes(stopped)[0]) == (STOP, "recheck_confirmed")
    gate.show("pass-wang")
    assert gate.of(Recorded)[-1].decision.severity is STOP


def test_value_for_the_list_is_recorded_with_the_code_that_was_shown(gate: Gate) -> None:
    attend(gate, 38.2, "token-wang")
    (line,) = gate.of(RecheckList)[-1].waiting
    later(gate, 4)
    gate.checkpoint.recheck_by_hand(line.key, 36.4)
    entry = gate.of(Recorded)[-1].stored.entry
    assert (entry.person_id, entry.decision, gate.of(RecheckList)[-1].waiting) == ("p3", PASS, ())


def test_list_and_entry_are_one_commit(gate: Gate) -> None:
    """A kill right after the commit: what any other process reads from the disk at that moment."""
    gate.show("token-wang")
    gate.measure(38.2)
    seen = list[int]()
    append = gate.journal.append

    def killed(*arguments: object, **named: object) -> object:
        append(*arguments, **named)  # type: ignore[arg-type]
        record = LaneMemory(gate.journal).load("rechecks")
        seen.append(len(Rechecks.load(record, RecheckRule()).waiting()) if record else 0)
        raise SystemExit

    later(gate, 4)
    gate.leave()
    gate.disk.journal.append = killed  # type: ignore[method-assign, assignment]
    with pytest.raises(SystemExit):
        attend(gate, 38.4, "token of a stranger")
    assert seen == [2]
    gate.disk.journal.append = append  # type: ignore[method-assign]


def test_list_stays_as_it_was_if_the_entry_is_not_stored(gate: Gate) -> None:
    gate.disk.full = True
    gate.show("token-wang")
    gate.measure(38.2)
    gate.leave()
    assert gate.of(NotStored)
    assert LaneMemory(gate.journal).load("rechecks") is None
    gate.disk.full = False
    assert codes(attend(gate, 38.2, "token-wang"))[0] == "temperature_high"


def test_value_typed_for_somebody_who_left_the_list_meanwhile_is_theirs(gate: Gate) -> None:
    attend(gate, 38.2, "token-wang")
    (line,) = gate.of(RecheckList)[-1].waiting
    later(gate, 130)
    gate.checkpoint.recheck_by_hand(line.key, 38.4)
    assert gate.of(Recorded)[-1].stored.entry.person_id == "p3"
    assert codes(attend(gate, 36.4, "pass-wang"))[0] == "recheck_too_early"


def test_fever_while_staff_are_measured_is_a_fever_by_the_calibration(gate: Gate) -> None:
    error = Calibration(MODULE, Site.BODY, 37.0, 36.0, "admin", gate.clock.now())  # reads 1 °C too low
    gate.checkpoint.thermometry.calibrated(error)
    gate.checkpoint.measure_staff()
    gate.measure(37.0)
    later(gate, 1)
    (recorded,) = gate.of(Recorded)
    assert "temperature_high" in codes(recorded)


# --- clocks ----------------------------------------------------------------------------------


def test_clock_that_is_set_forward_shortens_nobodys_wait(gate: Gate) -> None:
    attend(gate, 38.2, "token-wang")
    gate.clock.wall += timedelta(hours=5)
    gate.checkpoint.tick()
    assert codes(attend(gate, 36.4, "token-wang"))[0] != "temperature_normal"
    assert gate.of(Recorded)[-1].decision.severity is RECHECK


def test_clock_that_is_set_forward_and_back_forgets_no_confirmed_fever(gate: Gate) -> None:
    for _ in range(3):
        attend(gate, 38.2, "token-wang")
        later(gate, 4)
    for jump in (timedelta(days=400), -timedelta(days=400)):
        gate.clock.wall += jump
        gate.checkpoint.tick()
    gate.show("token-wang")
    assert gate.of(Recorded)[-1].decision.severity is STOP


def test_fever_under_a_clock_a_year_ahead_keeps_nobody_waiting_for_a_year(gate: Gate) -> None:
    gate.clock.wall += timedelta(days=365)
    attend(gate, 37.4, "token-wang")
    gate.clock.wall -= timedelta(days=365)
    gate.open()  # a new start, with the clock set right
    gate.leave()
    for _ in range(2):
        later(gate, 4)
        attend(gate, 36.4, "token-wang")
    assert gate.of(Recorded)[-1].decision.severity is PASS


# --- decisions and colours ----------------------------------------------------------------------


def test_lane_that_is_turned_shows_nobody_the_decision_of_the_other_way(tmp_path: Path) -> None:
    free_way_out = msgspec.structs.replace(
        OPEN,
        variants={"/out": msgspec.structs.replace(
            OPEN, temperature=msgspec.structs.replace(OPEN.temperature, required=False), variants={}
        )},
    )  # fmt: skip
    gate = Gate(tmp_path, policy=free_way_out)
    gate.checkpoint.turn(Direction.OUT)
    gate.show("token-zhang")  # goes out unmeasured
    gate.checkpoint.turn(Direction.IN)
    gate.clock.move(5)
    gate.show("token-zhang")
    assert gate.of(Repeated) == []
    gate.journal.close()


def test_colour_of_the_morning_is_not_the_colour_of_the_evening(gate: Gate) -> None:
    gate.show("token-wang")
    gate.see("green")
    gate.measure(36.4)
    gate.leave()
    later(gate, 60)
    evening = attend(gate, 36.4, "token-wang").stored.entry
    assert [fact for fact in evening.facts if fact.kind == FactKind.COLOUR] == []


def test_colour_of_somebody_who_has_been_measured_is_not_the_former_persons(gate: Gate) -> None:
    attend(gate, 36.4, "token of a stranger")
    gate.measure(36.5)  # the next one; the telephone is in the volunteer's hand
    gate.see("red")
    assert gate.of(Corrected) == []


# --- readings that are none ---------------------------------------------------------------------


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, 1e308, -1e308])
def test_what_is_no_number_blinds_no_thermometer(tmp_path: Path, value: float) -> None:
    gate = Gate(tmp_path)
    for _ in range(50):
        gate.clock.move(0.1)
        gate.checkpoint.sample(Sample(Reading(value, Site.BODY), gate.clock.mono, MODULE))
    gate.leave()
    assert attend(gate, 36.4, "token-zhang").decision.severity is PASS
    gate.journal.close()


@pytest.mark.parametrize("ambient", [math.nan, math.inf, 1e300])
def test_ambient_that_is_no_number_makes_nobody_feverish_or_measured(gate: Gate, ambient: float) -> None:
    gate.show("token-wang")
    gate.measure(36.4, ambient_c=ambient)
    assert gate.of(Recorded) == []


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_typed_value_that_is_no_number_lets_nobody_in(gate: Gate, value: float) -> None:
    for _ in range(25):  # and the watch over the instruments survives as many
        gate.show("token-wang")
        gate.checkpoint.hold()
        gate.checkpoint.temperature_by_hand(value)
        gate.clock.move(31)
    assert {one.decision.severity for one in gate.of(Recorded)} == {RECHECK}


def test_second_instrument_with_no_number_does_not_disturb_the_first(tmp_path: Path) -> None:
    gate = Gate(tmp_path, names=("module", "second"))
    other = Instrument("second", "gy-mcu90614")
    gate.show("token-zhang")
    for _ in range(40):
        gate.clock.move(0.1)
        gate.checkpoint.sample(Sample(Reading(math.nan, Site.OBJECT), gate.clock.mono, other))
        gate.checkpoint.sample(Sample(Reading(36.4, Site.BODY), gate.clock.mono, MODULE))
    assert [one.decision.severity for one in gate.of(Recorded)] == [PASS]
    gate.journal.close()


# --- the list of fevers, as the admin reads it ---------------------------------------------------


def test_person_with_two_codes_is_one_line_of_the_list_of_fevers(gate: Gate) -> None:
    desk = StationFeverDesk(lambda: gate.journal, lambda: gate.policy, gate.clock.now, UTC)
    attend(gate, 38.2, "token-wang")
    attend(gate, 38.0, "pass-wang")  # too early, with the other code
    (line,) = desk.today()
    assert (line.state, line.name, [one.value_c for one in line.readings]) == (
        FeverState.WAITS,
        "王明",
        [38.2],
    )
    later(gate, 130)
    (line,) = desk.today()
    assert (line.state, line.name, [one.value_c for one in line.readings]) == (
        FeverState.LEFT,
        "王明",
        [38.2, 38.0],
    )


def test_stranger_with_a_fever_is_one_line_while_waiting_and_after(gate: Gate) -> None:
    desk = StationFeverDesk(lambda: gate.journal, lambda: gate.policy, gate.clock.now, UTC)
    attend(gate, 38.2, "token of a stranger")
    assert [one.state for one in desk.today()] == [FeverState.WAITS]
    later(gate, 130)
    assert [one.state for one in desk.today()] == [FeverState.LEFT]


# --- what a random day at the lane found ----------------------------------------------------------


def test_pass_that_was_written_in_two_ways_shows_nobody_green_after_a_fever(tmp_path: Path) -> None:
    """Both texts prove the same pass: it was measured too high with one of them."""
    printed = Credential(CodeKind.GATE_PASS, Trust.VERIFIED, CodeStatus.VALID, pass_id="01")
    gate = Gate(tmp_path, credential=printed)
    gate.leave()
    assert attend(gate, 36.4, "the card").decision.severity is PASS
    assert attend(gate, 38.5, "the same pass on paper").decision.severity is RECHECK
    gate.show("the card")
    assert gate.of(Repeated) == []
    gate.journal.close()


def wang_waits(gate: Gate) -> str:
    """Measured too high some minutes ago; his key on the list."""
    attend(gate, 38.2, "token-wang")
    later(gate, 4)
    (line,) = gate.of(RecheckList)[-1].waiting
    return line.key


def test_value_of_whoever_stands_in_front_is_theirs_though_the_list_was_used_meanwhile(gate: Gate) -> None:
    """Zhang could not be measured; Wang, from the list, is still too warm; then Zhang's value is typed.

    It was recorded as Wang's, and a normal one took his fever away.
    """
    wang = wang_waits(gate)
    gate.show("token-zhang")
    gate.checkpoint.hold()
    gate.checkpoint.temperature_by_hand(None)
    gate.checkpoint.recheck_by_hand(wang, 38.1)
    gate.checkpoint.hold()
    gate.checkpoint.temperature_by_hand(36.4)
    newest = gate.of(Recorded)[-1]
    assert (newest.stored.entry.person_id, newest.decision.severity) == ("p1", PASS)
    assert [line.key for line in gate.of(RecheckList)[-1].waiting] == [wang]


def test_value_of_the_next_in_the_queue_is_not_given_to_whoever_was_too_warm_again(gate: Gate) -> None:
    gate.checkpoint.recheck_by_hand(wang_waits(gate), 38.1)
    gate.checkpoint.hold()
    gate.checkpoint.temperature_by_hand(36.4)  # of Zhang, who shows his code then
    gate.show("token-zhang")
    newest = gate.of(Recorded)[-1]
    assert (newest.stored.entry.person_id, newest.decision.severity) == ("p1", PASS)


def test_value_after_somebody_was_let_go_from_the_list_is_not_theirs_under_their_other_code(
    gate: Gate,
) -> None:
    wang = wang_waits(gate)
    gate.show("pass-wang")  # he shows the other one first, and is not measured
    later(gate, 0.3)
    gate.checkpoint.recheck_by_hand(wang, 36.5, clinical=True)
    gate.checkpoint.hold()
    gate.checkpoint.temperature_by_hand(38.6)
    gate.show("token-zhang")
    assert gate.of(Recorded)[-1].stored.entry.person_id == "p1"


@pytest.mark.parametrize("new_start", [False, True])
def test_courier_who_passed_unmeasured_is_measured_after_a_fever_that_nobody_claimed(
    gate: Gate, *, new_start: bool
) -> None:
    """He was spared the second measurement, and the sensor saw a fever the moment he walked by."""
    courier = Person("c1", "赵师傅", "", "courier", ("token-courier",))
    gate.people.add([courier], as_of=gate.clock.now())
    attend(gate, 36.4, "token-courier")
    later(gate, 10)
    gate.show("token-courier")
    assert codes(gate.of(Recorded)[-1])[-1] == "temperature_measured_before"
    gate.measure(38.5)
    assert gate.of(Recorded)[-1].stored.entry.claimed is False
    gate.leave()
    if new_start:
        gate.open()
    later(gate, 0.5)

    gate.show("token-courier")
    gate.measure(38.5)
    assert (gate.of(Recorded)[-1].stored.entry.person_id, gate.of(Recorded)[-1].decision.severity) == (
        "c1",
        RECHECK,
    )


def test_fever_under_a_clock_that_was_set_right_still_spares_nobody_a_measurement(
    gate: Gate,
) -> None:
    """The clock was an hour ahead when he was measured; the fever of whoever walked by came "before" that."""
    courier = Person("c1", "赵师傅", "", "courier", ("token-courier",))
    gate.people.add([courier], as_of=gate.clock.now())
    attend(gate, 36.4, "token-courier")
    later(gate, 10)
    gate.clock.wall -= timedelta(hours=1)
    gate.measure(38.5)
    gate.leave()
    later(gate, 55)

    gate.show("token-courier")
    assert gate.of(Recorded)[-1].stored.entry.claimed is False


class DamagedRoster(People):
    """Rows that the disk gives back no more, as the lane asks for them (`unless_locked`)."""

    def __init__(self, gate: Gate) -> None:
        super().__init__(gate.journal)
        self._asked = unless_locked(gate.journal, self._read, gate.clock.now)

    def find_by_code(self, key: str) -> Known | None:
        return self._asked(key)

    def _read(self, key: str) -> Known | None:
        raise JournalError(StorageProblem.CORRUPT, "database disk image is malformed")


def test_pass_of_somebody_whose_record_cannot_be_read_is_not_green_by_itself(tmp_path: Path) -> None:
    """He is to stay at home, or his card was lost: the pass alone proved that he lives here, and opened."""
    printed = Credential(CodeKind.GATE_PASS, Trust.VERIFIED, CodeStatus.VALID, pass_id="01")
    gate = Gate(tmp_path, credential=printed)
    gate.roster = DamagedRoster(gate)
    gate.open()
    gate.leave()
    newest = attend(gate, 36.4, "token-zhang")
    assert newest.decision.severity is RECHECK
    assert codes(newest)[0] == "person_unknown"
    gate.journal.close()


def test_pass_that_was_taken_back_while_its_holder_waited_at_the_side_opens_nothing(tmp_path: Path) -> None:
    """Let go from the list by F4, also after a restart: the list knew the pass as it had been shown."""
    printed = Credential(CodeKind.GATE_PASS, Trust.VERIFIED, CodeStatus.VALID, pass_id="01")
    gate = Gate(tmp_path, credential=printed)
    gate.leave()
    attend(gate, 38.2, "the card")
    gate.checkpoint.lists_changed(lambda number: number == "01")
    gate.open()
    gate.checkpoint.tick()
    (line,) = gate.of(RecheckList)[-1].waiting
    gate.checkpoint.recheck_by_hand(line.key, 36.4, clinical=True)
    newest = gate.of(Recorded)[-1]
    assert (newest.decision.severity, codes(newest)[0]) == (STOP, "code_revoked")
    gate.journal.close()


@pytest.mark.parametrize(
    ("code", "added"),
    [
        *product(("token-li", "GP1:LI"), ("{}\r\n", "{} ", "\ufeff{}", " {}")),
        ("shc:/1", "\ufeff{}"),  # with a line end behind it such a card is damaged
    ],
)
def test_red_of_a_code_is_red_also_with_a_blank_or_line_end_around_it(
    tmp_path: Path, code: str, added: str
) -> None:
    """Such a pass is valid, and it was nobody's: the red of its holder was not looked for, and it opened."""
    printed = Credential(CodeKind.GATE_PASS, Trust.VERIFIED, CodeStatus.VALID, pass_id="01")
    gate = Gate(tmp_path, credential=printed)
    red = ColourFact("red", gate.clock.now(), "center")
    gate.people.add([Person("p9", "李红", "1-1-101", "resident", (code,), red)], as_of=gate.clock.now())
    gate.leave()
    newest = attend(gate, 36.4, added.format(code))
    assert (newest.decision.severity, newest.stored.entry.person_id) == (STOP, "p9")
    gate.journal.close()


def test_code_that_a_list_has_with_a_blank_is_still_found(tmp_path: Path) -> None:
    gate = Gate(tmp_path)
    red = ColourFact("red", gate.clock.now(), "center")
    gate.people.add([Person("p9", "李红", "1-1-101", "resident", ("token ",), red)], as_of=gate.clock.now())
    gate.leave()
    assert attend(gate, 36.4, "token ").decision.severity is STOP
    gate.journal.close()
