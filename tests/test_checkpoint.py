"""The pipeline with a real journal: what the screen hears is on disk first, and nothing else is heard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path

import pytest

from station.core.measurability import Advice
from station.core.model import (
    CodeKind,
    CodeStatus,
    Credential,
    Direction,
    Severity,
    Trust,
    Vouch,
)
from station.core.outcome import (
    ClockWarning,
    Corrected,
    NotMeasured,
    NotStored,
    PartShown,
    Phase,
    RecheckList,
    Recorded,
    Repeated,
    StorageProblem,
    Waiting,
)
from station.core.override import Override, OverrideError, OverrideProblem, OverrideReason, Role
from station.entries_desk import StationEntriesDesk
from station.journal.check import check
from station.journal.movements import Movements
from station.journal.people import Person
from station.journal.reader import Reader
from tests.lane import Gate

LET_PASS = Override(Severity.PASS, OverrideReason.MEASURED_AGAIN, "1001", Role.GUARD)


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    gate = Gate(tmp_path)
    yield gate
    gate.journal.close()
    assert check(tmp_path).ok


def test_resident_with_a_code_and_a_normal_temperature_passes_without_a_tap(gate: Gate) -> None:
    gate.leave()
    gate.show("token-zhang")
    gate.measure(36.5)
    (recorded,) = gate.of(Recorded)
    assert recorded.decision.severity is Severity.PASS
    assert recorded.person
    assert (recorded.person.name, recorded.person.dwelling) == ("张*强", "3-2-501")
    assert recorded.stored.entry.temperature
    assert recorded.stored.entry.temperature.raw_c == 36.5


def test_screen_is_told_what_the_lane_waits_for(gate: Gate) -> None:
    gate.show("token-zhang")
    assert [waiting.phase for waiting in gate.of(Waiting)] == [Phase.NEEDS_TEMPERATURE]
    gate.measure(36.5)
    assert gate.of(Waiting)[-1].phase is Phase.IDLE


def test_feverish_resident_is_rechecked_and_the_red_code_is_stopped_at_once(gate: Gate) -> None:
    gate.show("token-zhang")
    gate.measure(38.1)
    gate.leave()
    gate.show("token-red")
    assert [recorded.decision.severity for recorded in gate.of(Recorded)] == [Severity.RECHECK, Severity.STOP]


def test_same_code_again_is_shown_again_and_not_recorded(gate: Gate) -> None:
    gate.show("token-zhang")
    gate.measure(36.5)
    gate.clock.move(5)
    gate.show("token-zhang")
    assert len(gate.of(Recorded)) == len(gate.of(Repeated)) == 1


def test_resident_who_passed_and_is_found_feverish_shows_the_code_again_and_is_rechecked(gate: Gate) -> None:
    gate.show("token-zhang")
    gate.measure(36.5)
    gate.leave()
    gate.checkpoint.temperature_by_hand(38.5)
    gate.show("token-zhang")  # as the screen asks for it
    gate.show("token-zhang")
    assert [one.decision.severity for one in gate.of(Recorded)] == [Severity.PASS, Severity.RECHECK]
    assert [one.decision.severity for one in gate.of(Repeated)] == [Severity.RECHECK]
    assert len(gate.of(RecheckList)[-1].waiting) == 1


def test_fever_of_somebody_picked_by_name_ends_the_pass_that_their_code_would_show_again(gate: Gate) -> None:
    gate.show("token-zhang")
    gate.measure(36.5)
    gate.leave()
    gate.checkpoint.no_code(Vouch.KNOWN, "p1")
    gate.measure(38.5)
    gate.leave()
    gate.show("token-zhang")
    assert gate.of(Repeated) == []
    gate.measure(36.5)
    assert gate.of(Recorded)[-1].decision.severity is Severity.RECHECK


def test_person_without_a_code_takes_one_tap_and_is_recorded_as_that(gate: Gate) -> None:
    gate.checkpoint.no_code(Vouch.KNOWN)
    gate.measure(36.5)
    (recorded,) = gate.of(Recorded)
    assert (recorded.decision.severity, recorded.stored.entry.vouch) == (Severity.PASS, "known")
    assert recorded.stored.entry.code is None


def test_neighbour_waved_through_leaves_no_temperature_for_the_next(gate: Gate) -> None:
    gate.leave()
    gate.measure(37.0)  # no code shown, nobody tapped
    gate.leave()
    gate.measure(36.1, seconds=0.2)  # the next one steps up ...
    gate.show("token-zhang")  # ... and shows the code before the plateau
    assert gate.of(Recorded) == []
    gate.measure(36.1)
    (recorded,) = gate.of(Recorded)
    assert recorded.stored.entry.temperature
    assert recorded.stored.entry.temperature.raw_c == 36.1


def test_person_who_was_measured_early_and_stayed_is_measured_again_without_stepping_away(gate: Gate) -> None:
    gate.leave()
    gate.measure(36.5, seconds=11)  # looks for the phone until the reading is too old
    gate.show("token-zhang")
    gate.measure(36.6)
    (recorded,) = gate.of(Recorded)
    assert recorded.stored.entry.temperature
    assert recorded.stored.entry.temperature.raw_c == 36.6


def test_person_who_passed_and_still_stands_there_is_not_measured_for_the_next_code(gate: Gate) -> None:
    gate.leave()
    gate.show("token-zhang")
    gate.measure(36.5)
    gate.show("token of the next in the queue")
    gate.measure(36.5)
    assert len(gate.of(Recorded)) == 1
    gate.leave()
    gate.measure(38.1)
    assert gate.of(Recorded)[1].decision.severity is Severity.RECHECK


def test_value_of_a_hand_held_thermometer_is_recorded_as_that(gate: Gate) -> None:
    gate.show("token-zhang")
    gate.checkpoint.temperature_by_hand(36.6)
    (recorded,) = gate.of(Recorded)
    assert recorded.stored.entry.temperature
    assert recorded.stored.entry.temperature.family == "by-hand"


def test_not_measured_by_hand_is_rechecked_and_said(gate: Gate) -> None:
    gate.show("token-zhang")
    gate.checkpoint.temperature_by_hand(None)
    (recorded,) = gate.of(Recorded)
    assert recorded.decision.reasons[0].code == "temperature_missing"
    assert recorded.stored.entry.closing == "by_hand"


def test_volunteer_sees_a_green_code_of_a_stranger_and_a_red_one_of_another(gate: Gate) -> None:
    gate.show("token of a stranger")
    gate.measure(36.5)
    gate.see("green")
    gate.leave()
    gate.show("token of another")
    gate.measure(36.5)
    gate.see("red")
    green, red = gate.of(Corrected)
    assert [reason.code for reason in green.stored.entry.reasons if reason.severity] == ["person_unknown"]
    assert (red.before, red.stored.entry.decision) == (Severity.RECHECK, Severity.STOP)
    assert [fact.source for fact in red.stored.entry.facts] == ["operator"]


def test_colour_with_nobody_before_is_nobodys(gate: Gate) -> None:
    gate.see("green")
    assert gate.heard == []


def test_volunteer_who_types_slowly_makes_one_entry_not_two(gate: Gate) -> None:
    gate.show("token-zhang")
    gate.clock.move(8)
    gate.checkpoint.hold()
    gate.clock.move(12)
    gate.checkpoint.tick()
    gate.checkpoint.temperature_by_hand(36.4)
    (recorded,) = gate.of(Recorded)
    assert recorded.stored.entry.closing == "by_hand"


def test_reading_that_comes_while_the_volunteer_types_after_the_window_is_nobodys(gate: Gate) -> None:
    gate.show("token-zhang")
    gate.checkpoint.hold()
    gate.clock.move(12)
    gate.measure(36.5)
    assert gate.of(Recorded) == []


def test_same_code_in_again_without_having_left_is_named(gate: Gate) -> None:
    for _ in range(2):
        gate.leave()
        gate.clock.move(120)
        gate.show("token-zhang")
        gate.measure(36.5)
    first, second = gate.of(Recorded)
    named = [reason.code for reason in second.decision.reasons]
    assert "same_way_again" not in [reason.code for reason in first.decision.reasons]
    assert "same_way_again" in named
    assert (
        second.decision.severity is Severity.PASS
    )  # at an open compound it is said, not held against anyone


# --- what a hostile trial found ---------------------------------------------------------------------


def test_colour_seen_while_the_next_one_waits_is_theirs(gate: Gate) -> None:
    gate.leave()
    gate.show("token-zhang")
    gate.measure(36.5)
    gate.leave()
    gate.show("token of the next")
    gate.see("red")
    zhang, following = gate.of(Recorded)
    assert gate.of(Corrected) == []
    assert (zhang.decision.severity, following.decision.severity) == (Severity.PASS, Severity.STOP)


def test_value_typed_after_a_cold_forehead_is_that_persons_and_not_the_next_ones(gate: Gate) -> None:
    gate.leave()
    gate.show("token-zhang")
    gate.measure(33.1)
    gate.checkpoint.hold()
    gate.checkpoint.temperature_by_hand(36.5)
    gate.show("token of the next")
    (typed,) = gate.of(Recorded)  # the cold forehead decided nothing
    assert gate.of(NotMeasured)[0].advice is Advice.WRIST_OR_NECK
    assert (typed.stored.entry.person_id, typed.decision.severity) == ("p1", Severity.PASS)


def test_person_with_a_cold_forehead_may_show_the_code_and_be_measured_again_at_once(gate: Gate) -> None:
    gate.leave()
    gate.show("token-zhang")
    gate.measure(33.1)
    gate.leave()
    gate.show("token-zhang")
    gate.measure(36.2)
    assert gate.of(Recorded)[-1].decision.severity is Severity.PASS


def test_value_typed_for_one_is_not_given_to_another_who_shows_a_code_meanwhile(gate: Gate) -> None:
    gate.show("token-zhang")
    gate.clock.move(2)
    gate.checkpoint.hold()
    gate.show("token of another")
    gate.checkpoint.temperature_by_hand(36.5)
    pushed_out, typed = gate.of(Recorded)
    assert pushed_out.stored.entry.closing == "displaced"
    assert (typed.stored.entry.person_id, typed.stored.entry.closing) == ("p1", "by_hand")
    assert gate.of(Waiting)[-1].phase is Phase.ONE_BY_ONE  # the other still waits


def test_value_typed_after_starting_over_is_not_the_former_persons(gate: Gate) -> None:
    gate.show("token-zhang")
    gate.checkpoint.start_over()
    gate.clock.move(30)
    gate.checkpoint.hold()
    gate.checkpoint.temperature_by_hand(36.6)
    assert len(gate.of(Recorded)) == 1


def test_value_typed_for_somebody_who_was_measured_and_has_not_shown_a_code_is_theirs(gate: Gate) -> None:
    gate.show("token-zhang")
    gate.clock.move(11)
    gate.checkpoint.tick()  # went away without a temperature
    gate.leave()
    gate.measure(36.4)  # the next one
    gate.checkpoint.hold()
    gate.checkpoint.temperature_by_hand(36.9)
    assert len(gate.of(Recorded)) == 1


def test_green_on_a_telephone_lifts_no_red_that_was_told(gate: Gate) -> None:
    gate.show("token-red")
    gate.clock.move(3)
    gate.see("green")
    assert {one.stored.entry.decision for one in gate.of(Corrected)} <= {Severity.STOP}
    gate.show("token-red")
    gate.measure(36.5)
    assert {one.decision.severity for one in gate.of(Recorded)} == {Severity.STOP}


def test_where_the_red_that_was_told_is_too_old_the_eye_counts(
    gate: Gate,
) -> None:
    gate.clock.move(25 * 3600)
    gate.show("token-red")
    gate.measure(36.5)
    assert gate.of(Recorded)[-1].decision.severity is Severity.RECHECK
    gate.leave()
    gate.see("green")
    assert gate.of(Corrected)[-1].stored.entry.decision is Severity.PASS


def test_red_that_the_volunteer_saw_is_not_lost_when_the_temperature_follows(gate: Gate) -> None:
    gate.show("token-zhang")
    gate.clock.move(11)
    gate.checkpoint.tick()
    gate.see("red")
    gate.checkpoint.hold()
    gate.checkpoint.temperature_by_hand(36.5)
    assert gate.of(Recorded)[-1].decision.severity is Severity.STOP


def test_red_that_was_misread_on_a_telephone_and_is_green_does_not_pass_unmeasured(gate: Gate) -> None:
    gate.show("token-zhang")
    gate.see("red")
    assert gate.of(Recorded)[-1].decision.severity is Severity.STOP
    gate.see("green")
    assert gate.of(Corrected)[-1].stored.entry.decision is Severity.RECHECK
    gate.show("token-zhang")
    gate.measure(36.5)
    assert gate.of(Recorded)[-1].decision.severity is Severity.PASS


def test_stop_that_the_volunteer_said_is_not_undone_by_a_value_typed_later(gate: Gate) -> None:
    gate.show("token-zhang")
    gate.clock.move(11)
    gate.checkpoint.tick()
    gate.checkpoint.correct(Override(Severity.STOP, OverrideReason.SUSPICIOUS, "volunteer", Role.VOLUNTEER))
    gate.checkpoint.hold()
    gate.checkpoint.temperature_by_hand(36.5)
    assert len(gate.of(Recorded)) == 1


def test_repeat_of_the_former_person_does_not_hide_that_somebody_waits(gate: Gate) -> None:
    gate.show("token-zhang")
    gate.measure(36.5)
    gate.leave()
    gate.show("token of the next")
    gate.show("token-zhang")
    assert isinstance(gate.heard[-2], Repeated)
    assert gate.heard[-1] == gate.of(Waiting)[-1]
    assert gate.of(Waiting)[-1].phase is Phase.NEEDS_TEMPERATURE


def test_person_who_lingers_is_not_measured_for_a_code_after_somebody_done_by_hand(gate: Gate) -> None:
    gate.leave()
    gate.show("token-zhang")
    gate.measure(36.6)
    gate.checkpoint.no_code(Vouch.KNOWN)
    gate.checkpoint.hold()
    gate.checkpoint.temperature_by_hand(36.4)
    gate.show("token of the next")
    gate.measure(36.6)  # zhang still stands there
    assert len(gate.of(Recorded)) == 2


def test_person_who_stayed_after_a_full_disk_is_measured_once_there_is_room(gate: Gate) -> None:
    gate.leave()
    gate.disk.full = True
    gate.show("token-zhang")
    gate.measure(36.5)
    gate.disk.full = False
    gate.show("token-zhang")
    gate.measure(36.5)
    assert gate.of(Recorded)[0].decision.severity is Severity.PASS


def test_correction_keeps_both_entries_and_a_repeat_shows_the_corrected_verdict(gate: Gate) -> None:
    gate.show("token-zhang")
    gate.measure(37.4)
    gate.checkpoint.correct(LET_PASS)
    (corrected,) = gate.of(Corrected)
    assert (corrected.before, corrected.stored.entry.decision) == (Severity.RECHECK, Severity.PASS)
    gate.show("token-zhang")
    assert gate.of(Repeated)[0].decision.severity is Severity.PASS
    with Reader.open(gate.folder) as reader:
        assert [stored.entry.decision for stored in reader.last(2)] == [Severity.PASS, Severity.RECHECK]


def test_verdict_that_was_corrected_on_the_admin_page_is_what_a_repeat_shows(gate: Gate) -> None:
    desk = StationEntriesDesk(lambda: gate.journal, UTC, None, gate.clock, gate.checkpoint.amended)
    gate.show("token-zhang")
    gate.measure(36.5)
    desk.amend(1, Severity.STOP, OverrideReason.SUSPICIOUS)
    gate.clock.move(5)
    gate.show("token-zhang")
    assert gate.of(Repeated)[0].decision.severity is Severity.STOP

    gate.checkpoint.correct(LET_PASS)
    assert gate.of(Corrected)[0].before is Severity.STOP


def test_correction_records_who_changed_it_and_why(gate: Gate) -> None:
    gate.show("token-zhang")
    gate.measure(37.4)
    gate.checkpoint.correct(LET_PASS)
    entry = gate.of(Corrected)[0].stored.entry
    assert (entry.operator, entry.role, entry.override) == ("1001", "guard", "measured_again")


def test_volunteer_who_wants_to_let_a_fever_pass_is_refused_and_nothing_is_stored(gate: Gate) -> None:
    gate.show("token-zhang")
    gate.measure(37.4)
    with pytest.raises(OverrideError) as refused:
        gate.checkpoint.correct(replace(LET_PASS, role=Role.VOLUNTEER))
    assert refused.value.problem is OverrideProblem.NOT_ALLOWED
    assert gate.of(Corrected) == []
    assert len(gate.of(Recorded)) == 1


def test_resident_who_is_picked_by_name_passes_with_what_the_roster_knows(gate: Gate) -> None:
    gate.checkpoint.no_code(Vouch.KNOWN, "p1")
    gate.measure(36.5)
    (recorded,) = gate.of(Recorded)
    assert recorded.decision.severity is Severity.PASS
    assert recorded.person
    assert (recorded.person.name, recorded.person.dwelling) == ("张*强", "3-2-501")
    assert (recorded.stored.entry.person_id, recorded.stored.entry.vouch) == ("p1", "known")


def test_red_resident_who_is_picked_by_name_is_stopped_at_once(gate: Gate) -> None:
    gate.checkpoint.no_code(Vouch.KNOWN, "p2")
    (recorded,) = gate.of(Recorded)
    assert recorded.decision.severity is Severity.STOP
    assert recorded.decision.reasons[0].code == "colour_red"


def test_feverish_resident_without_a_code_stands_on_the_list_by_name_and_is_found_again(gate: Gate) -> None:
    gate.leave()
    gate.checkpoint.no_code(Vouch.KNOWN, "p1")
    gate.measure(37.9)
    (line,) = gate.of(RecheckList)[-1].waiting
    assert line.person
    assert line.person.name == "张*强"
    gate.leave()
    gate.clock.move(30)
    gate.checkpoint.no_code(Vouch.KNOWN, "p1")
    gate.checkpoint.hold()
    gate.checkpoint.temperature_by_hand(36.5)
    assert "recheck_too_early" in {reason.code for reason in gate.of(Recorded)[-1].decision.reasons}


def test_correction_with_nothing_to_correct_does_nothing(gate: Gate) -> None:
    gate.checkpoint.correct(LET_PASS)
    assert gate.heard == []


def test_full_disk_shows_no_verdict_and_the_person_passes_once_there_is_room(gate: Gate) -> None:
    gate.disk.full = True
    gate.show("token-zhang")
    gate.measure(36.5)
    assert [outcome.problem for outcome in gate.of(NotStored)] == [StorageProblem.DISK_FULL]
    assert gate.of(Recorded) == []
    gate.disk.full = False
    gate.leave()
    gate.show("token-zhang")
    gate.measure(36.5)
    assert gate.of(Recorded)[0].stored.number == 1


def test_clock_set_back_an_hour_is_said_once_and_entries_go_on_in_order(gate: Gate) -> None:
    gate.show("token-zhang")
    gate.measure(36.5)
    gate.clock.wall -= timedelta(hours=1)
    for _ in range(2):
        gate.leave()
        gate.clock.move(31)
        gate.show("token-zhang")
        gate.measure(36.5)
    assert len(gate.of(ClockWarning)) == 1
    assert gate.of(ClockWarning)[0].back_s == pytest.approx(3600, abs=60)
    assert [recorded.stored.number for recorded in gate.of(Recorded)] == [1, 2, 3]


def test_code_of_three_thousand_signs_with_binary_and_emoji_is_one_ordinary_entry(gate: Gate) -> None:
    gate.show("\x00😀" + "x" * 3000)
    gate.measure(36.5)
    assert gate.of(Recorded)[0].decision.severity is Severity.RECHECK


def test_no_code_text_and_no_name_reach_the_log(gate: Gate, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    gate.show("token-zhang")
    gate.measure(36.5)
    assert "token-zhang" not in caplog.text
    assert "entry 1 stored: pass" in caplog.text
    assert "张" not in repr(gate.heard)
    assert "张" not in caplog.text


def test_certificate_in_parts_is_judged_once_all_parts_were_shown(gate: Gate) -> None:
    for number in (2, 1):
        gate.show(f"shc:/{number}/2/5676{number}0")
        gate.clock.move(2)
    (shown,) = gate.of(PartShown)
    assert (shown.number, shown.total, shown.missing) == (2, 2, (1,))
    assert gate.judged == ["shc:/567610567620"]
    gate.measure(36.5)
    assert len(gate.of(Recorded)) == 1


def test_parts_of_two_cards_accuse_nobody(gate: Gate) -> None:
    gate.credential = Credential(CodeKind.SHC, Trust.UNKNOWN, CodeStatus.BAD_SIGNATURE)
    for number in (1, 2):
        gate.show(f"shc:/{number}/2/5676{number}0")
    gate.measure(36.5)
    (recorded,) = gate.of(Recorded)
    assert recorded.decision.severity is Severity.RECHECK
    assert recorded.stored.entry.code
    assert recorded.stored.entry.code.status == "cannot_check"


def test_whole_card_with_a_bad_signature_is_stopped(gate: Gate) -> None:
    gate.credential = Credential(CodeKind.SHC, Trust.UNKNOWN, CodeStatus.BAD_SIGNATURE)
    gate.show("shc:/567610567620")
    assert gate.of(Recorded)[-1].decision.severity is Severity.STOP


def test_first_part_is_forgotten_when_nobody_shows_the_second(gate: Gate) -> None:
    gate.show("shc:/1/2/567610")
    gate.clock.move(60)
    gate.show("shc:/2/2/567620")
    assert gate.judged == []
    assert [shown.missing for shown in gate.of(PartShown)] == [(2,), (1,)]


def test_volunteer_turns_the_lane_and_whoever_goes_out_is_away(gate: Gate) -> None:
    gate.leave()
    gate.checkpoint.turn(Direction.OUT)
    gate.show("token-zhang")
    gate.measure(36.5)
    (recorded,) = gate.of(Recorded)
    assert recorded.stored.entry.direction == "out"
    away = Movements(gate.journal.connection).away()
    assert [one.subject for one in away] == [recorded.stored.entry.person_id]


def test_whoever_waits_when_the_lane_is_turned_is_not_let_through_the_other_way(gate: Gate) -> None:
    gate.show("token-zhang")
    gate.checkpoint.turn(Direction.OUT)
    (recorded,) = gate.of(Recorded)
    assert (recorded.stored.entry.direction, recorded.decision.severity) == ("in", Severity.RECHECK)


def test_courier_measured_a_moment_ago_passes_without_standing_still(gate: Gate) -> None:
    gate.people.add([Person("c1", "王跑", "", "courier", ("token-wang",))], as_of=gate.clock.now())
    gate.leave()
    gate.show("token-wang")
    gate.measure(36.5)
    gate.clock.move(600)
    gate.checkpoint.tick()
    gate.show("token-wang")
    first, second = gate.of(Recorded)
    assert (second.decision.severity, second.stored.entry.closing) == (Severity.PASS, "unmeasured")
    assert first.stored.entry.temperature
    gate.clock.move(2 * 3600)
    gate.checkpoint.tick()
    gate.show("token-wang")
    assert gate.of(Waiting)[-1].phase is Phase.NEEDS_TEMPERATURE


def test_same_pass_written_as_another_text_is_the_same_pass(gate: Gate) -> None:
    gate.leave()
    gate.credential = Credential(CodeKind.GATE_PASS, Trust.VERIFIED, CodeStatus.VALID, pass_id="0102")
    for text in ("GP1:one way", "GP1:another way"):
        gate.show(text)
        gate.measure(36.5)
        gate.leave()
    assert "same_way_again" in [reason.code for reason in gate.of(Recorded)[-1].decision.reasons]
