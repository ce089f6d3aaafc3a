"""Visitors on a whole lane: taken down, decided by the policy, inside, and gone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from station.core.asking import Answer, Question
from station.core.model import (
    CodeKind,
    CodeStatus,
    Credential,
    Direction,
    FactKind,
    ReasonCode,
    Severity,
    Trust,
    Vouch,
)
from station.core.outcome import NotStored, RecheckList, Recorded, Repeated
from station.core.policy import parse_policy
from station.core.visit import Announced, Purpose, Visit
from station.entries_desk import StationEntriesDesk
from station.fever_desk import StationFeverDesk
from station.journal.people import Person
from station.journal.presence import Presence
from station.journal.retention import Eraser
from station.journal.retention_rules import Kind
from station.journal.visits import new_announced_id, new_visit_id
from station.lookback_desk import StationLookbackDesk
from station.presence_desk import Rules, inside_now
from station.ui.admin.entries_desk import Wanted
from station.ui.admin.inside_desk import Changed
from tests.lane import OPEN_TEXT, Gate, HandClock

CONTROLLED = parse_policy((Path(__file__).parents[1] / "assets/policies/controlled.toml").read_text("utf-8"))
OPEN = parse_policy(OPEN_TEXT)
GREEN = Credential(CodeKind.HCERT, Trust.VERIFIED, CodeStatus.VALID)


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    made = Gate(tmp_path, credential=GREEN)
    yield made
    made.journal.close()


def visitor(gate: Gate, house: str = "3-2-501", **said: object) -> Visit:
    visit = Visit(new_visit_id(), house, Purpose.FAMILY, gate.clock.now())
    return replace(visit, **said)  # type: ignore[arg-type]


def comes(gate: Gate, visit: Visit, code: str | None = "visitors-code") -> Recorded:
    """Taken down, shows a code or has none, is measured."""
    gate.visiting.begin(visit, with_code=code is not None)
    if code:
        gate.show(code)
    else:
        gate.checkpoint.no_code(Vouch.STRANGER, visit.id)
    gate.measure(36.5)
    recorded = gate.of(Recorded)[-1]
    gate.clock.move(31)
    gate.leave()
    return recorded


def goes(gate: Gate, visit: Visit) -> Recorded:
    gate.checkpoint.turn(Direction.OUT)
    gate.checkpoint.no_code(Vouch.KNOWN, visit.id)
    gate.measure(36.5)
    gate.clock.move(31)
    gate.checkpoint.turn(Direction.IN)
    return gate.of(Recorded)[-1]


def codes(recorded: Recorded) -> set[ReasonCode]:
    return {reason.code for reason in recorded.decision.reasons}


def inside(gate: Gate) -> list[str]:
    return [visit.house for visit, _ in gate.visiting.visits.inside()]


def announce(gate: Gate, *, hours: float = 2, people: int = 1) -> Announced:
    now = gate.clock.now()
    begins = now - timedelta(hours=1)
    one = Announced(
        new_announced_id(), "3-2-501", begins, now + timedelta(hours=hours), people, "钱进", "5678"
    )
    gate.visiting.visits.announce([one], now)
    return one


def test_visitor_with_a_valid_code_and_a_normal_temperature_passes_and_is_inside(gate: Gate) -> None:
    recorded = comes(gate, visitor(gate))
    assert recorded.decision.severity is Severity.PASS
    assert recorded.person is not None
    assert (recorded.person.name, recorded.person.dwelling) == ("访客", "3-2-501")
    assert inside(gate) == ["3-2-501"]


def test_looking_back_names_the_visitors_who_were_beside_and_how_to_call_them(gate: Gate) -> None:
    """What the volunteer took down is what there is to find them by, days later."""
    red = comes(gate, visitor(gate, name="钱进", phone="13900005678"))
    comes(gate, visitor(gate, house="2-1-101", name="孙小燕", phone="13900004321"), code="another-code")
    comes(gate, visitor(gate, house="5-1-303"), code="third-code")
    back = StationLookbackDesk(lambda: gate.journal, lambda: OPEN, gate.clock.now, UTC)

    (asked,) = back.who(str(red.stored.number))
    assert (asked.masked, asked.name, asked.dwelling) == ("钱*", "钱进", "3-2-501")
    assert back.look(asked, Changed.RED, gate.clock.now() - timedelta(days=1))
    (found,) = back.all()
    assert (found.person, found.masked) == ("钱进", "钱*")
    assert [(one.name, one.masked, one.dwelling, one.phone_tail) for one in found.tasks] == [
        ("钱进", "钱*", "3-2-501", "5678"),
        ("孙小燕", "孙*燕", "2-1-101", "4321"),
        ("探亲访友", "探亲访友", "5-1-303", ""),
    ]
    assert len({one.code for one in found.tasks}) == 3
    lines = StationEntriesDesk(lambda: gate.journal, UTC).find(Wanted()).page(0, 9)
    assert [line.masked for line in lines] == ["探亲访友", "孙*燕", "钱*"]


def test_a_visitor_with_a_fever_is_named_on_the_list_of_fevers(gate: Gate) -> None:
    gate.visiting.begin(visitor(gate, name="钱进", phone="13900005678"), with_code=True)
    gate.show("visitors-code")
    gate.measure(37.9)
    (fever,) = StationFeverDesk(lambda: gate.journal, lambda: OPEN, gate.clock.now, UTC).today()
    assert (fever.name, fever.dwelling, fever.phone_tail) == ("钱进", "3-2-501", "5678")


def test_visitor_without_a_code_is_rechecked_as_everybody_and_is_not_inside(gate: Gate) -> None:
    recorded = comes(gate, visitor(gate), code=None)
    assert recorded.decision.severity is Severity.RECHECK
    assert ReasonCode.CODE_MISSING in codes(recorded)
    assert inside(gate) == []


def test_a_visitors_code_that_proves_nothing_is_not_excused_by_the_volunteers_word(gate: Gate) -> None:
    gate.credential = Credential(CodeKind.OTHER, Trust.UNKNOWN, CodeStatus.NOT_A_HEALTH_CODE)
    recorded = comes(gate, visitor(gate))
    assert recorded.decision.severity is Severity.RECHECK
    assert ReasonCode.CODE_NOT_A_HEALTH_CODE in codes(recorded)


def test_visitor_with_a_fever_is_measured_again_and_stays_the_same_visitor(gate: Gate) -> None:
    visit = visitor(gate)
    gate.visiting.begin(visit, with_code=True)
    gate.show("visitors-code")
    gate.measure(37.9)
    assert gate.of(Recorded)[-1].decision.severity is Severity.RECHECK
    gate.leave()
    gate.clock.move(4 * 60)
    gate.show("visitors-code")
    gate.measure(36.4)
    last = gate.of(Recorded)[-1]
    assert ReasonCode.RECHECK_OPEN in codes(last) or ReasonCode.RECHECK_CLEARED in codes(last)
    assert last.person is not None
    assert last.person.dwelling == "3-2-501"


def test_controlled_zone_admits_no_visitor_whom_nobody_announced(tmp_path: Path) -> None:
    gate = Gate(tmp_path, credential=GREEN, policy=CONTROLLED)
    recorded = comes(gate, visitor(gate))
    assert recorded.decision.severity is Severity.STOP
    assert {ReasonCode.VISITORS_NOT_ADMITTED, ReasonCode.VISITOR_NOT_EXPECTED} <= codes(recorded)
    gate.journal.close()


def test_controlled_zone_lets_an_announced_visitor_in_who_is_green_and_tested(tmp_path: Path) -> None:
    gate = Gate(tmp_path, credential=GREEN, policy=CONTROLLED)
    visit = visitor(gate, announced=announce(gate), travel="no")
    gate.visiting.begin(visit, with_code=True)
    gate.show("visitors-code")
    gate.checkpoint.answered((Answer(Question.COLOUR, "green"), Answer(Question.TEST, "negative", 24.0)))
    gate.measure(36.5)
    recorded = gate.of(Recorded)[-1]
    assert recorded.decision.severity is Severity.PASS, recorded.decision.reasons
    assert ReasonCode.PERSON_EXPECTED in codes(recorded)
    facts = {fact.kind for fact in recorded.stored.entry.facts}
    assert {FactKind.EXPECTED, FactKind.IDENTITY, FactKind.TRAVEL} <= facts
    gate.journal.close()


def test_announced_for_another_time_is_named(gate: Gate) -> None:
    told = replace(announce(gate), begins=gate.clock.now() + timedelta(hours=1))
    recorded = comes(gate, visitor(gate, announced=told))
    assert ReasonCode.EXPECTED_OTHER_TIME in codes(recorded)


def test_somebody_who_was_in_a_key_area_is_rechecked(gate: Gate) -> None:
    recorded = comes(gate, visitor(gate, travel="yes"))
    assert recorded.decision.severity is Severity.RECHECK
    assert ReasonCode.TRAVEL_DECLARED in codes(recorded)


def test_courier_who_goes_in_is_judged_as_courier(tmp_path: Path) -> None:
    gate = Gate(tmp_path, credential=GREEN, policy=CONTROLLED)
    recorded = comes(gate, visitor(gate, purpose=Purpose.DELIVERY))
    assert {ReasonCode.COURIERS_NOT_ADMITTED, ReasonCode.TEST_MISSING} <= codes(recorded)
    gate.journal.close()


def test_visitor_leaves_by_the_list_and_the_code_means_them_no_more(gate: Gate) -> None:
    visit = visitor(gate)
    comes(gate, visit)
    gate.clock.move(3600)
    assert goes(gate, visit).decision.severity is Severity.PASS
    assert inside(gate) == []
    gate.clock.move(3600)
    gate.show("visitors-code")
    gate.measure(36.5)
    assert ReasonCode.PERSON_UNKNOWN in codes(gate.of(Recorded)[-1]), "tomorrow they are taken down anew"


def test_visitor_leaves_by_showing_the_same_code(gate: Gate) -> None:
    comes(gate, visitor(gate))
    gate.clock.move(3600)
    gate.checkpoint.turn(Direction.OUT)
    gate.show("visitors-code")
    gate.measure(36.5)
    assert gate.of(Recorded)[-1].decision.severity is Severity.PASS
    assert inside(gate) == []


def test_surname_that_is_tapped_when_the_code_has_just_let_them_in_does_not_lock_them_in(gate: Gate) -> None:
    visit = visitor(gate)
    comes(gate, visit)
    gate.visiting.visits.rename(visit.id, "钱")  # the page has not gone yet
    gate.visiting.visits.bind(visit.id, "another code")
    goes(gate, visit)
    assert gate.of(NotStored) == []
    assert inside(gate) == []


def test_two_visitors_of_one_house_at_once_stay_two(gate: Gate) -> None:
    first, second = visitor(gate), visitor(gate, name="钱")
    comes(gate, first, "code-1")
    comes(gate, second, "code-2")
    assert inside(gate) == ["3-2-501", "3-2-501"]
    goes(gate, first)
    assert [visit.id for visit, _ in gate.visiting.visits.inside()] == [second.id]


def test_a_neighbour_who_passes_meanwhile_stays_who_they_are(gate: Gate) -> None:
    visit = visitor(gate)
    gate.visiting.begin(visit, with_code=True)
    gate.show("token-zhang")
    gate.measure(36.5)
    neighbour = gate.of(Recorded)[-1]
    assert neighbour.stored.entry.person_id == "p1"
    assert gate.visiting.awaits(visit.id), "the visitor is still looking for their phone"


def test_a_code_that_was_sent_away_a_moment_ago_counts_once_it_is_a_visitors(gate: Gate) -> None:
    gate.show("visitors-code")
    gate.measure(36.5)
    assert ReasonCode.PERSON_UNKNOWN in codes(gate.of(Recorded)[-1])
    gate.leave()
    gate.clock.move(2)
    comes(gate, visitor(gate))
    assert not gate.of(Repeated)
    assert gate.of(Recorded)[-1].decision.severity is Severity.PASS


def test_double_tap_opens_one_passage(gate: Gate) -> None:
    visit = visitor(gate)
    gate.visiting.begin(visit, with_code=False)
    for _ in range(2):
        gate.checkpoint.no_code(Vouch.STRANGER, visit.id)
    gate.measure(36.5)
    assert len(gate.of(Recorded)) == 1


def test_gate_killed_while_the_visitor_is_being_measured_knows_nothing_of_them(
    gate: Gate, tmp_path: Path
) -> None:
    visit = visitor(gate)
    gate.visiting.begin(visit, with_code=True)
    gate.show("visitors-code")
    shutil.copytree(gate.folder, tmp_path / "left")  # what a killed process leaves
    with _reopened(tmp_path / "left", gate.clock) as left:
        assert left.visiting.visits.since(gate.clock.now() - timedelta(days=1)) == []
    gate.measure(36.5)
    shutil.copytree(gate.folder, tmp_path / "later")
    with _reopened(tmp_path / "later", gate.clock) as later:
        ((found, way),) = later.visiting.visits.since(gate.clock.now() - timedelta(days=1))
        assert (found.id, way) == (visit.id, "in")


def test_full_disk_keeps_neither_the_entry_nor_the_visit_and_both_later(gate: Gate) -> None:
    gate.disk.full = True
    visit = visitor(gate)
    gate.visiting.begin(visit, with_code=True)
    gate.show("visitors-code")
    gate.measure(36.5)
    assert gate.of(NotStored)
    assert inside(gate) == []
    gate.disk.full = False
    gate.leave()
    gate.clock.move(12)
    gate.show("visitors-code")
    gate.measure(36.5)
    assert inside(gate) == ["3-2-501"]


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=400)])
def test_clock_set_back_keeps_visitors_inside_and_makes_nobody_late(gate: Gate, back: timedelta) -> None:
    comes(gate, visitor(gate))
    gate.clock.wall -= back
    presence = Presence(gate.journal.connection, gate.journal.vault)
    now = inside_now(presence, Rules.of(OPEN, 12.0), gate.clock.now(), gate.clock.now().tzinfo)  # type: ignore[arg-type]
    (seen,) = now.others
    assert (seen.dwelling, seen.category, seen.late) == ("3-2-501", "visitor", False)
    assert inside(gate) == ["3-2-501"]


def test_visitor_who_stays_too_long_is_late_among_those_inside(gate: Gate) -> None:
    comes(gate, visitor(gate, name="钱进", phone="13800005678"))
    gate.clock.move(13 * 3600)
    presence = Presence(gate.journal.connection, gate.journal.vault)
    now = inside_now(presence, Rules.of(OPEN, 12.0), gate.clock.now(), gate.clock.now().tzinfo)  # type: ignore[arg-type]
    (seen,) = now.others
    assert (seen.masked, seen.phone_tail, seen.late) == ("钱*", "5678", True)
    assert now.counts == {"visitor": 1}


def test_retention_leaves_no_nameless_visitor_inside_who_never_went_out(gate: Gate) -> None:
    comes(gate, visitor(gate, "1-1-101"))
    gate.clock.move(40 * 86_400)
    lately = visitor(gate, "3-2-501")
    comes(gate, lately, "code-2")
    now = gate.clock.now()

    eraser = Eraser(gate.journal, now - timedelta(days=30), now)
    eraser.run()
    assert eraser.erased[Kind.VISITS] == 1
    assert inside(gate) == ["3-2-501"]


def test_nothing_personal_lies_in_clear_or_in_a_repr(gate: Gate) -> None:
    visit = visitor(gate, name="钱进", phone="13800005678", announced=announce(gate))
    comes(gate, visit)
    assert not any(word in repr(visit) + repr(visit.announced) for word in ("钱进", "5678", "3-2-501"))
    gate.journal.checkpoint()
    raw = b"".join(file.read_bytes() for file in gate.folder.glob("journal.db*"))
    for word in ("钱进", "13800005678", "visitors-code"):
        assert word.encode() not in raw


def test_how_many_of_an_announcement_have_come(gate: Gate) -> None:
    told = announce(gate, people=2, hours=10)
    comes(gate, visitor(gate, announced=told), "code-1")
    day = gate.clock.now() - timedelta(days=1), gate.clock.now() + timedelta(days=1)
    assert [came for _, came in gate.visiting.visits.announced(*day)] == [1]
    gate.visiting.visits.withdraw(told.id)
    assert gate.visiting.visits.announced(*day) == []
    assert gate.visiting.visits.announcement(told.id) is None


class _reopened:
    """Another start of the program over what was left."""

    def __init__(self, folder: Path, clock: HandClock) -> None:
        self._folder, self._clock = folder, clock

    def __enter__(self) -> Gate:
        self._gate = Gate(self._folder, clock=HandClock(_later(self._clock)))
        return self._gate

    def __exit__(self, *_: object) -> None:
        self._gate.journal.close()


def _later(clock: HandClock) -> datetime:
    return clock.now() + timedelta(seconds=1)


# --- a visitor who was too warm ---------------------------------------------------------------------


def test_stranger_who_was_too_warm_and_is_then_taken_down_as_a_visitor_still_waits(gate: Gate) -> None:
    gate.show("visitors-code")
    gate.measure(38.5)
    gate.leave()
    gate.clock.move(31)
    assert comes(gate, visitor(gate)).decision.severity is Severity.RECHECK
    assert ReasonCode.RECHECK_TOO_EARLY in codes(gate.of(Recorded)[-1])


def test_visitor_who_was_too_warm_and_is_taken_down_once_more_still_waits(gate: Gate) -> None:
    """By another volunteer, or for another house: it is the same telephone."""
    gate.visiting.begin(visitor(gate), with_code=True)
    gate.show("visitors-code")
    gate.measure(38.5)
    gate.leave()
    gate.clock.move(31)
    assert ReasonCode.RECHECK_TOO_EARLY in codes(comes(gate, visitor(gate, "1-1-101")))

    (line,) = gate.of(RecheckList)[-1].waiting
    gate.checkpoint.recheck_by_hand(line.key, 36.5, clinical=True)
    assert ReasonCode.RECHECK_CLEARED in codes(gate.of(Recorded)[-1])
    assert gate.of(RecheckList)[-1].waiting == ()


def test_stranger_who_was_too_warm_and_is_entered_in_the_roster_still_waits(gate: Gate) -> None:
    gate.show("new-tenant")
    gate.measure(38.5)
    gate.leave()
    tenant = Person("p9", "赵敏", "5-1-101", "tenant", ("new-tenant", "second-code"))
    gate.people.add([tenant], as_of=gate.clock.now())
    for code in ("new-tenant", "second-code"):
        gate.clock.move(31)
        gate.show(code)
        gate.measure(36.5)
        gate.leave()
        assert ReasonCode.RECHECK_TOO_EARLY in codes(gate.of(Recorded)[-1])


def test_red_seen_on_a_telephone_is_still_red_when_its_holder_is_taken_down_as_a_visitor(gate: Gate) -> None:
    """It was kept of an unknown code: taken down a minute later as a visitor, they were let in green."""
    gate.show("visitors-code")
    gate.checkpoint.answered((Answer(Question.COLOUR, "red"),))
    gate.visiting.begin(visitor(gate), with_code=True)
    gate.show("visitors-code")

    last = gate.of(Recorded)[-1]
    assert last.person is not None, "it is known by now who they visit"
    assert last.decision.severity is Severity.STOP
    assert ReasonCode.COLOUR_RED in codes(last)


def test_red_of_one_telephone_is_nobody_elses_who_is_taken_down_next(gate: Gate) -> None:
    gate.show("somebodys-code")
    gate.checkpoint.answered((Answer(Question.COLOUR, "red"),))
    gate.clock.move(15)
    gate.visiting.begin(visitor(gate), with_code=True)
    gate.show("visitors-code")
    gate.measure(36.4)

    assert gate.of(Recorded)[-1].decision.severity is Severity.PASS
